"""An item of the outline becomes what the office asks of a unit, by a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.programme import PeriodKind
from tracker.domain.task import Kind
from tracker.domain.working_days import WorkingDays
from tracker.importer.blocks import Where
from tracker.importer.interpret.kinds import kind_of
from tracker.importer.layout.cells import is_stretch
from tracker.importer.layout.columns import Column
from tracker.importer.layout.numbering import label_of
from tracker.importer.layout.outline import Entry, Section
from tracker.importer.layout.repair import Repaired
from tracker.importer.layout.tables import Listed
from tracker.importer.meaning.assignments import helpers_in
from tracker.importer.meaning.deadlines import (
    Deadline,
    Nature,
    deadline_in,
    deadline_said,
    recurrence_in,
)
from tracker.importer.meaning.deliverables import authority_of, deliverables_of
from tracker.importer.meaning.meetings import announces_meeting, title_of
from tracker.importer.meaning.owners import (
    Owners,
    names_owner,
    owner_of_heading,
    owners_listed,
    owners_of,
)
from tracker.importer.meaning.period import Period, period_of, run_of
from tracker.importer.meaning.reading import Doubt, ReadItem, ReadMeeting
from tracker.importer.meaning.stretches import Shapes
from tracker.importer.meaning.unit_names import is_group_heading
from tracker.importer.meaning.units import UnitBook

# "I. Sở Tài chính (05 đề án)": a list that goes from unit to unit.
_OF_TASKS = re.compile(r"\s*\([^()]*\)\s*$|:.*$")
# "Sở A chủ trì; Sở B phối hợp" in one column for both.
_DASH = re.compile(r"^\s*[-–+]\s*")
_WEEKS = Shapes("")
# Recognised text below this needs a person's eye; a clean scan reaches 0.9 and more.
_SURE = 0.75
_ROLE_BRACKET = re.compile(r"\s*\((chủ\s+trì|phối\s+hợp)\)", re.IGNORECASE)
_TOGETHER = re.compile(r"phối\s+hợp", re.IGNORECASE)


@dataclass(frozen=True)
class Setting:
    """What an item is read against: the directory, the calendar, the period of the document.

    A programme's items are due in its period; a letter's are not, and it `infers` nothing.
    What is due long after `until`, the last day of its time, is asked about.
    """

    units: UnitBook
    working_days: WorkingDays
    period: Period | None
    infers: bool = True
    until: date | None = None


@dataclass(frozen=True)
class Place:
    """Where an item stands: its reference, its section, and the meeting the section announces."""

    ref: str
    section: Section
    meeting: ReadMeeting | None


def item_of(entry: Entry, place: Place, *, setting: Setting) -> ReadItem:
    """Read one item; whatever the text does not say stays blank or is marked as inferred."""
    setting = replace(setting, period=_period_at(place.section, setting.period))
    owners = _owners(entry, place, setting.units)
    is_listed = isinstance(entry.first, Listed)
    has_owner = is_listed or place.section.picked or owners.lead is not None or bool(owners.said)
    kind = kind_of(place.section, has_owner=has_owner)
    deadline = _deadline(entry, place, setting)
    deliverables = () if kind is Kind.FOCUS else _deliverables(entry, owners.text)
    return ReadItem(
        ref=place.ref,
        section=tuple(_headings(entry, place.section)),
        kind=kind,
        text=owners.text.strip(),
        deliverables=deliverables,
        lead=owners.lead,
        support=owners.support,
        authority=_said(entry, Column.AUTHORITY)
        or authority_of(owners.text, deliverables=deliverables),
        meeting=place.meeting.ref if place.meeting else None,
        due_on=deadline.due_on,
        due_text=deadline.text or None,
        due_inferred=deadline.inferred,
        where=_where(entry),
        source_text=entry.raw,
        doubts=tuple(_doubts(entry, place.ref, kind=kind, owners=owners, deadline=deadline)),
        confidence=_confidence(entry),
    )


def asked_like_others(items: list[ReadItem]) -> list[ReadItem]:
    """Where most items of a section name a unit, one that seems to name none is asked about."""
    owned = sum(one.lead is not None or bool(one.support) for one in items)
    if owned * 2 < len(items) or not owned:
        return items
    return [replace(one, doubts=_with_owner_asked(one)) for one in items]


def _with_owner_asked(item: ReadItem) -> tuple[Doubt, ...]:
    is_asked = item.lead or item.support or any("unit" in one.code for one in item.doubts)
    is_asked = is_asked or any(one.code == "owner-missing" for one in item.doubts)
    return item.doubts if is_asked else (*item.doubts, Doubt("owner-missing", item.ref))


def _headings(entry: Entry, section: Section) -> Iterable[str]:
    yield from (_printed(heading) for heading in section.path if heading.level >= 0)
    yield from entry.above


def _said(entry: Entry, *columns: Column) -> str:
    """What the columns of a table say of an item; nothing of one that stands in no table."""
    return entry.first.said(*columns) if isinstance(entry.first, Listed) else ""


def _owners(entry: Entry, place: Place, units: UnitBook) -> Owners:
    """The units that the columns name, else the text, else the heading of a list by units."""
    lead, support = _said(entry, Column.LEAD), _said(entry, Column.SUPPORT)
    if lead:
        return replace(_listed(lead, support, units), text=entry.text)
    within = _within(entry, units)
    if support:
        others = owners_listed("", support, units=units)
        return replace(within, support=others.support, doubts=(*within.doubts, *others.doubts))
    if within.said:
        return within
    heading = _OF_TASKS.sub("", place.section.words)
    head = owner_of_heading(heading, units)
    if head is None and not is_group_heading(heading):
        return within
    helpers = helpers_in(entry.text, units)
    return replace(owners_listed(heading, helpers, units=units), text=entry.text)


def _within(entry: Entry, units: UnitBook) -> Owners:
    """The owner in the item's words; a point below it may name one for itself alone."""
    if not entry.more or isinstance(entry.first, Listed) or not names_owner(entry.words):
        return owners_of(entry.text, units=units)
    own = owners_of(entry.words, units=units)
    lines = (own.text, *(line.text for line in entry.more))
    return replace(own, text="\n".join(lines)) if own.said else owners_of(entry.text, units=units)


