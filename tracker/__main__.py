"""`python3 -m tracker` with nothing but Python: makes `.venv` when it is missing, goes on in it.

Only the standard library is imported before that, in words that an older Python still reads.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHECKOUT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"
UNFINISHED = "unfinished"

# Offices install from mirrors and through proxies that pip already knows: uv is told the same.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}
# Like pip, uv trusts the system's certificates and looks through every index: hashes make it safe.
UV_HABITS = {
    "UV_SYSTEM_CERTS": "1",
    "UV_INDEX_STRATEGY": "unsafe-best-match",
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_COMPILE_BYTECODE": "1",
}


class Environment:
    """The folder `.venv` beside the locks, with a stamp that tells which lock it was made from."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout
        self.folder = checkout / ".venv"
        self.programs = self.folder / ("Scripts" if WINDOWS else "bin")
        self.python = self.programs / ("python.exe" if WINDOWS else "python")
        self.stamp = self.folder / "tracker.stamp"

    def lock_for(self, command: str) -> Path:
        """The lock to follow; an environment made for the tests is never reduced again."""
        tests = command == "test" or any(self.programs.glob("pytest*"))
        return self.checkout / ("requirements-dev.lock" if tests else "requirements.lock")

    def packages(self) -> list[str]:
        """Where this environment keeps its packages; empty while there are none."""
        places = "Lib/site-packages" if WINDOWS else "lib/python*/site-packages"
        return [str(place) for place in self.folder.glob(places)]

    def is_ready(self, lock: Path) -> bool:
        """Whether the lock is installed; one made by hand has no stamp and is trusted."""
        if self.stamp.is_file():
            return self.said() == self.mark(lock) and self.python.exists()
        return self.python.exists() and holds(lock, self.packages())

    def is_sound(self) -> bool:
        """Whether it can be renewed; half made, moved, or with another Python, it cannot."""
        return self.python.exists() and self.said().startswith(self.origin())

    def origin(self) -> str:
        """What it was built upon: its own place, and a Python that the system may exchange."""
        return f"{self.folder}\n{self.python.resolve()}\n"

    def mark(self, lock: Path) -> str:
        """What the stamp says when this lock is installed, whole."""
        return self.origin() + hashlib.sha256(lock.read_bytes()).hexdigest()

    def said(self) -> str:
        """What the stamp says."""
        return self.stamp.read_text(encoding="utf-8") if self.stamp.is_file() else ""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One start at a time: a lock of SQLite works on every system and dies with its process."""
        file = self.checkout / ".venv.lock"
        with closing(sqlite3.connect(file, timeout=900, isolation_level=None)) as gate:
            gate.execute("BEGIN EXCLUSIVE")
            yield

    def make_ready(self, lock: Path) -> None:
        """Make or renew it, unless another start has just done so."""
        with self.turn():
            if not self.is_ready(lock):
                # To stderr: what a command prints may be read by another program.
                print("Đang chuẩn bị .venv · Setting up .venv …", file=sys.stderr, flush=True)
                self.make()
                self.install(lock)

    def make(self) -> None:
        """An empty environment in place of one that is missing or broken."""
        if not self.is_sound():
            refuse_unfit_python()
            ask(sys.executable, "-m", "venv", "--clear", str(self.folder))

    def install(self, lock: Path) -> None:
        """Exactly the lock's packages, each checked against its hash."""
        pip = (str(self.python), "-m", "pip")
        uv = (str(self.programs / "uv"), "pip", "sync", "--python", str(self.python))
        self.stamp.write_text(UNFINISHED, encoding="utf-8")
        tools = str(self.checkout / "requirements-uv.lock")
        ask(*pip, "install", "--retries=1", "--require-hashes", "--requirement", tools)
        settings = UV_HABITS | handed_on(ask(*pip, "config", "list")) | os.environ
        ask(*uv, "--require-hashes", str(lock), settings=settings)
        self.connect()
        self.stamp.write_text(self.mark(lock), encoding="utf-8")

    def connect(self) -> None:
        """Let `.venv/bin/tracker` start this checkout from any folder."""
        for place in self.packages():
            Path(place, "tracker.pth").write_text(f"{self.checkout}\n", encoding="utf-8")
        if WINDOWS:
            script, words = "tracker.cmd", f'@"{self.python}" -m tracker %*\n'
        else:
            script = "tracker"
            words = f'#!/bin/sh\nexec {shlex.quote(str(self.python))} -m tracker "$@"\n'
        (self.programs / script).write_text(words, encoding="utf-8")
        (self.programs / script).chmod(0o755)


