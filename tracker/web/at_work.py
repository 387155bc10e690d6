"""A document at work: read beside the requests, so that its page need not wait to the end.

Whoever handed it in waits a few seconds. A reading that takes longer gets a row, goes on by
itself, writes into the row how far it is, and at its end stores what it read.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from tracker.clock import real_now, stopwatch
from tracker.db import Away, transaction
from tracker.domain.reader import Reader
from tracker.errors import Refused, TrackerError, Unreadable
from tracker.importer.meaning.reading import Reading
from tracker.importer.proposals import review
from tracker.services import readings
from tracker.wiring import Wiring

log = structlog.get_logger()


@dataclass(frozen=True)
class HandedIn:
    """A document and who handed it in, when."""

    name: str
    data: bytes
    by: Reader
    at: datetime


class AtWork(threading.Thread):
    """One document being read."""

    def __init__(self, document: HandedIn, read: Callable[..., Reading], *, wiring: Wiring) -> None:
        super().__init__(name="reading", daemon=True)
        self._document, self._read, self._wiring = document, read, wiring
        self._over, self._hand_over = threading.Event(), threading.Lock()
        self._row: int | None = None
        self._told = stopwatch()
        self._reading: Reading | None = None
        self._refusal: TrackerError | None = None

    def run(self) -> None:
        """Read, and store the end when the page has gone on without it."""
        try:
            self._reading = self._read(progress=self._tell)
        except TrackerError as refusal:
            self._refusal = refusal
        except Exception:
            # Whoever waits is told that nothing was read.
            log.exception("reading.failed")
        with self._hand_over:
            self._over.set()
        if self._row is not None:
            self._store(self._row)

    def is_over(self, within: float) -> bool:
        """Whether the reading comes to its end within so many seconds."""
        return self._over.wait(within)

    def reading(self) -> Reading:
        """What was read; raises the refusal of a document that could not be."""
        if self._refusal is not None:
            log.warning("reading.refused", code=self._refusal.code, facts=self._refusal.facts)
            raise self._refusal
        if self._reading is None:
            raise Unreadable("file.crashed")
        return self._reading

    def go_on_alone(self) -> int | None:
        """The row that tells from now on how far it is; None when it has just come to its end."""
        with self._hand_over:
            if not self._over.is_set():
                self._row = self._begin()
        return self._row

    def _begin(self) -> int:
        mine = self._document
        with transaction(self._wiring.engine) as session:
            row = readings.begin(session, mine.name, by=mine.by, at=mine.at, seen_at=real_now())
            return row.id

    def _tell(self, done: int, of: int) -> None:
        if self._row is None or stopwatch() - self._told < 1:
            return
        self._told = stopwatch()
        if not self._is_wanted(self._row, done, of):
            raise Refused("import.given-up")

    def _is_wanted(self, row: int, done: int, of: int) -> bool:
        try:
            with transaction(self._wiring.engine) as session:
                return readings.see(session, row, (done, of), seen_at=real_now())
        except Away:
            # The database may be away for a moment; what has been read so far is worth more.
            log.warning("reading.untold", row=row)
            return True

    def _store(self, row: int) -> None:
        try:
            self._propose(row)
        except TrackerError as refusal:
            self._refuse(row, refusal)
        except Exception:
            log.exception("reading.not_stored")
            self._refuse(row, Refused("import.not-stored"))

    def _refuse(self, row: int, refusal: TrackerError) -> None:
        with transaction(self._wiring.engine) as session:
            readings.refuse(session, row, refusal)

    def _propose(self, row: int) -> None:
        reading, mine = self.reading(), self._document
        pages = reading.source.pages or 0
        with transaction(self._wiring.engine) as session:
            if readings.see(session, row, (pages, pages), seen_at=real_now()):
                made, _ = review.propose(session, reading, mine.data, by=mine.by, at=mine.at)
                readings.finish(session, row, made.id)
