"""Units and who belongs to them: the tree, the people, the history of an act on either."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Alias, Person, Post, Succession, Support, Task, Unit
from tracker.domain.folding import fold, sort_key
from tracker.domain.person import Role
from tracker.domain.unit import SuccessionKind
from tracker.errors import NotFound
from tracker.queries.people import by_given_name


@dataclass(frozen=True)
class Branch:
    """A unit at its place in the tree."""

    unit: Unit
    depth: int
    aliases: tuple[str, ...]
    people: int


class Seat(NamedTuple):
    """A post with its person and its unit."""

    post: Post
    person: Person
    unit: Unit


def unit_of(session: Session, unit_id: int) -> Unit:
    """The unit of that number; NotFound when there is none."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound("not-found")
    return unit


def named_units(session: Session) -> list[Unit]:
    """Every unit in Vietnamese order."""
    return list(session.exec(select(Unit).order_by(col(Unit.sort_key), col(Unit.id))))


def tree(session: Session) -> list[Branch]:
    """Every unit below the one it belongs to, in Vietnamese order, with its depth."""
    below: dict[int | None, list[Unit]] = {}
    for unit in named_units(session):
        below.setdefault(unit.parent_id, []).append(unit)
    aliases, people = _aliases(session), _head_count(session)
    return [
        Branch(unit, depth, aliases.get(unit.id or 0, ()), people.get(unit.id or 0, 0))
        for unit, depth in _walk(below, None, 0)
    ]


def _walk(
    below: Mapping[int | None, list[Unit]], parent: int | None, depth: int
) -> Iterator[tuple[Unit, int]]:
    for unit in below.get(parent, []):
        yield unit, depth
        yield from _walk(below, unit.id, depth + 1)


def _aliases(session: Session) -> dict[int, tuple[str, ...]]:
    rows = session.exec(select(Alias).order_by(col(Alias.unit_id), col(Alias.text)))
    by_unit = groupby(rows, key=lambda alias: alias.unit_id)
    return {unit: tuple(alias.text for alias in group) for unit, group in by_unit}


def _head_count(session: Session) -> dict[int, int]:
    people = sa.func.count(sa.distinct(col(Post.person_id)))
    active = select(col(Post.unit_id), people).join(Person).where(~col(Person.is_disabled))
    return {row[0]: row[1] for row in session.exec(active.group_by(col(Post.unit_id)))}


def aliases_of(session: Session, unit: Unit) -> list[Alias]:
    """The other names of a unit."""
    own = select(Alias).where(col(Alias.unit_id) == unit.id)
    return list(session.exec(own.order_by(col(Alias.is_former), col(Alias.text))))


def alias_of(session: Session, unit: Unit, alias_id: int) -> Alias:
    """One alias of that unit; NotFound when it is another's."""
    alias = session.get(Alias, alias_id)
    if alias is None or alias.unit_id != unit.id:
        raise NotFound("not-found")
    return alias


def unit_called(session: Session, name: str) -> Unit | None:
    """The unit of that name, in any case of letters and either way to write the tones."""
    return session.exec(select(Unit).where(col(Unit.sort_key) == sort_key(name))).first()


def unit_with_alias(session: Session, text: str) -> Unit | None:
    """The unit that an alias leads to, compared as matching does: without tones and case."""
    meant = select(Unit).join(Alias).where(col(Alias.folded) == fold(text))
    return session.exec(meant).first()


def seats_in(session: Session, unit: Unit) -> list[Seat]:
    """Who holds which post in a unit, by name; those who may no longer sign in are left out."""
    return _seats(session, (col(Post.unit_id) == unit.id) & ~col(Person.is_disabled))


def has_active_head(session: Session, unit: Unit) -> bool:
    """Whether somebody who may sign in heads the unit."""
    return any(seat.post.role is Role.UNIT_HEAD for seat in seats_in(session, unit))


def seats_of(session: Session, person: Person) -> list[Seat]:
    """The posts of one person."""
    return _seats(session, col(Post.person_id) == person.id)


def seats(session: Session) -> dict[int, list[Seat]]:
    """The posts of everybody, by person."""
    everybody: dict[int, list[Seat]] = {}
    for seat in _seats(session, sa.true()):
        everybody.setdefault(seat.post.person_id, []).append(seat)
    return everybody


