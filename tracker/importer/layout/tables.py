"""A table of tasks becomes what a printed list is: headings, and under them tasks in order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tracker.domain.folding import fold
from tracker.importer.blocks import Block, Heading, Paragraph, Row, Table, Where
from tracker.importer.layout.cells import add_line, address, flowing, is_heading_like, label_in
from tracker.importer.layout.columns import Column, Header, column_of, header_at, header_of
from tracker.importer.layout.numbering import SECTION_STYLES, Label, Style, label_of
from tracker.importer.layout.schedule import is_schedule
from tracker.importer.meaning.meetings import announces_meeting

_ITEM_COLUMNS = frozenset(Column) - {Column.NUMBER, Column.CONTENT}
_OWNING = frozenset({Column.LEAD, Column.SUPPORT, Column.RESULT})
_UNITS = (Column.LEAD, Column.SUPPORT)
_REPEATED = (Column.LEAD, Column.SUPPORT, Column.DUE, Column.LEADER, Column.AUTHORITY)
_DITTO = re.compile(r"[-–—\s\"“”']*(?:nt|n/t|nhu tren)[-–—\s\"“”'.]*|[\"“”″〃]{1,2}|''")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-ZĐa-e])\)?(?:\s*=.{1,20})?")
_TOTAL = re.compile(r"(?:tong cong|tong so|tong|cong)(?: [a-z]+){0,2}\s*(?:[:(\d].*)?")
_COUNT = re.compile(r"\(?\d{1,4}\)?(?: (?:nhiem vu|viec|noi dung|de an))?")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?(?!\d)")
_HEADING_LENGTH = 250
_LONGEST_CELL = 2_000
# So many rows tell a schedule from a table of tasks, however long it is.
_TELLING = 60


@dataclass(frozen=True)
class Listed(Paragraph):
    """A task of a table: its label and content as a line, and what its other columns say."""

    columns: Mapping[Column, str] = field(default_factory=dict)
    label: Label | None = None
    words: str = ""

    def said(self, *columns: Column) -> str:
        """What the first of these columns that is not blank says."""
        return next((self.columns[one] for one in columns if self.columns.get(one)), "")


class Grouped(Heading):
    """A row that heads the rows under it: "I. LĨNH VỰC KINH TẾ", "THÁNG 02"."""


class Ruled(Paragraph):
    """A row that only holds the table together: its header, column numbers, totals."""


@dataclass
class _Line:
    """One row as it is understood: its number and content, and what its columns say.

    `own` tells whether a column says anything that is not merged with the row above; `alone`
    is the only text of a row, before or in the content column.
    """

    row: Row
    number: str
    lines: list[str]
    columns: dict[Column, str]
    own: bool
    alone: str
    raw: list[str]
    where: Where

    @property
    def content(self) -> str:
        return "\n".join(self.lines)

    @property
    def label(self) -> Label | None:
        return label_in(self.number)

    def absorb(self, other: "_Line") -> None:
        """Take in a row that only goes on with this one."""
        first, *more = other.lines or [""]
        for line in (f"{other.number} {first}".strip(), *more):
            add_line(self.lines, line)
        for column, words in other.columns.items():
            here = self.columns.get(column, "")
            if len(here) < _LONGEST_CELL and words not in here.split("\n"):
                between = "\n" if column in _UNITS else " "
                self.columns[column] = f"{here}{between}{words}".strip()
        self.raw += other.raw


def spread(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with every table of tasks laid out as headings and tasks, the others as they are.

    A table without a header goes on with the one above when it is as wide and numbered.
    """
    known: Header | None = None
    for block in blocks:
        header = _header(block, known) if isinstance(block, Table) else None
        if isinstance(block, Table) and header:
            known = replace(header, start=0, end=0)
            yield from _Tasks(block.rows, header).blocks()
        else:
            yield block


def lists_tasks(table: Table) -> bool:
    """Whether a table is one of tasks, by its header."""
    return header_of(table.rows) is not None and not lists_events(table)


def lists_events(table: Table) -> bool:
    """Whether a table is a schedule, by its first rows."""
    return is_schedule(replace(table, rows=table.rows[:_TELLING]))


def _header(table: Table, known: Header | None) -> Header | None:
    if lists_events(table):
        return None
    return header_of(table.rows) or (known if known and _fits(table, known) else None)


