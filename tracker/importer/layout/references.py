"""References to items, from the printed labels but unique, and what is wrong with the labels."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tracker.importer.blocks import Where
from tracker.importer.layout.numbering import Style, name_in_series
from tracker.importer.layout.outline import Entry, Section
from tracker.importer.layout.tables import Listed
from tracker.importer.meaning.reading import Doubt


class References:
    """Gives each section and item its reference; a repeated one gets "-2", "-3".

    A heading without a printed number is "S1", "S2" … in the order asked for.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()
        self._sections: dict[Where, str] = {}
        self._unnumbered = 0

    def section(self, section: Section) -> str:
        key = section.where
        if key not in self._sections:
            above = self.section(section.above[-1]) if section.above else ""
            self._sections[key] = self._unique(".".join(filter(None, (above, self._name(section)))))
        return self._sections[key]

    def _name(self, section: Section) -> str:
        if section.label and section.label.name:
            return section.label.name
        self._unnumbered += 1
        return f"S{self._unnumbered}"

    def item(self, section: Section, entry: Entry, position: int) -> str:
        above = self.section(section) if section.level >= 0 else ""
        name = (entry.label.name if entry.label else "") or str(position)
        if section.label and section.label.style is Style.ARABIC:
            name = name.removeprefix(f"{section.label.name}.")
        return self._unique(".".join(filter(None, (above, name))))

    def is_given(self, ref: str) -> bool:
        """Whether a section or item has this reference; "2" may be printed as "02"."""
        above, dot, name = ref.rpartition(".")
        return not self._given.keys().isdisjoint((ref, f"{above}{dot}{name:0>2}"))

    def _unique(self, ref: str) -> str:
        self._given[ref] += 1
        count = self._given[ref]
        return ref if count == 1 else self._unique(f"{ref}-{count}")


def _under(above: str, name: str) -> str:
    return f"{above}.{name}" if above else name


def missing_sections(sections: Iterable[Section], refs: References) -> Iterator[Doubt]:
    """Gaps among sibling headings: III after I. The headings keep their printed numbers."""
    last: dict[tuple[str, Style], int] = {}
    for section in sections:
        if section.label is None or section.label.number is None:
            continue
        above = refs.section(section.above[-1]) if section.above else ""
        series = (above, section.label.style)
        numbers = range(last.get(series, 0) + 1, section.label.number)
        names = (_under(above, name_in_series(series[1], number)) for number in numbers)
        # In a table "1" may be an item beside "2", which heads its own.
        missing = (name for name in names if not refs.is_given(name))
        ref = refs.section(section)
        yield from (Doubt("section-missing", ref, {"section": name}) for name in missing)
        last[series] = section.label.number


def broken_numbers(entries: list[Entry], refs: list[str]) -> Iterator[Doubt]:
    """Items whose printed number does not follow the one before it.

    Parts (1.1, 1.2) count by themselves. A table may go on counting under its next heading, and
    a row of it is an item whether or not it has a number.
    """
    expected: dict[str, int] = {}
    for entry, ref in zip(entries, refs, strict=True):
        is_listed = isinstance(entry.first, Listed)
        number = entry.label.number if entry.label else None
        series = entry.label.name.rpartition(".")[0] if entry.label else ""
        due = expected.get(series, number if (is_listed or entry.resumed) and number else 1)
        if entry.label is None and not is_listed:
            yield Doubt("number-lost", ref, {"expected": due})
        elif entry.label and number is not None and number != due:
            facts: dict[str, str | int] = {"printed": entry.label.text, "expected": due}
            yield Doubt("numbering-broken", ref, facts)
        expected[series] = (due if number is None else number) + 1
        if series.isdecimal():
            expected[""] = int(series) + 1
