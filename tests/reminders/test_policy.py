"""When each rule speaks, by the calendar of 2026."""
# ruff: noqa: E501 - a table reads by its rows

from datetime import date, datetime, timedelta

import pytest

from tests.conftest import ZONE
from tracker.domain.reminder import Rule
from tracker.domain.working_days import published
from tracker.reminders.policy import BACK_OFF, HABITS, LADDERS, OfficeDay, Who, next_try

CALENDAR = published()
DUE, OVERDUE = LADDERS[Rule.TASK_DUE], LADDERS[Rule.TASK_OVERDUE]
DOSSIER, UPCOMING = LADDERS[Rule.MEETING_DOSSIER], LADDERS[Rule.MEETING_UPCOMING]


def days(start: date, count: int) -> list[date]:
    return [start + timedelta(days=n) for n in range(count)]


def spoken(rule: Rule, due_on: date, start: date, count: int) -> dict[str, int]:
    """The working days on which a rule reaches a new step, seen from the first day on."""
    found: dict[str, int] = {}
    for today in filter(CALENDAR.is_working, days(start, count)):
        step = LADDERS[rule].step_at(OfficeDay(today, CALENDAR).distance(due_on))
        if step is not None and step not in found.values():
            found[f"{today:%d/%m}"] = step
    return found


@pytest.mark.parametrize(
    ("rule", "due_on", "start", "expected"),
    [
        (Rule.TASK_DUE, date(2026, 3, 5), date(2026, 2, 9), "24/02 -7 · 02/03 -3 · 04/03 -1 · 05/03 0"),
        # Tết, 14–22/02: the seven working days before the 27th begin before it.
        (Rule.TASK_DUE, date(2026, 2, 27), date(2026, 2, 2), "11/02 -7 · 24/02 -3 · 26/02 -1 · 27/02 0"),
        # The office works on Saturday 10/01, for Friday 02/01.
        (Rule.TASK_DUE, date(2026, 1, 12), date(2025, 12, 29), "31/12 -7 · 08/01 -3 · 10/01 -1 · 12/01 0"),
        (Rule.TASK_OVERDUE, date(2026, 1, 9), date(2026, 1, 9), "10/01 1 · 14/01 4 · 19/01 7"),
        # 31/8 is off (swapped with Saturday 22/8), 01/9 and 02/9 are the national day.
        (Rule.TASK_OVERDUE, date(2026, 8, 28), date(2026, 8, 28), "03/09 1 · 08/09 4 · 11/09 7"),
        (Rule.TASK_OVERDUE, date(2026, 2, 13), date(2026, 2, 13), "23/02 1 · 26/02 4"),
        # Due on a Sunday: Friday is its last day, Monday the first one late.
        (Rule.TASK_DUE, date(2026, 3, 15), date(2026, 3, 11), "11/03 -3 · 12/03 -1 · 13/03 0"),
        (Rule.TASK_OVERDUE, date(2026, 3, 15), date(2026, 3, 13), "16/03 1 · 19/03 4 · 24/03 7"),
        (Rule.MEETING_UPCOMING, date(2026, 3, 5), date(2026, 2, 20), "02/03 -3 · 04/03 -1 · 05/03 0"),
        (
            Rule.MEETING_DOSSIER,
            date(2026, 3, 5),
            date(2026, 2, 2),
            "12/02 -10 · 24/02 -7 · 26/02 -5 · 27/02 -4 · 02/03 -3 · 03/03 -2 · 04/03 -1 · 05/03 0",
        ),
    ],
)  # fmt: skip
def test_each_rule_speaks_on_its_days(rule: Rule, due_on: date, start: date, expected: str) -> None:
    steps = [f"{day} {step}" for day, step in spoken(rule, due_on, start, 40).items()]
    asked = expected.split(" · ")
    assert (steps[: len(asked)] if rule is Rule.TASK_OVERDUE else steps) == asked


@pytest.mark.parametrize("today", days(date(2026, 1, 1), 45) + days(date(2026, 8, 20), 20))
def test_distances_are_those_of_the_calendar(today: date) -> None:
    day = OfficeDay(today, CALENDAR)
    around = days(today - timedelta(days=20), 40)
    assert [day.distance(due) for due in around] == [CALENDAR.between(due, today) for due in around]


@pytest.mark.parametrize("far", [-400, -3, 0, 3, 400])
def test_a_distance_does_not_depend_on_what_was_asked_before(far: int) -> None:
    day, today = OfficeDay(date(2026, 2, 26), CALENDAR), date(2026, 2, 26)
    day.distance(today - timedelta(days=far))
    assert day.distance(date(2026, 3, 5)) == -5


def test_no_rule_speaks_before_its_first_step() -> None:
    assert DUE.step_at(-8) is None
    assert OVERDUE.step_at(0) is None


def test_only_overdue_work_is_chased_for_ever() -> None:
    assert OVERDUE.step_at(300) == 298
    assert [ladder.step_at(1) for ladder in (DUE, DOSSIER, UPCOMING)] == [None] * 3


@pytest.mark.parametrize(
    ("step", "after", "passed"),
    [(-7, None, None), (-1, None, -7), (-1, -7, -3), (-1, -3, None), (0, -7, -3)],
)
def test_a_step_stands_for_those_it_overtook(step: int, after: int | None, passed: int) -> None:
    assert DUE.passed_from(step, after=after, first=-7) == passed


def test_overdue_steps_that_were_overtaken_are_named_too() -> None:
    assert OVERDUE.passed_from(13, after=4, first=1) == 7
    assert OVERDUE.passed_from(13, after=10, first=1) is None


def test_supports_are_written_to_from_the_third_day_and_the_office_when_papers_are_late() -> None:
    assert DUE.writes_to == {Who.LEAD: -7, Who.SUPPORT: -3}
    assert DOSSIER.writes_to == {Who.LEAD: -10, Who.OFFICE: -4}


@pytest.mark.parametrize(
    ("moment", "plans", "sends"),
    [
        ("2026-02-26T06:59", False, False),
        ("2026-02-26T07:00", False, True),
        ("2026-02-26T07:30", True, True),
        ("2026-02-26T17:30", True, True),
        ("2026-02-26T17:31", False, False),
        ("2026-02-28T09:00", False, False),  # Saturday
        ("2026-01-10T09:00", True, True),  # Saturday worked for 02/01
        ("2026-01-02T09:00", False, False),
        ("2026-02-18T09:00", False, False),  # Tết
        ("2026-08-31T09:00", False, False),  # swapped with Saturday 22/8
        ("2026-08-22T09:00", True, True),
    ],
)
def test_mail_leaves_in_office_hours_alone(moment: str, plans: bool, sends: bool) -> None:  # noqa: FBT001
    at = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    assert (HABITS.may_plan(at, CALENDAR), HABITS.may_send(at, CALENDAR)) == (plans, sends)


def test_a_letter_is_tried_ten_times() -> None:
    waits = [next_try(attempts) for attempts in range(1, 11)]
    assert waits == [*BACK_OFF, None]
