"""The difference that a version makes, as it is shown: foreseen from a document, or as applied."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Import, Meeting, Person, ProgrammeVersion, Proposal, ProposedMeeting
from tracker.domain.amendment import Effect, Facts, News, Sitting, effects, news
from tracker.domain.meeting import Certainty
from tracker.domain.proposal import Decision
from tracker.domain.reader import Reader
from tracker.domain.rewording import Stretch, reworded
from tracker.domain.task import Status
from tracker.errors import NotFound
from tracker.queries import amendments as there
from tracker.queries.amendments import Standing, facts_in
from tracker.queries.history import Step
from tracker.queries.imports import meetings_of_import

# Where an item stands on paper: a task of which nothing else changes is not worked on.
PLACE = ("section_id", "position", "ref", "search_text", "source")
Told = dict[int, Counter[News]]
# What is told of a meeting.
_ARRANGED = ("title", "held_on", "starts_at", "place", "certainty", "chair", "invited")


@dataclass(frozen=True)
class Row:
    """One task: what it was and will be (or became), by which item of the document."""

    was: Facts | None
    now: Facts | None
    task_id: int | None = None
    item: Proposal | None = None

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What the version does to it."""
        return effects(self.was, self.now)

    @property
    def said(self) -> Facts | None:
        """The task itself, whichever of both is there."""
        return self.now or self.was

    @property
    def is_renumbered(self) -> bool:
        """Whether it has another number on paper."""
        return bool(self.was and self.now and self.was.ref != self.now.ref)

    @property
    def words(self) -> list[Stretch]:
        """Its wording, with what was taken out and put in."""
        return reworded(self.was.text, self.now.text) if self.was and self.now else []

    @property
    def units(self) -> frozenset[int]:
        """Whom it concerns, before or after."""
        return frozenset(unit for facts in (self.was, self.now) if facts for unit in facts.units)


@dataclass(frozen=True)
class Gathering:
    """One meeting: what is arranged otherwise; `matched_id` is None when it is new."""

    title: str
    steps: tuple[Step, ...]
    matched_id: int | None = None
    proposed: ProposedMeeting | None = None


@dataclass(frozen=True)
class Diff:
    """Everything that a version does, and what each unit is told of it."""

    rows: list[Row]
    meetings: list[Gathering]
    told: Told
    meeting_names: Mapping[Sitting, str]
    # Not in the new version: kept by the clerk's word, and done (which nothing withdraws).
    kept: list[Row] = field(default_factory=list)
    done: list[Row] = field(default_factory=list)
    left_out: list[Proposal] = field(default_factory=list)

    def having(self, *wanted: Effect) -> list[Row]:
        """The rows with one of these effects, in the order of the document."""
        return [row for row in self.rows if set(row.effects) & set(wanted)]

    @property
    def changes(self) -> int:
        """How many tasks become others."""
        return sum(Effect.UNCHANGED not in row.effects for row in self.rows)

    @property
    def counts(self) -> dict[Effect, int]:
        """How many tasks of each effect."""
        found = Counter(effect for row in self.rows for effect in row.effects)
        return {effect: found[effect] for effect in Effect if found[effect]}


def foreseen_diff(session: Session, made: Import, stands: Standing) -> Diff:
    """What taking a document would do to the programme that it amends."""
    programme_id = made.amends_id or 0
    announced = [one for one in meetings_of_import(session, made.id) if not one.left_out]
    said = there.said_of_meetings(session, programme_id, but=made.id)
    days = there.sittings(announced, stands.meetings, said)
    items = _undecided(session, made)
    rows = [_row(item, stands, days) for item in items if item.decision is Decision.OPEN]
    known = {item.matched_id for item in items} | _taken(session, made)
    rows += _followers(stands, days, known)
    return Diff(
        rows=rows,
        meetings=[_gathering(one, stands, said) for one in announced if one.meeting_id is None],
        told=_told(_with_shares(rows, stands)),
        meeting_names=_names(stands.meetings.values(), announced),
        kept=[
            _row(item, stands, days)
            for item in items
            if item.withdraws and item.decision is Decision.DROPPED
        ],
        done=_done(made, stands, known),
        left_out=[
            item for item in items if item.decision is Decision.DROPPED and not item.withdraws
        ],
    )


