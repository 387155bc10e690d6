"""tracker doctor: what is wrong with an installation, and the cure of each problem."""

import smtplib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import click

from tracker import db, labels
from tracker.cli.speaking import opened, say_json
from tracker.clock import real_now
from tracker.errors import Refused
from tracker.mail import SmtpAddress
from tracker.queries.jobs import late_jobs
from tracker.reminders.addresses import read_book, without_address
from tracker.settings import is_loopback
from tracker.wiring import Wiring

_PATIENCE = 5


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; its sentence says what to do."""

    code: str
    facts: Mapping[str, Any]

    def as_json(self) -> dict[str, object]:
        """The problem for machines."""
        return {"code": self.code, "message": labels.sentence(self.code, **self.facts)}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In cho máy đọc · for programs")
def doctor(as_json: bool) -> None:
    """Kiểm tra nơi làm việc · examine the installation; exit 1 with problems."""
    problems = list(_examine(opened()))
    if as_json:
        say_json({"problems": [problem.as_json() for problem in problems]})
    for problem in problems if not as_json else ():
        for locale in labels.LOCALES:
            click.echo(f"- {labels.sentence(problem.code, locale, **problem.facts)}")
    if not problems and not as_json:
        click.echo(labels.sentence("doctor.well"))
    sys.exit(1 if problems else 0)


def _examine(made: Wiring) -> Iterator[Problem]:
    yield from _settings(made)
    yield from _mail_server(made)
    if not db.is_reachable(made.engine):
        yield Problem("database.unreachable", {})
    elif not db.is_current(made.engine):
        yield Problem("database.not-current", {})
    else:
        yield from _office(made)


def _settings(made: Wiring) -> Iterator[Problem]:
    try:
        made.settings.refuse_unsafe()
    except Refused as refusal:
        yield Problem(refusal.code, refusal.facts)
    else:
        if is_loopback(urlsplit(made.settings.base_url).hostname):
            yield Problem("doctor.local-links", {"address": made.settings.base_url})


def _mail_server(made: Wiring) -> Iterator[Problem]:
    server = SmtpAddress.parse(made.settings.smtp_url)
    kind = smtplib.SMTP_SSL if server.tls == "smtps" else smtplib.SMTP
    try:
        with kind(server.host, server.port, timeout=_PATIENCE):
            pass
    except (OSError, smtplib.SMTPException) as broken:
        facts = {"server": f"{server.host}:{server.port}", "why": str(broken)}
        yield Problem("doctor.no-mail-server", facts)


def _office(made: Wiring) -> Iterator[Problem]:
    with db.reading(made.engine) as session:
        for job in late_jobs(session, at=real_now()):
            yield Problem("doctor.late-job", {"job": job})
        for unit in without_address(session, read_book(session)):
            yield Problem("doctor.unit-without-address", {"unit": unit})
