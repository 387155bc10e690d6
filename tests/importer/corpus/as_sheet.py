"""Test documents as Excel workbooks: letterhead, table and signature all on the sheet."""

import io
import re
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.importer.corpus.grids import cells
from tests.importer.corpus.notation import Columns, Grid, Line, Paper, Part, Sheet

_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def workbook(paper: Paper) -> bytes:
    """Whole days become real date cells, as Excel makes them of what is typed."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, parts in _sheets(paper):
        page = _Page(book.add_worksheet(name), day, _width(parts))
        for part in parts:
            page.put(part)
    book.close()
    return file.getvalue()


def _sheets(paper: Paper) -> list[tuple[str, list[Part]]]:
    """The parts of each sheet under its name."""
    sheets: list[tuple[str, list[Part]]] = []
    for part in paper.parts:
        if isinstance(part, Sheet):
            sheets.append((part.name, []))
        elif sheets:
            sheets[-1][1].append(part)
        else:
            sheets.append(("Sheet1", [part]))
    return sheets


def _width(parts: list[Part]) -> int:
    return max((len(part.widths) for part in parts if isinstance(part, Grid)), default=4)


class _Page:
    """A sheet that is written from the top."""

    def __init__(self, sheet: Worksheet, day: Format, width: int) -> None:
        self.sheet, self.day, self.width = sheet, day, width
        self.row = 0

    def put(self, part: Part) -> None:
        if isinstance(part, Line):
            self._across(0, self.width - 1, part.text)
            self.row += 1
        elif isinstance(part, Columns):
            self._side_by_side(part)
        elif isinstance(part, Grid):
            self._table(part)

    def _side_by_side(self, part: Columns) -> None:
        half = self.width // 2
        for line in range(max(len(part.left), len(part.right))):
            for first, last, lines in [
                (0, half - 1, part.left),
                (half, self.width - 1, part.right),
            ]:
                self._across(first, last, lines[line] if line < len(lines) else "")
            self.row += 1

    def _table(self, grid: Grid) -> None:
        for cell in cells(grid):
            top, left = self.row + cell.row, cell.column
            bottom, right = top + cell.down - 1, left + cell.across - 1
            if (top, left) != (bottom, right):
                self.sheet.merge_range(top, left, bottom, right, cell.text)
            elif _DAY.fullmatch(cell.text):
                day = datetime.strptime(cell.text, "%d/%m/%Y")  # noqa: DTZ007 - a cell has no zone
                self.sheet.write_datetime(top, left, day, self.day)
            else:
                self.sheet.write(top, left, int(cell.text) if cell.text.isdigit() else cell.text)
        self.row += len(grid.rows)

    def _across(self, first: int, last: int, text: str) -> None:
        if text and first != last:
            self.sheet.merge_range(self.row, first, self.row, last, text)
        elif text:
            self.sheet.write(self.row, first, text)
