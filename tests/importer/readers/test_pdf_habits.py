"""What offices do to their PDF files: stamps, watermarks, lines ended by hand, two columns."""

import pytest

from tests.importer.readers.pdf_papers import printed
from tests.importer.readers.test_pdf import contents
from tracker.importer.blocks import Paragraph, Table

FONT = '#set page(margin: (x: 25mm, y: 20mm))\n#set text(font: "Tinos", size: 13pt)\n'
JUSTIFIED = FONT + "#set par(justify: true)\n"
MARK = (
    '#place(top + right, text(8pt)["Ký bởi: Ủy ban nhân dân tỉnh \\ Cơ quan: Tỉnh Nghệ An \\ '
    'Thời gian ký: 28.09.2026 10:20:30 +07:00"])\n'
).replace('"', "")
LETTERHEAD = ("UBND TỈNH\nSố: 5/CTr-UBND", "CỘNG HÒA XÃ HỘI\nVinh")
TAIL = ("Nơi nhận:\n- Lưu: VT.", "TL. CHỦ TỊCH\nTrần Phong")


def halves(left: str, right: str) -> str:
    """Lines beside each other, as the letterhead and the signature stand."""
    sides = (side.replace("- ", "\\- ").replace("\n", " \\ ") for side in (left, right))
    return "#grid(columns: (1fr, 1fr), [{}], [{}])\n".format(*sides)


def texts(body: str, *, start: str = FONT) -> list[str]:
    blocks = contents(printed(start + body)).blocks
    return [one.text for one in blocks if isinstance(one, Paragraph)]


def cells(body: str) -> list[tuple[str, ...]]:
    blocks = contents(printed(FONT + body)).blocks
    return [row.cells for one in blocks if isinstance(one, Table) for row in one.rows]


def dropped(body: str) -> list[str]:
    return [one.text for one in contents(printed(FONT + body)).dropped]


def test_a_watermark_aslant_is_set_apart_and_told() -> None:
    mark = "#place(center, dy: 60pt, rotate(-45deg, text(60pt, luma(220))[DỰ THẢO]))\n"
    words = " ".join(["Tiếp tục chỉ đạo thực hiện các nhiệm vụ trọng tâm của tỉnh"] * 12)
    assert texts(f"{mark}{words}.") == [f"{words}."]
    assert dropped(f"{mark}{words}.") == ["DỰ THẢO"]


def test_the_mark_of_a_digital_signature_over_the_letterhead_is_set_apart() -> None:
    page = MARK + halves(*LETTERHEAD)
    assert cells(page) == [LETTERHEAD]
    assert [one[:13] + one[-6:] for one in dropped(page)] == ["Ký bởi: Ủy ba+07:00"]


def test_a_mark_that_alone_tells_who_signed_stays() -> None:
    below = "#v(180mm)\nKý bởi: Trần Phong \\ Thời gian ký: 28.09.2026 10:20:30"
    assert "Ký bởi: Trần Phong" in "\n".join(texts(f"Đoạn một.\n{below}"))


def test_a_line_ended_by_hand_and_stretched_to_both_margins_is_no_table() -> None:
    line = (
        "Tiếp tục đẩy nhanh tiến độ giải ngân #linebreak(justify: true) vốn đầu tư công năm 2026."
    )
    assert texts(line, start=JUSTIFIED) == [
        "Tiếp tục đẩy nhanh tiến độ giải ngân vốn đầu tư công năm 2026."
    ]


def test_the_title_of_an_annex_stands_below_its_number() -> None:
    title = "#align(center)[*PHỤ LỤC II \\ CHƯƠNG TRÌNH CÔNG TÁC QUÝ III NĂM 2026*]"
    assert texts(title) == ["PHỤ LỤC II", "CHƯƠNG TRÌNH CÔNG TÁC QUÝ III NĂM 2026"]


def test_what_follows_a_title_in_capitals_is_no_part_of_it() -> None:
    title = "*CHƯƠNG TRÌNH CÔNG TÁC QUÝ III NĂM 2026 CỦA UBND TỈNH*"
    base = "(Kèm theo Quyết định số 1876/QĐ-UBND ngày 30 tháng 6 năm 2026 của tỉnh)"
    assert texts(f"#align(center)[{title} \\ _{base}_]")[-1] == base


def test_columns_of_text_are_read_before_what_stands_below_them() -> None:
    items = [f"{n}. Báo cáo kết quả thực hiện kế hoạch số {n} của tỉnh." for n in range(1, 25)]
    columns = "#block(height: 185mm, columns(2, [{}]))\n".format("\n\n".join(items))
    page = columns + halves(*TAIL)
    assert texts(page) == items
    assert cells(page) == [TAIL]


def test_a_signature_cut_by_the_page_break_is_one_block() -> None:
    above = halves("Nơi nhận:", "TL. CHỦ TỊCH")
    below = halves("- Sở Y tế;\n- Lưu: VT.", "CHÁNH VĂN PHÒNG\nTrần Phong")
    assert cells(f"{above}#pagebreak()\n{below}") == [
        ("Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nTrần Phong")
    ]


@pytest.mark.parametrize("line", ["11/25/26, 5:57 PM", "17:57 25/11/26", "file:///C:/a.html 1/1"])
def test_what_a_browser_prints_at_the_edge_is_set_aside(line: str) -> None:
    edge = f'#place(top, dy: -14mm, "{line}")\n'
    assert texts(f"{edge}Đoạn một.") == ["Đoạn một."]
    assert dropped(f"{edge}Đoạn một.") == [line]


def test_a_footer_with_its_page_number_joined_on_is_a_running_line() -> None:
    footer = '#set page(footer: context "Văn phòng tỉnh" + str(here().page()))\n'
    assert texts(f"{footer}Đoạn một.\n#pagebreak()\nĐoạn hai.") == ["Đoạn một.", "Đoạn hai."]


def test_a_fact_named_in_a_cell_has_a_line_of_its_own() -> None:
    cell = "8h00: Hội nghị tổng kết công tác \\ Địa điểm: Hội trường lớn"
    (row,) = cells(f"#table(columns: (3cm, 7cm), [Thứ Ba], [{cell}])")
    assert row[1].split("\n") == cell.split(" \\ ")
