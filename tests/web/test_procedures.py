"""Procedures and the steps of a task, as each of the cast meets them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office, a_task
from tests.web.conftest import Browser
from tracker.domain import ProcedureStep, Task
from tracker.domain.task import Status
from tracker.services.procedures import install_shipped

Look = Callable[[Any], list[Any]]
BEGUN: dict[str, Any] = {"text": "Kiểm tra chấp hành năm 2026", "starts_on": "2026-02-26"}


@pytest.fixture
def shipped(session: Session, office: Office) -> int:
    install_shipped(session)
    session.commit()
    return 1


@pytest.fixture
def own(specialist: Browser, shipped: int) -> str:
    return str(specialist.send(f"/procedures/{shipped}/copy").location)


@pytest.fixture
def task(specialist: Browser, office: Office, shipped: int) -> str:
    """The page of a task that An's unit leads, begun from the first procedure."""
    lead = str(office.finance.id)
    begun = specialist.send(f"/procedures/{shipped}/start", lead=lead, **BEGUN)
    return str(begun.location).partition("#")[0]


def steps(look: Look) -> list[Task]:
    return look(select(Task).where(col(Task.is_step)).order_by(col(Task.position)))


def test_the_office_reads_the_fourteen_steps_and_a_unit_has_no_business_there(
    specialist: Browser, leader: Browser, an: Browser, shipped: int
) -> None:
    for browser in (specialist, leader):
        page = browser.page(f"/procedures/{shipped}")
        assert page.count('class="place"') == 14
        assert "Đối tượng kiểm tra báo cáo tự kiểm tra" in page
    assert an.get("/procedures").status_code == 403
    assert an.get(f"/procedures/{shipped}").status_code == 404


def test_a_shipped_procedure_is_copied_before_it_is_changed(
    specialist: Browser, shipped: int, own: str
) -> None:
    assert "Lưu bước" not in specialist.page(f"/procedures/{shipped}")
    assert "Lưu bước" in specialist.page(own)
    assert specialist.send(own, name="Quy trình của tỉnh", source="").status_code == 303
    assert "Quy trình của tỉnh" in specialist.page("/procedures")


def test_a_step_is_added_edited_moved_and_taken_out(
    specialist: Browser, own: str, look: Look
) -> None:
    said: dict[str, Any] = {
        "phase": "3. Bước kết thúc",
        "role": "lead",
        "offset": "70",
        "papers": "A\n\nB",
    }
    specialist.send(f"{own}/steps", text="Họp rút kinh nghiệm lần hai", **said)
    step = look(select(ProcedureStep).where(col(ProcedureStep.position) == 15))[0]
    assert step.papers == ["A", "B"]
    specialist.send(f"{own}/steps/{step.id}", **(said | {"text": "Họp lần hai", "offset": "71"}))
    specialist.send(f"{own}/steps/{step.id}/up")
    page = specialist.page(own)
    assert page.index("Họp lần hai") < page.index("Giao ủy ban kiểm tra")
    specialist.send(f"{own}/steps/{step.id}/remove")
    assert len(look(select(ProcedureStep).where(col(ProcedureStep.procedure_id) == 3))) == 14


def test_a_refused_step_keeps_what_was_typed(specialist: Browser, own: str) -> None:
    answer = specialist.send(f"{own}/steps", text=" ", role="lead", responsible="Đoàn kiểm tra 2")
    assert answer.status_code == 422
    assert "Bước này chưa có nội dung" in answer.text
    assert "Đoàn kiểm tra 2" in answer.text


def test_a_retired_procedure_is_no_longer_offered(
    specialist: Browser, own: str, office: Office
) -> None:
    specialist.send(f"{own}/retire")
    assert "Giao nhiệm vụ theo quy trình này" not in specialist.page(own)
    answer = specialist.send(f"{own}/start", lead=str(office.finance.id), **BEGUN)
    assert answer.status_code == 422


def test_an_office_begins_a_procedure_of_its_own(specialist: Browser) -> None:
    assert specialist.send("/procedures", name=" ").status_code == 422
    made = specialist.send("/procedures", name="Quy trình xử lý văn bản", source="Quy chế")
    assert "Quy trình chưa có bước nào" in specialist.page(made.location)


def test_a_task_begun_from_a_procedure_shows_its_checklist_to_its_lead(
    an: Browser, task: str
) -> None:
    page = an.page(task)
    assert "Đã xong 0/14 bước" in page
    assert page.count("2. Bước tiến hành") == 1
    assert page.index("Bước tiếp theo:") < page.index("2. Bước tiến hành")


def test_a_start_without_a_lead_keeps_what_was_typed(specialist: Browser, shipped: int) -> None:
    answer = specialist.send(f"/procedures/{shipped}/start", **BEGUN)
    assert answer.status_code == 422
    assert "Chưa có đơn vị chủ trì" in answer.text
    assert BEGUN["text"] in answer.text


