"""Lists of units and people are read from Excel and CSV, whatever the order of their columns."""

import io

import openpyxl
import pytest

from tracker.errors import Unreadable
from tracker.importer.directory import MOST_LINES, PEOPLE, UNITS, lines_of


def a_book(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_columns_are_known_by_their_names_in_any_order_and_language() -> None:
    data = "Email;Đơn vị;Mật khẩu;HỌ VÀ TÊN;Role\na@b.vn;Sở  Y tế;bí mật;Trần An;unit-clerk\n"
    cells = {"email": "a@b.vn", "unit": "Sở Y tế", "name": "Trần An", "role": "unit-clerk"}
    assert lines_of("nguoi.csv", data.encode(), PEOPLE) == [(2, cells)]


def test_a_workbook_is_read_under_its_title_with_the_numbers_of_its_rows() -> None:
    data = a_book(
        ["Danh sách đơn vị"], [], ["STT", "Tên", "Thuộc"], [1, "Sở A", None], [], [2, "B"]
    )
    assert [(line.number, line.cells["name"]) for line in lines_of("a.xlsx", data, UNITS)] == [
        (4, "Sở A"),
        (6, "B"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", "một,hai\n1,2\n".encode(), "directory.no-header"),
        ("a.csv", "tên,thuộc\n".encode(), "file.empty"),
        ("a.pdf", b"%PDF-1.7", "directory.format"),
        ("a.xlsx", b"PK\x03\x04broken", "file.damaged"),
        ("a.csv", "tên,thuộc\n".encode() + b"A,\n" * (MOST_LINES + 1), "directory.too-long"),
    ],
)
def test_what_is_no_list_is_refused(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        lines_of(name, data, UNITS)
