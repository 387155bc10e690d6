"""The office's directory of units, and how a printed name finds its unit."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from tracker import paths
from tracker.domain.folding import fold

_SURE = 90.0
_POSSIBLE = 70.0
_CLOSE = 5.0
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LONGEST_NAME = 200
_MOST_ANSWERS = 10_000
_COMMUNE = re.compile(r"UBND ((?:xã|phường|đặc khu) .+)")
_ABBREVIATED = re.compile(
    r"(Sở|Phòng|Ban|Trung tâm|Chi cục|Cục|Vụ|Văn phòng|Ban Chỉ huy|Bộ Chỉ huy|Ban Quản lý)"
    r" ([A-ZĐÀ-Ỹ][^()]+)$"
)
# "P." is a ward after UBND and its like, an office elsewhere.
_WARD = re.compile(r"\b(ubnd|ủy ban nhân dân|hđnd|đảng ủy|công an|ca)\s+p\.\s*", re.IGNORECASE)
_OFFICE = re.compile(r"^p\.\s*", re.IGNORECASE)
_CITY = re.compile(r"\btp\.?\s+", re.IGNORECASE)
_LONG_FORMS = (
    (re.compile(r"\buy ban nhan dan\b"), "ubnd"),
    (re.compile(r"\bhoi dong nhan dan\b"), "hdnd"),
    (re.compile(r"\bvan phong\b"), "vp"),
    (re.compile(r"\bban (?:quan ly|ql)\b"), "bql"),
    (re.compile(r"\bchi huy (?:quan su|qs)\b"), "chqs"),
    (re.compile(r"\bbch (?:quan su|qs)\b"), "ban chqs"),
    (re.compile(r"\bkhu cong nghiep\b"), "kcn"),
    (re.compile(r"\bkhu kinh te\b"), "kkt"),
    (re.compile(r"\bdu an\b"), "da"),
    (re.compile(r"\bbao hiem xa hoi\b"), "bhxh"),
    (re.compile(r"\b(?:mat tran to quoc|mttq)(?: viet nam)?\b"), "mttq"),
    (re.compile(r"\buy ban (?=mttq|kiem tra)"), "ub "),
)


@dataclass(frozen=True)
class UnitName:
    """A unit's name of today with the short forms and spellings people use for it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormerName:
    """A name that is no longer used; `successor` is None when the work was split up.

    `certain` only when everything went to the successor: otherwise a person is asked. In a
    paper from before `since` the old name was the right one.
    """

    name: str
    successor: str | None
    certain: bool
    since: date | None = None


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
    accented: str
    unit: str


