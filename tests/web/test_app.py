"""What every answer carries, whatever the page: headers, cookie, request id, whole transactions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from tests.web.conftest import Browser
from tracker import db
from tracker.app import create_app
from tracker.domain import Unit
from tracker.web.request import session
from tracker.wiring import Wiring


@pytest.fixture
def cookie(visitor: Browser) -> str:
    """The session cookie as an https site sets it."""
    return visitor.get("/login").headers["Set-Cookie"]


@pytest.mark.parametrize(
    "flag", ["__Host-tracker=", "Secure", "HttpOnly", "Path=/", "SameSite=Lax"]
)
def test_the_session_cookie_is_kept_from_scripts_and_other_sites(cookie: str, flag: str) -> None:
    assert flag in cookie


def test_a_trial_without_tls_still_keeps_its_cookie_from_scripts(wired: Wiring) -> None:
    settings = wired.settings.model_copy(update={"base_url": "http://127.0.0.1:8000"})
    client = create_app(replace(wired, settings=settings)).test_client()
    cookie = client.get("/login").headers["Set-Cookie"]
    assert ("HttpOnly" in cookie, "Secure" in cookie) == (True, False)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ],
)
def test_every_page_carries_the_headers(visitor: Browser, header: str, value: str) -> None:
    assert visitor.get("/login").headers[header] == value


def test_no_page_allows_an_inline_script_or_style(visitor: Browser) -> None:
    policy = visitor.get("/login").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


def test_behind_tls_the_browser_is_told_to_stay_there(visitor: Browser) -> None:
    answer = visitor.get("/login", headers={"X-Forwarded-Proto": "https"})
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_request_keeps_the_id_that_its_proxy_gave(visitor: Browser) -> None:
    assert visitor.get("/healthz", headers={"X-Request-ID": "abc"}).headers["X-Request-ID"] == "abc"


def test_styles_are_kept_by_the_browser_under_an_address_that_changes_with_them(
    visitor: Browser,
) -> None:
    with visitor.get("/static/css/app.css?v=1") as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.fixture
def broken(app: Flask) -> Flask:
    """An application with one page that fails after it has written something."""

    def fail() -> str:
        session().add(Unit.named("Sở dở dang"))
        session().flush()
        raise RuntimeError

    app.add_url_rule("/fail", "health.healthz-fail", fail, methods=["POST"])
    return app


def test_a_page_that_fails_says_so_and_keeps_nothing(
    broken: Flask, an: Browser, look: Callable[[Any], list[Any]]
) -> None:
    answer = an.send("/fail")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text
    assert look(select(Unit.name).where(Unit.name == "Sở dở dang")) == []


def test_a_database_that_goes_away_is_told_and_comes_back(
    app: Flask, an: Browser, wired: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = replace(wired, engine=db.make_engine("sqlite:////nowhere/at/all.sqlite3"))
    monkeypatch.setitem(app.extensions, "wiring", gone)
    assert an.get("/tasks").status_code == 500
    monkeypatch.setitem(app.extensions, "wiring", wired)
    assert an.get("/tasks").status_code == 200
