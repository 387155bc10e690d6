"""Workbooks: the right sheet, cells as Excel shows them, and what is hidden or not computed."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.importer.papers import codes
from tests.importer.readers.excel_papers import (
    annual_plan,
    read_sheet,
    same_as_sample,
    sample_as_xlsx,
    sheet_of,
    unit_of,
    workbook,
    write_rows,
)
from tracker.errors import Unreadable
from tracker.importer.blocks import File, Paragraph, Table
from tracker.importer.meaning.reading import ReadItem
from tracker.importer.readers.excel import read

HEADER = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian trình", "Ghi chú")
TITLE = ("CHƯƠNG TRÌNH CÔNG TÁC THÁNG 02 NĂM 2026",)


def cell_of(value: Any, form: str | None = None) -> str:
    """A cell of a table, as it was read."""

    def write(book: Workbook, sheet: Worksheet) -> None:
        write_rows(sheet, [HEADER, (1, "Kế hoạch A", "Sở Y tế")])
        sheet.write(1, 4, value, book.add_format({"num_format": form} if form else {}))

    (table,) = (one for one in read_blocks(workbook(write)) if isinstance(one, Table))
    return table.rows[1].cells[4]


def read_blocks(data: bytes) -> tuple[Paragraph | Table, ...]:
    return read(File("a.xlsx", data)).blocks


def programme(*rows: tuple[Any, ...], title: tuple[str, ...] = TITLE) -> Any:
    """What writes a sheet with these tasks."""
    return lambda _, sheet: write_rows(sheet, [title, HEADER, *rows])


def only_item(data: bytes) -> ReadItem:
    (item,) = read_sheet(data).items
    return item


def test_the_sample_as_a_workbook_gives_the_same_items() -> None:
    assert same_as_sample(read_sheet(sample_as_xlsx()))


def test_the_letterhead_and_the_signature_inside_the_sheet_are_read() -> None:
    told = read_sheet(sample_as_xlsx()).programme
    assert (told.issuer, told.symbol, told.signer) == (
        "UBND tỉnh Bắc Ninh",
        "CTr-UBND",
        "Vũ Huy Phương",
    )
    assert told.recipients == ("Văn phòng Chính phủ", "TT Tỉnh ủy", "Lưu: VT, THĐT")


def test_the_sample_as_a_workbook_needs_no_person() -> None:
    assert not any(doubt.is_question for doubt in read_sheet(sample_as_xlsx()).warnings)


def test_a_task_says_its_sheet_row_and_cell() -> None:
    where = read_sheet(sample_as_xlsx()).items[0].where
    assert (where.sheet, where.row, where.cell) == ("Sheet1", 10, "B10")


def test_every_place_is_told_from_every_other() -> None:
    read_sample = read_sheet(sample_as_xlsx())
    places = [(item.where.paragraph, item.where.row) for item in read_sample.items]
    assert len(set(places)) == 18


def test_an_annual_plan_with_months_merged_over_its_rows_is_read() -> None:
    items = read_sheet(annual_plan()).items
    assert [(item.section, str(item.due_on), unit_of(item)) for item in items] == [
        (("THÁNG 01",), "2026-01-20", "Sở Tài chính"),
        (("THÁNG 01",), "2026-01-30", "Sở Tài chính"),
        (("THÁNG 02",), "2026-03-31", "Sở Y tế"),
        (("THÁNG 02",), "2026-02-27", "Sở Xây dựng"),
        (("THÁNG 02",), "2026-02-27", "Sở Xây dựng"),
    ]


def test_the_bases_above_an_annual_plan_are_prose_and_its_totals_no_task() -> None:
    told = {one.text: one.zone.value for one in read_sheet(annual_plan()).passages}
    assert told["Căn cứ Quy chế làm việc của UBND tỉnh;"] == "prose"
    assert told["Tổng cộng: 5 nhiệm vụ"] == "table"
    assert told["- Lưu: VT."] == "recipients"


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (datetime(2026, 3, 5), "dd/mm/yyyy", "05/03/2026"),  # noqa: DTZ001
        (datetime(2026, 3, 5), "d/m", "05/03/2026"),  # noqa: DTZ001
        (datetime(2026, 3, 5, 8, 30), "dd/mm/yyyy hh:mm", "05/03/2026 08:30"),  # noqa: DTZ001
        (date(2026, 3, 1), "mm/yyyy", "Tháng 3/2026"),
        (date(2026, 3, 1), "[$-42A]mmmm yyyy", "Tháng 3/2026"),
        (time(13, 30), "hh:mm", "13:30"),
        (3, None, "3"),
        (3.0, None, "3"),
        (2.5, None, "2.5"),
        (1.1, "0.00", "1.10"),
        (0.15, "0%", "15%"),
        (3, '"Tháng "0', "Tháng 3"),
        (True, None, "TRUE"),
        ("Dòng 1\nDòng 2", None, "Dòng 1\nDòng 2"),
        ("To\u0302\u0300ng  hơ\u0323p", None, "Tồng  hợp"),
    ],
)
def test_a_cell_is_read_as_excel_shows_it(value: Any, form: str | None, shown: str) -> None:
    assert cell_of(value, form) == shown


def test_letters_of_an_old_font_become_vietnamese() -> None:
    def write(book: Workbook, sheet: Worksheet) -> None:
        old = book.add_format({"font_name": ".VnTime"})
        write_rows(sheet, [TITLE, HEADER])
        sheet.write_row(2, 0, [1, "KÕ ho¹ch kinh tÕ - x· héi", "Së Y tÕ"], old)

    read_old = read_sheet(workbook(write))
    assert read_old.items[0].text == "Kế hoạch kinh tế - xã hội"
    assert "encoding-converted" in codes(read_old)


def test_rich_text_is_read_whole() -> None:
    def write(book: Workbook, sheet: Worksheet) -> None:
        write_rows(sheet, [TITLE, HEADER, (1, "", "Sở Y tế")])
        sheet.write_rich_string(2, 1, "Kế hoạch ", book.add_format({"bold": True}), "phát triển")

    assert only_item(workbook(write)).text == "Kế hoạch phát triển"


def test_an_error_in_a_cell_is_no_text() -> None:
    def write(_: Workbook, sheet: Worksheet) -> None:
        write_rows(sheet, [TITLE, HEADER, (1, "Kế hoạch A", "Sở Y tế")])
        sheet.write_formula(2, 3, "=#REF!", None, "#REF!")

    item = only_item(workbook(write))
    assert (item.due_text, "#REF!" in item.source_text) == ("THÁNG 02 NĂM 2026", False)


def test_a_formula_is_read_by_its_kept_result() -> None:
    def write(_: Workbook, sheet: Worksheet) -> None:
        write_rows(sheet, [TITLE, HEADER, (1, "Kế hoạch A")])
        sheet.write_formula(2, 2, '="Sở Y tế"', None, "Sở Y tế")

    assert unit_of(only_item(workbook(write))) == "Sở Y tế"


def test_a_formula_without_a_result_is_told_and_never_computed() -> None:
    data = sheet_of(HEADER, (1, "Kế hoạch A", "Sở Y tế", "=1+1"))
    (remark,) = read(File("a.xlsx", without_results(data))).remarks
    assert (remark.code, remark.facts) == ("formula-empty", {"cell": "D3"})


def without_results(data: bytes) -> bytes:
    """The workbook as a program leaves it that writes formulas and computes none."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</f><v>0</v>", b"</f>"))
    return out.getvalue()


