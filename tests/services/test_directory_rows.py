"""Lists of units and people: good lines are taken, wrong ones told with line and column."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office
from tracker.domain import Person, Unit
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed
from tracker.queries.people import by_email
from tracker.queries.units import aliases_of, seats_of, unit_called
from tracker.services.directory_rows import Judged, Verdict, take_people, take_units
from tracker.services.people import sign_in


@pytest.fixture
def admin(session: Session, office: Office) -> Reader:
    return office.reader(session, office.admin)


def units(session: Session, by: Reader, *lines: dict[str, str]) -> list[Judged]:
    return take_units(session, list(enumerate(lines, start=2)), by=by, at=AT)


def people(session: Session, by: Reader, *lines: dict[str, str]) -> list[Judged]:
    return take_people(session, list(enumerate(lines, start=2)), by=by, at=AT)


def a_clerk(**facts: str) -> dict[str, str]:
    mine = {"name": "Lê Hà", "email": "ha@tinh.vn", "role": "đầu mối đơn vị", "unit": "Sở Y tế"}
    return mine | facts


def test_a_unit_may_stand_before_the_one_it_belongs_to(session: Session, admin: Reader) -> None:
    judged = units(session, admin, {"name": "Phòng A", "parent": "Sở B"}, {"name": "Sở B"})
    assert [one.verdict for one in judged] == [Verdict.NEW, Verdict.NEW]
    assert found(session, "Phòng A").parent_id == found(session, "Sở B").id


def test_a_known_unit_is_changed_where_the_list_says_something(
    session: Session, office: Office, admin: Reader
) -> None:
    line = {"name": "sở y tế", "email": "YT@tinh.vn", "aliases": "SYT; Sở YT", "parent": ""}
    assert units(session, admin, line)[0].changes == ["yt@tinh.vn", "SYT", "Sở YT"]
    assert (office.health.email, office.health.parent_id) == ("yt@tinh.vn", office.issuer.id)
    assert [alias.text for alias in aliases_of(session, office.health)] == ["SYT", "Sở YT"]
    assert units(session, admin, line)[0].verdict is Verdict.UNCHANGED


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ({"name": ""}, "name", "unit.name-empty"),
        ({"name": "A", "parent": "Sở ma"}, "parent", "directory.no-unit"),
        ({"name": "A", "email": "x"}, "email", "unit.address-invalid"),
        ({"name": "A", "issues": "chắc"}, "issues", "directory.yes-or-no"),
        ({"name": "A", "aliases": "Sở Y tế"}, "aliases", "unit.alias-taken"),
        ({"name": "UBND tỉnh Bắc Ninh", "parent": "Sở Y tế"}, "parent", "unit.cycle"),
    ],
)
def test_a_wrong_line_is_told_and_leaves_nothing(
    session: Session, office: Office, admin: Reader, line: dict[str, str], column: str, code: str
) -> None:
    judged = units(session, admin, line, {"name": "Sở đúng"})
    assert (judged[0].number, judged[0].verdict, judged[0].column) == (2, Verdict.WRONG, column)
    assert judged[0].says[0][0] == code
    assert unit_called(session, "A") is None
    assert unit_called(session, "Sở đúng") is not None


def test_doubles_and_near_names_are_told(session: Session, office: Office, admin: Reader) -> None:
    judged = units(
        session, admin, {"name": "Sở Nội vụ"}, {"name": "sở nội vụ"}, {"name": "Sở Tài chinh s"}
    )
    assert judged[1].says == [("directory.twice", {"line": 2})]
    assert judged[2].says == [("directory.alike", {"name": "Sở Tài chính"})]


def test_people_are_known_by_their_address(session: Session, office: Office, admin: Reader) -> None:
    head = a_clerk(role="unit-head", email="HA@tinh.vn")
    judged = people(session, admin, a_clerk(), head, a_clerk())
    assert [one.verdict for one in judged] == [Verdict.NEW, Verdict.CHANGED, Verdict.WRONG]
    assert {seat.post.role for seat in seats_of(session, person(session))} == {
        Role.UNIT_CLERK,
        Role.UNIT_HEAD,
    }
    assert people(session, admin, a_clerk(name="Lê Thị Hà"))[0].changes == ["Lê Thị Hà"]


def test_imported_people_cannot_sign_in_before_they_get_a_password(
    session: Session, office: Office, admin: Reader
) -> None:
    people(session, admin, a_clerk(password="mật khẩu trong tệp"))
    assert person(session).password_hash == ""
    assert sign_in(session, "ha@tinh.vn", "", at=AT) is None


@pytest.mark.parametrize(
    ("facts", "column", "code"),
    [
        ({"role": "vua"}, "role", "directory.no-role"),
        ({"role": "quản trị hệ thống"}, "role", "directory.no-administrator"),
        ({"role": "lãnh đạo"}, "role", "person.role-needs-issuer"),
        ({"unit": "Sở ma"}, "unit", "directory.no-unit"),
        ({"email": "ha"}, "email", "person.address-invalid"),
        ({"name": ""}, "name", "person.name-empty"),
    ],
)
def test_a_wrong_person_is_told_and_not_added(
    session: Session, office: Office, admin: Reader, facts: dict[str, Any], column: str, code: str
) -> None:
    judged = people(session, admin, a_clerk(**facts))[0]
    assert (judged.column, judged.says[0][0]) == (column, code)
    assert by_email(session, "ha@tinh.vn") is None


def test_somebody_whose_account_is_closed_is_told(
    session: Session, office: Office, admin: Reader
) -> None:
    office.an.is_disabled = True
    judged = people(session, admin, a_clerk(email=office.an.email))[0]
    assert judged.says[0][0] == "directory.disabled"


def test_only_the_administrator_brings_lists_in(session: Session, office: Office) -> None:
    by = office.reader(session, office.specialist)
    with pytest.raises(NotAllowed):
        units(session, by, {"name": "A"})
    with pytest.raises(NotAllowed):
        people(session, by, a_clerk())


def found(session: Session, name: str) -> Unit:
    return session.exec(select(Unit).where(col(Unit.name) == name)).one()


def person(session: Session) -> Person:
    return session.exec(select(Person).where(col(Person.email) == "ha@tinh.vn")).one()
