"""The screens of people: the administrator's care, and everybody's own account."""

import re
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_person
from tests.web.conftest import Browser
from tracker.domain import Person, Post
from tracker.domain.person import Role
from tracker.queries.people import by_email
from tracker.services.people import set_password, sign_in

PASSWORD = "một câu dễ nhớ của An"
SHOWN = re.compile(r"((?:[a-z2-9]{4}-){3}[a-z2-9]{4})")


def test_the_administrator_sees_everybody_with_their_posts(admin: Browser, office: Office) -> None:
    page = admin.page("/people")
    assert "cv@office.example" in page
    assert "Đầu mối đơn vị · Sở Tài chính" in page


@pytest.mark.parametrize("address", ["/people", "/people/new", "/people/1", "/people/1/edit"])
def test_nobody_else_sees_people(specialist: Browser, an: Browser, address: str) -> None:
    assert specialist.get(address).status_code == 403
    assert an.get(address).status_code == 403


@pytest.mark.parametrize("act", ["edit", "posts", "disable", "enable", "password"])
def test_nobody_else_touches_people(specialist: Browser, office: Office, act: str) -> None:
    typed: dict[str, Any] = {
        "name": "X",
        "email": "x@y.vn",
        "role": "unit-head",
        "unit_id": office.health.id,
    }
    assert specialist.send(f"/people/{office.an.id}/{act}", **typed).status_code == 403


def test_nobody_else_takes_a_post(specialist: Browser, session: Session, office: Office) -> None:
    post = post_of(session, office.an)
    gone = specialist.send(f"/people/{office.an.id}/posts/{post}/remove")
    assert gone.status_code == 403


def test_people_are_found_without_tones(admin: Browser, session: Session, office: Office) -> None:
    a_person(session, "Đỗ Đăng", Role.UNIT_HEAD, office.finance, email="dang@office.example")
    session.commit()
    page = admin.page("/people?q=do dang")
    assert "dang@office.example" in page
    assert "cv@office.example" not in page
    assert "Không có ai khớp" in admin.page("/people?q=khong-ai")


def test_a_long_list_has_pages(admin: Browser, session: Session) -> None:
    session.add_all(Person(name=f"Người {n:03}", email=f"n{n}@tinh.vn") for n in range(60))
    session.commit()
    assert 'rel="next"' in admin.page("/people")
    assert 'rel="prev"' in admin.page("/people?page=2")


