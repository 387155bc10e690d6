"""A browser for each of the cast, signed in, that sends its forms with their token."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.builders import Office
from tracker import db
from tracker.app import create_app
from tracker.domain import Person
from tracker.web import uploads
from tracker.wiring import Wiring

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SignIn = Callable[[Person], "Browser"]


class Browser(FlaskClient):
    """A client that keeps its sign-in and sends the token of its forms by itself."""

    def page(self, address: str, **kw: Any) -> str:
        """The text of a page that must open."""
        response = self.get(address, **kw)
        assert response.status_code == 200, (address, response.status_code)
        return response.text

    def send(
        self, address: str, *, headers: dict[str, str] | None = None, **typed: Any
    ) -> TestResponse:
        """Send a form as the page would."""
        return self.post(address, data={"csrf_token": self._token(), **typed}, headers=headers)

    def _token(self) -> str:
        found = _TOKEN.search(self.get("/no-such-page").text)
        assert found is not None
        return found[1]


@pytest.fixture
def app(wired: Wiring, monkeypatch: pytest.MonkeyPatch) -> Flask:
    # On a busy machine a reading takes longer than a person should wait for it.
    monkeypatch.setattr(uploads, "PATIENCE", 60.0)
    made = create_app(wired)
    made.testing = True
    made.test_client_class = Browser
    return made


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who has not signed in."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Signs somebody in without a password; the sign-in page has tests of its own."""

    def enter(person: Person) -> Browser:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = f"{person.id}.{person.session_stamp}"
        assert isinstance(client, Browser)
        return client

    return enter


@pytest.fixture
def an(sign_in: SignIn, office: Office) -> Browser:
    return sign_in(office.an)


@pytest.fixture
def binh(sign_in: SignIn, office: Office) -> Browser:
    return sign_in(office.binh)


@pytest.fixture
def chi(sign_in: SignIn, office: Office) -> Browser:
    return sign_in(office.chi)


@pytest.fixture
def specialist(sign_in: SignIn, office: Office) -> Browser:
    return sign_in(office.specialist)


@pytest.fixture
def leader(sign_in: SignIn, office: Office) -> Browser:
    return sign_in(office.leader)


@pytest.fixture
def admin(sign_in: SignIn, office: Office) -> Browser:
    return sign_in(office.admin)


@pytest.fixture
def look(engine: sa.Engine) -> Callable[[Any], list[Any]]:
    """Reads the database beside the test's own session, which would keep the write lock."""

    def found(asked: Any) -> list[Any]:
        with db.reading(engine) as session:
            return list(session.scalars(asked))

    return found


@pytest.fixture
def statements(engine: sa.Engine) -> Iterator[list[str]]:
    """Every statement that reaches the database, as it is sent."""
    seen: list[str] = []

    def keep(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    yield seen
    event.remove(engine, "before_cursor_execute", keep)
