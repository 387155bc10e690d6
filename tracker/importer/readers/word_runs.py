"""What is printed in one Word paragraph: its lines, without what was deleted or hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from tracker.importer.readers.decode import tidy
from tracker.importer.readers.legacy_letters import (
    Encoding,
    encoding_of_font,
    from_font,
    in_letters,
)
from tracker.importer.readers.word_package import Element, W
from tracker.importer.readers.word_styles import Look, Styles

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICES = {f"{_MARKUP}AlternateContent"}
BOX, WORD_ART = f"{W}txbxContent", f"{_VML}textpath"
# What a reader of the printed page does not see.
UNPRINTED = {
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "delText", "delInstrText", "instrText", "pPr", "rPr", "sdtPr",
        "sdtEndPr", "rt", "customXmlPr", "smartTagPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr",
    )
}  # fmt: skip
_TEXTS = {f"{W}t", f"{_MATH}t"}
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
    # In a font of TCVN3 this is the letter "ư"; elsewhere it is taken out in the end.
    f"{W}softHyphen": "\u00ad",
    f"{W}cr": "\n",
}
_BREAKS_OF_PAGES = {"page", "column"}
# The signs of the font Symbol that carry meaning; any other sign of a symbol font is a bullet.
_SYMBOLS = {0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xAE: "→"}
_PRIVATE = range(0xF000, 0xF100)
_PLAIN = {code: _SYMBOLS.get(code & 0xFF, "•") for code in _PRIVATE} | {0x0A: " ", 0x0D: " "}


@dataclass(frozen=True)
class _Piece:
    """Some printed characters and how they look."""

    text: str
    look: Look


@dataclass(frozen=True)
class Line:
    """One printed line of a paragraph; `raw` is as it stands, `text` with single spaces."""

    raw: str
    bold: bool = False
    italic: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.raw.split())


@dataclass
class Printed:
    """A paragraph as printed: its lines, and the boxes that hang on it."""

    lines: list[Line] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    art: list[str] = field(default_factory=list)


class Typesetter:
    """Sets paragraphs as the reader of the page sees them, in Unicode letters.

    `letters` is the old encoding of the whole document, when its fonts do not tell;
    `converted` collects the names of the encodings that were met.
    """

    def __init__(self, styles: Styles, letters: Encoding | None) -> None:
        self._styles = styles
        self._letters = letters
        self.converted: dict[str, None] = {}

    def printed(self, paragraphs: list[Element]) -> Printed:
        """The lines of a paragraph; one whose end was deleted goes on in the next."""
        walk = _Walk(self._styles)
        pieces = [piece for one in paragraphs for piece in walk.pieces(one)]
        lines = [self._line(row) for row in _rows(pieces)]
        return Printed(lines, walk.boxes, walk.art)

    def _line(self, pieces: list[_Piece]) -> Line:
        runs = groupby(pieces, key=lambda piece: (piece.look.font, piece.look.capitals))
        raw = "".join(
            self._letters_of("".join(piece.text for piece in run), font, capitals=capitals)
            for (font, capitals), run in runs
        )
        # What a font has told is Unicode by now, and must not be read as old letters again.
        if self._letters and not any(encoding_of_font(piece.look.font) for piece in pieces):
            raw = self._noted(raw, in_letters(raw, self._letters), self._letters)
        seen = [piece.look for piece in pieces if piece.text.strip(" .:;,")]
        bold = bool(seen) and all(look.bold for look in seen)
        return Line(tidy(raw), bold, bool(seen) and all(look.italic for look in seen))

    def _letters_of(self, text: str, font: str, *, capitals: bool) -> str:
        encoding = encoding_of_font(font)
        if encoding:
            text = self._noted(text, from_font(text, font), encoding)
        return text.upper() if capitals else text

    def _noted(self, before: str, after: str, encoding: Encoding) -> str:
        if after != before:
            self.converted[encoding.name] = None
        return after


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    rows: list[list[_Piece]] = [[]]
    for piece in pieces:
        first, *more = piece.text.split("\n")
        rows[-1].append(_Piece(first, piece.look))
        rows += [[_Piece(text, piece.look)] for text in more]
    return rows


class _Walk:
    """A walk through one paragraph; of each field only the result is printed."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []
        self.boxes: list[Element] = []
        self.art: list[str] = []

    def pieces(self, paragraph: Element) -> Iterator[_Piece]:
        plain = self._styles.look(paragraph, None)
        yield from self._below(paragraph, paragraph, plain)

    def _below(self, parent: Element, paragraph: Element, look: Look) -> Iterator[_Piece]:
        for element in children(parent):
            if element.tag == BOX:
                self.boxes.append(element)
            elif element.tag == WORD_ART:
                self.art.append(element.get("string", ""))
            elif element.tag == f"{W}fldChar":
                self._field(element.get(f"{W}fldCharType", ""))
            elif element.tag == f"{W}sym":
                yield from self._shown(_symbol(element, look))
            elif (text := _text(element)) is not None:
                yield from self._shown(_Piece(text, look))
            else:
                is_run = element.tag == f"{W}r"
                own = self._styles.look(paragraph, element) if is_run else look
                yield from self._below(element, paragraph, own)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shown(self, piece: _Piece) -> Iterator[_Piece]:
        if all(self._fields) and not piece.look.hidden:
            yield piece


def children(parent: Element) -> Iterator[Element]:
    """What is printed below an element; of alternatives for other programs, only the first."""
    for element in parent:
        if element.tag in _CHOICES:
            yield from children(element[0]) if len(element) else ()
        elif element.tag not in UNPRINTED:
            yield element


def _text(element: Element) -> str | None:
    if element.tag in _TEXTS:
        return (element.text or "").translate(_PLAIN)
    if element.tag == f"{W}br":
        return " " if element.get(f"{W}type") in _BREAKS_OF_PAGES else "\n"
    return _SIGNS.get(str(element.tag))


def _symbol(element: Element, look: Look) -> _Piece:
    """A sign chosen from a font; in the old fonts it is a letter."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        code = 0xF0B7
    font = element.get(f"{W}font", "")
    if encoding_of_font(font):
        shown = Look(look.bold, look.italic, look.hidden, look.capitals, font)
        return _Piece(chr(code & 0xFF), shown)
    is_letter = code not in _PRIVATE and 0x20 <= code < 0xD800
    return _Piece(chr(code) if is_letter else _PLAIN[0xF000 | code & 0xFF], look)
