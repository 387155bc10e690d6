"""How a task stands to its deadline, and who may move it."""

from datetime import date
from typing import Any

import pytest

from tests.builders import AT
from tracker.domain import Task
from tracker.domain.task import (
    MOVES,
    Kind,
    Side,
    Status,
    Timeliness,
    may_move,
    timeliness,
)

THURSDAY = date(2026, 2, 26)
SOON = date(2026, 3, 9)


def a_task(**facts: Any) -> Task:
    facts.setdefault("original_due_on", facts.get("due_on"))
    defaults: dict[str, Any] = {"issuer_id": 1, "kind": Kind.TASK, "created_at": AT}
    words = {"text": "Kế hoạch", "search_text": "ke hoach", "updated_at": AT}
    return Task(**(defaults | words | facts))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"due_on": THURSDAY}, Timeliness.DUE_SOON),
        ({"due_on": date(2026, 2, 25)}, Timeliness.OVERDUE),
        ({"due_on": date(2026, 3, 10)}, Timeliness.ON_TRACK),
        ({"due_on": None}, Timeliness.NO_DEADLINE),
        ({"due_on": date(2026, 2, 1), "status": Status.PAUSED}, Timeliness.STOPPED),
        ({"due_on": date(2026, 2, 1), "status": Status.WITHDRAWN}, Timeliness.STOPPED),
    ],
)
def test_a_deadline_ends_with_its_own_day(facts: dict[str, Any], expected: Timeliness) -> None:
    assert timeliness(a_task(**facts), today=THURSDAY, soon_until=SOON) is expected


def test_work_handed_in_on_time_does_not_become_overdue_while_the_office_decides() -> None:
    task = a_task(due_on=date(2026, 2, 20), status=Status.SUBMITTED, submitted_on=date(2026, 2, 20))
    assert timeliness(task, today=THURSDAY, soon_until=SOON) is Timeliness.ON_TRACK


def test_finished_work_is_judged_against_the_original_deadline() -> None:
    task = a_task(
        due_on=date(2026, 3, 31),
        original_due_on=date(2026, 2, 20),
        status=Status.DONE,
        submitted_on=date(2026, 2, 23),
        done_on=THURSDAY,
    )
    assert timeliness(task, today=THURSDAY, soon_until=SOON) is Timeliness.DONE_LATE


def test_a_unit_never_confirms_and_the_office_may() -> None:
    assert not may_move(Status.SUBMITTED, Status.DONE, frozenset({Side.LEAD}))
    assert may_move(Status.SUBMITTED, Status.DONE, frozenset({Side.OFFICE}))


def test_every_status_can_be_left_by_the_office() -> None:
    assert set(MOVES) == set(Status)
    assert all(any(Side.OFFICE in sides for sides in MOVES[status].values()) for status in Status)
