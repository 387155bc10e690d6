"""Tables printed without upright rules: known by their header, parted by the white between."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from tracker.importer.layout.cells import is_heading_like
from tracker.importer.layout.columns import Column, column_of
from tracker.importer.readers.page_grids import Cell, Grid
from tracker.importer.readers.page_lines import OPENS_TAIL, rows_of
from tracker.importer.readers.pages import Line, Page, Word, around

# In heights of a letter; between words it is 0.3, between columns hardly less than this.
_GAP = 0.6
_FEWEST_COLUMNS, _TALLEST_HEADER = 3, 3
_FEWEST_LINES = 3
_STEPS = 60
_REACH = 0.4
# A wider distance between lines, in heights of a letter, ends the table.
_FARTHEST = 4.0


def grids_without_rules(page: Page, words: Iterable[Word], *, above: Grid | None) -> list[Grid]:
    """The tables under headers of known words, and the rest of the one from the page above."""
    lines = [Line(page, tuple(row)) for row in rows_of(words)]
    place, grids = 0, []
    if above and lines and not _header_at(lines, 0):
        body = _body(lines, above.columns)
        grids = [_grid(page, [], body, above.columns)] if len(body) >= _FEWEST_LINES else []
        place = len(body) if grids else 0
    while place < len(lines):
        header = _header_at(lines, place)
        if header is None:
            place += 1
            continue
        is_same = above and len(above.columns) == len(header.names) + 1
        columns = (
            above.columns if above and is_same else _columns(header, lines[place + header.height :])
        )
        body = _body(lines[place + header.height :], columns)
        if len(body) >= _FEWEST_LINES:
            grids.append(_grid(page, lines[place : place + header.height], body, columns))
        place += header.height + len(body)
    return grids


@dataclass
class _Name:
    """The words that head one column, perhaps on several lines."""

    left: float
    right: float
    text: str

    @property
    def column(self) -> Column | None:
        return column_of(self.text)


@dataclass
class _Header:
    names: list[_Name]
    height: int


def _header_at(lines: Sequence[Line], place: int) -> _Header | None:
    """The header that begins with a line: every column named, one of them the content's."""
    if len(list(_pieces(lines[place]))) < _FEWEST_COLUMNS - 1:
        return None
    for height in range(min(_TALLEST_HEADER, len(lines) - place), 0, -1):
        names = _names(lines[place : place + height])
        columns = [name.column for name in names]
        if len(names) >= _FEWEST_COLUMNS and None not in columns and Column.CONTENT in columns:
            return _Header(names, height)
    return None


def _names(lines: Sequence[Line]) -> list[_Name]:
    names: list[_Name] = []
    for left, right, text in (piece for line in lines for piece in _pieces(line)):
        over = next((one for one in names if left < one.right and one.left < right), None)
        if over:
            over.left, over.right = min(over.left, left), max(over.right, right)
            over.text = f"{over.text} {text}"
        else:
            names.append(_Name(left, right, text))
    return sorted(names, key=lambda name: name.left)


def _pieces(line: Line) -> Iterator[tuple[float, float, str]]:
    """The parts of a line between gaps wider than a space: where they are, what they say."""
    part: list[Word] = []
    for word in (*line.words, None):
        if part and (word is None or word.left - part[-1].right > _GAP * line.size):
            yield part[0].left, part[-1].right, " ".join(one.text for one in part)
            part = []
        if word:
            part.append(word)


def _columns(header: _Header, below: Sequence[Line]) -> tuple[float, ...]:
    """Where the columns part: between two names, at the white that the fewest lines cross."""
    inside = takewhile(lambda line: not OPENS_TAIL.match(line.text), below)
    spans = [(left, right) for line in inside for left, right, _ in _pieces(line)]
    names = header.names
    parts = [_white(one, other, spans) for one, other in pairwise(names)]
    left = min([names[0].left, *(span[0] for span in spans)])
    right = max([names[-1].right, *(span[1] for span in spans)])
    return (left - 1, *parts, right + 1)


def _white(one: _Name, other: _Name, spans: list[tuple[float, float]]) -> float:
    start, end = (one.left + one.right) / 2, (other.left + other.right) / 2
    places = [start + (end - start) * step / _STEPS for step in range(_STEPS)]
    crossed = [sum(left < at < right for left, right in spans) for at in places]
    runs = [list(run) for _, run in groupby(range(_STEPS), key=lambda step: crossed[step])]
    widest = max(runs, key=lambda run: (-crossed[run[0]], len(run)))
    return places[widest[len(widest) // 2]]


def _body(lines: Sequence[Line], columns: tuple[float, ...]) -> list[Line]:
    """The lines that stand in the columns, with the headings between, up to the first other."""
    body: list[Line] = []
    for line in takewhile(lambda line: _belongs(line, columns), lines):
        if body and line.top - body[-1].bottom > _FARTHEST * line.size:
            break
        body.append(line)
    return body


def _belongs(line: Line, columns: tuple[float, ...]) -> bool:
    if OPENS_TAIL.match(line.text):
        return False
    return not _crosses(line, columns) or line.bold or is_heading_like(line.text)


def _crosses(line: Line, columns: tuple[float, ...]) -> bool:
    """Whether a line runs over columns; a word may just reach into the next one."""
    slack = _REACH * line.size
    covered = (
        word.left + slack < at < word.right - slack for word in line.words for at in columns[1:-1]
    )
    over = sum(left < at < right for left, right, _ in _pieces(line) for at in columns[1:-1])
    return over > 1 or any(covered) or (over > 0 and line.bold)


def _grid(
    page: Page, header: Sequence[Line], body: Sequence[Line], columns: tuple[float, ...]
) -> Grid:
    rows = [list(header)] if header else []
    for line in body:
        if line is body[0] or _opens_row(rows[-1], line, columns):
            rows.append([])
        rows[-1].append(line)
    heights = [around(row) for row in rows]
    between = [(above[3] + below[1]) / 2 for above, below in pairwise(heights)]
    edges = (heights[0][1] - 1, *between, heights[-1][3] + 1)
    cells = [
        cell
        for at, row in enumerate(rows)
        for cell in _cells(at, row, columns=columns, edges=edges)
    ]
    return Grid(page, columns, edges, tuple(cells), is_ruled=False)


def _opens_row(above: Sequence[Line], line: Line, columns: tuple[float, ...]) -> bool:
    """A number begins a row, and so does a heading, which fills one."""
    has_number = line.words[0].right < columns[1]
    return has_number or _crosses(line, columns) or any(_crosses(one, columns) for one in above)


def _cells(
    at: int, row: Sequence[Line], *, columns: tuple[float, ...], edges: tuple[float, ...]
) -> Iterator[Cell]:
    """A cell for each column; a heading's words have all the columns that they reach over."""
    last = len(columns) - 2
    if any(_crosses(line, columns) for line in row):
        own = 1 if row[0].words[0].right < columns[1] else 0
        yield from (Cell(at, at, 0, 0, (columns[0], edges[at], columns[1], edges[at + 1])),)[:own]
        yield Cell(at, at, own, last, (columns[own], edges[at], columns[-1], edges[at + 1]))
        return
    for column in range(last + 1):
        box = columns[column], edges[at], columns[column + 1], edges[at + 1]
        yield Cell(at, at, column, column, box)
