"""What each act on a task does to its reminders: who is still reminded, and who no longer."""

from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import Office, a_meeting, a_task
from tests.reminders.happenings import Days
from tests.reminders.office_day import (
    FRIDAY,
    MEETING,
    MONDAY,
    THURSDAY,
    ledger,
    on,
    outbox,
    said,
    text_of,
)
from tracker.domain import Reminder, Task
from tracker.domain.change import Act
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.reminder import ReminderState, Rule, Why
from tracker.domain.task import Status
from tracker.mail import MemoryMailer
from tracker.reminders.run import deliver_due, plan_due, run_once
from tracker.services.tasks import move_deadline
from tracker.wiring import Wiring


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """Led by Sở Tài chính, due tomorrow."""
    return a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)


def reminders(session: Session) -> list[Reminder]:
    return [row for row in ledger(session) if row.rule is not Rule.TASK_NEWS]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (FilingKind.REPORT, FilingState.WITH_HEAD),
        (FilingKind.EXTENSION, FilingState.WAITING),
        (FilingKind.EXTENSION, FilingState.COUNTERED),
        (FilingKind.REFUSAL, FilingState.WITH_HEAD),
        (FilingKind.REFUSAL, FilingState.WAITING),
        (FilingKind.REPORT, FilingState.RETURNED),
    ],
)
def test_a_paper_that_is_not_a_report_at_the_office_silences_nothing(
    session: Session, days: Days, task: Task, wired: Wiring, kind: FilingKind, state: FilingState
) -> None:
    days.file(task, kind, state=state)
    session.commit()
    plan_due(wired)
    assert [row.rule for row in reminders(session)] == [Rule.TASK_DUE]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PAUSED, Status.WITHDRAWN])
def test_what_was_handed_in_stopped_or_withdrawn_is_not_reminded(
    session: Session, task: Task, wired: Wiring, status: Status
) -> None:
    task.status = status
    task.submitted_on = THURSDAY if status is Status.SUBMITTED else None
    session.commit()
    plan_due(wired)
    assert reminders(session) == []


def test_a_refusal_that_was_accepted_leaves_nobody_to_remind(
    session: Session, days: Days, task: Task, wired: Wiring, mailer: MemoryMailer
) -> None:
    filing = days.file(task, FilingKind.REFUSAL)
    session.commit()
    plan_due(wired)
    task.lead_id = None
    days.answer(filing, Act.GRANTED)
    session.commit()
    deliver_due(wired)
    assert [row.why for row in reminders(session)] == [Why.REASSIGNED]


def test_more_time_cancels_what_was_not_sent_and_begins_a_new_ladder(
    session: Session, days: Days, task: Task, wired: Wiring
) -> None:
    filing = days.file(task, FilingKind.EXTENSION, asked_on=MONDAY)
    session.commit()
    plan_due(wired)
    move_deadline(task, MONDAY)
    days.answer(filing, Act.GRANTED)
    session.commit()
    run_once(wired)
    run_once(on(wired, FRIDAY))
    first, second = reminders(session)
    assert (first.state, first.why, first.due_version) == (ReminderState.DROPPED, Why.MOVED, 1)
    assert (second.due_on, second.due_version, second.step) == (MONDAY, 2, -1)


def test_a_divided_task_is_reminded_by_its_open_children_alone(
    session: Session, office: Office, wired: Wiring
) -> None:
    facts: dict[str, Any] = {"due_on": FRIDAY}
    parent = a_task(session, office.issuer, is_divided=True, supports=(office.culture,), **facts)
    facts["parent_id"] = parent.id
    done: dict[str, Any] = {"status": Status.DONE, "done_on": THURSDAY}
    owed = a_task(session, office.issuer, lead=office.finance, **facts)
    a_task(session, office.issuer, lead=office.health, **facts, **done)
    session.commit()
    plan_due(wired)
    assert said(session) == [f"task-due {owed.id} unit:{office.finance.id} -1"]


def test_a_divided_item_of_a_meeting_chases_nobody_by_itself(
    session: Session, office: Office, wired: Wiring
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=MEETING)
    a_task(session, office.issuer, is_divided=True, meeting=meeting, due_on=MEETING)
    session.commit()
    plan_due(on(wired, MONDAY))
    assert Rule.MEETING_DOSSIER not in {row.rule for row in ledger(session)}


def test_a_step_is_reminded_as_a_task_is_and_a_ticked_one_not(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    whole = a_task(session, office.issuer, lead=office.finance, due_on=MEETING)
    step: dict[str, Any] = {"is_step": True, "parent_id": whole.id, "due_on": FRIDAY}
    ticked: dict[str, Any] = {"status": Status.DONE, "done_on": THURSDAY}
    a_task(session, office.issuer, lead=office.health, text="Bước 2: thẩm định", **step)
    a_task(session, office.issuer, lead=office.health, text="Bước 1: lập hồ sơ", **step, **ticked)
    session.commit()
    run_once(wired)
    text = next(text_of(one) for one in mailer.letters if "soyte@" in str(one["To"]))
    assert "Bước 2: thẩm định" in text
    assert "Bước 1" not in text


def test_the_digest_and_the_news_of_a_day_are_two_letters(
    session: Session, days: Days, task: Task, wired: Wiring
) -> None:
    days.act(Act.URGED, task, days.office.specialist)
    session.commit()
    run_once(wired)
    assert [letter.event.partition(":")[0] for letter in outbox(session)] == ["news", ""]
