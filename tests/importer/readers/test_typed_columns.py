"""Columns typed with tabs or spaces, and the list of contents: what stands in for Word's tools."""

import pytest

from tests.importer.readers.word_papers import contents_of, docx, p
from tracker.importer.blocks import Block, Contents, File, Paragraph, Table, Where
from tracker.importer.readers import text
from tracker.importer.readers.contents_list import set_aside
from tracker.importer.readers.tabbed import in_columns

HEADER = "TT\tNội dung\tCơ quan chủ trì\tThời gian"
ROWS = ("1\tĐề án một\tSở Y tế\tTháng 7", "2\tĐề án hai\tSở Nội vụ\tQuý III")


def lines(*raw: str) -> list[Block]:
    return [
        Paragraph(" ".join(one.split()), one, Where(paragraph=at))
        for at, one in enumerate(raw, start=1)
    ]


def shapes(*raw: str) -> list[str | list[tuple[str, ...]]]:
    """The blocks made of these lines: the words of a line, the rows of a table."""
    return [
        [row.cells for row in one.rows] if isinstance(one, Table) else one.text
        for one in in_columns(lines(*raw))
    ]


def test_a_list_of_tasks_typed_with_tabs_is_a_table() -> None:
    assert shapes("Đoạn đầu.", HEADER, *ROWS, "Đoạn cuối.") == [
        "Đoạn đầu.",
        [tuple(one.split("\t")) for one in (HEADER, *ROWS)],
        "Đoạn cuối.",
    ]


def test_a_heading_between_typed_rows_is_a_row() -> None:
    (table,) = shapes(HEADER, "II. TRÌNH HĐND TỈNH", *ROWS)
    assert table[1] == ("II. TRÌNH HĐND TỈNH", "", "", "")


def test_each_typed_table_has_its_own_header() -> None:
    second = "TT\tNội dung\tCơ quan chủ trì\tCơ quan phối hợp\tThời hạn"
    row = "1\tKế hoạch\tSở Y tế\t\t30/9/2026"
    first, heading, last = shapes(HEADER, *ROWS, "II. TRÌNH CHỦ TỊCH", second, row, row)
    assert (len(first), heading) == (3, "II. TRÌNH CHỦ TỊCH")
    assert last[1] == ("1", "Kế hoạch", "Sở Y tế", "", "30/9/2026")


def test_two_tabs_only_to_reach_the_next_column_are_one() -> None:
    (table,) = shapes(HEADER, "1\tĐề án một\t\tSở Y tế\tTháng 7", ROWS[1])
    assert table[1] == ("1", "Đề án một", "Sở Y tế", "Tháng 7")


@pytest.mark.parametrize("raw", ["1.\tViệc một.", "Số:\t12\t/CTr-UBND", "Sở Y tế\tSở Nội vụ\tVP"])
def test_other_tabs_make_no_table(raw: str) -> None:
    assert shapes(raw, raw, raw) == [" ".join(raw.split())] * 3


def test_letterhead_and_signature_typed_side_by_side_are_two_halves() -> None:
    head = ("UBND TỈNH\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "\t\t\tĐộc lập - Tự do", "  TIÊU ĐỀ")
    tail = ("Nơi nhận:\t\tTM. UBND", "- Sở Y tế;\t\tCHỦ TỊCH", "- Lưu: VT.", "\t\t\tTrần Phong")
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do"
    assert shapes(*head, *tail) == [
        [("UBND TỈNH", nation)],
        "TIÊU ĐỀ",
        [("Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.", "TM. UBND\nCHỦ TỊCH\nTrần Phong")],
    ]


def test_spaces_part_the_halves_of_a_text_file_too() -> None:
    data = "UBND TỈNH        CỘNG HÒA XÃ HỘI\n\n   CHƯƠNG TRÌNH"
    data = data.replace("XÃ HỘI", "XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    head, title = text.read(File("a.txt", data.encode())).blocks
    assert isinstance(head, Table)
    assert title.text == "CHƯƠNG TRÌNH"  # type: ignore[union-attr]


def test_a_word_file_keeps_its_tabs_long_enough() -> None:
    tab = "<w:r><w:tab/></w:r>"
    rows = (
        p(tab.join(f"<w:r><w:t>{cell}</w:t></w:r>" for cell in one.split("\t")))
        for one in (HEADER, *ROWS)
    )
    (table,) = contents_of(docx(*rows)).blocks
    assert isinstance(table, Table)
    assert table.rows[2].cells == ("2", "Đề án hai", "Sở Nội vụ", "Quý III")


CONTENTS = ("MỤC LỤC", "A. NHIỆM VỤ........1", "B. HỘI NGHỊ\t2", "C. KHÁC ………… 14")


def test_the_list_of_contents_is_set_aside() -> None:
    contents = set_aside(Contents(tuple(lines("TIÊU ĐỀ", *CONTENTS, "A. NHIỆM VỤ"))))
    assert [one.raw for one in contents.dropped] == [*CONTENTS]
    assert [one.raw for one in contents.blocks] == ["TIÊU ĐỀ", "A. NHIỆM VỤ"]


@pytest.mark.parametrize("line", ["Báo cáo tháng 1", "Họp ngày 2..."])
def test_only_lines_that_tell_a_page_are_contents(line: str) -> None:
    contents = Contents(tuple(lines("Mục lục", line, *CONTENTS[1:])))
    assert set_aside(contents) is contents
