"""What one request holds: its session, its reader, its clock; the door that commits once."""

from datetime import date, datetime

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import exc
from sqlmodel import Session

from tracker import db
from tracker.domain.reader import Reader
from tracker.errors import Refused
from tracker.wiring import Wiring

# Two saved at the same moment: what the second one meets.
StaleDataError = exc.StaleDataError
_LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})


def begin(app: Flask) -> None:
    """Give every request its session: committed when it went well, closed in any case."""
    app.after_request(_commit)
    app.teardown_appcontext(_close)


def wiring() -> Wiring:
    """What the application was made with."""
    made: Wiring = current_app.extensions["wiring"]
    return made


def session() -> Session:
    """The session of this request, opened when first asked for."""
    if "session" not in g:
        g.session = db.open_session(wiring().engine, writes=request.method not in _LOOKS)
    opened: Session = g.session
    return opened


def let_go() -> None:
    """Keep nobody waiting for the database while something long is done; nothing is kept so far."""
    session().rollback()


def reader() -> Reader:
    """Who is asking; only signed-in people come this far."""
    asking: Reader = current_user._get_current_object()  # noqa: SLF001 - unwraps the proxy
    return asking


def now() -> datetime:
    """The moment of this request."""
    if "now" not in g:
        g.now = wiring().clock.now()
    moment: datetime = g.now
    return moment


def today() -> date:
    """The office's day."""
    return now().astimezone(wiring().clock.zone).date()


def same_version(posted: int, version: int) -> None:
    """Raise Refused when somebody else has changed the thing since the form was shown."""
    if posted != version:
        raise Refused("changed-meanwhile")


def keep_even_if_refused() -> None:
    """Commit what this request wrote although its answer is a refusal (failed sign-ins count)."""
    g.keep = True


def _commit(response: Response) -> Response:
    went_well = response.status_code < 400 or g.get("keep", False)
    if "session" in g and went_well and request.method not in _LOOKS:
        g.session.commit()
    return response


def _close(_: BaseException | None) -> None:
    opened = g.pop("session", None)
    if opened is not None:
        opened.close()
