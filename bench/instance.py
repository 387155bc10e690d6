"""A scratch instance to measure on: settings, a filled database, a copy for the baseline."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker import db, schema
from tracker.clock import OfficeClock, stopwatch, today
from tracker.sample import Filled, fill
from tracker.settings import new_secret

CLOCK = OfficeClock(ZoneInfo("Asia/Ho_Chi_Minh"))


@dataclass(frozen=True)
class Instance:
    """A filled database with what a server needs to know."""

    folder: Path
    filled: Filled
    day: date
    fill_seconds: float

    @property
    def database(self) -> Path:
        """The file that the real application works on."""
        return self.folder / "tracker.sqlite3"

    @property
    def copy(self) -> Path:
        """The same rows for the baseline."""
        return self.folder / "bare.sqlite3"

    def settings(self) -> dict[str, str]:
        """The environment of the real application."""
        return {
            "TRACKER_INSTANCE": str(self.folder),
            "TRACKER_SECRET_KEY": new_secret(),
            "TRACKER_BASE_URL": "http://127.0.0.1:8000",
        }

    def ask(self, query: str, *facts: object) -> list[tuple[object, ...]]:
        """What the database says; read only."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(query, facts).fetchall()

    def bytes_per_task(self) -> int:
        """What one task costs on the disk, with its history, notes and search index."""
        return self.database.stat().st_size // max(self.filled.tasks, 1)


def make(folder: Path, *, tasks: int, units: int, seed: int) -> Instance:
    """Fill a new database in `folder`."""
    folder.mkdir(parents=True)
    engine = db.make_engine(f"sqlite:///{folder / 'tracker.sqlite3'}")
    schema.upgrade(engine)
    began, day = stopwatch(), today(CLOCK)
    with db.transaction(engine) as session:
        filled = fill(session, tasks=tasks, units=units, seed=seed, today=day, at=CLOCK.now())
    lasted = stopwatch() - began
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    instance = Instance(folder, filled, day, lasted)
    shutil.copy(instance.database, instance.copy)
    return instance


def processors() -> int:
    """How many processors this run may use."""
    return len(os.sched_getaffinity(0))
