"""Reading apart: a stranger's file is opened by a child process that can be killed at any moment.

The child gets the file and an order, and nothing else: no settings, no secrets, no database,
a private folder that is removed with it. What it may use up is limited in `child`; how long
somebody waits for it is limited here. A reader that dies takes nobody along: its file is
refused with a sentence.
"""

import base64
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, NoReturn, cast

from tracker.clock import stopwatch
from tracker.domain.working_days import WorkingDays
from tracker.errors import Unreadable
from tracker.importer import orders
from tracker.importer.blocks import Progress, nobody
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.units import UnitBook
from tracker.importer.readers.choose import refuse_size

AT_ONCE = 2
_LONGEST_ANSWER = 256 * 1024 * 1024
_CHILD = ("-m", "tracker.importer.child")
_END = b"\x00"
_KEPT = ("PATH", "SYSTEMROOT")
_Popen = subprocess.Popen[bytes]
_Lines = queue.SimpleQueue[bytes]
_OLD_WORD = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
# How a child ended that gave no answer; any other end is a crash.
_ENDS = {
    "SIGXCPU": "file.took-too-long",
    "SIGXFSZ": "file.too-heavy",
    "SIGABRT": "file.too-heavy",
    "SIGKILL": "file.too-heavy",
}


@dataclass(frozen=True)
class Patience:
    """How many seconds to wait: for a turn, without any news, and in all."""

    turn: float = 120
    silence: float = 60
    whole: float = 15 * 60


_FOR_FILES = Patience()
# LibreOffice says nothing while it converts, and starts slowly the first time.
_FOR_OLD_WORD = Patience(silence=120)
_FOR_PICTURES = Patience(turn=20, silence=20, whole=20)
_FOR_LOOKS = Patience(turn=10, silence=15, whole=15)


class Desk:
    """Where a few children work at once; whoever comes later waits for a turn."""

    def __init__(self, seats: int) -> None:
        self._free = threading.BoundedSemaphore(seats)

    @contextmanager
    def turn(self, seconds: float, progress: Progress) -> Iterator[None]:
        """Wait for a seat, telling each second that nothing has been read yet."""
        until = stopwatch() + seconds
        while not self._free.acquire(timeout=min(1, seconds)):
            if stopwatch() >= until:
                raise Unreadable("file.busy")
            progress(0, 0)
        try:
            yield
        finally:
            self._free.release()


_READERS, _PAINTERS = Desk(AT_ONCE), Desk(AT_ONCE)


def read_apart(
    name: str,
    data: bytes,
    *,
    units: UnitBook,
    working_days: WorkingDays,
    progress: Progress = nobody,
) -> Reading:
    """Understand a stranger's file; raises Unreadable with a code that says why not.

    `progress` is called at least once a second while somebody reads, with the pages read so far;
    whatever it raises stops the reading.
    """
    refuse_size(len(data))
    order = orders.ReadOrder(name, units, dict(working_days.rows))
    patience = _FOR_OLD_WORD if data.startswith(_OLD_WORD) else _FOR_FILES
    with _READERS.turn(patience.turn, progress):
        answer = _ask(order, data, patience=patience, progress=progress)
    with _making_sense():
        return orders.readings().validate_json(answer)


def picture_apart(data: bytes, media_type: str, page: int) -> bytes:
    """One page of a document as a picture; raises Unreadable when it cannot be drawn."""
    order = orders.PictureOrder(media_type, page)
    with _PAINTERS.turn(_FOR_PICTURES.turn, nobody):
        answer = _ask(order, data, patience=_FOR_PICTURES, progress=nobody)
    with _making_sense():
        return base64.b64decode(answer)


def look_apart(data: bytes, media_type: str) -> orders.Looked:
    """Look through a file that is attached; raises Unreadable for a stamp of secrecy."""
    order = orders.LookOrder(media_type)
    with _PAINTERS.turn(_FOR_LOOKS.turn, nobody):
        answer = _ask(order, data, patience=_FOR_LOOKS, progress=nobody)
    with _making_sense():
        return orders.looks().validate_json(answer)


