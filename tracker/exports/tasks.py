"""The list of tasks as a sheet: the rows and columns that are on the screen, in their order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.finding import Column, Told
from tracker.exports import csv, xlsx
from tracker.exports.sheet import Cell, Heading, Sheet
from tracker.labels import label
from tracker.queries.tasks import Line

# More is a copy of the database rather than a list that somebody reads.
MOST_ROWS = 10_000
FORMATS = {"xlsx": xlsx, "csv": csv}


@dataclass(frozen=True)
class Manner:
    """In which language and zone the cells are written."""

    locale: str
    zone: ZoneInfo


def sheet_of(lines: Iterable[Line], columns: Sequence[Column], title: str, manner: Manner) -> Sheet:
    """The rows of a list under the headings of its columns."""
    parts = [part for column in columns for part in _PARTS[column]]
    headings = [Heading(label(name, manner.locale), width) for name, width, _ in parts]
    rows = [[cell(line, manner) for *_, cell in parts] for line in lines]
    return Sheet(title, headings, rows)


def _text(line: Line, _: Manner) -> str:
    shares = f" ({line.shares[0]}/{line.shares[1]})" if line.shares else ""
    return f"{line.task.whole_text}{shares}"


def _moment(at: datetime | None, manner: Manner) -> datetime | None:
    return at.astimezone(manner.zone).replace(tzinfo=None) if at else None


_Part = tuple[Column | Told, int, Callable[[Line, Manner], Cell]]
_PARTS: dict[Column, tuple[_Part, ...]] = {
    Column.REF: ((Column.REF, 10, lambda line, _: line.task.ref),),
    Column.TEXT: ((Column.TEXT, 70, _text),),
    Column.LEAD: ((Column.LEAD, 28, lambda line, _: line.task.lead),),
    Column.SUPPORTS: ((Column.SUPPORTS, 32, lambda line, _: ", ".join(line.supports)),),
    Column.STATUS: (
        (Column.STATUS, 18, lambda line, manner: label(line.task.status, manner.locale)),
        (Told.TIMELINESS, 18, lambda line, manner: label(line.timeliness, manner.locale)),
    ),
    Column.DUE: ((Column.DUE, 12, lambda line, _: line.task.due_on),),
    Column.FIRST_DUE: ((Column.FIRST_DUE, 12, lambda line, _: line.task.original_due_on),),
    Column.MEETING: ((Column.MEETING, 12, lambda line, _: line.task.held_on),),
    Column.PROGRAMME: ((Column.PROGRAMME, 36, lambda line, _: line.task.programme),),
    Column.PERCENT: ((Column.PERCENT, 10, lambda line, _: line.task.percent),),
    Column.UPDATED: (
        (Column.UPDATED, 17, lambda line, manner: _moment(line.task.updated_at, manner)),
    ),
    Column.RECEIVED: (
        (Column.RECEIVED, 17, lambda line, manner: _moment(line.task.received_at, manner)),
    ),
    Column.DIRECTIVE: ((Column.DIRECTIVE, 18, lambda line, _: line.task.directive),),
}
