"""The working calendar of 2026 with its swaps, and counting in it."""

from datetime import date

import pytest

from tracker.domain.working_days import DayKind, published

DAYS = published()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 2), False),  # swapped, CV 12729/VPCP-KGVX
        (date(2026, 1, 10), True),  # the Saturday worked for it
        (date(2026, 2, 14), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 11, 24), False),
        (date(2026, 11, 23), True),
    ],
)
def test_the_published_days_of_2026(day: date, *, works: bool) -> None:
    assert DAYS.is_working(day) is works


@pytest.mark.parametrize(
    ("count", "expected"),
    [(-3, date(2026, 3, 2)), (-5, date(2026, 2, 26)), (-7, date(2026, 2, 24))],
)
def test_days_before_the_meeting_of_5_march(count: int, expected: date) -> None:
    assert DAYS.add(date(2026, 3, 5), count) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(-2, date(2026, 2, 13)), (-5, date(2026, 2, 10)), (-10, date(2026, 2, 3))],
)
def test_counting_backwards_goes_over_tet(count: int, expected: date) -> None:
    assert DAYS.add(date(2026, 2, 24), count) == expected


def test_before_a_day_off_is_the_last_day_worked() -> None:
    assert DAYS.before(date(2026, 2, 23)) == date(2026, 2, 13)
    assert DAYS.on_or_before(date(2026, 2, 28)) == date(2026, 2, 27)
    assert DAYS.on_or_before(date(2026, 2, 27)) == date(2026, 2, 27)


def test_the_days_between_are_the_inverse_of_adding() -> None:
    for count in (-30, -5, -1, 0, 1, 5, 30):
        end = DAYS.add(date(2026, 2, 26), count)
        assert DAYS.between(date(2026, 2, 26), end) == count


def test_the_administrators_rows_win_over_everything_published() -> None:
    own = published([(date(2026, 2, 26), DayKind.OFF), (date(2026, 2, 28), DayKind.WORK)])
    assert not own.is_working(date(2026, 2, 26))
    assert own.is_working(date(2026, 2, 28))
    assert own.add(date(2026, 2, 25), 1) == date(2026, 2, 27)
