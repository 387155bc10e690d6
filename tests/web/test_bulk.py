"""One act upon many tasks: seen before it is done, and told where it cannot be done."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.builders import Office, a_task
from tests.web.conftest import Browser
from tests.web.test_every_route import everything
from tracker.domain import Change, Support, Task
from tracker.domain.task import Status

Look = Callable[[Any], list[Any]]
SOON = date(2026, 3, 5)


@pytest.fixture
def three(session: Session, office: Office) -> list[Task]:
    """Two tasks that go on, and one that is withdrawn; An leads them all."""
    facts: dict[str, Any] = {"lead": office.finance, "due_on": SOON}
    made = [a_task(session, office.issuer, text=f"Việc số {n}", **facts) for n in (1, 2)]
    gone = a_task(session, office.issuer, text="Việc đã rút", status=Status.WITHDRAWN, **facts)
    session.commit()
    return [*made, gone]


def chosen(tasks: list[Task]) -> list[str]:
    return [str(task.id) for task in tasks]


def shown(tasks: list[Task]) -> list[str]:
    return [f"{task.id}.{task.version}" for task in tasks]


def seen(browser: Browser, tasks: list[Task], act: str, **typed: Any) -> str:
    """What the preview says."""
    answer = browser.send("/tasks/bulk", tasks=chosen(tasks), act=act, facts="1", **typed)
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


def test_the_preview_says_what_will_happen_and_changes_nothing(
    specialist: Browser, three: list[Task], engine: sa.Engine
) -> None:
    before = everything(engine)
    page = seen(specialist, three, "pause", reason="Chờ Trung ương")
    assert page.count("Trạng thái: Chưa thực hiện → <strong>Tạm dừng") == 2
    assert "Làm được với 2 nhiệm vụ; 1 nhiệm vụ không làm được" in page
    assert everything(engine) == before


def test_what_was_shown_is_done_in_one_go(
    specialist: Browser, three: list[Task], look: Look
) -> None:
    typed: dict[str, Any] = {"act": "deadline", "due_on": "2026-04-01", "reason": "Lùi chung"}
    answer = specialist.send("/tasks/bulk/apply", shown=shown(three[:2]), **typed)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tasks?done=2")
    assert look(select(col(Task.due_on)).order_by(col(Task.id)))[:2] == [date(2026, 4, 1)] * 2
    assert look(select(Change.reason)) == ["Lùi chung"] * 2
    assert "Đã làm xong với 2 nhiệm vụ" in specialist.page("/tasks?done=2")


def test_what_changed_meanwhile_or_is_refused_is_told_and_left(
    specialist: Browser, three: list[Task], look: Look
) -> None:
    stale = [f"{three[0].id}.{three[0].version + 1}", *shown(three[1:])]
    answer = specialist.send("/tasks/bulk/apply", shown=stale, act="pause", reason="Chờ")
    assert "Đã làm xong với 1 nhiệm vụ; 2 nhiệm vụ được để nguyên" in answer.text
    assert "Người khác vừa sửa" in answer.text
    assert look(select(Task.status).order_by(col(Task.id))) == [
        Status.NOT_STARTED, Status.PAUSED, Status.WITHDRAWN,
    ]  # fmt: skip


@pytest.mark.parametrize("act", ["pause", "withdraw", "deadline", "assign", "urge"])
def test_what_must_be_said_is_asked_first(specialist: Browser, three: list[Task], act: str) -> None:
    answer = specialist.send("/tasks/bulk", tasks=chosen(three), act=act)
    assert answer.status_code == 200
    assert "Điều sẽ xảy ra" not in answer.text


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("pause", {"reason": ""}),
        ("deadline", {"reason": "Vì số liệu"}),
        ("deadline", {"due_on": "2026-13-01", "reason": "Vì số liệu"}),
        ("assign", {}),
        ("assign", {"lead": "999999"}),
    ],
)
def test_what_is_missing_is_asked_again_and_keeps_what_was_typed(
    specialist: Browser, three: list[Task], act: str, typed: dict[str, Any]
) -> None:
    answer = specialist.send("/tasks/bulk", tasks=chosen(three), act=act, facts="1", **typed)
    assert answer.status_code == 422
    assert typed.get("reason", "") in answer.text
    assert f'name="tasks" value="{three[0].id}"' in answer.text


def test_units_are_given_by_name_and_supports_left_alone_where_none_is_chosen(
    specialist: Browser, session: Session, office: Office, look: Look
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    session.commit()
    lead: dict[str, Any] = {"lead": str(office.culture.id)}
    page = seen(specialist, [task], "assign", **lead)
    assert "Sở Tài chính → <strong>Sở Văn hóa, Thể thao và Du lịch" in page
    specialist.send("/tasks/bulk/apply", shown=shown([task]), act="assign", **lead)
    assert look(select(Support.unit_id)) == [office.health.id]


def test_a_unit_receives_and_starts_and_is_offered_nothing_more(
    an: Browser, three: list[Task], look: Look
) -> None:
    page = an.page("/tasks")
    assert '<option value="receive">' in page
    assert '<option value="withdraw">' not in page
    assert "Nhận việc: chưa nhận → <strong>đã nhận" in seen(an, three, "receive")
    an.send("/tasks/bulk/apply", shown=shown(three[:2]), act="start")
    moved = look(select(Task.status).order_by(col(Task.id)))
    assert moved[:2] == [Status.IN_PROGRESS] * 2


def test_a_unit_that_tries_what_is_the_office_s_is_refused_for_each(
    an: Browser, three: list[Task], look: Look
) -> None:
    assert "Làm được với 0 nhiệm vụ; 3" in seen(an, three, "withdraw", reason="Không làm")
    an.send("/tasks/bulk/apply", shown=shown(three), act="withdraw", reason="Không làm")
    assert Status.NOT_STARTED in look(select(Task.status))


def test_a_stranger_learns_nothing_of_tasks_that_are_not_theirs(
    chi: Browser, three: list[Task]
) -> None:
    assert chi.send("/tasks/bulk", tasks=chosen(three), act="receive").status_code == 404
    answer = chi.send("/tasks/bulk/apply", shown=shown(three), act="receive")
    assert answer.status_code == 404


def test_what_a_reader_does_not_see_is_left_out_of_what_they_chose(
    chi: Browser, session: Session, office: Office, three: list[Task]
) -> None:
    own = a_task(session, office.issuer, lead=office.culture, text="Việc của Chi")
    session.commit()
    page = seen(chi, [*three, own], "receive")
    assert "Việc của Chi" in page
    assert "Việc số" not in page


def test_everything_that_a_filter_finds_may_be_chosen(
    specialist: Browser, session: Session, office: Office
) -> None:
    for n in range(60):
        a_task(session, office.issuer, lead=office.finance, text=f"Xúc tiến {n}")
    a_task(session, office.issuer, lead=office.finance, text="Việc khác")
    session.commit()
    assert "Tất cả 60 việc khớp bộ lọc" in specialist.page("/tasks?q=xuc+tien")
    answer = specialist.send("/tasks/bulk", all="1", query="q=xuc+tien", act="start")
    assert "Làm được với 60 nhiệm vụ; 0" in " ".join(answer.text.split())
    assert "Việc khác" not in answer.text


def test_too_many_at_once_are_refused(
    specialist: Browser, three: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.services.bulk.MOST_AT_ONCE", 2)
    answer = specialist.send("/tasks/bulk", tasks=chosen(three), act="start")
    assert answer.status_code == 422
    assert "tối đa 2 nhiệm vụ" in answer.text


def test_nothing_chosen_is_told(specialist: Browser) -> None:
    answer = specialist.send("/tasks/bulk", act="start")
    assert answer.status_code == 422
    assert "Chưa chọn nhiệm vụ nào" in answer.text


def test_reports_are_confirmed_but_never_one_s_own(
    specialist: Browser, an: Browser, session: Session, office: Office, look: Look
) -> None:
    facts: dict[str, Any] = {"status": Status.SUBMITTED, "submitted_on": SOON}
    task = a_task(session, office.issuer, lead=office.finance, due_on=SOON, **facts)
    session.commit()
    assert "Làm được với 0" in seen(an, [task], "confirm")
    assert "<strong>Hoàn thành" in seen(specialist, [task], "confirm")
    specialist.send("/tasks/bulk/apply", shown=shown([task]), act="confirm")
    assert look(select(Task.status)) == [Status.DONE]
