"""What was read and taken for no item, so that a person sees at a glance that nothing is lost."""

from collections.abc import Iterable, Iterator
from itertools import chain

from tracker.domain.proposal import Zone
from tracker.importer.blocks import Contents, Paragraph
from tracker.importer.layout.closing import is_recipient_line
from tracker.importer.layout.outline import Section
from tracker.importer.layout.zones import Zones
from tracker.importer.meaning.reading import Passage


def passages_of(
    contents: Contents, zones: Zones, sections: list[Section], *, kept: list[Section]
) -> Iterator[Passage]:
    """Every passage that is neither item nor meeting, in the order of the document."""
    yield from _all(Zone.MARGIN, contents.dropped)
    yield from _all(Zone.LETTERHEAD, zones.letterhead)
    yield from _all(Zone.TITLE, zones.title_lines)
    taken = {one.where for one in kept}
    for section in sections:
        yield from _of_section(section, is_kept=section.where in taken)
    yield from _closing(zones.tail)


def in_order(*found: Iterable[Passage]) -> tuple[Passage, ...]:
    """Passages of several readings in the order of the document; the margins come first."""
    return tuple(sorted(chain(*found), key=lambda one: one.where.paragraph or 0))


def _all(zone: Zone, lines: Iterable[Paragraph]) -> Iterator[Passage]:
    return (Passage(zone, line.text, line.where) for line in lines)


def _of_section(section: Section, *, is_kept: bool) -> Iterator[Passage]:
    if section.level >= 0 and not section.resumed:
        yield Passage(Zone.HEADING, section.printed, section.where)
    yield from _all(Zone.PROSE, section.prose)
    if not is_kept:
        for entry in section.entries:
            yield Passage(Zone.PROSE, "\n".join(one.text for one in entry.lines), entry.first.where)
    yield from _all(Zone.TABLE, section.ruled)
    for table in section.tables:
        rows = (" | ".join(row.cells) for row in table.rows)
        yield Passage(Zone.TABLE, "\n".join(rows), table.where)


def _closing(tail: Iterable[Paragraph]) -> Iterator[Passage]:
    for line, is_recipient in is_recipient_line(tail):
        zone = Zone.RECIPIENTS if is_recipient else Zone.SIGNATURE
        yield Passage(zone, line.text, line.where)
