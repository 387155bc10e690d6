"""Which item of a new version is which task: whatever its number, place and words are now."""

import random
from dataclasses import replace

import pytest

from tests.importer.papers import PROGRAMME, sample
from tracker.domain.rewording import reworded, same_words
from tracker.importer.proposals.matching import Trait, likeness_of_titles, pair
from tracker.sample import words


def traits() -> list[Trait]:
    """The items of the sample, as a programme that is there."""
    return [
        Trait(
            one.text,
            lead=hash(one.lead.unit) if one.lead else None,
            place=one.meeting or one.section[-1],
            kind=one.kind.value,
            number=one.ref.rpartition(".")[2],
        )
        for one in sample(PROGRAMME).items
    ]


def place(old: list[Trait], begins: str) -> int:
    return next(n for n, one in enumerate(old) if one.text.startswith(begins))


def with_words(old: list[Trait], begins: str, was: str, now: str) -> list[Trait]:
    """The same programme with one item's words changed."""
    new = list(old)
    n = place(old, begins)
    new[n] = replace(old[n], text=old[n].text.replace(was, now))
    assert new[n].text != old[n].text
    return new


SAME = {n: n for n in range(18)}


def test_a_programme_is_paired_with_itself() -> None:
    assert pair(traits(), traits()) == SAME


def test_numbers_and_leads_may_all_be_others() -> None:
    new = [replace(one, number="99", lead=7) for one in traits()]
    assert pair(new, traits()) == SAME


@pytest.mark.parametrize("seed", range(5))
def test_items_may_stand_in_any_order(seed: int) -> None:
    old = traits()
    order = random.Random(seed).sample(range(18), 18)  # noqa: S311 - a shuffle, no secret
    assert pair([old[n] for n in order], old) == dict(enumerate(order))


@pytest.mark.parametrize(
    ("begins", "was", "now"),
    [
        ("Kế hoạch xúc tiến thương mại giai đoạn", "thương mại", "thương mại tỉnh Bắc Ninh"),
        ("Kế hoạch xúc tiến thương mại giai đoạn", "2026 - 2030", "2026 - 2030, tầm nhìn 2035"),
        ("Kế hoạch hội nhập", "kinh tế quốc tế", "quốc tế"),
        ("Kế hoạch của UBND tỉnh về", "công tác truyền thông dân số", "truyền thông về dân số"),
        ("Quyết định công bố", "hiện trạng, diện tích", "diện tích và hiện trạng"),
        ("Chỉ đạo thực hiện nghiêm", "phòng, chống tội phạm", "trấn áp tội phạm"),
    ],
)
def test_a_reworded_item_is_still_itself(begins: str, was: str, now: str) -> None:
    old = traits()
    assert pair(with_words(old, begins, was, now), old) == SAME


def test_near_duplicates_are_not_crossed_even_when_both_are_reworded() -> None:
    old = traits()
    new = with_words(old, "Kế hoạch xúc tiến thương mại giai", "mại giai", "mại, đầu tư giai")
    new = with_words(new, "Kế hoạch xúc tiến thương mại năm", "mại năm", "mại, đầu tư năm")
    assert pair(new, old) == SAME


@pytest.mark.parametrize("gone", ["thương mại giai đoạn", "thương mại năm"])
def test_the_one_that_is_left_of_two_near_duplicates_is_not_taken_for_the_other(gone: str) -> None:
    old = traits()
    n = place(old, f"Kế hoạch xúc tiến {gone}")
    assert pair(old[:n] + old[n + 1 :], old) == {m: m + (m >= n) for m in range(17)}


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch của UBND tỉnh về công tác phòng, chống ma túy giai đoạn 2026 - 2030 của tỉnh",
        "Quyết định công bố tình hình dịch bệnh tỉnh Bắc Ninh năm 2025",
        "Kế hoạch phòng, chống thiên tai giai đoạn 2026-2030",
    ],
)
def test_an_added_item_does_not_take_the_task_of_one_that_is_gone(text: str) -> None:
    old = traits()
    assert pair([Trait(text, lead=1, place="III", kind="submission")], old) == {}


def test_equal_texts_are_told_apart_by_their_meeting_and_lead() -> None:
    one = Trait("Báo cáo tình hình thu, chi ngân sách", lead=1, place="meeting 1")
    other = replace(one, lead=2, place="meeting 2")
    assert pair([other, one], [one, other]) == {0: 1, 1: 0}


def test_nobody_is_paired_twice() -> None:
    same = Trait("Báo cáo tình hình thu, chi ngân sách")
    assert pair([same] * 3, [same] * 2) == {0: 0, 1: 1}


def big_programme(size: int, rnd: random.Random) -> list[Trait]:
    """Many items composed of the same few phrases."""
    texts = {
        f"{rnd.choice(words.PAPERS)} {rnd.choice(words.SUBJECTS)} tại xã "
        f"{rnd.choice(words.FIRST_NAMES_OF_PLACES)} {rnd.choice(words.LAST_NAMES_OF_PLACES)} "
        f"và {rnd.choice(words.SUBJECTS)} năm {rnd.randint(2024, 2030)}"
        for _ in range(2 * size)
    }
    return [Trait(text, lead=n % 20) for n, text in enumerate(sorted(texts)[:size])]


def test_a_thousand_items_are_paired_almost_without_a_slip() -> None:
    rnd = random.Random(4)  # noqa: S311 - a shuffle, no secret
    old = big_programme(1000, rnd)
    assert len(old) == 1000
    order = rnd.sample(range(1000), 950)
    new = [replace(old[n], text=f"{old[n].text} theo quy định mới") for n in order]
    found = pair(new, old)
    right = sum(found.get(at) == n for at, n in enumerate(order))
    assert right >= 0.99 * len(order)


def test_the_names_of_meetings_are_compared_with_their_numbers() -> None:
    name = "Hội nghị UBND tỉnh thường kỳ tháng 02/2026"
    assert likeness_of_titles(name, "HỘI NGHỊ UBND TỈNH THƯỜNG KỲ THÁNG 2/2026") == 1
    assert likeness_of_titles(name, "Hội nghị UBND tỉnh thường kỳ tháng 03/2026") < 0.85
    assert likeness_of_titles(name, "Hội nghị UBND tỉnh chuyên đề tháng 02/2026") < 0.85


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Đề án “phát triển”  hoà nhập.", 'Đề án "phát triển" hòa nhập'),
        ("giai đoạn 2026-2030;", "Giai đoạn 2026-2030"),
        ("giai đoạn 2026 - 2030", "giai đoạn 2026 – 2030"),
        ("uỷ ban", "ủy ban"),
    ],
)
def test_what_says_nothing_makes_no_rewording(old: str, new: str) -> None:
    assert same_words(old, new)


@pytest.mark.parametrize(("old", "new"), [("bàn giao", "bán giao"), ("năm 2026", "năm 2027")])
def test_a_tone_or_a_number_is_a_rewording(old: str, new: str) -> None:
    assert not same_words(old, new)


def test_the_words_put_in_and_taken_out_are_shown_in_their_place() -> None:
    old, new = "Kế hoạch xúc tiến thương mại năm 2026", "Kế hoạch thu hút đầu tư năm 2026"
    shown = [(one.same, one.gone, one.new) for one in reworded(old, new)]
    changed = ("", "xúc tiến thương mại ", "thu hút đầu tư ")
    assert shown == [("Kế hoạch ", "", ""), changed, ("năm 2026", "", "")]
