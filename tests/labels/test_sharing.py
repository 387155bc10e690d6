"""A share is written as the language of the page writes numbers."""

from tracker.domain.completion import Completion
from tracker.labels.sharing import counted


def test_vietnamese_writes_a_comma_and_english_a_point() -> None:
    assert counted(Completion(609, 616)) == "609/616 = 98,86%"
    assert counted(Completion(609, 616), "en") == "609/616 = 98.86%"


def test_two_decimals_are_always_written() -> None:
    assert counted(Completion(616, 616)) == "616/616 = 100,00%"
    assert counted(Completion(1, 20)) == "1/20 = 5,00%"


def test_of_nothing_no_share_is_written() -> None:
    assert counted(Completion()) == "0/0"
