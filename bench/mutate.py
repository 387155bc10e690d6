"""Harm done to thousands of documents: none may crash the reader, hang it or leave a file.

`python -m bench.mutate --count 10000` from a checkout. The documents are those of the tests, in
every format; each harm has a number, and the same number is the same harm again (--only).
Readers work in processes of their own under the limits of `tracker.importer.child`; each
document must end in a reading or in a refusal that has its sentence, and within a minute.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

from tests.importer.corpus.rendering import Rendering, renderings
from tests.importer.mutations import harmed
from tracker.clock import stopwatch
from tracker.domain.working_days import published
from tracker.errors import Unreadable
from tracker.importer import child
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme
from tracker.importer.readers import ocr
from tracker.labels.files import FILES

LONGEST = 60.0
# To recognise the characters of a page takes seconds, of a spoilt one half a minute: a few are
# enough, and the recogniser rests for the others.
_SLOW = {"scan-pdf", "png", "jpg"}
_SLOW_SHARE = 0.005
_RECOGNISED_EVERY = 100
_words_of_page = ocr.Recogniser._words  # noqa: SLF001
_BATCH = 250


@dataclass
class Found:
    """What became of the documents."""

    outcomes: Counter[str] = field(default_factory=Counter)
    by_format: dict[str, Counter[str]] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def add(self, number: int, form: str, outcome: str, seconds: float) -> None:
        """Count one document."""
        self.outcomes[outcome] += 1
        self.by_format.setdefault(form, Counter())[outcome] += 1
        self.slowest = sorted([*self.slowest, (seconds, f"{number} {form} {outcome}")])[-5:]
        if outcome not in {"read", *FILES}:
            self.bad.append(f"{number} {form}: {outcome}")


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutate", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", default="", help="documents of this format alone, as docx")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", type=int, help="this one harm, here, with whatever it raises")
    parser.add_argument("--keep", type=Path, help="write the harmed document of --only here")
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Harm, read, count."""
    asked = options()
    if asked.only is not None:
        return one(asked)
    if asked.first is not None:
        return work(asked)
    start, found = stopwatch(), Found()
    numbers: SimpleQueue[int] = SimpleQueue()
    for first in range(0, asked.count, _BATCH):
        numbers.put(first)
    watchers = [
        threading.Thread(target=watch, args=(asked, numbers, found)) for _ in range(asked.workers)
    ]
    for watcher in watchers:
        watcher.start()
    for watcher in watchers:
        watcher.join()
    show(found, stopwatch() - start)
    return 1 if found.bad else 0


def watch(asked: argparse.Namespace, numbers: "SimpleQueue[int]", found: Found) -> None:
    """Have batch after batch worked on; a process that dies or hangs is replaced."""
    while True:
        try:
            first = numbers.get_nowait()
        except Empty:
            return
        last = min(first + _BATCH, asked.count)
        while first < last:
            first = batch(asked, (first, last), found)


def batch(asked: argparse.Namespace, span: tuple[int, int], found: Found) -> int:
    """One process for a span of numbers; gives the number to go on with."""
    with tempfile.TemporaryDirectory(prefix="bench-mutate-") as folder:
        words = [sys.executable, "-m", "bench.mutate", "--first", str(span[0])]
        words += ["--count", str(span[1]), "--seed", str(asked.seed), "--format", asked.format]
        env = dict.fromkeys(("TMPDIR", "HOME"), folder)
        env |= {"PATH": os.environ["PATH"], "OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8"}
        reader = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, text=True
        )
        with reader:
            return listen(reader, span, found)


def listen(reader: "subprocess.Popen[str]", span: tuple[int, int], found: Found) -> int:
    """Count what the process says; whoever says nothing for a minute is killed."""
    lines: SimpleQueue[str] = SimpleQueue()
    assert reader.stdout
    threading.Thread(target=hear, args=(reader, lines), daemon=True).start()
    number, form = span[0], "start"
    while line := next_of(lines, reader):
        said = json.loads(line)
        number, form = said["number"], said["form"]
        if "outcome" in said:
            found.add(number, form, said["outcome"], said["seconds"])
    if reader.wait() == 0:
        return span[1]
    how = "hangs" if reader.returncode == -9 else f"dies ({reader.returncode})"
    found.add(number, form, how, 0.0)
    return number + 1


def hear(reader: "subprocess.Popen[str]", lines: "SimpleQueue[str]") -> None:
    """Take down what the process says, up to its end."""
    assert reader.stdout
    for line in reader.stdout:
        lines.put(line)
    lines.put("")


