"""The daily reminder run on the filled database, beside the least that could do the same.

`python -m bench.remind ours|floor` is one run in a process of its own; it prints JSON.
"""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, time
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP
from statistics import median
from typing import Self

from jinja2 import Environment

from bench.client import HOST
from bench.instance import CLOCK, Instance
from tracker import clock
from tracker.clock import stopwatch
from tracker.domain.working_days import published
from tracker.mail import Mailer
from tracker.reminders.run import run_once
from tracker.settings import load_settings
from tracker.wiring import wire

DATABASE, SINK = "BENCH_DATABASE", "BENCH_SINK"
LINES = 20
TEXT = """Kính gửi: {{ name }}
{{ total }} nhiệm vụ quá hạn
{% for line in lines %}
{{ loop.index }}. [{{ line.ref }}] {{ line.text }}
   Hạn {{ line.due_on }} https://example.test/tasks/{{ line.id }}
{% endfor %}"""
HTML = """<!doctype html><p>Kính gửi: {{ name }}<p>{{ total }} nhiệm vụ quá hạn<table>
{% for line in lines %}<tr><td>{{ line.ref }}<td><a href="https://example.test/tasks/{{ line.id }}">
{{ line.text }}</a><td>{{ line.due_on }}{% endfor %}</table>"""
LATE = """SELECT task.id, ref, text, due_on, lead_id, name, email FROM task
JOIN unit ON unit.id = lead_id WHERE is_closed = 0 AND due_on < ? ORDER BY lead_id, due_on"""


class Timed:
    """The real mailer with a stopwatch: how long the sending took, from first to last."""

    def __init__(self, mailer: Mailer) -> None:
        self._mailer = mailer
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self._began = stopwatch()
        self._mailer.__enter__()
        return self

    def __exit__(self, *how: object) -> None:
        self._mailer.__exit__(*how)
        self.seconds = stopwatch() - self._began

    def send(self, letter: EmailMessage) -> None:
        """Hand the letter on."""
        self._mailer.send(letter)


def moment() -> datetime:
    """Eight o'clock of a working day, when mail may leave."""
    day = published().add(published().before(clock.today(CLOCK)), 1)
    return datetime.combine(day, time(8), tzinfo=CLOCK.zone)


def ours() -> dict[str, float]:
    """`tracker remind` at that moment."""
    wiring = wire(load_settings()).at(moment())
    timed = Timed(wiring.mailer)
    report = run_once(replace(wiring, mailer=timed))
    return {"mails": report.sent, "failed": report.failed, "sending": timed.seconds}


def floor() -> dict[str, float]:
    """sqlite3, Jinja, one SMTP connection, a row of a ledger for each mail, and nothing else."""
    with closing(sqlite3.connect(os.environ[DATABASE], isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("CREATE TABLE bench_ledger (unit INTEGER, at TEXT)")
        units: dict[int, list[sqlite3.Row]] = {}
        for row in connection.execute(LATE, (str(clock.today(CLOCK)),)):
            units.setdefault(row["lead_id"], []).append(row)
        began = stopwatch()
        _send_all(connection, units)
        return {"mails": len(units), "failed": 0, "sending": stopwatch() - began}


def _send_all(connection: sqlite3.Connection, units: dict[int, list[sqlite3.Row]]) -> None:
    pages = Environment(autoescape=True)
    text, html = pages.from_string(TEXT), pages.from_string(HTML)
    with SMTP(HOST, int(os.environ[SINK])) as server:
        for unit, rows in units.items():
            facts = {"name": rows[0]["name"], "total": len(rows), "lines": rows[:LINES]}
            letter = EmailMessage()
            letter["From"], letter["To"] = "office@sample.test", rows[0]["email"]
            letter["Subject"] = f"{len(rows)} nhiệm vụ quá hạn"
            letter.set_content(text.render(facts))
            letter.add_alternative(html.render(facts), subtype="html")
            server.send_message(letter)
            connection.execute("INSERT INTO bench_ledger VALUES (?, datetime())", (unit,))


def run(what: Callable[[], dict[str, float]]) -> dict[str, float]:
    """One run with its wall and processor seconds and its largest memory."""
    began = stopwatch()
    said = what()
    used = resource.getrusage(resource.RUSAGE_SELF)
    # Not ru_maxrss: a new process inherits it from the one that started it.
    # RssAnon is what the process would give back: without the mapped pages of the database.
    words = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return said | {
        "wall": stopwatch() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "megabytes": int(words["VmHWM"].split()[0]) / 1024,
        "own_megabytes": int(words["RssAnon"].split()[0]) / 1024,
    }


@contextmanager
def _sink() -> Iterator[str]:
    words = (sys.executable, "-m", "bench.sink")
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sink:
        assert sink.stdout is not None
        yield sink.stdout.readline().strip()
        sink.communicate()


def _apart(who: str, instance: Instance, port: str) -> dict[str, float]:
    database = instance.folder / f"{who}.sqlite3"
    shutil.copy(instance.copy, database)
    settings = instance.settings() | {
        "TRACKER_DATABASE_URL": f"sqlite:///{database}",
        "TRACKER_SMTP_URL": f"smtp://{HOST}:{port}",
        DATABASE: str(database),
        SINK: port,
    }
    words = (sys.executable, "-m", "bench.remind", who)
    done = subprocess.run(
        words, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    for file in instance.folder.glob(f"{who}.sqlite3*"):
        Path(file).unlink()
    if done.returncode:
        raise SystemExit(f"the reminder run failed: {done.stderr.strip()[-800:]}")
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return said


def compare(instance: Instance, rounds: int) -> dict[str, dict[str, float]]:
    """The medians of both, each run on a fresh copy, in turn."""
    with _sink() as port:
        pairs = [{who: _apart(who, instance, port) for who in RUNS} for _ in range(rounds)]
    return {
        who: {name: round(median(pair[who][name] for pair in pairs), 3) for name in pairs[0][who]}
        for who in RUNS
    }


RUNS = {"ours": ours, "floor": floor}

if __name__ == "__main__":
    print(json.dumps(run(RUNS[sys.argv[1]])))
