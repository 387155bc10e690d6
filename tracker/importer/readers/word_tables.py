"""A Word table as a grid: every cell in its columns, merged ones as the eye sees them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.importer.readers.word_package import Element, W
from tracker.importer.readers.word_runs import children
from tracker.importer.readers.word_styles import flag, number, value

# Word allows 63 columns.
_WIDEST = 63


@dataclass(frozen=True)
class GridRow:
    """One row: a text for every column, and the columns that go on from the row above."""

    cells: tuple[str, ...]
    continued: frozenset[int]


@dataclass(frozen=True)
class _Cell:
    """A cell with the columns that it covers."""

    element: Element
    start: int
    span: int

    @property
    def goes_on_from_above(self) -> bool:
        """Whether it belongs to the cell above; one that yet has words keeps them."""
        is_blank = not any(text.text for text in self.element.iter(f"{W}t"))
        return is_blank and _is_merged(self.element, "vMerge")


def rows_of(table: Element) -> list[Element]:
    """The rows that are printed: deleted and hidden ones are not."""
    return [row for row in _elements(table, "tr") if not _is_gone(row)]


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, those in content controls too."""
    return list(_elements(row, "tc"))


def grid_of(table: Element, words_of: Callable[[Element], str]) -> list[GridRow]:
    """The rows of a table; `words_of` gives the text of one cell and is asked once for each."""
    rows = [list(_placed(row)) for row in rows_of(table)]
    starts = sorted({cell.start for row in rows for cell in row})
    # Word's grid also has columns in which nothing begins; nobody sees these.
    seen = {start: column for column, start in enumerate(starts)}
    grid: list[GridRow] = []
    for row in rows:
        above = grid[-1].cells if grid else ("",) * len(seen)
        grid.append(_grid_row(row, seen, above, words_of))
    return grid


def _grid_row(
    row: list[_Cell],
    seen: dict[int, int],
    above: tuple[str, ...],
    words_of: Callable[[Element], str],
) -> GridRow:
    cells, continued = [""] * len(seen), set[int]()
    for cell in row:
        first, goes_on = seen[cell.start], cell.goes_on_from_above
        cells[first] = above[first] if goes_on else words_of(cell.element)
        covered = range(cell.start, cell.start + cell.span)
        continued |= {seen[at] for at in covered if goes_on and at in seen}
    return GridRow(tuple(cells), frozenset(continued))


def _placed(row: Element) -> Iterator[_Cell]:
    properties = row.find(f"{W}trPr")
    at = _span(value(properties, "gridBefore"), least=0)
    for element in cells_of(row):
        properties = element.find(f"{W}tcPr")
        span = _span(value(properties, "gridSpan"), least=1)
        if at < _WIDEST and not _is_merged(element, "hMerge"):
            yield _Cell(element, at, span)
        at += span


def _is_merged(cell: Element, how: str) -> bool:
    """Whether a cell goes on from its neighbour rather than being its own or the first."""
    merged = cell.find(f"{W}tcPr/{W}{how}")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _span(written: str, *, least: int) -> int:
    return min(max(number(written) or least, least), _WIDEST)


def _elements(parent: Element, name: str) -> Iterator[Element]:
    """The rows or cells directly below, through content controls and other wrappings."""
    for element in children(parent):
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag not in (f"{W}tr", f"{W}tc"):
            yield from _elements(element, name)


def _is_gone(row: Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and (
        properties.find(f"{W}del") is not None or bool(flag(properties, "hidden"))
    )
