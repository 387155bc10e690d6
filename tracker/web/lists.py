"""The list of tasks: what its address asks for, what is chosen from, and the list as a file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, request
from werkzeug.datastructures import MultiDict

from tracker.domain.finding import USUAL, Column, Told
from tracker.domain.reader import Reader
from tracker.domain.task import Kind, Status, Timeliness
from tracker.errors import Refused
from tracker.exports.tasks import FORMATS, MOST_ROWS, Manner, sheet_of
from tracker.labels import label, moment
from tracker.queries import filters, meetings, programmes
from tracker.queries.filters import directive_choices, filters_of, procedure_choices, sharing_units
from tracker.queries.tasks import days, numbers_of, page_of, unit_choices, whole_lines_of
from tracker.queries.wanted import Filed, Order, Part, Receipt, Wanted, hides_children
from tracker.services.bulk import MOST_AT_ONCE, acts_for
from tracker.web import typed
from tracker.web.render import is_htmx, locale, render
from tracker.web.request import now, reader, session, today, wiring

pages = Blueprint("lists", __name__, url_prefix="/tasks")

LONGEST_SEARCH = 200
MINE, NOBODY = "mine", "none"
_DOCUMENTS = {Column.PROGRAMME, Column.DIRECTIVE}
Said = MultiDict[str, str]


@dataclass(frozen=True)
class Asked:
    """What an address asks for, and the names of its parts that were not understood."""

    wanted: Wanted
    columns: tuple[Column, ...]
    ignored: tuple[str, ...]


@pages.get("")
def index() -> Response:
    """The list; the address holds every filter, so that it can be sent to a colleague."""
    asked = asked_in(request.args, reader())
    wanted = replace(asked.wanted, page=typed.page_number())
    found = page_of(
        session(),
        reader(),
        wanted,
        days=days(session(), today()),
        with_documents=bool(_DOCUMENTS & set(asked.columns)),
    )
    choices: dict[str, Any] = {} if is_htmx() else _choices(wanted)
    return render(
        "tasks/index.html",
        partial="tasks/_list.html",
        wanted=wanted,
        asked=request.args,
        ignored=asked.ignored,
        columns=asked.columns,
        every_column=list(Column),
        found=found,
        hides_children=hides_children(reader(), wanted),
        query=address_of(request.args),
        may_share=bool(sharing_units(reader())),
        bulk_acts=acts_for(reader()),
        most_at_once=MOST_AT_ONCE,
        **choices,
    )


@pages.get("/export")
def export() -> Response:
    """The list as a file: every row of all its pages, in the columns that are shown."""
    asked = asked_in(request.args, reader())
    office = days(session(), today())
    numbers = numbers_of(session(), reader(), asked.wanted, office, most=MOST_ROWS + 1)
    if len(numbers) > MOST_ROWS:
        raise Refused("export.too-many", most=MOST_ROWS)
    manner = Manner(locale(), wiring().clock.zone)
    lines = whole_lines_of(session(), numbers, office)
    title = _title(asked.wanted, len(numbers), manner)
    sheet = sheet_of(lines, asked.columns, title, manner)
    return _file(request.args.get("format", ""), sheet)


def _file(said: str, sheet: Any) -> Response:
    name = said if said in FORMATS else "csv"
    answer = make_response(FORMATS[name].written(sheet))
    answer.mimetype = FORMATS[name].MEDIA_TYPE
    answer.headers["Content-Disposition"] = f"attachment; filename=nhiem-vu-{today()}.{name}"
    return answer


def _title(wanted: Wanted, total: int, manner: Manner) -> str:
    """What the file is: how it was chosen, how many rows, when it was made."""
    said = manner.locale
    chosen = [
        f"{label(Column.STATUS, said)}: {label(wanted.status, said)}" if wanted.status else "",
        f"{label(Told.TIMELINESS, said)}: {label(wanted.timeliness, said)}"
        if wanted.timeliness
        else "",
        f"{label(Told.WORDS, said)}: “{wanted.words}”" if wanted.words else "",
    ]
    named = ", ".join(name for _, name in filters.unit_names(session(), wanted.units))
    chosen.append(f"{label(Told.UNIT, said)}: {named}" if named else "")
    when = f"{label(Told.MADE, said)} {moment(now(), manner.zone, said)}"
    return "; ".join([f"{label(Told.TITLE, said)} ({total})", *filter(None, chosen), when])


def _choices(wanted: Wanted) -> dict[str, Any]:
    always: dict[str, Any] = {
        "units": unit_choices(session()),
        "statuses": list(Status),
        "timelinesses": list(Timeliness),
        "orders": list(Order),
        "saved": filters_of(session(), reader()),
    }
    return always | (_more_choices() if _wants_more(wanted) else {})


def _wants_more(wanted: Wanted) -> bool:
    # Looked up only when asked for: few people filter so, and everybody would pay.
    of_document = wanted.programme or wanted.meeting or wanted.directive or wanted.procedure
    of_state = wanted.kind or wanted.filed or wanted.receipt or wanted.children
    return bool("more" in request.args or of_document or of_state or wanted.part is not Part.ANY)


def _more_choices() -> dict[str, Any]:
    return {
        "more": True,
        "programmes": programmes.programme_choices(session(), reader()),
        "meetings": meetings.meeting_choices(session(), reader()),
        "directives": directive_choices(session(), reader()),
        "procedures": procedure_choices(session(), reader()),
        "kinds": list(Kind),
        "parts": list(Part),
        "receipts": list(Receipt),
        "filings": [word for word in Filed if word is not Filed.WITH_HEAD or reader().units],
    }


def asked_in(said: Said, me: Reader) -> Asked:
    """What an address asks for; whatever makes no sense is named and left out."""
    wanted, ignored = Wanted(words=said.get("q", "").strip()[:LONGEST_SEARCH]), []
    for name, read in _FILTERS.items():
        words = said.get(name, "").strip()
        facts = read(words, me) if words else {}
        if facts is None:
            ignored.append(name)
        wanted = replace(wanted, **facts or {})
    columns = _columns(said)
    if columns is None:
        ignored.append("cols")
    return Asked(wanted, columns or USUAL, tuple(ignored))


def address_of(said: Said) -> str:
    """What an address asks for, without its page and its empty parts: as it is kept and sent on."""
    known = (*_FILTERS, "q", "cols", "more")
    return urlencode([(name, words) for name in known for words in said.getlist(name) if words])


def _columns(said: Said) -> tuple[Column, ...] | None:
    """The columns in the order of the list; the text is always there. None for a strange one."""
    named = {word for words in said.getlist("cols") for word in words.split(",") if word}
    if not named:
        return USUAL
    chosen = tuple(one for one in Column if one in named or one is Column.TEXT)
    return chosen if named <= set(Column) else None


_Facts = dict[str, Any] | None
_Read = Callable[[str, Reader], _Facts]


def _unit(said: str, me: Reader) -> _Facts:
    if said == NOBODY:
        return {"unassigned": True}
    if said == MINE:
        return {"units": me.units} if me.units else None
    number = typed.number_in(said)
    return {"units": frozenset({number})} if number is not None else None


def _number(name: str) -> _Read:
    def read(said: str, _: Reader) -> _Facts:
        number = typed.number_in(said)
        return {name: number} if number is not None else None

    return read


def _word(name: str, kind: Any) -> _Read:
    def read(said: str, _: Reader) -> _Facts:
        chosen = typed.word_in(said, kind)
        return {name: chosen} if chosen is not None else None

    return read


def _yes(name: str) -> _Read:
    return lambda said, _: {name: True} if said == "1" else None


_FILTERS: dict[str, _Read] = {
    "status": _word("status", Status),
    "timeliness": _word("timeliness", Timeliness),
    "kind": _word("kind", Kind),
    "unit": _unit,
    "part": _word("part", Part),
    "programme": _number("programme"),
    "meeting": _number("meeting"),
    "directive": _number("directive"),
    "procedure": _number("procedure"),
    "filing": _word("filed", Filed),
    "receipt": _word("receipt", Receipt),
    "children": _yes("children"),
    "sort": _word("order", Order),
}
