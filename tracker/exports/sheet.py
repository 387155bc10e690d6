"""A sheet: rows under headings, before it is known in which format it leaves."""

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | date | datetime | None
# What a spreadsheet would take for a formula when a cell begins with it.
_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Heading:
    """The head of a column, and how many letters wide it stands."""

    name: str
    width: int


@dataclass(frozen=True)
class Sheet:
    """What is written into the file; `title` says what it is and how it was chosen."""

    title: str
    headings: list[Heading]
    rows: list[list[Cell]]


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might compute these words instead of showing them."""
    return text.startswith(_STARTS)
