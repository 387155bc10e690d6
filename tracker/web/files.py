"""Files: taken with the forms of every area, downloaded, looked at page by page, replaced."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, g, make_response, redirect, request, send_file
from flask import session as cookie
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from tracker.clock import real_now, stopwatch
from tracker.domain import Attachment, Directive, Filing, Task
from tracker.domain.attachment import SHOWN_AS_PICTURES, Paper, Scan, tidy_name
from tracker.errors import NotFound, Refused, Unreadable
from tracker.importer import apart
from tracker.importer.papers import media_type_of
from tracker.queries.attachments import attachment_of, shown_with, stored
from tracker.scanner import PATIENCE, refuse_infected
from tracker.services import attachments
from tracker.storage import Arrival, Storage
from tracker.web import task_page, typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import let_go, now, reader, session, wiring

MOST_FILES = 20
# Several files in one form may together be as large as so many of the largest.
_LARGEST_REQUEST = 4
_FORMS_WITH_FILES = ("/tasks/", "/files/", "/filings/", "/directives/")
# A file that cannot be looked through in this time is kept, and the list says so.
_PATIENCE = 40
# All files of one request are scanned within this time, or none is taken.
_SCANNING = 120
_NOT_LOOKED = frozenset({"file.took-too-long", "file.busy", "file.too-heavy", "file.crashed"})
# Whatever was put down for a request that came to nothing is surely forgotten by then.
_FORGOTTEN = timedelta(hours=1)
# A file opens in no page of ours, even where a browser shows it instead of saving it.
_ALONE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}

pages = Blueprint("files", __name__)


def take_files(
    task: Task | None,
    *,
    filing: Filing | None = None,
    directive: Directive | None = None,
    unit_id: int | None = None,
) -> list[Attachment]:
    """Attach every file in the field `files` of this request; all of them or, refused, none.

    A view that writes something first should call `examine_first` before it: examining takes
    seconds, and nobody else may write meanwhile.
    """
    papers = _received()
    if papers:
        storage().sweep(partial(stored, session()), before=real_now() - _FORGOTTEN)
    to = {"filing": filing, "directive": directive, "unit_id": unit_id}
    return [
        attachments.attach(session(), task, paper, by=reader(), at=now(), **to)  # type: ignore[arg-type]
        for paper in papers
    ]


def examine_first() -> list[Paper]:
    """Examine the files of this request while the database waits for nobody.

    Nothing may have been written yet: it would be taken back.
    """
    if request.files.getlist("files"):
        let_go()
    return _received()


def storage() -> Storage:
    """Where the files of this installation lie."""
    return Storage(Path(wiring().settings.instance) / "files")


def _received() -> list[Paper]:
    if "papers" not in g:
        given = [file for file in request.files.getlist("files") if file.filename]
        if len(given) > MOST_FILES:
            raise Refused("attachment.too-many", limit=MOST_FILES)
        g.papers = _examined(given)
    papers: list[Paper] = g.papers
    return papers


def _examined(given: list[FileStorage]) -> list[Paper]:
    """Every file looked at before any is put down."""
    arrivals: list[Arrival] = []
    began = stopwatch()
    try:
        papers = [_paper(file, arrivals, began) for file in given]
        for arrival in arrivals:
            storage().keep(arrival)
    finally:
        for arrival in arrivals:
            arrival.discard()
    return papers


def _paper(file: FileStorage, arrivals: list[Arrival], began: float) -> Paper:
    name = tidy_name(file.filename or "")
    with _naming(name):
        arrival = storage().receive(file.stream, megabytes=wiring().settings.upload_mb)
        arrivals.append(arrival)
        data = arrival.path.read_bytes()
        media_type = media_type_of(name, data)
        scan = _scanned(arrival, began + _SCANNING)
        is_early = stopwatch() < began + _PATIENCE
        count, was_read = _looked(data, media_type) if is_early else (None, False)
    return Paper(name, media_type, arrival.size, arrival.sha256, count, was_read, scan)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Whatever is wrong with a file, the sentence says with which."""
    try:
        yield
    except (Refused, Unreadable) as refusal:
        is_alone = len(request.files.getlist("files")) == 1
        code = "attachment.refused" if is_alone else "attachment.refused-all"
        raise Refused(code, name=name, why=said(refusal)) from refusal


