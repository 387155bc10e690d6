"""A document's blocks become a reading: the programme, its meetings, its items, its doubts."""

from collections.abc import Iterator

from tracker.domain.working_days import WorkingDays
from tracker.errors import Unreadable
from tracker.importer.blocks import Document, Paragraph
from tracker.importer.interpret.agenda import agenda_of
from tracker.importer.interpret.directives import tasks_given
from tracker.importer.interpret.facts import facts_of
from tracker.importer.interpret.findings import Findings
from tracker.importer.interpret.items import Setting
from tracker.importer.interpret.kinds import kind_said, planned, speaks_of_programme
from tracker.importer.interpret.passages import in_order, passages_of
from tracker.importer.layout.outline import Section, outline
from tracker.importer.layout.repair import repair
from tracker.importer.layout.schedule import set_apart, timetable_of
from tracker.importer.layout.zones import cut
from tracker.importer.meaning.reading import Doubt, Reading, Source
from tracker.importer.meaning.slots import Week
from tracker.importer.meaning.units import UnitBook


def interpret(document: Document, *, units: UnitBook, working_days: WorkingDays) -> Reading:
    """Understand a document, or refuse it when it holds no work programme."""
    zones = cut(document.blocks)
    schedule, rest = set_apart(zones.body, title=zones.title)
    sections = outline(repair(rest))
    if zones.is_directive:
        sections = tasks_given(sections, units)
    is_programme = bool(zones.title or schedule)
    kept = _programme_sections(sections, is_programme=is_programme, title=zones.title)
    facts = facts_of(zones, kept, schedule=schedule)
    timetable = timetable_of(schedule, title=zones.title, week=Week(facts.span))
    units = units.as_of(facts.day)
    agenda = agenda_of(timetable.events, units=units)
    setting = Setting(
        units, working_days, facts.period, infers=facts.sets_deadlines, until=facts.until
    )
    findings = Findings(setting)
    findings.add(agenda)
    for section in kept:
        findings.read(section)
    findings.link_sessions()
    programme, doubts = facts.programme(days=agenda.days)
    contents = document.contents
    remarks = [Doubt(one.code, None, one.facts, one.where) for one in contents.remarks]
    passages = passages_of(contents, zones, sections, kept=kept)
    return Reading(
        source=Source(document.name, document.media_type, document.sha256, contents.pages),
        programme=programme,
        meetings=tuple(findings.meetings.values()),
        items=tuple(findings.items),
        warnings=(
            *remarks,
            *doubts,
            *findings.all_doubts(sections if zones.title else kept),
            *_skipped(sections, kept),
        ),
        passages=in_order(passages, timetable.passages, agenda.passages),
    )


def _programme_sections(
    sections: list[Section], *, is_programme: bool, title: str
) -> list[Section]:
    """The sections to take items from: all of a programme, the programme-like ones of a bulletin.

    News and history speak of tasks in the same words, so without a programme's title only a
    heading that itself names tasks and their period, or a list with owners, is taken.
    """
    if is_programme:
        kept = planned(sections, title=title)
        if not kept:
            raise Unreadable("file.no-programme")
        return kept
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
