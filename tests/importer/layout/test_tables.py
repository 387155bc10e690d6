"""Tables of tasks: headers in any words, group rows, rows that go on, and what is no task."""

import cProfile
import io

import docx
import pytest

from tests.importer.papers import TITLE, codes, reading_of
from tests.importer.readers.excel_papers import (
    leads,
    read_sheet,
    same_as_sample,
    sample_as_pipes,
    sample_rows,
    table,
    unit_of,
)
from tracker.importer.blocks import Paragraph, Table, Where
from tracker.importer.layout.tables import Grouped, Listed, Ruled, spread
from tracker.importer.meaning.reading import Reading, ReadItem

HEADER = "TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian trình | Ghi chú"


def pipes(*rows: str) -> str:
    """A Markdown pipe table of these rows."""
    width = rows[0].count("|") + 1
    return "\n".join(f"| {row} |" for row in (rows[0], " | ".join(["---"] * width), *rows[1:]))


def read_table(*rows: str, title: str = TITLE, above: str = "") -> Reading:
    """What is read of a programme that is this table, under a heading if one is given."""
    parts = (f"# {title}", above, pipes(*rows))
    return reading_of("\n\n".join(filter(None, parts)), name="a.md")


def one_row(row: str, *, header: str = HEADER) -> ReadItem:
    (item,) = read_table(header, row).items
    return item


def laid_out(*rows: str, continued: dict[int, set[int]] | None = None) -> list[str]:
    """The texts of the tasks and headings of a table, in order."""
    blocks = spread([table(*rows, continued=continued)])
    return [one.text for one in blocks if isinstance(one, Listed | Grouped)]


def sample_as_word() -> bytes:
    """The sample as a Word document whose body is one table, group rows merged across."""
    document = docx.Document()
    for line in ("ỦY BAN NHÂN DÂN TỈNH BẮC NINH", "Số:    /CTr-UBND", TITLE):
        document.add_paragraph(line)
    rows = sample_rows()
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            made.cell(at, column).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_sample_as_a_pipe_table_gives_the_same_items() -> None:
    assert same_as_sample(read_sheet(sample_as_pipes(), name="a.md"))


def test_the_sample_as_a_word_table_gives_the_same_items() -> None:
    assert same_as_sample(read_sheet(sample_as_word(), name="a.docx"))


def test_the_meeting_of_a_group_row_is_announced_by_it() -> None:
    (meeting,) = read_sheet(sample_as_pipes(), name="a.md").meetings
    assert (meeting.ref, str(meeting.held_on)) == ("B.I", "2026-03-05")


def test_the_columns_may_stand_in_any_order() -> None:
    item = one_row(
        "20/02/2026 | Sở Y tế | Kế hoạch A | 1 | Sở Nội vụ",
        header="THỜI HẠN | Phối hợp | NHIỆM VỤ | STT | ĐƠN VỊ CHỦ TRÌ",
    )
    assert (item.ref, item.text, str(item.due_on)) == ("1", "Kế hoạch A", "2026-02-20")
    assert (unit_of(item), item.support[0].unit) == ("Sở Nội vụ", "Sở Y tế")


@pytest.mark.parametrize("row", ["(1) | (2) | (3) | (4)", "1 | 2 | 3 | 4", "A | B | 1 | 2"])
def test_a_row_of_column_numbers_is_no_task(row: str) -> None:
    assert laid_out("TT | Nội dung | Chủ trì | Hạn", row, "1 | Việc | Sở A | ") == ["1. Việc"]


@pytest.mark.parametrize("row", ["Tổng cộng | | |", "Tổng số: 15 nhiệm vụ | | |", " | Cộng: 2 | |"])
def test_a_row_of_totals_is_no_task(row: str) -> None:
    assert laid_out("TT | Nội dung | Chủ trì | Hạn", "1 | Việc | Sở A | ", row) == ["1. Việc"]


