"""What every answer carries, whatever the page: headers, cookie, request id, whole transactions."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.builders import Office, a_task
from tests.web.conftest import Browser
from tracker import db
from tracker.app import create_app
from tracker.domain import Task, Unit
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


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """A task of Sở Tài chính that somebody can move on."""
    made = a_task(session, office.issuer, lead=office.finance, text="Xây dựng kế hoạch " * 20)
    session.commit()
    return made


def told(page: str) -> str:
    """What the page says of the act before it."""
    found = re.search(r'class="alert alert-success just-done" role="status">([^<]*)<', page)
    return found[1] if found else ""


def test_an_act_that_went_well_is_confirmed_once(an: Browser, task: Task) -> None:
    where = an.send(f"/tasks/{task.id}/received").location
    assert told(an.page(where)) == "Đã ghi nhận việc tiếp nhận."
    assert told(an.page(where)) == ""


def test_an_act_without_words_of_its_own_is_saved(admin: Browser, office: Office) -> None:
    assert told(admin.page(admin.send("/units/new", name="Sở Nội vụ").location)) == "Đã lưu."


def test_a_confirmation_is_in_the_language_of_the_reader(an: Browser, task: Task) -> None:
    an.send("/language/en")
    where = an.send(f"/tasks/{task.id}/status", to="in_progress", version="1").location
    assert "In progress" in told(an.page(where))


def test_what_was_refused_is_not_confirmed(an: Browser, task: Task) -> None:
    assert an.send(f"/tasks/{task.id}/report", version="1").status_code == 422
    assert told(an.page("/tasks")) == ""


def test_a_fragment_leaves_the_confirmation_to_the_next_page(an: Browser, task: Task) -> None:
    where = an.send(f"/tasks/{task.id}/received").location
    an.page("/tasks", headers={"HX-Request": "true"})
    assert told(an.page(where)) != ""


def test_a_page_without_a_confirmation_sets_no_cookie(an: Browser, task: Task) -> None:
    an.page(f"/tasks/{task.id}")
    assert "Set-Cookie" not in an.get(f"/tasks/{task.id}").headers


def test_everybody_finds_where_to_name_a_deputy_and_the_office_its_groups(
    an: Browser, specialist: Browser
) -> None:
    assert 'href="/people/me#deputies"' in an.page("/calendar")
    assert ('href="/groups"' in an.page("/"), 'href="/groups"' in specialist.page("/")) == (
        False,
        True,
    )


def test_the_menu_says_where_one_is_also_within_a_group(an: Browser, office: Office) -> None:
    page = an.page(f"/units/{office.finance.id}")
    assert '<a href="/units" aria-current="page">' in page
    assert '<summary class="here">' in page
