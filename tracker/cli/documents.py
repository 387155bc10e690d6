"""parse and import: a document read to the screen, or kept as proposals."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from tracker import labels
from tracker.cli.speaking import DOUBTS_LEFT, readable, say_json, wired
from tracker.db import reading as looking
from tracker.db import transaction
from tracker.domain import Import
from tracker.domain.proposal import Decision, ImportState
from tracker.domain.working_days import WorkingDays, published
from tracker.importer.apart import read_apart
from tracker.importer.blocks import Progress, nobody
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.register import registered_units
from tracker.importer.meaning.units import UnitBook, published_units
from tracker.importer.proposals import apply, review
from tracker.importer.readers.choose import refuse_size
from tracker.queries.calendar import working_days
from tracker.queries.imports import open_proposals, proposals_of

_A_FILE = click.argument("file", type=click.Path(path_type=Path))
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="In cho máy đọc · for programs")


@click.command()
@_A_FILE
@_AS_JSON
def parse(file: Path, as_json: bool) -> None:
    """Đọc một văn bản và in điều hiểu được · read a document, store nothing."""
    _, reading = _read(file, published_units(), published())
    if as_json:
        say_json(reading.as_json())
    else:
        _show(reading)


def _read(file: Path, units: UnitBook, calendar: WorkingDays) -> tuple[bytes, Reading]:
    """The bytes and their reading; one that is too large is refused before it is opened."""
    refuse_size(readable(file).stat().st_size)
    content = file.read_bytes()
    with _counted_pages() as progress:
        read = read_apart(file.name, content, units=units, working_days=calendar, progress=progress)
    return content, read


@contextmanager
def _counted_pages() -> Iterator[Progress]:
    """One line that counts the pages for whoever waits at a terminal, gone at the end."""
    if not sys.stderr.isatty():
        yield nobody
        return
    try:
        yield _say_pages
    finally:
        click.echo("\r\x1b[K", err=True, nl=False)


def _say_pages(done: int, of: int) -> None:
    if of:
        click.echo("\r" + labels.sentence("parse.pages", done=done, of=of), err=True, nl=False)


def _show(reading: Reading) -> None:
    programme = reading.programme
    click.echo(f"{programme.title} — {programme.issuer}")
    for meeting in reading.meetings:
        click.echo(f"  [{meeting.ref}] {meeting.title}: {labels.day(meeting.held_on) or '…'}")
    for item in reading.items:
        lead = item.lead.unit or f"? {item.lead.text}" if item.lead else "—"
        due = labels.day(item.due_on) + ("*" if item.due_inferred else "")
        click.echo(f"  {item.ref:9} {due:12} {lead:32} {item.text[:70]}")
    click.echo(labels.sentence("parse.inferred"))
    for doubt in reading.warnings:
        click.echo(f"  ! {doubt.ref or ''} {doubt.message()}")


@click.command("import")
@_A_FILE
@click.option("--accept", is_flag=True, help="Đưa các mục đã rõ vào · take what has no doubt")
@_AS_JSON
def import_(file: Path, accept: bool, as_json: bool) -> None:
    """Nhập một văn bản chờ rà soát · keep a document as proposals; exit 3 when doubts are left."""
    made = wired()
    at = made.clock.now()
    with looking(made.engine) as session:
        units, calendar = registered_units(session), working_days(session)
    # Nobody else waits for the database while a file is read.
    content, reading = _read(file, units, calendar)
    with transaction(made.engine) as session:
        kept, is_new = review.propose(session, reading, content, by=None, at=at)
        is_open = kept.state is ImportState.OPEN
        accepted = (
            apply.accept(session, kept, only_clear=True, by=None, at=at)
            if accept and is_open
            else 0
        )
        items = proposals_of(session, kept.id)
        doubts = [item.ref for item in open_proposals(session, kept.id) if apply.is_doubtful(item)]
        doubts += _of_the_whole(kept)
    facts = {
        "import": kept.id,
        "new": is_new,
        "items": len(items),
        "waiting": sum(item.decision is Decision.OPEN for item in items),
        "accepted": accepted,
        "dropped": sum(item.decision is Decision.DROPPED for item in items),
        "doubts": doubts,
        "programme": kept.programme_id,
    }
    _report(facts=facts, as_json=as_json)
    if doubts:
        sys.exit(DOUBTS_LEFT)


def _of_the_whole(kept: Import) -> list[str]:
    """Questions that concern no single item: a table that was not read, a period not found."""
    open_ones = kept.warnings if kept.state is ImportState.OPEN else []
    return [doubt["code"] for doubt in open_ones if doubt["question"] and doubt["ref"] is None]


def _report(*, as_json: bool, facts: dict[str, Any]) -> None:
    if as_json:
        say_json(facts)
        return
    changed = facts["new"] or facts["accepted"]
    click.echo(labels.sentence("import.done" if changed else "import.known", **facts))
    if facts["doubts"]:
        click.echo(labels.sentence("import.doubts-left", refs=", ".join(facts["doubts"])))