def next_of(lines: "SimpleQueue[str]", reader: "subprocess.Popen[str]") -> str:
    """The next line, "" at the end; a process that is silent is killed."""
    try:
        return lines.get(timeout=LONGEST)
    except Empty:
        reader.kill()
        return ""


def work(asked: argparse.Namespace) -> int:
    """The process that reads: a line before each document, and one after it."""
    # As the child itself does; whatever libraries print goes elsewhere.
    voice = child._own_voice()  # noqa: SLF001
    child._limit()  # noqa: SLF001
    warnings.simplefilter("ignore")
    for number in range(asked.first, asked.count):
        rendering, data = document(number, asked)
        said: dict[str, Any] = {"number": number, "form": rendering.form}
        rest(resting=number % _RECOGNISED_EVERY > 0 and rendering.form not in _SLOW)
        start, alive = stopwatch(), partial(say, voice, said)
        alive()
        outcome = read(rendering.file_name, data, alive)
        said |= {"outcome": left() or outcome, "seconds": round(stopwatch() - start, 2)}
        say(voice, said)
    return 0


def rest(*, resting: bool) -> None:
    """Let the recogniser see no words, or see again."""
    seen: Any = (lambda _: iter(())) if resting else _words_of_page
    ocr.Recogniser._words = seen  # type: ignore[method-assign]  # noqa: SLF001


def say(voice: BinaryIO, said: dict[str, Any]) -> None:
    """One line to whoever watches."""
    voice.write(json.dumps(said).encode() + b"\n")
    voice.flush()


def read(name: str, data: bytes, alive: Callable[[], None]) -> str:
    """What became of one document; each page of it that is read is a sign of life."""
    units, calendar = published_units(), published()
    try:
        read_programme(name, data, units=units, working_days=calendar, progress=lambda *_: alive())
    except Unreadable as refusal:
        return refusal.code
    except MemoryError:
        return "file.too-heavy"
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return child._where(error).decode()  # noqa: SLF001
    return "read"


def left() -> str:
    """The files that reading left behind; none, it is hoped."""
    names = sorted(one.name for one in Path(tempfile.gettempdir()).iterdir())
    return f"leaves {names}" if names else ""


def document(number: int, asked: argparse.Namespace) -> tuple[Rendering, bytes]:
    """The harmed document of a number."""
    chance = random.Random(f"{asked.seed}/{number}")  # noqa: S311 - a number must give the same harm
    quick, slow = chosen(asked.format)
    pool = slow if slow and (not quick or chance.random() < _SLOW_SHARE) else quick
    rendering = chance.choice(pool)
    return rendering, harmed(whole(rendering.name), chance)


@cache
def chosen(form: str) -> tuple[list[Rendering], list[Rendering]]:
    """The documents of a format, or of all: those that are read quickly, and the others."""
    every = [one for one in renderings() if one.form.startswith(form)]
    quick = [one for one in every if one.form not in _SLOW]
    return quick, [one for one in every if one.form in _SLOW]


@cache
def whole(name: str) -> bytes:
    """A document before any harm."""
    return next(one for one in renderings() if one.name == name).data()


def one(asked: argparse.Namespace) -> int:
    """A single harm, for whoever mends the reader."""
    rendering, data = document(asked.only, asked)
    if asked.keep:
        asked.keep.write_bytes(data)
    print(rendering.name, len(data), "bytes")
    try:
        read_programme(rendering.file_name, data, units=published_units(), working_days=published())
    except Unreadable as refusal:
        print(refusal.code, refusal.facts)
    return 0


def show(found: Found, seconds: float) -> None:
    """Print what was found."""
    every = sum(found.outcomes.values())
    print(f"{every} harmed documents in {seconds:.0f} s")
    for outcome, count in found.outcomes.most_common():
        print(f"  {count:6} {outcome}")
    print(f"{'format':14} {'documents':>9} {'read':>6} {'refused':>8}")
    for form, outcomes in sorted(found.by_format.items()):
        whole_number = outcomes.total()
        read_ones = outcomes["read"]
        print(f"{form:14} {whole_number:9} {read_ones:6} {whole_number - read_ones:8}")
    print("slowest:", *(f"\n  {took:6.2f} s  {what}" for took, what in reversed(found.slowest)))
    print("crashes, hangs, files left:", len(found.bad), *(f"\n  {what}" for what in found.bad))


if __name__ == "__main__":
    sys.exit(main())
