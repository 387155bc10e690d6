"""The quirks of real papers, each with the line that shows it."""

import unicodedata

import pytest

from tests.importer.papers import (
    PROGRAMME,
    TITLE,
    codes,
    one_item,
    paper,
    plain,
    read_lines,
    reading_of,
    sample,
)
from tracker.domain.task import Kind
from tracker.importer.layout.numbering import label_of

MARKDOWN = PROGRAMME.read_text(encoding="utf-8")
PLAIN = plain(MARKDOWN)
VARIANTS = {
    "marks lost": PLAIN,
    "windows line ends": PLAIN.replace("\n", "\r\n"),
    "decomposed letters": unicodedata.normalize("NFD", PLAIN),
    "hard spaces": PLAIN.replace(" ", "\u00a0"),
    "no blank lines": PLAIN.replace("\n\n", "\n"),
    "markdown without blank lines": MARKDOWN.replace("\n\n", "\n"),
    "title on two lines": PLAIN.replace("TÁC Tháng", "TÁC\nTháng"),
    "capitals undone": PLAIN.replace("NHIỆM VỤ TRỌNG TÂM", "Nhiệm vụ trọng tâm"),
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS.keys())
def test_the_same_items_are_read_however_the_paper_was_saved(text: str) -> None:
    read = reading_of(text)
    wanted = [(i.ref, i.lead, i.due_on, len(i.deliverables)) for i in sample(PROGRAMME).items]
    assert [(i.ref, i.lead, i.due_on, len(i.deliverables)) for i in read.items] != []
    assert [(i.ref, i.due_on, len(i.deliverables)) for i in read.items] == [
        (ref, due, count) for ref, _, due, count in wanted
    ]
    assert len(read.programme.recipients) == 11
    assert read.programme.signer == "Vũ Huy Phương"


def test_a_paper_all_in_capitals_gives_the_same_units_and_deadlines() -> None:
    read = reading_of(PLAIN.upper())
    wanted = [(i.ref, i.lead and i.lead.unit, i.due_on) for i in sample(PROGRAMME).items]
    assert [(i.ref, i.lead and i.lead.unit, i.due_on) for i in read.items] == wanted


def test_stored_text_is_composed_whatever_the_file_holds() -> None:
    read = reading_of(unicodedata.normalize("NFD", PLAIN))
    assert all(unicodedata.is_normalized("NFC", item.text) for item in read.items)


def test_utf_16_with_its_mark_is_read() -> None:
    assert len(reading_of(PLAIN, encoding="utf-16").items) == 18


def test_slips_of_the_typist_are_kept() -> None:
    assert "bảo vệ ANTK trên" in next(i.text for i in sample(PROGRAMME).items if "ANT" in i.text)


def test_a_sentence_broken_after_its_half_is_joined_with_one_space() -> None:
    read = read_lines("A. NHIỆM VỤ TRỌNG TÂM", "1. Đẩy mạnh tuyên truyền kết quả", "năm 2025.")
    assert [item.text for item in read.items] == ["Đẩy mạnh tuyên truyền kết quả năm 2025."]
    assert [doubt.code for doubt in read.items[0].doubts] == ["text-repaired"]


def test_a_dash_that_opens_a_page_belongs_to_kinh_te_xa_hoi() -> None:
    read = read_lines("A. NHIỆM VỤ TRỌNG TÂM", "1. Phát triển kinh tế", "- xã hội năm 2025.")
    assert [item.text for item in read.items] == ["Phát triển kinh tế - xã hội năm 2025."]


def test_a_dash_before_a_capital_opens_a_point_of_its_own() -> None:
    read = read_lines("A. NHIỆM VỤ TRỌNG TÂM", "1. Các việc sau", "- Xây dựng kế hoạch.")
    assert [item.text for item in read.items] == ["Các việc sau\n- Xây dựng kế hoạch."]
    assert read.items[0].doubts == ()


