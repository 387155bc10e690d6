"""export: the list of tasks as a file, for whoever sits at the server."""

from pathlib import Path

import click

from tracker.cli.speaking import wired
from tracker.db import reading
from tracker.domain.finding import USUAL, Told
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.task import Status, Timeliness
from tracker.errors import Refused
from tracker.exports.tasks import FORMATS, MOST_ROWS, Manner, sheet_of
from tracker.labels import LOCALES, label, moment
from tracker.queries.tasks import days, numbers_of, whole_lines_of
from tracker.queries.wanted import Wanted

# Whoever has the server has everything in it.
_SERVER = Reader(person_id=0, name="", email="", roles=frozenset({Role.ADMINISTRATOR}))


@click.group()
def export() -> None:
    """Xuất danh sách ra tệp · lists as files."""


@export.command("tasks")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="xlsx")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Ghi ra tệp · file")
@click.option("--status", type=click.Choice([word.value for word in Status]))
@click.option("--timeliness", type=click.Choice([word.value for word in Timeliness]))
@click.option("--search", default="", help="Từ cần tìm · words to find")
def export_tasks(
    form: str, out: Path, status: str | None, timeliness: str | None, search: str
) -> None:
    """Nhiệm vụ, mỗi việc một dòng, kể cả việc con · tasks, one row each, shares as well."""
    made = wired()
    at, manner = made.clock.now(), Manner(LOCALES[0], made.clock.zone)
    wanted = Wanted(
        status=Status(status) if status else None,
        timeliness=Timeliness(timeliness) if timeliness else None,
        words=search,
        children=True,
    )
    with reading(made.engine) as session:
        office = days(session, at.astimezone(manner.zone).date())
        numbers = numbers_of(session, _SERVER, wanted, office, most=MOST_ROWS + 1)
        if len(numbers) > MOST_ROWS:
            raise Refused("export.too-many", most=MOST_ROWS)
        title = f"{label(Told.TITLE, LOCALES[0])} ({len(numbers)}); {label(Told.MADE, LOCALES[0])}"
        lines = whole_lines_of(session, numbers, office)
        sheet = sheet_of(lines, USUAL, f"{title} {moment(at, manner.zone, LOCALES[0])}", manner)
    out.write_bytes(FORMATS[form].written(sheet))
    click.echo(f"{len(numbers)}\t{out}")
