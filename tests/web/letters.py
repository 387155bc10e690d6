"""Letters and their reasons, for the tests of the ledger."""

from datetime import date
from itertools import count
from typing import Any

from sqlmodel import Session

from tests.builders import AT, Office, a_task
from tracker.domain import Message, Reminder, Unit
from tracker.domain.reminder import About, MessageState, ReminderState, Rule

_DAYS = count(1)


def a_message(session: Session, unit: Unit, **facts: Any) -> Message:
    """A letter to a unit; each one of another day, as the outbox demands."""
    n = next(_DAYS)
    given: dict[str, Any] = {
        "recipient": f"unit:{unit.id}",
        "planned_for": date.fromordinal(date(2026, 1, 1).toordinal() + n),
        "unit_id": unit.id,
        "name": unit.name,
        "address": unit.email,
        "message_id": f"<{n}@office.example>",
        "state": MessageState.SENT,
        "created_at": AT,
        "next_try_at": AT,
    }
    message = Message(**(given | facts))
    session.add(message)
    session.flush()
    return message


def a_reason(session: Session, message: Message, office: Office, **facts: Any) -> Reminder:
    """A reason of that letter: a task of Sở Tài chính, four working days late."""
    task = a_task(session, office.issuer, lead=office.finance, due_on=date(2026, 2, 20))
    given: dict[str, Any] = {
        "rule": Rule.TASK_OVERDUE,
        "about": About.TASK,
        "about_id": task.id,
        "recipient": message.recipient,
        "due_version": 1,
        "due_on": date(2026, 2, 20),
        "step": 4,
        "message_id": message.id,
        "state": ReminderState.SENT,
    }
    reason = Reminder(**(given | facts))
    session.add(reason)
    session.flush()
    return reason