def _fits(table: Table, known: Header) -> bool:
    widths = {len(row.cells) for row in table.rows}
    numbers = known.of(Column.NUMBER)
    cells = (row.cells[at] for row in table.rows for at in numbers if at < len(row.cells))
    return widths == {known.width} and any(label_in(cell) for cell in cells)


class _Tasks:
    """One table of tasks, row by row."""

    def __init__(self, rows: Sequence[Row], header: Header) -> None:
        self._numbered = bool(header.of(Column.NUMBER))
        self._before_content = _left_of_content(header)
        self._top = [_ruled(row) for row in rows[: header.end]]
        self._lines = list(_lines(rows, header))
        lines = [line for line in self._lines if isinstance(line, _Line)]
        self._owned_styles = {
            line.label.style for line in lines if line.label and _OWNING & line.columns.keys()
        }

    def blocks(self) -> Iterator[Block]:
        yield from self._top
        found = list(self._sorted())
        last = max((at for at, one in enumerate(found) if isinstance(one, Listed)), default=-1)
        for at, one in enumerate(found):
            # What heads nothing at the foot of a table is a note.
            is_note = at > last and isinstance(one, Grouped) and label_of(one.text)[0] is None
            yield Ruled(one.text, one.raw, one.where) if is_note else one

    def _sorted(self) -> Iterator[Paragraph]:
        """The rows as headings and tasks; a task is given when all that goes on with it is in."""
        task: _Line | None = None
        following = [*_next_lines(self._lines), None]
        for line, below in zip_longest(self._lines, following[1:]):
            if isinstance(line, Ruled):
                yield line
                continue
            if task and self._goes_on(line, task, below):
                task.absorb(line)
                continue
            yield from [self._listed(task)] if task else []
            heads = self._heads(line, below)
            yield from [_grouped(line)] if heads else []
            task = None if heads else self._repeating(line, task)
        yield from [self._listed(task)] if task else []

    def _goes_on(self, line: _Line, task: _Line, below: _Line | None) -> bool:
        if line.label:
            return not line.own and _is_part(line.label, task.label)
        if self._heads(line, below):
            return False
        if not line.content or (self._numbered and not line.own):
            return True
        label, words = label_of(line.content)
        opens_small = (words if label and label.style is Style.BULLET else line.content)[:1]
        ends = bool(task.lines) and task.lines[-1].endswith((".", ";", ":"))
        return opens_small.islower() and not ends

    def _heads(self, line: _Line, below: _Line | None) -> bool:
        """Whether a row is a heading: its only words stand for the rows under it."""
        if line.columns and not _announces(line):
            return False
        if line.label:
            return self._label_heads(line, line.label, below)
        text = line.alone or line.content
        if not text or len(text) > _HEADING_LENGTH:
            return False
        if is_heading_like(text) or line.number:
            return True
        if not self._numbered:
            return bool(line.content) and not text[:1].islower() and label_of(text)[0] is None
        return below is not None and below.label is not None and below.label.number == 1

    def _label_heads(self, line: _Line, label: Label, below: _Line | None) -> bool:
        if label.style in SECTION_STYLES:
            return label.style not in self._owned_styles
        under = (below.label or label_of(below.content)[0]) if below else None
        if below is None or under is None or not line.content:
            return False
        if under.style is Style.DECIMAL:
            return under.name.startswith(f"{label.name}.")
        if under.style is Style.ARABIC:
            return line.content.isupper() and under.number == 1
        return label.style is Style.ARABIC and bool(_OWNING & below.columns.keys())

    def _repeating(self, line: _Line, above: _Line | None) -> _Line:
        """The row with what "nt" or a blank before the content repeats from the row above."""
        for column in _REPEATED:
            said = line.columns.get(column, "")
            is_left_blank = not said and column in self._before_content
            if is_left_blank or (said and _DITTO.fullmatch(fold(said))):
                line.columns[column] = above.columns.get(column, "") if above else ""
        return line

    def _listed(self, line: _Line) -> Listed:
        label, words = line.label, line.content
        if label is None and not self._numbered:
            label, words = label_of(line.content)
        text = f"{label.text} {words}" if label else words
        return Listed(
            text,
            "\n".join(line.raw),
            line.where,
            confidence=line.row.confidence,
            columns=line.columns,
            label=label,
            words=words,
        )


def _left_of_content(header: Header) -> frozenset[Column]:
    content = min(header.of(Column.CONTENT))
    return frozenset(named.column for at, named in header.columns.items() if at < content)


