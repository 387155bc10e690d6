"""The list of tasks as a sheet: the rows, columns and words of the screen, in their order."""

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


def _text(line: Line, manner: Manner) -> str:
    if line.shares is None:
        return str(line.task.whole_text)
    done, asked = line.shares
    return f"{line.task.whole_text} ({done}/{asked} {label(Told.UNITS_DONE, manner.locale)})"


def _kind(line: Line, manner: Manner) -> str:
    """What it is: a step or a part says of which task."""
    task, of = line.task, line.task.ref_of_whole
    if task.is_step:
        whole = f"{of}. {task.text_of_whole}" if of else task.text_of_whole
        return f"{label(Told.STEP_OF, manner.locale)}: {whole}"
    kind = label(task.kind, manner.locale)
    return f"{kind} · {label(Told.PART_OF, manner.locale)} {of}" if of else kind


def _lead(line: Line, manner: Manner) -> str:
    nobody = Told.MANY_UNITS if line.task.is_divided else Told.NO_UNIT
    return line.task.lead or label(nobody, manner.locale)


def _held_on(line: Line, manner: Manner) -> Cell:
    if line.task.meeting_id is None:
        return None
    return line.task.held_on or label(Told.NO_DAY, manner.locale)


def _moment(at: datetime, manner: Manner) -> datetime:
    return at.astimezone(manner.zone).replace(tzinfo=None)


def _received(line: Line, manner: Manner) -> Cell:
    at = line.task.received_at
    return _moment(at, manner) if at else label(Told.NOT_RECEIVED, manner.locale)


def _due(line: Line, manner: Manner) -> Cell:
    return line.task.due_on or label(Told.NO_DEADLINE, manner.locale)


_Part = tuple[Column | Told, int, Callable[[Line, Manner], Cell]]
_PARTS: dict[Column, tuple[_Part, ...]] = {
    Column.REF: ((Column.REF, 10, lambda line, _: line.task.ref),),
    Column.TEXT: (
        (Column.TEXT, 70, _text),
        (Told.KIND, 24, _kind),
    ),
    Column.LEAD: ((Column.LEAD, 28, _lead),),
    Column.SUPPORTS: ((Column.SUPPORTS, 32, lambda line, _: ", ".join(line.supports)),),
    Column.STATUS: (
        (Column.STATUS, 18, lambda line, manner: label(line.task.status, manner.locale)),
        (Told.TIMELINESS, 18, lambda line, manner: label(line.timeliness, manner.locale)),
    ),
    Column.DUE: ((Column.DUE, 12, _due),),
    Column.FIRST_DUE: ((Column.FIRST_DUE, 12, lambda line, _: line.task.original_due_on),),
    Column.MEETING: ((Column.MEETING, 14, _held_on),),
    Column.PROGRAMME: ((Column.PROGRAMME, 36, lambda line, _: line.task.programme),),
    Column.PERCENT: ((Column.PERCENT, 10, lambda line, _: line.task.percent),),
    Column.UPDATED: (
        (Column.UPDATED, 17, lambda line, manner: _moment(line.task.updated_at, manner)),
    ),
    Column.RECEIVED: ((Column.RECEIVED, 17, _received),),
    Column.DIRECTIVE: ((Column.DIRECTIVE, 18, lambda line, _: line.task.directive),),
}