def holds(lock: Path, places: Iterable[str]) -> bool:
    """Whether each package that the lock wants everywhere is there, and whole."""
    wanted = re.findall(r"^([\w.-]+)==\S+ \\$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    # Installers write the file INSTALLER last: a package that was cut short has none.
    installed = importlib.metadata.distributions(path=list(places))
    names = {plain(one.metadata["Name"]) for one in installed if one.read_text("INSTALLER")}
    return names.issuperset(map(plain, wanted))


def plain(name: str) -> str:
    """A package's name as every index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def handed_on(pip_config: str) -> dict[str, str]:
    """The variables that tell uv what `pip config list` says; the later section wins, as in pip."""
    found = re.findall(r"^(global|install|:env:)\.([\w-]+)=(.+)$", pip_config, re.MULTILINE)
    found.sort(key=lambda row: ("global", "install", ":env:").index(row[0]))
    return {
        UV_NAMES[key]: ("," if key == "find-links" else " ").join(ast.literal_eval(value).split())
        for _, key, value in found
        if key in UV_NAMES
    }


def refuse_unfit_python() -> None:
    """One sentence when this Python cannot make an environment."""
    if importlib.util.find_spec("ensurepip") is None:
        raise SystemExit(
            "Python thiếu venv, hãy cài gói python3-venv"
            " · Python lacks venv: install the package python3-venv (apt install python3-venv)"
        )


def ask(*words: str, settings: dict[str, str] | None = None) -> str:
    """A tool's answer; when it fails, one sentence with the last thing that it said."""
    done = subprocess.run(
        words, env=settings, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout or "?").strip().splitlines()
        raise SystemExit(
            "Không cài được các gói: hãy kiểm tra mạng, proxy, máy chủ gói của pip"
            " · Cannot install the packages: check the network, the proxy, pip's index"
            f" ({said[-1].strip()})"
        )
    return done.stdout


def become(*words: str) -> NoReturn:
    """Go on as another program; Windows has no such thing, so there it is waited for."""
    if WINDOWS:
        sys.exit(subprocess.call(words))
    os.execv(words[0], words)  # noqa: S606 - no shell is wanted


def main() -> None:
    """Go on in an environment that has what the command needs."""
    command = "".join(sys.argv[1:2])
    if (CHECKOUT / "requirements.lock").is_file():
        enter(Environment(CHECKOUT), command)
    elif command == "test":
        raise SystemExit("Chỉ chạy kiểm thử từ mã nguồn · The tests need a checkout")
    if command == "test":
        os.chdir(CHECKOUT)
        become(sys.executable, "-m", "pytest", *sys.argv[2:])
    from tracker.cli import main as command_line  # noqa: PLC0415 - it needs the environment

    command_line()


def enter(environment: Environment, command: str) -> None:
    """Be inside an environment that is ready: this one, the user's own, or `.venv`."""
    lock = environment.lock_for(command)
    if Path(sys.executable).parent == environment.programs:
        inside = environment.is_ready(lock)
    else:
        inside = sys.prefix != sys.base_prefix and holds(lock, sys.path)
    if not inside:
        if not environment.is_ready(lock):
            environment.make_ready(lock)
        become(str(environment.python), "-m", "tracker", *sys.argv[1:])


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - older ones do come here
        raise SystemExit("Cần Python 3.11 trở lên · Python 3.11 or newer is needed")
    main()