@dataclass(frozen=True)
class UnitBook:
    """The directory: asked with a printed name, it answers with a unit or with a doubt."""

    spellings: tuple[_Spelling, ...]
    former: dict[str, FormerName]
    by_key: dict[str, tuple[_Spelling, ...]] = field(default_factory=dict)
    # The same few names stand in every item of a programme.
    _answers: dict[str, Found] = field(default_factory=dict, compare=False, repr=False)
    _exact: dict[str, Found | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, units: Iterable[UnitName], *, former: Iterable[FormerName] = ()) -> "UnitBook":
        """The directory of these units and of the names they had before."""
        named = tuple(units)
        spellings = [
            _Spelling(written, _key(written), _accented(written), unit.name)
            for unit in named
            for written in (unit.name, *unit.aliases)
        ]
        by_key: dict[str, tuple[_Spelling, ...]] = {}
        for spelling in spellings:
            by_key[spelling.key] = (*by_key.get(spelling.key, ()), spelling)
        shorter: dict[str, tuple[_Spelling, ...]] = {}
        for short in _short_spellings(named):
            shorter[short.key] = (*shorter.get(short.key, ()), short)
        return cls(tuple(spellings), _by_name(former), {**shorter, **by_key})

    def as_of(self, day: date | None) -> "UnitBook":
        """The directory for a paper of that day: names that were in force then are not replaced."""
        kept = {
            key: replace(old, certain=False) if day and old.since and day < old.since else old
            for key, old in self.former.items()
        }
        return self if kept == self.former else UnitBook(self.spellings, kept, self.by_key)

    def find(self, text: str) -> Found:
        """The unit that a printed name means, never guessed.

        An exact name or alias scores 1; a slip of the pen is accepted only when its accented
        form is near enough to one unit and far from every other.
        """
        if text not in self._answers:
            _make_room(self._answers)
            self._answers[text] = self._find(text)
        return self._answers[text]

    def exactly(self, text: str) -> Found | None:
        """What the directory says of a name that it holds in just these words, if it does."""
        if not text or len(text) > _LONGEST_NAME:
            return None
        if text not in self._exact:
            _make_room(self._exact)
            self._exact[text] = self._exactly(text)
        return self._exact[text]

    def _exactly(self, text: str) -> Found | None:
        for key in _keys(text):
            named = [one for one in self.by_key.get(key, ()) if _agrees(text, one.written)]
            if named:
                return _one_of(named)
        formerly = (self._formerly(key) for key in _keys(text))
        return next((found for found in formerly if found), None)

    def _find(self, text: str) -> Found:
        if not _key(text) or len(text) > _LONGEST_NAME:
            return _UNKNOWN
        return self.exactly(text) or self._nearest(text)

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
        doubt = "unit-ambiguous" if rivals and score >= _SURE else "unit-unknown"
        return Found(None, round(score / 100, 2), doubt, likely[:3])

    def _ranked(self, text: str) -> list[tuple[str, float]]:
        """Units by likeness, the worse of the folded and the accented one.

        Folding hides the tone that tells two wards apart.
        """
        key, accented = _key(text), _accented(text)
        best: dict[str, float] = {}
        for one in self.spellings:
            score = min(
                fuzz.token_sort_ratio(key, one.key), fuzz.token_sort_ratio(accented, one.accented)
            )
            best[one.unit] = max(score, best.get(one.unit, 0.0))
        return sorted(best.items(), key=lambda pair: -pair[1])


def _make_room(answers: dict[str, Any]) -> None:
    if len(answers) >= _MOST_ANSWERS:
        answers.clear()


def _by_name(former: Iterable[FormerName]) -> dict[str, FormerName]:
    """Former names by every key under which papers write them."""
    known = tuple(former)
    shorter = {one.key: old for old in known for one in _short_spellings([UnitName(old.name)])}
    return {**shorter, **{_key(old.name): old for old in known}}


def _short_spellings(units: Iterable[UnitName]) -> Iterator[_Spelling]:
    """Short forms that everybody understands: "Phòng VH-XH", "phường Vũ Ninh" for its UBND."""
    for unit in units:
        for short in _short_forms(unit.name):
            yield _Spelling(short, _key(short), _accented(short), unit.name)


def _short_forms(name: str) -> Iterator[str]:
    commune = _COMMUNE.match(name)
    if commune:
        yield commune[1]
    headed = _ABBREVIATED.match(name)
    words = re.findall(r"[^\W\d_]+", headed[2]) if headed else []
    initials = [_initial(word) for word in words if word.lower() != "và"]
    if headed and len(initials) > 1:
        yield f"{headed[1]} {''.join(initials)}"
        if len(initials) > 2:
            yield "".join(_initial(word) for word in headed[1].split()) + "".join(initials)


def _initial(word: str) -> str:
    """The letter by which a word is abbreviated; đ stays đ, but ủ is written U."""
    first = word[:1].upper()
    return first if first == "Đ" else fold(first).upper()


def _one_of(named: list[_Spelling]) -> Found:
    units = tuple(dict.fromkeys(one.unit for one in named))
    return Found(units[0], 1.0) if len(units) == 1 else Found(None, 1.0, "unit-ambiguous", units)


def _keys(text: str) -> Iterator[str]:
    """A name's key, and those of the readings that its abbreviations allow."""
    plain = _CITY.sub("thành phố ", _WARD.sub(r"\1 phường ", text))
    yield _key(plain)
    if _OFFICE.match(plain):
        yield _key(_OFFICE.sub("phòng ", plain))
        yield _key(_OFFICE.sub("phường ", plain))


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
            FormerName(
                row["old name"],
                row["new name"] or None,
                row["certain"] == "yes",
                date.fromisoformat(row["since"]),
            )
            for row in csv.DictReader(table)
        )
