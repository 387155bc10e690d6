"""A sheet as CSV: commas, UTF-8 with its mark, days as every spreadsheet reads them."""

import csv
from datetime import date, datetime
from io import StringIO

from tracker.exports.sheet import Cell, Sheet, looks_like_formula

MEDIA_TYPE = "text/csv"


def written(sheet: Sheet) -> bytes:
    """The headings and the rows; no title, so that a program may read the first line as names.

    Days stand as 2026-03-05: 05/03/2026 is the third of May to a spreadsheet set to English.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([heading.name for heading in sheet.headings])
    writer.writerows([_said(cell) for cell in row] for row in sheet.rows)
    # Without the mark Excel takes UTF-8 for the letters of an old code page.
    return out.getvalue().encode("utf-8-sig")


def _said(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and looks_like_formula(text) else text
