"""People are added, given posts and passwords, disabled; nothing secret reaches the history."""

import re
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_person
from tracker.domain import Change, Person, Post
from tracker.domain.change import Act
from tracker.domain.person import TRIES_BEFORE_LOCK, Role
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.people import named_people
from tracker.services import people
from tracker.services.people import NameAndAddress

PASSWORD = "một câu dễ nhớ của An"


@pytest.fixture
def admin(session: Session, office: Office) -> Reader:
    return office.reader(session, office.admin)


def test_somebody_added_signs_in_with_the_password(session: Session, admin: Reader) -> None:
    people.add(session, " Lê  Yến ", " Yen@Tinh.vn", password=PASSWORD, by=admin, at=AT)
    person = people.sign_in(session, "yen@tinh.vn", PASSWORD, at=AT)
    assert person is not None
    assert person.name == "Lê Yến"


def test_somebody_without_a_password_cannot_sign_in(session: Session, admin: Reader) -> None:
    people.add(session, "Yến", "yen@tinh.vn", password=None, by=admin, at=AT)
    assert people.sign_in(session, "yen@tinh.vn", "", at=AT) is None


@pytest.mark.parametrize(
    ("name", "email", "code"),
    [
        ("", "yen@tinh.vn", "person.name-empty"),
        ("Yến", "yen", "person.address-invalid"),
        ("Yến", "yen@tinh", "person.address-invalid"),
        ("Yến", "a@b.vn, c@d.vn", "person.address-invalid"),
        ("Yến", "QT@office.example", "person.address-taken"),
    ],
)
def test_who_cannot_be_added(
    session: Session, admin: Reader, name: str, email: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        people.add(session, name, email, password=None, by=admin, at=AT)


def test_only_an_administrator_looks_after_people(session: Session, office: Office) -> None:
    by = office.reader(session, office.specialist)
    with pytest.raises(NotAllowed):
        people.add(session, "Yến", "yen@tinh.vn", password=None, by=by, at=AT)
    with pytest.raises(NotAllowed):
        people.edit(session, office.an, NameAndAddress("A", "a@b.vn"), by=by, at=AT)
    with pytest.raises(NotAllowed):
        people.set_disabled(session, office.an, disabled=True, by=by, at=AT)


def test_the_history_keeps_that_an_address_changed_but_not_which(
    session: Session, office: Office, admin: Reader
) -> None:
    people.edit(session, office.an, NameAndAddress("An", "moi@tinh.vn"), by=admin, at=AT)
    assert office.an.email == "moi@tinh.vn"
    assert last_change(session).details == {"email": None}


def test_an_address_of_somebody_else_is_refused(
    session: Session, office: Office, admin: Reader
) -> None:
    with pytest.raises(Refused, match=r"person\.address-taken"):
        people.edit(session, office.an, NameAndAddress("An", "cv@office.example"), by=admin, at=AT)


def test_a_disabling_ends_every_session(session: Session, office: Office, admin: Reader) -> None:
    stamp = office.an.session_stamp
    people.set_disabled(session, office.an, disabled=True, by=admin, at=AT)
    assert office.an.is_disabled
    assert office.an.session_stamp != stamp


def test_nobody_disables_themselves(session: Session, office: Office, admin: Reader) -> None:
    with pytest.raises(Refused, match=r"person\.not-yourself"):
        people.set_disabled(session, office.admin, disabled=True, by=admin, at=AT)


def test_a_post_is_given_once(session: Session, office: Office, admin: Reader) -> None:
    with pytest.raises(Refused, match=r"person\.post-held"):
        people.give_post(session, office.an, Role.UNIT_CLERK, office.finance, by=admin, at=AT)


def test_an_office_role_needs_a_unit_that_issues(
    session: Session, office: Office, admin: Reader
) -> None:
    with pytest.raises(Refused, match=r"person\.role-needs-issuer"):
        people.give_post(session, office.an, Role.OFFICE_LEADER, office.finance, by=admin, at=AT)


def test_a_post_taken_is_gone_and_remembered(
    session: Session, office: Office, admin: Reader
) -> None:
    people.take_post(session, post_of(session, office.an), by=admin, at=AT)
    assert office.reader(session, office.an).roles == frozenset()
    assert last_change(session).details == {"post": ["Đầu mối đơn vị — Sở Tài chính", None]}


def test_the_last_administrator_cannot_take_it_from_themselves(
    session: Session, office: Office, admin: Reader
) -> None:
    with pytest.raises(Refused, match=r"person\.own-administration"):
        people.take_post(session, post_of(session, office.admin), by=admin, at=AT)


def test_a_made_password_is_long_legible_and_new() -> None:
    made = {people.new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"([a-hj-kmnp-z2-9]{4}-){3}[a-hj-kmnp-z2-9]{4}", one) for one in made)


def test_one_changes_ones_own_password_with_the_old_one(session: Session, office: Office) -> None:
    people.set_password(session, office.an, PASSWORD, by=None, at=AT)
    people.change_password(session, office.an, old=PASSWORD, new="một câu khác hẳn", at=AT)
    assert people.sign_in(session, office.an.email, "một câu khác hẳn", at=AT) is office.an
    assert people.sign_in(session, office.an.email, PASSWORD, at=AT) is None


def test_a_short_password_is_refused(session: Session, office: Office) -> None:
    people.set_password(session, office.an, PASSWORD, by=None, at=AT)
    with pytest.raises(Refused, match=r"person\.password-short"):
        people.change_password(session, office.an, old=PASSWORD, new="ngắn", at=AT)


def test_guessing_the_old_password_locks_for_a_while(session: Session, office: Office) -> None:
    people.set_password(session, office.an, PASSWORD, by=None, at=AT)
    for _ in range(TRIES_BEFORE_LOCK):
        with pytest.raises(Refused, match=r"person\.old-password-wrong"):
            people.change_password(session, office.an, old="đoán", new=PASSWORD, at=AT)
    with pytest.raises(Refused, match=r"sign-in\.locked"):
        people.change_password(session, office.an, old=PASSWORD, new=PASSWORD, at=AT)
    later = AT + timedelta(minutes=16)
    people.change_password(session, office.an, old=PASSWORD, new=PASSWORD, at=later)


def test_a_new_password_opens_a_locked_account(session: Session, office: Office) -> None:
    office.an.locked_until = AT + timedelta(minutes=15)
    people.set_password(session, office.an, PASSWORD, by=None, at=AT)
    assert people.sign_in(session, office.an.email, PASSWORD, at=AT) is office.an


def test_no_password_stands_in_the_history(session: Session, office: Office) -> None:
    people.set_password(session, office.an, PASSWORD, by=None, at=AT)
    change = last_change(session)
    assert change.act is Act.PASSWORD
    assert (change.details, change.reason) == ({}, None)


def post_of(session: Session, person: Person) -> Post:
    return session.exec(select(Post).where(col(Post.person_id) == person.id)).one()


def last_change(session: Session) -> Change:
    return session.exec(select(Change).order_by(col(Change.id).desc())).fetchmany(1)[0]


def test_the_last_administrator_is_never_disabled(session: Session, office: Office) -> None:
    with pytest.raises(Refused, match=r"person\.last-administrator"):
        people.set_disabled(session, office.admin, disabled=True, by=None, at=AT)


def test_people_stand_in_the_order_of_their_given_names(session: Session, office: Office) -> None:
    for name in ("Trần Văn Bình", "Nguyễn Thị Ánh", "Lê An", "Đỗ An"):
        a_person(session, name, Role.UNIT_CLERK, office.finance)
    names = [person.name for person in named_people(session)]
    mine = [name for name in names if " " in name and "office" not in name]
    assert mine[:4] == ["Đỗ An", "Lê An", "Nguyễn Thị Ánh", "Trần Văn Bình"]