def _scanned(arrival: Arrival, until: float) -> Scan:
    command = wiring().settings.scan_command
    if not command:
        return Scan.NOT_SCANNED
    left = until - stopwatch()
    if left <= 0:
        raise Refused("attachment.scanned-too-long")
    refuse_infected(command, arrival.path, patience=min(left, PATIENCE))
    return Scan.CLEAN


def _looked(data: bytes, media_type: str) -> tuple[int | None, bool]:
    """How many pages there are to look at, and whether the words were seen."""
    try:
        looked = apart.look_apart(data, media_type)
    except Unreadable as refusal:
        if refusal.code in _NOT_LOOKED:
            return None, False
        raise
    return looked.pages, looked.read


@pages.app_url_value_preprocessor
def _let_files_in(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Forms with files may be larger than others, once somebody has signed in.

    This runs before the token of the form is looked for, which reads all of it.
    """
    if request.method != "POST" or not request.path.startswith(_FORMS_WITH_FILES):
        return
    if "_user_id" not in cookie:
        return
    largest = wiring().settings.upload_mb * _LARGEST_REQUEST
    request.max_content_length = (largest + 1) * 1024 * 1024
    if (request.content_length or 0) > request.max_content_length:
        raise Refused("attachment.request-too-large", limit=largest)


@pages.post("/tasks/<int(max=2147483647):task_id>/files")
def add(task_id: int) -> AnyResponse:
    """Attach files to a task."""

    def act(task: Task) -> None:
        attachments.speaks_for(session(), task, None, by=reader())
        examine_first()
        if not take_files(task):
            raise Refused("attachment.none")

    return task_page.acted(task_id, act, doing="files", checks_version=False)


@pages.post("/files/<int(max=2147483647):file_id>/versions")
def renew(file_id: int) -> AnyResponse:
    """Hand in a newer version of the same paper."""

    def act(file: Attachment) -> None:
        attachments.refuse_renewal(session(), file, by=reader())
        papers = examine_first()
        if len(papers) != 1:
            raise Refused("attachment.one-only" if papers else "attachment.none")
        attachments.renew(session(), file, papers[0], by=reader(), at=now())

    return _acted(file_id, act)


@pages.post("/files/<int(max=2147483647):file_id>/removal")
def remove(file_id: int) -> AnyResponse:
    """Take a file away; the list keeps its name."""

    def act(file: Attachment) -> None:
        reason = typed.text("reason")
        attachments.remove(session(), file, reason=reason, by=reader(), at=now())

    return _acted(file_id, act)


def _acted(file_id: int, act: Callable[[Attachment], None]) -> AnyResponse:
    file = attachment_of(session(), reader(), file_id)
    if file.task_id is None:
        act(file)
        return redirect(f"/directives/{file.directive_id}", 303)
    doing = f"file-{file.series_id}"
    return task_page.acted(file.task_id, lambda _: act(file), doing=doing, checks_version=False)


@pages.get("/files/<int(max=2147483647):file_id>")
def download(file_id: int) -> Response:
    """The file itself, always to be saved and never opened in our pages."""
    file = attachment_of(session(), reader(), file_id)
    data = BytesIO(storage().read(file.sha256))
    answer = send_file(
        data, mimetype=file.media_type, as_attachment=True, download_name=file.name, etag=False
    )
    answer.headers.update(_ALONE)
    return answer


@pages.get("/files/<int(max=2147483647):file_id>/preview")
def preview(file_id: int) -> Response:
    """One page of a document or a picture, with the way to the next."""
    file = _with_pages(file_id)
    number = min(typed.page_number(), file.pages or 1)
    task = shown_with(session(), reader(), file) if file.task_id else None
    return render("files/preview.html", file=file, number=number, task=task)


@pages.get("/files/<int(max=2147483647):file_id>/pages/<int(max=2147483647):number>")
def picture(file_id: int, number: int) -> Response:
    """A page as a picture, drawn where nothing can be broken; a file never changes."""
    file = _with_pages(file_id)
    if not 1 <= number <= (file.pages or 0):
        raise NotFound("not-found")
    data = storage().read(file.sha256)
    shown = make_response(apart.picture_apart(data, file.media_type, number))
    shown.content_type = "image/jpeg"
    shown.headers["Cache-Control"] = "private, max-age=3600"
    return shown


def _with_pages(file_id: int) -> Attachment:
    file = attachment_of(session(), reader(), file_id)
    if not file.pages or file.media_type not in SHOWN_AS_PICTURES:
        raise NotFound("not-found")
    return file
