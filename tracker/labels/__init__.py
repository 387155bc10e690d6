"""The office's words for the code's names: Vietnamese first, English second."""

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.errors import TrackerError
from tracker.labels import (
    attaching,
    directory,
    filing,
    finding,
    procedures,
    sharing,
    talking,
)
from tracker.labels.amending import AMENDING
from tracker.labels.confirming import TOLD
from tracker.labels.doubts import DOUBTS
from tracker.labels.files import FILES
from tracker.labels.importing import IMPORTING
from tracker.labels.sentences import SENTENCES
from tracker.labels.words import WORDS, Pair

LOCALES = ("vi", "en")
_AREAS = (filing, sharing, attaching, talking, procedures, finding, directory)
_ALL_WORDS: dict[str, dict[str, Pair]] = dict(WORDS)
_ALL_SENTENCES: dict[str, Pair] = SENTENCES | FILES | DOUBTS | IMPORTING | AMENDING | TOLD
for _area in _AREAS:
    _ALL_WORDS |= _area.WORDS
    _ALL_SENTENCES |= _area.SENTENCES
_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def label(word: StrEnum, locale: str = "vi") -> str:
    """What the screen calls a status, kind, role, rule or other word of the code."""
    return _ALL_WORDS[type(word).__name__][word.value][LOCALES.index(locale)]


def sentence(code: str, locale: str = "vi", **facts: object) -> str:
    """The sentence of a refusal or doubt, its facts filled in."""
    return _ALL_SENTENCES[code][LOCALES.index(locale)].format_map(_Facts(facts, locale))


def sentence_of(error: TrackerError, locale: str = "vi") -> str:
    """What to tell the person whom the error stopped."""
    return sentence(error.code, locale, **error.facts)


class _Facts(dict[str, object]):
    def __init__(self, facts: dict[str, object], locale: str) -> None:
        super().__init__({name: _said(fact, locale) for name, fact in facts.items()})

    def __missing__(self, name: str) -> str:
        return "…"


def _said(fact: object, locale: str) -> object:
    if isinstance(fact, StrEnum):
        return label(fact, locale)
    return day(fact, locale) if isinstance(fact, date) else fact


def day(when: date | None, locale: str = "vi") -> str:
    """A date as the decree on document form writes it: 05/3/2026, 05/02/2026, 15/10/2026.

    Days below 10 and months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP).
    """
    if when is None:
        return ""
    if locale == "en":
        return f"{when.day} {when:%b %Y}"
    month = f"{when.month:02}" if when.month < 3 else str(when.month)
    return f"{when.day:02}/{month}/{when.year}"


def weekday(when: date, locale: str = "vi") -> str:
    """The name of the day of the week."""
    return _WEEKDAYS[locale][when.weekday()]


def moment(at: datetime | None, zone: ZoneInfo, locale: str = "vi") -> str:
    """An instant in the office's zone, hour first: 07:30 26/02/2026."""
    if at is None:
        return ""
    local = at.astimezone(zone)
    return f"{local:%H:%M} {day(local.date(), locale)}"
