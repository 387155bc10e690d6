"""Printed lines become paragraphs again, across lines and pages; no two items are glued."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tracker.importer.layout.numbering import Label, Style, label_of
from tracker.importer.readers.pages import Line, in_one, joined

# "số 33/KH-UBND", its number first on the next line, is no item 33.
_REFERENCE = re.compile(r"\d{1,4}[/-](?:\d{4}/)?[A-ZĐ]{2}")
# The title stands below it, in capitals as well.
_ANNEX = re.compile(r"PHỤ LỤC(?: SỐ)?(?: (?:\d{1,2}|[IVX]{1,4}|[A-Z]))?")
_TERMINAL = tuple(".:;!?…")
_CLOSING = tuple(')”"»')
_SPACE = 0.3  # the width of a space, in heights of a letter
_INDENT = 0.6  # a smaller shift is no indentation
_DEEPEST_INDENT = 0.3  # of the column's width; what stands deeper is no first line of a paragraph
_FEW = 12
_DEEPEST_HANG = 4.0
_WIDER = 1.22  # a larger distance than the usual between lines parts two paragraphs
_OTHER_SIZE = 0.15
# A line that ends with one of these has more to say.
_JOINING = frozenset({"và", "với", "của", "cho", "về", "các", "những", "theo", "tại", "là", "do"})
# In a cell of a schedule each of these has a line of its own.
_NAMED_FACT = re.compile(
    r"(?:Địa điểm|Chủ trì|Chủ t(?:ọa|oạ)|Thành phần|Thời gian|Nội dung|Phối hợp|Tham dự|Chuẩn bị)"
    r"[^:;.]{0,20}:"
)
# Units listed below one another in a cell are not one name.
_UNITS = frozenset({"Sở", "UBND", "Ban", "Công", "Phòng", "Văn", "Cục", "Chi", "Thanh", "Đảng"})


@dataclass(frozen=True)
class Margins:
    """A column of text: from where to where, whether its lines are stretched, how they follow."""

    left: float
    right: float
    stretched: bool
    pitch: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def is_centred(self, line: Line) -> bool:
        before, after = line.left - self.left, self.right - line.right
        return before > 2 * line.size and abs(before - after) < 2 * line.size


# By page and column.
AllMargins = dict[tuple[int, int], Margins]


@dataclass
class Passage:
    """The lines of one paragraph; `continues` when it goes on after a printed line break."""

    lines: list[Line]
    continues: bool = False


def paragraphs_of(lines: Sequence[Line], margins: AllMargins) -> list[Passage]:
    """The paragraphs of running text, each with its lines."""
    found: list[Passage] = []
    for line in lines:
        above = _Above(found[-1].lines, margins) if found else None
        if above and above.goes_on_in(line):
            found[-1].lines.append(line)
        else:
            found.append(Passage([line], continues=bool(above and above.is_broken_off(line))))
    return found


def cell_paragraphs(lines: Sequence[Line], *, width: float) -> list[list[Line]]:
    """The paragraphs in a cell of that inner width; a narrow column breaks every phrase."""
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on_in_cell(found[-1], line, width=width):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _goes_on_in_cell(paragraph: list[Line], line: Line, *, width: float) -> bool:
    above = paragraph[-1]
    is_full = _is_full(above, line, width=width)
    if _NAMED_FACT.match(line.text):
        return False
    if opens_phrase(above.text):
        return True
    if label_of(line.text)[0]:
        return is_full and not _is_closed(above) and not _is_dash(line)
    if _is_unit(paragraph[0]) and _is_unit(line):
        return False
    return is_full or (not line.text[:1].isupper() and not _is_closed(above))


def whole(cell: str, more: str) -> str:
    """The text of a cell that a page break cut in two."""
    above = cell.rpartition("\n")[2]
    if not cell or not more:
        return cell or more
    is_unit = above.split()[0] in _UNITS and more.split(maxsplit=1)[0] in _UNITS
    if above.endswith(_TERMINAL) or (is_unit and not opens_phrase(above)):
        return f"{cell}\n{more}"
    return in_one(cell, more)


def column_texts(lines: Sequence[Line]) -> list[str]:
    """The lines of a letterhead or of Nơi nhận, each wrapped one whole again."""
    width = max(line.width for line in lines)
    is_list = sum(label_of(line.text)[0] is not None for line in lines) > len(lines) / 3
    found: list[list[Line]] = []
    for line in lines:
        if found and _is_wrapped(found[-1][-1], line, width=width, is_list=is_list):
            found[-1].append(line)
        else:
            found.append([line])
    return [joined(part) for part in found]


def _is_wrapped(above: Line, line: Line, *, width: float, is_list: bool) -> bool:
    if label_of(line.text)[0] or not _is_full(above, line, width=width):
        return False
    is_open = not _is_closed(above) and not line.text[:1].isupper()
    return is_open or (is_list and label_of(above.text)[0] is not None)


def _is_full(above: Line, line: Line, *, width: float) -> bool:
    return above.width + _SPACE * above.size + line.words[0].width > width


def opens_phrase(text: str) -> bool:
    """Whether more must follow: after a comma, after "và"."""
    return text.endswith(",") or text.rsplit(maxsplit=1)[-1].lower() in _JOINING


def _is_unit(line: Line) -> bool:
    return line.words[0].text in _UNITS


def _is_dash(line: Line) -> bool:
    label, words = label_of(line.text)
    return label is not None and label.style is Style.BULLET and not words[:1].islower()


def margins_of(lines: Sequence[Line]) -> AllMargins:
    """The margins of every column of every page."""
    columns: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        columns.setdefault((line.page.number, line.column), []).append(line)
    pitch = _pitch(lines)
    whole = {shape: _margins(some, pitch) for shape, some in _by_shape(lines).items()}
    return {
        key: _margins(some, pitch) if _is_shifted(some) else whole[_shape(some[0])]
        for key, some in columns.items()
    }


def _is_shifted(lines: list[Line]) -> bool:
    """A scanner shifts each page a little; a page of few lines cannot tell by how much."""
    return lines[0].page.recognised and len(lines) >= _FEW


def _shape(line: Line) -> tuple[int, int, int]:
    """What pages with the same margins have in common."""
    return round(line.page.width), round(line.page.height), line.column


def _by_shape(lines: Sequence[Line]) -> dict[tuple[int, int, int], list[Line]]:
    shapes: dict[tuple[int, int, int], list[Line]] = {}
    for line in lines:
        shapes.setdefault(_shape(line), []).append(line)
    return shapes


def _margins(lines: Sequence[Line], pitch: float) -> Margins:
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    size = median(line.size for line in lines)
    left = _crowded(lefts, size)
    right = _crowded(rights[::-1], size)
    if len(lines) < _FEW and lines[0].column == 0:
        # Short lines alone do not reach the margin, which is hardly wider than the left one.
        right = max(right, lines[0].page.width - left)
    full = sum(abs(line.right - right) < 0.4 * size for line in lines)
    return Margins(left, right, stretched=full > 0.45 * len(lines), pitch=pitch)


def _crowded(edges: list[float], size: float) -> float:
    """The outermost edge at which several lines begin or end; a lone one juts out."""
    needed = max(len(edges) // 12, 1)
    for place, edge in enumerate(edges):
        near = sum(abs(other - edge) < 0.4 * size for other in edges[place : place + needed + 1])
        if near > needed:
            return edge
    return edges[0]


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line."""
    steps = [
        below.base - above.base
        for above, below in pairwise(lines)
        if above.page is below.page and 0 < below.base - above.base < 3 * above.size
    ]
    # Wider steps part paragraphs, so the usual one is among the narrower half.
    return sorted(steps)[len(steps) * 2 // 5] if steps else 0.0


class _Above:
    """The paragraph so far, asked whether the next line belongs to it."""

    def __init__(self, lines: list[Line], margins: AllMargins) -> None:
        self._lines = lines
        self._last = lines[-1]
        self._margins = margins
        self._here = self._margins_at(self._last)

    def _margins_at(self, line: Line) -> Margins:
        return self._margins[line.page.number, line.column]

    def goes_on_in(self, line: Line) -> bool:
        if self._is_other_size(line) or self._is_far(line) or _ANNEX.fullmatch(self._last.text):
            return False
        label, words = label_of(line.text)
        if label and not (_REFERENCE.match(line.text) and not _is_closed(self._last)):
            return self._has_inside(line, label, words)
        if self._is_heading_with(line):
            return True
        if self._ends_early(line):
            return False
        if self._last.bold != line.bold and (_is_closed(self._last) or self._last.text.isupper()):
            return False
        return self._stands_below(line)

    def is_broken_off(self, line: Line) -> bool:
        """Whether a line was ended by hand in mid-sentence."""
        return line.text[:1].islower() and not _is_closed(self._last) and not self._is_far(line)

    def _is_other_size(self, line: Line) -> bool:
        if line.page.recognised:
            return False
        return abs(line.size - self._last.size) > _OTHER_SIZE * self._last.size + 1.0

    def _is_far(self, line: Line) -> bool:
        if line.page is not self._last.page or line.column != self._last.column:
            return False
        usual = self._here.pitch
        if len(self._lines) > 1 and self._lines[-2].page is line.page:
            usual = max(usual, self._last.base - self._lines[-2].base)
        return line.base - self._last.base > _WIDER * usual

    def _is_heading_with(self, line: Line) -> bool:
        """A heading in capitals, or in the middle of the page, over several lines."""
        if _is_closed(self._last) or self._last.bold != line.bold:
            return False
        if self._last.text.isupper() and line.text.isupper():
            return True
        centred = self._here.is_centred(self._last) and self._margins_at(line).is_centred(line)
        return centred and (line.text[:1].islower() or not self._has_room(line))

    def _has_room(self, line: Line) -> bool:
        """Whether the next line's first word would have fitted on the last line."""
        needed = _SPACE * self._last.size + line.words[0].width
        return self._last.width + needed < self._here.width

    def _ends_early(self, line: Line) -> bool:
        """Whether the last line was ended on purpose rather than by the margin."""
        room = self._here.right - self._last.right
        would_fit = room > (_SPACE + 0.1) * self._last.size + line.words[0].width
        if self._here.stretched and _is_closed(self._last):
            return room > 0.5 * self._last.size
        return would_fit

    def _stands_below(self, line: Line) -> bool:
        """Whether the line starts where the paragraph's next line would."""
        shift = self._start(line) - self._start(self._last)
        slack = _INDENT * line.size
        if len(self._lines) > 1:
            return abs(shift) < slack
        if shift < -slack:
            return -shift < _DEEPEST_INDENT * self._here.width
        if shift < slack:
            # Two first lines below each other are two paragraphs.
            ended = self._last.text.endswith((*_TERMINAL, *_CLOSING))
            return self._start(self._last) < slack or not ended
        return self._hangs(line)

    def _start(self, line: Line) -> float:
        return line.left - self._margins_at(line).left

    def _hangs(self, line: Line) -> bool:
        """Whether all lines but a paragraph's first are set in."""
        is_labelled = label_of(self._last.text)[0] is not None
        may_go_on = is_labelled or not _is_closed(self._last) or line.text[:1].islower()
        return may_go_on and line.left - self._last.left < _DEEPEST_HANG * line.size

    def _has_inside(self, line: Line, label: Label, words: str) -> bool:
        """Whether what looks like a number or dash is in the middle of a sentence.

        It is when the line above is full and open, and the line is not where items start.
        """
        if self._ends_early(line) or _is_closed(self._last) or not self._stands_below(line):
            return False
        if label.style is Style.BULLET:
            is_span = words[:1].isdigit() and self._last.text[-1:].isdigit()
            return words[:1].islower() or is_span
        is_indented = self._start(self._lines[0]) > _INDENT * line.size
        return is_indented and abs(self._start(line)) < _INDENT * line.size


def _is_closed(line: Line) -> bool:
    return line.text.endswith(_TERMINAL)
