"""The screens of units: everybody reads the tree, the administrator looks after it."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import Office, a_task
from tests.web.conftest import Browser
from tracker.domain import Alias, Unit
from tracker.queries.units import unit_called


def test_everybody_reads_the_tree_without_addresses(an: Browser, office: Office) -> None:
    page = an.page("/units")
    assert "Sở Văn hóa, Thể thao và Du lịch" in page
    assert "soyte@office.example" not in page


def test_the_office_sees_addresses_and_who_has_none(
    specialist: Browser, session: Session, office: Office
) -> None:
    page = specialist.page("/units")
    assert "soyte@office.example" in page
    assert "chưa có địa chỉ nhận thư" in page
    assert "1 đơn vị đang hoạt động chưa có địa chỉ" in page


def test_a_unit_shows_its_people_by_name_alone_to_a_stranger(chi: Browser, office: Office) -> None:
    page = chi.page(f"/units/{office.finance.id}")
    assert "An" in page
    assert "an@office.example" not in page
    assert "Lịch sử" not in page


def test_an_administrator_adds_a_unit(admin: Browser, session: Session, office: Office) -> None:
    answer = admin.send("/units/new", name="Sở Nội vụ", parent_id=office.issuer.id, email="")
    unit = unit_called(session, "Sở Nội vụ")
    assert unit is not None
    assert (answer.status_code, answer.location) == (303, f"/units/{unit.id}")


def test_a_refused_unit_keeps_what_was_typed(admin: Browser, office: Office) -> None:
    answer = admin.send("/units/new", name="Sở Tài chính", email="moi@tinh.vn", parent_id="")
    assert answer.status_code == 422
    assert "Đã có đơn vị tên “Sở Tài chính”" in answer.text
    assert 'value="moi@tinh.vn"' in answer.text


@pytest.mark.parametrize("parent", ["x", "9" * 30, "-1"])
def test_a_parent_that_cannot_be_is_refused(admin: Browser, parent: str) -> None:
    assert admin.send("/units/new", name="Sở Nội vụ", parent_id=parent).status_code in {404, 422}


def test_an_administrator_edits_a_unit(admin: Browser, session: Session, office: Office) -> None:
    address = f"/units/{office.finance.id}/edit"
    assert 'value="sotaichinh@office.example"' in admin.page(address)
    admin.send(address, name="Sở Tài chính tỉnh", parent_id="", email="stc@tinh.vn")
    session.expire_all()
    assert (office.finance.name, office.finance.email) == ("Sở Tài chính tỉnh", "stc@tinh.vn")


def test_a_circle_is_refused_with_a_sentence(admin: Browser, office: Office) -> None:
    asked: dict[str, Any] = {"name": office.issuer.name, "parent_id": office.finance.id}
    answer = admin.send(f"/units/{office.issuer.id}/edit", **asked)
    assert answer.status_code == 422
    assert "không thể trực thuộc chính nó" in answer.text


def test_closing_tells_how_much_work_is_left(
    admin: Browser, session: Session, office: Office
) -> None:
    a_task(session, office.issuer, lead=office.finance)
    session.commit()
    page = f"/units/{office.finance.id}"
    assert "còn chủ trì 1 nhiệm vụ chưa xong" in admin.page(page)
    assert admin.send(f"{page}/close").status_code == 303
    assert "Đơn vị đã ngừng nhưng còn đứng tên" in admin.page(page)
    assert admin.send(f"{page}/reopen").status_code == 303
    assert "Đang hoạt động" in admin.page(page)


def test_an_alias_is_added_and_removed(admin: Browser, session: Session, office: Office) -> None:
    page = f"/units/{office.finance.id}"
    assert admin.send(f"{page}/aliases", text="STC", is_former="1").status_code == 303
    alias = session.exec(select(Alias)).one()
    assert alias.is_former
    session.commit()
    assert admin.send(f"{page}/aliases/{alias.id}/remove").status_code == 303
    assert session.exec(select(Alias)).all() == []


def test_an_alias_of_another_unit_is_refused_and_kept(admin: Browser, office: Office) -> None:
    answer = admin.send(f"/units/{office.finance.id}/aliases", text="Sở Y tế")
    assert answer.status_code == 422
    assert "đã là tên của Sở Y tế" in answer.text
    assert 'value="Sở Y tế"' in answer.text


def test_an_alias_is_removed_from_its_own_unit_alone(
    admin: Browser, session: Session, office: Office
) -> None:
    session.add(Alias.written("STC", office.finance.id or 0))
    session.commit()
    answer = admin.send(f"/units/{office.health.id}/aliases/1/remove")
    assert answer.status_code == 404


@pytest.mark.parametrize("act", ["edit", "close", "reopen", "aliases"])
def test_nobody_else_touches_a_unit(specialist: Browser, office: Office, act: str) -> None:
    typed: dict[str, Any] = {"name": "Khác", "text": "Khác", "parent_id": ""}
    assert specialist.send(f"/units/{office.finance.id}/{act}", **typed).status_code == 403


@pytest.mark.parametrize("address", ["/units/new", "/units/1/edit"])
def test_the_forms_open_for_the_administrator_alone(leader: Browser, address: str) -> None:
    assert leader.get(address).status_code == 403


def test_a_unit_that_is_not_there_is_not_found(an: Browser) -> None:
    assert an.get("/units/999").status_code == 404
    assert an.get("/units/99999999999999").status_code == 404


def test_the_tree_takes_a_bounded_number_of_queries(
    an: Browser, session: Session, office: Office, statements: list[str]
) -> None:
    session.add_all(Unit.named(f"Xã số {n}", parent_id=office.issuer.id) for n in range(100))
    session.commit()
    statements.clear()
    an.page("/units")
    assert len([one for one in statements if one.startswith(("SELECT", "WITH"))]) <= 6
