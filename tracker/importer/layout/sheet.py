"""A sheet that holds a whole document: the letterhead above its table, the signature below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from tracker.domain.folding import fold
from tracker.errors import Unreadable
from tracker.importer.blocks import Block, Paragraph, Row, Table
from tracker.importer.layout.cells import address, label_in
from tracker.importer.layout.columns import Column, header_of
from tracker.importer.layout.schedule_columns import layout_of
from tracker.importer.layout.tables import lists_events, lists_tasks

_FOOT = re.compile(
    r"noi nhan\b|(tl|tm|kt|tuq)\. ?[a-z]|.{2,30}, ngay .{0,12}thang .{0,6}nam|nguoi lap\b|q\. [a-z]"
)
ROWS_LIMIT, _COLUMNS_LIMIT = 20_000, 100
_DEEPEST = 30


def parted(table: Table) -> list[Block]:
    """The lines above the header, the table itself, and the lines from Nơi nhận or the signature.

    What is no table of tasks or schedule is given back as it is.
    """
    start = _start(table)
    if start is None:
        return [table]
    end = _end(table.rows, start)
    body = replace(table, rows=table.rows[start:end], where=table.rows[start].where)
    above, below = table.rows[:start], table.rows[end:]
    whole = table if end - start == len(table.rows) else body
    return [*lines_of(above), whole, *_down_the_columns(below)]


def refuse_large(name: str, *, rows: int, columns: int) -> None:
    """Refuse a sheet whose words reach beyond what any programme needs."""
    if rows > ROWS_LIMIT or columns > _COLUMNS_LIMIT:
        limit = f"{ROWS_LIMIT:,}".replace(",", ".")
        raise Unreadable(
            "file.sheet-too-large", sheet=name, rows=limit, columns=str(_COLUMNS_LIMIT)
        )


def weight(table: Table) -> int:
    """How many rows a table of tasks or a schedule has; nothing for any other table."""
    return len(table.rows) if lists_tasks(table) or lists_events(table) else 0


def lines_of(rows: Sequence[Row]) -> Iterator[Paragraph]:
    """Rows that arrange text and are no table: side by side is read column after column."""
    for is_side_by_side, run in groupby(rows, key=lambda row: _is_wide(row) and not _label(row)):
        if is_side_by_side:
            yield from _down_the_columns(list(run))
        else:
            yield from (line for row in run for line in _along(row))


def _start(table: Table) -> int | None:
    header = header_of(table.rows)
    if header:
        return header.start
    places = [at for at, row in enumerate(table.rows[:_DEEPEST]) if _is_wide(row)]
    found = [at for at in places if lists_events(_from(table, at))]
    # The letterhead's rows stand before the header, and look like days without one.
    headed = (at for at in found if _heads(table, at))
    return next(headed, next(iter(found), None))


def _heads(table: Table, at: int) -> bool:
    layout = layout_of(replace(table, rows=table.rows[at : at + 1]))
    return layout is not None and layout.head == 1


def _from(table: Table, start: int) -> Table:
    return replace(table, rows=table.rows[start:])


def _end(rows: Sequence[Row], start: int) -> int:
    header = header_of(rows)
    numbers = header.of(Column.NUMBER) if header else ()
    places = range(start + 1, len(rows))
    return next((at for at in places if _closes(rows[at], numbers)), len(rows))


def _closes(row: Row, numbers: Sequence[int]) -> bool:
    """Whether the document's end begins with a row: it has no number, and signs or sends."""
    if any(label_in(row.cells[at]) for at in numbers if at < len(row.cells)):
        return False
    return any(_FOOT.match(fold(cell)) for cell in row.cells if cell)


def _is_wide(row: Row) -> bool:
    return sum(bool(cell) for cell in row.cells) > 1


def _label(row: Row) -> str:
    """The number of a line, when it is typed into a cell of its own."""
    first = next(filter(None, row.cells), "")
    label = label_in(first)
    return label.text if label else ""


def _along(row: Row) -> Iterator[Paragraph]:
    """The lines of one row, its number put before the first of them."""
    lines = list(_down_the_columns([row]))
    number = _label(row) if len(lines) > 1 else ""
    if number:
        words = f"{number} {lines[1].text}"
        yield replace(lines[1], text=words, raw=words, where=lines[0].where)
    yield from lines[2:] if number else lines


def _down_the_columns(rows: Sequence[Row]) -> Iterator[Paragraph]:
    for at in range(max((len(row.cells) for row in rows), default=0)):
        for row in rows:
            cell = "" if at in row.continued or at >= len(row.cells) else row.cells[at]
            words = (" ".join(line.split()) for line in cell.split("\n"))
            yield from (Paragraph(line, line, address(row.where, at)) for line in words if line)
