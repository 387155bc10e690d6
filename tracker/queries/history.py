"""The history of one thing in words: who changed what, from what to what, when and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain import Change, Filing, Person
from tracker.domain.change import Act, Thing
from tracker.domain.filing import FilingKind
from tracker.domain.meeting import Certainty
from tracker.domain.note import NoteKind
from tracker.domain.reader import Reader
from tracker.domain.task import Kind, Status
from tracker.queries.talk import Note, newest_talk
from tracker.queries.unit_names import Called, Names, names_of
from tracker.queries.visibility import filings_for

NEWEST = 50
# A page of everything ends somewhere too.
EVERYTHING = 2000
# Of what happened while a form was filled in, nobody reads more.
MOST_MEANWHILE = 10


@dataclass(frozen=True)
class Step:
    """What of a thing changed: from what, to what."""

    name: str
    old: object
    new: object


@dataclass(frozen=True)
class Entry:
    """A line of the history: an act and what it changed, or something that was said.

    `for_whom` is the person whose deputy `who` was; `unit` is the unit that the line concerns.
    """

    at: datetime
    who: str | None
    act: Act
    steps: tuple[Step, ...] = ()
    reason: str | None = None
    for_whom: str | None = None
    unit: Called | None = None
    note: Note | None = None
    answers: "tuple[Entry, ...]" = ()
    # Of an answer to a paper: what paper it was.
    paper: FilingKind | None = None
    # Of a paper that the office wrote down: the unit that reported otherwise.
    written_for: Called | None = None
    # Of a unit's answer: the date that the office had offered.
    offered_on: date | None = None
    # Of an act: its number, by which a form says what it was shown with.
    id: int = 0


@dataclass(frozen=True)
class Story:
    """What happened to a task, newest first, and whether it began earlier."""

    entries: list[Entry]
    has_more: bool = False


_PRINCIPAL = aliased(Person)
# What was said stands there itself; that somebody signed in is not done to them.
_NOT_TOLD = (Act.NOTED, Act.ASKED, Act.ANSWERED, Act.SIGNED_IN)
_CHANGES: Any = (
    sa.select(
        col(Change.id),
        col(Change.at),
        col(Change.act),
        col(Change.details),
        col(Change.reason),
        col(Person.name).label("who"),
        col(_PRINCIPAL.name).label("for_whom"),
    )
    .outerjoin(Person, col(Person.id) == col(Change.by_id))
    .outerjoin(_PRINCIPAL, col(_PRINCIPAL.id) == col(Change.for_id))
    .where(col(Change.thing) == sa.bindparam("thing"), col(Change.thing_id) == sa.bindparam("key"))
    .where(col(Change.act).not_in(_NOT_TOLD))
    .order_by(col(Change.id).desc())
    .limit(sa.bindparam("most", type_=sa.Integer()))
)
# Of these the word alone does not say what was answered.
_ANSWERS = (Act.APPROVED, Act.GRANTED, Act.SENT_BACK, Act.TAKEN_BACK, Act.OFFERED)
_NONE: Mapping[int, Any] = {}
_SINCE = _CHANGES.where(col(Change.id) > sa.bindparam("seen"))
_SAID = {
    NoteKind.PROGRESS: Act.NOTED,
    NoteKind.QUESTION: Act.ASKED,
    NoteKind.ANSWER: Act.ANSWERED,
}


def history_of(session: Session, thing: Thing, key: int, *, most: int = NEWEST) -> list[Entry]:
    """What was done to a thing, newest first; one entry more than `most` says there are more."""
    rows = session.execute(_CHANGES, {"thing": thing, "key": key, "most": most + 1}).all()
    names = names_of(session, _units(rows))
    return [_entry(row, names) for row in rows]


def story_of(
    session: Session, reader: Reader, task_id: int, *, most: int = NEWEST, talk: bool = False
) -> Story:
    """What was done to a task and what was said about it, newest first; or the `talk` alone.

    The reader may see the task; what its unit keeps to itself is told to nobody else.
    """
    asked = {"thing": Thing.TASK, "key": task_id, "most": most + 1}
    rows = [] if talk else session.execute(_CHANGES, asked).all()
    notes, more_was_said = newest_talk(session, task_id, most=most)
    papers = _papers(session, reader, rows)
    told = _told(rows, papers)
    names = names_of(session, [*_units(told), *(unit for note in notes for unit in note.units())])
    entries = [_entry(row, names, papers) for row in told]
    entries += [_spoken(note, names) for note in notes]
    entries.sort(key=_moment, reverse=True)
    return Story(entries[:most], more_was_said or len(rows) > most or len(entries) > most)


def changes_since(
    session: Session, reader: Reader, about: tuple[Thing, int], *, seen: int
) -> list[Entry]:
    """What was done to a thing after the change of that number, the oldest first."""
    thing, key = about
    asked = {"thing": thing, "key": key, "seen": seen, "most": MOST_MEANWHILE}
    rows = session.execute(_SINCE, asked).all()
    papers = _papers(session, reader, rows)
    told = _told(reversed(rows), papers)
    names = names_of(session, _units(told))
    return [_entry(row, names, papers) for row in told]


def newest(session: Session, thing: Thing, key: int) -> int:
    """The number of the last line about a thing; 0 when nothing was written yet."""
    lines = col(Change.thing) == thing, col(Change.thing_id) == key
    return session.scalar(sa.select(sa.func.max(col(Change.id))).where(*lines)) or 0


def spoken(session: Session, notes: Sequence[Note]) -> list[Entry]:
    """These notes as lines of the history."""
    names = names_of(session, [unit for note in notes for unit in note.units()])
    return [_spoken(note, names) for note in notes]


def _moment(entry: Entry) -> datetime:
    return entry.note.last_at if entry.note else entry.at


def _papers(session: Session, reader: Reader, rows: Any) -> dict[int, Any]:
    """The papers of which these changes tell, by number, and whether the reader may know."""
    ids = sorted({_paper_in(row) for row in rows} - {0})
    may_read = filings_for(reader).label("may_read")
    asked = sa.select(col(Filing.id), col(Filing.kind), may_read).where(col(Filing.id).in_(ids))
    return {row.id: row for row in session.execute(asked)} if ids else {}


def _paper_in(row: Any) -> int:
    pair = _pair(row.details, "_filing")
    return int(pair[1]) if pair and pair[1] else 0


def _told(rows: Any, papers: Mapping[int, Any]) -> list[Any]:
    """The changes of which the reader may know: what has not left its unit is the unit's own."""
    about = ((row, papers.get(_paper_in(row))) for row in rows)
    return [row for row, paper in about if paper is None or paper.may_read]


