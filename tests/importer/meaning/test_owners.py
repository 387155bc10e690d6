"""Who prepares an item: found in the words, never guessed."""

import time

import pytest

from tests.importer.papers import one_item
from tracker.importer.meaning.owners import owner_of_heading, owners_listed, owners_of
from tracker.importer.meaning.units import published_units

UNITS = published_units()


def named(text: str) -> tuple[str, str | None, list[str | None]]:
    owners = owners_of(text, units=UNITS)
    lead = owners.lead.unit if owners.lead else None
    return owners.text, lead, [unit.unit for unit in owners.support]


def doubts(text: str) -> list[str]:
    return [doubt.code for doubt in owners_of(text, units=UNITS).doubts]


@pytest.mark.parametrize(
    "ending",
    [
        " (Sở Tài chính chuẩn bị)",
        " (Sở Tài chính)",
        " (Do Sở Tài chính chuẩn bị)",
        " (Sở Tài chính chủ trì)",
        " (Sở Tài chính tham mưu)",
        " (STC chuẩn bị)",
        " (Chủ trì: Sở Tài chính)",
        " (Sở Tài chính chuẩn bị nội dung và thư mời)",
        "; Sở Tài chính chuẩn bị",
        ". Sở Tài chính chuẩn bị",
        " ( Sở Tài chính  chuẩn bị )",
        " (Sở Tài chính thực hiện)",
        " (Sở Tài chính; tháng 3)",
        " - Sở Tài chính",
        "; giao Sở Tài chính chủ trì",
        " (đ/c Giám đốc Sở Tài chính chủ trì)",
    ],
)
def test_the_owner_is_taken_off_however_it_is_written(ending: str) -> None:
    assert named("Kế hoạch A" + ending) == ("Kế hoạch A", "Sở Tài chính", [])


@pytest.mark.parametrize(
    "content",
    ["(nếu có)", "(mới)", "(cũ)", "(NOXH)", "(theo tham mưu của Sở Tài chính)", "(đã chuẩn bị)"],
)
def test_other_brackets_are_content(content: str) -> None:
    assert named(f"Kế hoạch A {content}") == (f"Kế hoạch A {content}", None, [])


def test_only_the_last_bracket_is_the_owner() -> None:
    text = "Kế hoạch A (sửa đổi Kế hoạch số 33/KH-UBND) (Sở Y tế chuẩn bị)."
    assert named(text) == ("Kế hoạch A (sửa đổi Kế hoạch số 33/KH-UBND).", "Sở Y tế", [])


def test_an_owner_in_an_earlier_bracket_is_content() -> None:
    text = "Kế hoạch A (Sở Y tế chuẩn bị) trình lại (lần 2)"
    assert named(text) == (text, None, [])


def test_the_first_unit_leads_and_the_others_support() -> None:
    text = "A (Sở Giáo dục và Đào tạo, Sở Nông nghiệp và Môi trường và Sở Y tế chuẩn bị)"
    support: list[str | None] = ["Sở Nông nghiệp và Môi trường", "Sở Y tế"]
    assert named(text) == ("A", "Sở Giáo dục và Đào tạo", support)


def test_a_unit_name_with_a_comma_is_not_split() -> None:
    text = "A (Sở Văn hóa, Thể thao và Du lịch; Công an tỉnh chuẩn bị)"
    assert named(text) == ("A", "Sở Văn hóa, Thể thao và Du lịch", ["Công an tỉnh"])


@pytest.mark.parametrize(
    "bracket",
    [
        "Sở Y tế chủ trì, phối hợp với Sở Tài chính, Công an tỉnh chuẩn bị",
        "Sở Y tế phối hợp với Sở Tài chính và Công an tỉnh chuẩn bị",
        "Sở Y tế chủ trì; phối hợp: Sở Tài chính, Công an tỉnh",
        "Sở Y tế chuẩn bị; Sở Tài chính, Công an tỉnh phối hợp",
    ],
)
def test_those_who_cooperate_support(bracket: str) -> None:
    assert named(f"A ({bracket})") == ("A", "Sở Y tế", ["Sở Tài chính", "Công an tỉnh"])


def test_an_assignment_names_the_lead_and_keeps_its_words() -> None:
    text = "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch."
    assert named(text) == (text, "Sở Y tế", ["Sở Tài chính"])


def test_so_xay_dung_is_a_unit_though_its_name_is_a_verb() -> None:
    text = "A (Sở Xây dựng chủ trì, phối hợp với Sở Xây dựng, Sở Y tế xây dựng)"
    assert named(text)[1:] == ("Sở Xây dựng", ["Sở Xây dựng", "Sở Y tế"])
    assert named("Giao Sở Xây dựng xây dựng kế hoạch.")[1] == "Sở Xây dựng"


@pytest.mark.parametrize(
    "group", ["Các sở, ngành, địa phương", "các đảng ủy, chi bộ cơ sở trực thuộc"]
)
def test_a_group_has_no_lead_but_a_doubt(group: str) -> None:
    text = f"A ({group} chuẩn bị)"
    assert named(text)[:2] == ("A", None)
    assert "unit-group" in doubts(text)


def test_an_unknown_unit_is_kept_as_written_with_a_doubt() -> None:
    owners = owners_of("A (Sở Không gian Vũ trụ chuẩn bị)", units=UNITS)
    assert owners.lead is not None
    assert (owners.lead.text, owners.lead.unit) == ("Sở Không gian Vũ trụ", None)
    assert [doubt.code for doubt in owners.doubts] == ["unit-unknown"]


def test_a_unit_whose_work_was_split_is_never_mapped() -> None:
    assert doubts("A (Sở Lao động, Thương binh và Xã hội chuẩn bị)") == ["unit-ambiguous"]


def test_the_unit_that_prepares_is_not_the_authority_that_issues() -> None:
    item = one_item("Kế hoạch của Ban Thường vụ Tỉnh ủy về đào tạo nghề (Sở Y tế chuẩn bị)")
    assert (item.lead and item.lead.unit, item.authority) == ("Sở Y tế", "Ban Thường vụ Tỉnh ủy")


def test_an_item_for_the_chairman_without_an_owner_is_a_question() -> None:
    assert "owner-missing" in [doubt.code for doubt in one_item("Kế hoạch A.").doubts]


@pytest.mark.parametrize(
    "text",
    [
        "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính tham mưu UBND tỉnh ban hành kế hoạch.",
        "Đẩy mạnh chuyển đổi số. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện.",
        "Sở Y tế chủ trì, phối hợp với Sở Tài chính tham mưu UBND tỉnh ban hành kế hoạch.",
        "Đề nghị Sở Y tế chủ trì, phối hợp Sở Tài chính rà soát.",
    ],
)
def test_a_sentence_that_gives_the_task_stays_whole(text: str) -> None:
    assert named(text) == (text, "Sở Y tế", ["Sở Tài chính"])


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế tham mưu UBND tỉnh ban hành kế hoạch.",
        "Sở Y tế báo cáo kết quả tiêm chủng.",
        "Đề nghị Sở Y tế tăng cường kiểm tra.",
        "Giao Giám đốc Sở Y tế xây dựng kế hoạch.",
    ],
)
def test_a_unit_at_the_head_of_a_sentence_leads(text: str) -> None:
    assert named(text) == (text, "Sở Y tế", [])


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Sở Y tế: Báo cáo A.", "Báo cáo A."),
        ("Sở Y tế - Báo cáo A.", "Báo cáo A."),
        ("Báo cáo A. Đơn vị chủ trì: Sở Y tế.", "Báo cáo A."),
        ("Báo cáo A.\nCơ quan chủ trì: Sở Y tế.\nThời gian: Tháng 3.", None),
        ("Báo cáo A (Sở Y tế chuẩn bị), trình trước ngày 15/3.", None),
    ],
)
def test_the_owner_may_stand_before_the_task_or_on_a_line_of_its_own(
    text: str, rest: str | None
) -> None:
    found, lead, _ = named(text)
    assert lead == "Sở Y tế"
    assert "Sở Y tế" not in found
    assert rest is None or found == rest


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế đã chủ trì họp báo.",
        "Trong tuần, Sở Y tế chủ trì hội nghị tổng kết.",
        "Kết luận: Sở Y tế",
        "Giao ban tuần của Sở Y tế",
        "Giao dịch điện tử cần triển khai",
        "Chỉ đạo các sở, ngành, địa phương tập trung triển khai.",
        "UBND tỉnh chỉ đạo các sở.",
        "Kế hoạch A (đ/c Nam chuẩn bị)",
        "Kế hoạch A (đồng chí Nguyễn Văn A, Phó Chủ tịch UBND tỉnh)",
    ],
)
def test_news_directives_and_persons_give_no_owner(text: str) -> None:
    owners = owners_of(text, units=UNITS)
    assert (owners.text, owners.lead, owners.support, owners.doubts) == (text, None, (), ())


@pytest.mark.parametrize(
    "bracket",
    [
        "các Sở: Tài chính, Y tế, Xây dựng chuẩn bị",
        "Các sở Tài chính, Y tế, Xây dựng",
        "Sở Tài chính, Y tế và Xây dựng chuẩn bị",
        "Sở Tài chính, Sở Y tế, Sở Xây dựng",
    ],
)
def test_of_several_leads_the_first_leads_and_a_person_is_asked(bracket: str) -> None:
    assert named(f"A ({bracket})") == ("A", "Sở Tài chính", ["Sở Y tế", "Sở Xây dựng"])
    assert doubts(f"A ({bracket})") == ["leads-several"]


