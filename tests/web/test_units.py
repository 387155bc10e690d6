"""The screens of units: everybody reads the tree, the administrator looks after it."""

import re
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import Office, a_person, a_task
from tests.web.conftest import Browser, SignIn
from tracker.domain import Alias, Unit
from tracker.domain.person import Role
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
    admin.send(address, name="Sở Tài chính", parent_id="", email="stc@tinh.vn")
    session.expire_all()
    assert (office.finance.email, office.finance.parent_id) == ("stc@tinh.vn", None)


def test_another_name_is_given_when_what_follows_was_shown(
    admin: Browser, session: Session, office: Office
) -> None:
    address = f"/units/{office.finance.id}/edit"
    typed: dict[str, Any] = {"name": "Sở Tài chính tỉnh", "parent_id": office.issuer.id}
    page = admin.send(address, **typed).text
    assert "Tên cũ được giữ làm tên gọi trước đây" in page
    session.expire_all()
    assert office.finance.name == "Sở Tài chính"
    session.rollback()
    assert admin.send(address, confirmed="1", **typed).status_code == 303
    session.expire_all()
    assert office.finance.name == "Sở Tài chính tỉnh"
    assert "tên trước khi sắp xếp" in admin.page(f"/units/{office.finance.id}")


def test_the_second_editor_of_a_unit_is_told(
    admin: Browser, session: Session, office: Office
) -> None:
    address = f"/units/{office.finance.id}/edit"
    seen = seen_in(admin.page(address))
    typed: dict[str, Any] = {"name": "Sở Tài chính", "parent_id": office.issuer.id, "seen": seen}
    admin.send(address, email="mot@tinh.vn", **typed)
    answer = admin.send(address, email="hai@tinh.vn", **typed)
    assert answer.status_code == 409
    assert "hộp thư mot@tinh.vn" in answer.text
    assert 'value="hai@tinh.vn"' in answer.text
    typed["seen"] = seen_in(answer.text)
    assert admin.send(address, email="hai@tinh.vn", **typed).status_code == 303


def seen_in(page: str) -> str:
    found = re.search('name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_the_head_lets_papers_go_through_them(
    sign_in: SignIn, session: Session, office: Office
) -> None:
    head = a_person(session, "Mai", Role.UNIT_HEAD, office.finance)
    session.commit()
    browser, page = sign_in(head), f"/units/{office.finance.id}"
    assert "Để thủ trưởng duyệt trước khi gửi" in browser.page(page)
    assert browser.send(f"{page}/approval", head_approves="1").status_code == 303
    assert "phải được thủ trưởng đơn vị duyệt" in browser.page(page)
    assert browser.send(f"/units/{office.health.id}/approval").status_code == 403


def test_a_unit_without_a_head_approves_nothing(admin: Browser, office: Office) -> None:
    answer = admin.send(f"/units/{office.finance.id}/approval", head_approves="1")
    assert (answer.status_code, "chưa có thủ trưởng" in answer.text) == (422, True)


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


@pytest.mark.parametrize("act", ["edit", "close", "reopen", "aliases", "approval"])
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