def test_everybody_ticks_their_own_steps(
    an: Browser, specialist: Browser, office: Office, task: str, look: Look
) -> None:
    of_lead, of_office = (
        next(step for step in steps(look) if step.lead_id == unit.id)
        for unit in (office.finance, office.office)
    )
    assert f'action="/tasks/{of_office.id}/tick"' not in an.page(task)
    assert an.send(f"/tasks/{of_office.id}/tick", done="1").status_code == 403
    for step, browser in ((of_lead, an), (of_office, specialist)):
        answer = browser.send(f"/tasks/{step.id}/tick", done="1")
        assert str(answer.location) == f"{task}#steps"
    page = an.page(task)
    assert "Đã xong 2/14 bước" in page
    assert "Bỏ đánh dấu" in page
    an.send(f"/tasks/{of_lead.id}/tick", done="0")
    assert look(select(Task.status).where(col(Task.id) == of_lead.id)) == [Status.IN_PROGRESS]


def test_a_step_has_a_page_of_its_own_that_leads_to_the_whole(
    an: Browser, task: str, look: Look
) -> None:
    step = steps(look)[0]
    page = an.page(f"/tasks/{step.id}")
    assert f'href="{task}#steps"' in page
    assert "Đây là bước 1 của nhiệm vụ" in page
    an.send(f"/tasks/{step.id}/status", to="done", version=str(step.version))
    assert "Đã xong 1/14 bước" in an.page(task)
    assert look(select(Task.status).where(col(Task.id) == step.parent_id)) == [Status.IN_PROGRESS]


def test_a_stranger_knows_of_no_step(chi: Browser, task: str, look: Look) -> None:
    step = steps(look)[0].id
    assert chi.send(f"/tasks/{step}/tick", done="1").status_code == 404
    assert chi.get(f"/tasks/{step}/step-date").status_code == 404


def test_the_steps_of_a_closed_task_are_no_longer_ticked(
    an: Browser, task: str, look: Look, session: Session
) -> None:
    whole = session.get_one(Task, int(task.rpartition("/")[2]))
    whole.status, whole.done_on = Status.DONE, date(2026, 2, 26)
    session.commit()
    answer = an.send(f"/tasks/{steps(look)[0].id}/tick", done="1")
    assert answer.status_code == 422
    assert "khép lại" in answer.text


def test_a_step_moves_with_those_behind_it_after_a_preview(
    specialist: Browser, an: Browser, task: str, look: Look
) -> None:
    before = steps(look)
    address = f"/tasks/{before[12].id}/step-date"
    asked: dict[str, Any] = {"due_on": "2026-06-01", "following": "1"}
    preview = specialist.page(address, query_string=asked)
    assert preview.count("<tr>") == 3
    assert specialist.send(address, version="1", **asked).status_code == 422
    answer = specialist.send(address, version="1", reason="Xin lùi", **asked)
    assert answer.status_code == 303
    after = steps(look)
    assert [a.due_on == b.due_on for a, b in zip(after, before, strict=True)].count(False) == 2
    assert an.get(address).status_code == 403


def test_a_step_that_somebody_moved_meanwhile_is_not_moved_unseen(
    specialist: Browser, task: str, look: Look
) -> None:
    address = f"/tasks/{steps(look)[0].id}/step-date"
    typed: dict[str, Any] = {"due_on": "2026-06-01", "reason": "Lý do của tôi"}
    answer = specialist.send(address, version="7", **typed)
    assert answer.status_code == 409
    assert "Lý do của tôi" in answer.text


def test_a_task_without_steps_follows_a_procedure(
    specialist: Browser, an: Browser, session: Session, office: Office, shipped: int
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, due_on=date(2026, 6, 30))
    session.commit()
    address = f"/tasks/{task.id}/procedure"
    typed: dict[str, Any] = {"procedure": "2", "starts_on": "2026-03-02"}
    assert "Áp dụng quy trình…" in specialist.page(f"/tasks/{task.id}")
    assert "Áp dụng quy trình…" not in an.page(f"/tasks/{task.id}")
    assert an.send(address, version="1", **typed).status_code == 403
    assert specialist.send(address, version="1", **typed).status_code == 303
    assert "Đoàn giám sát" in an.page(f"/tasks/{task.id}")


def test_the_steps_are_no_new_work_of_their_own_and_say_whose_they_are(
    an: Browser, task: str
) -> None:
    page = an.page("/")
    assert "<strong>1</strong> việc mới chưa xác nhận" in page
    listed = an.page("/tasks?unit=mine&part=lead")
    assert "Bước của: Kiểm tra chấp hành năm 2026" in listed
