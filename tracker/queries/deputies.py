"""Who stands in for whom: on a day, for a person, and with which rights."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain import Deputy, Person, Post, Unit
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.errors import NotFound
from tracker.queries.people import by_given_name, reader_of

_OF_A_UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)
_OF_AN_ISSUER = (Role.OFFICE_SPECIALIST, Role.OFFICE_LEADER, Role.LEADER)


class Entrusted(NamedTuple):
    """For whom somebody may act, and until which day."""

    person_id: int
    name: str
    until: date


class StandIn(NamedTuple):
    """An absence, and whoever stands in."""

    deputy: Deputy
    person: Person


def _holds(day: date) -> sa.ColumnElement[bool]:
    ended = col(Deputy.ended_at).is_not(None)
    return ~ended & (col(Deputy.starts_on) <= day) & (col(Deputy.ends_on) >= day)


def deputies_on(session: Session, day: date) -> dict[int, int]:
    """Who is away on that day, and who stands in; nobody whose account is no longer used."""
    gone = sa.select(col(Person.id)).where(col(Person.is_disabled))
    asked = sa.select(col(Deputy.person_id), col(Deputy.deputy_id)).where(
        _holds(day), col(Deputy.person_id).not_in(gone), col(Deputy.deputy_id).not_in(gone)
    )
    return {row.person_id: row.deputy_id for row in session.execute(asked)}


def entrusted_to(session: Session, person_id: int, day: date) -> list[Entrusted]:
    """For whom somebody may act on that day."""
    asked = sa.select(col(Person.id), col(Person.name), col(Deputy.ends_on)).join(
        Deputy, col(Person.id) == col(Deputy.person_id)
    )
    mine = asked.where(col(Deputy.deputy_id) == person_id, _holds(day), ~col(Person.is_disabled))
    return [Entrusted(*row) for row in session.execute(mine.order_by(col(Deputy.ends_on)))]


def deputies_of(session: Session, person_id: int, today: date) -> list[StandIn]:
    """Who stands in for somebody, today and later."""
    asked = select(Deputy, Person).join(Person, col(Person.id) == col(Deputy.deputy_id))
    ahead = col(Deputy.ended_at).is_(None) & (col(Deputy.ends_on) >= today)
    mine = asked.where(col(Deputy.person_id) == person_id, ahead)
    return [StandIn(*row) for row in session.exec(mine.order_by(col(Deputy.starts_on)))]


def away_between(session: Session, person_id: int, first: date, last: date) -> StandIn | None:
    """A deputy whom the person has named for one of these days already."""
    found = deputies_of(session, person_id, first)
    return next((one for one in found if one.deputy.starts_on <= last), None)


def deputy_of(session: Session, deputy_id: int) -> Deputy:
    """The absence of that number; NotFound when there is none."""
    deputy = session.get(Deputy, deputy_id)
    if deputy is None:
        raise NotFound("not-found")
    return deputy


def standing_in(session: Session, oneself: Reader, principal_id: int, day: date) -> Reader | None:
    """A reader with the rights of whoever is away and nothing more; None when it does not hold.

    What the other person holds as somebody's deputy is not passed on, and the care of the
    installation neither; `own_side_units` stay the deputy's own.
    """
    entrusted = {one.person_id for one in entrusted_to(session, oneself.person_id, day)}
    principal = reader_of(session, principal_id) if principal_id in entrusted else None
    if principal is None:
        return None
    return replace(
        oneself,
        roles=principal.roles - {Role.ADMINISTRATOR},
        units=principal.units,
        own_units=principal.own_units,
        heads=principal.heads,
        offices=principal.offices,
        issuers=principal.issuers,
        acting_for=principal_id,
        acting_name=principal.name,
    )


def may_stand_in(session: Session, person_id: int) -> list[Person]:
    """Whom somebody may name: people who are near every post that is lent, not one of them only.

    Near a post in a unit are the people of the unit and of the bodies directly above and below;
    near a post in an office that issues programmes only those who have such a post there too.
    """
    places = _places(session, person_id)
    here = {unit for place in places for unit, _ in place}
    held: dict[int, set[tuple[int, Role]]] = {}
    asked = sa.select(col(Post.person_id), col(Post.unit_id), col(Post.role))
    for row in session.execute(asked.where(col(Post.unit_id).in_(sorted(here)))):
        held.setdefault(row.person_id, set()).add((row.unit_id, row.role))
    near = {one for one, posts in held.items() if all(posts & place for place in places)}
    rows = session.exec(select(Person).where(col(Person.id).in_(near), ~col(Person.is_disabled)))
    return sorted((one for one in rows if one.id != person_id), key=by_given_name)


def _places(session: Session, person_id: int) -> list[set[tuple[int, Role]]]:
    """For each post that somebody lends, the posts of those who are near it."""
    asked = sa.select(col(Post.unit_id), col(Post.role)).where(
        col(Post.person_id) == person_id, col(Post.role) != Role.ADMINISTRATOR
    )
    posts = session.execute(asked).all()
    beside = _beside(session, {unit for unit, role in posts if role in _OF_A_UNIT})
    return [
        set(product(beside[unit], Role) if role in _OF_A_UNIT else product([unit], _OF_AN_ISSUER))
        for unit, role in posts
    ]


def _beside(session: Session, units: set[int]) -> dict[int, set[int]]:
    """Each unit with those directly above and below it, but none that issues programmes."""
    near = {unit: {unit} for unit in units}
    above = aliased(Unit)
    facts: Any = (col(above.id).label("above"), col(above.issues).label("issued"))
    asked: sa.Select[Any] = sa.select(col(Unit.id), col(Unit.issues), *facts)
    asked = asked.join(above, col(above.id) == col(Unit.parent_id))
    pairs = asked.where(col(Unit.id).in_(sorted(units)) | col(above.id).in_(sorted(units)))
    for row in session.execute(pairs):
        if row.id in near and not row.issued:
            near[row.id].add(row.above)
        if row.above in near and not row.issues:
            near[row.above].add(row.id)
    return near


def everybody_else(session: Session, person_id: int) -> list[Person]:
    """Whom the administrator may name for somebody."""
    rows = session.exec(select(Person).where(~col(Person.is_disabled), col(Person.id) != person_id))
    return sorted(rows, key=by_given_name)


def lends(session: Session, person_id: int) -> bool:
    """Whether somebody has a post whose work another could do for them."""
    asked = select(Post.id).where(
        col(Post.person_id) == person_id, col(Post.role) != Role.ADMINISTRATOR
    )
    return session.exec(asked.limit(1)).first() is not None
