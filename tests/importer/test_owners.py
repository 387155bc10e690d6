"""Who prepares an item: found in the words, never guessed."""

import pytest

from tests.importer.papers import one_item
from tracker.importer.owners import owners_of
from tracker.importer.units import published_units

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
