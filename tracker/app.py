"""create_app(wiring): the Flask application with its areas, sign-in and headers."""

import secrets
from datetime import timedelta

import structlog
from flask import Flask, Response, g, request
from flask_wtf import CSRFProtect

from tracker import paths, web
from tracker.importer.readers.choose import SIZE_LIMIT
from tracker.web import confirming, refusals, render, sign_in
from tracker.web import request as web_request
from tracker.wiring import Wiring

# Everything comes from this server; no script or style stands in a page.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
WORKING_DAY = timedelta(hours=10)

log = structlog.get_logger()


def create_app(wiring: Wiring) -> Flask:
    """The pages of one installation."""
    app = Flask("tracker", template_folder=str(paths.TEMPLATES), static_folder=str(paths.STATIC))
    app.config.update(_config(wiring))
    app.extensions["wiring"] = wiring
    # First of all: whatever is refused later is refused under its id.
    app.before_request(_name_request)
    CSRFProtect(app)
    # Registered before, it runs after: only what was committed is confirmed.
    confirming.confirm(app)
    web_request.begin(app)
    sign_in.guard(app)
    render.teach(app)
    refusals.translate(app)
    for area in web.areas(with_mailbox=wiring.settings.demo_mailbox is not None):
        app.register_blueprint(area)
    app.after_request(_add_headers)
    return app


def _config(wiring: Wiring) -> dict[str, object]:
    settings = wiring.settings
    return {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "SESSION_COOKIE_NAME": "__Host-tracker" if settings.is_https else "tracker",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "PERMANENT_SESSION_LIFETIME": WORKING_DAY,
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
        "MAX_CONTENT_LENGTH": SIZE_LIMIT + 1_048_576,
        # A review form carries every item of a programme (trap: 500 kB by default).
        "MAX_FORM_MEMORY_SIZE": 8 * 1_048_576,
        "MAX_FORM_PARTS": 10_000,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": settings.is_https,
    }


def _name_request() -> None:
    g.request_id = request.headers.get("X-Request-ID", "")[:64] or secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        # A letter shown in its own frame brings a stricter policy of its own.
        response.headers.setdefault(name, value)
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        log.info("request", method=request.method, path=request.path, status=response.status_code)
    if request.is_secure or request.headers.get("X-Forwarded-Proto") == "https":
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