def test_somebody_new_gets_a_password_that_is_shown_once(
    admin: Browser, session: Session, office: Office
) -> None:
    typed: dict[str, Any] = {"role": "unit-clerk", "unit_id": office.health.id}
    answer = admin.send("/people/new", name="Yến", email="yen@tinh.vn", **typed)
    assert answer.status_code == 303
    shown = SHOWN.search(admin.page(answer.location))
    assert shown is not None
    assert sign_in(session, "yen@tinh.vn", shown[1], at=AT) is not None
    assert SHOWN.search(admin.page(answer.location)) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "cv@office.example"}, "đã có người dùng"),
        ({"role": ""}, "Hãy chọn vai trò và đơn vị"),
        ({"role": "leader"}, "chỉ giao tại cơ quan ban hành"),
        ({"name": "Y" * 200}, "120"),
    ],
)
def test_somebody_refused_is_not_kept_and_what_was_typed_is(
    admin: Browser, session: Session, office: Office, typed: dict[str, str], sentence: str
) -> None:
    given: dict[str, Any] = {"name": "Yến", "email": "yen@tinh.vn", "role": "unit-clerk"}
    given |= {"unit_id": str(office.health.id)} | typed
    answer = admin.send("/people/new", **given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{given["name"]}"' in answer.text
    assert by_email(session, "yen@tinh.vn") is None


def test_a_name_and_an_address_are_edited(admin: Browser, session: Session, office: Office) -> None:
    address = f"/people/{office.an.id}/edit"
    assert 'value="an@office.example"' in admin.page(address)
    assert admin.send(address, name="An", email="khong phai").status_code == 422
    assert admin.send(address, name="Nguyễn An", email="an@tinh.vn").status_code == 303
    assert by_email(session, "an@tinh.vn") is not None


def test_a_post_is_given_and_taken(admin: Browser, session: Session, office: Office) -> None:
    page = f"/people/{office.an.id}"
    typed: dict[str, Any] = {"role": "unit-head", "unit_id": office.health.id}
    assert admin.send(f"{page}/posts", **typed).status_code == 303
    again = admin.send(f"{page}/posts", **typed)
    assert again.status_code == 422
    assert "đã có vai trò" in again.text
    head = post_of(session, office.an, role=Role.UNIT_HEAD)
    assert admin.send(f"{page}/posts/{head}/remove").status_code == 303
    assert "Vai trò: bỏ <strong>Thủ trưởng đơn vị — Sở Y tế" in admin.page(page)


def test_the_administrator_keeps_the_administration(
    admin: Browser, session: Session, office: Office
) -> None:
    post = post_of(session, office.admin)
    answer = admin.send(f"/people/{office.admin.id}/posts/{post}/remove")
    assert answer.status_code == 422
    assert "Không thể tự bỏ vai trò quản trị" in answer.text
    assert admin.send(f"/people/{office.admin.id}/disable").status_code == 422


def test_somebody_disabled_is_out_at_once_and_back_when_enabled(
    admin: Browser, an: Browser, session: Session, office: Office
) -> None:
    assert an.get("/people/me").status_code == 200
    admin.send(f"/people/{office.an.id}/disable")
    assert an.get("/people/me").status_code == 303
    assert admin.send(f"/people/{office.an.id}/enable").status_code == 303
    assert "Đang sử dụng" in admin.page("/people/1") or "chưa có mật khẩu" in admin.page(
        "/people/1"
    )


def test_a_new_password_is_made_for_others_alone(
    admin: Browser, session: Session, office: Office
) -> None:
    answer = admin.send(f"/people/{office.an.id}/password")
    shown = SHOWN.search(admin.page(answer.location))
    assert shown is not None
    session.expire_all()
    assert sign_in(session, office.an.email, shown[1], at=AT) is not None


def test_ones_own_password_is_changed_by_giving_the_old_one(admin: Browser, office: Office) -> None:
    assert admin.send(f"/people/{office.admin.id}/password").location == "/people/me"


def test_a_password_made_for_one_is_not_shown_on_the_page_of_another(
    admin: Browser, office: Office
) -> None:
    admin.send(f"/people/{office.an.id}/password")
    assert SHOWN.search(admin.page(f"/people/{office.binh.id}")) is None


def test_everybody_sees_their_own_account(an: Browser, office: Office) -> None:
    page = an.page("/people/me")
    assert "an@office.example" in page
    assert "Sở Tài chính" in page


def test_ones_own_password_is_changed_and_this_browser_stays_in(
    session: Session, office: Office, an: Browser
) -> None:
    set_password(session, office.an, PASSWORD, by=None, at=AT)
    session.commit()
    with an.session_transaction() as cookie:
        cookie["_user_id"] = f"{office.an.id}.{office.an.session_stamp}"
    answer = an.send("/people/me", old=PASSWORD, new="một câu khác hẳn")
    assert (answer.status_code, answer.location) == (303, "/people/me?changed=1")
    assert "Đã đổi mật khẩu" in an.page(answer.location)


def test_a_wrong_old_password_is_refused_and_counted(
    an: Browser, session: Session, office: Office
) -> None:
    answer = an.send("/people/me", old="đoán", new="một câu khác hẳn")
    assert answer.status_code == 422
    assert "Mật khẩu đang dùng không đúng" in answer.text
    session.expire_all()
    assert office.an.failed_sign_ins == 1


def post_of(session: Session, person: Person, *, role: Role | None = None) -> int | None:
    """The number of a post; the transaction ends, so that the browser may write."""
    found = session.exec(select(Post).where(col(Post.person_id) == person.id)).all()
    session.commit()
    return next(post.id for post in found if role in {None, post.role})
