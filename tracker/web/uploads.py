"""Handing in a document: the list of those handed in, and the reading of the next."""

import re
import unicodedata
from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as AnyResponse

from tracker.clock import real_now
from tracker.domain import SlowReading
from tracker.errors import NotAllowed, Refused, Unreadable
from tracker.importer.apart import read_apart
from tracker.importer.meaning.register import registered_units
from tracker.importer.proposals import review
from tracker.importer.readers.choose import READABLE_NAMES, SIZE_LIMIT, refuse_size
from tracker.queries import imports as found
from tracker.queries import readings as under_way
from tracker.queries.calendar import working_days
from tracker.services import readings
from tracker.web.at_work import AtWork, HandedIn
from tracker.web.refusals import said
from tracker.web.render import is_htmx, render
from tracker.web.request import let_go, now, reader, session, wiring

# How many seconds a page waits for a reading before it shows the progress instead.
PATIENCE = 5.0

pages = Blueprint("uploads", __name__, url_prefix="/imports")


class UploadForm(FlaskForm):
    """One document."""

    document = FileField()


def office_only() -> None:
    """Documents are the office's work alone."""
    if getattr(reader(), "is_authenticated", False) and not reader().is_office:
        raise NotAllowed("import.office-only")


pages.before_request(office_only)


@pages.get("")
def index() -> Response:
    """The documents of the reader's office, and where to hand in the next."""
    return _index()


def _index(problem: str = "", status: int = 200) -> Response:
    left = [(row, _problem(row)) for row in under_way.readings_left(session(), reader())]
    rows = found.imports_of(session(), reader())
    facts = {"rows": rows, "left": left, "problem": problem, **_form()}
    return render("imports/index.html", status=status, **facts)


def _form() -> dict[str, Any]:
    """What the form says and lets people choose."""
    return {"formats": ",".join(READABLE_NAMES), "megabytes": SIZE_LIMIT // 1024 // 1024}


@pages.post("")
def upload() -> AnyResponse:
    """Read a document and show its review; a file that cannot be read leaves nothing behind."""
    given = UploadForm().document.data
    if not given or not given.filename:
        return _index(said(Refused("import.no-file")), 422)
    document = HandedIn(_name_of(given.filename), given.read(), by=reader(), at=now())
    try:
        return _read(document)
    except (Unreadable, Refused) as refusal:
        return _index(said(refusal), 422)


def _read(document: HandedIn) -> AnyResponse:
    """Wait for the reading a little; a long one is shown by a page of its own."""
    work = _at_work(document)
    row = None if work.is_over(within=PATIENCE) else work.go_on_alone()
    if row is not None:
        return redirect(url_for(".reading", reading_id=row), 303)
    made, is_new = review.propose(
        session(), work.reading(), document.data, by=document.by, at=document.at
    )
    return redirect(url_for("imports.show", import_id=made.id, known=None if is_new else 1), 303)


def _at_work(document: HandedIn) -> AtWork:
    refuse_size(len(document.data))
    units, calendar = registered_units(session()), working_days(session())
    let_go()
    read = partial(read_apart, document.name, document.data, units=units, working_days=calendar)
    work = AtWork(document, read, wiring=wiring())
    work.start()
    return work


def _name_of(given: str) -> str:
    """The file's own name: no path, nothing invisible, the letters as we store them."""
    bare = unicodedata.normalize("NFC", re.split(r"[\\/]", given)[-1])
    shown = "".join(c for c in bare if unicodedata.category(c)[0] != "C").strip(". ")
    return shown[-120:] or "document"


@pages.get("/readings/<int(max=2147483647):reading_id>")
def reading(reading_id: int) -> AnyResponse:
    """How far a long reading is; its end leads to the review."""
    row = under_way.reading_of(session(), reader(), reading_id)
    if row.import_id is not None:
        return _on_to(_review(row, row.import_id))
    problem = _problem(row)
    if problem and is_htmx():
        # Only the progress is polled; how it ended takes the whole page.
        return _on_to(url_for(".reading", reading_id=reading_id))
    facts: dict[str, Any] = {"row": row, "problem": problem, **_form()}
    return render("imports/reading.html", partial="imports/_progress.html", **facts)


def _review(row: SlowReading, import_id: int) -> str:
    # A file that was handed in before led to the import that it made then.
    is_new = found.import_of(session(), reader(), import_id).at >= row.at
    return url_for("imports.show", import_id=import_id, known=None if is_new else 1)


def _on_to(address: str) -> AnyResponse:
    if is_htmx():
        return Response(status=200, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _problem(row: SlowReading) -> str:
    """Why a reading came to nothing; "" while it may still come to something."""
    if row.is_interrupted(real_now()):
        return said(Unreadable("import.interrupted"))
    return said(Unreadable(row.refusal, **row.facts)) if row.refusal else ""


@pages.post("/readings/<int(max=2147483647):reading_id>/stop")
def stop(reading_id: int) -> AnyResponse:
    """Give a reading up, or take one that came to nothing off the list."""
    readings.give_up(session(), under_way.reading_of(session(), reader(), reading_id))
    return redirect(url_for(".index"), 303)
