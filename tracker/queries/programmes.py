"""Programmes: the list, and one whole with its sections in printed order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Meeting, Programme, Recipient, Section, Task, Unit
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotFound
from tracker.queries.tasks import LINES, Line, lines
from tracker.queries.visibility import meetings_of, programmes_of, tasks_of
from tracker.queries.wanted import Days

PAGE = 30
ITEMS = 300


@dataclass(frozen=True)
class Part:
    """A heading with those above it, and the tasks that stand under it."""

    headings: tuple[str, ...]
    lines: list[Line]


def programmes_page(session: Session, reader: Reader, *, page: int) -> list[Any]:
    """A page of programmes, the latest first; one row more says there are more."""
    asked = sa.select(*_HEADER).join(Unit, col(Unit.id) == col(Programme.issuer_id))
    asked = asked.where(programmes_of(reader)).order_by(*_LATEST)
    return list(session.execute(asked.limit(PAGE + 1).offset((page - 1) * PAGE)))


_LATEST = (col(Programme.starts_on).desc(), col(Programme.id).desc())
_HEADER: tuple[Any, ...] = (
    col(Programme.id),
    col(Programme.title),
    col(Programme.period),
    col(Programme.starts_on),
    col(Programme.ends_on),
    col(Programme.number),
    col(Programme.symbol),
    col(Programme.issued_on),
    col(Unit.name).label("issuer"),
)


def programme_of(session: Session, reader: Reader, programme_id: int) -> tuple[Programme, str]:
    """The programme and its issuer's name; NotFound when the reader may not know of it."""
    asked = (
        sa.select(Programme, col(Unit.name))
        .join(Unit, col(Unit.id) == col(Programme.issuer_id))
        .where(col(Programme.id) == programme_id, programmes_of(reader))
    )
    found = session.execute(asked).first()
    if found is None:
        raise NotFound("not-found")
    return found[0], found[1]


def parts_of(
    session: Session, reader: Reader, programme_id: int, *, days: Days, page: int
) -> tuple[list[Part], bool]:
    """A page of the programme's tasks under their headings, and whether more follow."""
    asked = LINES.where(col(Task.programme_id) == programme_id, tasks_of(reader, beside=True))
    asked = asked.order_by(col(Task.position), col(Task.id))
    rows = session.execute(asked.limit(ITEMS + 1).offset((page - 1) * ITEMS)).all()
    headings = _headings(session, programme_id)
    shown = lines(session, rows[:ITEMS], days)
    groups = groupby(shown, key=lambda line: line.task.section_id)
    parts = [Part(headings.get(section, ()), list(group)) for section, group in groups]
    return parts, len(rows) > ITEMS


def _headings(session: Session, programme_id: int) -> dict[int, tuple[str, ...]]:
    asked = select(Section).where(col(Section.programme_id) == programme_id)
    sections = {section.id or 0: section for section in session.exec(asked)}
    return {key: tuple(_above(section, sections)) for key, section in sections.items()}


def _above(section: Section | None, sections: dict[int, Section]) -> Iterator[str]:
    if section is None:
        return
    if section.parent_id is not None:
        yield from _above(sections.get(section.parent_id), sections)
    yield section.text


def counts_of(session: Session, reader: Reader, programme_id: int) -> list[tuple[Status, int]]:
    """How many of the tasks that the reader may see have each status."""
    asked = sa.select(col(Task.status), sa.func.count()).group_by(col(Task.status))
    asked = asked.where(col(Task.programme_id) == programme_id, tasks_of(reader, beside=True))
    found = {row[0]: row[1] for row in session.execute(asked)}
    return [(status, found[status]) for status in Status if status in found]


def recipients_of(session: Session, programme_id: int) -> list[str]:
    """To whom the programme is published, as printed."""
    asked = select(Recipient.text).where(col(Recipient.programme_id) == programme_id)
    return list(session.exec(asked.order_by(col(Recipient.position))))


def meetings_in(session: Session, reader: Reader, programme_id: int) -> list[Meeting]:
    """The programme's meetings that the reader may see, in order of their dates."""
    asked = select(Meeting).where(col(Meeting.programme_id) == programme_id, meetings_of(reader))
    return list(session.exec(asked.order_by(col(Meeting.held_on), col(Meeting.id))))


def programme_choices(session: Session, reader: Reader, *, most: int = 30) -> list[tuple[int, str]]:
    """The latest programmes, to filter by."""
    asked = sa.select(col(Programme.id), col(Programme.title)).where(programmes_of(reader))
    asked = asked.order_by(*_LATEST).limit(most)
    return [(row.id, row.title) for row in session.execute(asked)]
