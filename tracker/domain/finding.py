"""How tasks are found by words: what is stored of a text, and what a list may be asked to show."""

import enum
import re
import unicodedata

from tracker.domain.folding import fold

_WORD = re.compile("[0-9a-z]+")
_LETTERS = re.compile(r"[^\W_]+")
# The tones and letters of Vietnamese as digits behind plain letters, in the manner of VNI typing.
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
# No Vietnamese word begins so: a word without marks is never taken for one that has them.
_EXACT = "zz"
# Beyond this a task would fill the index with what nobody looks for any more.
MOST_WORDS_KEPT = 4000


class Column(enum.StrEnum):
    """What a list of tasks may show of each."""

    REF = "ref"
    TEXT = "text"
    LEAD = "lead"
    SUPPORTS = "supports"
    STATUS = "status"
    DUE = "due"
    FIRST_DUE = "first-due"
    MEETING = "meeting"
    PROGRAMME = "programme"
    PERCENT = "percent"
    UPDATED = "updated"
    RECEIVED = "received"
    DIRECTIVE = "directive"


class Told(enum.StrEnum):
    """What a list that leaves as a file says besides its columns, and where a column is blank."""

    TITLE = "title"
    WORDS = "words"
    TIMELINESS = "timeliness"
    UNIT = "unit"
    MADE = "made"
    KIND = "kind"
    STEP_OF = "step-of"
    PART_OF = "part-of"
    UNITS_DONE = "units-done"
    MANY_UNITS = "many-units"
    NO_UNIT = "no-unit"
    NO_DEADLINE = "no-deadline"
    NO_DAY = "no-day"
    NOT_RECEIVED = "not-received"


class BulkAct(enum.StrEnum):
    """What may be done to many tasks at once."""

    RECEIVE = "receive"
    START = "start"
    CONFIRM = "confirm"
    URGE = "urge"
    ASSIGN = "assign"
    DEADLINE = "deadline"
    PAUSE = "pause"
    RESUME = "resume"
    WITHDRAW = "withdraw"


USUAL = (
    Column.REF,
    Column.TEXT,
    Column.LEAD,
    Column.SUPPORTS,
    Column.STATUS,
    Column.DUE,
    Column.MEETING,
)


def search_words(text: str) -> list[str]:
    """The words that search compares: no tones, no marks, letters and digits alone."""
    return _WORD.findall(fold(text))


def plain_words(text: str) -> str:
    """A text as its words without marks, in their order: how two wordings are compared."""
    return " ".join(search_words(text))


def exact_words(text: str) -> list[str]:
    """The words that carry marks, each as plain letters and digits that no other word shares.

    Where the tone stands does not matter (hoà is hòa, uỷ is ủy), nor does how it was typed.
    """
    said = unicodedata.normalize("NFC", text).lower()
    spelt = (_spelt(word) for word in _LETTERS.findall(said))
    return [word for word in spelt if word]


def _spelt(word: str) -> str:
    marks = unicodedata.normalize("NFD", word).replace("đ", "d9")
    tones = "".join(_TONES[mark] for mark in marks if mark in _TONES)
    letters = "".join(_SHAPES.get(mark, mark) for mark in marks if mark not in _TONES)
    plain = "".join(_WORD.findall(letters))
    is_marked = tones or letters != word
    return f"{_EXACT}{plain}{tones}" if plain and is_marked else ""


def searchable(text: str, ref: str | None = None) -> str:
    """A task's words as search stores them, so that every database splits them alike.

    First each word without its marks, then those that have marks exactly as they are written.
    """
    words = search_words(f"{ref or ''} {text}") + exact_words(text)
    return " ".join(list(dict.fromkeys(words))[:MOST_WORDS_KEPT])
