"""The second look: nothing leaves that no longer holds, and the ledger says why."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from tests.builders import Office, a_meeting, a_task
from tests.reminders.office_day import FRIDAY, MEETING, MONDAY, fates, ledger, on, outbox, text_of
from tracker.domain import Meeting, Task
from tracker.domain.reminder import MessageState, ReminderState, Why
from tracker.domain.task import Status
from tracker.mail import MemoryMailer
from tracker.reminders.run import deliver_due, plan_due, run_once
from tracker.services.tasks import move_deadline
from tracker.wiring import Wiring

Change = Callable[[Task, Office], None]


def done(task: Task, _: Office) -> None:
    task.status, task.done_on = Status.DONE, FRIDAY


def moved(task: Task, _: Office) -> None:
    move_deadline(task, date(2026, 6, 1))


def given_to_another(task: Task, office: Office) -> None:
    task.lead_id = office.culture.id


def unit_closed(_: Task, office: Office) -> None:
    office.finance.is_active = False


def mailbox_gone(_: Task, office: Office) -> None:
    office.finance.email = None


def status(word: Status) -> Change:
    return lambda task, _: setattr(task, "status", word)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (done, Why.DONE),
        (status(Status.SUBMITTED), Why.SUBMITTED),
        (status(Status.PAUSED), Why.PAUSED),
        (status(Status.WITHDRAWN), Why.WITHDRAWN),
        (moved, Why.MOVED),
        (given_to_another, Why.REASSIGNED),
        (unit_closed, Why.UNIT_CLOSED),
        (mailbox_gone, Why.NO_ADDRESS),
    ],
)
def test_what_no_longer_holds_is_not_sent_and_says_why(
    session: Session, office: Office, wired: Wiring, change: Change, why: Why
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    plan_due(wired)
    change(task, office)
    session.add_all([task, office.finance])
    session.commit()
    assert deliver_due(wired).counts == {"sent": 0, "failed": 0, "dropped": 1}
    assert [(row.state, row.why) for row in ledger(session)] == [(ReminderState.DROPPED, why)]
    assert [message.state for message in outbox(session)] == [MessageState.DROPPED]


def test_a_disabled_person_gets_nothing(session: Session, office: Office, wired: Wiring) -> None:
    office.finance.email = None
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    plan_due(wired)
    office.an.is_disabled = True
    session.add(office.an)
    session.commit()
    assert deliver_due(wired).dropped == 1
    assert [row.why for row in ledger(session)] == [Why.PERSON_DISABLED]


def test_the_rest_of_a_letter_leaves(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    finished, owed = (
        a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY, ref=ref)
        for ref in ("B.I.1", "B.I.2")
    )
    session.commit()
    plan_due(wired)
    done(finished, office)
    session.commit()
    assert deliver_due(wired).sent == 1
    assert f"/tasks/{owed.id}" in text_of(mailer.letters[0])
    things = (row.about_id for row in ledger(session))
    states = dict(zip(things, fates(session), strict=True))
    assert states == {finished.id: ReminderState.DROPPED, owed.id: ReminderState.SENT}


def moved_meeting(meeting: Meeting) -> None:
    meeting.held_on, meeting.due_version = date(2026, 3, 20), 2


def test_a_moved_meeting_takes_its_unsent_announcement_along(
    session: Session, office: Office, wired: Wiring
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=MEETING)
    a_task(session, office.issuer, lead=office.finance, meeting=meeting, due_on=MEETING)
    session.commit()
    plan_due(on(wired, MONDAY))
    moved_meeting(meeting)
    session.add(meeting)
    session.commit()
    run_once(on(wired, MONDAY))
    assert {row.why for row in ledger(session)} == {Why.MOVED}


def test_a_day_that_has_passed_is_not_announced_any_more(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    plan_due(on(wired, FRIDAY))
    run_once(on(wired, MONDAY))
    assert [(row.rule.value, row.why) for row in ledger(session)] == [
        ("task-due", Why.PAST),
        ("task-overdue", None),
    ]
    assert len(mailer.letters) == 1


def test_a_new_address_is_used_at_once(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    plan_due(wired)
    office.finance.email = "moi@office.example"
    session.add(office.finance)
    session.commit()
    deliver_due(wired)
    assert mailer.letters[0]["To"] == "Sở Tài chính <moi@office.example>"
