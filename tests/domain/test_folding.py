"""Vietnamese text compared and sorted."""

import unicodedata

from tracker.domain.folding import fold, sort_key


def test_matching_sees_neither_tones_nor_case_nor_the_stroke() -> None:
    assert fold("Đề án  ĐỔI mới") == "de an doi moi"


def test_both_ways_to_place_a_tone_and_both_normal_forms_are_one() -> None:
    assert fold("hoà uỷ") == fold("hòa ủy")
    assert fold(unicodedata.normalize("NFD", "Sở Tài chính")) == fold("Sở Tài chính")


def test_units_sort_as_in_a_vietnamese_dictionary() -> None:
    words = ["đất", "dân", "Ăn", "an", "ân", "ba", "bá", "bà", "bạ", "bã", "bả", "ơn", "ôn", "on"]
    assert sorted(words, key=sort_key) == [
        "an", "Ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "dân", "đất", "on", "ôn", "ơn",
    ]  # fmt: skip
