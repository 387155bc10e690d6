"""The command line as it is typed: in a process-like runner, over an instance of its own."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli import main

Command = Callable[..., Result]


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> Path:
    """An empty, migrated instance with safe settings."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url)
    monkeypatch.setenv("TRACKER_SECRET_KEY", "a secret key that only the tests know")
    monkeypatch.setenv("TRACKER_BASE_URL", "https://dondoc.example")
    return tmp_path


@pytest.fixture
def tracker() -> Command:
    """Type `tracker …`; anything that is not an exit is shown as the failure it is."""

    def typed(*words: str, answers: Sequence[str] = ()) -> Result:
        result = CliRunner().invoke(main, words, input="\n".join(answers))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return typed
