"""The second look just before sending: what no longer holds leaves the letter, with its why."""

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain import Meeting, Reminder, Task
from tracker.domain.reminder import About, ReminderState, Rule, Why
from tracker.domain.task import Status
from tracker.reminders import ledger
from tracker.reminders.desk import Desk
from tracker.reminders.policy import Habits, Who
from tracker.reminders.rules import QUESTIONS

_BY_STATUS = {
    Status.DONE: Why.DONE,
    Status.SUBMITTED: Why.SUBMITTED,
    Status.PAUSED: Why.PAUSED,
    Status.WITHDRAWN: Why.WITHDRAWN,
}


def drop_stale(desk: Desk, message_id: int, recipient: str) -> int:
    """Strike from a letter what no longer holds; returns how many reasons."""
    unreachable = desk.book.why_not(recipient)
    if unreachable:
        planned = (
            col(Reminder.message_id) == message_id,
            col(Reminder.state) == ReminderState.PLANNED,
        )
        return ledger.drop(desk.session, *planned, why=unreachable)
    facts: dict[str, Any] = {who: desk.book.stands_for(recipient, who) for who in Who}
    facts |= {"message": message_id, "today": desk.day.today}
    stale = desk.session.scalars(_stale(_heard(desk.habits)), facts).all()
    for reminder in stale:
        reminder.state, reminder.why = ReminderState.DROPPED, _why(desk, reminder)
    desk.session.flush()
    return len(stale)


# Which kinds of recipient a rule writes to, and from which step on.
Heard = tuple[tuple[Rule, Who, int], ...]


def _heard(habits: Habits) -> Heard:
    ladders = habits.ladders.items()
    return tuple((rule, *since) for rule, ladder in ladders for since in ladder.writes_to.items())


@cache
def _stale(heard: Heard) -> sa.Select[Any]:
    """What no longer holds in a letter: made once, since each letter of a morning asks it."""
    holds = sa.or_(sa.false(), *(_way_to_hold(*one) for one in heard))
    return sa.select(Reminder).where(
        col(Reminder.message_id) == sa.bindparam("message"),
        col(Reminder.state) == ReminderState.PLANNED,
        ~holds,
    )


def _way_to_hold(rule: Rule, who: Who, since: int) -> sa.ColumnElement[bool]:
    """The rule's own question, about the row's thing and deadline and the recipient's units."""
    units: sa.BindParameter[Any] = sa.bindparam(who.value, expanding=True)
    asks = QUESTIONS[rule].still_asks(who, units, sa.bindparam("today", type_=sa.Date()))
    return sa.and_(col(Reminder.rule) == rule, col(Reminder.step) >= since, sa.exists(asks))


def _why(desk: Desk, reminder: Reminder) -> Why:
    if reminder.about is About.MEETING:
        return _why_of_meeting(desk, reminder, desk.session.get(Meeting, reminder.about_id))
    task = desk.session.get(Task, reminder.about_id)
    if task is None:
        return Why.GONE
    if task.status in _BY_STATUS:
        return _BY_STATUS[task.status]
    if reminder.rule is Rule.MEETING_DOSSIER:
        return _why_of_meeting(desk, reminder, desk.session.get(Meeting, task.meeting_id or 0))
    return _of_dates(desk, reminder, (task.due_on, task.due_version))


def _why_of_meeting(desk: Desk, reminder: Reminder, meeting: Meeting | None) -> Why:
    if meeting is None:
        return Why.GONE
    return _of_dates(desk, reminder, (meeting.held_on, meeting.due_version))


def _of_dates(desk: Desk, reminder: Reminder, now: tuple[date | None, int]) -> Why:
    if now != (reminder.due_on, reminder.due_version):
        return Why.MOVED
    is_past = reminder.due_on < desk.day.today
    if is_past != (reminder.rule is Rule.TASK_OVERDUE):
        return Why.PAST
    return Why.REASSIGNED