def test_what_only_holds_a_table_together_stays_visible() -> None:
    read = read_table(HEADER, "1 | Việc | Sở Y tế | | |", "Tổng cộng: 1 | | | | |")
    told = [one.text for one in read.passages if one.zone.value == "table"]
    assert told == [HEADER, "Tổng cộng: 1"]


def test_a_header_printed_again_is_skipped() -> None:
    rows = (HEADER, "1 | Một | Sở A | | |", HEADER, "2 | Hai | Sở B | | |")
    assert laid_out(*rows) == ["1. Một", "2. Hai"]


@pytest.mark.parametrize(
    "row",
    [
        "I. LĨNH VỰC KINH TẾ | | | | |",
        "I | Lĩnh vực kinh tế | | | |",
        " | I. Lĩnh vực kinh tế | | | |",
    ],
)
def test_a_group_row_opens_a_section(row: str) -> None:
    (item,) = read_table(HEADER, row, "1 | Kế hoạch A | Sở Y tế | | |").items
    assert (item.ref, item.section[0].lower()) == ("I.1", "i. lĩnh vực kinh tế")


def test_a_group_row_stands_under_the_heading_above_the_table() -> None:
    rows = (HEADER, "I | Kinh tế | | | |", "1 | Việc | Sở Y tế | | |", "II | Xã hội | | | |")
    read = read_table(*rows, "1 | Việc | Sở Y tế | | |", above="**II. DANH MỤC**\n")
    assert [item.ref for item in read.items] == ["II.I.1", "II.II.1"]


def test_a_table_under_a_heading_counts_like_a_printed_list() -> None:
    read = read_table(HEADER, "3 | Việc | Sở Y tế | | |", above="## B. A\n\n**I. Nội dung trình**")
    assert [item.ref for item in read.items] == ["B.I.3"]


def test_kinds_of_group_rows_lie_in_each_other_as_first_met() -> None:
    rows = ("THÁNG 01 | | | | |", "I | Kinh tế | | | |", "1 | Một | Sở Y tế | | |")
    again = ("THÁNG 02 | | | | |", "I | Kinh tế | | | |", "1 | Hai | Sở Y tế | | |")
    read = read_table(HEADER, *rows, *again, title="KẾ HOẠCH CÔNG TÁC NĂM 2026")
    assert [item.section for item in read.items] == [
        ("THÁNG 01", "I. Kinh tế"),
        ("THÁNG 02", "I. Kinh tế"),
    ]


@pytest.mark.parametrize(
    ("group", "due"),
    [("THÁNG 02", "2026-02-27"), ("Quý II", "2026-06-30"), ("Tháng 5/2026", "2026-05-29")],
)
def test_a_month_or_quarter_above_a_row_is_its_deadline(group: str, due: str) -> None:
    rows = (HEADER, f"{group} | | | | |", "1 | Việc | Sở Y tế | | |")
    (item,) = read_table(*rows, title="KẾ HOẠCH CÔNG TÁC NĂM 2026").items
    assert (str(item.due_on), item.due_text, item.due_inferred) == (due, group, True)


def test_counting_may_go_on_under_the_next_group_row() -> None:
    rows = ("THÁNG 01 | | | | |", "1 | Một | Sở Y tế | | |", "THÁNG 02 | | | | |")
    read = read_table(HEADER, *rows, "2 | Hai | Sở Y tế | | |")
    assert "numbering-broken" not in codes(read)


def test_a_number_left_out_of_a_table_is_told() -> None:
    read = read_table(HEADER, "1 | Một | Sở Y tế | | |", "3 | Ba | Sở Y tế | | |")
    assert "numbering-broken" in codes(read)


@pytest.mark.parametrize("ditto", ["nt", "-nt-", "như trên", '"', "''", "Như trên"])
def test_a_ditto_repeats_the_unit_above(ditto: str) -> None:
    assert leads(HEADER, "1 | Một | Sở A | | |", f"2 | Hai | {ditto} | | |") == ["Sở A", "Sở A"]


