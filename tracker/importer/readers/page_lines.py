"""The words of a page become lines, and the blocks that stand side by side become columns."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tracker.importer.layout.numbering import label_of
from tracker.importer.readers.pages import Line, Page, Word, around

# All in heights of a letter. Word spaces are about 0.3, stretched ones rarely reach 1.
_GAP = 1.6
_GUTTER = 0.6
_NEXT_LINE = 2.4
_SIGNATURE = 12.0
_LABEL_LENGTH = 6
# Beside it stands the signature, even when both go on on the next page.
OPENS_TAIL = re.compile(r"Nơi nhận\b", re.IGNORECASE)
# In a stretched line all spaces are alike; between columns one is wider.
_ALIKE = 1.5
# More lines side by side than any letterhead or signature has: the page is set in columns.
_SIDE_BY_SIDE = 25


@dataclass(frozen=True)
class Columns:
    """Lines in two columns beside each other, as the letterhead and the signature stand."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.left, *self.right)

    @property
    def top(self) -> float:
        return around(self.lines)[1]

    def goes_on_in(self, line: Line) -> bool:
        """Whether a line on the next page is the rest of the left column, as of Nơi nhận."""
        left = around(self.left)
        is_there = line.right < around(self.right)[0] and abs(line.left - left[0]) < line.size
        return is_there and line.page.number == self.page.number + 1

    def goes_on_beside(self, other: "Columns") -> bool:
        """Whether Nơi nhận and the signature are cut by the end of the page."""
        is_tail = any(OPENS_TAIL.match(line.text) for line in self.left)
        return is_tail and other.page.number == self.page.number + 1

    @property
    def page(self) -> Page:
        return self.left[0].page

    def in_order(self) -> "list[Line | Columns]":
        """The block itself, or the lines of a page set in columns in the order of reading.

        Below such columns may stand Nơi nhận beside the signature.
        """
        if len(self.lines) <= _SIDE_BY_SIDE:
            return [self]
        tail = next((line for line in self.left if OPENS_TAIL.match(line.text)), None)
        end = tail.top if tail else math.inf
        left, left_below = _cut(self.left, end)
        right, right_below = _cut(self.right, end)
        text = [replace(line, column=1) for line in left]
        text += [replace(line, column=2) for line in right]
        if left_below and right_below:
            return [*text, Columns(left_below, right_below)]
        return [*text, *left_below, *right_below]


