"""The door: who comes in, who does not, and where they arrive."""

from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import AT, Office
from tests.web.conftest import Browser, SignIn
from tracker.services.people import set_disabled, set_password

PASSWORD = "một mật khẩu đủ dài"


@pytest.fixture
def door(visitor: Browser, session: Session, office: Office) -> Browser:
    """The sign-in page, when An has a password."""
    set_password(session, office.an, PASSWORD, by=None, at=AT)
    session.commit()
    return visitor


def enter(door: Browser, password: str = PASSWORD, **query: str) -> tuple[int, str | None]:
    typed: dict[str, Any] = {"email": "an@office.example", "password": password}
    answer = door.send("/login" + (f"?next={query['next']}" if query else ""), **typed)
    return answer.status_code, answer.headers.get("Location")


def test_who_signs_in_arrives_at_their_work(door: Browser) -> None:
    assert enter(door) == (303, "/")
    assert "Việc của tôi" in door.page("/")


def test_who_came_from_a_mail_arrives_where_its_link_led(door: Browser) -> None:
    assert door.get("/tasks/7").headers["Location"] == "/login?next=/tasks/7"
    assert enter(door, next="/tasks/7") == (303, "/tasks/7")


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/%5Cevil.example"]
)
def test_nobody_is_sent_to_another_site(door: Browser, elsewhere: str) -> None:
    assert enter(door, next=elsewhere) == (303, "/")


def test_a_wrong_password_and_an_unknown_address_read_alike(door: Browser) -> None:
    wrong = door.send("/login", email="an@office.example", password="sai")
    unknown = door.send("/login", email="ai@office.example", password="sai")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    sentence = "Địa chỉ hoặc mật khẩu không đúng"
    assert sentence in wrong.text
    assert sentence in unknown.text
    assert 'value="an@office.example"' in wrong.text


def test_five_wrong_passwords_lock_the_door_for_a_while(door: Browser) -> None:
    assert [enter(door, "sai")[0] for _ in range(5)] == [422] * 5
    answer = door.send("/login", email="an@office.example", password=PASSWORD)
    assert "tạm khóa" in answer.text


def test_who_signs_out_is_out(an: Browser) -> None:
    assert an.send("/logout").status_code == 303
    assert an.get("/tasks").status_code == 303


def test_who_is_disabled_is_out_at_once(an: Browser, session: Session, office: Office) -> None:
    assert an.get("/tasks").status_code == 200
    admin = office.reader(session, office.admin)
    set_disabled(session, office.an, disabled=True, by=admin, at=AT)
    session.commit()
    assert an.get("/tasks").status_code == 303


def test_a_forged_stamp_opens_nothing(sign_in: SignIn, office: Office) -> None:
    office.an.session_stamp = "forged"
    assert sign_in(office.an).get("/tasks").status_code == 303


def test_the_language_is_remembered(an: Browser) -> None:
    assert an.send("/language/en?next=/tasks").headers["Location"] == "/tasks"
    assert '<html lang="en">' in an.page("/tasks")


def test_an_expired_fragment_sends_the_whole_page_to_the_door(visitor: Browser) -> None:
    answer = visitor.get("/tasks", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/login")


def test_every_page_forbids_foreign_scripts(visitor: Browser) -> None:
    policy = visitor.get("/login").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