def _entry(row: Any, names: Names, papers: Mapping[int, Any] = _NONE) -> Entry:
    offer = _pair(row.details, "_offer")
    paper = papers.get(_paper_in(row)) if row.act in _ANSWERS else None
    return Entry(
        row.at,
        row.who,
        row.act,
        tuple(_steps(row.details, names, row.at)),
        row.reason,
        for_whom=row.for_whom,
        unit=_unit_in(row, "_unit", names),
        paper=paper.kind if paper else None,
        written_for=_unit_in(row, "_written_for", names),
        offered_on=date.fromisoformat(offer[1]) if offer else None,
        id=row.id,
    )


def _unit_in(row: Any, name: str, names: Names) -> Called | None:
    pair = _pair(row.details, name)
    return names.called(pair[1], row.at) if pair and pair[1] else None


def _spoken(note: Note, names: Names) -> Entry:
    row = note.row
    return Entry(
        row.at,
        row.who,
        _SAID[row.kind],
        for_whom=row.for_whom,
        unit=names.called(row.unit_id, row.at) if row.unit_id is not None else None,
        note=note,
        answers=tuple(_spoken(answer, names) for answer in note.answers),
    )


def _units(rows: Any) -> list[int]:
    return [unit for row in rows for unit in _units_in(row.details)]


def _units_in(details: dict[str, Any]) -> Iterator[int]:
    pairs = [_pair(details, name) for name in (*_OF_UNITS, "_unit", "_written_for")]
    for value in (value for pair in pairs for value in pair or ()):
        yield from value if isinstance(value, list) else [value] if value else []


def _pair(details: dict[str, Any], name: str) -> tuple[Any, Any] | None:
    """The old and the new of what changed, None for what is empty; None when it did not."""
    value: Any = details.get(name)
    if not isinstance(value, list) or len(value) != 2:
        return None
    old, new = (None if one in ("", []) else one for one in value)
    return (old, new) if old != new else None


def _steps(details: dict[str, Any], names: Names, at: datetime) -> Iterator[Step]:
    # A name that begins so is for programs (the number of a filing or a note).
    pairs = ((name, _pair(details, name)) for name in details if not name.startswith("_"))
    for name, pair in ((name, pair) for name, pair in pairs if pair):
        read = partial(_called, names=names, at=at) if name in _OF_UNITS else _READ.get(name, _same)
        old, new = (read(value) if value else value for value in pair)
        yield Step(name, old, new)


def _same(value: Any) -> object:
    return value


def _called(units: Any, names: Names, at: datetime) -> tuple[Called, ...]:
    ids = units if isinstance(units, list) else [units]
    return tuple(names.called(unit, at) for unit in ids)


_OF_UNITS = ("lead", "supports", "shares")
_READ: dict[str, Callable[[Any], object]] = {
    "status": Status,
    "kind": Kind,
    "percent": lambda share: f"{share}%",
    "due_on": date.fromisoformat,
    "held_on": date.fromisoformat,
    "asked_on": date.fromisoformat,
    "offered_on": date.fromisoformat,
    "document_on": date.fromisoformat,
    "starts_at": lambda hour: str(hour)[:5],
    "place": str,
    "certainty": Certainty,
}
