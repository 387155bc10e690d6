"""Lists of units and of people, as an office keeps them in Excel: a file becomes lines."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import openpyxl
from lxml.etree import LxmlError
from openpyxl.utils.exceptions import InvalidFileException

from tracker.domain.folding import fold
from tracker.errors import Unreadable
from tracker.importer.readers.choose import CSV, PLAIN, XLSX, media_type_of, refuse_size
from tracker.importer.readers.decode import decode

Columns = Mapping[str, tuple[str, ...]]

# By folded header, in any order; the first of each is the one of the template.
UNITS: Columns = {
    "name": ("tên", "tên đơn vị", "đơn vị", "name"),
    "parent": ("thuộc", "trực thuộc", "đơn vị cấp trên", "parent"),
    "email": ("thư", "hộp thư", "hộp thư chung", "thư điện tử", "email"),
    "aliases": ("tên gọi khác", "viết tắt", "aliases"),
    "issues": ("ban hành", "ban hành chương trình", "issues"),
}
PEOPLE: Columns = {
    "name": ("họ tên", "họ và tên", "tên", "name"),
    "email": ("thư điện tử", "địa chỉ thư", "địa chỉ thư điện tử", "thư", "email"),
    "role": ("vai trò", "role"),
    "unit": ("đơn vị", "tại đơn vị", "unit"),
}
MOST_LINES = 2_000
_MOST_COLUMNS = 50
_LONGEST_CELL = 1_000
# A title or two may stand above the header.
_HEADER_WITHIN = 10
_DAMAGE = (
    OSError, LookupError, ValueError, TypeError, AttributeError, EOFError, SyntaxError,
    zlib.error, zipfile.BadZipFile, InvalidFileException, LxmlError, csv.Error,
)  # fmt: skip


class Line(NamedTuple):
    """A line of the list: its number in the file, and its cells by the column's name."""

    number: int
    cells: dict[str, str]


def lines_of(name: str, data: bytes, columns: Columns) -> list[Line]:
    """The lines of a list in .xlsx or .csv; columns that are not known are left unread.

    Raises Unreadable for other files, for one without a header, and for one that is too long.
    """
    refuse_size(len(data))
    kind = media_type_of(name, data)
    if kind not in (XLSX, CSV, PLAIN):
        raise Unreadable("directory.format")
    try:
        rows = list(islice(_sheet(data) if kind == XLSX else _table(data), MOST_LINES + 12))
    except _DAMAGE as error:
        raise Unreadable("file.damaged", format="Excel/CSV") from error
    return list(_lines(rows, columns))


def _sheet(data: bytes) -> Iterator[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    # Some programs write a size that is not the sheet's.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
        yield ["" if cell is None else str(cell) for cell in row]
    book.close()


def _table(data: bytes) -> Iterator[list[str]]:
    text = decode(data)
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(";,\t", key=head.count)
    yield from csv.reader(io.StringIO(text), delimiter=separator)


def _lines(rows: list[list[str]], columns: Columns) -> Iterator[Line]:
    at, places = _header(rows, columns)
    found = 0
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        cells = {name: _tidy(row[place]) for name, place in places.items() if place < len(row)}
        if any(cells.values()):
            found += 1
            yield Line(number, cells)
        if found > MOST_LINES:
            raise Unreadable("directory.too-long", most=MOST_LINES)
    if not found:
        raise Unreadable("file.empty")


def _tidy(cell: str) -> str:
    return " ".join(cell.split())[:_LONGEST_CELL]


def _header(rows: list[list[str]], columns: Columns) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        places = _places(row, columns)
        # One word may be a title; a header names two columns at least.
        if len(places) > 1 and next(iter(columns)) in places:
            return at, places
    wanted = ", ".join(f"“{names[0]}”" for names in columns.values())
    raise Unreadable("directory.no-header", columns=wanted)


def _places(row: Iterable[str], columns: Columns) -> dict[str, int]:
    known = {fold(word): name for name, words in columns.items() for word in words}
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = known.get(fold(cell))
        if name is not None:
            places.setdefault(name, place)
    return places