def test_an_item_without_its_final_mark_does_not_swallow_the_next() -> None:
    read = read_lines("A. NHIỆM VỤ TRỌNG TÂM", "1. Thẩm tra, xác minh", "2. Tổ chức hội nghị.")
    assert [item.text for item in read.items] == ["Thẩm tra, xác minh", "Tổ chức hội nghị."]


def test_a_continuing_paragraph_belongs_to_the_item_above() -> None:
    first = sample(PROGRAMME).items[0]
    assert "\nTiếp tục cụ thể hóa" in first.text


def test_a_caption_and_a_page_reference_between_two_halves_are_dropped() -> None:
    text = paper(
        "## A. NHIỆM VỤ TRỌNG TÂM",
        "1. Có cơ sở vật chất đồng bộ, hiện",
        "*Giờ thực hành của sinh viên*",
        "*(Xem tiếp trang 6)*",
        "đại trong năm.",
        title=f"## {TITLE}",
    )
    read = reading_of(text, name="a.md")
    assert [item.text for item in read.items] == ["Có cơ sở vật chất đồng bộ, hiện đại trong năm."]


def test_two_halves_in_italics_are_one_sentence_not_a_caption() -> None:
    text = paper("## A. NHIỆM VỤ TRỌNG TÂM", "1. *Tổ chức thực hiện*", "*bồi thường.*")
    assert [i.text for i in reading_of(text, name="a.md").items] == [
        "Tổ chức thực hiện bồi thường."
    ]


def test_section_headings_may_be_marked_bold_or_plain() -> None:
    for heading in ("## A. TRỌNG TÂM", "**A. TRỌNG TÂM**", "### **A. TRỌNG TÂM**", "A. TRỌNG TÂM"):
        read = reading_of(paper(heading, "1. Việc thứ nhất."), name="a.md")
        assert [item.ref for item in read.items] == ["A.1"]


@pytest.mark.parametrize("label", ["II.", "II-", "II)", "II -", "II/"])
def test_roman_headings_are_written_in_several_ways(label: str) -> None:
    read = read_lines(f"{label} NHIỆM VỤ TRỌNG TÂM", "1. Việc thứ nhất.")
    assert [item.ref for item in read.items] == ["II.1"]


@pytest.mark.parametrize(
    "label",
    ["1.", "1)", "(1)", "1/", "1-", "1 -", "Một là:", "Một là,", "Thứ nhất,", "a)", "a.", "-", "•"],
)
def test_items_are_numbered_in_several_ways(label: str) -> None:
    read = read_lines("A. NHIỆM VỤ TRỌNG TÂM", f"{label} Việc thứ nhất.")
    assert [item.text for item in read.items] == ["Việc thứ nhất."]


def test_an_escaped_star_is_a_dash_of_the_typist() -> None:
    text = paper("### A. NHIỆM VỤ TRỌNG TÂM", r"\* Việc thứ nhất.", r"\* Việc thứ hai.")
    assert [item.text for item in reading_of(text, name="a.md").items] == [
        "Việc thứ nhất.",
        "Việc thứ hai.",
    ]


def test_points_under_an_item_stay_in_its_text() -> None:
    read = read_lines("A. NHIỆM VỤ TRỌNG TÂM", "1. Hai việc:", "a) Việc một;", "b) Việc hai.")
    assert [item.text for item in read.items] == ["Hai việc:\na) Việc một;\nb) Việc hai."]


def test_items_under_a_numbered_field_carry_both_numbers() -> None:
    read = read_lines("I. NHIỆM VỤ TRỌNG TÂM", "1. Kinh tế", "1.1. Thu ngân sách.", "1.2. Chi.")
    assert [item.ref for item in read.items] == ["I.1.1", "I.1.2"]
    assert read.items[0].section == ("I. NHIỆM VỤ TRỌNG TÂM", "1. Kinh tế")


