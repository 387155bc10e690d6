"""The register of documents that assign work, and how far the work of each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.domain import Directive, Support, Task, Unit, completion
from tracker.domain.folding import fold
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotFound
from tracker.queries.tasks import LINES, Line, lines
from tracker.queries.visibility import tasks_of
from tracker.queries.wanted import Days

PAGE = 30
MOST_TASKS = 300
MOST_LAGGARDS = 200


@dataclass(frozen=True)
class Sought:
    """Which documents somebody looks for."""

    words: str = ""
    year: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Completion:
    """How many tasks of a document are done, of those that are still asked for."""

    done: int = 0
    asked: int = 0
    late: int = 0

    @property
    def percent(self) -> str:
        """The share as Vietnamese papers write it, always reckoned and never kept: "98,86"."""
        share = completion.Completion(self.done, self.asked).hundredths
        if share is None:
            return ""
        return f"{share / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")


@dataclass(frozen=True)
class Entry:
    """A document as a line of the register."""

    directive: Any
    completion: Completion


def directives_of(reader: Reader) -> sa.ColumnElement[bool]:
    """Documents of the reader's issuers, and those that give a unit of theirs a task."""
    if reader.reads_all:
        return sa.true()
    ways: list[sa.ColumnElement[bool]] = []
    if reader.issuers:
        ways.append(col(Directive.issuer_id).in_(sorted(reader.issuers)))
    if reader.units:
        units = sorted(reader.units)
        helped = sa.select(col(Support.task_id)).where(col(Support.unit_id).in_(units))
        mine = sa.or_(col(Task.lead_id).in_(units), col(Task.id).in_(helped))
        given = sa.select(col(Task.directive_id)).where(mine, col(Task.directive_id).is_not(None))
        ways.append(col(Directive.id).in_(given))
    return sa.or_(sa.false(), *ways)


def register(
    session: Session, reader: Reader, sought: Sought, *, today: date
) -> tuple[list[Entry], bool]:
    """A page of the register, the latest documents first; the second value says there is more."""
    asked: Any = sa.select(*_COLUMNS).where(directives_of(reader), *_narrowed(sought))
    asked = asked.order_by(
        col(Directive.issued_on).is_(None),
        col(Directive.issued_on).desc(),
        col(Directive.id).desc(),
    )
    rows = session.execute(asked.limit(PAGE + 1).offset((sought.page - 1) * PAGE)).all()
    counted = completions(session, reader, [row.id for row in rows[:PAGE]], today=today)
    entries = [Entry(row, counted.get(row.id, Completion())) for row in rows[:PAGE]]
    return entries, len(rows) > PAGE


_COLUMNS: Any = (
    col(Directive.id),
    col(Directive.kind),
    col(Directive.number),
    col(Directive.title),
    col(Directive.issued_on),
    col(Directive.issued_by),
)


def _narrowed(sought: Sought) -> list[sa.ColumnElement[bool]]:
    narrowed = [
        col(Directive.search_text).contains(word, autoescape=True)
        for word in fold(sought.words).split()
    ]
    if sought.year is not None:
        first, last = date(sought.year, 1, 1), date(sought.year, 12, 31)
        narrowed.append(col(Directive.issued_on).between(first, last))
    return narrowed


def years(session: Session, reader: Reader) -> list[int]:
    """The years from which there are documents, the latest first."""
    when = sa.func.min(Directive.issued_on), sa.func.max(Directive.issued_on)
    first, last = session.execute(sa.select(*when).where(directives_of(reader))).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def completions(
    session: Session, reader: Reader, ids: Iterable[int], *, today: date
) -> dict[int, Completion]:
    """How far each document has come; of a divided task its units are counted, never steps."""
    rows = session.execute(
        sa.select(_GIVEN_BY, *_counts(today))
        .select_from(Task)
        .outerjoin(_WHOLE, _WHOLE.id == col(Task.parent_id))
        .where(*_counted(list(ids)), tasks_of(reader, beside=True))
        .group_by(_GIVEN_BY)
    )
    return {row[0]: Completion(row.done, row.asked, row.late) for row in rows}


_WHOLE: Any = aliased(Task)
_GIVEN_BY: Any = sa.func.coalesce(Task.directive_id, _WHOLE.directive_id).label("directive_id")


