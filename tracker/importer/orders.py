"""What is said between the house and the child process that reads, in words of JSON alone."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from tracker.domain.working_days import DayKind
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.units import UnitBook

# Each line of the child begins with what it is.
PAGES, READ, PICTURE, REFUSED, BROKEN = b"pages", b"read", b"picture", b"refused", b"broken"
LOOKED = b"looked"


@dataclass(frozen=True)
class ReadOrder:
    """Read this file, with this directory of units and this calendar."""

    name: str
    units: UnitBook
    days: dict[date, DayKind]


@dataclass(frozen=True)
class PictureOrder:
    """Draw one page of a document that was read before."""

    media_type: str
    page: int


@dataclass(frozen=True)
class LookOrder:
    """Look through a file that somebody attaches to a task."""

    looks_like: str


@dataclass(frozen=True)
class Looked:
    """How many pages can be shown, and whether the words of all were seen."""

    pages: int | None
    read: bool


Order = ReadOrder | PictureOrder | LookOrder


@dataclass(frozen=True)
class Refusal:
    """Why a file cannot be read: a code and its facts."""

    code: str
    facts: dict[str, str | int]


@cache
def orders() -> TypeAdapter[Order]:
    """How an order is written and read."""
    return TypeAdapter(Order)


@cache
def looks() -> TypeAdapter[Looked]:
    """How the answer to a look is written and read."""
    return TypeAdapter(Looked)


@cache
def readings() -> TypeAdapter[Reading]:
    """How a reading is written and read, every value as it was."""
    return TypeAdapter(Reading)


@cache
def refusals() -> TypeAdapter[Refusal]:
    """How a refusal is written and read."""
    return TypeAdapter(Refusal)
