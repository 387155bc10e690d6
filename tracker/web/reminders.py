"""The ledger of reminders on the screen: which letters, to whom, when, and what became of them."""

from flask import Blueprint, Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker import labels
from tracker.domain.change import Thing
from tracker.domain.reminder import MessageState, Why
from tracker.errors import NotFound
from tracker.queries import reminders as ledger
from tracker.queries.history import history_of
from tracker.queries.mail import message_of, names_of
from tracker.queries.units import named_units
from tracker.services.mail import send_again
from tracker.web.render import locale, render
from tracker.web.request import now, reader, session
from tracker.web.typed import number_in, word_in

ON_A_PAGE = 50
# A letter's inline styles live and nothing else; its links open in the whole window.
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-top-navigation-by-user-activation"
)

pages = Blueprint("reminders", __name__)


@pages.get("/reminders")
def index() -> Response:
    """The letters, newest first."""
    chosen = ledger.Filter(
        state=word_in(request.args.get("state", ""), MessageState),
        recipient=_recipient(request.args.get("unit", "")),
        before=number_in(request.args.get("before", "")),
    )
    found = ledger.messages(session(), reader(), chosen, size=ON_A_PAGE + 1)
    return render(
        "reminders/index.html",
        messages=found[:ON_A_PAGE],
        has_more=len(found) > ON_A_PAGE,
        chosen=chosen,
        states=list(MessageState),
        units=_units(),
        why=_why,
    )


def _recipient(unit: str) -> str | None:
    return f"unit:{unit}" if number_in(unit) else None


def _units() -> list[tuple[int | None, str]]:
    """The units to choose from: one's own, or all for those who follow all."""
    follows = reader().reads_all or reader().issuers
    every = ((unit.id, unit.name) for unit in named_units(session()))
    return [one for one in every if follows or one[0] in reader().units]


def _why(words: str | None) -> str:
    """Why a letter or a reason stands as it does: the office's words, or the mail server's."""
    known = word_in(words or "", Why)
    return labels.label(known, locale()) if known else words or ""


@pages.get("/reminders/<int(max=2147483647):message_id>")
def show(message_id: int) -> Response:
    """One letter: its reasons, what it says, and what was done to it."""
    letter = _letter_or_404(message_id)
    return render(
        "reminders/show.html",
        letter=letter,
        message=letter.message,
        names=names_of(session(), reader(), letter.reasons),
        entries=history_of(session(), Thing.MESSAGE, message_id),
        may_send_again=reader().is_office or reader().is_administrator,
        why=_why,
    )


def _letter_or_404(message_id: int) -> ledger.Letter:
    letter = ledger.letter(session(), reader(), message_id)
    if letter is None:
        raise NotFound("not-found")
    return letter


@pages.get("/reminders/<int(max=2147483647):message_id>/html")
def html(message_id: int) -> Response:
    """The letter as the recipient sees it, for the frame on its page."""
    return bare_letter(_letter_or_404(message_id).html or "")


@pages.post("/reminders/<int(max=2147483647):message_id>/again")
def again(message_id: int) -> AnyResponse:
    """Send a failed letter once more."""
    message = message_of(session(), reader(), message_id)
    send_again(session(), message, by=reader(), at=now())
    return redirect(url_for("reminders.show", message_id=message_id), 303)


def bare_letter(words: str) -> Response:
    """The HTML of a letter alone, shut in a sandbox where no script runs and nothing is fetched."""
    response = make_response(words.replace("<head>", '<head><base target="_top">', 1))
    response.headers["Content-Security-Policy"] = _LETTER_POLICY
    return response
