"""How far a divided task has come: counted, and never said to be whole before it is."""

import pytest

from tracker.domain.completion import Completion


@pytest.mark.parametrize(
    ("done", "total", "hundredths"),
    [(609, 616, 9886), (1, 3, 3333), (2, 3, 6667), (616, 616, 10_000), (0, 616, 0)],
)
def test_the_share_is_rounded_to_the_hundredth(done: int, total: int, hundredths: int) -> None:
    assert Completion(done, total).hundredths == hundredths


def test_the_whole_is_reached_by_the_last_unit_alone() -> None:
    assert Completion(99_999, 100_000).hundredths == 9999
    assert Completion(199, 200).percent == 99


def test_of_nothing_there_is_no_share() -> None:
    assert (Completion().hundredths, Completion().percent) == (None, 0)
