"""The ledger: which steps of which ladders were already written down, and the new ones."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col

from tracker.domain import Reminder
from tracker.domain.reminder import ReminderState, Rule, Why
from tracker.reminders.policy import OfficeDay
from tracker.reminders.rules import QUESTIONS, Question

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

# One ladder of one recipient: (about_id, recipient, deadline, version of the deadline).
Rungs = tuple[int, str, date, int]


class Reason(NamedTuple):
    """One reason of one rule to write to one recipient, before it is a row."""

    about_id: int
    recipient: str
    due_on: date
    due_version: int
    step: int
    passed_from: int | None


def insert_unless_there(session: Session, table: type[SQLModel]) -> Any:
    """An INSERT that leaves alone a row whose key exists, on either database."""
    return _INSERT[session.get_bind().dialect.name](table).on_conflict_do_nothing()


def last_steps(
    session: Session, rule: Rule, question: Question, *, day: OfficeDay, until: date
) -> dict[Rungs, int]:
    """The last step written down of every ladder that the rule may go on climbing."""
    asked = sa.select(
        col(Reminder.about_id),
        col(Reminder.recipient),
        col(Reminder.due_on),
        col(Reminder.due_version),
        sa.func.max(Reminder.step),
    ).where(
        col(Reminder.rule) == rule,
        col(Reminder.about_id).in_(question.ids(day.today, until=until)),
    )
    rungs = (Reminder.about_id, Reminder.recipient, Reminder.due_on, Reminder.due_version)
    found = session.execute(asked.group_by(*map(col, rungs)))
    return {(about, to, due, version): step for about, to, due, version, step in found}


def write_down(
    session: Session, rule: Rule, reasons: Iterable[Reason], *, messages: Mapping[str, int]
) -> None:
    """Put the reasons of a rule into the ledger, each with the message of its recipient."""
    connection = session.connection()
    written = _insert(session, rule).compile(dialect=connection.dialect, column_keys=_EACH)
    day = _day_of(connection.dialect)
    # In the order of the ledger's key the rows are appended to its index, not scattered.
    rows = [
        (thing, to, day(due_on), version, step, passed, messages[to])
        for thing, to, due_on, version, step, passed in sorted(reasons, key=_IN_ORDER)
    ]
    if rows:
        connection.exec_driver_sql(str(written), _as_asked(written, rows))


_EACH = (*Reason._fields, "message_id")
_IN_ORDER = itemgetter(0, 1)  # about_id, recipient


def _insert(session: Session, rule: Rule) -> Any:
    # What is the same in every row is said once: a morning may bring tens of thousands.
    same = {"rule": rule, "about": QUESTIONS[rule].about, "state": ReminderState.PLANNED}
    words: dict[str, Any] = {
        name: sa.literal_column(f"'{word.value}'") for name, word in same.items()
    }
    return insert_unless_there(session, Reminder).values(words)


def _day_of(dialect: sa.Dialect) -> Any:
    """How the driver wants a date; there are few days among many rows."""
    write = sa.Date().dialect_impl(dialect).bind_processor(dialect)
    return cache(write) if write else lambda day: day


def _as_asked(written: Any, rows: list[tuple[Any, ...]]) -> Any:
    """The rows as the driver takes them: it is asked directly, which takes half the time."""
    if not written.positional:
        return [dict(zip(_EACH, row, strict=True)) for row in rows]
    return list(map(itemgetter(*map(_EACH.index, written.positiontup)), rows))


def drop_overtaken(session: Session, messages: Iterable[int]) -> None:
    """In letters carried over from an earlier day, a later step takes the place of an older one."""
    later = sa.orm.aliased(Reminder)
    same = ("rule", "about_id", "recipient", "due_on", "due_version")
    overtaken = sa.exists().where(
        *(getattr(later, name) == getattr(Reminder, name) for name in same),
        col(later.step) > col(Reminder.step),
    )
    drop(
        session,
        col(Reminder.message_id).in_(list(messages)),
        col(Reminder.state) == ReminderState.PLANNED,
        overtaken,
        why=Why.OVERTAKEN,
    )


def drop(session: Session, *which: sa.ColumnElement[bool], why: Why) -> int:
    """Strike reasons from a letter that is not sent yet, and say why; returns how many."""
    dropped = sa.update(Reminder).where(*which).values(state=ReminderState.DROPPED, why=why)
    done = session.execute(dropped, execution_options={"synchronize_session": False})
    return done.rowcount  # type: ignore[attr-defined, no-any-return]
