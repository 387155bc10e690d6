"""The command line: each command reads its words, asks the house, prints the answer."""

import click

from tracker import __version__
from tracker.cli import directory, doctor, documents, exporting, installing, running
from tracker.cli.speaking import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tracker")
def main() -> None:
    """Đôn đốc: nhiệm vụ của chương trình công tác và thời hạn · tasks of the work programme."""


for command in (
    running.demo,
    documents.parse,
    documents.import_,
    running.remind,
    running.serve,
    running.worker,
    installing.init,
    installing.upgrade,
    doctor.doctor,
    installing.sample,
    directory.user,
    directory.unit,
    directory.calendar,
    exporting.export,
):
    main.add_command(command)
