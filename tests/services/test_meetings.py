"""A meeting that moves takes along what was inferred from its date, and nothing else."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_meeting, a_task
from tracker.domain import Change, Meeting, Task
from tracker.domain.change import Act, Thing
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.services.meetings import Appointment, edit

HELD, LATER = date(2026, 3, 5), date(2026, 3, 12)


@pytest.fixture
def meeting(session: Session, office: Office) -> Meeting:
    return a_meeting(session, office.issuer, held_on=HELD)


@pytest.fixture
def moved(session: Session, office: Office, meeting: Meeting) -> Any:
    """Moves the meeting to 12/3/2026 and gives how many deadlines went along."""

    def move(**facts: Any) -> int:
        wanted: dict[str, Any] = {"held_on": LATER, "reason": "Trùng"} | facts
        to = replace(Appointment.of(meeting), **wanted)
        by = office.reader(session, office.specialist)
        return edit(session, meeting, to, by=by, at=AT)

    return move


def an_item(session: Session, office: Office, meeting: Meeting, **facts: Any) -> Task:
    usual: dict[str, Any] = {"due_on": HELD, "due_inferred": True, "meeting": meeting}
    return a_task(session, office.issuer, **(usual | facts))


def test_an_inferred_deadline_follows_and_starts_a_new_ladder(
    session: Session, office: Office, meeting: Meeting, moved: Any
) -> None:
    task = an_item(session, office, meeting)
    assert moved() == 1
    assert (task.due_on, task.due_version, task.original_due_on) == (LATER, 2, HELD)
    assert meeting.due_version == 2


@pytest.mark.parametrize(
    "facts",
    [
        {"due_inferred": False},
        {"status": Status.DONE, "done_on": HELD},
        {"status": Status.WITHDRAWN},
        {"due_on": date(2026, 3, 3)},
    ],
)
def test_what_was_written_finished_or_set_otherwise_stays(
    session: Session, office: Office, meeting: Meeting, moved: Any, facts: dict[str, Any]
) -> None:
    task = an_item(session, office, meeting, **facts)
    assert moved() == 0
    assert task.due_on == facts.get("due_on", HELD)


def test_the_items_of_other_meetings_stay(session: Session, office: Office, moved: Any) -> None:
    task = an_item(session, office, a_meeting(session, office.issuer, held_on=HELD))
    moved()
    assert task.due_on == HELD


def test_the_reason_stands_in_the_history_of_both(
    session: Session, office: Office, meeting: Meeting, moved: Any
) -> None:
    an_item(session, office, meeting)
    moved()
    lines = session.exec(select(Change).order_by(col(Change.thing))).all()
    told = [(line.thing, line.act, line.reason) for line in lines]
    assert told == [
        (Thing.MEETING, Act.MOVED, "Trùng"),
        (Thing.TASK, Act.DEADLINE, "Trùng"),
    ]


def test_a_new_hour_moves_no_deadline(
    session: Session, office: Office, meeting: Meeting, moved: Any
) -> None:
    an_item(session, office, meeting)
    assert moved(held_on=HELD, starts_at=time(8, 0), reason="") == 0
    assert (meeting.starts_at, meeting.due_version) == (time(8, 0), 1)


def test_nothing_changed_leaves_no_line(session: Session, moved: Any) -> None:
    moved(held_on=HELD)
    assert session.exec(select(Change)).all() == []


@pytest.mark.parametrize("facts", [{"reason": ""}, {"held_on": None}])
def test_a_date_is_neither_moved_without_a_reason_nor_taken_away(
    moved: Any, facts: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        moved(**facts)


def test_a_meeting_without_a_date_gets_its_first_without_a_reason(
    session: Session, meeting: Meeting, moved: Any
) -> None:
    meeting.held_on = None
    moved(reason="")
    assert meeting.held_on == LATER


def test_a_unit_changes_no_meeting(session: Session, office: Office, meeting: Meeting) -> None:
    to = replace(Appointment.of(meeting), held_on=LATER, reason="Vì sao")
    with pytest.raises(NotAllowed):
        edit(session, meeting, to, by=office.reader(session, office.an), at=AT)
