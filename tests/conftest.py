"""The test office: a fresh database, a Thursday morning, and a cast that never changes."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import Session

from tests import builders, postgres
from tracker import db, schema, wiring
from tracker.clock import FixedClock
from tracker.mail import MemoryMailer
from tracker.settings import Settings
from tracker.wiring import Wiring

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# Five working days before the sample's meeting of 05/3/2026: the day its papers are due.
THURSDAY_MORNING = datetime(2026, 2, 26, 7, 30, tzinfo=ZONE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")
    parser.addoption("--screens", help="a folder for pictures of every page")
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="what the suite runs on; postgresql starts a real server for the run",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--database") == "postgresql":
        postgres.start(config)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what touches a database; the rest cannot differ from the run on SQLite."""
    if config.getoption("--database") == "postgresql":
        same = {item for item in items if not _meets_the_database(item)}
        config.hook.pytest_deselected(items=list(same))
        items[:] = [item for item in items if item not in same]


def _meets_the_database(item: pytest.Item) -> bool:
    # A browser shows the same pages; what they ask of the database has tests of its own.
    in_browser = item.get_closest_marker("browser") is not None
    return "template" in getattr(item, "fixturenames", ()) and not in_browser


@pytest.fixture(scope="session")
def template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> sa.URL:
    """A migrated, empty database that each test starts from."""
    if request.config.getoption("--database") == "postgresql":
        url = postgres.database(f"tracker_{worker_id}")
    else:
        url = sa.make_url(f"sqlite:///{tmp_path_factory.mktemp('template') / 'tracker.sqlite3'}")
    engine = db.make_engine(url.render_as_string(hide_password=False))
    schema.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def database_url(template: sa.URL, tmp_path: Path) -> str:
    """The address of a database of this test alone, empty, at the newest migration."""
    if template.get_backend_name() == "sqlite":
        copy = tmp_path / "tracker.sqlite3"
        shutil.copy(str(template.database), copy)
        return f"sqlite:///{copy}"
    postgres.empty(template)
    return template.render_as_string(hide_password=False)


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    made = db.make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    """A session that writes; nothing is committed unless the test says so."""
    with db.open_session(engine, writes=True) as opened:
        yield opened


@pytest.fixture
def office(session: Session) -> builders.Office:
    """The cast, committed: An leads, Bình supports, Chi is a stranger; the office issues."""
    made = builders.an_office(session)
    session.commit()
    return made


@pytest.fixture
def mailer() -> MemoryMailer:
    return MemoryMailer()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(ZONE, THURSDAY_MORNING)


@pytest.fixture
def wired(
    engine: sa.Engine, clock: FixedClock, mailer: MemoryMailer, database_url: str, tmp_path: Path
) -> Wiring:
    settings = Settings(
        instance=tmp_path,
        database_url=database_url,
        secret_key=SecretStr("a secret key that only the tests know"),
        base_url="https://dondoc.example",
        mail_from="Đôn đốc <don-doc@office.example>",
    )
    return Wiring(settings, engine, clock, mailer, wiring.letters())


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        monkeypatch.delenv(name)
