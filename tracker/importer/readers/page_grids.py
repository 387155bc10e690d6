"""Printed rules become the cells of a table, in a file and on a scan alike."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product, takewhile
from operator import not_

from tracker.importer.blocks import Box
from tracker.importer.readers.pages import Page, Ruling, Word

_NEAR = 3.0  # points between rules that are meant to meet or to be one
_MOST_RULES = 600  # on a page; more is a drawing


@dataclass(frozen=True)
class Cell:
    """A printed cell: the rows and columns it covers, the last ones included, and its box."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    box: Box


@dataclass(frozen=True)
class Grid:
    """A ruled table on one page: where its columns and rows part, and its cells."""

    page: Page
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[Cell, ...]
    is_ruled: bool = True

    @property
    def box(self) -> Box:
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    @property
    def top(self) -> float:
        return self.rows[0]

    def holds(self, word: Word) -> bool:
        left, top, right, bottom = self.box
        return left <= (word.left + word.right) / 2 <= right and top <= word.middle <= bottom


def grids_of(page: Page) -> list[Grid]:
    """The ruled tables of a page, from the top down; a frame around text is none."""
    levels, uprights = (_whole(page.rulings, upright=upright) for upright in (False, True))
    if len(levels) + len(uprights) > _MOST_RULES:
        return []
    grids = [_grid(page, rules) for rules in _meeting(levels, uprights)]
    whole = [grid for grid in grids if grid and _is_table(grid)]
    outer = [one for one in whole if not any(_is_inside(one, other) for other in whole)]
    return sorted(outer, key=lambda grid: grid.top)


def _is_table(grid: Grid) -> bool:
    per_row: dict[int, int] = {}
    for cell in grid.cells:
        for row in range(cell.first_row, cell.last_row + 1):
            per_row[row] = per_row.get(row, 0) + 1
    return max(per_row.values(), default=0) > 1


def _is_inside(one: Grid, other: Grid) -> bool:
    left, top, right, bottom = other.box
    inner = one.box
    within = left <= inner[0] and top <= inner[1] and inner[2] <= right and inner[3] <= bottom
    return one is not other and within


def _whole(rulings: Iterable[Ruling], *, upright: bool) -> list[Ruling]:
    """Rules that lie on one another or end to end, each as one."""
    whole: list[Ruling] = []
    for row in _side_by_side(one for one in rulings if one.upright is upright):
        whole += _end_to_end(row)
    return whole


def _side_by_side(rulings: Iterable[Ruling]) -> list[list[Ruling]]:
    rows: list[list[Ruling]] = []
    for rule in sorted(rulings, key=lambda one: one.at):
        if rows and rule.at - rows[-1][0].at <= _NEAR:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    return rows


def _end_to_end(row: list[Ruling]) -> list[Ruling]:
    whole: list[Ruling] = []
    for rule in sorted(row, key=lambda one: one.start):
        above = whole[-1] if whole else None
        if above and rule.start <= above.end + _NEAR:
            whole[-1] = replace(above, end=max(above.end, rule.end))
        else:
            whole.append(replace(rule, at=row[0].at))
    return whole


def _meeting(levels: list[Ruling], uprights: list[Ruling]) -> list[list[Ruling]]:
    """Groups of rules that meet one another; each group is a table or a frame."""
    groups: list[list[Ruling]] = []
    for rule in (*levels, *uprights):
        met = [group for group in groups if any(_meet(rule, other) for other in group)]
        groups = [group for group in groups if group not in met]
        groups.append([rule, *(other for group in met for other in group)])
    return [group for group in groups if len({rule.upright for rule in group}) == 2]


def _meet(one: Ruling, other: Ruling) -> bool:
    if one.upright is other.upright:
        return False
    crosses = one.start - _NEAR <= other.at <= one.end + _NEAR
    return crosses and other.start - _NEAR <= one.at <= other.end + _NEAR


def _grid(page: Page, rules: list[Ruling]) -> Grid | None:
    levels = [rule for rule in rules if not rule.upright]
    uprights = [rule for rule in rules if rule.upright]
    # A table may be open at its sides: its level rules say how far it goes.
    columns = _places([rule.at for rule in uprights], _ends(levels))
    rows = _places([rule.at for rule in levels], _ends(uprights))
    if len(columns) < 2 or len(rows) < 2:
        return None
    cells = _cells(columns, rows, _Borders(levels, uprights))
    return Grid(page, columns, rows, tuple(cells))


def _ends(rules: Sequence[Ruling]) -> list[float]:
    return [min(rule.start for rule in rules), max(rule.end for rule in rules)]


def _places(rules: list[float], ends: list[float]) -> tuple[float, ...]:
    places: list[float] = []
    for at in sorted(rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    far = [end for end in ends if all(abs(end - at) > 3 * _NEAR for at in places)]
    return tuple(sorted([*places, *far]))


class _Borders:
    """Asked whether two neighbouring places of the grid are parted by a rule."""

    def __init__(self, levels: list[Ruling], uprights: list[Ruling]) -> None:
        self._levels, self._uprights = levels, uprights

    def below(self, y: float, *, middle: float) -> bool:
        return any(_covers(rule, y, middle) for rule in self._levels)

    def beside(self, x: float, *, middle: float) -> bool:
        return any(_covers(rule, x, middle) for rule in self._uprights)


def _covers(rule: Ruling, at: float, middle: float) -> bool:
    return abs(rule.at - at) <= _NEAR and rule.start <= middle <= rule.end


def _cells(
    columns: tuple[float, ...], rows: tuple[float, ...], borders: _Borders
) -> Iterator[Cell]:
    """The cells: places of the grid with no rule between them are one."""
    taken: set[tuple[int, int]] = set()
    for row, column in product(range(len(rows) - 1), range(len(columns) - 1)):
        if (row, column) in taken:
            continue
        middle, across = _between(rows, row), _between(columns, column)
        wide = (borders.beside(x, middle=middle) for x in columns[column + 1 : -1])
        high = (borders.below(y, middle=across) for y in rows[row + 1 : -1])
        last_column = column + sum(1 for _ in takewhile(not_, wide))
        last_row = row + sum(1 for _ in takewhile(not_, high))
        taken |= set(product(range(row, last_row + 1), range(column, last_column + 1)))
        box = columns[column], rows[row], columns[last_column + 1], rows[last_row + 1]
        yield Cell(row, last_row, column, last_column, box)


def _between(places: tuple[float, ...], index: int) -> float:
    return (places[index] + places[index + 1]) / 2
