"""Saved groups of units, as the office meets them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office, a_group, a_task
from tests.web.conftest import Browser
from tracker.domain import GroupMember, UnitGroup

Look = Callable[[Any], list[Any]]


@pytest.fixture
def group(session: Session, office: Office) -> UnitGroup:
    made = a_group(session, office.issuer, "Khối kinh tế", office.finance, office.health)
    session.commit()
    return made


def members(look: Look, group_id: int) -> list[int]:
    return look(select(GroupMember.unit_id).where(col(GroupMember.group_id) == group_id))


def test_the_office_makes_a_group(specialist: Browser, office: Office, look: Look) -> None:
    assert "Chưa có nhóm đơn vị nào" in specialist.page("/groups")
    assert specialist.get("/groups/new").status_code == 200
    units = [office.finance.id, office.culture.id]
    answer = specialist.send("/groups", name="Khối một", units=units)
    assert answer.status_code == 303
    assert members(look, look(select(UnitGroup.id))[0]) == sorted(units)
    assert "Khối một" in specialist.page("/groups")


def test_a_choice_made_for_a_task_becomes_a_group_and_stays_ticked(
    specialist: Browser, session: Session, office: Office
) -> None:
    task = a_task(session, office.issuer)
    session.commit()
    typed: dict[str, Any] = {"name": "Hai sở", "units": office.finance.id, "task": task.id}
    answer = specialist.send("/groups", **typed)
    assert answer.status_code == 303
    page = specialist.page(answer.headers["Location"])
    assert f'name="units" value="{office.finance.id}" checked' in page


def test_a_group_without_a_name_keeps_what_was_ticked(specialist: Browser, office: Office) -> None:
    answer = specialist.send("/groups", name="", units=office.finance.id)
    assert answer.status_code == 422
    assert "Nhóm chưa có tên" in answer.text
    assert f'name="units" value="{office.finance.id}" checked' in answer.text


def test_its_units_and_name_are_edited(
    specialist: Browser, office: Office, group: UnitGroup, look: Look
) -> None:
    address = f"/groups/{group.id}"
    assert "Khối kinh tế" in specialist.page(address)
    answer = specialist.send(address, name="Khối mới", units=office.culture.id)
    assert answer.status_code == 303
    assert members(look, group.id) == [office.culture.id]
    assert "Số đơn vị: 2 → <strong>1</strong>" in specialist.page(address)


def test_a_quick_choice_on_a_group_saves_nothing_yet(
    specialist: Browser, office: Office, group: UnitGroup, look: Look
) -> None:
    picked: dict[str, Any] = {"do": "pick", "pick": f"below:{office.issuer.id}"}
    page = specialist.send(f"/groups/{group.id}", name="Khối mới", **picked).text
    assert f'name="units" value="{office.culture.id}" checked' in page
    assert 'value="Khối mới"' in page
    assert len(members(look, group.id)) == 2


def test_a_group_is_removed(specialist: Browser, group: UnitGroup, look: Look) -> None:
    assert specialist.send(f"/groups/{group.id}/remove").status_code == 303
    assert look(select(UnitGroup.id)) == []


def test_units_have_no_business_with_groups(an: Browser, group: UnitGroup) -> None:
    assert an.get("/groups").status_code == 403
    assert an.get(f"/groups/{group.id}").status_code == 404
    assert an.send("/groups", name="x").status_code == 403
