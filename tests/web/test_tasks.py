"""The list of tasks and the page of one, as each of the cast meets them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office, a_meeting, a_programme, a_task
from tests.web.conftest import Browser
from tracker.domain import Change, ProgressNote, Support, Task
from tracker.domain.task import Kind, Status

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


def again(session: Session, task: Task) -> Task:
    session.refresh(task)
    session.commit()
    return task


def of(task: Task, what: str = "") -> str:
    return f"/tasks/{task.id}{what}"


def move(browser: Browser, task: Task, to: Status, **typed: Any) -> int:
    typed.setdefault("version", task.version)
    return browser.send(of(task, "/status"), to=to.value, **typed).status_code


def test_a_unit_sees_what_it_leads_and_what_it_supports(
    an: Browser, binh: Browser, chi: Browser, task: Task
) -> None:
    assert task.text in an.page("/tasks")
    assert task.text in binh.page("/tasks")
    assert task.text not in chi.page("/tasks")


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
    assert specialist.page(f"/tasks?{query}").count('href="/tasks/') == found


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
    assert an.page("/tasks?status=not_started&page=2").count('href="/tasks/') == 1


def test_htmx_gets_the_rows_without_the_page(an: Browser, task: Task) -> None:
    part = an.get("/tasks", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<section id="found"')
    assert "HX-Request" in part.headers["Vary"]


def test_the_page_of_a_task_shows_everything_about_it(
    an: Browser, session: Session, office: Office
) -> None:
    facts: dict[str, Any] = {
        "deliverables": ["Báo cáo A"],
        "authority": "HĐND tỉnh",
        "due_text": "trong tháng 3",
    }
    task = a_task(session, office.issuer, lead=office.finance, due_on=SOON, **facts)
    session.commit()
    page = an.page(of(task))
    assert all(words in page for words in ("Báo cáo A", "HĐND tỉnh", "trong tháng 3", "05/3/2026"))


def test_a_stranger_does_not_learn_that_a_task_exists(chi: Browser, task: Task) -> None:
    assert chi.get(of(task)).status_code == 404
    assert chi.get("/tasks/999999").status_code == 404
    assert chi.get("/tasks/99999999999999999999").status_code == 404


def test_a_unit_moves_its_task_on(an: Browser, session: Session, task: Task) -> None:
    assert move(an, task, Status.SUBMITTED) == 303
    assert again(session, task).status is Status.SUBMITTED
    assert "Chưa thực hiện → <strong>Chờ duyệt" in " ".join(an.page(of(task)).split())


def test_a_unit_is_not_offered_what_it_may_not_do(an: Browser, task: Task) -> None:
    page = an.page(of(task))
    assert "Nộp, chờ duyệt" in page
    assert "Xác nhận hoàn thành" not in page
    assert "Giao đơn vị" not in page


def test_a_unit_never_confirms_its_own_work(an: Browser, session: Session, task: Task) -> None:
    assert move(an, task, Status.DONE) == 422
    assert again(session, task).status is Status.NOT_STARTED


def test_the_office_confirms(specialist: Browser, session: Session, task: Task) -> None:
    assert move(specialist, task, Status.SUBMITTED) == 303
    assert move(specialist, task, Status.DONE, version=again(session, task).version) == 303
    assert again(session, task).percent == 100


def test_a_pause_without_a_reason_is_refused_and_with_one_is_told(
    specialist: Browser, session: Session, task: Task
) -> None:
    assert move(specialist, task, Status.PAUSED) == 422
    assert move(specialist, task, Status.PAUSED, reason="Chờ Trung ương") == 303
    assert "Chờ Trung ương" in specialist.page(of(task))


def test_the_second_editor_is_told_and_keeps_what_was_typed(
    specialist: Browser, session: Session, task: Task
) -> None:
    old = task.version
    assert move(specialist, task, Status.IN_PROGRESS) == 303
    answer = specialist.send(
        of(task, "/deadline"), version=old, due_on="2026-04-01", reason="Xin lùi"
    )
    assert answer.status_code == 409
    assert "Người khác vừa sửa" in answer.text
    assert "Xin lùi" in answer.text
    assert 'value="2026-04-01"' in answer.text


def test_a_support_writes_a_note_and_moves_nothing(binh: Browser, look: Look, task: Task) -> None:
    assert move(binh, task, Status.SUBMITTED) == 403
    assert binh.send(of(task, "/notes"), text="Đã góp ý", percent="40").status_code == 303
    assert look(select(ProgressNote.percent)) == [40]
    assert "Đã góp ý" in binh.page(of(task))


@pytest.mark.parametrize(("text", "percent"), [("", ""), ("Xong", "101"), ("Xong", "nhiều")])
def test_a_note_that_cannot_be_is_shown_again(
    an: Browser, task: Task, text: str, percent: str
) -> None:
    answer = an.send(of(task, "/notes"), text=text, percent=percent)
    assert answer.status_code == 422
    assert f">{text}</textarea>" in answer.text


def test_the_office_assigns_and_the_history_names_the_units(
    specialist: Browser, look: Look, office: Office, task: Task
) -> None:
    answer = specialist.send(
        of(task, "/units"),
        version=task.version,
        lead=str(office.culture.id),
        supports=[str(office.finance.id)],
    )
    assert answer.status_code == 303
    assert look(select(Support.unit_id)) == [office.finance.id]
    page = " ".join(specialist.page(of(task)).split())
    assert "Chủ trì: Sở Tài chính → <strong>Sở Văn hóa, Thể thao và Du lịch" in page


def test_the_form_of_the_units_is_a_page_of_its_own_and_a_fragment(
    specialist: Browser, office: Office, task: Task
) -> None:
    assert f'href="{of(task, "/units")}"' in specialist.page(of(task))
    page = specialist.page(of(task, "/units"))
    assert f'<option value="{office.finance.id}" selected>Sở Tài chính</option>' in page
    assert f'value="{office.health.id}" checked>' in page
    part = specialist.get(of(task, "/units"), headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<form")


def test_only_the_office_is_shown_the_form_of_the_units(an: Browser, task: Task) -> None:
    assert an.get(of(task, "/units")).status_code == 403


def test_a_unit_that_does_not_exist_cannot_be_given_a_task(specialist: Browser, task: Task) -> None:
    answer = specialist.send(of(task, "/units"), version=task.version, lead="999999")
    assert answer.status_code == 422
    assert "Lưu phân công" in answer.text


def test_the_second_who_assigns_is_told_and_keeps_what_was_chosen(
    specialist: Browser, office: Office, task: Task
) -> None:
    chosen: dict[str, Any] = {"lead": str(office.culture.id), "supports": [str(office.finance.id)]}
    answer = specialist.send(of(task, "/units"), version=task.version + 1, **chosen)
    assert answer.status_code == 409
    assert f'<option value="{office.culture.id}" selected>' in answer.text
    assert f'value="{office.finance.id}" checked>' in answer.text


def test_the_office_moves_a_deadline_and_the_first_one_stays(
    specialist: Browser, session: Session, task: Task
) -> None:
    typed: dict[str, Any] = {
        "version": task.version,
        "due_on": "2026-03-31",
        "reason": "Chờ số liệu",
    }
    assert specialist.send(of(task, "/deadline"), **typed).status_code == 303
    moved = again(session, task)
    assert (moved.due_on, moved.original_due_on) == (date(2026, 3, 31), SOON)
    assert "05/3/2026 → <strong>31/3/2026" in " ".join(specialist.page(of(task)).split())


@pytest.mark.parametrize("due_on", ["", "hôm nay", "2026-13-01"])
def test_a_deadline_that_is_no_date_is_refused(
    specialist: Browser, task: Task, due_on: str
) -> None:
    typed: dict[str, Any] = {"version": task.version, "due_on": due_on, "reason": "Vì sao"}
    assert specialist.send(of(task, "/deadline"), **typed).status_code == 422


def test_only_the_office_assigns_and_sets_deadlines(an: Browser, task: Task) -> None:
    typed: dict[str, Any] = {"version": task.version, "due_on": "2026-03-31", "reason": "Vì sao"}
    assert an.send(of(task, "/deadline"), **typed).status_code == 403
    assert an.send(of(task, "/units"), version=task.version, lead="").status_code == 403


def test_a_refused_act_leaves_no_line_in_the_history(an: Browser, look: Look, task: Task) -> None:
    move(an, task, Status.DONE)
    assert look(select(Change)) == []


def test_a_long_history_is_cut_and_can_be_seen_whole(
    an: Browser, session: Session, office: Office, task: Task
) -> None:
    for n in range(60):
        note = ProgressNote(
            task_id=task.id, author_id=office.an.id, at=task.created_at, text=f"n{n}"
        )
        session.add(note)
    session.commit()
    assert an.page(of(task)).count('class="said"') == 50
    assert an.page(of(task, "?history=all")).count('class="said"') == 60


def test_without_javascript_the_filters_are_a_form(an: Browser) -> None:
    page = an.page("/tasks")
    assert '<form class="filters" method="get" action="/tasks"' in page
    assert "<script>" not in page


def test_the_words_of_a_task_are_escaped(an: Browser, session: Session, office: Office) -> None:
    task = a_task(session, office.issuer, lead=office.finance, text="<script>alert(1)</script>")
    session.commit()
    assert "<script>alert" not in an.page("/tasks") + an.page(of(task))


def test_what_changed_last_stands_first_when_asked(
    an: Browser, session: Session, office: Office, look: Look
) -> None:
    for n in (1, 2):
        a_task(session, office.issuer, lead=office.finance, text=f"Việc {n}", due_on=SOON)
    session.commit()
    last = look(select(Task).order_by(col(Task.id).desc()))[0]
    an.send(of(last, "/notes"), text="Mới")
    page = an.page("/tasks?sort=changed")
    assert page.index("Việc 2") < page.index("Việc 1")
