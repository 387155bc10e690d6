"""Ruled tables of PDF files: merged cells, split rows, and headers repeated on every page."""

from itertools import product

import pytest

from tests.importer.readers.pdf_papers import printed, table_pdf
from tracker.importer.blocks import File, Paragraph, Row, Table
from tracker.importer.readers.page_grids import grids_of
from tracker.importer.readers.pages import Page, Ruling
from tracker.importer.readers.pdf import read

HEADER = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
LONG = "Kế hoạch thực hiện Nghị quyết về phát triển kinh tế - xã hội trên địa bàn tỉnh "
ROWS = [
    (str(n), LONG * (n % 7 + 1) + f"lần thứ {n}", "Sở Tài chính", "Các sở, ngành", f"Tháng {n}")
    for n in range(1, 31)
]


def table_in(data: bytes) -> Table:
    (table,) = (one for one in read(File("a.pdf", data)).blocks if isinstance(one, Table))
    return table


def ruled(*rows: str, columns: str = "(1fr, 3fr, 2fr)") -> list[Row]:
    """The rows read from a table of these cells, as Typst writes them."""
    cells = ",\n".join(rows)
    page = f'#set text(font: "Tinos")\n#table(columns: {columns}, {cells})'
    return list(table_in(printed(page)).rows)


def test_a_table_over_several_pages_is_one_with_its_split_rows_whole() -> None:
    table = table_in(table_pdf(ROWS, header=HEADER, columns=(1, 6, 3, 3, 2)))
    assert [row.cells for row in table.rows] == [HEADER, *ROWS]
    assert {row.where.page for row in table.rows} >= {1, 2, 3, 4, 5}


def test_every_row_says_where_it_stands() -> None:
    table = table_in(table_pdf(ROWS, header=HEADER, columns=(1, 6, 3, 3, 2)))
    assert [row.where.row for row in table.rows] == list(range(1, 32))
    assert {row.where.paragraph for row in table.rows} == {table.where.paragraph}


def test_the_words_above_and_below_a_table_stay_outside() -> None:
    data = table_pdf(ROWS[:2], header=HEADER, columns=(1, 6, 3, 3, 2))
    first, _table = read(File("a.pdf", data)).blocks
    assert isinstance(first, Paragraph)
    assert first.text == "CHƯƠNG TRÌNH CÔNG TÁC NĂM 2026"


def test_a_cell_merged_over_columns_has_its_text_in_the_first() -> None:
    group, _ = ruled("table.cell(colspan: 3)[I. QUÝ I]", "[1], [Đề án], [Sở Y tế]")
    assert group.cells == ("I. QUÝ I", "", "")


def test_a_cell_merged_over_rows_has_its_text_in_each() -> None:
    rows = ruled("table.cell(rowspan: 2)[Thứ Hai], [Sáng], [Họp]", "[Chiều], [Tiếp dân]")
    assert [row.cells[0] for row in rows] == ["Thứ Hai", "Thứ Hai"]
    assert [row.continued for row in rows] == [frozenset(), frozenset({0})]


def test_a_header_of_two_rows_keeps_both() -> None:
    head = "table.cell(rowspan: 2)[TT], table.cell(colspan: 2)[Cơ quan], [Chủ trì], [Phối hợp]"
    rows = ruled(head, "[1], [Sở Y tế], [Sở Tài chính]")
    assert [row.cells for row in rows[:2]] == [
        ("TT", "Cơ quan", ""),
        ("TT", "Chủ trì", "Phối hợp"),
    ]


def test_units_below_each_other_stay_apart_and_a_wrapped_one_stays_whole() -> None:
    units = "[1], [Sở Y tế \\ Sở Nông nghiệp và Môi trường], [Công an tỉnh]"
    (row,) = ruled(units, columns="(1cm, 3cm, 3cm)")
    assert row.cells[1] == "Sở Y tế\nSở Nông nghiệp và Môi trường"


