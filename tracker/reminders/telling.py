"""Who is told of an act on a task, and what: one table, acts in rows; only what still holds."""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.domain import Filing
from tracker.domain.change import Act
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.task import CLOSED, OWED, Contribution, Status
from tracker.queries.news import Facts, machine_fact


class Ear(enum.StrEnum):
    """On which side of a task somebody hears of it."""

    UNIT = "unit"
    HEAD = "head"
    OFFICE = "office"
    PERSON = "person"


To = tuple[Ear, int]


@dataclass(frozen=True)
class Piece:
    """One thing to tell: what it is, to whom, the words that were said, the day it is about."""

    kind: str
    to: To
    words: str = ""
    day: date | None = None


Telling = Callable[[Any, Facts], Iterable[Piece]]


def pieces(row: Any, facts: Facts) -> list[Piece]:
    """What an act says to whom, as things stand now; nothing when it was overtaken."""
    telling = _TELLINGS.get(row.act)
    told = telling(row, facts) if telling else ()
    told = _of_a_step(row, facts, told) if row.is_step else told
    return [piece for piece in told if piece.to[1]]


def _of_a_step(row: Any, facts: Facts, told: Iterable[Piece]) -> Iterator[Piece]:
    """Who leads the whole hears of the steps of others, too; of what is done to all, but once.

    A tick that a unit takes away from its own step is no news to it.
    """
    own, whole = (Ear.UNIT, row.lead_id), (Ear.UNIT, row.lead_of_whole)
    for piece in told:
        knows = row.with_whole and (piece.to == whole or piece.kind == "taken")
        did_it = piece.to == own and piece.kind == "resumed" and not _by_office(row, facts)
        if not (knows or did_it):
            yield piece
        if piece.to == own != whole and piece.kind in _TOLD_ABOVE and not row.with_whole:
            yield replace(piece, to=whole)


def _by_office(row: Any, facts: Facts) -> bool:
    return (row.for_id or row.by_id, row.issuer_id) in facts.seats


def _pair(row: Any, name: str) -> tuple[Any, Any]:
    old, new = row.details.get(name) or (None, None)
    return old, new


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _reason(row: Any) -> str:
    return row.reason or ""


def _assigned(row: Any, facts: Facts) -> Iterator[Piece]:
    yield from _lead_changed(row, facts)
    if row.status in CLOSED:
        return
    before, after = _pair(row, "supports")
    for unit in sorted(set(after or ()) - set(before or ())):
        if (row.task_id, unit) in facts.supports:
            yield Piece("new-part", (Ear.UNIT, unit), _reason(row), row.due_on)


def _lead_changed(row: Any, facts: Facts) -> Iterator[Piece]:
    old, new = _pair(row, "lead")
    first = facts.led.get(row.task_id)
    if new == row.lead_id and new != first and row.status not in CLOSED:
        yield Piece("new", (Ear.UNIT, new), _reason(row), row.due_on)
    if old == first and old != row.lead_id and (row.task_id, old) not in facts.supports:
        yield Piece("taken", (Ear.UNIT, old), _reason(row))


def _created(row: Any, facts: Facts) -> Iterator[Piece]:
    """A task made by hand or from a procedure is new to whoever does it."""
    if row.status in CLOSED:
        return
    yield Piece("new", (Ear.UNIT, row.lead_id), _reason(row), row.due_on)
    for unit in _supporting(row, facts):
        yield Piece("new-part", (Ear.UNIT, unit), _reason(row), row.due_on)


def _supporting(row: Any, facts: Facts) -> list[int]:
    return sorted(unit for task, unit in facts.supports if task == row.task_id)


def _everybody(kind: str, row: Any, facts: Facts, *, day: date | None = None) -> Iterator[Piece]:
    for unit in (row.lead_id, *_supporting(row, facts)):
        yield Piece(kind, (Ear.UNIT, unit), _reason(row), day)


def _status(row: Any, facts: Facts) -> Iterator[Piece]:
    old, new = _pair(row, "status")
    if new != row.status:
        return
    if new in (Status.PAUSED, Status.WITHDRAWN):
        yield from _everybody(str(new), row, facts, day=row.due_on)
    elif old in (Status.PAUSED, *CLOSED) and new in OWED:
        yield from _everybody("resumed", row, facts, day=row.due_on)


def _deadline(row: Any, facts: Facts) -> Iterator[Piece]:
    new = _day(_pair(row, "due_on")[1])
    if new is None or new != row.due_on or row.status in CLOSED:
        return
    for piece in _everybody("deadline", row, facts, day=new):
        # A unit that took the office's offer has set the day itself.
        if piece.to != (Ear.UNIT, row.lead_id) or _by_office(row, facts):
            yield piece


def _urged(row: Any, _: Facts) -> Iterator[Piece]:
    if row.status in OWED:
        yield Piece("urged", (Ear.UNIT, row.lead_id), _reason(row), row.due_on)


