"""The one WHERE that decides who sees what."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from tracker.domain import Filing, Meeting, Programme, Support, Task
from tracker.domain.reader import Reader

_EVERYTHING = sa.true()


def tasks_of(reader: Reader, *, beside: bool = False) -> sa.ColumnElement[bool]:
    """Tasks of an issuer the reader works for or follows, led or supported by a unit of theirs.

    `beside` says that something narrower chooses the rows (a programme, a unit, words): then
    the issuer is checked without its index, which SQLite would otherwise walk from end to end.
    """
    if reader.reads_all:
        return _EVERYTHING
    ways: list[sa.ColumnElement[bool]] = []
    if reader.issuers:
        issuer = sa.func.coalesce(Task.issuer_id, 0) if beside else col(Task.issuer_id)
        ways.append(_one_of(issuer, reader.issuers))
    if reader.units:
        units = sorted(reader.units)
        supported = select(Support.task_id).where(col(Support.unit_id).in_(units))
        ways += [col(Task.lead_id).in_(units), col(Task.id).in_(supported)]
    return sa.or_(sa.false(), *ways)


def _one_of(column: Any, ids: frozenset[int]) -> sa.ColumnElement[bool]:
    # An index is walked in order for one issuer, but not for a list of one.
    answer: sa.ColumnElement[bool] = (
        column == min(ids) if len(ids) == 1 else column.in_(sorted(ids))
    )
    return answer


def filings_for(reader: Reader) -> sa.ColumnElement[bool]:
    """Of the papers filed about a task: those that left their unit, and the reader's own unit's.

    What waits for the head of a unit, or came back from there, is nobody else's to read: not
    its words, not its files, not that it was written.
    """
    unit = sa.func.coalesce(Filing.unit_id, 0)
    return col(Filing.sent_at).is_not(None) | unit.in_(sorted(reader.units))


def meetings_of(reader: Reader) -> sa.ColumnElement[bool]:
    """Meetings of the reader's issuers, and those at which a task of theirs is considered."""
    return _issued_or_concerning(reader, Meeting, col(Task.meeting_id))


def programmes_of(reader: Reader) -> sa.ColumnElement[bool]:
    """Programmes of the reader's issuers, and those that hold a task of theirs."""
    return _issued_or_concerning(reader, Programme, col(Task.programme_id))


def _issued_or_concerning(
    reader: Reader, table: type[Meeting | Programme], of_task: Mapped[int | None]
) -> sa.ColumnElement[bool]:
    if reader.reads_all:
        return _EVERYTHING
    ways: list[sa.ColumnElement[bool]] = []
    if reader.issuers:
        ways.append(col(table.issuer_id).in_(sorted(reader.issuers)))
    if reader.units:
        ways.append(col(table.id).in_(sa.select(of_task).where(tasks_of(reader))))
    return sa.or_(sa.false(), *ways)
