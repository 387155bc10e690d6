"""A sheet as a workbook of Excel: its title, headings that stay in sight, days that are days."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as Written
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from tracker.exports.sheet import Cell, Sheet, looks_like_formula

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_000
_TITLE, _HEADINGS = 1, 3
_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E2E8F0")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def written(sheet: Sheet) -> bytes:
    """The workbook, one sheet in it."""
    book = Workbook(write_only=True)
    page: Any = book.create_sheet("Đôn đốc")
    page.freeze_panes = f"A{_HEADINGS + 1}"
    last = get_column_letter(len(sheet.headings))
    page.auto_filter.ref = f"A{_HEADINGS}:{last}{_HEADINGS + len(sheet.rows)}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    page.print_title_rows = f"{_HEADINGS}:{_HEADINGS}"
    for number, heading in enumerate(sheet.headings, start=1):
        page.column_dimensions[get_column_letter(number)].width = heading.width
    for row in _rows(page, sheet):
        page.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(page: Any, sheet: Sheet) -> Iterator[list[Written]]:
    yield [_bold(page, sheet.title)]
    yield []
    heads = [_bold(page, heading.name) for heading in sheet.headings]
    for head in heads:
        head.fill, head.alignment = _SHADE, _WRAPPED
    yield heads
    for row in sheet.rows:
        yield [_cell(page, value) for value in row]


def _bold(page: Any, text: str) -> Written:
    made = _cell(page, text)
    made.font, made.alignment = _BOLD, Alignment(wrap_text=False)
    return made


def _cell(page: Any, value: Cell) -> Written:
    if isinstance(value, str):
        return _words(page, ILLEGAL_CHARACTERS_RE.sub(" ", value)[:LONGEST_CELL])
    made: Written = WriteOnlyCell(page, value)  # type: ignore[arg-type]
    made.alignment = _WRAPPED
    if isinstance(value, date):
        is_moment = isinstance(value, datetime)
        made.number_format = "dd/mm/yyyy hh:mm" if is_moment else "dd/mm/yyyy"
    return made


def _words(page: Any, text: str) -> Written:
    made: Written = WriteOnlyCell(page, text)
    # Words stay words, also those that begin like a formula and are edited later.
    made.data_type = "s"
    if looks_like_formula(text):
        made.quotePrefix = True
    made.alignment = _WRAPPED
    return made
