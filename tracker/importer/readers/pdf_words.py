"""What stands on a page of a PDF file: its words and its printed rules, told by pdfium."""

import ctypes
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from tracker.importer.readers.legacy_letters import encoding_of_font, from_font
from tracker.importer.readers.overprints import parted
from tracker.importer.readers.pages import Page, Ruling, Word

Point = tuple[float, float]
# From the file's own upright coordinates to the page as it is shown, from its top left corner.
Shown = Callable[[float, float], Point]

# pdfium says a hyphen at a line's end with one of these.
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xA0: " "}
# In the fonts called ABC it is the letter "ư".
_SOFT_HYPHEN = "\xad"
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_BOLD_WEIGHT = 600
_ITALIC_FLAG = 1 << 6
_OUTLINED_TOO = 2  # the render mode in which Word thickens a font that has no bold
_MOST_CHARACTERS = 100_000  # of one page; no printed page has as many
_MOST_SEGMENTS = 20_000  # of one page; more is a drawing, and no table
_SLANTED = 0.3  # the sine of twice the angle; a scan's own letters lie askew by less
_THIN = 3.0  # points; a filled strip no thicker is a rule
_SHORT = 4.0


class Font(NamedTuple):
    """What a font's name and facts say of the letters printed in it."""

    name: str
    bold: bool
    italic: bool


_PLAIN = Font("", bold=False, italic=False)


@dataclass
class _Letters:
    """The letters of a word so far."""

    text: str
    font: Font
    base: float
    left: float
    top: float
    right: float
    bottom: float
    spaced: bool
    slanted: bool


def page_of(page: pdfium.PdfPage, number: int) -> Page:
    """The words and rules of one page, at the places where a reader sees them."""
    width, height = page.get_size()
    shown = _shown(page)
    textpage = page.get_textpage()
    try:
        words = list(_words(textpage, shown))
    finally:
        textpage.close()
    upright, marks = parted(words, height=height)
    return Page(number, width, height, upright, tuple(_rulings(page, shown)), marks)


def _shown(page: pdfium.PdfPage) -> Shown:
    left, bottom, right, top = page.get_bbox()
    turned: dict[int, Shown] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turned[page.get_rotation()]


def _words(textpage: pdfium.PdfTextPage, shown: Shown) -> Iterator[Word]:
    letters: _Letters | None = None
    spaced = True
    for text, box, base, font, slanted in _characters(textpage, shown):
        if text.isspace():
            spaced = True
            continue
        if letters and not spaced and _goes_on(letters, box, base):
            _add(letters, text, box)
            continue
        if letters:
            yield _word(letters)
        apart = spaced or letters is None or abs(base - letters.base) > letters.bottom - letters.top
        letters, spaced = _Letters(text, font, base, *box, spaced=apart, slanted=slanted), False
    if letters:
        yield _word(letters)


def _goes_on(letters: _Letters, box: tuple[float, ...], base: float) -> bool:
    """Whether a letter belongs to the word; raised and lowered ones do."""
    size = letters.bottom - letters.top
    is_beside = -0.5 * size < box[0] - letters.right < 0.3 * size
    return is_beside and abs(base - letters.base) < 0.5 * size


def _add(letters: _Letters, text: str, box: tuple[float, ...]) -> None:
    letters.text += text
    letters.left, letters.right = min(letters.left, box[0]), max(letters.right, box[2])
    letters.top, letters.bottom = min(letters.top, box[1]), max(letters.bottom, box[3])


def _word(letters: _Letters) -> Word:
    text = letters.text
    if encoding_of_font(letters.font.name):
        text = from_font(text, letters.font.name)
    return Word(
        unicodedata.normalize("NFC", text.replace(_SOFT_HYPHEN, "-")),
        letters.left,
        letters.top,
        letters.right,
        letters.bottom,
        letters.base,
        spaced=letters.spaced,
        bold=letters.font.bold,
        italic=letters.font.italic,
        slanted=letters.slanted,
    )