def _ask(
    order: orders.Order,
    data: bytes,
    *,
    patience: Patience,
    progress: Progress,
) -> bytes:
    """The child's answer. The file reaches it without ever having a name on the disk."""
    with (
        TemporaryFile() as letter,
        TemporaryDirectory(prefix="don-doc-", ignore_cleanup_errors=True) as folder,
    ):
        letter.write(orders.orders().dump_json(order) + b"\n")
        letter.write(data)
        letter.seek(0)
        with _child(letter, folder) as (child, lines):
            answer = _answer(lines, patience, progress)
            return answer if answer is not None else _mourn(child)


@contextmanager
def _child(letter: IO[bytes], folder: str) -> Iterator[tuple[_Popen, _Lines]]:
    """A child at work and what it says; it and whatever it started end with the block."""
    child = subprocess.Popen(
        [sys.executable, "-P", *_CHILD],
        stdin=letter,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_surroundings(folder),
        start_new_session=True,
    )
    voice, lines = cast("IO[bytes]", child.stdout), _Lines()
    ear = threading.Thread(target=_listen, args=(voice, lines), daemon=True)
    ear.start()
    try:
        yield child, lines
    finally:
        _kill(child)
        child.wait()
        ear.join()
        voice.close()


def _surroundings(folder: str) -> dict[str, str]:
    """All that the child may know of this machine."""
    own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), folder)
    own |= {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    own["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    return own | {name: os.environ[name] for name in _KEPT if name in os.environ}


def _kill(child: _Popen) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _listen(voice: IO[bytes], lines: _Lines) -> None:
    """Take down what the child says, up to what any reading could need."""
    left = _LONGEST_ANSWER
    while left > 0 and (line := voice.readline(left)).endswith(b"\n"):
        left -= len(line)
        lines.put(line)
    lines.put(_END)


def _answer(lines: _Lines, patience: Patience, progress: Progress) -> bytes | None:
    """Listen until the answer comes or the child falls silent for ever, which is None."""
    pages = (0, 0)
    for line in _heard(lines, patience):
        what, _, said = line.partition(b" ")
        if what == orders.PAGES:
            pages = _pages(said)
        elif line:
            return _opened(what, said)
        progress(*pages)
    return None


def _heard(lines: _Lines, patience: Patience) -> Iterator[bytes]:
    """Every line of the child, and an empty one for each second without any."""
    started = heard = stopwatch()
    while (line := _next(lines)) != _END:
        now = stopwatch()
        heard = now if line else heard
        if now - heard > patience.silence or now - started > patience.whole:
            raise Unreadable("file.took-too-long")
        yield line


def _next(lines: _Lines) -> bytes:
    try:
        return lines.get(timeout=1)
    except queue.Empty:
        return b""


def _pages(said: bytes) -> tuple[int, int]:
    with _making_sense():
        done, of = map(int, said.split())
        return done, of


@contextmanager
def _making_sense() -> Iterator[None]:
    """A child that says what nobody understands is broken."""
    try:
        yield
    except ValueError as error:
        raise Unreadable("file.crashed", detail=type(error).__name__) from error


def _opened(what: bytes, said: bytes) -> bytes:
    """The answer itself; raises Unreadable for a refusal and for a reader that broke."""
    if what == orders.REFUSED:
        with _making_sense():
            refusal = orders.refusals().validate_json(said)
        raise Unreadable(refusal.code, **refusal.facts)
    if what not in (orders.READ, orders.PICTURE, orders.LOOKED):
        # For the log of whoever asked: the sentence has no place for it.
        raise Unreadable("file.crashed", detail=said.decode(errors="replace").strip()[:500])
    return said


def _mourn(child: _Popen) -> NoReturn:
    """The child ended without an answer: say why, as far as its end tells."""
    try:
        code = child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        # Still alive, but it has said more than any reading needs.
        raise Unreadable("file.too-heavy") from None
    end = signal.Signals(-code).name if code < 0 else f"exit {code}"
    raise Unreadable(_ENDS.get(end, "file.crashed"), detail=end)