def _seats(session: Session, which: sa.ColumnElement[bool]) -> list[Seat]:
    rows = select(Post, Person, Unit).join(Person).join(Unit).where(which)
    found = [Seat(*row) for row in session.exec(rows)]
    return sorted(found, key=lambda seat: (by_given_name(seat.person), seat.unit.sort_key))


def post_of(session: Session, person: Person, post_id: int) -> Post:
    """One post of that person; NotFound when it is another's."""
    post = session.get(Post, post_id)
    if post is None or post.person_id != person.id:
        raise NotFound("not-found")
    return post


def person_of(session: Session, person_id: int) -> Person:
    """The person of that number; NotFound when there is none."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("not-found")
    return person


def people_matching(session: Session, words: str) -> list[Person]:
    """Everybody whose name or address holds the words, tones or not, in Vietnamese order."""
    wanted = fold(words)
    everybody = session.exec(select(Person))
    found = [person for person in everybody if wanted in fold(f"{person.name} {person.email}")]
    return sorted(found, key=by_given_name)


def open_tasks_led_by(session: Session, unit: Unit) -> int:
    """How many tasks the unit still leads."""
    led = (col(Task.lead_id) == unit.id) & ~col(Task.is_closed)
    return session.scalar(select(sa.func.count()).select_from(Task).where(led)) or 0


class Belongings(NamedTuple):
    """What a unit still has in hand, and would pass on."""

    led: list[Task]
    supported: list[Task]
    seats: list[Seat]
    parts: list[Unit]
    aliases: list[Alias]


def belongings(session: Session, unit: Unit) -> Belongings:
    """The unit's open tasks with its people, parts and other names."""
    is_open = ~col(Task.is_closed)
    helped = select(Support.task_id).where(col(Support.unit_id) == unit.id)
    tasks = select(Task).where(is_open).order_by(col(Task.due_on), col(Task.id))
    return Belongings(
        led=list(session.exec(tasks.where(col(Task.lead_id) == unit.id))),
        supported=list(session.exec(tasks.where(col(Task.id).in_(helped)))),
        seats=seats_of_unit(session, unit),
        parts=parts_of(session, unit),
        aliases=aliases_of(session, unit),
    )


def seats_of_unit(session: Session, unit: Unit) -> list[Seat]:
    """Every post in a unit, those of disabled people too."""
    return _seats(session, col(Post.unit_id) == unit.id)


def parts_of(session: Session, unit: Unit) -> list[Unit]:
    """The units directly below one."""
    below = select(Unit).where(col(Unit.parent_id) == unit.id)
    return list(session.exec(below.order_by(col(Unit.sort_key), col(Unit.id))))


class Heir(NamedTuple):
    """What became of a unit, and the other unit of it."""

    succession: Succession
    unit: Unit


def heirs_of(session: Session, unit: Unit) -> list[Heir]:
    """The units that took over from one."""
    asked = select(Succession, Unit).join(Unit, col(Unit.id) == col(Succession.new_id))
    mine = asked.where(col(Succession.old_id) == unit.id).order_by(col(Succession.id))
    return [Heir(*row) for row in session.exec(mine)]


def forebears_of(session: Session, unit: Unit) -> list[Heir]:
    """The units that one took over from."""
    asked = select(Succession, Unit).join(Unit, col(Unit.id) == col(Succession.old_id))
    mine = asked.where(col(Succession.new_id) == unit.id).order_by(col(Succession.id))
    return [Heir(*row) for row in session.exec(mine)]


def lineage(session: Session) -> dict[int, int]:
    """Each unit that was merged away, and the unit that has its work today.

    What was split has no single heir: its figures stay its own.
    """
    merged = col(Succession.kind) == SuccessionKind.MERGED
    rows = session.exec(select(Succession).where(merged).order_by(col(Succession.id)))
    heirs = {row.old_id: row.new_id for row in rows}
    return {old: _last(heirs, old) for old in heirs}


def _last(heirs: Mapping[int, int], unit_id: int) -> int:
    seen = {unit_id}
    while unit_id in heirs and heirs[unit_id] not in seen:
        unit_id = heirs[unit_id]
        seen.add(unit_id)
    return unit_id