def test_a_day_merged_over_a_page_break_is_known_on_both_pages() -> None:
    days = [f"table.cell(rowspan: 12)[Thứ {n}], " + "[Sáng], [Họp],\n" * 12 for n in "23"]
    page = '#set page(height: 10cm)\n#set text(font: "Tinos")\n'
    table = table_in(printed(f"{page}#table(columns: 3, {''.join(days)})"))
    assert [row.cells[0] for row in table.rows] == ["Thứ 2"] * 12 + ["Thứ 3"] * 12


def test_a_frame_around_text_is_no_table() -> None:
    page = printed('#set text(font: "Tinos")\n#rect[Đoạn trong khung] \n Đoạn ngoài khung')
    assert all(isinstance(one, Paragraph) for one in read(File("a.pdf", page)).blocks)


def rule(upright: bool, at: float, start: float, end: float) -> Ruling:  # noqa: FBT001
    return Ruling(upright, at, start, end)


def test_a_table_open_at_its_sides_has_all_its_cells() -> None:
    levels = [rule(False, y, 50, 500) for y in (100, 130, 160)]
    page = Page(1, 595, 842, (), [*levels, rule(True, 200, 100, 160)])
    (grid,) = grids_of(page)
    assert len(grid.cells) == 4


def unruled(*rows: str, more: str = "") -> list[tuple[str, ...]]:
    """The cells of a table without rules, after a header and before Nơi nhận."""
    header = "table.header([*TT*], [*Nội dung công việc*], [*Cơ quan chủ trì*], [*Thời gian*])"
    page = (
        f'#set page(width: 180mm, height: 120mm)\n#set text(font: "Tinos", size: 12pt)\n'
        f"#table(columns: (auto, 3fr, 2fr, 1fr), stroke: none{more}, {header}, {', '.join(rows)})\n"
        "#grid(columns: (1fr, 1fr), [Nơi nhận: \\ \\- Lưu: VT.], [CHỦ TỊCH \\ Trần Phong])"
    )
    blocks = read(File("a.pdf", printed(page))).blocks
    return [row.cells for one in blocks if isinstance(one, Table) for row in one.rows]


HEADED = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian")
LONG = "Kế hoạch triển khai thực hiện Luật An ninh mạng trên địa bàn tỉnh năm 2026"
TAIL = ("Nơi nhận:\n- Lưu: VT.", "CHỦ TỊCH\nTrần Phong")


@pytest.mark.parametrize("more", ["", ", fill: (_, y) => if calc.even(y) { luma(240) }"])
def test_a_table_without_rules_is_known_by_its_header(more: str) -> None:
    heading = "table.cell(colspan: 4)[*I. NỘI DUNG TRÌNH HỘI ĐỒNG NHÂN DÂN TỈNH*]"
    row = f"[1], [{LONG}], [Sở Khoa học và Công nghệ], [Tháng 7]"
    head, middle, first, tail = unruled(heading, row, more=more)
    assert (head, tail) == (HEADED, TAIL)
    assert " ".join(middle).strip() == "I. NỘI DUNG TRÌNH HỘI ĐỒNG NHÂN DÂN TỈNH"
    assert first == ("1", LONG, "Sở Khoa học và Công nghệ", "Tháng 7")


def test_a_table_without_rules_goes_on_over_pages() -> None:
    rows = [f"[{n}], [{LONG} {n}], [Sở Y tế], [Tháng {n}]" for n in range(1, 13)]
    head, *found, tail = unruled(*rows)
    assert (head, tail) == (HEADED, TAIL)
    assert found == [(str(n), f"{LONG} {n}", "Sở Y tế", f"Tháng {n}") for n in range(1, 13)]


def test_a_drawing_of_a_thousand_strokes_is_no_table() -> None:
    strokes = [rule(up, at, 0, 900) for up, at in product((False, True), range(0, 4000, 10))]
    assert grids_of(Page(1, 595, 842, (), strokes)) == []