def _counted(ids: list[int]) -> list[sa.ColumnElement[bool]]:
    # Either the task says its document, or the whole of which it is a share does.
    shares = sa.select(col(Task.id)).where(col(Task.directive_id).in_(ids))
    given = sa.or_(col(Task.directive_id).in_(ids), col(Task.parent_id).in_(shares))
    return [given, ~col(Task.is_divided), ~col(Task.is_step)]


def _counts(today: date) -> tuple[Any, ...]:
    asked = col(Task.status) != Status.WITHDRAWN
    late = (col(Task.is_closed).is_(False), col(Task.status) != Status.PAUSED)
    handed_in = sa.func.coalesce(Task.submitted_on, today)
    return (
        sa.func.count(col(Task.id)).filter(col(Task.status) == Status.DONE).label("done"),
        sa.func.count(col(Task.id)).filter(asked).label("asked"),
        sa.func.count(col(Task.id)).filter(*late, col(Task.due_on) < handed_in).label("late"),
    )


def directive_of(session: Session, reader: Reader, directive_id: int) -> Directive:
    """The document; NotFound when the reader may not know of it."""
    asked = select(Directive).where(col(Directive.id) == directive_id, directives_of(reader))
    directive = session.exec(asked).first()
    if directive is None:
        raise NotFound("not-found")
    return directive


def tasks_given(
    session: Session, reader: Reader, directive: Directive, *, days: Days
) -> list[Line]:
    """The tasks that the document gave, the first due first; a unit sees its own.

    Whoever sees the whole of a divided task finds its units there and not in this list.
    """
    by_issuer = reader.reads_all or directive.issuer_id in reader.issuers
    table = LINES.selected_columns.id.table.c
    asked = LINES.where(table.directive_id == directive.id, ~table.is_step, _seen(reader)).order_by(
        table.is_closed, table.due_on.is_(None), table.due_on, table.id
    )
    if by_issuer:
        asked = asked.where(table.parent_id.is_(None))
    return lines(session, session.execute(asked.limit(MOST_TASKS)), days)


def _seen(reader: Reader) -> Any:
    return tasks_of(reader, beside=True)


def divided_among(session: Session, tasks: Iterable[int]) -> dict[int, Completion]:
    """Of each divided task how many of its units are done."""
    done = sa.func.count(col(Task.id)).filter(col(Task.status) == Status.DONE)
    asked = sa.func.count(col(Task.id)).filter(col(Task.status) != Status.WITHDRAWN)
    rows: Any = session.execute(
        sa.select(col(Task.parent_id), done.label("done"), asked.label("asked"))
        .where(col(Task.parent_id).in_(list(tasks)), ~col(Task.is_step))
        .group_by(col(Task.parent_id))
    )
    return {row.parent_id: Completion(row.done, row.asked) for row in rows}


def laggards(session: Session, reader: Reader, directive: Directive, *, today: date) -> list[Any]:
    """The units that still owe something by the document, those with the most overdue first."""
    counts = _counts(today)
    owed = sa.func.count(col(Task.id)).label("owed")
    rows = session.execute(
        sa.select(col(Unit.id), col(Unit.name), owed, counts[2])
        .select_from(Task)
        .join(Unit, col(Unit.id) == col(Task.lead_id))
        .where(*_counted([directive.id]), tasks_of(reader, beside=True))
        .where(col(Task.is_closed).is_(False))
        .group_by(col(Unit.id), col(Unit.name), col(Unit.sort_key))
        .order_by(counts[2].desc(), col(Unit.sort_key))
        .limit(MOST_LAGGARDS)
    )
    return list(rows)


def namesakes(session: Session, issuer_id: int, number: str) -> list[Directive]:
    """The documents of the register that have this number; numbers begin anew each year."""
    same = col(Directive.issuer_id) == issuer_id, col(Directive.number) == number
    return list(session.exec(select(Directive).where(*same).order_by(col(Directive.id))))


def keeper(session: Session, directive: Directive) -> str:
    """Whose register it stands in."""
    return (
        session.scalar(sa.select(col(Unit.name)).where(col(Unit.id) == directive.issuer_id)) or ""
    )