def _next_lines(lines: Sequence["_Line | Ruled"]) -> list["_Line | None"]:
    """For each row, itself or the next one that is not ruled off."""
    found: list[_Line | None] = []
    below: _Line | None = None
    for line in reversed(lines):
        below = line if isinstance(line, _Line) else below
        found.append(below)
    return found[::-1]


def _lines(rows: Sequence[Row], header: Header) -> Iterator["_Line | Ruled"]:
    at = header.end
    while at < len(rows):
        again = _repeated_header(rows, at, header)
        if again:
            yield from (_ruled(row) for row in rows[at : again.end])
            header, at = again, again.end
            continue
        if any(rows[at].cells):
            yield _ruled(rows[at]) if _holds_together(rows[at]) else _line(rows[at], header)
        at += 1


def _repeated_header(rows: Sequence[Row], at: int, header: Header) -> Header | None:
    """The header printed again on a new page, or another one further down a sheet."""
    cells = rows[at].cells
    heads = (cells[i] for i in header.of(Column.CONTENT) if i < len(cells))
    if not any(column_of(cell) is Column.CONTENT for cell in heads):
        return None
    return header_at(rows, at)


def _holds_together(row: Row) -> bool:
    said = [cell.strip() for cell in row.cells if cell.strip()]
    if len(said) > 1 and all(_COLUMN_NUMBER.fullmatch(cell) for cell in said):
        return True
    return label_in(said[0]) is None and bool(_TOTAL.fullmatch(fold(said[0]))) if said else False


def _ruled(row: Row) -> Ruled:
    printed = _printed(row)
    return Ruled(printed, printed, row.where)


def _printed(row: Row) -> str:
    """A row as the reader sees it: what is merged with the row above is not printed again."""
    cells = ("" if at in row.continued else cell for at, cell in enumerate(row.cells))
    return " | ".join(cell for cell in cells if cell)


def _line(row: Row, header: Header) -> _Line:
    own = {at: cell.strip() for at, cell in enumerate(row.cells) if at not in row.continued}
    contents = header.of(Column.CONTENT)
    number = " ".join(own.get(at, "") for at in header.of(Column.NUMBER)[:1])
    said = [at for at, cell in own.items() if cell and not _COUNT.fullmatch(fold(cell))]
    is_alone = len(said) == 1 and said[0] <= max(contents)
    is_heading = is_alone and not (said[0] in contents and label_in(number))
    columns = {} if is_heading else _columns(row, header)
    return _Line(
        row,
        number=number,
        lines=flowing("\n".join(own[at] for at in contents if own.get(at))),
        columns=columns,
        own=any(own.get(at) for at, one in header.columns.items() if one.column in columns),
        alone="\n".join(flowing(own[said[0]])) if is_alone else "",
        raw=[_printed(row)],
        where=address(row.where, said[0] if is_alone else contents[0]),
    )


def _columns(row: Row, header: Header) -> dict[Column, str]:
    found: dict[Column, list[str]] = {}
    for at, named in header.columns.items():
        cell = row.cells[at].strip() if at < len(row.cells) else ""
        if not cell or named.column not in _ITEM_COLUMNS:
            continue
        column, words = named.said(cell)
        if words not in found.setdefault(column, []):
            found[column].append(_day_first(words) if column is Column.DUE else words)
    return {column: "; ".join(words) for column, words in found.items()}


def _day_first(words: str) -> str:
    return _ISO_DAY.sub(lambda day: f"{int(day[3]):02}/{int(day[2]):02}/{day[1]}", words)


def _is_part(label: Label, above: Label | None) -> bool:
    """Whether a row without a unit of its own is a part of the task above: 1.1 of 1, a) of 1."""
    if above is None or label.style is Style.BULLET:
        return label.style is Style.BULLET
    if label.style is Style.DECIMAL:
        return label.name.startswith(f"{above.name}.")
    return label.style is Style.SMALL and above.style is not Style.SMALL


def _announces(line: _Line) -> bool:
    """A meeting whose day stands in the column of dates."""
    is_section = line.label is not None and line.label.style in SECTION_STYLES
    return is_section and line.columns.keys() <= {Column.DUE} and announces_meeting(line.content)


def _grouped(line: _Line) -> Grouped:
    label = line.label
    text = line.content if label else line.alone or line.content
    due = line.columns.get(Column.DUE)
    text = f"{text}: {due}" if due else text
    printed = f"{label.text} {text}" if label else text
    return Grouped(" ".join(printed.split()), "\n".join(line.raw), line.where)