def test_a_unit_merged_downwards_is_that_of_every_row() -> None:
    rows = (HEADER, "1 | Một | Sở A | | |", "2 | Hai | Sở A | | |")
    assert leads(*rows, continued={3: {2}}) == ["Sở A", "Sở A"]


def test_a_blank_unit_is_asked_for() -> None:
    read = read_table(HEADER, "1 | Một | Sở Y tế | | |", "2 | Hai | | | |")
    assert [one.ref for one in read.warnings if one.code == "owner-missing"] == ["2"]


def test_a_content_merged_over_two_units_is_one_task() -> None:
    rows = (HEADER, "1 | Một | Sở A | | |", "1 | Một | Sở B | | |")
    assert leads(*rows, continued={3: {0, 1}}) == ["Sở A\nSở B"]


@pytest.mark.parametrize(
    ("below", "text"),
    [
        (" | và Môi trường | | | |", "1. Sở Nông nghiệp và Môi trường"),
        (" | Báo cáo kèm theo | | | |", "1. Sở Nông nghiệp\nBáo cáo kèm theo"),
        ("- | Đề án kèm theo | | | |", "1. Sở Nông nghiệp\n- Đề án kèm theo"),
    ],
)
def test_a_row_without_number_and_unit_goes_on_with_the_one_above(below: str, text: str) -> None:
    assert laid_out(HEADER, "1 | Sở Nông nghiệp | Sở A | | |", below) == [text]


def test_parts_without_a_unit_of_their_own_stay_in_their_task() -> None:
    rows = (
        "1 | Trình các văn bản: | Sở A | | |",
        "1.1 | Báo cáo X | | | |",
        "1.2 | Đề án Y | | | |",
    )
    assert laid_out(HEADER, *rows) == ["1. Trình các văn bản:\n1.1 Báo cáo X\n1.2 Đề án Y"]


@pytest.mark.parametrize(("first", "refs"), [("1.1", ["1.1", "1.2"]), ("a", ["1.a", "1.b"])])
def test_a_numbered_row_without_a_unit_heads_its_parts(first: str, refs: list[str]) -> None:
    second = {"1.1": "1.2", "a": "b"}[first]
    parts = (f"{first} | Một | Sở Y tế | | |", f"{second} | Hai | Sở Y tế | | |")
    assert [one.ref for one in read_table(HEADER, "1 | Lĩnh vực | | | |", *parts).items] == refs


def test_several_documents_in_one_cell_are_one_task_with_deliverables() -> None:
    item = one_row("1 | - Báo cáo A<br>- Kế hoạch B | Sở Y tế | | |")
    assert item.deliverables == ("Báo cáo A", "Kế hoạch B")


def test_the_result_names_the_deliverable_when_the_content_does_not() -> None:
    header = "TT | Nhiệm vụ | Chủ trì | Sản phẩm"
    assert one_row("1 | Tổng kết năm | Sở Y tế | Báo cáo", header=header).deliverables == (
        "Báo cáo",
    )


@pytest.mark.parametrize("note", ["chuyển từ tháng trước", "Bổ sung ngoài KH quý"])
def test_a_note_is_kept_in_the_source(note: str) -> None:
    assert note in one_row(f"1 | Kế hoạch A | Sở Y tế | | | {note}").source_text


def test_a_mark_chooses_the_authority_of_its_column() -> None:
    header = "TT | Nội dung | Chủ trì | Trình UBND tỉnh | Trình BTV Tỉnh ủy"
    assert one_row("1 | Kế hoạch A | Sở Y tế | | x", header=header).authority == "BTV Tỉnh ủy"


def test_a_column_says_the_authority_before_the_text() -> None:
    header = "TT | Nội dung | Chủ trì | Cấp trình"
    item = one_row("1 | Kế hoạch của UBND tỉnh về A | Sở Y tế | HĐND tỉnh", header=header)
    assert item.authority == "HĐND tỉnh"


def test_a_bracket_names_the_unit_where_the_column_is_blank() -> None:
    item = one_row("1 | Kế hoạch A (Sở Y tế chuẩn bị) | | Sở Nội vụ | |")
    assert (unit_of(item), item.support[0].unit, item.text) == (
        "Sở Y tế",
        "Sở Nội vụ",
        "Kế hoạch A",
    )