def _filed(row: Any, facts: Facts) -> Iterator[Piece]:
    """A filing speaks while it is the newest of its kind and nobody has answered it."""
    filing = _current(row, facts)
    if filing is None:
        return
    said = filing.text, filing.asked_on
    kind = f"{filing.kind}-{filing.state}"
    if filing.state is FilingState.WITH_HEAD:
        yield Piece(kind, (Ear.HEAD, filing.unit_id or row.lead_id), *said)
    elif filing.state is FilingState.WAITING and row.act in (Act.APPROVED, _left_by(filing)):
        yield Piece(kind, (Ear.OFFICE, row.issuer_id), *said)


def _left_by(filing: Filing) -> Act | None:
    """The act by which a filing left its unit when it did not have to pass the head."""
    return _FILED[filing.kind] if filing.sent_at in (None, filing.at) else None


def _current(row: Any, facts: Facts) -> Filing | None:
    filing = facts.filings.get(machine_fact(row, "_filing"))
    if filing is None or facts.newest[(filing.task_id, filing.kind)] != filing.id:
        return None
    return filing


def _answered(row: Any, facts: Facts) -> Iterator[Piece]:
    if "_unit" in row.details:
        yield from _part_answered(row, facts)
        return
    filing = _current(row, facts)
    if filing is None or filing.state is not _ANSWERS[row.act]:
        return
    words = _reason(row) or filing.answer
    day = filing.offered_on or filing.asked_on
    if filing.state is FilingState.COUNTERED or _by_office(row, facts) or not filing.offered_on:
        unit = filing.unit_id or row.lead_id
        yield Piece(f"{filing.kind}-{filing.state}", (Ear.UNIT, unit), words, day)
    else:
        yield Piece(f"offer-{filing.state}", (Ear.OFFICE, row.issuer_id), words, day)


def _taken_back(row: Any, facts: Facts) -> Iterator[Piece]:
    """A unit that takes its request back after an offer has declined the offer."""
    filing = _current(row, facts)
    if filing and filing.state is FilingState.TAKEN_BACK and filing.offered_on:
        to = (Ear.OFFICE, row.issuer_id)
        yield Piece("offer-returned", to, _reason(row), filing.offered_on)


def _part_answered(row: Any, facts: Facts) -> Iterator[Piece]:
    unit = machine_fact(row, "_unit")
    support = facts.supports.get((row.task_id, unit))
    if support and support.state is _OF_A_PART[row.act]:
        yield Piece(f"part-{support.state}", (Ear.UNIT, unit), _reason(row) or support.answer)


def _contributed(row: Any, facts: Facts) -> Iterator[Piece]:
    support = facts.supports.get((row.task_id, machine_fact(row, "_unit")))
    if support and support.state is Contribution.GIVEN:
        yield Piece("part-given", (Ear.UNIT, row.lead_id), support.text)


def _said(row: Any, facts: Facts) -> Iterator[Piece]:
    """A question or an answer goes to the other side; whoever is named hears of any note."""
    note = facts.notes.get(machine_fact(row, "_note"))
    if note is None:
        return
    if row.act is not Act.NOTED and note.answered_at is None:
        by_office = note.unit_id == row.issuer_id or _by_office(row, facts)
        to = (Ear.UNIT, row.lead_id) if by_office else (Ear.OFFICE, row.issuer_id)
        yield Piece(str(row.act), to, note.text)
    for person in facts.mentioned.get(note.id, ()):
        yield Piece("mentioned", (Ear.PERSON, person), note.text)


# What of a step concerns whoever leads the whole.
_TOLD_ABOVE = frozenset({"deadline", "urged", "paused", "withdrawn", "resumed"})
_FILED = {
    FilingKind.REPORT: Act.REPORTED,
    FilingKind.EXTENSION: Act.REQUESTED,
    FilingKind.REFUSAL: Act.REFUSED,
}
_ANSWERS = {
    Act.GRANTED: FilingState.ACCEPTED,
    Act.SENT_BACK: FilingState.RETURNED,
    Act.OFFERED: FilingState.COUNTERED,
}
_OF_A_PART = {Act.GRANTED: Contribution.ACCEPTED, Act.SENT_BACK: Contribution.RETURNED}
_TELLINGS: Mapping[Act, Telling] = {
    Act.CREATED: _created,
    Act.ASSIGNED: _assigned,
    Act.STATUS: _status,
    Act.DEADLINE: _deadline,
    Act.URGED: _urged,
    Act.REPORTED: _filed,
    Act.REQUESTED: _filed,
    Act.REFUSED: _filed,
    Act.APPROVED: _filed,
    Act.GRANTED: _answered,
    Act.SENT_BACK: _answered,
    Act.OFFERED: _answered,
    Act.TAKEN_BACK: _taken_back,
    Act.CONTRIBUTED: _contributed,
    Act.ASKED: _said,
    Act.ANSWERED: _said,
    Act.NOTED: _said,
}
