"""The reminder ledger and the outbox for the pages: why somebody did, or did not, get a mail."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import (
    Change,
    Filing,
    Meeting,
    Message,
    Programme,
    ProgrammeVersion,
    Reminder,
    Task,
    columns,
)
from tracker.domain.change import Thing
from tracker.domain.reader import Reader
from tracker.domain.reminder import About, MessageState, ReminderState, Rule
from tracker.queries.visibility import filings_for

_ABOUT_MEETINGS = (Rule.MEETING_UPCOMING,)
_ABOUT_TASKS = tuple(set(Rule) - {*_ABOUT_MEETINGS, Rule.PROGRAMME_AMENDED, Rule.TASK_NEWS})


@dataclass(frozen=True)
class Filter:
    """What the messages page is narrowed to; `before` is the last id of the page above."""

    state: MessageState | None = None
    recipient: str | None = None
    before: int | None = None


@dataclass(frozen=True)
class Letter:
    """One message with its reasons; the words only for those who may read all of them."""

    message: sa.Row[Any]
    reasons: list[sa.Row[Any]]
    may_read: bool
    subject: str | None = None
    text: str | None = None
    html: str | None = None


_COLUMNS = (
    col(Message.id),
    col(Message.recipient),
    col(Message.name),
    col(Message.address),
    col(Message.planned_for),
    col(Message.event),
    col(Message.state),
    col(Message.why),
    col(Message.attempts),
    col(Message.next_try_at),
    col(Message.sent_at),
    col(Message.message_id),
)


def messages(session: Session, reader: Reader, chosen: Filter, *, size: int) -> list[sa.Row[Any]]:
    """A page of the outbox, newest first, with the number of reasons in each letter.

    Ask for one row more than is shown to know whether there is another page.
    """
    reasons = sa.select(sa.func.count()).where(col(Reminder.message_id) == col(Message.id))
    asked = sa.select(*_COLUMNS, reasons.scalar_subquery().label("reasons"))
    asked = asked.where(messages_of(reader), *_narrowed(chosen)).order_by(col(Message.id).desc())
    return list(session.execute(asked.limit(size)))


def _narrowed(chosen: Filter) -> list[sa.ColumnElement[bool]]:
    narrowed: list[sa.ColumnElement[bool]] = []
    if chosen.state is not None:
        narrowed.append(col(Message.state) == chosen.state)
    if chosen.recipient is not None:
        narrowed.append(col(Message.recipient) == chosen.recipient)
    if chosen.before is not None:
        narrowed.append(col(Message.id) < chosen.before)
    return narrowed


def letter(session: Session, reader: Reader, message_id: int) -> Letter | None:
    """One message and the reasons that the reader may know of; None for a stranger."""
    asked = sa.select(*_COLUMNS).where(col(Message.id) == message_id, messages_of(reader))
    message = session.execute(asked).one_or_none()
    if message is None:
        return None
    reasons = _reasons(session, reader, col(Reminder.message_id) == message_id)
    # A letter to a unit of two issuers: neither office reads what the other one wrote.
    hidden = col(Reminder.message_id) == message_id, ~_reasons_of(reader)
    may_read = session.scalar(sa.select(col(Reminder.id)).where(*hidden).limit(1)) is None
    words = sa.select(col(Message.subject), col(Message.text), col(Message.html))
    said = session.execute(words.where(col(Message.id) == message_id)).one()
    return Letter(message, reasons, may_read, *(said if may_read else (None, None, None)))


def of_task(session: Session, reader: Reader, task_id: int) -> list[sa.Row[Any]]:
    """Which reminders were written about a task: rule, step, recipient, state, why, when."""
    return list(session.execute(_of_task(reader), {"task": task_id}))


# The page of a task is opened often, and only its number differs.
@lru_cache(maxsize=64)
def _of_task(reader: Reader) -> sa.Select[Any]:
    task = sa.bindparam("task", type_=sa.Integer())
    reminded = sa.select(col(Reminder.id)).where(
        col(Reminder.rule).in_(_ABOUT_TASKS), col(Reminder.about_id) == task
    )
    told = (
        sa.select(col(Reminder.id))
        .join(Change, col(Change.id) == col(Reminder.about_id))
        .where(col(Change.thing) == Thing.TASK, col(Change.thing_id) == task)
        .where(col(Reminder.rule) == Rule.TASK_NEWS)
    )
    return _asked(reader, col(Reminder.id).in_(sa.union_all(reminded, told)))


def of_meeting(session: Session, reader: Reader, meeting_id: int) -> list[sa.Row[Any]]:
    """Which reminders were written about a meeting itself."""
    return _reasons(
        session,
        reader,
        col(Reminder.rule).in_(_ABOUT_MEETINGS),
        col(Reminder.about_id) == meeting_id,
    )


def state_of_reason() -> sa.ColumnElement[ReminderState]:
    """A reason that was not struck out follows its letter: no row of it is written for that."""
    follows = {end: ReminderState(end.value) for end in _ENDS}
    kind = columns.words(ReminderState)
    ended = ((col(Message.state) == end, sa.literal(said, kind)) for end, said in follows.items())
    struck_out = col(Reminder.state) != ReminderState.PLANNED, col(Reminder.state)
    return sa.case(struck_out, *ended, else_=col(Reminder.state)).label("state")


_ENDS = (MessageState.SENT, MessageState.FAILED, MessageState.DROPPED)
_MOST_REASONS = 500


def _reasons(session: Session, reader: Reader, *which: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
    return list(session.execute(_asked(reader, *which)))


def _asked(reader: Reader, *which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    asked: Any = sa.select(
        col(Reminder.id),
        col(Reminder.rule),
        col(Reminder.about),
        col(Reminder.about_id),
        col(Reminder.step),
        col(Reminder.passed_from),
        col(Reminder.due_on),
        state_of_reason(),
        col(Reminder.why),
        col(Reminder.message_id),
        col(Message.name).label("recipient_name"),
        col(Message.planned_for),
        col(Message.sent_at),
        # What happened, and to which task, when the letter was about an act.
        col(Change.act),
        col(Change.thing_id).label("task_id"),
    ).join(Message, col(Message.id) == col(Reminder.message_id))
    happened = col(Reminder.about) == About.CHANGE, col(Change.id) == col(Reminder.about_id)
    asked = asked.outerjoin(Change, sa.and_(*happened))
    asked = asked.where(*which, _reasons_of(reader)).order_by(col(Reminder.id).desc())
    found: sa.Select[Any] = asked.limit(_MOST_REASONS)
    return found


def messages_of(reader: Reader) -> sa.ColumnElement[bool]:
    """Letters to the reader and their units, and those about something their office issued."""
    if reader.reads_all:
        return sa.true()
    ways = [_addressed_to(reader)]
    if reader.issuers:
        of_letter = col(Reminder.message_id) == col(Message.id), ~_kept_inside(reader)
        ways.append(sa.exists().where(*of_letter, _issued(reader)))
    return sa.or_(*ways)


def _reasons_of(reader: Reader) -> sa.ColumnElement[bool]:
    """Reasons in letters to the reader and their units, and those their office issued."""
    let_go = ~_kept_inside(reader)
    if reader.reads_all:
        return let_go
    mine = sa.select(col(Message.id)).where(_addressed_to(reader))
    return sa.and_(let_go, sa.or_(_issued(reader), col(Reminder.message_id).in_(mine)))


# Of which report or request an act tells: `"_filing": [None, 12]`.
_FILING = col(Change.details)["_filing", 1].as_integer()


def _kept_inside(reader: Reader) -> sa.ColumnElement[bool]:
    """Reasons about a paper that has not left a unit of others, which nobody else may know."""
    asked = sa.select(col(Filing.id)).where(
        col(Reminder.about) == About.CHANGE,
        col(Change.id) == col(Reminder.about_id),
        col(Filing.id) == _FILING,
        ~filings_for(reader),
    )
    return asked.correlate(Reminder).exists()


def _addressed_to(reader: Reader) -> sa.ColumnElement[bool]:
    keys = [f"unit:{unit}" for unit in sorted(reader.units)]
    return col(Message.recipient).in_([*keys, f"person:{reader.person_id}"])


def _issued(reader: Reader) -> sa.ColumnElement[bool]:
    issuers = sorted(reader.issuers)
    # The one thing is looked up, not everything that the office ever issued.
    task = sa.exists().where(
        col(Task.id) == col(Reminder.about_id), sa.func.coalesce(Task.issuer_id, 0).in_(issuers)
    )
    meeting = sa.exists().where(
        col(Meeting.id) == col(Reminder.about_id), col(Meeting.issuer_id).in_(issuers)
    )
    version = (
        sa.exists()
        .where(col(ProgrammeVersion.id) == col(Reminder.about_id))
        .where(col(Programme.id) == col(ProgrammeVersion.programme_id))
        .where(col(Programme.issuer_id).in_(issuers))
    )
    change = (
        sa.exists()
        .where(col(Change.id) == col(Reminder.about_id), col(Task.id) == col(Change.thing_id))
        .where(sa.func.coalesce(Task.issuer_id, 0).in_(issuers))
    )
    return sa.or_(
        sa.and_(col(Reminder.about) == About.CHANGE, change.correlate(Reminder)),
        sa.and_(col(Reminder.about) == About.VERSION, version.correlate(Reminder)),
        sa.and_(col(Reminder.about) == About.TASK, task.correlate_except(Task)),
        sa.and_(col(Reminder.about) == About.MEETING, meeting.correlate_except(Meeting)),
    )
