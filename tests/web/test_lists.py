"""The list of tasks: its filters, its columns, its search, and what it keeps to itself."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_meeting, a_programme, a_task
from tests.web.conftest import Browser
from tracker.domain import Attachment, Directive, Filing, Procedure, Task
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.task import Kind, Status
from tracker.services.indexing import reindex

Look = Callable[[Any], list[Any]]
LATE, SOON = date(2026, 2, 25), date(2026, 3, 5)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """An leads it, Bình supports it, Chi has nothing to do with it."""
    made = a_task(
        session, office.issuer, lead=office.finance, supports=(office.health,), due_on=SOON
    )
    session.commit()
    return made


def test_the_list_says_who_leads_who_supports_and_until_when(an: Browser, task: Task) -> None:
    page = an.page("/tasks")
    assert all(words in page for words in ("Sở Tài chính", "Sở Y tế", "05/3/2026", "Sắp đến hạn"))


def test_an_inferred_and_a_moved_deadline_are_marked(
    an: Browser, session: Session, office: Office
) -> None:
    facts: dict[str, Any] = {"due_on": SOON, "original_due_on": LATE, "due_inferred": True}
    a_task(session, office.issuer, lead=office.finance, **facts)
    session.commit()
    page = an.page("/tasks")
    assert "suy ra" in page
    assert "<s>25/02/2026</s>" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 4),
        ("q=xuc tien", 1),
        ("q=XÚC TIẾN THƯƠNG", 1),
        ("q=de an", 1),
        ("status=done", 1),
        ("timeliness=overdue", 1),
        ("timeliness=due-soon", 1),
        ("timeliness=no-deadline", 1),
        ("timeliness=done-on-time", 1),
        ("kind=agenda", 1),
        ("unit=none", 1),
        ("sort=unit", 4),
        ("sort=status", 4),
        ("sort=changed", 4),
    ],
)
def test_each_filter_finds_its_tasks(
    specialist: Browser, session: Session, office: Office, query: str, found: int
) -> None:
    a_task(session, office.issuer, text="Kế hoạch xúc tiến thương mại", due_on=LATE, ref="1")
    lead: dict[str, Any] = {"lead": office.finance}
    a_task(session, office.issuer, text="Đề án môi trường", due_on=SOON, kind=Kind.AGENDA, **lead)
    a_task(session, office.issuer, text="Báo cáo tháng", **lead)
    closed: dict[str, Any] = {"status": Status.DONE, "done_on": LATE, "due_on": LATE}
    a_task(session, office.issuer, text="Quyết định đã ban hành", **closed, **lead)
    session.commit()
    assert specialist.page(f"/tasks?{query}").count('class="clamp" href="/tasks/') == found


def test_a_list_is_narrowed_by_unit_role_programme_and_meeting(
    specialist: Browser, session: Session, office: Office
) -> None:
    programme, meeting = a_programme(session, office.issuer), a_meeting(session, office.issuer)
    a_task(session, office.issuer, text="Việc của chương trình", programme=programme)
    a_task(session, office.issuer, text="Việc của hội nghị", meeting=meeting)
    a_task(session, office.issuer, text="Việc phối hợp", supports=(office.health,))
    session.commit()
    health = office.health.id
    assert "Việc của chương trình" in specialist.page(f"/tasks?programme={programme.id}")
    assert "Việc của chương trình" not in specialist.page(f"/tasks?meeting={meeting.id}")
    assert "Việc phối hợp" in specialist.page(f"/tasks?unit={health}")
    assert "Việc phối hợp" not in specialist.page(f"/tasks?unit={health}&part=lead")


@pytest.mark.parametrize(
    "query",
    ["page=abc", "page=-1", "page=99999999999", "unit=999999", "unit=x", "status=nonsense",
     "sort=drop", "q=" + "a" * 5000, "q=%22%27*)(", "programme=99999999999999", "kind=%00"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_still_opens(an: Browser, task: Task, query: str) -> None:
    assert an.get(f"/tasks?{query}").status_code == 200


def test_a_filter_that_is_not_understood_is_told(an: Browser, task: Task) -> None:
    assert "Đã bỏ qua phần không hiểu trong địa chỉ: status" in an.page("/tasks?status=x")


def test_an_empty_list_says_what_to_do(an: Browser, task: Task) -> None:
    assert "Hãy bớt một bộ lọc" in an.page("/tasks?status=done")


def test_pages_follow_one_another_and_keep_the_filters(
    an: Browser, session: Session, office: Office
) -> None:
    for n in range(51):
        a_task(session, office.issuer, lead=office.finance, text=f"Việc thứ {n}")
    session.commit()
    first = an.page("/tasks?status=not_started")
    assert "51 nhiệm vụ" in first
    assert "status=not_started&amp;page=2" in first
    assert an.page("/tasks?status=not_started&page=2").count('class="clamp" href="/tasks/') == 1


def test_htmx_gets_the_rows_without_the_page(an: Browser, task: Task) -> None:
    part = an.get("/tasks", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<section id="found"')
    assert "HX-Request" in part.headers["Vary"]


def test_without_javascript_the_filters_are_a_form(an: Browser) -> None:
    page = an.page("/tasks")
    assert '<form class="filters" method="get" action="/tasks"' in page
    assert "<script>" not in page


def test_what_changed_last_stands_first_when_asked(
    an: Browser, session: Session, office: Office, look: Look
) -> None:
    for n in (1, 2):
        a_task(session, office.issuer, lead=office.finance, text=f"Việc {n}", due_on=SOON)
    session.commit()
    last = look(select(Task).order_by(col(Task.id).desc()))[0]
    an.send(f"/tasks/{last.id}/notes", text="Mới")
    page = an.page("/tasks?sort=changed")
    assert page.index("Việc 2") < page.index("Việc 1")


def found(browser: Browser, query: str) -> int:
    return browser.page(f"/tasks?{query}").count('class="clamp" href="/tasks/')


def filed(session: Session, office: Office, task: Task, state: FilingState, **facts: Any) -> None:
    by: dict[str, Any] = {"unit_id": task.lead_id, "author_id": office.an.id, "at": AT}
    sent = None if state is FilingState.WITH_HEAD else AT
    defaults: dict[str, Any] = {"kind": FilingKind.REPORT, "text": "Đã xong", "sent_at": sent}
    session.add(Filing(task_id=task.id, state=state, **by, **(defaults | facts)))
    session.flush()
    reindex(session, task)
    session.commit()


@pytest.mark.parametrize("state", ["waiting", "countered", "returned"])
def test_tasks_are_found_by_what_was_filed_about_them(
    specialist: Browser, session: Session, office: Office, task: Task, state: str
) -> None:
    a_task(session, office.issuer, lead=office.finance)
    filed(session, office, task, FilingState(state))
    assert found(specialist, f"filing={state}") == 1


def test_a_returned_report_that_was_filed_again_is_no_longer_returned(
    specialist: Browser, session: Session, office: Office, task: Task
) -> None:
    filed(session, office, task, FilingState.RETURNED)
    filed(session, office, task, FilingState.WAITING)
    assert found(specialist, "filing=returned") == 0


def test_what_waits_for_the_head_is_known_inside_the_unit_alone(
    specialist: Browser, an: Browser, session: Session, office: Office, task: Task
) -> None:
    filed(session, office, task, FilingState.WITH_HEAD, text="Thận trọng nhé")
    assert (found(an, "filing=with-head"), found(specialist, "filing=with-head")) == (1, 0)
    assert found(specialist, "q=thận trọng") == 0


def test_what_the_head_gave_back_stays_inside_the_unit(
    specialist: Browser, an: Browser, session: Session, office: Office, task: Task
) -> None:
    filed(session, office, task, FilingState.RETURNED, text="Thận trọng nhé", sent_at=None)
    assert (found(an, "filing=returned"), found(specialist, "filing=returned")) == (1, 0)
    assert found(specialist, "q=thận trọng") == 0


def test_tasks_are_found_by_receipt_directive_and_procedure(
    specialist: Browser, session: Session, office: Office
) -> None:
    kept: dict[str, Any] = {"issuer_id": office.issuer.id}
    directive = Directive(number="18-KH/ĐU", title="Kế hoạch", created_at=AT, **kept)
    procedure = Procedure(name="Trình HĐND", **kept)
    session.add_all([directive, procedure])
    session.flush()
    links: dict[str, Any] = {"directive_id": directive.id, "procedure_id": procedure.id}
    a_task(session, office.issuer, lead=office.finance, received_at=AT, **links)
    a_task(session, office.issuer, lead=office.finance)
    session.commit()
    for query in ("receipt=received", "receipt=unreceived", "directive=1", "procedure=1"):
        assert found(specialist, query) == 1, query
    assert "18-KH/ĐU" in specialist.page("/tasks?more=1")


@pytest.fixture
def divided(session: Session, office: Office) -> Task:
    """A task of two units; Sở Tài chính has done its share."""
    whole = a_task(session, office.issuer, text="Việc chung", is_divided=True, due_on=SOON)
    done: dict[str, Any] = {"status": Status.DONE, "done_on": LATE}
    for unit, facts in ((office.finance, done), (office.health, {})):
        a_task(session, office.issuer, text="Việc chung", parent_id=whole.id, lead=unit, **facts)
    session.commit()
    return whole


def test_the_office_sees_a_divided_task_once_with_how_far_it_has_come(
    specialist: Browser, divided: Task
) -> None:
    page = specialist.page("/tasks")
    assert "1/2 đơn vị xong" in page
    assert "Nhiều đơn vị" in page
    assert (found(specialist, ""), found(specialist, "children=1")) == (1, 3)
    assert found(specialist, "unit=none") == 0


def test_a_unit_sees_its_own_share_and_so_does_an_office_that_asks_for_it(
    an: Browser, specialist: Browser, office: Office, divided: Task
) -> None:
    assert found(an, "") == 1
    assert found(specialist, f"unit={office.health.id}") == 1
    assert found(specialist, "status=not_started") == 2


def test_the_reader_chooses_the_columns(an: Browser, session: Session, office: Office) -> None:
    programme = a_programme(session, office.issuer, title="Chương trình tháng 02")
    a_task(session, office.issuer, lead=office.finance, programme=programme, percent=40)
    session.commit()
    page = an.page("/tasks?cols=programme,percent,updated,received")
    assert all(words in page for words in ("Chương trình tháng 02", "40%", "chưa nhận", "08:00"))
    assert '<th scope="col">Chủ trì</th>' not in page
    assert "xúc tiến" in page


def test_a_strange_column_is_told_and_the_usual_ones_are_shown(an: Browser, task: Task) -> None:
    page = an.page("/tasks?cols=lead,nonsense")
    assert "Đã bỏ qua phần không hiểu trong địa chỉ: cols" in page
    assert '<th scope="col">Chủ trì</th>' in page


def test_notes_reports_and_file_names_are_searched(
    an: Browser, chi: Browser, session: Session, office: Office, task: Task
) -> None:
    an.send(f"/tasks/{task.id}/notes", text="Đang chờ số liệu của Kho bạc")
    session.refresh(task)
    by: dict[str, Any] = {"by_id": office.an.id, "at": AT}
    kind: dict[str, Any] = {"media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    session.add(Attachment(task_id=task.id, name="Phụ lục đấu giá.pdf", **by, **kind))
    filed(session, office, task, FilingState.WAITING, document_number="123/BC-STC")
    for words in ("kho bạc", "phu luc dau gia", "123/bc-stc"):
        assert (found(an, f"q={words}"), found(chi, f"q={words}")) == (1, 0), words


def test_what_is_written_exactly_so_stands_first(
    specialist: Browser, session: Session, office: Office
) -> None:
    a_task(session, office.issuer, text="Bán đấu giá tài sản", due_on=LATE)
    a_task(session, office.issuer, text="Bàn giao tài sản", due_on=SOON)
    session.commit()
    page = specialist.page("/tasks?q=bàn")
    assert page.index("Bàn giao") < page.index("Bán đấu giá")
    plain = specialist.page("/tasks?q=ban")
    assert plain.index("Bán đấu giá") < plain.index("Bàn giao")


def test_a_leader_ticks_nothing(leader: Browser, task: Task) -> None:
    page = leader.page("/tasks")
    assert task.text in page
    assert 'name="tasks"' not in page


def test_a_stranger_s_choices_hold_nothing_of_others(
    session: Session, office: Office, chi: Browser
) -> None:
    kept: dict[str, Any] = {"issuer_id": office.issuer.id}
    session.add(Directive(number="Mật 01", title="Kế hoạch", created_at=AT, **kept))
    session.add(Procedure(name="Quy trình riêng", **kept))
    session.commit()
    page = chi.page("/tasks?more=1")
    assert "Mật 01" not in page
    assert "Quy trình riêng" not in page
