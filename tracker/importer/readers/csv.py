"""Tables saved as text, .csv and .tsv: the separator is found by counting columns."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from tracker.errors import Unreadable
from tracker.importer.blocks import Contents, File, Remark, Row, Table, Where
from tracker.importer.layout.sheet import ROWS_LIMIT, lines_of, parted, refuse_large, weight
from tracker.importer.readers.decode import decode_with_remarks

_SEPARATORS = {",": ",", ";": ";", "\t": "tab", "|": "|"}
# So many rows tell the separator.
_ENOUGH = 2_000


def read(file: File) -> Contents:
    """The lines before the header as paragraphs, the table with every row of the file."""
    text, remarks = decode_with_remarks(file.data)
    named, _, rest = text.partition("\n")
    # Excel writes the separator in a line of its own: "sep=;".
    told = named.strip().removeprefix("sep=") if named.startswith("sep=") else ""
    separator = told if told in _SEPARATORS else _separator(text)
    rows = list(_rows(rest if told else text, separator, first=2 if told else 1))
    if not rows:
        raise Unreadable("file.empty")
    blocks = parted(Table(tuple(rows), text, rows[0].where))
    if not any(isinstance(one, Table) and weight(one) for one in blocks):
        blocks = list(lines_of(rows))
    read_as = Remark("csv-read", {"delimiter": _SEPARATORS[separator]})
    return Contents(tuple(blocks), (*remarks, read_as))


def _separator(text: str) -> str:
    """The separator that gives most rows the same number of columns."""
    return max(_SEPARATORS, key=lambda one: _evenness(text, one))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    sample = islice(_parsed(text, separator), _ENOUGH)
    widths = Counter(len(cells) for cells, _ in sample if len(cells) > 1)
    width, rows = max(widths.items(), key=lambda one: (one[1], one[0]), default=(1, 0))
    return rows, width


def _parsed(text: str, separator: str) -> Iterator[tuple[list[str], int]]:
    """The cells of each row, and the last line of the file that belongs to it."""
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        yield from ((cells, reader.line_num) for cells in reader)
    except csv.Error as error:
        raise Unreadable("file.damaged", format="CSV") from error


def _rows(text: str, separator: str, *, first: int) -> Iterator[Row]:
    parsed = list(islice(_parsed(text, separator), ROWS_LIMIT + 1))
    width = max((len(cells) for cells, _ in parsed), default=0)
    refuse_large("CSV", rows=len(parsed), columns=width)
    line = 0
    for number, (cells, last) in enumerate(parsed, start=1):
        where = Where(line=line + first, paragraph=1, row=number)
        line = last
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (width - len(cells))]
            yield Row(tuple(cell.strip() for cell in padded), where)
