"""A new version of a programme beside what is there: tasks as they stand, pairs, earlier words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import (
    Change,
    Import,
    Meeting,
    Message,
    Person,
    Programme,
    ProgrammeVersion,
    ProgressNote,
    Proposal,
    ProposedMeeting,
    Reminder,
    Section,
    Support,
    Task,
)
from tracker.domain.amendment import Facts, Sitting, foreseen, kept
from tracker.domain.change import Thing
from tracker.domain.proposal import Decision
from tracker.domain.reader import Reader
from tracker.domain.reminder import About, MessageState, ReminderState
from tracker.domain.task import Kind, Status


@dataclass(frozen=True)
class Standing:
    """The programme as it stands: its tasks in order, who supports them, its meetings."""

    tasks: dict[int, Task]
    supports: Mapping[int, tuple[int, ...]]
    meetings: dict[int, Meeting]
    children: Mapping[int, list[Task]]
    bases: Mapping[int, "Base"] = field(default_factory=dict)

    def facts(self, task_id: int) -> Facts:
        """One task as it is compared."""
        return Facts.of(self.tasks[task_id], self.supports.get(task_id, ()))


@dataclass(frozen=True)
class Base:
    """What the latest document said of a task, and the printed item that it came from."""

    read: dict[str, Any]
    item: str


def standing(session: Session, programme_id: int, *, but: int | None = None) -> Standing:
    """The programme's tasks and meetings; `but` is the document that is compared with them."""
    asked = select(Task).where(col(Task.programme_id) == programme_id)
    found = list(session.exec(asked.order_by(col(Task.position), col(Task.id))))
    children: defaultdict[int, list[Task]] = defaultdict(list)
    for task in found:
        if task.parent_id is not None:
            children[task.parent_id].append(task)
    held = select(Meeting).where(col(Meeting.programme_id) == programme_id)
    return Standing(
        tasks={task.id: task for task in found if task.parent_id is None},
        supports=supports_of(session, programme_id),
        meetings={meeting.id: meeting for meeting in session.exec(held.order_by(col(Meeting.id)))},
        children=children,
        bases=_bases(session, programme_id, but),
    )


def supports_of(session: Session, programme_id: int) -> dict[int, tuple[int, ...]]:
    """The supporting units of every task of a programme."""
    mine = select(Task.id).where(col(Task.programme_id) == programme_id)
    asked = select(Support).where(col(Support.task_id).in_(mine))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for support in session.exec(asked.order_by(col(Support.unit_id))):
        found[support.task_id].append(support.unit_id)
    return {task: tuple(units) for task, units in found.items()}


def _bases(session: Session, programme_id: int, but: int | None) -> dict[int, Base]:
    asked = (
        select(Proposal)
        .join(Task, col(Task.id) == col(Proposal.task_id))
        .where(col(Task.programme_id) == programme_id)
        .where(col(Proposal.decision) == Decision.ACCEPTED, col(Proposal.import_id) != (but or 0))
        .order_by(col(Proposal.import_id), col(Proposal.id))
    )
    found: dict[int, Base] = {}
    for proposal in session.exec(asked):
        before = found.get(proposal.task_id or 0)
        found[proposal.task_id or 0] = _after(before, proposal)
    return found


def _after(before: Base | None, proposal: Proposal) -> Base:
    """What is known of a task once one more document has spoken of it."""
    if proposal.withdraws:
        return Base(
            (before.read if before else {}) | {"withdrawn": True}, before.item if before else ""
        )
    place = f"{proposal.import_id} {sorted(proposal.source.items())} {proposal.source_text}"
    return Base(dict(proposal.read), place)


def latest_number(session: Session, programme_id: int) -> int:
    """The number of the version in force; 0 when the programme has none on record."""
    asked = sa.select(sa.func.max(ProgrammeVersion.number)).where(
        col(ProgrammeVersion.programme_id) == programme_id,
        col(ProgrammeVersion.undone_at).is_(None),
    )
    return session.scalar(asked) or 0


def sittings(
    proposed: Iterable[ProposedMeeting], there: Mapping[int, Meeting], said: Mapping[int, Any]
) -> dict[Sitting, tuple[Sitting, date | None]]:
    """Each meeting by its id, and by its ref in the document: which one it is, and its day."""
    days: dict[Sitting, tuple[Sitting, date | None]] = {
        meeting.id: (meeting.id, meeting.held_on) for meeting in there.values()
    }
    for one in proposed:
        key = one.meeting_id or one.matched_id
        if one.meeting_id and one.meeting_id in there:
            days[one.ref] = days[one.meeting_id]
        elif key and key in there:
            day = arranged(one, there[key], said.get(key, {}))["held_on"]
            days[one.ref] = days[key] = (key, day)
        else:
            days[one.ref] = (one.ref, one.held_on)
    return days


_ARRANGED = ("title", "held_on", "starts_at", "place", "certainty", "chair", "invited")


def arranged(one: ProposedMeeting, meeting: Meeting, base: Mapping[str, Any]) -> dict[str, Any]:
    """How a meeting will be held: what the document says, unless it only repeats itself.

    What it does not say stays; a meeting that the office has moved since is not moved back.
    """
    said: dict[str, Any] = {}
    for name in _ARRANGED:
        now, there = getattr(one, name), getattr(meeting, name)
        as_read = bool(one.read) and spoken(now) == one.read.get(name)
        repeats = as_read and name in base and one.read.get(name) == base[name]
        said[name] = there if now is None or repeats else now
    return said


def read_meeting(one: ProposedMeeting) -> dict[str, Any]:
    """What the document itself says of a meeting."""
    return {name: spoken(getattr(one, name)) for name in _ARRANGED}


