"""The second look just before sending: what no longer holds leaves the letter, with its why."""

from collections.abc import Iterable, Iterator
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain import Meeting, Reminder, Task
from tracker.domain.reminder import About, ReminderState, Rule, Why
from tracker.domain.task import Status
from tracker.reminders import ledger
from tracker.reminders.desk import Desk
from tracker.reminders.rules import QUESTIONS

_BY_STATUS = {
    Status.DONE: Why.DONE,
    Status.SUBMITTED: Why.SUBMITTED,
    Status.PAUSED: Why.PAUSED,
    Status.WITHDRAWN: Why.WITHDRAWN,
}


def drop_stale(desk: Desk, message_id: int, recipient: str) -> int:
    """Strike from a letter what no longer holds; returns how many reasons."""
    planned = (
        col(Reminder.message_id) == message_id,
        col(Reminder.state) == ReminderState.PLANNED,
    )
    unreachable = desk.book.why_not(recipient)
    if unreachable:
        return ledger.drop(desk.session, *planned, why=unreachable)
    rules = desk.session.scalars(sa.select(col(Reminder.rule)).where(*planned).distinct())
    holds = sa.or_(*_ways_to_hold(desk, recipient, rules.all()))
    asked = sa.select(Reminder).where(*planned, ~holds)
    stale = desk.session.scalars(asked).all()
    for reminder in stale:
        reminder.state, reminder.why = ReminderState.DROPPED, _why(desk, reminder)
    desk.session.flush()
    return len(stale)


def _ways_to_hold(
    desk: Desk, recipient: str, rules: Iterable[Rule]
) -> Iterator[sa.ColumnElement[bool]]:
    """The rules' own questions, each about the row's thing, deadline and recipient."""
    yield sa.false()
    ladders = desk.habits.ladders
    asked = ((rule, who) for rule in rules for who in ladders[rule].writes_to)
    for rule, who in asked:
        units = desk.book.stands_for(recipient, who)
        if units:
            asks = QUESTIONS[rule].still_asks(who, units, desk.day.today)
            since = col(Reminder.step) >= ladders[rule].writes_to[who]
            yield sa.and_(col(Reminder.rule) == rule, since, sa.exists(asks))


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
