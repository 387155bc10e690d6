"""A printed page as words at places, whether a file told them or a picture was recognised."""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import product

from tracker.importer.blocks import Box, Where

# A word cut by the line end at its hyphen ("2026-", "33/") goes on without a space.
_CUT_AT_HYPHEN = re.compile(r"[^\W_][-/]$")


@dataclass(frozen=True, slots=True)
class Word:
    """Printed letters without a space: where they stand, in points from the top left corner.

    `base` is the height of the line they stand on; `spaced` is False where the word before it
    on the line goes on without a space. `slanted` letters run up or down the page.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    spaced: bool = True
    bold: bool = False
    italic: bool = False
    confidence: float | None = None
    slanted: bool = False

    @property
    def size(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Ruling:
    """A straight printed rule, upright or level: `at` across its direction, from start to end."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Page:
    """One page: its size in points, its words and rules; `recognised` when it was a picture.

    `overprints` are marks laid over the text: watermarks, digital signatures.
    `turned` is by how many degrees it was turned to the left to be read; places are marked on
    the page as it is shown.
    """

    number: int
    width: float
    height: float
    words: Sequence[Word]
    rulings: Sequence[Ruling] = ()
    overprints: Sequence[Sequence[Word]] = ()
    recognised: bool = False
    turned: float = 0.0

    def where(self, box: Box) -> Where:
        """The place on this page's picture, as shares of its width and height."""
        left, top, right, bottom = self._as_shown(box)
        across, down = (max(side, 1.0) for side in self._size_shown)
        shares = (left / across, top / down, right / across, bottom / down)
        x0, y0, x1, y1 = (round(min(max(share, 0.0), 1.0), 4) for share in shares)
        return Where(page=self.number, box=(x0, y0, x1, y1))

    @property
    def _size_shown(self) -> tuple[float, float]:
        lies_on_side = round(self.turned / 90) % 2 == 1
        return (self.height, self.width) if lies_on_side else (self.width, self.height)

    def _as_shown(self, box: Box) -> Box:
        """The box around the same place before the page was turned about its middle."""
        if not self.turned:
            return box
        sine, cosine = math.sin(math.radians(self.turned)), math.cos(math.radians(self.turned))
        width, height = self._size_shown
        corners = product(
            (box[0] - self.width / 2, box[2] - self.width / 2),
            (box[1] - self.height / 2, box[3] - self.height / 2),
        )
        lefts, tops = zip(
            *((x * cosine - y * sine, x * sine + y * cosine) for x, y in corners), strict=True
        )
        across, down = width / 2, height / 2
        return min(lefts) + across, min(tops) + down, max(lefts) + across, max(tops) + down


@dataclass(frozen=True)
class Line:
    """Words that stand on one line, from left to right.

    `column` is 0 for text over the page's whole width, else the number of the column it is in.
    """

    page: Page = field(repr=False)
    words: tuple[Word, ...]
    column: int = 0

    @cached_property
    def text(self) -> str:
        parts = (f" {word.text}" if word.spaced else word.text for word in self.words)
        return unicodedata.normalize("NFC", "".join(parts).strip())

    @cached_property
    def box(self) -> Box:
        return around(self.words)

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def top(self) -> float:
        return self.box[1]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def bottom(self) -> float:
        return self.box[3]

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def base(self) -> float:
        return self.words[0].base

    @cached_property
    def size(self) -> float:
        """The height of its letters; the middle one, for recognised letters differ."""
        heights = sorted(word.size for word in self.words)
        return heights[len(heights) // 2]

    @cached_property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if has_letters(word.text))

    @cached_property
    def italic(self) -> bool:
        return all(word.italic for word in self.words if has_letters(word.text))


def has_letters(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def around(parts: Iterable[Word] | Iterable[Line]) -> Box:
    """The smallest box around words or lines."""
    lefts, tops, rights, bottoms = zip(
        *((one.left, one.top, one.right, one.bottom) for one in parts), strict=True
    )
    return min(lefts), min(tops), max(rights), max(bottoms)


def joined(lines: Sequence[Line]) -> str:
    """The words of a paragraph's lines, as one text."""
    return reduce(in_one, (line.text for line in lines))


def in_one(text: str, more: str) -> str:
    return f"{text}{more}" if _CUT_AT_HYPHEN.search(text) else f"{text} {more}"


def confidence_of(lines: Iterable[Line]) -> float | None:
    """How sure the recognition was, every letter counting the same; None where nothing was."""
    words = [word for line in lines for word in line.words if word.confidence is not None]
    letters = sum(len(word.text) for word in words)
    if not letters:
        return None
    sure = sum((word.confidence or 0.0) * len(word.text) for word in words)
    return round(sure / letters, 3)
