"""The first unit and the first administrator of a new installation."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.person import Role
from tracker.queries.units import unit_called
from tracker.services.people import add, give_post, new_password
from tracker.services.units import UnitFacts, add_unit


def found_office(session: Session, issuer: str, *, admin: str, at: datetime) -> str:
    """Make the issuing unit, unless it is there, and its administrator; returns the password."""
    unit = unit_called(session, issuer) or add_unit(
        session, UnitFacts(issuer, issues=True), by=None, at=at
    )
    password = new_password()
    person = add(session, admin, admin, password=password, by=None, at=at)
    give_post(session, person, Role.ADMINISTRATOR, unit, by=None, at=at)
    return password