def test_one_column_may_name_both_lead_and_support() -> None:
    header = "TT | Nội dung | Đơn vị thực hiện | Thời hạn"
    item = one_row("1 | Kế hoạch A | Sở Y tế chủ trì; Sở Nội vụ phối hợp | 20/02", header=header)
    assert (unit_of(item), [one.unit for one in item.support]) == ("Sở Y tế", ["Sở Nội vụ"])


def test_of_several_leads_the_first_leads_and_a_person_is_asked() -> None:
    item = one_row("1 | Kế hoạch A | Sở Y tế, Sở Nội vụ | | |")
    assert (unit_of(item), [one.unit for one in item.support]) == ("Sở Y tế", ["Sở Nội vụ"])
    assert [one.code for one in item.doubts if one.is_question] == ["leads-several"]


def test_a_group_in_the_lead_column_is_asked_for() -> None:
    item = one_row("1 | Kế hoạch A | Các sở, ngành | | |")
    assert "unit-group" in [one.code for one in item.doubts]


def test_a_list_that_goes_from_unit_to_unit_gives_each_task_its_unit() -> None:
    header = "TT | Tên đề án | Thời gian trình | Ghi chú"
    rows = ("I | SỞ TÀI CHÍNH (01 đề án) | |", "1 | Đề án A | 20/02 |")
    (item,) = read_table(header, *rows).items
    assert unit_of(item) == "Sở Tài chính"


@pytest.mark.parametrize(
    ("cell", "due"),
    [("15/3", "2026-03-15"), ("2026-03-15", "2026-03-15"), ("Tháng 3", "2026-03-31")],
)
def test_a_bare_date_in_its_column_is_the_deadline(cell: str, due: str) -> None:
    assert str(one_row(f"1 | Kế hoạch A | Sở Y tế | | {cell} |").due_on) == due


def test_a_date_that_cannot_be_day_and_month_is_doubted() -> None:
    item = one_row("1 | Kế hoạch A | Sở Y tế | | 03/14/2026 |")
    assert [one.code for one in item.doubts] == ["deadline-unclear"]


def test_a_real_monthly_programme_with_dates_first_is_a_table_of_tasks() -> None:
    header = "Thời gian | Nội dung | Chủ trì | Phối hợp | Ghi chú"
    rows = (
        "5/8 | Kiểm tra hội thành viên | Sở Y tế | Sở Nội vụ |",
        " | Báo cáo 7 tháng | Sở Y tế | |",
    )
    read = read_table(header, *rows, title="CHƯƠNG TRÌNH CÔNG TÁC Tháng 8 năm 2020")
    assert [str(item.due_on) for item in read.items] == ["2020-08-05", "2020-08-05"]


def test_a_plan_without_a_column_of_units_gives_tasks_and_asks_for_them() -> None:
    header = "Nhiệm vụ | Kết quả cần đạt | Thời gian"
    rows = (
        "Tham mưu kỳ họp thứ Bảy | Kế hoạch | Trong quý",
        "Rà soát | Báo cáo | Tháng 10-12/2026",
    )
    read = read_table(header, *rows, title="KẾ HOẠCH CÔNG TÁC QUÝ IV NĂM 2026")
    assert [str(item.due_on) for item in read.items] == ["2026-12-31", "2026-12-31"]
    assert codes(read).count("owner-missing") == 2


def test_a_weekly_schedule_gives_no_tasks() -> None:
    schedule = "Ngày | Thời gian | Nội dung | Địa điểm | Lãnh đạo"
    blocks = list(spread([table(schedule, "Thứ 2¶26/01 | Sáng | (8h00) Họp | P.1 | PCT X")]))
    assert [type(one) for one in blocks] == [Table]


