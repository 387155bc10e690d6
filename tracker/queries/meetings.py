"""Meetings with the state of their agenda: those ahead, those held, one whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Meeting, Task, Unit
from tracker.domain.meeting import dossier_due_on
from tracker.domain.reader import Reader
from tracker.domain.task import Papers, Status, papers
from tracker.errors import NotFound
from tracker.queries.calendar import working_days
from tracker.queries.tasks import LINES, Line, lines
from tracker.queries.visibility import meetings_of, tasks_of
from tracker.queries.wanted import Days

PAGE = 20
# Nobody plans further ahead on one page; the rest stands on the next months' pages.
MOST_AHEAD = 40
MOST_OF_AN_AGENDA = 300

_COUNTED = col(Task.status).not_in((Status.PAUSED, Status.WITHDRAWN))
_HANDED_IN = col(Task.status).in_((Status.SUBMITTED, Status.DONE))


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agenda and the state of its papers."""

    line: Line
    papers: Papers


@dataclass(frozen=True)
class Agenda:
    """The items that the reader may see, and when their papers are due."""

    items: list[Item]
    dossier_due_on: date | None

    @property
    def asked(self) -> int:
        """How many items need papers."""
        return sum(item.papers is not Papers.NOT_NEEDED for item in self.items)

    @property
    def handed_in(self) -> int:
        """How many of them are handed in, in time or late."""
        return sum(item.papers in (Papers.HANDED_IN, Papers.HANDED_IN_LATE) for item in self.items)


def meeting_of(session: Session, reader: Reader, meeting_id: int) -> Meeting:
    """The meeting; NotFound when the reader may not know of it."""
    asked = select(Meeting).where(col(Meeting.id) == meeting_id, meetings_of(reader))
    meeting = session.exec(asked).first()
    if meeting is None:
        raise NotFound("not-found")
    return meeting


def issuer_name(session: Session, meeting: Meeting) -> str:
    """Whose meeting it is."""
    return session.scalar(sa.select(col(Unit.name)).where(col(Unit.id) == meeting.issuer_id)) or ""


def meetings_ahead(
    session: Session, reader: Reader, *, today: date, most: int = MOST_AHEAD
) -> list[Any]:
    """Meetings from today on, the next first, then those without a date, with their readiness."""
    still = sa.or_(col(Meeting.held_on) >= today, col(Meeting.held_on).is_(None))
    in_order = (col(Meeting.held_on).is_(None), col(Meeting.held_on), col(Meeting.id))
    some = sa.select(col(Meeting.id)).where(meetings_of(reader), still)
    return _with_readiness(session, reader, some.order_by(*in_order).limit(most), in_order)


def meetings_held(session: Session, reader: Reader, *, today: date, page: int) -> list[Any]:
    """A page of the meetings before today, the last first; one row more says there are more."""
    in_order = (col(Meeting.held_on).desc(), col(Meeting.id).desc())
    some = sa.select(col(Meeting.id)).where(meetings_of(reader), col(Meeting.held_on) < today)
    some = some.order_by(*in_order).limit(PAGE + 1).offset((page - 1) * PAGE)
    return _with_readiness(session, reader, some, in_order)


def _with_readiness(
    session: Session, reader: Reader, some: sa.Select[Any], in_order: Iterable[Any]
) -> list[Any]:
    chosen = some.subquery()
    counts = (
        sa.func.count(col(Task.id)).filter(_COUNTED).label("asked"),
        sa.func.count(col(Task.id)).filter(_HANDED_IN).label("handed_in"),
        sa.func.count(col(Task.id))
        .filter(_COUNTED, col(Task.lead_id).is_(None))
        .label("unassigned"),
    )
    seen = sa.and_(col(Task.meeting_id) == col(Meeting.id), tasks_of(reader, beside=True))
    rows = (
        sa.select(*_COLUMNS, *counts)
        .select_from(Meeting)
        .join(chosen, chosen.c.id == col(Meeting.id))
        .outerjoin(Task, seen)
        .group_by(*_COLUMNS)
        .order_by(*in_order)
    )
    return list(session.execute(rows))


_COLUMNS = (
    col(Meeting.id),
    col(Meeting.title),
    col(Meeting.held_on),
    col(Meeting.starts_at),
    col(Meeting.place),
    col(Meeting.certainty),
)


def agenda_of(
    session: Session, reader: Reader, meeting: Meeting, *, days: Days, days_before: int
) -> Agenda:
    """The agenda in its printed order; a unit sees its own items."""
    asked = LINES.where(col(Task.meeting_id) == meeting.id, tasks_of(reader, beside=True))
    asked = asked.order_by(col(Task.position), col(Task.id)).limit(MOST_OF_AN_AGENDA)
    due = dossier_due(session, meeting.held_on, days_before=days_before)
    shown = lines(session, session.execute(asked), days)
    items = [Item(line, papers(line.task, today=days.today, due_on=due)) for line in shown]
    return Agenda(items, due)


def dossier_due(session: Session, held_on: date | None, *, days_before: int) -> date | None:
    """The last day for the papers of a meeting, in the office's own calendar."""
    if held_on is None:
        return None
    calendar = working_days(session)
    return dossier_due_on(held_on, days_before=days_before, calendar=calendar)


def dossier_dues(session: Session, rows: Iterable[Any], *, days_before: int) -> dict[int, date]:
    """The last day for the papers of each meeting that has a date."""
    calendar = working_days(session)
    dated = {row.id: row.held_on for row in rows if row.held_on is not None}
    return {
        meeting: dossier_due_on(held_on, days_before=days_before, calendar=calendar)
        for meeting, held_on in dated.items()
    }


def meeting_choices(session: Session, reader: Reader, *, most: int = 30) -> list[tuple[int, str]]:
    """The latest meetings, to filter by."""
    asked = sa.select(col(Meeting.id), col(Meeting.title)).where(meetings_of(reader))
    asked = asked.order_by(col(Meeting.held_on).desc(), col(Meeting.id).desc()).limit(most)
    return [(row.id, row.title) for row in session.execute(asked)]
