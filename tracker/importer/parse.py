"""The front door of reading: a file in, what was understood out; nothing is stored."""

from pathlib import Path

from tracker.domain.working_days import WorkingDays
from tracker.importer.blocks import Progress, nobody
from tracker.importer.interpret.document import interpret
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.units import UnitBook
from tracker.importer.readers.choose import read_bytes, read_file


def read_programme(
    name: str,
    data: bytes,
    *,
    units: UnitBook,
    working_days: WorkingDays,
    progress: Progress = nobody,
) -> Reading:
    """Understand a file held in memory; raises Unreadable with a code that says why not.

    A stranger's file is read by `apart.read_apart`, which does this in a process of its own.
    """
    document = read_bytes(name, data, progress=progress)
    return interpret(document, units=units, working_days=working_days)


def read_programme_file(path: Path, *, units: UnitBook, working_days: WorkingDays) -> Reading:
    """Understand one of our own files on disk, as the demonstration's."""
    return interpret(read_file(path), units=units, working_days=working_days)
