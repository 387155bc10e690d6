"""Who somebody is: the person, their posts, and the units below them."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Person, Post, Succession, Unit
from tracker.domain.folding import sort_key
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.unit import SuccessionKind

OF_THE_OFFICE = {Role.OFFICE_SPECIALIST, Role.OFFICE_LEADER}
_OF_A_UNIT = {Role.UNIT_HEAD, Role.UNIT_CLERK}


def reader_of(session: Session, person_id: int) -> Reader | None:
    """The reader behind a sign-in; None when there is no such person or they are disabled."""
    found = session.execute(_PERSON_AND_POSTS, {"person_id": person_id}).all()
    if not found:
        return None
    posts = [(row.unit_id, row.role) for row in found if row.unit_id is not None]
    units = {unit for unit, role in posts if role in _OF_A_UNIT}
    offices = {unit for unit, role in posts if role in OF_THE_OFFICE}
    first, sides = found[0], _with_units_below(session, units)
    return Reader(
        person_id=person_id,
        name=first.name,
        email=first.email,
        locale=first.locale,
        session_stamp=first.session_stamp,
        roles=frozenset(role for _, role in posts),
        units=sides,
        own_units=frozenset(units),
        own_side_units=sides,
        heads=frozenset(unit for unit, role in posts if role is Role.UNIT_HEAD),
        offices=frozenset(offices),
        issuers=frozenset(offices | {unit for unit, role in posts if role is Role.LEADER}),
    )


_PERSON_AND_POSTS = (
    sa.select(
        col(Person.name),
        col(Person.email),
        col(Person.locale),
        col(Person.session_stamp),
        col(Post.unit_id),
        col(Post.role),
    )
    .select_from(Person)
    .outerjoin(Post, col(Post.person_id) == col(Person.id))
    .where(col(Person.id) == sa.bindparam("person_id"), ~col(Person.is_disabled))
)


def _with_units_below(session: Session, units: Iterable[int]) -> frozenset[int]:
    """The units, everything below them, and what was merged into any of these."""
    tops = sorted(units)
    if not tops:
        return frozenset()
    below = sa.select(col(Unit.id)).where(col(Unit.id).in_(tops)).cte(recursive=True)
    below = below.union(sa.select(col(Unit.id)).join(below, col(Unit.parent_id) == below.c.id))
    # The closed tasks of a merged unit stay under its name: whoever took over still reads them.
    ours = sa.select(below.c.id).cte(recursive=True)
    merged = sa.select(col(Succession.old_id)).join(ours, col(Succession.new_id) == ours.c.id)
    ours = ours.union(merged.where(col(Succession.kind) == SuccessionKind.MERGED))
    return frozenset(session.scalars(sa.select(ours.c.id)))


def by_email(session: Session, email: str) -> Person | None:
    """The person who signs in with that address, in any case of letters."""
    return session.exec(select(Person).where(col(Person.email) == email.strip().lower())).first()


def named_people(session: Session) -> list[Person]:
    """Everybody, in the order of a Vietnamese list of names."""
    return sorted(session.exec(select(Person)), key=by_given_name)


def by_given_name(person: Person) -> tuple[str, str, str]:
    """Where somebody stands in a Vietnamese list: by the given name, then by what is before it."""
    before, _, given = person.name.strip().rpartition(" ")
    return sort_key(given), sort_key(before), person.email


def without_password(session: Session) -> int:
    """How many people could sign in, had they a password."""
    waiting = (col(Person.password_hash) == "") & ~col(Person.is_disabled)
    return session.scalar(select(sa.func.count()).select_from(Person).where(waiting)) or 0
