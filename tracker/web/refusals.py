"""Every refusal becomes a page or a fragment with its sentence, here and nowhere else."""

import structlog
from flask import Flask, Response, current_app, g
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from tracker import labels
from tracker.db import Away, is_deadlock
from tracker.errors import NotAllowed, NotFound, Refused, TrackerError, Unreadable
from tracker.web.render import locale, render
from tracker.web.request import StaleDataError, let_go

STATUS: dict[type[TrackerError], int] = {
    Refused: 422,
    NotAllowed: 403,
    NotFound: 404,
    Unreadable: 422,
}
_KNOWN = {400, 401, 403, 404, 405, 413, 429}

log = structlog.get_logger()


def translate(app: Flask) -> None:
    """Teach the application to answer each kind of refusal."""
    app.register_error_handler(TrackerError, _refused)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(Away, _away)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def said(error: TrackerError) -> str:
    """The refusal in the reader's language."""
    return labels.sentence_of(error, locale())


def page(code: str, status: int) -> Response:
    """The error page that says what happened and what to do."""
    return _page(labels.sentence(code, locale()), status)


def _page(sentence: str, status: int) -> Response:
    return render(
        "errors/show.html",
        partial="errors/_show.html",
        status=status,
        sentence=sentence,
        code=status,
    )


def _refused(error: TrackerError) -> Response:
    return _page(said(error), STATUS[type(error)])


def _stale(_: Exception) -> Response:
    let_go()
    return page("changed-meanwhile", 409)


def _away(error: Away) -> Response | tuple[str, int]:
    return _stale(error) if is_deadlock(error) else _broken(error)


def _expired(_: CSRFError) -> Response:
    return page("form-expired", 400)


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    return page(f"http-{code}" if code in _KNOWN else "http-500", code)


def _broken(error: Exception) -> tuple[str, int]:
    log.error("request.failed", error=type(error).__name__, exc_info=error)
    sentences = [labels.sentence("http-500", each) for each in labels.LOCALES]
    # Without the context of other pages: it asks the database who is there.
    page = current_app.jinja_env.get_template("errors/broken.html")
    return page.render(sentences=sentences, request_id=g.get("request_id", "")), 500