def _listed(lead: str, support: str, units: UnitBook) -> Owners:
    """The units of two cells; one cell may also say of each unit what it does."""
    bare = _ROLE_BRACKET.sub(r" \1", lead)
    phrase = "; ".join(_DASH.sub("", line) for line in bare.split("\n"))
    both = owners_of(f"({phrase})", units=units) if _TOGETHER.search(phrase) else None
    return both if both and both.lead else owners_listed(lead, support, units=units)


def _deliverables(entry: Entry, text: str) -> tuple[str, ...]:
    """The documents that an item names, line by line when it lists them, or its result."""
    lines = [label_of(line) for line in text.split("\n")]
    is_list = len(lines) > 1 and any(label for label, _ in lines)
    parts = [words for _, words in lines] if is_list else [text]
    named = tuple(one for part in parts for one in deliverables_of(part))
    return named or deliverables_of(_said(entry, Column.RESULT))


def _period_at(section: Section, period: Period | None) -> Period | None:
    """The month, quarter or week that a heading above an item is, in a longer programme."""
    headings = ((one.words, _OF_TASKS.sub("", one.words)) for one in reversed(section.path))
    whole, words = next((both for both in headings if is_stretch(both[1])), ("", ""))
    if not words or period is None:
        return period
    is_week = words.lower().startswith("tuần")
    dated = f"{words} năm {period.year}"
    known = period_of(words) or (_week_of(whole, words, period) if is_week else period_of(dated))
    return replace(known, text=words) if known else period


def _week_of(whole: str, words: str, period: Period) -> Period | None:
    """The week that a programme counts by itself: "Tuần 1 (từ 02/3 đến 06/3)", "Tuần 2"."""
    printed = run_of(f"{whole} năm {period.year}")
    week = None if printed else next(_WEEKS.find(words, period), None)
    if week is None:
        return printed
    return replace(period, kind=PeriodKind.WEEK, starts_on=week.starts_on, ends_on=week.ends_on)


def _where(entry: Entry) -> Where:
    """The place of the item: on a page, all of it that stands on the page where it begins."""
    begins = entry.first.where
    same_page = (one.where for one in entry.lines if one.where.page == begins.page)
    boxes = [where.box for where in same_page if where.box]
    if not boxes:
        return begins
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return replace(begins, box=(min(lefts), min(tops), max(rights), max(bottoms)))


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
    written = _written(entry, setting)
    if written and (written.due_on or not written.unclear):
        return written
    inferred = _inferred(place.meeting, setting)
    if written is None:
        return inferred
    return Deadline(inferred.due_on, written.text, inferred=True, unclear=True)


def _written(entry: Entry, setting: Setting) -> Deadline | None:
    period, days = setting.period, setting.working_days
    column = _said(entry, Column.DUE, Column.SESSION)
    said = deadline_said(column, period=period, working_days=days, until=setting.until)
    return said or deadline_in(entry.text, period=period, working_days=days, until=setting.until)


def _inferred(meeting: ReadMeeting | None, setting: Setting) -> Deadline:
    if meeting:
        return Deadline(meeting.held_on, meeting.said, inferred=meeting.held_on is not None)
    if setting.period is None or not setting.infers:
        return Deadline(None, "")
    due_on: date = setting.working_days.on_or_before(setting.period.ends_on)
    return Deadline(due_on, setting.period.text, inferred=True)


def _doubts(
    entry: Entry, ref: str, *, kind: Kind, owners: Owners, deadline: Deadline
) -> Iterable[Doubt]:
    for doubt in owners.doubts:
        yield Doubt(doubt.code, ref, doubt.facts)
    yield from deadline.doubts(ref)
    recurs = recurrence_in(entry.text) if kind is Kind.AGENDA else None
    if recurs and deadline.nature is Nature.ONCE:
        yield Doubt("deadline-recurring", ref, {"text": recurs})
    if kind is not Kind.FOCUS and not owners.said:
        yield Doubt("owner-missing", ref)
    if any(isinstance(part, Repaired) for part in entry.lines):
        yield Doubt("text-repaired", ref, where=entry.first.where)
    sure = _confidence(entry)
    if sure is not None and sure < _SURE:
        yield Doubt("text-uncertain", ref, {"percent": round(sure * 100)}, entry.first.where)