def _undecided(session: Session, made: Import) -> list[Proposal]:
    asked = select(Proposal).where(
        col(Proposal.import_id) == made.id, col(Proposal.decision) != Decision.ACCEPTED
    )
    return list(session.exec(asked.order_by(col(Proposal.position), col(Proposal.id))))


def _taken(session: Session, made: Import) -> set[int | None]:
    asked = select(Proposal.task_id).where(col(Proposal.import_id) == made.id)
    return set(session.exec(asked))


Days = Mapping[Sitting, tuple[Sitting, date | None]]


def _row(item: Proposal, stands: Standing, days: Days) -> Row:
    was, now = there.future_of(item, stands, days)
    return Row(was, now, item.matched_id, item)


def _followers(stands: Standing, days: Days, known: set[int | None]) -> Iterator[Row]:
    """Tasks that the document does not name, but whose meeting it moves."""
    for task in stands.tasks.values():
        meeting = stands.meetings.get(task.meeting_id or 0)
        if task.id in known or meeting is None or not task.is_open or not task.due_inferred:
            continue
        day = days[meeting.id][1]
        if day != meeting.held_on and task.due_on in (meeting.held_on, None):
            was = stands.facts(task.id)
            yield Row(was, replace(was, due_on=day), task.id)


def _done(made: Import, stands: Standing, known: set[int | None]) -> list[Row]:
    if not made.replaces_all:
        return []
    tasks = (task for task in stands.tasks.values() if task.id not in known)
    facts = ((task.id, stands.facts(task.id)) for task in tasks if task.status is Status.DONE)
    return [Row(was, was, task_id) for task_id, was in facts]


def _gathering(
    one: ProposedMeeting, stands: Standing, said: Mapping[int, Mapping[str, Any]]
) -> Gathering:
    meeting = stands.meetings.get(one.matched_id or 0)
    if meeting is None:
        return Gathering(one.title, _steps({}, there.read_meeting(one)), None, one)
    arranged = there.arranged(one, meeting, said.get(meeting.id, {}))
    now = {name: there.spoken(value) for name, value in arranged.items()}
    was = {name: there.spoken(getattr(meeting, name)) for name in now}
    return Gathering(meeting.title, _steps(was, now), meeting.id, one)


def _names(meetings: Iterable[Meeting], announced: Iterable[ProposedMeeting]) -> dict[Any, str]:
    named: dict[Any, str] = {meeting.id: meeting.title for meeting in meetings}
    return named | {one.ref: one.title for one in announced}


def _with_shares(rows: Iterable[Row], stands: Standing) -> Iterator[Row]:
    """Each task, and each share of one that is divided among units."""
    for row in rows:
        yield row
        for child in stands.children.get(row.task_id or 0, ()):
            own: dict[str, Any] = {
                "lead": child.lead_id,
                "supports": stands.supports.get(child.id, ()),
            }
            was = replace(row.was, **own, status=child.status) if row.was else None
            now = replace(row.now, **own) if row.now else None
            yield Row(was, now, child.id)


def _told(rows: Iterable[Row]) -> Told:
    told: Told = {}
    for row in rows:
        for unit, piece in news(row.was, row.now):
            told.setdefault(unit, Counter())[piece] += 1
    return told


def edition(made: Import, items: Iterable[Proposal], meetings: Iterable[ProposedMeeting]) -> int:
    """A number that is another one after whatever a clerk changes of a document under review."""
    of_items = sorted((item.id, item.version) for item in items)
    of_meetings = sorted((one.id, one.version) for one in meetings)
    return zlib.crc32(repr((made.version, of_items, of_meetings)).encode()) >> 1


