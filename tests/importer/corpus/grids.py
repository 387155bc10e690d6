"""The cells of a ruled table with the neighbours that are merged into them."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.importer.corpus.notation import Grid

ABOVE, LEFT = "^", "<"


class Cell(NamedTuple):
    """A printed cell: where it begins, over how many rows and columns it goes, what it says."""

    row: int
    column: int
    down: int
    across: int
    text: str


def cells(grid: Grid) -> Iterator[Cell]:
    for row, texts in enumerate(grid.rows):
        begun = [column for column, text in enumerate(texts) if text not in {ABOVE, LEFT}]
        yield from (_cell(grid, row, column) for column in begun)


def _cell(grid: Grid, row: int, column: int) -> Cell:
    texts = grid.rows[row]
    return Cell(row, column, _down(grid, row, column), _across(texts, column), texts[column])


def _down(grid: Grid, row: int, column: int) -> int:
    below = [texts[column] for texts in grid.rows[row + 1 :]]
    return 1 + _leading(below, ABOVE)


def _across(texts: tuple[str, ...], column: int) -> int:
    return 1 + _leading(texts[column + 1 :], LEFT)


def _leading(texts: list[str] | tuple[str, ...], mark: str) -> int:
    return next((at for at, text in enumerate(texts) if text != mark), len(texts))
