"""How the command line speaks: refusals become one sentence in both languages and an exit code."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tracker import db, labels
from tracker.errors import Refused, TrackerError
from tracker.settings import Settings, load_settings
from tracker.wiring import Wiring, wire

UNREADABLE = 2
DOUBTS_LEFT = 3


class Commands(click.Group):
    """A group that translates every refusal once: the sentence to stderr, exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except TrackerError as error:
            click.echo(both(error), err=True)
            sys.exit(UNREADABLE)


def both(error: TrackerError) -> str:
    """The sentence in Vietnamese and English, for whoever sits at the server."""
    return " · ".join(labels.sentence_of(error, locale) for locale in labels.LOCALES)


def say_json(facts: Mapping[str, object]) -> None:
    """Print facts for a program."""
    click.echo(json.dumps(facts, ensure_ascii=False, indent=1, default=str))


def settings() -> Settings:
    """The settings of this installation."""
    return load_settings()


def opened(chosen: Settings | None = None) -> Wiring:
    """The wiring of an installation; its connections are closed when the command ends."""
    made = wire(chosen or settings())
    click.get_current_context().call_on_close(made.engine.dispose)
    return made


def wired() -> Wiring:
    """The wiring of an installation whose database is ready; Refused when it is not."""
    made = opened()
    if not db.is_reachable(made.engine):
        raise Refused("database.unreachable")
    if not db.is_current(made.engine):
        raise Refused("database.not-current")
    return made


def readable(path: Path) -> Path:
    """A file that is there; a folder or nothing is refused with its name."""
    if path.is_dir():
        raise Refused("file.is-folder", path=path)
    if not path.is_file():
        raise Refused("file.missing", path=path)
    return path