def versions_of(session: Session, programme_id: int) -> list[Any]:
    """The versions of a programme, the first one first; never what they touched."""
    asked = sa.select(*_OF_A_VERSION).select_from(ProgrammeVersion)
    asked = asked.outerjoin(Person, col(Person.id) == col(ProgrammeVersion.by_id))
    asked = asked.where(col(ProgrammeVersion.programme_id) == programme_id)
    asked = asked.order_by(col(ProgrammeVersion.number))
    return list(session.execute(asked))


def version_counts(version: Any) -> list[tuple[Effect, int]]:
    """How many tasks a version has added, moved, withdrawn."""
    return [(effect, version.counts[effect]) for effect in Effect if effect in version.counts]


_OF_A_VERSION: tuple[Any, ...] = (
    col(ProgrammeVersion.number),
    col(ProgrammeVersion.title),
    col(ProgrammeVersion.at),
    col(ProgrammeVersion.counts),
    col(ProgrammeVersion.undone_at),
    col(ProgrammeVersion.import_id),
    col(Person.name).label("who"),
)


def version_of(session: Session, programme_id: int, number: int) -> ProgrammeVersion:
    """One version with what it touched; NotFound when there is no such."""
    asked = select(ProgrammeVersion).where(
        col(ProgrammeVersion.programme_id) == programme_id, col(ProgrammeVersion.number) == number
    )
    found = session.exec(asked).first()
    if found is None:
        raise NotFound("not-found")
    return found


def applied_diff(
    session: Session, version: ProgrammeVersion, reader: Reader, *, issuer_id: int
) -> Diff:
    """What a version has done, as it was then; a unit sees what concerned its own tasks."""
    tasks = [e for e in version.touched if e["thing"] == "task" and not is_renumbered(e)]
    sees_all = reader.reads_all or issuer_id in reader.issuers
    every = [(_applied(entry), is_share(entry)) for entry in tasks]
    rows = [(row, share) for row, share in every if sees_all or row.units & reader.units]
    held = select(Meeting).where(col(Meeting.programme_id) == version.programme_id)
    told = _told(row for row, _ in rows)
    return Diff(
        rows=[row for row, share in rows if not share],
        meetings=[_arranged(one) for one in version.touched if one["thing"] == "meeting"],
        told=told if sees_all else {unit: told[unit] for unit in told if unit in reader.units},
        meeting_names=_names(session.exec(held), ()),
    )


def _applied(entry: Mapping[str, Any]) -> Row:
    return Row(facts_in(entry["was"]), facts_in(entry["now"]), entry["id"])


def _arranged(entry: Mapping[str, Any]) -> Gathering:
    was, now = entry["was"] or {}, entry["now"]
    return Gathering((was or now)["title"], _steps(was, now), entry["id"] if was else None)


def _steps(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Step, ...]:
    """What of a meeting is arranged otherwise; its name stands above the new ones."""
    names = _ARRANGED if was else _ARRANGED[1:]
    pairs = ((name, _said(name, was.get(name)), _said(name, now.get(name))) for name in names)
    return tuple(Step(*pair) for pair in pairs if pair[1] != pair[2])


def _said(name: str, value: Any) -> Any:
    read = _READ.get(name)
    return read(value) if read and value else value


_READ: Mapping[str, Callable[[Any], Any]] = {
    "held_on": date.fromisoformat,
    "starts_at": lambda hour: str(hour)[:5],
    "certainty": Certainty,
}


def is_renumbered(entry: Mapping[str, Any]) -> bool:
    """Whether nothing of a task changed but its place on paper."""
    was, now = entry["was"], entry["now"]
    if entry["thing"] != "task" or was is None:
        return False
    return {name for name in was if was[name] != now.get(name)} <= set(PLACE)


def counts_alone(entry: Mapping[str, Any]) -> bool:
    """Whether it is a task to be counted: a share is counted with the whole that it is of."""
    return entry["thing"] == "task" and not is_renumbered(entry) and not is_share(entry)


def is_share(entry: Mapping[str, Any]) -> bool:
    """Whether a task is a unit's part of one that is divided."""
    return entry["now"].get("parent_id") is not None
