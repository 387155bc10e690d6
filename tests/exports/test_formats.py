"""A sheet in each format: words stay words, days stay days, strange letters do no harm."""

import csv
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tracker.exports import csv as as_csv
from tracker.exports import xlsx
from tracker.exports.sheet import Cell, Heading, Sheet


def sheet(*cells: Cell) -> Sheet:
    return Sheet("Danh sách", [Heading(f"Cột {n}", 12) for n, _ in enumerate(cells)], [[*cells]])


def in_csv(*cells: Cell) -> list[str]:
    return list(csv.reader(StringIO(as_csv.written(sheet(*cells)).decode("utf-8-sig"))))[1]


def in_excel(*cells: Cell) -> list[Any]:
    page: Any = load_workbook(BytesIO(xlsx.written(sheet(*cells)))).active
    return list(page[4])


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_words_that_look_like_a_formula_are_never_computed(text: str) -> None:
    assert in_csv(text) == [f"'{text}"]
    (cell,) = in_excel(text)
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix


DAY = date(2026, 3, 5)
# A spreadsheet knows no zones: the hour is the office's.
MOMENT = datetime.combine(DAY, time(7, 30))


def test_numbers_and_days_keep_their_kind() -> None:
    cells: tuple[Cell, ...] = (40, DAY, MOMENT, None)
    assert in_csv(*cells) == ["40", "2026-03-05", "2026-03-05 07:30", ""]
    midnight = datetime.combine(DAY, time())
    assert [cell.value for cell in in_excel(*cells)[:3]] == [40, midnight, MOMENT]


def test_letters_that_excel_does_not_know_are_left_out() -> None:
    assert in_excel("a\x00b\x0bc")[0].value == "a b c"


def test_a_negative_number_is_a_number() -> None:
    assert in_csv(-5) == ["-5"]
