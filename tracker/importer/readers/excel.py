"""Excel workbooks: the sheet that holds the programme, as Excel shows it on the screen."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import openpyxl
from lxml.etree import LxmlError
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from tracker.errors import Unreadable
from tracker.importer.blocks import Block, Contents, File, Paragraph, Remark, Row, Table, Where
from tracker.importer.layout.sheet import lines_of, parted, refuse_large, weight
from tracker.importer.readers.cell_values import old_encoding, shown
from tracker.importer.readers.decode import converted_from

_NAMED_CELLS = 5
_DAMAGE = (
    OSError, LookupError, ValueError, TypeError, AttributeError, EOFError, SyntaxError,
    OverflowError, RecursionError, NotImplementedError, AssertionError, struct.error, zlib.error,
    zipfile.BadZipFile, InvalidFileException, LxmlError,
)  # fmt: skip


def read(file: File) -> Contents:
    """The blocks of the sheet that fits best; the others and what is hidden are put aside."""
    try:
        book = _opened(file.data, values=True)
        sheets = [_Sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return _contents(file.data, book, [sheet for sheet in sheets if sheet.rows])
    except _DAMAGE as error:
        raise Unreadable("file.damaged", format="Excel") from error


def _opened(data: bytes, *, values: bool) -> Workbook:
    with warnings.catch_warnings():
        # What openpyxl leaves out (drawings, validation rules) is no text.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)


def _contents(data: bytes, book: Workbook, sheets: list["_Sheet"]) -> Contents:
    if not sheets:
        raise Unreadable("file.empty")
    chosen = _chosen(sheets, active=book.active.title if book.active else "")
    others = [line for one in sheets if one is not chosen for line in one.aside()]
    remarks = [Remark("sheet-chosen", {"sheet": chosen.name, "sheets": len(sheets)})]
    return Contents(
        tuple(chosen.blocks),
        remarks=(*remarks[: len(sheets) > 1], *chosen.remarks(), *_uncounted(data, chosen)),
        dropped=(*chosen.hidden(), *others),
    )


def _chosen(sheets: list["_Sheet"], *, active: str) -> "_Sheet":
    """The sheet with most tasks; the one last looked at, when it holds nearly as many."""
    best = max(sheets, key=lambda one: one.weight)
    shown_last = next((one for one in sheets if one.name == active), best)
    return shown_last if shown_last.weight and shown_last.weight * 2 >= best.weight else best


@dataclass
class _Sheet:
    """One sheet: its cells with words in them, row by row, hidden ones apart."""

    sheet: Worksheet
    hidden_rows: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        # Asking the sheet for a cell would make it; formatted sheets reach to the last row.
        cells = self.sheet._cells  # noqa: SLF001
        self._cells = {place: words for place, cell in cells.items() if (words := shown(cell))}
        self.height = max((row for row, _ in self._cells), default=0)
        self.width = max((column for _, column in self._cells), default=0)
        refuse_large(self.name, rows=self.height, columns=self.width)
        encodings = (old_encoding(cell) for place, cell in cells.items() if place in self._cells)
        self.encoding = next(filter(None, encodings), None)
        marked = self.sheet.row_dimensions.items()
        self.hidden_rows = {at for at, one in marked if one.hidden and at <= self.height}

    def is_blank(self, place: tuple[int, int]) -> bool:
        """Whether a cell holds no value at all; an error is one."""
        cell = self.sheet._cells.get(place)  # noqa: SLF001
        return cell is None or cell.value is None

    @property
    def name(self) -> str:
        return str(self.sheet.title)

    @cached_property
    def hidden_columns(self) -> set[int]:
        marked = [one for one in self.sheet.column_dimensions.values() if one.hidden]
        spans = (range(one.min or 0, min(one.max or 0, self.width) + 1) for one in marked)
        return {at for span in spans for at in span}

    @cached_property
    def rows(self) -> list[Row]:
        """The rows with words in them that are not hidden."""
        grid, merged = self._grid()
        kept = [at for at in range(1, self.height + 1) if at not in self.hidden_rows]
        rows = (Row(tuple(grid[at]), self._where(at), frozenset(merged[at])) for at in kept)
        return [row for row in rows if any(row.cells)]

    def _grid(self) -> tuple[list[list[str]], list[set[int]]]:
        """The words of each cell, and in each row the columns that go on from the row above."""
        grid = [[""] * self.width for _ in range(self.height + 1)]
        merged: list[set[int]] = [set() for _ in grid]
        for (row, column), words in self._cells.items():
            if column not in self.hidden_columns:
                grid[row][column - 1] = words
        for span in self.sheet.merged_cells.ranges:
            for row, column in self._below_top(span):
                merged[row].add(column)
                grid[row][column] = grid[span.min_row][column]
        return grid, merged

    def _below_top(self, span: CellRange) -> Iterator[tuple[int, int]]:
        top = self._first_shown(span)
        for row in range(top + 1, min(span.max_row, self.height) + 1):
            for column in range(span.min_col, min(span.max_col, self.width) + 1):
                yield row, column - 1

    def _first_shown(self, span: CellRange) -> int:
        rows = range(span.min_row, min(span.max_row, self.height) + 1)
        return next((row for row in rows if row not in self.hidden_rows), span.min_row)

    def _where(self, row: int) -> Where:
        return Where(paragraph=1, sheet=self.name, row=row, cell=f"A{row}")

    @cached_property
    def blocks(self) -> list[Block]:
        printed = "\n".join(_printed(row) for row in self.rows)
        parts = parted(Table(tuple(self.rows), printed, self.rows[0].where))
        holds_table = any(isinstance(one, Table) and weight(one) for one in parts)
        return parts if holds_table else list(lines_of(self.rows))

    @cached_property
    def weight(self) -> int:
        """How many tasks or events the sheet seems to hold."""
        return sum(weight(one) for one in self.blocks if isinstance(one, Table))

    def aside(self) -> Iterator[Paragraph]:
        """The rows of a sheet that is not read."""
        return (Paragraph(_printed(row), _printed(row), row.where) for row in self.rows)

    def hidden(self) -> Iterator[Paragraph]:
        """What the hidden rows and columns hold."""
        for (row, column), words in sorted(self._cells.items()):
            if row in self.hidden_rows or column in self.hidden_columns:
                cell = self.sheet.cell(row, column).coordinate
                yield Paragraph(
                    words, words, Where(paragraph=1, sheet=self.name, row=row, cell=cell)
                )

    def remarks(self) -> Iterator[Remark]:
        rows = {row for row, _ in self._cells if row in self.hidden_rows}
        columns = {column for _, column in self._cells if column in self.hidden_columns}
        yield from converted_from(self.encoding)
        if rows:
            yield Remark("rows-hidden", {"rows": len(rows)})
        if columns:
            yield Remark("columns-hidden", {"columns": len(columns)})


def _printed(row: Row) -> str:
    own = (cell for at, cell in enumerate(row.cells) if at not in row.continued)
    return " | ".join(cell for cell in own if cell)


def _uncounted(data: bytes, chosen: _Sheet) -> Iterator[Remark]:
    """The formulas whose result the file does not hold; no formula is ever computed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [one for one in package.namelist() if one.startswith("xl/worksheets/")]
        if not any(b"<f>" in (xml := package.read(part)) or b"<f " in xml for part in parts):
            return
    formulas = _opened(data, values=False)[chosen.name]._cells  # noqa: SLF001
    empty = [
        cell.coordinate
        for place, cell in sorted(formulas.items())
        if cell.data_type == "f" and chosen.is_blank(place)
    ]
    if empty:
        more = ", …" if len(empty) > _NAMED_CELLS else ""
        where = Where(paragraph=1, sheet=chosen.name, cell=empty[0])
        yield Remark("formula-empty", {"cell": ", ".join(empty[:_NAMED_CELLS]) + more}, where)
