"""Lists of units and people brought in: the file is shown line by line, then taken."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.errors import Refused, TrackerError, Unreadable
from tracker.importer import directory as lists
from tracker.queries.people import without_password
from tracker.services import directory_rows as rows
from tracker.services.people import administrator_only, first_passwords
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import let_go, now, reader, session

pages = Blueprint("directory_import", __name__)


@dataclass(frozen=True)
class List:
    """One kind of list: its columns, who takes it, and an example of a line."""

    what: str
    columns: lists.Columns
    take: Callable[..., list[rows.Judged]]
    example: tuple[str, ...]


UNITS = List(
    "units",
    lists.UNITS,
    rows.take_units,
    ("Phòng Ngân sách", "Sở Tài chính", "ngansach@tinh.vn", "P. Ngân sách; NS", "không"),
)
PEOPLE = List(
    "people",
    lists.PEOPLE,
    rows.take_people,
    ("Trần Văn An", "an.tv@tinh.vn", "Đầu mối đơn vị", "Sở Tài chính"),
)


@pages.get("/units/import")
def units() -> Response:
    """Where a list of units is handed in."""
    return _form(UNITS)


@pages.get("/people/import")
def people() -> Response:
    """Where a list of people is handed in."""
    return _form(PEOPLE)


def _form(kind: List, problem: str = "", taken: Sequence[rows.Judged] = ()) -> Response:
    administrator_only(reader())
    done: dict[rows.Verdict, int | None] = {
        one: typed.number_in(request.args.get(one, "")) for one in rows.Verdict
    }
    if taken:
        done = {**Counter(one.verdict for one in taken)}
    return render(
        "units/import.html",
        status=422 if problem else 200,
        kind=kind.what,
        columns=[names[0] for names in kind.columns.values()],
        names=_names(kind),
        wrong=[one for one in taken if one.verdict is rows.Verdict.WRONG],
        done=done if any(one is not None for one in done.values()) else None,
        waiting=without_password(session()) if kind is PEOPLE else 0,
        problem=problem,
    )


@pages.post("/units/import")
def preview_units() -> Response:
    """Show what a list of units would do."""
    return _preview(UNITS)


@pages.post("/people/import")
def preview_people() -> Response:
    """Show what a list of people would do."""
    return _preview(PEOPLE)


def _preview(kind: List) -> Response:
    administrator_only(reader())
    try:
        found = _handed_in(kind)
    except TrackerError as refusal:
        return _form(kind, said(refusal))
    judged = kind.take(session(), found, by=reader(), at=now())
    # It was tried, line by line, and nothing of it is kept.
    let_go()
    return render(
        "units/import_preview.html",
        kind=kind.what,
        judged=judged,
        counts=Counter(one.verdict for one in judged),
        names=_names(kind),
        lines=json.dumps(found, ensure_ascii=False),
    )


def _names(kind: List) -> dict[str, str]:
    return {name: words[0] for name, words in kind.columns.items()}


def _handed_in(kind: List) -> list[lists.Line]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Unreadable("directory.no-file")
    return lists.lines_of(file.filename, file.read(), kind.columns)


@pages.post("/units/import/confirm")
def take_units() -> AnyResponse:
    """Take the lines of a list of units that are right."""
    return _take(UNITS)


@pages.post("/people/import/confirm")
def take_people() -> AnyResponse:
    """Take the lines of a list of people that are right."""
    return _take(PEOPLE)


def _take(kind: List) -> AnyResponse:
    administrator_only(reader())
    try:
        found = _read_again(kind)
    except Refused as refusal:
        return _form(kind, said(refusal))
    judged = kind.take(session(), found, by=reader(), at=now())
    counts: dict[str, Any] = dict(Counter(one.verdict.value for one in judged))
    if rows.Verdict.WRONG in counts:
        # Sent again it changes nothing; what is still to be mended must stay in sight.
        return _form(kind, taken=judged)
    return redirect(url_for(f"directory_import.{kind.what}", **counts), 303)


def _read_again(kind: List) -> list[lists.Line]:
    """The lines that the preview carried, trusted no more than a file: all is judged anew."""
    try:
        found = json.loads(request.form.get("lines", ""))
        return [_line(kind, number, cells) for number, cells in found[: lists.MOST_LINES]]
    except (ValueError, TypeError, AttributeError) as wrong:
        raise Refused("directory.stale") from wrong


def _line(kind: List, number: object, cells: dict[str, object]) -> lists.Line:
    known = {name: str(cell)[:1000] for name, cell in cells.items() if name in kind.columns}
    return lists.Line(int(str(number)), known)


@pages.get("/units/import/template")
def units_template() -> Response:
    """An empty list of units with its header and an example."""
    return _template(UNITS)


@pages.get("/people/import/template")
def people_template() -> Response:
    """An empty list of people with its header and an example."""
    return _template(PEOPLE)


def _template(kind: List) -> Response:
    administrator_only(reader())
    head = [names[0] for names in kind.columns.values()]
    return _file(f"mau-{kind.what}.csv", [head, kind.example])


@pages.post("/people/passwords")
def passwords() -> Response:
    """Make first passwords and give them to the administrator, this once, as a list."""
    administrator_only(reader())
    made = first_passwords(session(), by=reader(), at=now())
    head = ("họ tên", "thư điện tử", "mật khẩu lần đầu")
    lines = [(person.name, person.email, password) for person, password in made]
    return _file("mat-khau-lan-dau.csv", [head, *lines])


def _file(name: str, lines: Iterable[Iterable[str]]) -> Response:
    text = io.StringIO()
    # A name that begins with "=" must stay a name in Excel.
    csv.writer(text).writerows(
        ["'" + cell if cell[:1] in "=+-@" and cell else cell for cell in line] for line in lines
    )
    answer = make_response(("\ufeff" + text.getvalue()).encode())
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer
