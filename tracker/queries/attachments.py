"""Files as people find them: of a task, of a directive, one file that the reader may open."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Session, col, select

from tracker.domain import Attachment, Directive, Filing, Person, Task, Unit
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.reader import Reader
from tracker.errors import NotFound
from tracker.queries.directives import directives_of
from tracker.queries.visibility import tasks_of


@dataclass(frozen=True)
class Series:
    """One paper: the version that counts, and the ones before it."""

    newest: Any
    earlier: tuple[Any, ...] = ()


def attachments_of(reader: Reader) -> sa.ColumnElement[bool]:
    """Files of tasks and directives that the reader may know of.

    What is handed to the head of a unit stays within the unit until the head lets it go.
    """
    # Asked of each file: a list of all that the reader may see would be the dearer way.
    seen = _there_is(Task, col(Attachment.task_id), tasks_of(reader, beside=True))
    left = sa.or_(
        col(Filing.state) != FilingState.WITH_HEAD, col(Filing.unit_id).in_(sorted(reader.units))
    )
    let_go = _there_is(Filing, col(Attachment.filing_id), left)
    of_task = sa.and_(seen, sa.or_(col(Attachment.filing_id).is_(None), let_go))
    given = _there_is(Directive, col(Attachment.directive_id), directives_of(reader))
    return sa.or_(of_task, given)


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
        col(Filing.kind).label("filing"),
        sa.and_(
            col(Filing.kind) == FilingKind.REPORT, col(Filing.state) == FilingState.ACCEPTED
        ).label("is_accepted"),
    )
    .join(Person, col(Person.id) == col(Attachment.by_id))
    .outerjoin(Unit, col(Unit.id) == col(Attachment.unit_id))
    .outerjoin(_REMOVER, col(_REMOVER.id) == col(Attachment.removed_by_id))
    .outerjoin(Filing, col(Filing.id) == col(Attachment.filing_id))
    .order_by(col(Attachment.series_id), col(Attachment.number).desc())
)


def files_of_task(session: Session, reader: Reader, task_id: int) -> list[Series]:
    """The papers of a task, of its reports and of its supports, in the order of their coming."""
    return _series(session, reader, col(Attachment.task_id) == task_id)


def files_of_directive(session: Session, reader: Reader, directive_id: int) -> list[Series]:
    """The papers of a directive."""
    return _series(session, reader, col(Attachment.directive_id) == directive_id)


def files_of_filings(
    session: Session, reader: Reader, filings: Collection[int]
) -> dict[int, list[Series]]:
    """The papers that came with each of these reports and requests."""
    found: dict[int, list[Series]] = {}
    if filings:
        these = col(Attachment.filing_id).in_(sorted(filings))
        for series in _series(session, reader, these):
            found.setdefault(series.newest.filing_id, []).append(series)
    return found


def _series(session: Session, reader: Reader, which: sa.ColumnElement[bool]) -> list[Series]:
    rows: dict[int, list[Any]] = {}
    for row in session.execute(_ROWS.where(which, attachments_of(reader))):
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
