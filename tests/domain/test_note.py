"""Whom a note names, and who may put it right."""

from dataclasses import replace

import pytest

from tracker.domain.note import may_correct, named_in
from tracker.domain.reader import Reader

PEOPLE = {1: "Bình", 2: "Trần Bình", 3: "Trần Bình An", 4: "Bình"}
AN = Reader(person_id=1, name="An", email="an@office.example")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Nhờ @Trần Bình An xem giúp", {3}),
        ("Nhờ @trần  bình xem giúp", {2}),
        ("@Trần Bình, @Trần Bình An", {2, 3}),
        ("Nhờ @Bình.", {1, 4}),
        ("Nhờ @Bi\u0300nh xem", {1, 4}),
        ("Gửi binh@office.example và Trần Bình", set()),
        ("@Bìnhh", set()),
    ],
)
def test_the_longest_name_after_the_sign_is_meant(text: str, named: set[int]) -> None:
    assert named_in(text, PEOPLE) == named


def test_where_nobody_may_be_named_nobody_is() -> None:
    assert named_in("@", {}) == set()


def test_the_author_and_who_stands_in_for_the_author_correct_a_note() -> None:
    deputy = replace(AN, person_id=9, acting_for=1)
    assert may_correct(1, None, AN)
    assert may_correct(1, None, deputy)
    assert may_correct(9, 1, AN)
    assert not may_correct(2, None, deputy)
    assert not may_correct(2, 9, AN)
