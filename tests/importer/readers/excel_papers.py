"""Papers written as tables: the real sample and invented layouts, as workbooks and CSV."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.importer.papers import PROGRAMME, sample
from tracker.domain.working_days import published
from tracker.importer.blocks import Row, Table, Where
from tracker.importer.layout.columns import Column
from tracker.importer.layout.tables import Listed, spread
from tracker.importer.meaning.reading import Reading, ReadItem
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme

HEADER = ("TT", "Nội dung", "Cơ quan chuẩn bị", "Ghi chú")
MEETING = "Hội nghị UBND tỉnh thường kỳ tháng 02/2026: Dự kiến ngày 05/3/2026 (Thứ Năm)."
GROUPS = {
    "A": ("A", "NHIỆM VỤ TRỌNG TÂM"),
    "B": ("B", "CÁC HỘI NGHỊ CHÍNH TRONG THÁNG"),
    "B.I": ("I", MEETING),
    "B.III": ("III", "Các nội dung, đề án trình Chủ tịch UBND tỉnh"),
}
COMPARED = (
    "ref", "section", "kind", "text", "deliverables", "authority", "meeting", "due_on",
    "due_inferred",
)  # fmt: skip
Cells = tuple[str, ...]


def sample_rows() -> list[Cells]:
    """The sample's eighteen items as rows under their group rows, the units in a column."""
    items = sample(PROGRAMME).items
    sections = [item.ref.rpartition(".")[0] for item in items]
    groups = dict.fromkeys(part for one in sections for part in (one[0], one))
    rows: dict[str, list[Cells]] = {group: [(*GROUPS[group], "", "")] for group in groups}
    for item, section in zip(items, sections, strict=True):
        rows[section].append(_row(item))
    return [HEADER, *(row for group in rows.values() for row in group)]


def _row(item: ReadItem) -> Cells:
    return (item.ref.rpartition(".")[2], item.text, item.lead.text if item.lead else "", "")


def sample_as_xlsx() -> bytes:
    """The sample as a workbook: letterhead and title above its table, signature below."""
    return workbook(_write_sample)


def _write_sample(book: Workbook, sheet: Worksheet) -> None:
    wrapped = book.add_format({"text_wrap": True})
    write_rows(sheet, HEAD_ROWS, at=0)
    sheet.merge_range(4, 0, 4, 3, "CHƯƠNG TRÌNH CÔNG TÁC", wrapped)
    sheet.merge_range(5, 0, 5, 3, "Tháng 02 năm 2026", wrapped)
    rows = sample_rows()
    for at, (number, *cells) in enumerate(rows, start=7):
        sheet.write(at, 0, int(number) if number.isdecimal() else number)
        sheet.write_row(at, 1, cells, wrapped)
    write_rows(sheet, FOOT_ROWS, at=len(rows) + 8)


