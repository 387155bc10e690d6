"""What was found in a document: its meetings, its items, and the doubts about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.importer.interpret.agenda import Agenda, paper
from tracker.importer.interpret.items import Place, Setting, asked_like_others, item_of
from tracker.importer.interpret.kinds import unnumbered_entries
from tracker.importer.layout.outline import Entry, Section
from tracker.importer.layout.references import References, broken_numbers, missing_sections
from tracker.importer.meaning.meetings import (
    announces_meeting,
    is_listed_meeting,
    lists_meetings,
    meeting_named,
    meeting_of,
)
from tracker.importer.meaning.owners import owners_of
from tracker.importer.meaning.reading import Doubt, ReadItem, ReadMeeting

_LONGEST, _LONGEST_TITLE = 1_000, 500


@dataclass
class Findings:
    """The meetings and items found so far."""

    setting: Setting
    meetings: dict[str, ReadMeeting] = field(default_factory=dict)
    items: list[ReadItem] = field(default_factory=list)
    _refs: References = field(default_factory=References)
    _doubts: list[Doubt] = field(default_factory=list)

    def add(self, agenda: Agenda) -> None:
        """Take what a schedule came to; its references are its own."""
        self.meetings |= {meeting.ref: meeting for meeting in agenda.meetings}
        self.items += agenda.items
        self._doubts += agenda.doubts

    def read(self, section: Section) -> None:
        """Take the items of a section and the meeting it announces."""
        entries = section.entries or unnumbered_entries(section)
        meeting = self._meeting(section)
        refs = [
            self._refs.item(section, entry, position)
            for position, entry in enumerate(entries, start=1)
        ]
        self._doubts += [] if section.picked else broken_numbers(entries, refs)
        is_list = meeting is None and lists_meetings(section.words)
        found: list[ReadItem] = []
        for ref, entry in zip(refs, entries, strict=True):
            if is_list and is_listed_meeting(entry.words):
                self._add_listed(ref, entry, section)
            else:
                item = item_of(entry, Place(ref, section, meeting), setting=self.setting)
                found.append(item)
        self.items += asked_like_others(found)

    def _add_listed(self, ref: str, entry: Entry, section: Section) -> None:
        """A meeting in a list of meetings, and what a unit prepares for it."""
        owners = owners_of(entry.text, units=self.setting.units)
        words = " ".join(owners.text.split())[:_LONGEST]
        meeting, doubts = meeting_of(ref, words, near=self._near)
        title = meeting.title[:_LONGEST_TITLE]
        meeting = replace(meeting, title=title, where=entry.first.where, source_text=entry.raw)
        self.meetings[ref] = meeting
        self._doubts += doubts
        if owners.said:
            text = f"{title} ({owners.said})"
            item = paper(f"{ref}.1", text, meeting, units=self.setting.units)
            headings = tuple(one.printed for one in section.path if one.level >= 0)
            self.items.append(replace(item, section=headings))

    @property
    def _near(self) -> date | None:
        return self.setting.period.starts_on if self.setting.period else None

    def link_sessions(self) -> None:
        """Items for "phiên họp tháng 3" are due at the meeting of that name, if it is announced."""
        self.items = [self._linked(item) for item in self.items]

    def _linked(self, item: ReadItem) -> ReadItem:
        if item.meeting or (item.due_on and not item.due_inferred):
            return item
        ref = meeting_named(item.due_text or "", self.meetings.values())
        if ref is None:
            return item
        held_on = self.meetings[ref].held_on
        return replace(item, meeting=ref, due_on=held_on or item.due_on, due_inferred=True)

    def _meeting(self, section: Section) -> ReadMeeting | None:
        """The meeting that the section or a heading above it announces."""
        announcing = next((one for one in reversed(section.path) if _announces(one)), None)
        if announcing is None:
            return None
        ref = self._refs.section(announcing)
        if ref not in self.meetings:
            below = " ".join(line.text for line in announcing.prose)[:500]
            self.meetings[ref], doubts = meeting_of(
                ref, announcing.words, below=below, near=self._near
            )
            self._doubts += doubts
        return self.meetings[ref]

    def all_doubts(self, kept: list[Section]) -> Iterator[Doubt]:
        """Every doubt, the ones about the headings first."""
        yield from missing_sections(kept, self._refs)
        yield from self._doubts
        for item in self.items:
            # A joined sentence asks nothing of anybody: it is told at its item alone.
            yield from (doubt for doubt in item.doubts if doubt.code != "text-repaired")
        if not self.items and not self.meetings:
            yield Doubt("no-items")


def _announces(section: Section) -> bool:
    return section.level >= 0 and announces_meeting(section.words, below=section.below)
