"""What somebody typed into a form or an address, read with a sentence for what cannot be."""

import enum
from datetime import date, time
from typing import TypeVar

from flask import request

from tracker.errors import Refused

W = TypeVar("W", bound=enum.StrEnum)
# The largest number that both databases keep in a column.
LARGEST = 2_147_483_647
LONGEST = 4000
# What an office can mean by a date; the calendar counts far beyond on both sides.
YEARS = range(2000, 2101)


def text(name: str, *, longest: int = LONGEST) -> str:
    """The words of a field without the blanks around them."""
    words = request.form.get(name, "").strip()
    if len(words) > longest:
        raise Refused("form.too-long", longest=longest)
    return words


def whole(name: str, *, most: int = LARGEST) -> int | None:
    """The number in a field; None when it is empty."""
    words = request.form.get(name, "").strip()
    if not words:
        return None
    number = number_in(words)
    if number is None or number > most:
        raise Refused("form.no-number", said=words[:40])
    return number


def numbers(name: str) -> list[int]:
    """The numbers chosen in a list; what is no number is left out."""
    chosen = (number_in(words) for words in request.form.getlist(name))
    return [number for number in chosen if number is not None]


def day(name: str) -> date | None:
    """The date in a field; None when it is empty."""
    return day_in(request.form.get(name, ""))


def day_in(words: str) -> date | None:
    """The date that was written; None for nothing. A year of two digits is a slip, not a year."""
    words = words.strip()
    if not words:
        return None
    try:
        found = date.fromisoformat(words)
    except ValueError as wrong:
        raise Refused("form.no-date", said=words[:40]) from wrong
    if found.year not in YEARS:
        raise Refused("form.year-wrong", said=words[:40], first=YEARS.start, last=YEARS.stop - 1)
    return found


def hour(name: str) -> time | None:
    """The time of day in a field; None when it is empty."""
    words = request.form.get(name, "").strip()
    try:
        return time.fromisoformat(words).replace(tzinfo=None) if words else None
    except ValueError as wrong:
        raise Refused("form.no-time", said=words[:40]) from wrong


def word(name: str, kind: type[W]) -> W:
    """The choice in a field."""
    chosen = word_in(request.form.get(name, ""), kind)
    if chosen is None:
        raise Refused("form.no-choice")
    return chosen


def word_in(words: str, kind: type[W]) -> W | None:
    """The word of the code that was written, or None."""
    return next((member for member in kind if member.value == words), None)


def number_in(words: str) -> int | None:
    """The number that was written, or None: only plain digits, never too large to store."""
    is_number = words.isascii() and words.isdigit() and len(words) <= 10
    return int(words) if is_number and int(words) <= LARGEST else None


def page_number() -> int:
    """Which page the address asks for; the first when it makes no sense."""
    asked = number_in(request.args.get("page", "")) or 1
    return min(asked, 100_000)
