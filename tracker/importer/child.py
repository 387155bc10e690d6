"""The child process that opens a stranger's file: it reads, answers and ends.

It knows neither settings nor database, and holds itself to limits of memory, time and files
before it looks at the first byte.
"""

import base64
import importlib
import os
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from pathlib import PurePath
from typing import BinaryIO, NoReturn

from tracker.clock import pause
from tracker.domain.working_days import WorkingDays
from tracker.errors import Unreadable
from tracker.importer import orders
from tracker.importer.parse import read_programme

_MEGABYTE = 1024 * 1024
# Readers need some 250 MB with the recognition of characters, LibreOffice less than 500.
_LIMITS = {
    "RLIMIT_AS": 1024 * _MEGABYTE,
    "RLIMIT_CPU": 15 * 60,
    "RLIMIT_FSIZE": 256 * _MEGABYTE,
    "RLIMIT_NOFILE": 256,
    "RLIMIT_CORE": 0,
}


def main() -> None:
    """Carry out the one order that stands on the standard input."""
    out = _own_voice()
    _limit()
    parent = os.getppid()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        _obey(sys.stdin.buffer, out)
    except Unreadable as refusal:
        _refuse(out, refusal.code, refusal.facts)
    except MemoryError:
        _refuse(out, "file.too-heavy", {})
    except Exception as error:  # noqa: BLE001 - told to the parent, which logs it
        _say(out, orders.BROKEN, _where(error))
    # Threads and libraries that a hostile file left in disorder must not hold up the end.
    os._exit(0)


def _own_voice() -> BinaryIO:
    """The way to the parent; whatever a library prints goes to the standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - Windows has none; the parent's patience remains
    except ImportError:
        return
    for name, most in _LIMITS.items():
        which = getattr(resource, name)
        _, hard = resource.getrlimit(which)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (soft, hard))
    # Whoever clicks in the meantime comes first.
    os.nice(5)


def _end_with(parent: int) -> None:
    """A server that is killed must leave neither a reader at work nor a file behind."""
    while os.getppid() == parent:
        pause(1)
    _clear_away()


def _clear_away() -> NoReturn:
    """Nobody listens any more: take the private folder along."""
    shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
    os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _obey(source: BinaryIO, out: BinaryIO) -> None:
    order = orders.orders().validate_json(source.readline())
    data = source.read()
    if isinstance(order, orders.PictureOrder):
        _draw(order, data, out)
    elif isinstance(order, orders.LookOrder):
        _look(order, data, out)
    else:
        _read(order, data, out)


def _read(order: orders.ReadOrder, data: bytes, out: BinaryIO) -> None:
    def tell(done: int, of: int) -> None:
        _say(out, orders.PAGES, b"%d %d" % (done, of))

    calendar = WorkingDays(order.days)
    reading = read_programme(
        order.name, data, units=order.units, working_days=calendar, progress=tell
    )
    _say(out, orders.READ, orders.readings().dump_json(reading))


def _draw(order: orders.PictureOrder, data: bytes, out: BinaryIO) -> None:
    pictures = importlib.import_module("tracker.importer.pictures")
    picture: bytes = pictures.picture_of(data, order.media_type, order.page)
    _say(out, orders.PICTURE, base64.b64encode(picture))


def _look(order: orders.LookOrder, data: bytes, out: BinaryIO) -> None:
    looking = importlib.import_module("tracker.importer.looking")
    looked = looking.look_through(data, order.looks_like)
    _say(out, orders.LOOKED, orders.looks().dump_json(looked))


def _refuse(out: BinaryIO, code: str, facts: dict[str, object]) -> None:
    told = {name: fact if isinstance(fact, int) else str(fact) for name, fact in facts.items()}
    _say(out, orders.REFUSED, orders.refusals().dump_json(orders.Refusal(code, told)))


def _say(out: BinaryIO, what: bytes, said: bytes) -> None:
    try:
        out.write(b"%s %s\n" % (what, said))
        out.flush()
    except BrokenPipeError:
        _clear_away()


def _where(error: BaseException) -> bytes:
    """What went wrong and where in the code, without the message: it may quote the document."""
    steps = traceback.extract_tb(error.__traceback__)[-8:]
    lines = (f"{PurePath(step.filename).name}:{step.lineno}" for step in steps)
    return f"{type(error).__name__} {' '.join(lines)}".encode()


if __name__ == "__main__":
    main()
