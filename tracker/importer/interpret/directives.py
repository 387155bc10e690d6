"""Papers that give tasks outside any programme: conclusions of a meeting, letters, minutes."""

import re
from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.folding import fold
from tracker.importer.blocks import Paragraph
from tracker.importer.layout.closing import are_last_words
from tracker.importer.layout.numbering import Style, label_of
from tracker.importer.layout.outline import Entry, Section
from tracker.importer.meaning.owners import owner_of_heading, owners_of
from tracker.importer.meaning.unit_names import is_group_heading, is_unit_shaped
from tracker.importer.meaning.units import UnitBook

# What was heard stands under other headings than what was concluded.
_CONCLUDES = re.compile(
    r"\b(ket luan|giao nhiem vu|phan cong|nhiem vu|to chuc thuc hien|chi dao|giai phap)\b"
)
_ORDER = re.compile(r"(?:giao|yêu\s+cầu|đề\s+nghị|phân\s+công)\s+(?=\S)", re.IGNORECASE)
_PERSON = re.compile(r"(?:đ/c|đồng\s+chí)\s", re.IGNORECASE)
_MOST_WORDS = 9


def tasks_given(sections: list[Section], units: UnitBook) -> list[Section]:
    """The sections with the points that tell a unit what to do; all other words become prose."""
    concluding = [one for one in sections if any(_concludes(above) for above in one.path)]
    chosen = {one.where for one in concluding or sections}
    return [_picked(one, units, is_chosen=one.where in chosen) for one in sections]


def _concludes(heading: Section) -> bool:
    return heading.level >= 0 and bool(_CONCLUDES.search(fold(heading.words)))


def _picked(section: Section, units: UnitBook, *, is_chosen: bool) -> Section:
    heads = is_chosen and (
        owner_of_heading(section.words, units) is not None or is_group_heading(section.words)
    )
    numbered = [part for one in section.entries for part in _parts(one, units)]
    points = [*numbered, *_unnumbered(section.prose)]
    tasks = [one for one in points if is_chosen and (heads or _is_task(one, units))]
    taken = {line.where for one in tasks for line in one.lines}
    lines = [*section.prose, *(line for one in section.entries for line in one.lines)]
    prose = [line for line in lines if line.where not in taken]
    in_order = sorted(tasks, key=lambda one: one.first.where.paragraph or 0)
    return replace(section, entries=in_order, prose=prose, picked=True)


def _parts(entry: Entry, units: UnitBook) -> Iterable[Entry]:
    """An item, and the paragraphs after it that tell other units what to do."""
    own: list[Paragraph] = []
    others: list[Paragraph] = []
    for line in entry.more:
        is_apart = label_of(line.text)[0] is None and owners_of(line.text, units=units).said
        (others if is_apart else own).append(line)
    yield replace(entry, more=own)
    yield from (Entry(None, line, line.text) for line in others)


def _unnumbered(prose: Iterable[Paragraph]) -> Iterable[Entry]:
    """Paragraphs that begin with an order: "Giao Sở X …"."""
    for line in prose:
        if _ORDER.match(line.text) and not are_last_words(line.text):
            yield Entry(None, line, line.text)


def _is_task(entry: Entry, units: UnitBook) -> bool:
    if entry.label and entry.label.style is Style.ARTICLE:
        return False
    return bool(owners_of(entry.text, units=units).said) or _begins_with_unit(entry.words)


def _begins_with_unit(words: str) -> bool:
    """Whether a sentence begins with what looks like a unit, so that a person is asked."""
    if _PERSON.match(words):
        return True
    plain = _ORDER.sub("", words, count=1).split()
    return any(is_unit_shaped(" ".join(plain[:count])) for count in range(2, _MOST_WORDS))
