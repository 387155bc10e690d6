"""What is printed in the margins: page numbers and the lines that every page repeats."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.importer.layout.numbering import label_of
from tracker.importer.readers.pages import Line

_NUMBER = re.compile(
    r"[-–—~\s]*(?:trang|page|tr\.)?\s*(\d{1,3})\s*(?:(?:/|\||trên|of)\s*\d{1,3})?[-–—~\s]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
# Shares of the page's height; margins are 20 to 25 mm of 297, and heads may have two lines.
_MARGIN = 0.12
_SAME_HEIGHT = 0.02
_FEWEST_LETTERS = 4
_EDGE = 0.05
_PRINTED_AT = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}|\d{1,2}:\d{2}(?::\d{2})?,? \d{1,2}/\d{1,2}/\d{2,4}"
    r"|(?:file|https?)://"
)


def in_margins(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines in the margins, of the lines of each page from top to bottom."""
    edges = [list(_at_edges(lines)) for lines in pages]
    found = [*_page_numbers(edges), *_running_lines(edges), *_of_browser(edges), *_stains(edges)]
    return list({id(line): line for line in found}.values())


def _at_edges(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        height = line.page.height
        if line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height:
            yield line


def _page_numbers(edges: list[list[Line]]) -> Iterator[Line]:
    """The first or last line of a page when it is a number that goes up with the pages."""
    numbered = [
        (line, int(found[1]) - line.page.number)
        for lines in edges
        for line in {id(one): one for one in (*lines[:1], *lines[-1:])}.values()
        if (found := _NUMBER.fullmatch(line.text))
    ]
    steps = Counter(step for _, step in numbered)
    for line, step in numbered:
        # A part of a book is counted from its own first page, so any step will do.
        if step == 0 or steps[step] > 1 or len(edges) < 3:
            yield line


def _running_lines(edges: list[list[Line]]) -> Iterator[Line]:
    alike: dict[str, list[Line]] = {}
    for lines in edges:
        for line in (one for one in lines if not _NUMBER.fullmatch(one.text)):
            alike.setdefault(_DIGITS.sub("#", line.text).casefold(), []).append(line)
    for group in alike.values():
        yield from (line for line in group if _is_repeated(line, group, pages=len(edges)))


def _is_repeated(line: Line, group: list[Line], *, pages: int) -> bool:
    alike = (one for one in group if _at_same_height(one, line) and _is_same(one, line))
    repeats = {one.page.number for one in alike}
    return len(repeats) > 2 or len(repeats) == pages > 1


def _of_browser(edges: list[list[Line]]) -> Iterator[Line]:
    """The time, title and address that a browser prints at the very edge of the paper."""
    for line in (one for lines in edges for one in lines):
        height = line.page.height
        is_outermost = line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height
        if is_outermost and _PRINTED_AT.match(line.text):
            yield line


def _stains(edges: list[list[Line]]) -> Iterator[Line]:
    """Two or three letters alone in a scan's margin: a misread page number, or a stain."""
    for lines in edges:
        short = (one for one in lines if one.page.recognised and len(one.text) < _FEWEST_LETTERS)
        yield from (one for one in short if label_of(f"{one.text} a")[0] is None)


def _is_same(one: Line, other: Line) -> bool:
    """Whether two lines differ in nothing but the number of their page."""
    numbers = zip(_DIGITS.findall(one.text), _DIGITS.findall(other.text), strict=True)
    apart = one.page.number - other.page.number
    return all(first == second or int(first) - int(second) == apart for first, second in numbers)


def _at_same_height(one: Line, other: Line) -> bool:
    return abs(one.top / one.page.height - other.top / other.page.height) < _SAME_HEIGHT
