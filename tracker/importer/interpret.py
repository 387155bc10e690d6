"""A document's blocks become a reading: the programme, its meetings, its items, its doubts."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.domain.working_days import WorkingDays
from tracker.errors import Unreadable
from tracker.importer.blocks import Document, Paragraph
from tracker.importer.closing import recipients_of, signer_of
from tracker.importer.items import Place, Setting, item_of
from tracker.importer.kinds import kind_said, speaks_of_programme, unnumbered_entries
from tracker.importer.letterhead import Letterhead, letterhead_of
from tracker.importer.meetings import announces_meeting, meeting_of
from tracker.importer.outline import Section, outline
from tracker.importer.passages import passages_of
from tracker.importer.period import Period, period_of
from tracker.importer.reading import (
    Doubt,
    Reading,
    ReadItem,
    ReadMeeting,
    ReadProgramme,
    Source,
)
from tracker.importer.references import References, broken_numbers, missing_sections
from tracker.importer.repair import repair
from tracker.importer.units import UnitBook
from tracker.importer.zones import Zones, cut


def interpret(document: Document, *, units: UnitBook, working_days: WorkingDays) -> Reading:
    """Understand a document, or refuse it when it holds no work programme."""
    zones = cut(document.blocks)
    sections = outline(repair(zones.body))
    kept = _programme_sections(zones, sections)
    programme, doubts = _programme(zones, kept)
    setting = Setting(units, working_days, programme.period)
    items = _Items(setting, References())
    for section in kept:
        items.read(section)
    contents = document.contents
    remarks = [Doubt(one.code, None, one.facts, one.where) for one in contents.remarks]
    return Reading(
        source=Source(document.name, document.media_type, document.sha256, contents.pages),
        programme=programme,
        meetings=tuple(items.meetings.values()),
        items=tuple(items.found),
        warnings=(*remarks, *doubts, *items.all_doubts(kept), *_skipped(sections, kept)),
        passages=tuple(passages_of(contents, zones, sections, kept=kept)),
    )


def _programme_sections(zones: Zones, sections: list[Section]) -> list[Section]:
    """The sections to take items from: all of a programme, the programme-like ones of a bulletin.

    News and history speak of tasks in the same words, so without a programme's title only a
    heading that itself names tasks and their period, or a list with owners, is taken.
    """
    if zones.title:
        return sections
    named = [one for one in sections if speaks_of_programme(one) and one.entries]
    if named:
        return named
    if any(_lists_tasks(section) for section in sections):
        return [one for one in sections if _lists_tasks(one) or not one.entries]
    raise Unreadable("file.no-programme")


def _lists_tasks(section: Section) -> bool:
    is_numbered_list = section.label is not None and kind_said(section) is not None
    owned = any(entry.has_owner for entry in section.entries)
    return bool(section.entries) and (is_numbered_list or owned)


def _programme(zones: Zones, kept: list[Section]) -> tuple[ReadProgramme, list[Doubt]]:
    body = " ".join(block.text for block in zones.body if isinstance(block, Paragraph))
    head = letterhead_of(zones.letterhead, body=body)
    title = zones.title or next((one.words for one in kept if speaks_of_programme(one)), None)
    period = _period(title, head, kept)
    programme = ReadProgramme(
        title=title,
        issuer=head.issuer,
        number=head.number,
        symbol=head.symbol,
        place=head.place,
        issued_on=head.issued_on,
        signer=signer_of(zones.tail),
        period=period,
        recipients=recipients_of(zones.tail),
    )
    missing = [
        ("title-missing", title),
        ("issuer-missing", head.issuer),
        ("period-missing", period),
    ]
    return programme, [*head.doubts, *(Doubt(code) for code, known in missing if not known)]


def _period(title: str | None, head: Letterhead, kept: list[Section]) -> Period | None:
    """The title's period; a title that lost it is completed by the basis or the letterhead."""
    period = period_of(title or "")
    if period is None and title and head.year:
        period = period_of(f"{title} năm {head.year}")
    basis = [line.text for section in kept[:1] for line in section.prose]
    return period or next((one for line in basis if (one := _announced_period(line))), None)


def _announced_period(line: str) -> Period | None:
    """The last one named in "… xây dựng Chương trình công tác tháng 02 năm 2026 như sau"."""
    _, announced, rest = line.rpartition("hương trình công tác")
    return period_of(rest) if announced else None


@dataclass
class _Items:
    """The meetings and items found so far."""

    setting: Setting
    refs: References
    meetings: dict[str, ReadMeeting] = field(default_factory=dict)
    found: list[ReadItem] = field(default_factory=list)
    _doubts: list[Doubt] = field(default_factory=list)

    def read(self, section: Section) -> None:
        entries = section.entries or unnumbered_entries(section)
        meeting = self._meeting(section)
        refs = [
            self.refs.item(section, entry, position)
            for position, entry in enumerate(entries, start=1)
        ]
        self._doubts += broken_numbers(entries, refs)
        for ref, entry in zip(refs, entries, strict=True):
            item = item_of(entry, Place(ref, section, meeting), setting=self.setting)
            self.found.append(item)

    def _meeting(self, section: Section) -> ReadMeeting | None:
        """The meeting that the section or a heading above it announces."""
        announcing = next((one for one in reversed(section.path) if _announces(one)), None)
        if announcing is None:
            return None
        ref = self.refs.section(announcing)
        if ref not in self.meetings:
            near = self.setting.period.starts_on if self.setting.period else None
            below = " ".join(line.text for line in announcing.prose)[:500]
            self.meetings[ref], doubts = meeting_of(ref, announcing.words, below=below, near=near)
            self._doubts += doubts
        return self.meetings[ref]

    def all_doubts(self, kept: list[Section]) -> Iterator[Doubt]:
        yield from missing_sections(kept, self.refs)
        yield from self._doubts
        for item in self.found:
            # A joined sentence asks nothing of anybody: it is told at its item alone.
            yield from (doubt for doubt in item.doubts if doubt.code != "text-repaired")
        if not self.found:
            yield Doubt("no-items")


def _announces(section: Section) -> bool:
    return section.level >= 0 and announces_meeting(section.words)


def _skipped(sections: list[Section], kept: list[Section]) -> Iterator[Doubt]:
    """What was not read, and where: tables, and the prose between programme sections."""
    for section in kept:
        for table in section.tables:
            yield Doubt("table-skipped", None, {"rows": len(table.rows)}, table.where)
    taken = {one.where for one in kept}
    prose = [one for one in sections if one.where not in taken]
    lines = [line for one in prose for line in _paragraphs(one)]
    if lines:
        facts: dict[str, str | int] = {"paragraphs": len(lines), "sections": len(prose)}
        yield Doubt("prose-skipped", None, facts, lines[0].where)


def _paragraphs(section: Section) -> Iterator[Paragraph]:
    yield from section.prose
    for entry in section.entries:
        yield from entry.lines
