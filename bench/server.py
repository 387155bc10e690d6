"""A server under measurement: Granian with two workers, and what the kernel says of it."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.client import HOST

WORKERS = 2
THREADS = 8
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 30.0


@dataclass(frozen=True)
class Server:
    """A running server and the port it listens on."""

    process: "subprocess.Popen[bytes]"
    port: int

    def processes(self) -> list[int]:
        """The server's own process and its workers."""
        return [self.process.pid, *_children(self.process.pid)]

    def cpu_seconds(self) -> float:
        """The processor time that it has used so far."""
        return sum(_cpu_ticks(pid) for pid in self.processes()) / _TICKS

    def megabytes(self) -> dict[str, float]:
        """Memory of the workers: resident, proportional, and what is theirs alone.

        Resident counts each page of the mapped database once for every worker; the kernel
        holds it once and may drop it.
        """
        workers = _children(self.process.pid)
        return {
            name.lower(): round(sum(_kilobytes(pid, name) for pid in workers) / 1024, 1)
            for name in ("Rss", "Pss", "Pss_Anon")
        }

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.terminate()
        self.process.wait(timeout=_PATIENCE)


def start(target: str, log: Path, settings: dict[str, str]) -> Server:
    """Start the application that the factory `target` makes; its output goes to `log`."""
    port = free_port()
    words = (
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory",
        "--host", HOST, "--port", str(port), "--workers", str(WORKERS),
        "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning", target,
    )  # fmt: skip
    with log.open("ab") as output:
        process = subprocess.Popen(words, stdout=output, stderr=output, env=os.environ | settings)
    server = Server(process, port)
    _wait(server, log)
    return server


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


def _wait(server: Server, log: Path) -> None:
    until = time.perf_counter() + _PATIENCE
    while time.perf_counter() < until and server.process.poll() is None:
        if _answers(server.port):
            return
        time.sleep(0.1)
    server.process.kill()
    raise SystemExit(f"the server did not start:\n{log.read_text()[-2000:]}")


def _answers(port: int) -> bool:
    line = HTTPConnection(HOST, port, timeout=5)
    try:
        line.request("GET", "/login")
        return line.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        line.close()


def _children(pid: int) -> list[int]:
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in said.split()]


def _cpu_ticks(pid: int) -> int:
    # The name of the program stands in brackets and may hold spaces; figures follow it.
    figures = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(figures[11]) + int(figures[12])


def _kilobytes(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
