"""A task given to many units, as the office and the units meet it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_group, a_task, a_unit
from tests.web.conftest import Browser
from tracker.domain import Change, Task
from tracker.domain.change import Act
from tracker.domain.task import Status
from tracker.services import shares

Look = Callable[[Any], list[Any]]
DUE = date(2026, 2, 25)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """An leads it alone so far."""
    made = a_task(session, office.issuer, due_on=DUE, lead=office.finance)
    session.commit()
    return made


@pytest.fixture
def whole(session: Session, office: Office) -> Task:
    """Sở Tài chính is done with its part, Sở Y tế is not."""
    made = a_task(session, office.issuer, due_on=DUE)
    by = office.reader(session, office.specialist)
    units = [office.finance.id, office.health.id]
    part, _ = shares.divide(session, made, units, by=by, at=AT)
    part.status, part.done_on = Status.DONE, DUE
    session.commit()
    return made


def of(task: Task, what: str = "") -> str:
    return f"/tasks/{task.id}{what}"


def parts(look: Look, task: Task) -> list[int | None]:
    return look(select(Task.lead_id).where(col(Task.parent_id) == task.id).order_by(col(Task.id)))


def part_ids(task: Task) -> Any:
    return select(Task.id).where(col(Task.parent_id) == task.id).order_by(col(Task.id))


def test_the_office_divides_a_task_and_the_lead_keeps_a_part(
    specialist: Browser, office: Office, task: Task, look: Look
) -> None:
    assert "Sở Tài chính đang chủ trì" in specialist.page(of(task, "/shares"))
    answer = specialist.send(of(task, "/shares"), units=office.health.id, version=task.version)
    assert (answer.status_code, answer.headers["Location"]) == (303, of(task))
    assert parts(look, task) == [office.finance.id, office.health.id]


def test_each_unit_finds_its_own_part_and_not_the_others(
    an: Browser, binh: Browser, chi: Browser, whole: Task, look: Look
) -> None:
    mine, theirs = look(part_ids(whole))
    assert an.get(of(whole)).status_code == 404
    assert "Sở Tài chính" in an.page(f"/tasks/{mine}")
    assert an.get(f"/tasks/{theirs}").status_code == 404
    assert binh.get(f"/tasks/{theirs}").status_code == 200
    assert chi.get(f"/tasks/{theirs}").status_code == 404


def test_a_quick_choice_ticks_its_units_and_keeps_what_was_ticked(
    specialist: Browser, session: Session, office: Office, task: Task, look: Look
) -> None:
    closed = a_unit(session, "Sở cũ", is_active=False)
    group = a_group(session, office.issuer, "Khối xã hội", office.health, closed)
    session.commit()
    picked: dict[str, Any] = {"do": "pick", "pick": f"group:{group.id}"}
    page = specialist.send(of(task, "/shares"), units=office.culture.id, **picked).text
    for unit in (office.health, office.culture):
        assert f'name="units" value="{unit.id}" checked' in page
    assert "Bỏ qua 1 đơn vị đã ngừng hoạt động: Sở cũ." in page
    assert parts(look, task) == []


def test_all_units_below_another_are_a_quick_choice(
    specialist: Browser, office: Office, task: Task
) -> None:
    page = specialist.page(of(task, f"/shares?pick=below:{office.issuer.id}"))
    assert f'name="units" value="{office.culture.id}" checked' in page


def test_nobody_chosen_is_said_on_the_same_page(
    specialist: Browser, session: Session, office: Office
) -> None:
    task = a_task(session, office.issuer)
    session.commit()
    answer = specialist.send(of(task, "/shares"), version=task.version)
    assert answer.status_code == 422
    assert "Chưa chọn đơn vị nào" in answer.text


def test_who_divides_second_is_told(
    specialist: Browser, office: Office, task: Task, look: Look
) -> None:
    answer = specialist.send(of(task, "/shares"), units=office.health.id, version=task.version - 1)
    assert answer.status_code == 409
    assert f'name="units" value="{office.health.id}" checked' in answer.text
    assert parts(look, task) == []


def test_a_unit_cannot_divide(an: Browser, task: Task) -> None:
    assert an.get(of(task, "/shares")).status_code == 403
    assert an.send(of(task, "/shares"), units=1, version=task.version).status_code == 403


def test_the_page_of_the_whole_counts_and_puts_laggards_first(
    specialist: Browser, whole: Task
) -> None:
    page = specialist.page(of(whole))
    assert "Các đơn vị đã xong: 1/2 = 50,00%" in page
    table = page[page.index('id="shares"') :]
    assert table.index("Sở Y tế") < table.index("Sở Tài chính")
    only_open = specialist.page(of(whole, "?shares=open"))
    table = only_open[only_open.index('id="shares"') : only_open.index("</table>")]
    assert "Sở Tài chính" not in table


def test_english_writes_the_share_with_a_point(specialist: Browser, whole: Task) -> None:
    specialist.send("/language/en")
    assert "1/2 = 50.00%" in specialist.page(of(whole))


def test_a_part_shows_the_office_the_way_to_the_whole(
    specialist: Browser, whole: Task, look: Look
) -> None:
    part = look(part_ids(whole))[0]
    page = specialist.page(f"/tasks/{part}")
    assert of(whole) in page
    assert "1/2 = 50,00% đơn vị đã xong" in page


def test_urging_shows_first_who_will_be_written_to(specialist: Browser, whole: Task) -> None:
    page = specialist.page(of(whole, "/urge"))
    assert "Sẽ gửi cho 1 đơn vị" in page
    assert "soyte@office.example" in page
    assert "sotaichinh@office.example" not in page


def test_only_laggards_are_urged_and_not_twice_a_day(
    specialist: Browser, whole: Task, look: Look
) -> None:
    assert specialist.send(of(whole, "/urge"), words="Gấp").status_code == 303
    again = specialist.send(of(whole, "/urge"))
    assert again.status_code == 422
    assert "Đã đôn đốc lần gần nhất vào 26/02/2026" in again.text
    # Its own line for the part, and one for the whole.
    lines = look(select(Change).where(col(Change.act) == Act.URGED))
    assert [line.reason for line in lines] == ["Gấp", "Gấp"]
    assert lines[1].thing_id == whole.id
    page = specialist.page(of(whole))
    assert "Đôn đốc 26/02/2026" in page
    assert "Số đơn vị: <strong>1</strong>" in page


def test_a_unit_urges_nobody(an: Browser, leader: Browser, task: Task) -> None:
    for browser in (an, leader):
        assert browser.get(of(task, "/urge")).status_code == 403
        assert browser.send(of(task, "/urge")).status_code == 403


def test_the_page_asks_the_same_of_the_database_for_3_and_for_616_units(
    specialist: Browser, session: Session, office: Office, statements: list[str]
) -> None:
    by, asked, page = office.reader(session, office.specialist), [], ""
    for many in (3, 616):
        units = [a_unit(session, f"Xã {many}-{n}").id for n in range(many)]
        task = a_task(session, office.issuer, due_on=DUE)
        shares.divide(session, task, units, by=by, at=AT)
        session.commit()
        statements.clear()
        page = specialist.page(of(task))
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert 50 <= page.count("Chưa thực hiện") < 60