def test_the_sheet_with_most_tasks_is_read_and_named() -> None:
    notes = programme(title=("Ghi chú nội bộ",))
    full = programme((1, "Kế hoạch A", "Sở Y tế"), (2, "Kế hoạch B", "Sở Y tế"))
    reading = read_sheet(workbook(notes, full, names=["Nháp", "Chương trình"]))
    (told,) = [one.facts for one in reading.warnings if one.code == "sheet-chosen"]
    assert (len(reading.items), told) == (2, {"sheet": "Chương trình", "sheets": 2})


def test_of_one_sheet_for_each_month_the_one_last_looked_at_is_read() -> None:
    def last_looked_at(_: Workbook, sheet: Worksheet) -> None:
        write_rows(sheet, [TITLE, HEADER, (1, "Kế hoạch tháng hai", "Sở Y tế")])
        sheet.activate()

    january = programme((1, "Kế hoạch tháng một", "Sở Y tế"))
    data = workbook(january, last_looked_at, january, names=["T1", "T2", "T3"])
    assert only_item(data).text == "Kế hoạch tháng hai"


def test_other_sheets_stay_visible() -> None:
    one = programme((1, "Kế hoạch A", "Sở Y tế"))
    other = programme((1, "Kế hoạch khác", "Sở Y tế"))
    contents = read(File("a.xlsx", workbook(one, other)))
    assert "1 | Kế hoạch khác | Sở Y tế" in [line.text for line in contents.dropped]


