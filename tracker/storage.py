"""Where files lie: in the instance, outside the web root and the database, named by checksum."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import structlog

from tracker.errors import Refused, Unreadable

_AT_ONCE = 1024 * 1024
_MEGABYTE = 1024 * 1024
log = structlog.get_logger()


@dataclass(frozen=True)
class Arrival:
    """A file on its way in: written to the disk under a name of its own, not yet kept."""

    path: Path
    sha256: str
    size: int

    def discard(self) -> None:
        """Leave nothing of it behind."""
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Storage:
    """The folder of all files; those with the same content share it.

    `kept/ab/ab12…` holds the contents, `arriving/` what is still examined, and `fresh/` names
    the contents that were put down lately: should what refers to them never be committed,
    `sweep` finds them there without looking through all files.
    """

    folder: Path

    @property
    def _arriving(self) -> Path:
        return self.folder / "arriving"

    @property
    def _fresh(self) -> Path:
        return self.folder / "fresh"

    def path_of(self, sha256: str) -> Path:
        """Where this content lies, or would."""
        return self.folder / "kept" / sha256[:2] / sha256

    def receive(self, source: IO[bytes], *, megabytes: int) -> Arrival:
        """Write a stream to the disk and take its checksum; refuses more than so many megabytes."""
        handle, name = tempfile.mkstemp(dir=_made(self._arriving))
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                sha256, size = _copied(source, out, limit=megabytes * _MEGABYTE)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Arrival(path, sha256, size)

    def keep(self, arrival: Arrival) -> None:
        """Put an arrival down for good, in one step; one that is there already is made whole."""
        path = self.path_of(arrival.sha256)
        (_made(self._fresh) / arrival.sha256).touch(mode=0o600)
        arrival.path.replace(_made(path.parent) / path.name)
        _settle(path.parent)

    def read(self, sha256: str) -> bytes:
        """The content; raises Unreadable when it is gone or no longer what was put down."""
        try:
            data = self.path_of(sha256).read_bytes()
        except OSError as gone:
            log.exception("storage.lost", sha256=sha256)
            raise Unreadable("attachment.lost") from gone
        if hashlib.sha256(data).hexdigest() != sha256:
            log.error("storage.damaged", sha256=sha256)
            raise Unreadable("attachment.lost")
        return data

    def sweep(
        self, referred_to: Callable[[Collection[str]], Collection[str]], *, before: datetime
    ) -> int:
        """Take away what arrived before then and came to nothing; how many contents that were."""
        for left in _older(self._arriving, before):
            left.unlink(missing_ok=True)
        fresh = {name.name: name for name in _older(self._fresh, before)}
        needed = set(referred_to(fresh.keys())) if fresh else set()
        for sha256 in fresh.keys() - needed:
            self.path_of(sha256).unlink(missing_ok=True)
        for marker in fresh.values():
            marker.unlink(missing_ok=True)
        return len(fresh.keys() - needed)


def _made(folder: Path) -> Path:
    """The folder, made when it is missing; nobody else on this machine may look inside."""
    for each in (folder.parent.parent, folder.parent, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _copied(source: IO[bytes], out: IO[bytes], *, limit: int) -> tuple[str, int]:
    checksum, size = hashlib.sha256(), 0
    while part := source.read(_AT_ONCE):
        size += len(part)
        if size > limit:
            raise Refused("attachment.too-large", limit=limit // _MEGABYTE)
        checksum.update(part)
        out.write(part)
    out.flush()
    os.fsync(out.fileno())
    return checksum.hexdigest(), size


def _settle(folder: Path) -> None:
    """Make sure that the new name outlives a power cut; Windows cannot be asked to."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _older(folder: Path, before: datetime) -> Iterator[Path]:
    if folder.is_dir():
        every = list(folder.iterdir())
        yield from (path for path in every if _written(path) < before.timestamp())


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another request was quicker
        return float("inf")
