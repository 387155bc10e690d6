"""Rounds of load on both servers in turn, and the medians of what came out."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.acts import Act, Side
from bench.server import Server

CONNECTIONS = 8


@dataclass(frozen=True)
class Rounds:
    """How much is measured."""

    count: int = 5
    seconds: float = 3.0
    acts: int = 20_000
    warm: float = 1.0


@dataclass
class Door:
    """One of the two servers with the cookies of those who use it."""

    server: Server
    cookies: dict[str, str]
    used: dict[int, int] = field(default_factory=dict)

    def load(self, side: Side, rounds: Rounds, seconds: float) -> dict[str, float]:
        """One round of one act; an act that changes something never meets the same row again."""
        first = self.used.get(id(side), 0)
        order = side.order(first=first, acts=rounds.acts, seconds=seconds)
        order |= {"port": self.server.port, "cookie": self.cookies[side.who]}
        order |= {"connections": CONNECTIONS}
        before = self.server.cpu_seconds()
        said = _client(order)
        used = self.server.cpu_seconds() - before
        self.used[id(side)] = first + int(said["acts"]) + CONNECTIONS if side.form else 0
        return said | {"cpu_ms": round(used * 1000 / said["acts"], 3)}


def _client(order: dict[str, Any]) -> dict[str, float]:
    words = (sys.executable, "-m", "bench.client")
    done = subprocess.run(
        words, input=json.dumps(order), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"the load client failed: {done.stderr.strip()[-500:]}")
    said: dict[str, float] = json.loads(done.stdout)
    return said


@dataclass(frozen=True)
class Line:
    """What one act cost on both servers; the ratios are medians of the rounds' own ratios."""

    name: str
    ours: dict[str, float]
    bare: dict[str, float]
    ratio: float
    goal: float


def measure(act: Act, ours: Door, bare: Door, rounds: Rounds) -> Line:
    """Both servers in turn, so that a slow minute of the machine slows both."""
    for door, side in ((ours, act.ours), (bare, act.bare)):
        door.load(side, rounds, rounds.warm)
    pairs = [
        (ours.load(act.ours, rounds, rounds.seconds), bare.load(act.bare, rounds, rounds.seconds))
        for _ in range(rounds.count)
    ]
    ratios = [mine["per_second"] / theirs["per_second"] for mine, theirs in pairs]
    mine, theirs = (_medians([pair[n] for pair in pairs]) for n in (0, 1))
    return Line(act.name, mine, theirs, round(median(ratios), 3), act.goal)


def _medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    said = {name: round(median(one[name] for one in rounds), 2) for name in rounds[0]}
    return said | {"errors": sum(one["errors"] for one in rounds)}
