"""`tracker demo` as a newcomer starts it: real processes, real mail, nothing left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tracker.clock import pause

PASSWORD = "mat khau chay thu"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """A demonstration started by its command, and a browser without pictures."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.port = free_port()
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker", "demo", f"--port={self.port}", *words],
            env=os.environ | {"TMPDIR": str(folder), "TRACKER_DEMO_PASSWORD": PASSWORD},
            stdout=subprocess.PIPE,
            text=True,
        )

    def greeting(self) -> str:
        """What it prints until it is open."""
        assert self.process.stdout is not None
        lines = iter(self.process.stdout.readline, "")
        said = ""
        for line in lines:
            said += line
            if line.startswith("  …"):
                break
        return said

    def get(self, path: str) -> str:
        with self.opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def sign_in(self, email: str) -> str:
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', self.get("/login"))
        assert token is not None
        form = {"email": email, "password": PASSWORD, "csrf_token": token[1]}
        address = f"http://127.0.0.1:{self.port}/login"
        with self.opener.open(address, urlencode(form).encode(), timeout=10) as answer:
            return str(answer.read().decode())

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.mark.parametrize("at", ["2026-02-28T10:00", "2026-03-02T05:00", "2027-06-15T20:00"])
def test_on_a_day_off_or_at_night_the_last_letters_lie_in_the_mailbox(
    tmp_path: Path, at: str
) -> None:
    started = Demo(tmp_path, f"--at={at}")
    started.greeting()
    page = started.get("/mailbox")
    started.end()
    assert "sotaichinh@demo.test" in page


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    started = Demo(tmp_path)
    yield started
    if started.process.poll() is None:
        started.end()
    assert started.process.stdout is not None
    started.process.stdout.close()


def test_a_newcomer_sees_the_programme_signs_in_and_finds_the_mail(
    demo: Demo, tmp_path: Path
) -> None:
    said = demo.greeting()
    assert "18 nhiệm vụ" in said
    assert "sotaichinh@demo.test" in said
    assert "Sở Tài chính" in demo.sign_in("sotaichinh@demo.test")
    for _ in range(100):
        if "sotaichinh@demo.test" in demo.get("/mailbox"):
            break
        pause(0.2)
    assert "sotaichinh@demo.test" in demo.get("/mailbox")
    assert "07:3" in demo.get("/login")
    assert demo.end() == 0
    assert list(tmp_path.glob("tracker-demo-*")) == []


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        words = ["demo", f"--port={taken.getsockname()[1]}"]
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *words],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"TMPDIR": str(tmp_path)},
        )
    assert (done.returncode, "--port" in done.stderr) == (2, True)


def test_a_killed_demonstration_leaves_nothing_running_and_nothing_behind(
    demo: Demo, tmp_path: Path
) -> None:
    demo.greeting()
    demo.process.kill()
    demo.process.wait()
    for _ in range(300):
        if not list(tmp_path.glob("tracker-demo-*")) and not is_open(demo.port):
            return
        pause(0.1)
    pytest.fail("the servers still run, or their folder is still there")


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
