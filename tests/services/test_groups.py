"""Saved groups of units are made, changed and removed by their office."""

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_group
from tracker.domain import Change, GroupMember, UnitGroup
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.groups import branches, members_of
from tracker.services import groups


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def group(session: Session, office: Office) -> UnitGroup:
    return a_group(session, office.issuer, "Các sở", office.finance, office.health)


def told(session: Session, act: Act) -> Change:
    asked = select(Change).where(col(Change.thing) == Thing.GROUP, col(Change.act) == act)
    return session.exec(asked).one()


def test_a_group_keeps_its_units_under_a_tidy_name(
    session: Session, office: Office, specialist: Reader
) -> None:
    units = [office.finance.id, office.health.id]
    name = "  Các   sở "
    made = groups.make(session, office.issuer.id, name=name, units=units, by=specialist, at=AT)
    assert (made.name, members_of(session, made.id)) == ("Các sở", set(units))
    assert told(session, Act.CREATED).details == {"name": [None, "Các sở"], "units": [None, 2]}


def test_its_name_and_units_change_and_the_history_says_so(
    session: Session, office: Office, group: UnitGroup, specialist: Reader
) -> None:
    units = [office.culture.id]
    groups.change(session, group, name="Khối văn hóa", units=units, by=specialist, at=AT)
    assert members_of(session, group.id) == set(units)
    details = told(session, Act.EDITED).details
    assert (details["name"], details["units"]) == (["Các sở", "Khối văn hóa"], [2, 1])


def test_saving_the_same_again_writes_nothing(
    session: Session, office: Office, group: UnitGroup, specialist: Reader
) -> None:
    units = [office.finance.id, office.health.id]
    groups.change(session, group, name="Các sở", units=units, by=specialist, at=AT)
    assert session.exec(select(Change).where(col(Change.thing) == Thing.GROUP)).all() == []


@pytest.mark.parametrize(
    ("name", "most", "code"),
    [
        (" ", 9, "group.name-empty"),
        ("Các sở", 9, "group.name-taken"),
        ("Khác", 0, "group.nobody"),
    ],
)
def test_a_group_has_a_name_of_its_own_and_a_unit(
    session: Session, office: Office, group: UnitGroup, name: str, most: int, code: str
) -> None:
    units = [office.finance.id][:most]
    by = office.reader(session, office.specialist)
    with pytest.raises(Refused) as refusal:
        groups.make(session, group.issuer_id, name=name, units=units, by=by, at=AT)
    assert refusal.value.code == code


def test_a_removed_group_is_remembered_by_its_name(
    session: Session, group: UnitGroup, specialist: Reader
) -> None:
    groups.remove(session, group, by=specialist, at=AT)
    assert session.exec(select(GroupMember)).all() == []
    assert told(session, Act.REMOVED).details["name"] == ["Các sở", None]


def test_nobody_but_the_office_changes_groups(
    session: Session, office: Office, group: UnitGroup
) -> None:
    for person in (office.an, office.leader, office.admin):
        reader = office.reader(session, person)
        with pytest.raises(NotAllowed):
            groups.remove(session, group, by=reader, at=AT)


def test_a_quick_choice_is_every_working_unit_below_another(
    session: Session, office: Office
) -> None:
    office.culture.is_active = False
    session.flush()
    below = branches(session).below(office.issuer.id)
    assert below == {office.office.id, office.finance.id, office.health.id}
