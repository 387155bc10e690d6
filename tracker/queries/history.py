"""The history of one thing in words: who changed what, from what to what, when and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Change, Person, ProgressNote, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.meeting import Certainty
from tracker.domain.task import Kind, Status

NEWEST = 50
# A page of everything ends somewhere too.
EVERYTHING = 2000


@dataclass(frozen=True)
class Step:
    """What of a thing changed: from what, to what."""

    name: str
    old: object
    new: object


@dataclass(frozen=True)
class Entry:
    """A line of the history; a note says `text` and perhaps `percent`."""

    at: datetime
    who: str | None
    act: Act
    steps: tuple[Step, ...] = ()
    reason: str | None = None
    text: str | None = None
    percent: int | None = None


_CHANGES: Any = (
    sa.select(
        col(Change.id),
        col(Change.at),
        col(Change.act),
        col(Change.details),
        col(Change.reason),
        col(Person.name).label("who"),
    )
    .outerjoin(Person, col(Person.id) == col(Change.by_id))
    .where(col(Change.thing) == sa.bindparam("thing"), col(Change.thing_id) == sa.bindparam("key"))
    # A note stands there itself; that somebody signed in is not done to them.
    .where(col(Change.act).not_in([Act.NOTED, Act.SIGNED_IN]))
    .order_by(col(Change.id).desc())
    .limit(sa.bindparam("most", type_=sa.Integer()))
)
_NOTES: Any = (
    sa.select(
        col(ProgressNote.id),
        col(ProgressNote.at),
        col(ProgressNote.text),
        col(ProgressNote.percent),
        col(Person.name).label("who"),
    )
    .join(Person, col(Person.id) == col(ProgressNote.author_id))
    .where(col(ProgressNote.task_id) == sa.bindparam("key"))
    .order_by(col(ProgressNote.at).desc(), col(ProgressNote.id).desc())
    .limit(sa.bindparam("most", type_=sa.Integer()))
)


def history_of(session: Session, thing: Thing, key: int, *, most: int = NEWEST) -> list[Entry]:
    """What happened to a thing, newest first; one entry more than `most` says there are more."""
    asked = {"thing": thing, "key": key, "most": most + 1}
    rows = session.execute(_CHANGES, asked).all()
    names = _unit_names(session, rows)
    entries = [_entry(row, names) for row in rows]
    if thing is Thing.TASK:
        entries += [_note(row) for row in session.execute(_NOTES, {"key": key, "most": most + 1})]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[: most + 1]


def _entry(row: Any, names: dict[int, str]) -> Entry:
    steps = tuple(_steps(row.details, names))
    return Entry(row.at, row.who, row.act, steps, row.reason)


def _note(row: Any) -> Entry:
    return Entry(row.at, row.who, Act.NOTED, text=row.text, percent=row.percent)


def _unit_names(session: Session, rows: Any) -> dict[int, str]:
    ids = sorted({unit for row in rows for unit in _units_in(row.details)})
    if not ids:
        return {}
    asked = sa.select(col(Unit.id), col(Unit.name)).where(col(Unit.id).in_(ids))
    return {row.id: row.name for row in session.execute(asked)}


def _units_in(details: dict[str, Any]) -> Iterator[int]:
    pairs = [_pair(details, name) for name in ("lead", "supports", "shares")]
    for value in (value for pair in pairs for value in pair or ()):
        yield from value if isinstance(value, list) else [value] if value else []


def _pair(details: dict[str, Any], name: str) -> tuple[Any, Any] | None:
    """The old and the new of what changed; None when it did not."""
    value: Any = details.get(name)
    told = isinstance(value, list) and len(value) == 2 and value[0] != value[1]
    return (value[0], value[1]) if told else None


def _steps(details: dict[str, Any], names: dict[int, str]) -> Iterator[Step]:
    # A name that begins so is for programs (the number of a filing or a note).
    pairs = ((name, _pair(details, name)) for name in details if not name.startswith("_"))
    return (_step(name, pair, names) for name, pair in pairs if pair)


def _step(name: str, pair: tuple[Any, Any], names: dict[int, str]) -> Step:
    read = _READ.get(name, _as_it_is)
    old, new = (read(value, names) if value else value for value in pair)
    return Step(name, old, new)


def _as_it_is(value: Any, _: dict[int, str]) -> object:
    return value


def _called(units: Any, names: dict[int, str]) -> str:
    ids = units if isinstance(units, list) else [units]
    return ", ".join(names.get(unit, f"#{unit}") for unit in ids)


_READ: dict[str, Callable[[Any, dict[int, str]], object]] = {
    "status": lambda word, _: Status(word),
    "kind": lambda word, _: Kind(word),
    "percent": lambda share, _: f"{share}%",
    "due_on": lambda day, _: date.fromisoformat(day),
    "held_on": lambda day, _: date.fromisoformat(day),
    "starts_at": lambda hour, _: str(hour)[:5],
    "place": lambda place, _: str(place),
    "certainty": lambda word, _: Certainty(word),
    "lead": _called,
    "supports": _called,
    "shares": _called,
}