@pytest.mark.parametrize(
    "rows",
    [
        ("STT | Chỉ tiêu | Đơn vị tính | Kế hoạch", "1 | Thu ngân sách | tỷ đồng | 100"),
        ("Nơi nhận: | TL. CHỦ TỊCH", "- Lưu: VT | Vũ Huy Phương"),
        ("Thời gian | Nội dung", "5/8 | Họp giao ban"),
    ],
)
def test_a_table_that_is_none_of_tasks_stays_a_table(rows: tuple[str, ...]) -> None:
    assert [type(one) for one in spread([table(*rows)])] == [Table]


def test_a_table_goes_on_after_a_page_without_its_header() -> None:
    parts = [table(HEADER, "1 | Một | Sở A | | |"), table("2 | Hai | Sở B | | |")]
    assert [one.text for one in spread(parts) if isinstance(one, Listed)] == ["1. Một", "2. Hai"]


def test_prose_after_a_table_is_no_part_of_its_last_task() -> None:
    text = f"# {TITLE}\n\n{pipes(HEADER, '1 | Một | Sở Y tế | | |')}\n\nYêu cầu thực hiện nghiêm."
    read = reading_of(text, name="a.md")
    assert [item.text for item in read.items] == ["Một"]
    assert "Yêu cầu thực hiện nghiêm." in [one.text for one in read.passages]


def test_blocks_that_are_no_tables_pass_through() -> None:
    line = Paragraph("1. Một.", "1. Một.", Where(1, 1))
    assert list(spread([line])) == [line]


def test_a_note_at_the_foot_heads_nothing() -> None:
    rows = (HEADER, "1 | Một | Sở A | | |", "GHI CHÚ: NHIỆM VỤ CHUYỂN TIẾP | | | | |")
    blocks = list(spread([table(*rows)]))
    assert isinstance(blocks[-1], Ruled)


def test_a_list_inside_a_table_ends_where_the_numbers_go_on() -> None:
    parts = ("2 | Lĩnh vực y tế | | | |", "2.1 | Hai một | Sở Y tế | | |", "3 | Ba | Sở Y tế | | |")
    read = read_table(HEADER, "I | Kinh tế | | | |", "1 | Một | Sở Y tế | | |", *parts)
    assert [item.ref for item in read.items] == ["I.1", "I.2.1", "I.3"]
    assert [one.code for one in read.warnings] == ["issuer-missing"]


def test_the_count_beside_a_month_does_not_hide_it() -> None:
    rows = (HEADER, "THÁNG 02 (3 nội dung) | | | | |", "1 | Việc | Sở Y tế | | |")
    (item,) = read_table(*rows, title="KẾ HOẠCH CÔNG TÁC NĂM 2026").items
    assert str(item.due_on) == "2026-02-27"


def test_the_work_grows_with_the_rows_and_not_faster() -> None:
    rows = [HEADER, *(f"{number} | Việc | Sở Y tế | | |" for number in range(1, 3001))]
    calls = [steps_of(rows[: count + 1]) for count in (750, 3000)]
    assert calls[1] < calls[0] * 5


def steps_of(rows: list[str]) -> int:
    """How many calls laying out a table takes; time itself would depend on the machine."""
    seen = cProfile.Profile()
    seen.runcall(lambda: list(spread([table(*rows)])))
    return sum(entry.callcount for entry in seen.getstats())


def test_a_month_right_under_the_header_tells_the_weeks_below_it() -> None:
    rows = (HEADER, " | Tháng 7 | | | | ", "1 | Đề án A | Sở Y tế | | Tuần 2 | ")
    (item,) = read_table(*rows, title="KẾ HOẠCH CÔNG TÁC QUÝ III NĂM 2026").items
    assert str(item.due_on) == "2026-07-10"


def test_a_week_of_no_month_in_a_plan_for_a_quarter_is_asked_about() -> None:
    rows = (HEADER, "1 | Đề án A | Sở Y tế | | Tuần 2 | ")
    read = read_table(*rows, title="KẾ HOẠCH CÔNG TÁC QUÝ III NĂM 2026")
    assert "deadline-unclear" in codes(read)
