"""What search stores of a text: words without marks, then those that have them, exactly."""

import pytest

from tracker.domain.finding import MOST_WORDS_KEPT, exact_words, plain_words, searchable


def test_search_sees_neither_tones_nor_the_stroke_of_d() -> None:
    assert plain_words("Đề án, xúc tiến: B.III.2") == "de an xuc tien b iii 2"


def test_what_is_stored_begins_with_the_words_that_everybody_finds() -> None:
    stored = searchable("Đề án xúc tiến", "B.III.2")
    assert stored == "b iii 2 de an xuc tien zzd9e62 zzan1 zzxuc1 zztie6n1"


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("uỷ", "ủy"), ("ĐẤT", "đất"), ("tie\u0302\u0301n", "tiến")]
)
def test_one_word_written_in_two_ways_is_one(one: str, other: str) -> None:
    assert exact_words(one) == exact_words(other) != []


@pytest.mark.parametrize(("one", "other"), [("ma", "mà"), ("dat", "đạt"), ("hoà", "hoá")])
def test_two_words_are_two(one: str, other: str) -> None:
    assert exact_words(one) != exact_words(other)


def test_words_without_marks_are_not_stored_twice() -> None:
    assert exact_words("Ban 2026 NQ-UBND") == []
    assert searchable("ban ban ban") == "ban"


def test_a_task_never_fills_the_index_alone() -> None:
    stored = searchable(" ".join(f"w{n}" for n in range(2 * MOST_WORDS_KEPT)))
    assert len(stored.split()) == MOST_WORDS_KEPT
