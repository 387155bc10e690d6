"""Signing in and out, and the guard that lets nobody else pass."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, g, redirect, request, url_for
from flask import session as cookie
from flask_login import LoginManager, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from tracker import labels
from tracker.domain.reader import Reader
from tracker.errors import Refused
from tracker.queries.deputies import entrusted_to, standing_in
from tracker.queries.people import reader_of
from tracker.services.people import set_locale, sign_in
from tracker.web.refusals import said
from tracker.web.render import locale, render
from tracker.web.request import keep_even_if_refused, now, reader, session, today

# Everything else asks for a signed-in person: a new page is closed until it is listed here.
PUBLIC = frozenset(
    {
        "static",
        "sign_in.form",
        "sign_in.enter",
        "sign_in.language",
        "health.healthz",
        "health.readyz",
        "mailbox.index",
        "mailbox.show",
    }
)

# In the cookie: for whom the person acts just now. The rights are asked anew each time.
ACTING = "acting"

pages = Blueprint("sign_in", __name__)


def guard(app: Flask) -> None:
    """Let only signed-in people pass, except to the public pages."""
    manager = LoginManager(app)
    manager.user_loader(_returning)
    manager.unauthorized_handler(_to_the_door)
    app.before_request(lambda: _stop_strangers(manager))


def _returning(stored: str) -> Reader | None:
    person_id, _, stamp = stored.partition(".")
    found = reader_of(session(), int(person_id)) if person_id.isdigit() else None
    return _acting(found) if found and found.session_stamp == stamp else None


def _acting(oneself: Reader) -> Reader:
    """The reader with the rights of whom they stand in for, while that holds."""
    g.entrusted = entrusted_to(session(), oneself.person_id, today())
    principal = cookie.get(ACTING)
    if principal is None:
        return oneself
    found = standing_in(session(), oneself, principal, today()) if g.entrusted else None
    if found is None:
        cookie.pop(ACTING)
    return found or oneself


@pages.app_context_processor
def _entrusted() -> dict[str, object]:
    return {"entrusted": g.get("entrusted", [])}


def _stop_strangers(manager: LoginManager) -> AnyResponse | None:
    # An address that leads nowhere is answered 404 to everybody alike.
    if request.endpoint is None or request.endpoint in PUBLIC:
        return None
    return None if getattr(reader(), "is_authenticated", False) else manager.unauthorized()


def _to_the_door() -> AnyResponse:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    door = url_for("sign_in.form", next=wanted if wanted != "/" else None)
    if request.headers.get("HX-Request") == "true":
        return Response(status=200, headers={"HX-Redirect": door})
    return redirect(door, 303)


@pages.get("/login")
def form() -> Response:
    """The door."""
    return render("sign_in/form.html")


@pages.post("/login")
def enter() -> AnyResponse:
    """Let somebody in, or show the form again without saying what was wrong of the two."""
    email, password = (request.form.get(name, "") for name in ("email", "password"))
    try:
        person = sign_in(session(), email, password, at=now())
    except Refused as refusal:
        return _again(email, said(refusal))
    if person is None or person.id is None:
        return _again(email, labels.sentence("sign-in.wrong", locale()))
    entering = reader_of(session(), person.id)
    cookie.clear()
    cookie.permanent = True
    login_user(entering)
    return redirect(_safe(request.args.get("next")), 303)


def _again(email: str, sentence: str) -> Response:
    keep_even_if_refused()
    return render("sign_in/form.html", status=422, email=email, problem=sentence)


def _safe(wanted: str | None) -> str:
    parts = urlsplit(wanted or "/")
    inside = not parts.netloc and not parts.scheme and parts.path.startswith("/")
    return wanted if wanted and inside and not wanted.startswith(("//", "/\\")) else "/"


@pages.post("/logout")
def leave() -> AnyResponse:
    """Sign out of this browser."""
    logout_user()
    cookie.clear()
    return redirect(url_for("sign_in.form"), 303)


@pages.post("/language/<chosen>")
def language(chosen: str) -> AnyResponse:
    """Remember the language, with the person when somebody is signed in."""
    cookie["locale"] = chosen if chosen in labels.LOCALES else labels.LOCALES[0]
    if getattr(reader(), "is_authenticated", False):
        set_locale(session(), cookie["locale"], by=reader())
    return redirect(_safe(request.args.get("next")), 303)
