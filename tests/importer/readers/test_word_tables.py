"""Word's tables as grids: merged cells, frames, tables in tables, rows struck out."""

import pytest

from tests.importer.readers.word_papers import contents_of, docx, lines_of, p, sdt, tbl, tc, tr
from tracker.importer.blocks import Row, Table

RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def rows(*body: str) -> tuple[Row, ...]:
    (table,) = contents_of(docx(*body)).blocks
    assert isinstance(table, Table)
    return table.rows


def cells(*body: str) -> list[tuple[str, ...]]:
    return [row.cells for row in rows(*body)]


def test_a_cell_over_several_columns_has_its_words_in_the_first() -> None:
    table = tbl(tr(tc("Tháng 1", more=span(3))), tr("1", "Kế hoạch", "Sở Y tế"))
    assert cells(table) == [("Tháng 1", "", ""), ("1", "Kế hoạch", "Sở Y tế")]


def test_the_older_way_of_merging_columns_is_read_too() -> None:
    merged = [tc("a", more='<w:hMerge w:val="restart"/>'), tc("", more="<w:hMerge/>"), "b"]
    assert cells(tbl(tr(*merged), tr("c", "d", "e"))) == [("a", "", "b"), ("c", "d", "e")]


def test_a_cell_over_several_rows_is_repeated_and_marked() -> None:
    table = tbl(
        tr(tc("Thứ Hai", more=RESTART), "Sáng"),
        tr(tc(p(), more=GOES_ON), "Chiều"),
        tr("Thứ Ba", "Sáng"),
    )
    read = rows(table)
    assert [row.cells for row in read][1] == ("Thứ Hai", "Chiều")
    assert [row.continued for row in read] == [frozenset(), frozenset({0}), frozenset()]


def test_a_cell_over_rows_and_columns_is_marked_in_all_of_them() -> None:
    over = [tr(tc("a", more=span(2) + mark), "x") for mark in (RESTART, GOES_ON)]
    over[1] = over[1].replace(">a<", "><")
    read = rows(tbl(*over, tr("1", "2", "3")))
    assert read[1].cells == ("a", "", "x")
    assert read[1].continued == frozenset({0, 1})


def test_a_merged_cell_that_yet_has_words_loses_none() -> None:
    table = tbl(tr(tc("a", more=RESTART), "x"), tr(tc("b", more=GOES_ON), "y"))
    assert cells(table) == [("a", "x"), ("b", "y")]


def test_grid_columns_that_nobody_sees_are_left_out() -> None:
    table = tbl(
        tr(tc("TT", more=span(2)), tc("Nội dung", more=span(4))), tr(tc("1", more=span(2)), "x")
    )
    assert cells(table) == [("TT", "Nội dung"), ("1", "x")]


def test_rows_that_begin_late_or_end_early_are_filled() -> None:
    late = tr("b", more='<w:gridBefore w:val="1"/>')
    assert cells(tbl(tr("1", "2", "3"), late)) == [("1", "2", "3"), ("", "b", "")]


def test_lines_of_a_cell_are_separated_by_line_feeds() -> None:
    assert cells(tbl(tr(tc(p("Sở Y tế"), p(), p("Sở Tài chính\nCông an tỉnh")), "x"))) == [
        ("Sở Y tế\nSở Tài chính\nCông an tỉnh", "x")
    ]


def test_deleted_and_hidden_rows_are_gone_and_inserted_ones_stand() -> None:
    gone = [tr("b", "c", more=f'<w:{how} w:id="1"/>') for how in ("del", "hidden")]
    kept = tr("d", "e", more='<w:ins w:id="2"/>')
    assert cells(tbl(tr("a", "x"), *gone, kept)) == [("a", "x"), ("d", "e")]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    assert cells(tbl(sdt(tr("a", sdt(tc("b")))), tr("c", "d"))) == [("a", "b"), ("c", "d")]


def test_a_table_in_a_cell_gives_a_line_for_each_row() -> None:
    inner = tbl(tr("1", "Sở Y tế"), tr("2", "Công an tỉnh"))
    outer = tbl(tr(tc("Đơn vị:", inner, p()), "x"))
    assert cells(outer) == [("Đơn vị:\n1 Sở Y tế\n2 Công an tỉnh", "x")]


def test_a_frame_of_one_cell_is_no_table() -> None:
    inner = tbl(tr("1", "2"), tr("3", "4"))
    assert lines_of(tbl(tr(tc("MẬT VỤ")))) == ["MẬT VỤ"]
    assert lines_of(tbl(tr(tc(p("Việc"), inner, p())))) == ["Việc", "1 | 2", "3 | 4"]


def test_a_blank_table_is_no_block() -> None:
    assert lines_of(tbl(tr("", ""), tr("", "")), p("Việc")) == ["Việc"]


def test_the_source_of_a_table_says_merged_words_once() -> None:
    table = tbl(tr(tc("a", more=RESTART), "x\ny"), tr(tc("", more=GOES_ON), "z"))
    (block,) = contents_of(docx(table)).blocks
    assert isinstance(block, Table)
    assert block.raw == "a | x y\n | z"


@pytest.mark.parametrize("width", ["2147483647", "99999999999999", "-5", "x", "0"])
def test_impossible_widths_are_no_trap(width: str) -> None:
    wide = tc("a", more=f'<w:gridSpan w:val="{width}"/>')
    (row,) = rows(tbl(tr("b", wide, "c"), *[]))
    assert row.cells[:2] == ("b", "a")
    assert len(row.cells) <= 63
