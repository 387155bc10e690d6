"""A stranger's file is read by a child process: what it may do, how it ends, what it leaves."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importer.papers import PROGRAMME, sample
from tracker.clock import pause, stopwatch
from tracker.domain.working_days import published
from tracker.errors import Unreadable
from tracker.importer import apart
from tracker.importer.apart import Desk, Patience
from tracker.importer.blocks import Progress, nobody
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.units import published_units

Played = Callable[[str], None]
TELL = "import os, time; print('pages', os.getpid(), os.getppid(), flush=True); "
ON_ITSELF = "import os, signal; os.kill(os.getpid(), signal.{}); signal.pause()"
READER = "from tracker.importer import child\nchild.read_programme = {}\nchild.main()"


def read(data: bytes = b"x", *, name: str = "ct.md", progress: Progress = nobody) -> Reading:
    facts = {"units": published_units(), "working_days": published()}
    return apart.read_apart(name, data, **facts, progress=progress)  # type: ignore[arg-type]


def refusal(data: bytes = b"x", *, progress: Progress = nobody) -> Unreadable:
    with pytest.raises(Unreadable) as raised:
        read(data, progress=progress)
    return raised.value


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Played:
    """Lets a script of the test play the child."""
    return lambda script: monkeypatch.setattr(apart, "_CHILD", ("-c", script))


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where temporary files come and, afterwards, should be none."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_is_read_apart_is_what_is_read_here(folder: Path) -> None:
    assert read(PROGRAMME.read_bytes(), name=PROGRAMME.name) == sample(PROGRAMME)
    assert list(folder.iterdir()) == []


def test_a_refusal_comes_back_with_its_facts() -> None:
    refused = refusal(b"GIF89a" + bytes(20))
    assert (refused.code, refused.facts) == ("file.format", {"format": "GIF"})


def test_an_empty_file_and_a_large_one_start_no_child(played: Played) -> None:
    played("raise SystemExit")
    assert refusal(b"").code == "file.empty"
    assert refusal(bytes(21 * 1024 * 1024)).code == "file.too-large"


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("SIGSEGV", "file.crashed"),
        ("SIGABRT", "file.too-heavy"),
        ("SIGKILL", "file.too-heavy"),
        ("SIGXCPU", "file.took-too-long"),
    ],
)
def test_a_reader_that_dies_refuses_its_file(
    played: Played, folder: Path, end: str, code: str
) -> None:
    played(ON_ITSELF.format(end))
    assert refusal().code == code
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("reader", "code"),
    [
        ("lambda *_, **__: bytearray(3 << 30)", "file.too-heavy"),
        ("lambda *_, **__: [].pop()", "file.crashed"),
        ("lambda *_, **__: (lambda f: f(f))(lambda f: f(f))", "file.crashed"),
        ("lambda *_, **__: __import__('sys').exit(3)", "file.crashed"),
    ],
)
def test_what_a_reader_did_not_foresee_is_a_refusal_too(
    played: Played, reader: str, code: str
) -> None:
    played(READER.format(reader))
    assert refusal().code == code


def test_the_log_learns_where_a_reader_broke_and_nothing_of_the_document(played: Played) -> None:
    played(READER.format("lambda name, data, **_: {}[data]"))
    detail = refusal(b"secret words").facts["detail"]
    assert "KeyError" in str(detail)
    assert "secret" not in str(detail)


CHATTY = """
import os
from tracker.importer import child
read = child.read_programme

def chatty(*words, **facts):
    print("noise", flush=True)
    os.write(1, b"noise")
    return read(*words, **facts)