def test_a_meeting_may_be_a_numbered_line_with_lettered_agenda() -> None:
    read = read_lines(
        "II. HỘI NGHỊ, CUỘC HỌP",
        "1. Hội nghị UBND phường: 8 giờ ngày 27/02/2026 (thứ Sáu).",
        "a) Báo cáo A (Sở Y tế chuẩn bị).",
        "b) Báo cáo B (Sở Tài chính chuẩn bị).",
    )
    assert [(item.ref, item.meeting) for item in read.items] == [
        ("II.1.a", "II.1"),
        ("II.1.b", "II.1"),
    ]


def test_numbers_that_restart_in_every_section_give_different_references() -> None:
    read = read_lines("A. TRỌNG TÂM", "1. Một.", "B. TRỌNG TÂM KHÁC", "1. Hai.")
    assert [item.ref for item in read.items] == ["A.1", "B.1"]


def test_a_repeated_number_gets_a_suffix_and_a_warning() -> None:
    read = read_lines("A. TRỌNG TÂM", "1. Một.", "2. Hai.", "3. Ba.", "3. Bốn.", "4. Năm.")
    assert [item.ref for item in read.items] == ["A.1", "A.2", "A.3", "A.3-2", "A.4"]
    assert codes(read).count("numbering-broken") == 1


def test_a_repeated_section_gives_its_items_other_references() -> None:
    read = read_lines("I. TRỌNG TÂM", "1. Một.", "I. TRỌNG TÂM KHÁC", "1. Hai.")
    assert [item.ref for item in read.items] == ["I.1", "I-2.1"]


def test_a_missing_section_is_told_and_nothing_is_renumbered() -> None:
    read = read_lines("I. TRỌNG TÂM", "1. Một.", "IV. TRỌNG TÂM KHÁC", "1. Hai.")
    assert [item.ref for item in read.items] == ["I.1", "IV.1"]
    missing = [one.facts["section"] for one in read.warnings if one.code == "section-missing"]
    assert missing == ["II", "III"]


def test_an_item_that_lost_its_number_is_not_merged_with_its_neighbour() -> None:
    read = read_lines(
        "I. Nội dung trình Chủ tịch UBND tỉnh",
        "1. Kế hoạch A (Sở Tài chính chuẩn bị).",
        "Kế hoạch B (Sở Y tế chuẩn bị).",
    )
    assert [item.lead.unit for item in read.items if item.lead] == ["Sở Tài chính", "Sở Y tế"]
    assert "number-lost" in codes(read)


def test_a_section_that_lost_all_its_numbers_still_gives_its_items() -> None:
    read = read_lines(
        "I. Nội dung trình Chủ tịch UBND tỉnh",
        "Kế hoạch A (Sở Tài chính chuẩn bị).",
        "Kế hoạch B (Sở Y tế chuẩn bị).",
    )
    assert [item.ref for item in read.items] == ["I.1", "I.2"]


@pytest.mark.parametrize("ending", [".", "./.", "/.", "./", "…/.", "...", ""])
def test_every_closing_mark_lets_the_owner_be_found(ending: str) -> None:
    item = one_item(f"Kế hoạch A (Sở Y tế chuẩn bị){ending}")
    assert item.lead is not None
    assert item.lead.unit == "Sở Y tế"


def test_a_lost_closing_bracket_does_not_lose_the_owner() -> None:
    item = one_item("Kế hoạch A (Sở Y tế chuẩn bị.")
    assert (item.text, item.lead and item.lead.unit) == ("Kế hoạch A.", "Sở Y tế")


def test_an_open_quote_does_not_hide_the_second_document() -> None:
    item = one_item("Báo cáo “kết quả; Báo cáo đầu tư công (Sở Tài chính chuẩn bị)")
    assert len(item.deliverables) == 2


