"""An item of the outline becomes what the office asks of a unit, by a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.task import Kind
from tracker.domain.working_days import WorkingDays
from tracker.importer.deadlines import Deadline, deadline_in
from tracker.importer.deliverables import authority_of, deliverables_of
from tracker.importer.kinds import kind_of
from tracker.importer.meetings import announces_meeting, title_of
from tracker.importer.outline import Entry, Section
from tracker.importer.owners import Owners, owners_of
from tracker.importer.period import Period
from tracker.importer.reading import Doubt, ReadItem, ReadMeeting
from tracker.importer.repair import Repaired
from tracker.importer.units import UnitBook


@dataclass(frozen=True)
class Setting:
    """What an item is read against: the directory, the calendar, the period of the document."""

    units: UnitBook
    working_days: WorkingDays
    period: Period | None


@dataclass(frozen=True)
class Place:
    """Where an item stands: its reference, its section, and the meeting the section announces."""

    ref: str
    section: Section
    meeting: ReadMeeting | None


def item_of(entry: Entry, place: Place, *, setting: Setting) -> ReadItem:
    """Read one item; whatever the text does not say stays blank or is marked as inferred."""
    owners = owners_of(entry.text, units=setting.units)
    kind = kind_of(place.section, has_owner=owners.lead is not None or bool(owners.said))
    deadline = _deadline(entry, place, setting)
    deliverables = () if kind is Kind.FOCUS else deliverables_of(owners.text)
    return ReadItem(
        ref=place.ref,
        section=tuple(_printed(heading) for heading in place.section.path if heading.level >= 0),
        kind=kind,
        text=owners.text.strip(),
        deliverables=deliverables,
        lead=owners.lead,
        support=owners.support,
        authority=authority_of(owners.text, deliverables=deliverables),
        meeting=place.meeting.ref if place.meeting else None,
        due_on=deadline.due_on,
        due_text=deadline.text or None,
        due_inferred=deadline.inferred,
        where=entry.first.where,
        source_text=entry.raw,
        doubts=tuple(_doubts(entry, place.ref, kind=kind, owners=owners, deadline=deadline)),
        confidence=_confidence(entry),
    )


def _confidence(entry: Entry) -> float | None:
    """How sure the recognition was of the item's worst line."""
    known = [one.confidence for one in entry.lines if one.confidence is not None]
    return min(known, default=None)


def _printed(heading: Section) -> str:
    if not announces_meeting(heading.words):
        return heading.printed
    name = title_of(heading.words)
    return f"{heading.label.text} {name}" if heading.label else name


def _deadline(entry: Entry, place: Place, setting: Setting) -> Deadline:
    """The written deadline; without one, the meeting's day or the period's last working day."""
    written = deadline_in(entry.text, period=setting.period, working_days=setting.working_days)
    if written and (written.due_on or not written.unclear):
        return written
    inferred = _inferred(place.meeting, setting)
    if written is None:
        return inferred
    return Deadline(inferred.due_on, written.text, inferred=True, unclear=True)


def _inferred(meeting: ReadMeeting | None, setting: Setting) -> Deadline:
    if meeting:
        return Deadline(meeting.held_on, meeting.said, inferred=meeting.held_on is not None)
    if setting.period is None:
        return Deadline(None, "")
    due_on: date = setting.working_days.on_or_before(setting.period.ends_on)
    return Deadline(due_on, setting.period.text, inferred=True)


def _doubts(
    entry: Entry, ref: str, *, kind: Kind, owners: Owners, deadline: Deadline
) -> Iterable[Doubt]:
    for doubt in owners.doubts:
        yield Doubt(doubt.code, ref, doubt.facts)
    if deadline.unclear:
        yield Doubt("deadline-unclear", ref, {"text": deadline.text})
    if deadline.contradicts_weekday:
        yield Doubt("weekday-mismatch", ref, {"text": deadline.text})
    if kind is not Kind.FOCUS and not owners.said:
        yield Doubt("owner-missing", ref)
    if any(isinstance(part, Repaired) for part in entry.lines):
        yield Doubt("text-repaired", ref, where=entry.first.where)
