"""How much of a test document was read: what was found, what was missed, what was made up."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from rapidfuzz import fuzz

from tests.importer.corpus.notation import ExpectedItem, ExpectedMeeting, Paper
from tests.importer.corpus.rendering import Rendering
from tracker.domain.folding import fold
from tracker.domain.working_days import published
from tracker.errors import Unreadable
from tracker.importer.meaning.reading import Reading, ReadItem, ReadMeeting, ReadUnit
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme

W = TypeVar("W")
G = TypeVar("G")

# A text is the same when recognition and hyphens change no more than this many in a hundred.
SAME_TEXT = 90
MEASURES = (
    "items",
    "texts",
    "leads",
    "supports",
    "dates",
    "meetings",
    "details",
    "facts",
    "doubts",
)


@dataclass
class Count:
    """Of one measure: found and right, expected and missed, read and wrong."""

    right: int = 0
    missed: int = 0
    extra: int = 0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.missed + other.missed, self.extra + other.extra)


@dataclass
class Score:
    """The counts of one document or of many, and a sentence for each difference."""

    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in MEASURES})
    misses: list[str] = field(default_factory=list)

    def compare(self, measure: str, wanted: str | None, got: str, about: str = "") -> None:
        """Count one fact; "" is no fact, and a wanted fact of None is open."""
        if wanted is None:
            return
        count = self.counts[measure]
        if wanted == got:
            count.right += bool(wanted)
            return
        count.missed += bool(wanted)
        count.extra += bool(got)
        self.misses.append(f"{measure}: {about} — wanted {wanted or '∅'}, read {got or '∅'}")

    def compare_sets(
        self, measure: str, wanted: Iterable[str], got: Iterable[str], about: str
    ) -> None:
        wanted, got = set(wanted), set(got)
        for name in sorted(wanted & got):
            self.compare(measure, name, name, about)
        for name in sorted(wanted - got):
            self.compare(measure, name, "", about)
        for name in sorted(got - wanted):
            self.compare(measure, "", name, about)


def total(scores: Iterable[Score]) -> Score:
    whole = Score()
    for score in scores:
        for name, count in score.counts.items():
            whole.counts[name] += count
    return whole


def score_of(rendering: Rendering) -> Score:
    """Read a test document as any other file and compare what was understood."""
    try:
        reading = read_programme(
            rendering.file_name,
            rendering.data(),
            units=published_units(),
            working_days=published(),
        )
    except Unreadable as refusal:
        return nothing_read(rendering.paper, refusal.code)
    return compared(rendering.paper, reading)


def nothing_read(paper: Paper, why: str) -> Score:
    """The score of a document that was refused."""
    score = Score(misses=[f"items: refused — {why}"])
    for wanted in paper.items:
        score.counts["items"].missed += not wanted.maybe
        _facts_of_missing(score, wanted)
    score.counts["meetings"].missed += len(paper.meetings)
    return score


def compared(paper: Paper, reading: Reading) -> Score:
    score = Score()
    _items(score, paper, reading)
    _meetings(score, paper, reading)
    _facts(score, paper, reading)
    codes = {doubt.code for doubt in reading.warnings}
    for code in paper.doubts:
        score.compare("doubts", code, code if code in codes else "", "the document")
    return score


def _items(score: Score, paper: Paper, reading: Reading) -> None:
    days = {meeting.ref: _day(meeting.held_on) for meeting in reading.meetings}
    pairs, unread, unexpected = _paired(paper.items, reading.items, _same_item)
    for wanted, got in pairs:
        score.compare("items", "item", "item")
        _item(score, wanted, got, days)
    for wanted in unread:
        if not wanted.maybe:
            score.compare("items", "item", "", _short(wanted.text))
            _facts_of_missing(score, wanted)
    for got in [] if paper.facts.get("extra-items") == "open" else unexpected:
        score.compare("items", "", f"an item {got.ref}", _short(got.text))
        score.counts["leads"].extra += got.lead is not None
        score.counts["supports"].extra += len(got.support)
        score.counts["dates"].extra += got.due_on is not None


def _item(score: Score, wanted: ExpectedItem, got: ReadItem, days: dict[str, str]) -> None:
    about = _short(wanted.text)
    score.compare("texts", *_texts(wanted, got), about)
    score.compare("leads", _wanted(wanted.lead), _named(got.lead), about)
    if wanted.support is not None:
        names = [_wanted(name) or "" for name in wanted.support]
        score.compare_sets("supports", names, map(_named, got.support), about)
    score.compare("dates", *_due(wanted, got), about)
    score.compare("details", wanted.kind, got.kind.value, about)
    score.compare("details", wanted.at, days.get(got.meeting or "", ""), about)
    _doubts(score, wanted, got)


def _doubts(score: Score, wanted: ExpectedItem, got: ReadItem) -> None:
    """The doubts that must be raised; and of an item that is clear, no question at all."""
    about = _short(wanted.text)
    said = {doubt.code for doubt in got.doubts}
    for code in wanted.doubts:
        score.compare("doubts", code, code if code in said else "", about)
    if wanted.lead and wanted.lead.startswith("?") and not wanted.doubts:
        asked = any(code.startswith("unit-") for code in said)
        score.compare("doubts", "unit-…", "unit-…" if asked else "", about)
    if wanted.is_clear:
        for doubt in filter(lambda doubt: doubt.is_question, got.doubts):
            score.compare("doubts", "", doubt.code, about)


def _texts(wanted: ExpectedItem, got: ReadItem) -> tuple[str, str]:
    """The expected text and the read one; with the owner's words it is right as well."""
    writings = [_plain(text).rstrip(" .;") for text in (wanted.text, wanted.printed)]
    text = _plain(got.text).rstrip(" .;")
    if wanted.longer and text.startswith(writings[0]):
        return text, text
    scanned = got.confidence is not None
    same = [one for one in writings if one == text or (scanned and fuzz.ratio(one, text) >= 98)]
    return (text, text) if same else (writings[0], text)


