"""The ruled tables of the pages become tables of rows, joined again over page breaks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from rapidfuzz import fuzz

from tracker.importer.blocks import Box, Row, Table, Where
from tracker.importer.readers.page_grids import Grid
from tracker.importer.readers.page_lines import lines_of
from tracker.importer.readers.page_paragraphs import cell_paragraphs, whole
from tracker.importer.readers.pages import Line, Word, confidence_of, joined

_SAME_PLACE = 6.0  # points by which the same column may be shifted on the next page
_LONGEST_HEADER = 4
_ALIKE = 85.0  # of a hundred; rows with other numbers are other rows however alike
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d{1,4}[.)]?|[IVX]{1,6}[.)]?|[a-zđ][.)]", re.IGNORECASE)


@dataclass
class Ruled:
    """A table on one page: its grid and the words inside."""

    grid: Grid
    words: list[Word]

    @property
    def top(self) -> float:
        return self.grid.top


@dataclass
class _Printed:
    """A row as it is printed on a page."""

    cells: list[str]
    where: Where
    continued: set[int] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)

    def reads_as(self, other: "_Printed") -> bool:
        """Whether both say the same; the same words may be recognised a little differently."""
        mine, others = self.plain, other.plain
        if mine == others or confidence_of([*self.lines, *other.lines]) is None:
            return mine == others
        is_same_number = _DIGITS.findall(mine) == _DIGITS.findall(others)
        return is_same_number and fuzz.ratio(mine, others) > _ALIKE

    @property
    def plain(self) -> str:
        return "|".join("".join(cell.split()) for cell in self.cells).casefold()


def continues(above: Ruled, below: Ruled) -> bool:
    """Whether a table is the rest of the one that ended the page before."""
    ours, theirs = above.grid.columns, below.grid.columns
    few, many = sorted((ours, theirs), key=len)
    shared = sum(any(abs(one - other) < _SAME_PLACE for other in many) for one in few)
    is_next_page = below.grid.page.number == above.grid.page.number + 1
    ends = abs(ours[0] - theirs[0]) < _SAME_PLACE and abs(ours[-1] - theirs[-1]) < _SAME_PLACE
    return is_next_page and ends and shared == len(few)


def table_of(parts: Sequence[Ruled], *, number: int) -> Table:
    """One table of its parts on successive pages; `number` is its place among the blocks."""
    columns = _all_columns(part.grid.columns for part in parts)
    printed: list[_Printed] = []
    for part in parts:
        _append(printed, _rows(part, columns))
    first = parts[0].grid
    if first.page.recognised:
        _mend_numbers(printed)
    rows = tuple(_row(row, number, place) for place, row in enumerate(printed, start=1))
    raw = "\n".join(" | ".join(row.cells) for row in rows)
    return Table(rows, raw, replace(first.page.where(first.box), paragraph=number))


def _row(row: _Printed, number: int, place: int) -> Row:
    where = replace(row.where, paragraph=number, row=place)
    return Row(tuple(row.cells), where, frozenset(row.continued), confidence_of(row.lines))


def _all_columns(parts: Iterable[tuple[float, ...]]) -> list[float]:
    """Where columns part on any page: a page may hold only rows of merged cells."""
    columns: list[float] = []
    for part in parts:
        columns += [at for at in part if all(abs(at - one) >= _SAME_PLACE for one in columns)]
    return sorted(columns)


def _rows(part: Ruled, columns: list[float]) -> list[_Printed]:
    """The rows of one page; a cell's words are those whose middle it holds."""
    grid = part.grid
    count = len(columns) - 1
    rows = [_Printed([""] * count, _place_of_row(grid, row)) for row in range(len(grid.rows) - 1)]
    inside = [(cell, lines_of(grid.page, _inside(cell.box, part.words))) for cell in grid.cells]
    kept_free = min(
        (line.left - cell.box[0] for cell, lines in inside for line in lines), default=0
    )
    for cell, lines in inside:
        column = min(range(count), key=lambda one: abs(columns[one] - cell.box[0]))
        text = _text(lines, width=cell.box[2] - cell.box[0] - 2 * max(kept_free, 1.0))
        for row in range(cell.first_row, cell.last_row + 1):
            rows[row].cells[column] = text
            rows[row].lines += lines
            rows[row].continued |= {column} if row > cell.first_row else set()
    return [row for row in rows if any(row.cells)]


def _place_of_row(grid: Grid, row: int) -> Where:
    return grid.page.where((grid.columns[0], grid.rows[row], grid.columns[-1], grid.rows[row + 1]))


def _inside(box: Box, words: Iterable[Word]) -> list[Word]:
    left, top, right, bottom = box
    return [
        word
        for word in words
        if left <= (word.left + word.right) / 2 < right and top <= word.middle < bottom
    ]


def _text(lines: list[Line], *, width: float) -> str:
    """The text of a cell, a line for each of its paragraphs."""
    return "\n".join(joined(part) for part in cell_paragraphs(lines, width=width))


def _append(above: list[_Printed], below: list[_Printed]) -> None:
    """Add the next page's rows: without the repeated header, its cut row made whole."""
    if not above:
        above += below
        return
    below = below[_repeated(above, below) :]
    if below and _is_rest(above, below[0]):
        _join(above[-1], below.pop(0))
    _carry_down(above, below)
    above += below


def _repeated(above: list[_Printed], below: list[_Printed]) -> int:
    """How many rows at the page's top are the header again."""
    pairs = zip(above[:_LONGEST_HEADER], below, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].reads_as(pair[1]), pairs))


def _is_rest(above: list[_Printed], first: _Printed) -> bool:
    """Whether a page's first row is the rest of the row that the page break cut."""
    last = above[-1]
    if all(first.cells) or (first.cells[0] and last.cells[0]):
        return False
    grown = [(one, more) for one, more in zip(last.cells, first.cells, strict=True) if more]
    if any(more[:1].islower() and one and not one.endswith(".") for one, more in grown):
        return True
    is_own_row = 0 in last.continued or not _is_numbered(above)
    return not is_own_row and all(one for one, _ in grown)


def _is_numbered(rows: list[_Printed]) -> bool:
    """Whether the first column holds running numbers, so that a row without one is no row."""
    firsts = [row.cells[0] for row in rows[-12:]]
    return sum(bool(_NUMBER.fullmatch(cell)) for cell in firsts) > len(firsts) / 2


def _mend_numbers(rows: list[_Printed]) -> None:
    """A number that was misread ("1u") between the one before and the one after it."""
    for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
        before, after = above.cells[0].rstrip("."), below.cells[0].rstrip(".")
        if before.isdecimal() and after.isdecimal() and int(after) == int(before) + 2:
            row.cells[0] = str(int(before) + 1)


def _join(last: _Printed, rest: _Printed) -> None:
    for column, more in enumerate(rest.cells):
        last.cells[column] = whole(last.cells[column], more)
    last.lines += rest.lines


def _carry_down(above: list[_Printed], below: list[_Printed]) -> None:
    """A cell merged over rows of both pages is printed on the first only: "Thứ Hai"."""
    if not below or _is_numbered(above):
        return
    carried = above[-1].cells[0]
    for row in below:
        others = [cell for cell in row.cells[1:] if cell]
        if row.cells[0] or len(others) < 2:
            return
        row.cells[0] = carried
        row.continued.add(0)
