"""What happens when somebody is away: they name a deputy for a time, and end it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker import labels
from tracker.domain import Deputy, Person
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.deputies import away_between, everybody_else, lends, may_stand_in
from tracker.queries.units import person_of
from tracker.services.history import record


@dataclass(frozen=True)
class Absence:
    """From which day to which somebody is away, both included, and why."""

    starts_on: date
    ends_on: date
    reason: str = ""


def name_deputy(
    session: Session,
    person: Person,
    deputy_id: int,
    absence: Absence,
    *,
    by: Reader,
    at: datetime,
    today: date,
) -> Deputy:
    """Let another person do somebody's work for a time; they themselves or the administrator may.

    Raises NotAllowed for others and for whoever acts for somebody just now, Refused when the
    days or the deputy cannot be.
    """
    _own_or_administrator(person, by)
    _refuse_days(absence, today)
    _refuse_deputy(session, person, deputy_id, by)
    _refuse_overlap(session, person, deputy_id, absence)
    made = Deputy(person_id=person.id, deputy_id=deputy_id, created_at=at, **vars(absence))
    session.add(made)
    details = {
        "deputy": [None, person_of(session, deputy_id).name],
        "from_day": [None, labels.day(absence.starts_on)],
        "to_day": [None, labels.day(absence.ends_on)],
    }
    what = (Act.DEPUTISED, Thing.PERSON, person.id)
    record(session, what, by=by, at=at, details=details, reason=absence.reason or None)
    session.flush()
    return made


def _own_or_administrator(person: Person, by: Reader) -> None:
    if by.acting_for is not None:
        raise NotAllowed("deputy.acting")
    if by.person_id != person.id and not by.is_administrator:
        raise NotAllowed("administrator-only")


def _refuse_days(absence: Absence, today: date) -> None:
    if absence.ends_on < absence.starts_on:
        raise Refused("deputy.days-backwards")
    if absence.ends_on < today:
        raise Refused("deputy.days-over")


def _refuse_deputy(session: Session, person: Person, deputy_id: int, by: Reader) -> None:
    if deputy_id == person.id:
        raise Refused("deputy.oneself")
    if person.is_disabled or not lends(session, person.id):
        raise Refused("deputy.nothing-to-do", name=person.name)
    choice = everybody_else if by.is_administrator else may_stand_in
    if deputy_id not in {one.id for one in choice(session, person.id)}:
        raise Refused("deputy.not-near")


def _refuse_overlap(session: Session, person: Person, deputy_id: int, absence: Absence) -> None:
    days = (absence.starts_on, absence.ends_on)
    taken = away_between(session, person.id, *days)
    if taken is not None:
        until = taken.deputy.ends_on
        raise Refused("deputy.overlap", name=taken.person.name, until=until)
    if away_between(session, deputy_id, *days) is not None:
        raise Refused("deputy.away-too", name=person_of(session, deputy_id).name)


def end_deputy(session: Session, deputy: Deputy, *, by: Reader, at: datetime) -> Deputy:
    """End it at once: whoever was away, whoever stands in, or the administrator may."""
    if by.acting_for is not None:
        raise NotAllowed("deputy.acting")
    if by.person_id not in {deputy.person_id, deputy.deputy_id} and not by.is_administrator:
        raise NotAllowed("administrator-only")
    if deputy.ended_at is not None:
        raise Refused("deputy.ended")
    deputy.ended_at = at
    session.add(deputy)
    details = {"deputy": [person_of(session, deputy.deputy_id).name, None]}
    record(session, (Act.DEPUTISED, Thing.PERSON, deputy.person_id), by=by, at=at, details=details)
    session.flush()
    return deputy