"""


def test_what_libraries_print_does_not_spoil_the_answer(played: Played) -> None:
    played(CHATTY + READER.format("chatty"))
    assert refusal(b"Kinh gui").code == "file.no-programme"


def test_a_reader_that_falls_silent_is_killed(
    played: Played, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_FOR_FILES", Patience(silence=1))
    played(TELL + "time.sleep(60)")
    seen: list[tuple[int, int]] = []
    assert refusal(progress=lambda *pids: seen.append(pids)).code == "file.took-too-long"
    assert not is_alive(seen[0][0])
    assert list(folder.iterdir()) == []


def test_one_that_never_ends_is_killed_though_it_goes_on_telling(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_FOR_FILES", Patience(whole=1))
    played("import time\nwhile True: print('pages 1 9', flush=True); time.sleep(0.1)")
    assert refusal().code == "file.took-too-long"


def test_what_a_reader_started_is_killed_with_it(played: Played) -> None:
    played(
        "import os, subprocess, sys; "
        "below = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        "print('pages', below.pid, 0, flush=True); print('refused {}')"
    )
    seen: list[int] = []
    refusal(progress=lambda pid, _: seen.append(pid))
    until = stopwatch() + 5
    while is_alive(seen[0]) and stopwatch() < until and "Z" not in state(seen[0]):
        pause(0.05)
    assert not is_alive(seen[0]) or "Z" in state(seen[0])


def state(pid: int) -> str:
    """A process that has ended may wait for init to notice."""
    status = Path(f"/proc/{pid}/stat")
    return status.read_text().split()[2] if status.exists() else "Z"


def test_whoever_watches_can_stop_the_reading(played: Played, folder: Path) -> None:
    played(TELL + "time.sleep(60)")
    seen: list[int] = []

    def watch(pid: int, _: int) -> None:
        seen.append(pid)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read(progress=watch)
    assert not is_alive(seen[0])
    assert list(folder.iterdir()) == []


def test_the_pages_read_are_told_again_each_second(played: Played) -> None:
    played("import time; print('pages 2 7', flush=True); time.sleep(2.5)")
    seen: list[tuple[int, int]] = []
    refusal(progress=lambda *pages: seen.append(pages))
    assert len(seen) >= 3
    assert set(seen) <= {(0, 0), (2, 7)}


def test_the_child_learns_nothing_of_the_house(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_SECRET_KEY", "hidden")
    played(
        "import json, os; facts = {'names': ' '.join(sorted(os.environ)), 'home': os.getcwd()}; "
        "print('refused', json.dumps({'code': 'file.empty', 'facts': facts}))"
    )
    facts = refusal().facts
    allowed = {"HOME", "LANG", "LC_CTYPE", "OMP_THREAD_LIMIT", "PATH", "PYTHONPATH"}
    assert set(str(facts["names"]).split()) - allowed == {"TEMP", "TMP", "TMPDIR"}
    assert not Path(str(facts["home"])).exists()


@pytest.mark.parametrize("answer", ["nonsense", "read {", "refused {}", "pages x"])
def test_an_answer_that_makes_no_sense_is_a_crash(played: Played, answer: str) -> None:
    played(f"print({answer!r})")
    assert refusal().code == "file.crashed"


def test_an_endless_answer_is_too_heavy(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_LONGEST_ANSWER", 1000)
    played("import sys\nwhile True: sys.stdout.write('read ' * 1000)")
    assert refusal().code == "file.too-heavy"


def test_whoever_finds_every_seat_taken_is_told() -> None:
    desk = Desk(1)
    with (
        desk.turn(1, nobody),
        pytest.raises(Unreadable, match=r"file\.busy"),
        desk.turn(0.1, nobody),
    ):
        pass


def test_a_seat_is_free_again_after_a_crash() -> None:
    desk = Desk(1)
    with pytest.raises(ZeroDivisionError), desk.turn(1, nobody):
        _ = 1 // 0
    with desk.turn(0.1, nobody):
        pass


SLEEPER = """lambda *a, progress, **k: (
    progress(__import__('os').getpid(), 0) or __import__('time').sleep(60))"""
SERVER = """
import tempfile, sys
from tests.importer import test_apart
from tracker.importer import apart
tempfile.tempdir, apart._CHILD = sys.argv[1], ("-c", sys.argv[2])
test_apart.read(progress=lambda pid, _: pid and print(pid, flush=True))
"""


def test_a_killed_server_leaves_no_reader_and_no_file(folder: Path) -> None:
    words = [sys.executable, "-c", SERVER, str(folder), READER.format(SLEEPER)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    until = stopwatch() + 10
    while list(folder.iterdir()) and stopwatch() < until:
        pause(0.1)
    pause(0.1)
    assert list(folder.iterdir()) == []
    assert state(pid) == "Z"
