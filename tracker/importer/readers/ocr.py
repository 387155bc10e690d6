"""Recognises the words on a picture of a page, in Vietnamese, with how sure it is of each."""

import importlib
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType
from typing import Any

from PIL import Image, ImageDraw

from tracker import paths
from tracker.importer.blocks import Box
from tracker.importer.readers.misread import mended
from tracker.importer.readers.page_grids import grids_of
from tracker.importer.readers.pages import Page, Word, has_letters
from tracker.importer.readers.scans import DPI, cleaned, is_blank, unruled
from tracker.importer.readers.strokes import as_printed

PAGE_LIMIT = 60
_POINTS = 72 / DPI
_SURE = 0.6
_SENSIBLE = 0.65
_FEWEST_LETTERS = 3
_FRACTION = "\u2044"  # it reads the stroke of a date so, now and then
_INSIDE = 4  # pixels kept from a cell's rules, which would be read as letters


class Recogniser:
    """Tesseract with its Vietnamese model, loaded once for all pages of a file."""

    def __init__(self, engine: ModuleType, api: Any) -> None:
        self._engine, self._api = engine, api
        self._shown = Image.new("L", (1, 1))

    def page(self, picture: Image.Image, number: int) -> Page:
        """The words and rules of a page whose picture is at 200 dpi.

        Landscape tables are often scanned sideways; what is read then makes no sense.
        """
        page = self._read(picture, number)
        if _sureness(page) > _SENSIBLE:
            return page
        turned = [self._turned(picture, number, degrees) for degrees in (90, 180, 270)]
        return max(page, *turned, key=_sureness)

    def _turned(self, picture: Image.Image, number: int, degrees: int) -> Page:
        turned = picture.rotate(degrees, expand=True)
        page = self._read(turned, number)
        return replace(page, turned=page.turned + degrees)

    def _read(self, picture: Image.Image, number: int) -> Page:
        upright, angle = cleaned(picture)
        grey, rulings = unruled(upright, scale=_POINTS)
        width, height = grey.width * _POINTS, grey.height * _POINTS
        ruled = Page(number, width, height, (), rulings)
        cells = [cell.box for grid in grids_of(ruled) for cell in grid.cells]
        words = [*self._outside(grey, cells), *self._inside(grey, cells)]
        return Page(number, width, height, words, rulings, recognised=True, turned=angle)

    def _outside(self, grey: Image.Image, cells: list[Box]) -> list[Word]:
        """The words around the tables, which are painted over."""
        free = grey.copy()
        for box in cells:
            ImageDraw.Draw(free).rectangle(_pixels(box, margin=-_INSIDE), fill=255)
        if is_blank(free):
            return []
        self._api.SetPageSegMode(self._engine.PSM.AUTO)
        self._show(free)
        words = self._words()
        return [*words, *self._left_out(free, words)]

    def _left_out(self, free: Image.Image, words: list[Word]) -> list[Word]:
        """Lines that were passed over, mostly short ones beside each other; stamps are not.

        What has been read is painted over in the picture.
        """
        for word in words:
            box = (word.left, word.top, word.right, word.bottom)
            ImageDraw.Draw(free).rectangle(_pixels(box, margin=-_INSIDE), fill=255)
        if is_blank(free):
            return []
        self._api.SetPageSegMode(self._engine.PSM.SPARSE_TEXT)
        self._show(free)
        return [word for line in self._lines() if _surely(line) > _SURE for word in line]

    def _inside(self, grey: Image.Image, cells: list[Box]) -> Iterator[Word]:
        """The words of each cell by itself: lines never run over into the next column."""
        if not cells:
            return
        self._api.SetPageSegMode(self._engine.PSM.SINGLE_BLOCK)
        self._show(grey)
        for box in cells:
            left, top, right, bottom = _pixels(box, margin=_INSIDE)
            is_open = right - left > 8 and bottom - top > 8
            if is_open and not is_blank(grey.crop((left, top, right, bottom))):
                self._api.SetRectangle(left, top, right - left, bottom - top)
                yield from self._words() or self._lone_word()

    def _lone_word(self) -> list[Word]:
        """A cell's only number or letter, which is not seen as a block of text."""
        self._api.SetPageSegMode(self._engine.PSM.SINGLE_LINE)
        words = self._words()
        self._api.SetPageSegMode(self._engine.PSM.SINGLE_BLOCK)
        return words

    def _show(self, picture: Image.Image) -> None:
        self._shown = picture
        self._api.SetImage(picture)
        self._api.SetSourceResolution(DPI)

    def _words(self) -> list[Word]:
        return [word for line in self._lines() for word in line]

    def _lines(self) -> Iterator[list[Word]]:
        self._api.Recognize()
        found = self._api.GetIterator()
        if found is None:
            return
        line: list[Word] = []
        word_level, line_level = self._engine.RIL.WORD, self._engine.RIL.TEXTLINE
        for one in self._engine.iterate_level(found, word_level):
            if one.IsAtBeginningOf(line_level):
                yield _with_letters(line)
                line = []
            line += self._word(one)
        yield _with_letters(line)

    def _word(self, one: Any) -> Iterable[Word]:
        word_level, line_level = self._engine.RIL.WORD, self._engine.RIL.TEXTLINE
        if one.Empty(word_level):
            return []
        text = unicodedata.normalize("NFC", one.GetUTF8Text(word_level)).strip()
        text = text.replace(_FRACTION, "/")
        left, highest, right, lowest = one.BoundingBox(word_level)
        text = as_printed(text, self._shown.crop((left, highest, right, lowest)))
        _, top, _, bottom = one.BoundingBox(line_level)
        (_, base), (_, other_base) = one.Baseline(line_level)
        pixels = (left, top, right, bottom, (base + other_base) / 2)
        x0, y0, x1, y1, base = (place * _POINTS for place in pixels)
        sure = min(max(one.Confidence(word_level) / 100, 0.0), 1.0)
        return [Word(text, x0, y0, x1, y1, base, confidence=sure)] if text else []


def _sureness(page: Page) -> float:
    """How sure it was of the page's letters; not at all when they stand on top of each other."""
    if sum(len(word.text) for word in page.words) < _FEWEST_LETTERS:
        return 0.0
    if sum(word.width for word in page.words) < sum(word.size for word in page.words):
        return 0.0
    return _surely(page.words)


def _surely(words: Sequence[Word]) -> float:
    """How sure it was of these words, every letter counting the same."""
    letters = sum(len(word.text) for word in words)
    return sum((word.confidence or 0.0) * len(word.text) for word in words) / max(letters, 1)


def _with_letters(line: list[Word]) -> list[Word]:
    """A line without any letter or digit is a rule, a stain or part of a stamp."""
    return mended(line) if any(has_letters(word.text) for word in line) else []


def _pixels(box: Box, *, margin: int) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(side / _POINTS) for side in box)
    return max(left + margin, 0), max(top + margin, 0), right - margin, bottom - margin


@contextmanager
def recogniser() -> Iterator[Recogniser]:
    """The engine, loaded when the first picture needs it and let go after the last."""
    # Two threads of it are eight times slower than one; it looks when it is loaded.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    engine = importlib.import_module("tesserocr")
    model = str(paths.DATA / "tessdata")
    with engine.PyTessBaseAPI(path=model, lang="vie", oem=engine.OEM.LSTM_ONLY) as api:
        yield Recogniser(engine, api)
