"""The page of one task: how it is laid out, and that it asks little however much stands on it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import AT, Office, a_task
from tests.web.conftest import Browser
from tracker.domain import Attachment, Change, Filing, ProgressNote, Task
from tracker.domain.change import Act, Thing
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.note import NoteKind
from tracker.domain.task import Status

MOST_STATEMENTS = 25


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    made = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    session.commit()
    return made


def fill(session: Session, office: Office, task: Task, numbers: range) -> None:
    """Notes, threads, corrections, acts, papers, files and children of these numbers."""
    for n in numbers:
        at = AT + timedelta(minutes=n)
        about: dict[str, Any] = {"task_id": task.id, "at": at}
        by: dict[str, Any] = {"author_id": office.an.id, "unit_id": office.finance.id}
        session.add(ProgressNote(text=f"Tiến độ {n}", corrected_at=at, **about, **by))
        session.add(ProgressNote(text=f"Hỏi {n}", kind=NoteKind.QUESTION, **about, **by))
        answered = ProgressNote(text="?", kind=NoteKind.QUESTION, answered_at=at, **about, **by)
        session.add(answered)
        session.flush()
        reply: dict[str, Any] = {"kind": NoteKind.ANSWER, "reply_to_id": answered.id}
        session.add(ProgressNote(text="!", **reply, **about, **by))
        details = {"lead": [None, office.finance.id], "_unit": [None, office.health.id]}
        what: dict[str, Any] = {"act": Act.ASSIGNED, "thing": Thing.TASK, "thing_id": task.id}
        session.add(Change(at=at, details=details, by_id=office.admin.id, **what))
        paper: dict[str, Any] = {"kind": FilingKind.REPORT, "state": FilingState.RETURNED}
        session.add(Filing(text=f"Báo cáo {n}", **paper, **about, **by))
        file: dict[str, Any] = {"name": f"{n}.pdf", "media_type": "application/pdf", "size": 1}
        session.add(Attachment(sha256=f"{n:064}", by_id=office.an.id, **file, **about))
        a_task(session, office.issuer, lead=office.health, parent_id=task.id, text=f"Phần {n}")
    session.commit()


@pytest.mark.parametrize("who", ["an", "binh", "specialist"])
def test_the_page_asks_no_more_of_the_database_when_much_stands_on_it(
    request: pytest.FixtureRequest, session: Session, office: Office, task: Task,
    statements: list[str], who: str,
) -> None:  # fmt: skip
    browser, asked = request.getfixturevalue(who), []
    for numbers in (range(5), range(5, 60)):
        fill(session, office, task, numbers)
        statements.clear()
        browser.page(f"/tasks/{task.id}")
        asked.append(len(statements))
    assert asked[0] == asked[1] <= MOST_STATEMENTS


def test_what_to_do_stands_before_what_was_said_and_what_was_done(
    specialist: Browser, session: Session, office: Office, task: Task
) -> None:
    fill(session, office, task, range(1))
    page = specialist.page(f"/tasks/{task.id}")
    places = [page.index(mark) for mark in (task.text, 'id="talk"', 'id="story"', "<aside")]
    assert places == sorted(places)


def test_words_being_written_are_kept_by_a_script_of_this_server(
    an: Browser, office: Office, task: Task
) -> None:
    page = an.page(f"/tasks/{task.id}")
    assert '<script src="/static/js/drafts.js' in page
    assert f'data-who="{office.an.id}"' in page


def test_the_heading_names_the_task(an: Browser, session: Session, office: Office) -> None:
    made = a_task(session, office.issuer, lead=office.finance, ref="7", text="Lập báo cáo " * 20)
    session.commit()
    page = an.page(f"/tasks/{made.id}")
    assert "<h1>7. Lập báo cáo Lập" in page
    assert "<title>7. Lập báo cáo Lập" in page
    assert "Lập báo cáo " * 10 not in page[page.index("<h1>") : page.index("</h1>")]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.PAUSED, ">Cho thực hiện tiếp</button>"),
        (Status.WITHDRAWN, ">Đưa trở lại chương trình</button>"),
        (Status.IN_PROGRESS, ">Tạm dừng</button>"),
        (Status.IN_PROGRESS, ">Đưa ra khỏi chương trình</button>"),
    ],
)
def test_each_button_names_its_act(
    specialist: Browser, session: Session, office: Office, status: Status, word: str
) -> None:
    made = a_task(session, office.issuer, lead=office.finance, status=status)
    session.commit()
    page = specialist.page(f"/tasks/{made.id}")
    assert word in page
    assert ">Lưu</button>" not in page


def test_nothing_is_headed_what_can_be_done_when_nothing_can(
    an: Browser, session: Session, task: Task
) -> None:
    session.commit()
    sent = an.send(f"/tasks/{task.id}/report", text="Đã xong", version=str(task.version))
    assert sent.status_code == 303
    assert "Việc có thể làm" not in an.page(f"/tasks/{task.id}")
