"""Files as people find them: of a task, of a directive, one file that the reader may open."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, select

from tracker.domain import Attachment, Directive, Filing, Person, Task, Unit
from tracker.domain.reader import Reader
from tracker.errors import NotFound
from tracker.queries.directives import directives_of
from tracker.queries.visibility import filings_for, tasks_of


@dataclass(frozen=True)
class Series:
    """One paper: the version that counts, and the ones before it."""

    newest: Any
    earlier: tuple[Any, ...] = ()


def attachments_of(reader: Reader) -> sa.ColumnElement[bool]:
    """Files of tasks and directives that the reader may know of.

    Those of a paper that has not left its unit are the unit's own; what the office gave with a
    divided task is for everybody who has a part of it.
    """
    # Asked of each file: a list of all that the reader may see would be the dearer way.
    seen = _there_is(Task, col(Attachment.task_id), tasks_of(reader, beside=True))
    let_go = _there_is(Filing, col(Attachment.filing_id), filings_for(reader))
    of_task = sa.and_(seen, sa.or_(col(Attachment.filing_id).is_(None), let_go))
    given = _there_is(Directive, col(Attachment.directive_id), directives_of(reader))
    return sa.or_(of_task, given, _given_with_the_whole(reader))


def _given_with_the_whole(reader: Reader) -> sa.ColumnElement[bool]:
    """Of the files of a divided task: the office's, and what the reader's unit brought itself."""
    part = sa.select(col(Task.id)).where(
        col(Task.parent_id) == col(Attachment.task_id),
        col(Task.is_step).is_(False),
        tasks_of(reader, beside=True),
    )
    return sa.and_(_for_all_parts(reader), part.correlate(Attachment).exists())


def _for_all_parts(reader: Reader) -> sa.ColumnElement[bool]:
    by_office = col(Attachment.unit_id).is_(None)
    own = col(Attachment.unit_id).in_(sorted(reader.units))
    return sa.and_(col(Attachment.filing_id).is_(None), by_office | own)


def _there_is(
    table: type[Task | Filing | Directive],
    link: Mapped[int | None],
    which: sa.ColumnElement[bool],
) -> sa.ColumnElement[bool]:
    asked = sa.select(col(table.id)).where(col(table.id) == link, which)
    return asked.correlate(Attachment).exists()


def attachment_of(session: Session, reader: Reader, file_id: int) -> Attachment:
    """The file; NotFound when the reader may not know of it.

    One that was taken away stays with the office that can answer for it.
    """
    asked = select(Attachment).where(col(Attachment.id) == file_id, attachments_of(reader))
    file = session.exec(asked).first()
    if file is None or (file.removed_at is not None and not reader.is_office):
        raise NotFound("not-found")
    return file


_REMOVER = aliased(Person)
_ROWS: Any = (
    sa.select(
        *(column for column in sa.inspect(Attachment).columns if column.name != "sha256"),
        col(Person.name).label("who"),
        col(Unit.name).label("unit"),
        col(_REMOVER.name).label("remover"),
        # How far the report or request has come with which it was filed.
        col(Filing.state).label("filing"),
    )
    .join(Person, col(Person.id) == col(Attachment.by_id))
    .outerjoin(Unit, col(Unit.id) == col(Attachment.unit_id))
    .outerjoin(_REMOVER, col(_REMOVER.id) == col(Attachment.removed_by_id))
    .outerjoin(Filing, col(Filing.id) == col(Attachment.filing_id))
    .order_by(col(Attachment.series_id), col(Attachment.number).desc())
)


def files_of_task(session: Session, reader: Reader, task_id: int) -> dict[int | None, list[Series]]:
    """The papers of a task in the order of their coming, by the report or request they belong to.

    Those of the task itself and of its supports stand under None.
    """
    found: dict[int | None, list[Series]] = {}
    for series in _series(session, reader, col(Attachment.task_id) == task_id):
        found.setdefault(series.newest.filing_id, []).append(series)
    return found


def files_of_whole(session: Session, reader: Reader, whole_id: int) -> list[Series]:
    """The papers that the office gave with a divided task, for whoever has a part of it."""
    these = col(Attachment.task_id) == whole_id
    return _series(session, reader, these, _for_all_parts(reader))


def shown_with(session: Session, reader: Reader, file: Attachment) -> Task | None:
    """The task with which the reader finds the file: its own, or their part of it."""
    here = col(Task.id) == file.task_id, col(Task.parent_id) == file.task_id
    asked = select(Task).where(sa.or_(*here), tasks_of(reader, beside=True))
    return session.exec(asked.order_by(~here[0], col(Task.id)).limit(1)).first()


def numbers_of_files(session: Session, reader: Reader, tasks: Collection[int]) -> dict[int, int]:
    """How many papers that were not taken away each of these tasks has for the reader."""
    of_task = col(Attachment.task_id)
    papers = sa.func.count(sa.distinct(col(Attachment.series_id)))
    there = of_task.in_(sorted(tasks)), col(Attachment.removed_at).is_(None)
    asked = sa.select(of_task, papers).where(*there, attachments_of(reader)).group_by(of_task)
    return {row[0]: row[1] for row in session.execute(asked)} if tasks else {}


def files_of_directive(session: Session, reader: Reader, directive_id: int) -> list[Series]:
    """The papers of a directive."""
    return _series(session, reader, col(Attachment.directive_id) == directive_id)


def _series(session: Session, reader: Reader, *which: sa.ColumnElement[bool]) -> list[Series]:
    rows: dict[int, list[Any]] = {}
    for row in session.execute(_ROWS.where(*which, attachments_of(reader))):
        rows.setdefault(row.series_id, []).append(row)
    return [_one(versions) for versions in rows.values()]


def _one(versions: list[Any]) -> Series:
    """The newest that was not taken away stands first."""
    newest = next((row for row in versions if row.removed_at is None), versions[0])
    return Series(newest, tuple(row for row in versions if row.id != newest.id))


def stored(session: Session, contents: Collection[str]) -> set[str]:
    """Which of these contents some file refers to."""
    asked = select(Attachment.sha256).where(col(Attachment.sha256).in_(sorted(contents)))
    return set(session.exec(asked))
