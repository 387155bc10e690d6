"""The list of tasks and the page of one, as each of the cast meets them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import Office, a_task
from tests.web.conftest import Browser
from tracker.domain import Change, ProgressNote, Support, Task
from tracker.domain.task import Status

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


def test_a_unit_hands_in_by_a_report(an: Browser, session: Session, task: Task) -> None:
    assert move(an, task, Status.SUBMITTED, text="Đã ban hành") == 303
    assert again(session, task).status is Status.SUBMITTED
    assert "Chưa thực hiện → <strong>Chờ duyệt" in " ".join(an.page(of(task)).split())


def test_nothing_is_handed_in_without_a_word(an: Browser, session: Session, task: Task) -> None:
    assert move(an, task, Status.SUBMITTED) == 422
    assert again(session, task).status is Status.NOT_STARTED


def test_a_unit_is_not_offered_what_it_may_not_do(an: Browser, task: Task) -> None:
    page = an.page(of(task))
    assert "Báo cáo kết quả" in page
    assert "Xác nhận hoàn thành" not in page
    assert "Giao đơn vị" not in page


def test_a_unit_never_confirms_its_own_work(an: Browser, session: Session, task: Task) -> None:
    assert move(an, task, Status.DONE) == 422
    assert again(session, task).status is Status.NOT_STARTED


def test_the_office_confirms(
    an: Browser, specialist: Browser, session: Session, task: Task
) -> None:
    assert move(an, task, Status.SUBMITTED, text="Đã ban hành") == 303
    session.refresh(task)
    session.commit()
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


def test_the_words_of_a_task_are_escaped(an: Browser, session: Session, office: Office) -> None:
    task = a_task(session, office.issuer, lead=office.finance, text="<script>alert(1)</script>")
    session.commit()
    assert "<script>alert" not in an.page("/tasks") + an.page(of(task))
