"""The front door of reading: a file in, what was understood out; nothing is stored."""

from pathlib import Path

from tracker.domain.working_days import WorkingDays
from tracker.importer.interpret import interpret
from tracker.importer.readers.choose import SIZE_LIMIT, read_bytes, read_file
from tracker.importer.reading import Reading
from tracker.importer.units import UnitBook


def read_programme(
    name: str, data: bytes, *, units: UnitBook, working_days: WorkingDays, limit: int = SIZE_LIMIT
) -> Reading:
    """Understand a file held in memory; raises Unreadable with a code that says why not."""
    document = read_bytes(name, data, limit=limit)
    return interpret(document, units=units, working_days=working_days)


def read_programme_file(
    path: Path, *, units: UnitBook, working_days: WorkingDays, limit: int = SIZE_LIMIT
) -> Reading:
    """Understand a file on disk; one that is too large is refused before it is opened."""
    document = read_file(path, limit=limit)
    return interpret(document, units=units, working_days=working_days)
