"""The document under review itself: its pages, what was taken for no item, names not yet known."""

from flask import Blueprint, Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Import
from tracker.errors import NotFound
from tracker.importer import apart
from tracker.importer.proposals import learning, overlooked
from tracker.queries import imports as found
from tracker.web import typed
from tracker.web.request import now, reader, same_version, session
from tracker.web.uploads import office_only

pages = Blueprint("documents", __name__, url_prefix="/imports/<int(max=2147483647):import_id>")
pages.before_request(office_only)


def _document(import_id: int) -> Import:
    return found.import_of(session(), reader(), import_id)


@pages.get("/pages/<int(max=2147483647):number>")
def picture(import_id: int, number: int) -> Response:
    """A page of the document as a picture; it never changes, so the browser may keep it."""
    made = _document(import_id)
    if not 1 <= number <= (made.pages or 0):
        raise NotFound("not-found")
    content = found.content_of(session(), made.id)
    shown = make_response(apart.picture_apart(content, made.media_type, number))
    shown.content_type = "image/jpeg"
    shown.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return shown


@pages.post("/passages/<int(max=2147483647):place>")
def take_in(import_id: int, place: int) -> AnyResponse:
    """Make an item of what was taken for none."""
    made = _document(import_id)
    # Places shift when another clerk takes one in meanwhile.
    same_version(typed.whole("version") or 0, made.version)
    taken = overlooked.take_in(session(), made, place, by=reader(), at=now())
    return _back(import_id, f"item-{taken.id}")


@pages.post("/names")
def name_unit(import_id: int) -> AnyResponse:
    """Say what an unknown name is: a new unit, or another name of one that is there."""
    made, name = _document(import_id), typed.text("name", longest=200)
    if request.form.get("meaning") == "new":
        learning.learn_unit(session(), made, name, by=reader(), at=now())
    else:
        unit_id = typed.whole("unit") or 0
        learning.learn_alias(session(), made, name, unit_id, by=reader(), at=now())
    return _back(import_id, "names")


def _back(import_id: int, anchor: str) -> AnyResponse:
    return redirect(url_for("imports.show", import_id=import_id, _anchor=anchor), 303)