HEAD_ROWS: tuple[Cells, ...] = (
    ("ỦY BAN NHÂN DÂN", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("TỈNH BẮC NINH", "", "Độc lập - Tự do - Hạnh phúc"),
    ("Số:      /CTr-UBND", "", "Bắc Ninh, ngày     tháng 01 năm 2026"),
)
FOOT_ROWS: tuple[Cells, ...] = (
    ("Nơi nhận:\n- Văn phòng Chính phủ;\n- TT Tỉnh ủy;", "", "TL. CHỦ TỊCH"),
    ("- Lưu: VT, THĐT.", "", "CHÁNH VĂN PHÒNG"),
    ("", "", "Vũ Huy Phương"),
)


def sample_as_csv(separator: str = ";") -> bytes:
    """The sample as Excel saves it: UTF-8 with its mark, the title in a line of its own."""
    return as_csv(
        [*HEAD_ROWS, ("CHƯƠNG TRÌNH CÔNG TÁC Tháng 02 năm 2026",), *sample_rows()], separator
    )


def as_csv(rows: Sequence[Cells], separator: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def sample_as_pipes() -> bytes:
    """The sample as a Markdown pipe table."""
    header, *rows = sample_rows()
    lines = [header, ("---",) * len(header), *rows]
    table = "\n".join("| " + " | ".join(_inline(cell) for cell in row) + " |" for row in lines)
    title = "UBND TỈNH BẮC NINH\n\nSố:   /CTr-UBND\n\n# CHƯƠNG TRÌNH CÔNG TÁC Tháng 02 năm 2026"
    return f"{title}\n\n{table}\n".encode()


def _inline(cell: str) -> str:
    return cell.replace("\n", "<br>")


def workbook(*sheets: Callable[[Workbook, Worksheet], None], names: Sequence[str] = ()) -> bytes:
    """A workbook whose sheets are written by these functions."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for at, write in enumerate(sheets):
        write(book, book.add_worksheet(names[at] if names else None))
    book.close()
    return out.getvalue()


def write_rows(sheet: Worksheet, rows: Sequence[Sequence[Any]], *, at: int = 0) -> None:
    cells = (
        (at + row, column, cell)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
    )
    for row, column, cell in cells:
        if cell not in ("", None):
            sheet.write(row, column, cell)


def sheet_of(*rows: Sequence[Any], title: str = "CHƯƠNG TRÌNH CÔNG TÁC THÁNG 02 NĂM 2026") -> bytes:
    """A workbook of one sheet: the title, then these rows."""
    return workbook(lambda _, sheet: write_rows(sheet, [(title,), *rows]))


def table(*rows: str, continued: dict[int, set[int]] | None = None) -> Table:
    """A table as a reader of Word gives it, "¶" for a line feed; the cells merged downwards."""
    made = tuple(
        Row(
            tuple(cell.strip().replace("¶", "\n") for cell in row.split("|")),
            Where(paragraph=1, row=at),
            continued=frozenset((continued or {}).get(at, ())),
        )
        for at, row in enumerate(rows, start=1)
    )
    return Table(made, "", Where(paragraph=1))


def leads(*rows: str, continued: dict[int, set[int]] | None = None) -> list[str]:
    blocks = spread([table(*rows, continued=continued)])
    return [one.said(Column.LEAD) for one in blocks if isinstance(one, Listed)]


def same_as_sample(read: Reading) -> bool:
    """Whether a reading has the sample's items, but for the words that named the owners."""
    pairs = zip(read.items, sample(PROGRAMME).items, strict=True)
    alike = (getattr(a, name) == getattr(b, name) for a, b in pairs for name in COMPARED)
    return all(alike) and [unit_of(one) for one in read.items] == [
        unit_of(one) for one in sample(PROGRAMME).items
    ]


def unit_of(item: ReadItem) -> str | None:
    return item.lead.unit if item.lead else None


def read_sheet(data: bytes, *, name: str = "chuong-trinh.xlsx") -> Reading:
    return read_programme(name, data, units=published_units(), working_days=published())


def annual_plan() -> bytes:
    """An annual plan in the layout of offices that keep theirs in Excel; names are invented.

    Header over two merged rows, a row of column numbers, each month a merged row with a count,
    dates as real dates, and the recipients and signature inside the sheet.
    """
    return workbook(_write_annual)


def _write_annual(book: Workbook, sheet: Worksheet) -> None:
    write_rows(sheet, ANNUAL_HEAD)
    sheet.merge_range("A5:H5", "KẾ HOẠCH CÔNG TÁC NĂM 2026")
    sheet.merge_range("A6:H7", "Căn cứ Quy chế làm việc của UBND tỉnh;\nCăn cứ Chương trình năm.")
    for column, words in ANNUAL_COLUMNS.items():
        sheet.merge_range(f"{column}9:{column}10", words)
    sheet.merge_range("C9:D9", "Cơ quan")
    write_rows(sheet, [("", "", "Chủ trì", "Phối hợp"), COLUMN_NUMBERS], at=9)
    sheet.merge_range("A12:G12", "THÁNG 01")
    sheet.write_formula("H12", "=COUNTA(B13:B14)", None, 2)
    write_rows(sheet, ANNUAL_ROWS, at=12)
    sheet.write_datetime("F13", datetime(2026, 1, 20), book.add_format({"num_format": "d/m/yyyy"}))  # noqa: DTZ001
    sheet.merge_range("A15:G15", "THÁNG 02")
    sheet.write_datetime("F16", datetime(2026, 3, 1), book.add_format({"num_format": "mm/yyyy"}))  # noqa: DTZ001
    sheet.merge_range("C17:C18", "Sở Xây dựng")
    sheet.merge_range("A19:H19", "Tổng cộng: 5 nhiệm vụ")
    write_rows(sheet, ANNUAL_FOOT, at=20)


ANNUAL_HEAD = (
    ("UBND TỈNH BẮC NINH", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("VĂN PHÒNG", "", "", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 12/KH-VP", "", "", "Bắc Ninh, ngày 05 tháng 01 năm 2026"),
)
ANNUAL_COLUMNS = {
    "A": "TT",
    "B": "Nội dung công việc",
    "E": "Sản phẩm",
    "F": "Thời gian hoàn thành",
    "G": "Lãnh đạo\nphụ trách",
    "H": "Ghi chú",
}
COLUMN_NUMBERS = tuple(f"({number})" for number in range(1, 9))
ANNUAL_ROWS = (
    (1, "Báo cáo tổng kết năm 2025", "Sở Tài chính", "Sở Công Thương", "Báo cáo", "", "PCT A", ""),
    (2, "Tổ chức hội nghị giao ban", "nt", "", "Thông báo", "", "", "Bổ sung ngoài KH"),
    (),
    (3, "Đề án X", "Sở Y tế", "Các sở, ngành", "Tờ trình", "", "", "chuyển từ tháng trước"),
    (4, "Quy hoạch Y"),
    (5, "Rà soát quy hoạch"),
)
ANNUAL_FOOT = (
    ("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "", "", "", "", "KT. CHÁNH VĂN PHÒNG"),
    ("", "", "", "", "", "PHÓ CHÁNH VĂN PHÒNG"),
    ("", "", "", "", "", "Nguyễn Văn A"),
)