def test_a_hidden_sheet_is_not_read() -> None:
    def hidden(_: Workbook, sheet: Worksheet) -> None:
        write_rows(sheet, [TITLE, HEADER, (1, "Bí ẩn", "Sở Y tế"), (2, "Bí ẩn", "Sở Y tế")])
        sheet.hide()

    reading = read_sheet(workbook(programme((1, "Kế hoạch A", "Sở Y tế")), hidden))
    assert [item.text for item in reading.items] == ["Kế hoạch A"]


def test_hidden_rows_and_columns_are_not_read_but_told() -> None:
    def write(_: Workbook, sheet: Worksheet) -> None:
        rows = [(1, "Một", "Sở Y tế"), (2, "Hai", "Sở Y tế"), (3, "Ba", "Sở Y tế", "", "riêng")]
        write_rows(sheet, [TITLE, HEADER, *rows])
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column(4, 4, None, None, {"hidden": True})

    contents = read(File("a.xlsx", workbook(write)))
    assert [one.facts for one in contents.remarks] == [{"rows": 1}, {"columns": 1}]
    assert [line.text for line in contents.dropped] == ["Ghi chú", "2", "Hai", "Sở Y tế", "riêng"]


def test_a_unit_merged_downwards_is_that_of_every_row() -> None:
    def write(_: Workbook, sheet: Worksheet) -> None:
        write_rows(sheet, [TITLE, HEADER, (1, "Một"), (2, "Hai")])
        sheet.merge_range("C3:C4", "Sở Y tế")

    assert [unit_of(one) for one in read_sheet(workbook(write)).items] == ["Sở Y tế", "Sở Y tế"]


def test_a_programme_typed_in_lines_is_read_as_lines() -> None:
    lines = ("A. NHIỆM VỤ TRỌNG TÂM",), ("1. Một.",), ("2. Hai.",)
    assert [one.ref for one in read_sheet(sheet_of(*lines)).items] == ["A.1", "A.2"]


def test_a_sheet_formatted_to_its_last_row_is_read_by_its_words() -> None:
    def write(book: Workbook, sheet: Worksheet) -> None:
        programme((1, "Kế hoạch A", "Sở Y tế"))(book, sheet)
        sheet.write_blank(1_000_000, 50, None, book.add_format({"border": 1}))

    assert only_item(workbook(write)).text == "Kế hoạch A"


@pytest.mark.parametrize("place", [(20_000, 0), (0, 100)])
def test_a_sheet_over_the_limit_is_refused(place: tuple[int, int]) -> None:
    with pytest.raises(Unreadable) as refused:
        read_sheet(workbook(lambda _, sheet: sheet.write(*place, "x")))
    assert refused.value.code == "file.sheet-too-large"


def test_a_workbook_without_words_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_sheet(workbook(lambda _, sheet: sheet.write_blank(0, 0, None)))
    assert refused.value.code == "file.empty"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_damaged_workbook_is_refused(part: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample_as_xlsx())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:200] if name == part else old.read(name))
    with pytest.raises(Unreadable) as refused:
        read_sheet(out.getvalue())
    assert refused.value.code == "file.damaged"


def test_a_schedule_below_its_letterhead_is_read_from_its_header_on() -> None:
    head = [("UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("BẮC NINH", "Độc lập - Tự do")]
    week = [("Ngày", "Sáng", "Chiều"), ("Thứ Hai\n02/02", "7h30: Giao ban", "14h00: Họp")]
    data = workbook(lambda _, sheet: write_rows(sheet, [*head, ("LỊCH LÀM VIỆC",), *week]))
    *_, table = read_blocks(data)
    assert isinstance(table, Table)
    assert table.rows[0].cells == ("Ngày", "Sáng", "Chiều")


def test_numbers_in_a_column_of_their_own_stand_before_their_lines() -> None:
    rows = [TITLE, (1, "Kế hoạch A."), ("-", "Kế hoạch B."), ("a)", "Kế hoạch C.")]
    blocks = read_blocks(workbook(lambda _, sheet: write_rows(sheet, rows)))
    said = [(one.text, one.where.cell) for one in blocks if isinstance(one, Paragraph)]
    assert said[1:] == [("1. Kế hoạch A.", "A2"), ("- Kế hoạch B.", "A3"), ("a) Kế hoạch C.", "A4")]