@pytest.mark.parametrize(
    "text",
    [
        "Yêu cầu các sở, ban, ngành, địa phương thực hiện nghiêm.",
        "UBND các xã, phường rà soát quỹ đất.",
        "Các cơ quan, đơn vị báo cáo kết quả.",
        "A (các sở, ngành, địa phương)",
    ],
)
def test_a_group_that_is_told_to_act_is_a_question(text: str) -> None:
    assert named(text)[1:] == (None, [])
    assert doubts(text) == ["unit-group"]


def test_a_group_that_only_cooperates_is_no_question() -> None:
    owners = owners_of("A (Sở Y tế chủ trì, phối hợp với các đơn vị liên quan)", units=UNITS)
    assert [unit.text for unit in owners.support] == ["các đơn vị liên quan"]
    assert [(one.code, one.is_question) for one in owners.doubts] == [("support-group", False)]


@pytest.mark.parametrize(
    "name",
    [
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "Phòng Văn hóa - Xã hội",
        "Văn phòng HĐND và UBND",
        "Trung tâm Phục vụ hành chính công",
        "Công an xã",
        "Ban Chỉ huy Quân sự xã",
        "Trạm Y tế",
        "Văn phòng Đảng ủy",
        "Ban Xây dựng Đảng",
        "Ủy ban Kiểm tra Đảng ủy",
        "Vụ Công chức - Viên chức",
        "Thanh tra Bộ",
    ],
)
@pytest.mark.parametrize("text", ["A ({} chuẩn bị)", "A ({})", "{}: Báo cáo A."])
def test_a_unit_that_the_directory_lacks_is_kept_as_printed(name: str, text: str) -> None:
    owners = owners_of(text.format(name), units=UNITS)
    assert owners.lead is not None
    assert (owners.lead.text, owners.lead.unit, owners.support) == (name, None, ())
    assert [doubt.code for doubt in owners.doubts] == ["unit-unknown"]


def test_a_slip_of_the_pen_is_told() -> None:
    (doubt,) = owners_of("A (Sở Nông nghiệp và Môi trưòng)", units=UNITS).doubts
    assert (doubt.code, doubt.facts["unit"], doubt.is_question) == (
        "unit-respelt",
        "Sở Nông nghiệp và Môi trường",
        False,
    )


@pytest.mark.parametrize(
    ("lead", "support", "supports"),
    [
        ("Sở Tài chính", "Sở Y tế\nCông an tỉnh", ["Sở Y tế", "Công an tỉnh"]),
        ("Sở Tài chính", "- Sở Giáo dục và\nĐào tạo", ["Sở Giáo dục và Đào tạo"]),
        ("Sở Tài chính\n- Sở Y tế", "", ["Sở Y tế"]),
        ("Sở Tài chính (đ/c Nam)", "STP, SNV", ["Sở Tư pháp", "Sở Nội vụ"]),
        ("Sở Tài chính chủ trì, phối hợp Sở Y tế", "", ["Sở Y tế"]),
        ("Chủ trì: Sở Tài chính", "Phối hợp: Sở Y tế", ["Sở Y tế"]),
    ],
)
def test_cells_name_units_line_by_line(lead: str, support: str, supports: list[str]) -> None:
    owners = owners_listed(lead, support, units=UNITS)
    assert owners.lead is not None
    assert owners.lead.unit == "Sở Tài chính"
    assert [unit.unit for unit in owners.support] == supports


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Sở Tài chính", "Sở Tài chính"),
        ("SỞ TÀI CHÍNH:", "SỞ TÀI CHÍNH"),
        ("Do Sở Y tế chủ trì", "Sở Y tế"),
        ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội"),
        ("Lĩnh vực kinh tế", None),
        ("Ban hành văn bản", None),
        ("Công an, quân sự", None),
        ("Các sở, ngành", None),
        ("HỘI NGHỊ UBND TỈNH", None),
        ("Quý I", None),
    ],
)
def test_a_heading_that_is_only_a_unit_leads_what_is_below(words: str, unit: str | None) -> None:
    found = owner_of_heading(words, UNITS)
    assert (found.text if found else None) == unit


@pytest.mark.parametrize("junk", ["Sở Tài chính, ", "Giao Sở X và Y; ", " và ", "Sở A\n", "("])
def test_a_long_line_of_names_is_read_in_no_time(junk: str) -> None:
    line = junk * (20_000 // len(junk))
    start = time.process_time()
    owners_of(line, units=UNITS)
    owners_listed(line, line, units=UNITS)
    assert time.process_time() - start < 3