def _facts_of_missing(score: Score, wanted: ExpectedItem) -> None:
    score.counts["leads"].missed += bool(wanted.lead)
    score.counts["supports"].missed += len(wanted.support or ())
    score.counts["dates"].missed += bool(wanted.due_on)


def _due(wanted: ExpectedItem, got: ReadItem) -> tuple[str | None, str]:
    """The two days to compare, with "inferred" or "written" where the field decides that."""
    day = _day(got.due_on)
    if not wanted.due_on or wanted.inferred is None or not day:
        return wanted.due_on, day
    return (
        f"{wanted.due_on} {_manner(inferred=wanted.inferred)}",
        f"{day} {_manner(inferred=got.due_inferred)}",
    )


def _manner(*, inferred: bool) -> str:
    return "inferred" if inferred else "written"


def _meetings(score: Score, paper: Paper, reading: Reading) -> None:
    pairs, unread, unexpected = _paired(paper.meetings, reading.meetings, _same_meeting)
    for wanted, got in pairs:
        about = _short(wanted.title)
        when = f"{wanted.held_on} {_or_nothing(wanted.time, got.time)}".strip()
        score.compare("meetings", when, f"{_day(got.held_on)} {got.time or ''}".strip(), about)
        score.compare("details", _wanted(wanted.place), _plain(got.place or ""), about)
        score.compare("details", _wanted(wanted.chair), _plain(got.chair or ""), about)
    for wanted in unread:
        if not wanted.maybe:
            score.compare("meetings", "a meeting", "", _short(wanted.title))
    for got in unexpected:
        score.compare("meetings", "", f"a meeting {got.ref}", _short(got.title))


def _or_nothing(wanted: str | None, got: str | None) -> str:
    return (got or "") if wanted is None else wanted


def _facts(score: Score, paper: Paper, reading: Reading) -> None:
    programme = reading.programme
    period = programme.period
    read = {
        "issuer": _plain(programme.issuer or ""),
        "number": programme.number or "",
        "symbol": programme.symbol or "",
        "place": _plain(programme.place or ""),
        "issued_on": _day(programme.issued_on),
        "signer": _plain(programme.signer or ""),
        "period": f"{period.kind} {period.year} {period.number or ''}".strip() if period else "",
        "recipients": str(len(programme.recipients)),
    }
    for name, got in read.items():
        score.compare("facts", _wanted_fact(paper, name, got), got, name)


def _wanted_fact(paper: Paper, name: str, got: str) -> str | None:
    """The fact as it must be read; where several writings are right, the one that was read."""
    if name not in paper.facts:
        return None
    writings = [writing.strip() for writing in paper.facts[name].split(" | ")]
    if name in {"issuer", "place", "signer"}:
        writings = [_plain(writing) for writing in writings]
    return (
        "" if writings == ["none"] else next((one for one in writings if one == got), writings[0])
    )


def _paired(
    wanted: Iterable[W], got: Iterable[G], same: Callable[[W, G], bool]
) -> tuple[list[tuple[W, G]], list[W], list[G]]:
    """Each wanted one with the first read one that is the same, and the rests of both."""
    left = list(got)
    pairs, unread = [], []
    for one in wanted:
        found = next((other for other in left if same(one, other)), None)
        if found is None:
            unread.append(one)
        else:
            left.remove(found)
            pairs.append((one, found))
    return pairs, unread, left


def _same_item(wanted: ExpectedItem, got: ReadItem) -> bool:
    texts = {fold(wanted.text), fold(wanted.printed)}
    if wanted.longer and fold(got.text).startswith(fold(wanted.text).rstrip(".")):
        return True
    return any(fuzz.ratio(text, fold(got.text)) >= SAME_TEXT for text in texts)


def _same_meeting(wanted: ExpectedMeeting, got: ReadMeeting) -> bool:
    return fuzz.partial_ratio(fold(wanted.title), fold(got.title)) >= SAME_TEXT


def _named(unit: ReadUnit | None) -> str:
    """A known unit by its canonical name, an unknown one as "?" and its words."""
    if unit is None:
        return ""
    return _plain(unit.unit) if unit.unit else f"?{_plain(unit.text)}"


def _wanted(name: str | None) -> str | None:
    return None if name is None else _plain(name)


def _plain(text: str) -> str:
    """The words with their tones, without capitals, as names are compared."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
