"""`tracker demo`: web, worker and a local mailbox over the sample, in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox

from tracker import labels, schema
from tracker.clock import pause, real_now
from tracker.db import transaction
from tracker.demo import office
from tracker.domain.working_days import WorkingDays
from tracker.errors import Refused
from tracker.queries.calendar import working_days
from tracker.reminders.policy import HABITS
from tracker.reminders.run import run_once
from tracker.settings import Settings, load_settings, new_secret
from tracker.wiring import Wiring, wire

_PATIENCE = 30.0
# The office's four and both seats of the units that lead the sample's tasks.
_SHOWN = 18


def run(*, host: str, port: int, at: datetime, say: Callable[[str], object]) -> int:
    """Open the demonstration and keep it open until Ctrl-C; the exit code.

    `at` is the office's local time at which its clock begins.
    """
    _refuse_taken(host, port)
    with ExitStack() as closing:
        closing.callback(signal.signal, signal.SIGTERM, signal.signal(signal.SIGTERM, _end))
        folder = closing.enter_context(_folder())
        smtp = closing.enter_context(_mailbox(folder / "mailbox"))
        settings = _settings(folder, at, base_url=_address(host, port), smtp=smtp)
        opened = _fill(wire(settings))
        servers = closing.enter_context(_servers(_environment(settings), host, port))
        _wait_until_open(settings.base_url, servers)
        _greet(settings, opened, say)
        return _stay(servers)


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise Refused("demo.port-taken", port=port) from taken


def _address(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}"  # noqa: S104


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tracker-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _mailbox(folder: Path) -> Iterator[int]:
    """A local mail server that keeps every letter in the folder; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(Mailbox(folder), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def _settings(folder: Path, at: datetime, *, base_url: str, smtp: int) -> Settings:
    zone = load_settings().zone
    return load_settings(
        instance=folder,
        secret_key=new_secret(),
        base_url=base_url,
        smtp_url=f"smtp://127.0.0.1:{smtp}",
        mail_from=f"Đôn đốc <dondoc@{office.DOMAIN}>",
        demo_at=at.replace(tzinfo=zone),
        demo_started=real_now(),
        demo_mailbox=folder / "mailbox",
    )


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as the two servers will read them."""
    said = settings.model_dump(mode="json", exclude_defaults=True)
    secret = {"secret_key": settings.secret_key.get_secret_value()}
    named = {f"TRACKER_{name.upper()}": str(value) for name, value in (said | secret).items()}
    return os.environ | named


def _fill(made: Wiring) -> office.Opened:
    schema.upgrade(made.engine)
    with transaction(made.engine) as session:
        opened = office.open_demo(session, made.settings, at=made.clock.now())
        before = _last_letters(made, working_days(session))
    if before is not None:
        run_once(made.at(before))
    made.engine.dispose()
    return opened


def _last_letters(made: Wiring, calendar: WorkingDays) -> datetime | None:
    """When the office was last written to, if nothing leaves at the moment the demo opens.

    On a Saturday or at night one finds the letters of the working day before.
    """
    local = made.clock.now().astimezone(made.clock.zone)
    if HABITS.may_plan(local, calendar):
        return None
    day = local.date() if local.time() > HABITS.closes else local.date() - timedelta(days=1)
    return datetime.combine(calendar.on_or_before(day), HABITS.digest_at, tzinfo=local.tzinfo)


@contextmanager
def _servers(
    environment: Mapping[str, str], host: str, port: int
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The web server and the worker, ended by their own process ids."""
    commands = (["serve", f"--host={host}", f"--port={port}", "--workers=1"], ["worker"])
    started = [_start(command, environment) for command in commands]
    try:
        with _watcher(environment["TRACKER_INSTANCE"], started):
            yield started
    finally:
        for server in started:
            server.terminate()
        for server in started:
            server.wait(timeout=_PATIENCE)


# Waits until nobody holds the other end of its input: then the demonstration was killed.
_WATCH = """
import os, shutil, signal, sys, time
if not sys.stdin.read():
    for server in map(int, sys.argv[2:]):
        os.kill(server, signal.SIGTERM)
    # The servers still write while they end: what they leave is removed when they have.
    for _ in range(200):
        shutil.rmtree(sys.argv[1], ignore_errors=True)
        if not os.path.exists(sys.argv[1]):
            break
        time.sleep(0.1)
"""


@contextmanager
def _watcher(folder: str, servers: list[subprocess.Popen[bytes]]) -> Iterator[None]:
    """Ends the servers when this process is killed and cannot do it itself."""
    if os.name != "posix":
        yield
        return
    words = [sys.executable, "-c", _WATCH, folder, *(str(server.pid) for server in servers)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True) as watcher:
        yield
        watcher.communicate(b"all is well")


def _start(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # Their logs would bury the addresses: they go to a file of the demonstration's folder.
    with (Path(environment["TRACKER_INSTANCE"]) / f"{command[0]}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "tracker", *command],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait_until_open(address: str, servers: list[subprocess.Popen[bytes]]) -> None:
    for _ in range(int(_PATIENCE * 10)):
        if _answers(address):
            return
        if any(server.poll() is not None for server in servers):
            break
        pause(0.1)
    raise Refused("demo.not-open", address=address)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=5):  # noqa: S310 - our own address
            return True
    except OSError:
        return False


def _greet(settings: Settings, opened: office.Opened, say: Callable[[str], object]) -> None:
    at = labels.moment(settings.demo_at, settings.zone)
    facts = {"address": settings.base_url, "at": at, "tasks": opened.tasks}
    for locale in labels.LOCALES:
        say(labels.sentence("demo.open", locale, **facts))
    say("")
    say(labels.sentence("demo.people", password=opened.password))
    for address, role in opened.people[:_SHOWN]:
        say(f"  {address:38} {role}")
    say(labels.sentence("demo.more", count=len(opened.people) - _SHOWN))


def _stay(servers: list[subprocess.Popen[bytes]]) -> int:
    try:
        while all(server.poll() is None for server in servers):
            pause(0.3)
    except KeyboardInterrupt:
        return 0
    return 1