def _cut(lines: Iterable[Line], end: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines above a height and those below it; one that stands across it is below."""
    above = tuple(line for line in lines if line.bottom - line.size / 2 < end)
    return above, tuple(line for line in lines if line.bottom - line.size / 2 >= end)


Printed = Line | Columns


def printed_of(page: Page, words: Iterable[Word]) -> list[Printed]:
    """The lines of a page from top to bottom, blocks in two columns kept apart."""
    pieces = [piece for row in rows_of(words) for piece in _pieces(page, row)]
    pieces.sort(key=lambda piece: (piece.top + piece.bottom, piece.left))
    blocks = list(_all_columns(pieces))
    taken = {id(word) for block in blocks for line in block.lines for word in line.words}
    lines = lines_of(page, (word for one in pieces for word in one.words if id(word) not in taken))
    printed: list[Printed] = []
    for block in blocks:
        above = [line for line in lines if line.top < block.top]
        lines = lines[len(above) :]
        printed += [*above, *block.in_order()]
    return [*printed, *lines]


def lines_of(page: Page, words: Iterable[Word]) -> list[Line]:
    """The lines of one column or cell, from top to bottom."""
    return [Line(page, tuple(row)) for row in rows_of(words)]


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand on the same line, each row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base < 0.35 * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _pieces(page: Page, row: list[Word]) -> Iterator[Line]:
    """The parts of a row between wide gaps; a number and its tab are no part of their own."""
    if _is_stretched(row):
        yield Line(page, tuple(row))
        return
    part: list[Word] = []
    for word in row:
        if part and word.left - part[-1].right > _GAP * word.size and not _is_label(part):
            yield Line(page, tuple(part))
            part = []
        part.append(word)
    if part:
        yield Line(page, tuple(part))


def _is_stretched(row: list[Word]) -> bool:
    """Whether a line was pulled to both margins, as one ended by hand (Shift+Enter) is."""
    words = row[1:] if _is_label(row[:1]) else row
    spaces = [right.left - left.right for left, right in pairwise(words) if right.spaced]
    return len(spaces) > 1 and max(spaces) < _ALIKE * min(spaces)


def _is_label(part: Sequence[Word]) -> bool:
    text = "".join(word.text for word in part)
    return len(text) <= _LABEL_LENGTH and label_of(f"{text} a")[0] is not None


def _all_columns(pieces: list[Line]) -> Iterator[Columns]:
    """Every block in two columns, found from two pieces that stand beside each other."""
    used = 0.0
    for left, right in _beside(pieces):
        if left.top < used:
            continue
        columns = _Gutter(left, right).columns(pieces)
        if columns:
            used = max(line.bottom for line in columns.lines)
            yield columns


def _beside(pieces: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Pieces far apart on one height, the left one first."""
    for place, piece in enumerate(pieces):
        pairs = [_from_left(piece, other) for other in pieces[place + 1 : place + 6]]
        yield from (pair for pair in pairs if _are_beside(*pair))


def _from_left(one: Line, other: Line) -> tuple[Line, Line]:
    return (one, other) if one.left <= other.left else (other, one)


def _are_beside(left: Line, right: Line) -> bool:
    size = min(left.size, right.size)
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    return right.left - left.right > _GAP * size and shared > 0.4 * size


class _Gutter:
    """The white strip between two columns, which narrows as lines are added on either side."""

    def __init__(self, left: Line, right: Line) -> None:
        self._from, self._to = left.right, right.left
        self._size = min(left.size, right.size)
        self._left, self._right = [left], [right]

    def columns(self, pieces: list[Line]) -> Columns | None:
        """The lines on both sides, up to the first line that crosses the strip."""
        first = min(self._left[0].top, self._right[0].top)
        below = [one for one in pieces if one.top >= first - 1 and one not in self._all]
        above = [one for one in pieces if one.top < first - 1]
        for piece in below:
            if not self._takes(piece):
                break
        self._go_up(above)
        is_tail = any(OPENS_TAIL.match(line.text) for line in self._left)
        if len(self._left) + len(self._right) < 3 and not is_tail:
            return None
        return Columns(_sorted(self._left), _sorted(self._right))

    @property
    def _all(self) -> list[Line]:
        return [*self._left, *self._right]

    def _go_up(self, above: list[Line]) -> None:
        """The letterhead's first line may fill its half, so that the gap is narrow there."""
        for piece in reversed(above):
            halves = self._halves(piece)
            near = min(one.top for one in self._all) - piece.bottom < 1.2 * self._size
            if not (halves and near):
                return
            self._left.append(halves[0])
            self._right.append(halves[1])

    def _takes(self, piece: Line) -> bool:
        slack = _GUTTER * self._size
        may_be_left, may_be_right = (
            piece.right < self._to - slack,
            piece.left > self._from + slack,
        )
        # A part of a line, torn off by a wide space, may stand in the middle of the strip.
        is_nearer_right = self._to - piece.right < piece.left - self._from
        if may_be_right and (is_nearer_right or not may_be_left):
            return self._takes_right(piece)
        if may_be_left:
            return self._takes_left(piece)
        halves = self._halves(piece)
        return halves is not None and self._takes_left(halves[0]) and self._takes_right(halves[1])

    def _takes_left(self, piece: Line) -> bool:
        if piece.top - max(one.bottom for one in self._left) > _NEXT_LINE * self._size:
            return False
        self._from = max(self._from, piece.right)
        self._left.append(piece)
        return True

    def _takes_right(self, piece: Line) -> bool:
        far = piece.top - max(one.bottom for one in self._right)
        if far > _SIGNATURE * self._size:
            return False
        self._to = min(self._to, piece.left)
        self._right.append(piece)
        return True

    def _halves(self, piece: Line) -> tuple[Line, Line] | None:
        """The piece cut at its widest space, when that space lies over the strip."""
        spaces = [
            (right.left - left.right, place, left.right, right.left)
            for place, (left, right) in enumerate(pairwise(piece.words), start=1)
        ]
        width, place, start, end = max(spaces, default=(0.0, 0, 0.0, 0.0))
        others = sorted(space[0] for space in spaces)
        is_over = min(end, self._to) - max(start, self._from) > 0
        if not is_over or width < _GUTTER * piece.size or width < 1.6 * others[len(others) // 2]:
            return None
        first, second = piece.words[:place], piece.words[place:]
        return replace(piece, words=first), replace(piece, words=second)


def _sorted(lines: list[Line]) -> tuple[Line, ...]:
    """The lines of a column; parts of one line that stand apart are put together again."""
    words = (word for line in lines for word in line.words)
    return tuple(Line(lines[0].page, tuple(row)) for row in rows_of(words))