def test_the_signature_beside_the_recipients_is_no_task() -> None:
    table = "| Nơi nhận: | TL. CHỦ TỊCH |\n|---|---|\n| - Sở Y tế;<br>- Lưu: VT. | Vũ Huy Phương |"
    text = paper("## A. TRỌNG TÂM", "1. Một.", table, title=f"## {TITLE}")
    read = reading_of(text, name="a.md")
    assert read.programme.recipients == ("Sở Y tế", "Lưu: VT")
    assert read.programme.signer == "Vũ Huy Phương"
    assert len(read.items) == 1


def test_a_table_that_is_not_read_is_told() -> None:
    table = "| Thời gian | Nội dung |\n|---|---|\n| 5/8 | Họp giao ban |"
    read = reading_of(paper("## A. TRỌNG TÂM", "1. Một.", table), name="a.md")
    assert "table-skipped" in codes(read)


def test_printed_numbers_of_a_markdown_list_are_not_counted_anew() -> None:
    read = reading_of(paper("## A. TRỌNG TÂM", "3. Ba.\n4. Bốn.\n7. Bảy."), name="a.md")
    assert [item.ref for item in read.items] == ["A.3", "A.4", "A.7"]


def test_items_without_any_heading_are_still_items() -> None:
    read = read_lines("1. Kế hoạch A (Sở Y tế chuẩn bị).")
    assert [(item.ref, item.kind) for item in read.items] == [("1", Kind.TASK)]


@pytest.mark.parametrize(
    "words", ["1-2/3 họp giao ban", "15/3 họp", "5 - 7 người", "V/v giao nhiệm vụ", "X-quang phổi"]
)
def test_numbers_that_begin_a_line_are_not_always_labels(words: str) -> None:
    assert label_of(words) == (None, words)


def test_monday_is_not_the_second_point() -> None:
    assert label_of("Thứ hai, ngày 02/3 họp")[0] is None


def test_the_parts_of_a_long_programme_are_told_apart() -> None:
    read = read_lines(
        "PHẦN THỨ NHẤT", "NHIỆM VỤ TRỌNG TÂM", "1. Một.", "PHẦN THỨ HAI", "ĐỀ ÁN", "1. Hai."
    )
    assert [item.text for item in read.items] == ["Một.", "Hai."]


def test_what_stands_under_a_unit_is_led_by_it() -> None:
    read = read_lines(
        "I. PHÂN CÔNG",
        "1. Sở Tài chính",
        "- Báo cáo A.",
        "- Báo cáo B, phối hợp với Sở Y tế.",
        "2. Phòng Văn hóa - Xã hội",
        "- Kế hoạch C.",
        "3. Kế hoạch D (Sở Y tế chuẩn bị).",
    )
    leads = [(item.ref, item.lead.text) for item in read.items if item.lead]
    assert leads == [
        ("I.1.1", "Sở Tài chính"),
        ("I.1.2", "Sở Tài chính"),
        ("I.2.1", "Phòng Văn hóa - Xã hội"),
        ("I.3", "Sở Y tế"),
    ]
    assert "numbering-broken" not in codes(read)


def test_points_that_each_name_their_unit_are_items() -> None:
    read = read_lines(
        "I. Nội dung trình Chủ tịch UBND tỉnh",
        "1. Các quyết định về cán bộ:",
        "a) Quyết định A (Sở Y tế chuẩn bị);",
        "b) Quyết định B (Sở Nội vụ).",
        "2. Kế hoạch C (Sở Tài chính chuẩn bị).",
    )
    assert [item.ref for item in read.items] == ["I.1.a", "I.1.b", "I.2"]
    assert read.items[0].section[-1] == "1. Các quyết định về cán bộ:"
    assert "numbering-broken" not in codes(read)


def test_a_field_of_work_heads_its_list() -> None:
    read = read_lines(
        "* Lĩnh vực kinh tế:", "- Báo cáo A (Sở Y tế).", "* Lĩnh vực xã hội:", "- Báo cáo B."
    )
    assert [item.text for item in read.items] == ["Báo cáo A.", "Báo cáo B."]
    assert len({item.ref for item in read.items}) == 2