def _characters(
    textpage: pdfium.PdfTextPage, shown: Shown
) -> Iterator[tuple[str, tuple[float, float, float, float], float, Font, bool]]:
    """Each character with its box, the height of its line, its font, and whether it is aslant."""
    box, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    fonts: dict[int | None, Font] = {None: _PLAIN}
    for index in range(min(textpage.count_chars(), _MOST_CHARACTERS)):
        text = _character(pdfium_c.FPDFText_GetUnicode(textpage, index))
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y)
        (x0, y0), (x1, y1) = shown(box.left, box.bottom), shown(box.right, box.top)
        place = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        slanted = abs(math.sin(2 * pdfium_c.FPDFText_GetCharAngle(textpage, index))) > _SLANTED
        yield text, place, shown(x.value, y.value)[1], _font(textpage, index, fonts), slanted


def _character(code: int) -> str:
    if code in _HYPHENS:
        return _HYPHENS[code]
    # Half a surrogate pair or a control character is no letter, and no file can store it.
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return " " if code in (0x09, 0x0A, 0x0D) else "\ufffd"
    return chr(code)


def _font(textpage: pdfium.PdfTextPage, index: int, known: dict[int | None, Font]) -> Font:
    found = pdfium_c.FPDFText_GetTextObject(textpage, index)
    address = ctypes.cast(found, ctypes.c_void_p).value
    if address not in known:
        known[address] = _font_of(found)
    return known[address]


def _font_of(found: Any) -> Font:
    font = pdfium_c.FPDFTextObj_GetFont(found)
    if not font:
        return _PLAIN
    buffer = ctypes.create_string_buffer(200)
    pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
    is_thickened = pdfium_c.FPDFTextObj_GetTextRenderMode(found) == _OUTLINED_TOO
    is_heavy = pdfium_c.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    is_slanted = pdfium_c.FPDFFont_GetFlags(font) & _ITALIC_FLAG
    return Font(
        name,
        bold=bool(_BOLD.search(name)) or is_heavy or is_thickened,
        italic=bool(_ITALIC.search(name)) or bool(is_slanted),
    )


def _rulings(page: pdfium.PdfPage, shown: Shown) -> Iterator[Ruling]:
    left = _MOST_SEGMENTS
    for found in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=5):
        left -= max(pdfium_c.FPDFPath_CountSegments(found), 1)
        if left < 0:
            return
        yield from _rules_of(found, _placed(found, shown))


def _placed(found: pdfium.PdfObject, shown: Shown) -> Shown:
    """From the path's own coordinates, through the forms that hold it, to the shown page."""
    matrix, holder = found.get_matrix(), found.container
    while holder is not None:
        matrix, holder = matrix.multiply(holder.get_matrix()), holder.container

    def placed(x: float, y: float) -> Point:
        return shown(*matrix.on_point(x, y))

    return placed


def _rules_of(found: pdfium.PdfObject, placed: Shown) -> Iterator[Ruling]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(found, fill, stroke)
    for corners in _strokes(found, placed):
        yield from _edges(corners) if stroke.value else _strip(corners) if fill.value else ()


def _strokes(found: pdfium.PdfObject, placed: Shown) -> Iterator[list[Point]]:
    """The corners of each part of a path that is drawn without lifting the pen."""
    corners: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium_c.FPDFPath_CountSegments(found)):
        segment = pdfium_c.FPDFPath_GetPathSegment(found, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if corners and pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO:
            yield corners
            corners = []
        corners.append(placed(x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            corners.append(corners[0])
    if corners:
        yield corners


def _edges(corners: list[Point]) -> Iterator[Ruling]:
    for (x0, y0), (x1, y1) in pairwise(corners):
        if abs(x0 - x1) < 1.0 and abs(y0 - y1) > _SHORT:
            yield Ruling(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
        elif abs(y0 - y1) < 1.0 and abs(x0 - x1) > _SHORT:
            yield Ruling(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))


def _strip(corners: list[Point]) -> Iterator[Ruling]:
    """A filled strip that is thin enough to be a rule; a shaded cell is none."""
    lefts, tops = zip(*corners, strict=True)
    left, right, top, bottom = min(lefts), max(lefts), min(tops), max(tops)
    if right - left <= _THIN < bottom - top:
        yield Ruling(True, (left + right) / 2, top, bottom)
    elif bottom - top <= _THIN < right - left:
        yield Ruling(False, (top + bottom) / 2, left, right)
