"""Where a unit reads its mail: its shared mailbox, or its named people when it has none."""

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Person, Post, Task, Unit
from tracker.domain.person import Role
from tracker.domain.reminder import Why
from tracker.domain.task import OWED
from tracker.queries.deputies import deputies_on
from tracker.reminders.policy import Who

_OF_A_UNIT = (Role.UNIT_CLERK, Role.UNIT_HEAD)


@dataclass(frozen=True)
class Addressee:
    """Somebody who is written to: a unit's mailbox or a person."""

    key: str  # "unit:12" or "person:34"
    name: str
    address: str
    unit_id: int | None = None
    locale: str = "vi"
    why_not: Why | None = None


@dataclass
class AddressBook:
    """Everybody who can be written to at this moment, and for which units."""

    addressees: dict[str, Addressee] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    of_unit: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    of_office: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    of_head: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    # Who reads for somebody who is away today, by that person.
    deputies: dict[str, str] = field(default_factory=dict)

    def readers(self, who: Who, *, but: Container[str]) -> dict[int, list[str]]:
        """Who reads what is written to each unit, or to the specialists of each issuer."""
        units = self._units(who).items()
        free = ((unit, [key for key in keys if key not in but]) for unit, keys in units)
        return {unit: keys for unit, keys in free if keys}

    def is_gap(self, unit_id: int) -> bool:
        """Whether a unit that works has neither a mailbox nor a person to write to."""
        return unit_id not in self.closed and not self.of_unit.get(unit_id)

    def stands_for(self, key: str, who: Who) -> list[int]:
        """The units on whose behalf this addressee is written to."""
        return [unit for unit, keys in self._units(who).items() if key in keys]

    def with_deputies(self, keys: list[str]) -> list[str]:
        """These people, and after them whoever stands in for one of them today."""
        standing_in = (self.deputies[key] for key in keys if key in self.deputies)
        return list(dict.fromkeys([*keys, *standing_in]))

    def _units(self, who: Who) -> Mapping[int, list[str]]:
        return self.of_office if who is Who.OFFICE else self.of_unit

    def why_not(self, key: str) -> Why | None:
        """Why this addressee can no longer be written to, or None."""
        found = self.addressees.get(key)
        return found.why_not if found else Why.NO_ADDRESS


def read_book(session: Session, *, on: date | None = None, only: str | None = None) -> AddressBook:
    """The addresses as they stand, in three queries; `only` those about one addressee.

    Deputies read along on the office day `on`; nobody does when it is not given.
    """
    units, people = _UNITS, _PEOPLE
    away = deputies_on(session, on) if on else {}
    facts: dict[str, Any] = {}
    if only is not None:
        kind, _, number = only.partition(":")
        units, people = _UNITS_OF[kind], _PEOPLE_OF[kind]
        # The recipient, and whoever is away and has named them.
        facts["they"] = [int(number), *(who for who, other in away.items() if other == int(number))]
    book = AddressBook()
    connection = session.connection()
    for row in connection.execute(units, facts):
        _add_unit(book, row)
    for person in connection.execute(people, facts):
        _add_person(book, person)
    _add_deputies(book, away)
    return book


def _add_deputies(book: AddressBook, away: Mapping[int, int]) -> None:
    """Whoever stands in for somebody reads what is written to them."""
    book.deputies = {f"person:{who}": f"person:{deputy}" for who, deputy in away.items()}
    for readers in (book.of_unit, book.of_office, book.of_head):
        for place, keys in readers.items():
            readers[place] = book.with_deputies(keys)


def _add_unit(book: AddressBook, row: Any) -> None:
    book.names[row.id] = row.name
    unit = Addressee(f"unit:{row.id}", row.name, row.email or "", row.id)
    if row.is_active and row.email:
        book.of_unit[row.id] = [unit.key]
    else:
        unit = _unreachable(unit, Why.NO_ADDRESS if row.is_active else Why.UNIT_CLOSED)
    if not row.is_active:
        book.closed.add(row.id)
    book.addressees[unit.key] = unit


_UNITS = sa.select(col(Unit.id), col(Unit.name), col(Unit.email), col(Unit.is_active))
_PEOPLE = (
    sa.select(
        col(Person.id),
        col(Person.name),
        col(Person.email),
        col(Person.locale),
        col(Person.is_disabled),
        col(Post.unit_id),
        col(Post.role),
    )
    .outerjoin(Post, col(Post.person_id) == col(Person.id))
    .order_by(col(Person.id))
)
_THEY: sa.BindParameter[Any] = sa.bindparam("they", expanding=True)
_THEIR_UNITS = sa.select(col(Post.unit_id)).where(col(Post.person_id).in_(_THEY))
# What a letter needs to know again just before it leaves: its own recipient, nobody else.
_UNITS_OF = {
    "unit": _UNITS.where(col(Unit.id).in_(_THEY)),
    "person": _UNITS.where(col(Unit.id).in_(_THEIR_UNITS)),
}
_PEOPLE_OF = {
    "unit": _PEOPLE.where(sa.false()),
    "person": _PEOPLE.where(col(Person.id).in_(_THEY)),
}


def _add_person(book: AddressBook, row: Any) -> None:
    person = Addressee(f"person:{row.id}", row.name, row.email, locale=row.locale)
    if row.is_disabled:
        book.addressees[person.key] = _unreachable(person, Why.PERSON_DISABLED)
        return
    book.addressees[person.key] = person
    if row.role is Role.OFFICE_SPECIALIST:
        book.of_office[row.unit_id].append(person.key)
    if row.role not in _OF_A_UNIT or row.unit_id in book.closed:
        return
    if row.role is Role.UNIT_HEAD:
        book.of_head[row.unit_id].append(person.key)
    if not _has_mailbox(book, row.unit_id):
        _once(book.of_unit[row.unit_id], person.key)


def _has_mailbox(book: AddressBook, unit_id: int) -> bool:
    return f"unit:{unit_id}" in book.of_unit.get(unit_id, [])


def _once(keys: list[str], key: str) -> None:
    if key not in keys:
        keys.append(key)


def _unreachable(somebody: Addressee, why: Why) -> Addressee:
    return Addressee(somebody.key, somebody.name, somebody.address, somebody.unit_id, why_not=why)


def without_address(session: Session, book: AddressBook) -> list[str]:
    """Units that owe work and cannot be written to, by name: the gap on the doctor page."""
    gaps = [unit for unit in book.names if book.is_gap(unit)]
    owing = sa.select(col(Task.lead_id)).where(
        col(Task.lead_id).in_(gaps), col(Task.status).in_(OWED)
    )
    return sorted(book.names[unit] for unit in session.scalars(owing.distinct()) if unit)


def units_without_address(session: Session) -> list[str]:
    """The same for the doctor, who holds no book."""
    return without_address(session, read_book(session))