def spoken(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def said_of_meetings(session: Session, programme_id: int, *, but: int) -> dict[int, dict[str, Any]]:
    """What the latest earlier document said of each meeting of the programme."""
    asked = (
        select(ProposedMeeting)
        .join(Meeting, col(Meeting.id) == col(ProposedMeeting.meeting_id))
        .where(col(Meeting.programme_id) == programme_id, col(ProposedMeeting.import_id) != but)
        .order_by(col(ProposedMeeting.import_id), col(ProposedMeeting.id))
    )
    return {one.meeting_id or 0: dict(one.read) for one in session.exec(asked)}


def headings(session: Session, programme_id: int) -> dict[int, str]:
    """The text of each section."""
    asked = select(Section).where(col(Section.programme_id) == programme_id)
    return {section.id: section.text for section in session.exec(asked)}


def left_out_before(session: Session, programme_id: int, *, but: int) -> frozenset[str]:
    """The texts that a clerk left out of earlier documents of this programme."""
    asked = (
        select(Proposal.text)
        .join(Import, col(Import.id) == col(Proposal.import_id))
        .where(col(Import.programme_id) == programme_id, col(Import.id) != but)
        .where(col(Proposal.decision) == Decision.DROPPED, col(Proposal.withdraws).is_(False))
    )
    return frozenset(session.exec(asked))


def programmes_to_amend(
    session: Session, reader: Reader, issuer_id: int, *, most: int = 60
) -> list[tuple[int, str]]:
    """The issuer's programmes, the latest first, to choose the one that a document amends."""
    if not reader.serves(issuer_id):
        return []
    asked = sa.select(col(Programme.id), col(Programme.title), col(Programme.starts_on))
    asked = asked.where(col(Programme.issuer_id) == issuer_id)
    latest = asked.order_by(col(Programme.starts_on).desc(), col(Programme.id).desc()).limit(most)
    return [(row.id, row.title) for row in session.execute(latest)]


def task_in(session: Session, programme_id: int, *, task_id: int | None, ref: str) -> Task | None:
    """A task of a programme by its id, or by the number that it has on paper."""
    mine = select(Task).where(col(Task.programme_id) == programme_id, col(Task.parent_id).is_(None))
    if task_id:
        return session.exec(mine.where(col(Task.id) == task_id)).first()
    return session.exec(mine.where(sa.func.upper(Task.ref) == ref.upper())).first()


def future_of(
    proposal: Proposal, there: Standing, days: Mapping[Sitting, tuple[Sitting, date | None]]
) -> tuple[Facts | None, Facts | None]:
    """What the task of an item is and will be; None before it is there and once it is gone."""
    task_id = proposal.matched_id
    if task_id is None or task_id not in there.tasks:
        return None, foreseen(proposal, None, keeps=frozenset(), sittings=days)
    was = there.facts(task_id)
    if proposal.withdraws:
        return was, None
    keeps = keeps_of(proposal, there)
    return was, foreseen(proposal, was, keeps=keeps, sittings=days)


def keeps_of(proposal: Proposal, there: Standing) -> frozenset[str]:
    """What of its task an item leaves as it is."""
    task = there.tasks[proposal.matched_id or 0]
    base = there.bases.get(task.id)
    return kept(proposal, base.read if base else {}, task)


def is_still_owed(task: Task) -> bool:
    """Whether a task can be withdrawn: what is done stays done."""
    return task.status not in (Status.DONE, Status.WITHDRAWN)


def facts_in(columns: Mapping[str, Any] | None) -> Facts | None:
    """What a version has kept of a task, as it is compared."""
    if columns is None:
        return None
    day = columns.get("due_on")
    return Facts(
        text=columns["text"],
        kind=Kind(columns["kind"]),
        lead=columns["lead_id"],
        supports=tuple(columns.get("supports", ())),
        due_on=date.fromisoformat(day) if day else None,
        meeting=columns["meeting_id"],
        authority=columns["authority"],
        status=Status(columns["status"]),
        ref=columns["ref"],
    )


def last_hand(session: Session, thing: Thing, thing_id: int) -> str | None:
    """Who did the last thing to it."""
    changes = (
        sa.select(col(Change.at), col(Person.name))
        .join(Person, col(Person.id) == col(Change.by_id))
        .where(col(Change.thing) == thing, col(Change.thing_id) == thing_id)
    )
    latest = session.execute(changes.order_by(col(Change.id).desc()).limit(1)).first()
    return latest.name if latest else None


def noted_since(session: Session, tasks: list[int], at: datetime) -> tuple[str | None, str] | None:
    """A task of these of which somebody has written progress since: its ref, and who."""
    asked = (
        sa.select(col(Task.ref), col(Person.name))
        .join(ProgressNote, col(ProgressNote.task_id) == col(Task.id))
        .join(Person, col(Person.id) == col(ProgressNote.author_id))
        .where(col(Task.id).in_(tasks), col(ProgressNote.at) >= at)
    )
    found = session.execute(asked.limit(1)).first()
    return (found.ref, found.name) if found else None


def reminded_of(session: Session, tasks: list[int]) -> tuple[str | None, str] | None:
    """A task of these that somebody has been reminded of by a letter: its ref, and who."""
    asked = (
        sa.select(col(Task.ref), col(Message.name))
        .join(Reminder, col(Reminder.about_id) == col(Task.id))
        .join(Message, col(Message.id) == col(Reminder.message_id))
        .where(col(Reminder.about) == About.TASK, col(Task.id).in_(tasks))
        .where(col(Message.state) == MessageState.SENT)
        .where(col(Reminder.state) != ReminderState.DROPPED)
    )
    found = session.execute(asked.limit(1)).first()
    return (found.ref, found.name) if found else None
