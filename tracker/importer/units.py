"""The office's directory of units, and how a printed name finds its unit."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from tracker import paths
from tracker.domain.folding import fold

_SURE = 90.0
_POSSIBLE = 70.0
_CLOSE = 5.0
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LONGEST_NAME = 200
_LONG_FORMS = (
    (re.compile(r"\buy ban nhan dan\b"), "ubnd"),
    (re.compile(r"\bhoi dong nhan dan\b"), "hdnd"),
    (re.compile(r"\bvan phong\b"), "vp"),
    (re.compile(r"\bban quan ly\b"), "bql"),
)


@dataclass(frozen=True)
class UnitName:
    """A unit's name of today with the short forms and spellings people use for it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormerName:
    """A name that is no longer used; `successor` is None when the work was split up.

    `certain` only when everything went to the successor: otherwise a person is asked.
    """

    name: str
    successor: str | None
    certain: bool


@dataclass(frozen=True)
class Found:
    """What the directory says about a printed name: one unit, or candidates and a reason."""

    unit: str | None
    score: float
    doubt: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.unit is not None and self.score == 1.0


_UNKNOWN = Found(None, 0.0, "unit-unknown")


@dataclass(frozen=True)
class _Spelling:
    written: str
    key: str
    unit: str


@dataclass(frozen=True)
class UnitBook:
    """The directory: asked with a printed name, it answers with a unit or with a doubt."""

    spellings: tuple[_Spelling, ...]
    former: dict[str, FormerName]
    by_key: dict[str, tuple[_Spelling, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[UnitName], *, former: Iterable[FormerName] = ()) -> "UnitBook":
        """The directory of these units and of the names they had before."""
        spellings = [
            _Spelling(written, _key(written), unit.name)
            for unit in units
            for written in (unit.name, *unit.aliases)
        ]
        by_key: dict[str, tuple[_Spelling, ...]] = {}
        for spelling in spellings:
            by_key[spelling.key] = (*by_key.get(spelling.key, ()), spelling)
        return cls(tuple(spellings), {_key(old.name): old for old in former}, by_key)

    def find(self, text: str) -> Found:
        """The unit that a printed name means, never guessed.

        An exact name or alias scores 1; a slip of the pen is accepted only when its accented
        form is near enough to one unit and far from every other.
        """
        key = _key(text)
        if not key or len(text) > _LONGEST_NAME:
            return _UNKNOWN
        named = [one for one in self.by_key.get(key, ()) if _agrees(text, one.written)]
        if named:
            return _one_of(named)
        return self._formerly(key) or self._nearest(text)

    def _formerly(self, key: str) -> Found | None:
        old = self.former.get(key)
        if old is None:
            return None
        successors = (old.successor,) if old.successor else ()
        # An office whose directory lacks the successor must not be given a unit it does not have.
        if old.certain and any(_key(one) in self.by_key for one in successors):
            return Found(old.successor, 1.0)
        return Found(None, 0.0, "unit-ambiguous", successors)

    def _nearest(self, text: str) -> Found:
        ranked = self._ranked(text)
        likely = tuple(unit for unit, score in ranked if score >= _POSSIBLE)
        if not likely:
            return _UNKNOWN
        best, score = ranked[0]
        rivals = [unit for unit, other in ranked[1:] if score - other < _CLOSE]
        if score >= _SURE and not rivals:
            return Found(best, round(min(score, 99.0) / 100, 2))
        doubt = "unit-ambiguous" if rivals else "unit-unknown"
        return Found(None, round(score / 100, 2), doubt, likely[:3])

    def _ranked(self, text: str) -> list[tuple[str, float]]:
        """Units by likeness, the worse of the folded and the accented one.

        Folding hides the tone that tells two wards apart.
        """
        key, accented = _key(text), _accented(text)
        best: dict[str, float] = {}
        for one in self.spellings:
            score = min(
                fuzz.token_sort_ratio(key, one.key),
                fuzz.token_sort_ratio(accented, _accented(one.written)),
            )
            best[one.unit] = max(score, best.get(one.unit, 0.0))
        return sorted(best.items(), key=lambda pair: -pair[1])


def _one_of(named: list[_Spelling]) -> Found:
    units = tuple(dict.fromkeys(one.unit for one in named))
    return Found(units[0], 1.0) if len(units) == 1 else Found(None, 1.0, "unit-ambiguous", units)


def _key(text: str) -> str:
    """A name as the directory files it: "Sở GD & ĐT", "Sở GD-ĐT" and "sở gdđt" are one."""
    folded = re.sub(r"[^a-z0-9]+", " ", fold(text).replace("&", " va "))
    for long, short in _LONG_FORMS:
        folded = long.sub(short, folded)
    words = [word for word in folded.split() if word != "va"]
    return _with_initials_together(words)


def _with_initials_together(words: list[str]) -> str:
    """File "vh tt dl" as "vhttdl": initials have no vowel, so they can be told from words."""
    filed: list[str] = []
    for word in words:
        both = filed and not _VOWELS & {*word} and not _VOWELS & {*filed[-1]}
        filed[-1:] = [filed[-1] + word] if both else [*filed[-1:], word]
    return " ".join(filed)


_VOWELS = set("aeiouy")


def _accented(text: str) -> str:
    """Lower case, each word's tone at its end: hoà and hòa are one, Đông and Đồng are not."""
    return " ".join(_tone_last(word) for word in unicodedata.normalize("NFD", text.lower()).split())


def _tone_last(word: str) -> str:
    return "".join(c for c in word if c not in _TONES) + "".join(c for c in word if c in _TONES)


def _agrees(text: str, name: str) -> bool:
    """A word typed without any mark is forgiven; other marks mean another name.

    Words are paired from the end, where the proper name stands: "Ủy ban nhân dân phường X" and
    "UBND phường X" differ only in their beginning.
    """
    pairs = zip(_words(text), _words(name), strict=False)
    return all(marks in ("", known) for (a, marks), (b, known) in pairs if a == b)


def _words(text: str) -> list[tuple[str, str]]:
    """Folded words and their marks, last word first."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return [(fold(word), _marks(word)) for word in reversed(words) if fold(word) != "va"]


def _marks(word: str) -> str:
    """The marks of a word, sorted so that hoà and hòa have the same."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d\u0335"))
    return "".join(sorted(c for c in decomposed if unicodedata.combining(c)))


@cache
def published_units() -> UnitBook:
    """The shipped directory: units of any province, and the names before the mergers of 2025."""
    with (paths.DATA / "units.csv").open(encoding="utf-8", newline="") as table:
        units = [
            UnitName(row["name"], tuple(filter(None, row["aliases"].split("|"))))
            for row in csv.DictReader(table)
        ]
    return UnitBook.of(units, former=published_former_names())


@cache
def published_former_names() -> tuple[FormerName, ...]:
    """The shipped table of old names and what became of their units."""
    with (paths.DATA / "units-old-to-new.csv").open(encoding="utf-8", newline="") as table:
        return tuple(
            FormerName(row["old name"], row["new name"] or None, row["certain"] == "yes")
            for row in csv.DictReader(table)
        )
