"""The administrator's days win over everything published, and every act leaves its line."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office
from tracker.domain import CalendarDay, Change
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.domain.working_days import DayKind
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.queries.calendar import own_days, working_days
from tracker.services.calendar import remove_day, set_day

FRIDAY = date(2026, 3, 13)


@pytest.fixture
def admin(session: Session, office: Office) -> Reader:
    return office.reader(session, office.admin)


def a_day_off(**facts: Any) -> CalendarDay:
    given: dict[str, Any] = {
        "day": FRIDAY,
        "kind": DayKind.OFF,
        "name": "Lễ hội",
        "reference": "CV 245",
    }
    return CalendarDay(**(given | facts))


def test_a_day_declared_off_is_not_worked(session: Session, admin: Reader) -> None:
    assert working_days(session).is_working(FRIDAY)
    set_day(session, a_day_off(), by=admin, at=AT)
    assert not working_days(session).is_working(FRIDAY)


def test_the_administrator_wins_over_a_published_holiday(session: Session, admin: Reader) -> None:
    tet = date(2026, 2, 17)
    set_day(session, a_day_off(day=tet, kind=DayKind.WORK, name="Trực Tết"), by=admin, at=AT)
    assert working_days(session).is_working(tet)


def test_a_second_declaration_replaces_the_first(session: Session, admin: Reader) -> None:
    set_day(session, a_day_off(), by=admin, at=AT)
    set_day(session, a_day_off(name=" Hội Lim "), by=admin, at=AT)
    assert [row.name for row in own_days(session)] == ["Hội Lim"]


def test_a_removed_day_follows_the_published_calendar(session: Session, admin: Reader) -> None:
    set_day(session, a_day_off(), by=admin, at=AT)
    remove_day(session, FRIDAY, by=admin, at=AT)
    assert working_days(session).is_working(FRIDAY)


def test_a_day_needs_a_name(session: Session, admin: Reader) -> None:
    with pytest.raises(Refused, match=r"calendar\.name-empty"):
        set_day(session, a_day_off(name=" "), by=admin, at=AT)


def test_a_day_that_nobody_declared_cannot_be_removed(session: Session, admin: Reader) -> None:
    with pytest.raises(NotFound):
        remove_day(session, FRIDAY, by=admin, at=AT)


def test_only_an_administrator_touches_the_calendar(session: Session, office: Office) -> None:
    specialist = office.reader(session, office.specialist)
    with pytest.raises(NotAllowed):
        set_day(session, a_day_off(), by=specialist, at=AT)
    with pytest.raises(NotAllowed):
        remove_day(session, FRIDAY, by=specialist, at=AT)


def test_each_act_leaves_what_was_and_what_is(session: Session, admin: Reader) -> None:
    set_day(session, a_day_off(), by=admin, at=AT)
    set_day(session, a_day_off(name="Hội Lim"), by=admin, at=AT)
    remove_day(session, FRIDAY, by=admin, at=AT)
    first, second = "Ngày nghỉ · Lễ hội · CV 245", "Ngày nghỉ · Hội Lim · CV 245"
    lines = [(change.act, change.details["day"]) for change in session.exec(select(Change))]
    assert lines == [
        (Act.CREATED, [None, first]),
        (Act.EDITED, [first, second]),
        (Act.REMOVED, [second, None]),
    ]


def test_the_history_knows_a_day_by_its_number(session: Session, admin: Reader) -> None:
    set_day(session, a_day_off(), by=admin, at=AT)
    change = session.exec(select(Change)).one()
    assert (change.thing, change.thing_id) == (Thing.CALENDAR, 20260313)
