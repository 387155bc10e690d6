"""A notation for test documents: what is printed, and under it what a careful clerk reads there.

The facts of the document stand first as `name: value`, up to a line `---`. Then, line by line:

    = TITLE            a line of the title, bold and centred
    ! I. Heading       a bold line
    1. Words {owner}   a paragraph; braces hold words that belong to no item's text
    left || right      a row of a block in two columns without rules (letterhead, signatures)
    [table 5 60* 35]   a ruled table: widths in percent, the star marks the column of the texts
    |= TT | Words      a header row; | 1 | Words | a row; "^" is one cell with the cell above,
                       "<" with the cell to the left; "⏎" breaks a line
    [sheet Tên]        the rows below stand on a sheet of this name
    [defaults …]       facts of every item below
    > item …           what the line above is read as; likewise "> meeting …"

An item's facts are joined by "; ": kind=, text=, lead=, support=A | B, due=, at= (the day of its
meeting), doubts=. A unit is given by its canonical name; `?Name` is a unit that the directory
does not know, as written. `due=2026-03-05~` is an inferred day, `!` a written one, without mark
either; `due=none` says that there is no day. `*` leaves a fact open, because the field does; a
missing `due` is open as well. `maybe` marks an item or meeting that may as well be left out,
`longer` an item to whose text the lines below it may belong or not.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent / "papers"
OPEN = "*"
_BRACES = re.compile(r"\s*\{([^{}]*)\}")
_LABEL = re.compile(
    r"^(?:(?:[-–+•]|\d+(?:\.\d+)*[.)-]|\(\d+\)|[IVX]+[.-]|[a-zđA-Z][.)-])\s+"
    r"|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám) là[:,]\s*)"
)


@dataclass(frozen=True)
class ExpectedItem:
    """An item as it must be read; a fact that is None is open, "" must not be there."""

    text: str
    printed: str
    kind: str | None = None
    lead: str | None = ""
    support: tuple[str, ...] | None = ()
    due_on: str | None = None
    inferred: bool | None = None
    at: str | None = None
    doubts: tuple[str, ...] = ()
    maybe: bool = False
    longer: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether nothing is open and nothing unknown, so that nobody need be asked."""
        units = [self.lead or "?", *(self.support or ())]
        known = self.support is not None and not any(unit.startswith("?") for unit in units)
        return known and bool(self.due_on) and not self.doubts


@dataclass(frozen=True)
class ExpectedMeeting:
    """A meeting as it must be read; a fact that is None is open, "" must not be there."""

    title: str
    held_on: str | None
    time: str | None = None
    place: str | None = None
    chair: str | None = None
    maybe: bool = False


@dataclass(frozen=True)
class Line:
    """A printed paragraph; style is "title", "bold" or "plain"."""

    text: str
    style: str = "plain"


@dataclass(frozen=True)
class Columns:
    """A block in two columns without rules: a letterhead, or recipients beside a signature."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A ruled table with its header rows first; "^" and "<" are cells merged with a neighbour."""

    widths: tuple[int, ...]
    header: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """From here on the rows stand on a sheet of this name."""

    name: str


Part = Line | Columns | Grid | Sheet


@dataclass(frozen=True)
class Paper:
    """One test document: its facts, the parts to print, and what must be read."""

    name: str
    facts: dict[str, str]
    parts: tuple[Part, ...]
    items: tuple[ExpectedItem, ...]
    meetings: tuple[ExpectedMeeting, ...]

    @property
    def formats(self) -> list[str]:
        return self.facts["formats"].split()

    @property
    def doubts(self) -> list[str]:
        return self.facts.get("doubts", "").split()


def papers() -> list[Paper]:
    return [read(path) for path in sorted(HERE.glob("*.txt"))]


def read(path: Path) -> Paper:
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    writer = _Reader()
    for line in filter(None, map(str.strip, body.splitlines())):
        writer.take(line)
    writer.close()
    return Paper(path.stem, facts, tuple(writer.parts), tuple(writer.items), tuple(writer.meetings))


@dataclass
class _Reader:
    """Collects the parts of one document line by line."""

    parts: list[Part] = field(default_factory=list)
    items: list[ExpectedItem] = field(default_factory=list)
    meetings: list[ExpectedMeeting] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    columns: list[tuple[str, str]] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    widths: tuple[int, ...] = ()
    header: int = 0
    starred: int = 0
    last: str = ""

    def take(self, line: str) -> None:
        if line.startswith(">"):
            return self._expect(line[1:].strip())
        if line.startswith("[defaults"):
            self.defaults = _pairs(line[len("[defaults") : -1])
            return None
        if " || " in f" {line} ":
            return self._two_columns(line)
        if line.startswith("|"):
            return self._row(line)
        self.close()
        return self._opens(line) if line.startswith("[") else self._line(line)

    def close(self) -> None:
        """Put down the table or the block in columns that has come to its end."""
        if self.rows:
            self.parts.append(Grid(self.widths, self.header, tuple(self.rows)))
        if self.columns:
            left, right = zip(*self.columns, strict=True)
            self.parts.append(Columns(tuple(filter(None, left)), tuple(filter(None, right))))
        self.rows, self.columns = [], []

    def _opens(self, line: str) -> None:
        word, _, rest = line[1:-1].partition(" ")
        if word == "sheet":
            self.parts.append(Sheet(rest))
            return
        marks = rest.split()
        self.widths = tuple(int(mark.rstrip("*")) for mark in marks)
        self.starred = next(at for at, mark in enumerate(marks) if mark.endswith("*"))
        self.header = 0

    def _row(self, line: str) -> None:
        is_header = line.startswith("|=")
        cells = tuple(cell.strip() for cell in line.lstrip("|=").rstrip("|").split("|"))
        assert len(cells) == len(self.widths), line
        self.header += is_header
        self.rows.append(tuple(_printed(cell) for cell in cells))
        self.last = cells[self.starred]

    def _two_columns(self, line: str) -> None:
        if self.rows:
            self.close()
        left, _, right = f" {line} ".partition(" || ")
        self.columns.append((left.strip(), right.strip()))

    def _line(self, line: str) -> None:
        style = {"=": "title", "!": "bold"}.get(line[0], "plain")
        words = line if style == "plain" else line[1:].strip()
        self.parts.append(Line(_printed(words), style))
        self.last = words

    def _expect(self, said: str) -> None:
        word, _, rest = said.partition(" ")
        if word == "meeting":
            self.meetings.append(_meeting(rest, self.last))
        else:
            assert word == "item", said
            self.items.append(_item(self.defaults | _pairs(rest), self.last))


def _printed(words: str) -> str:
    return _BRACES.sub(_shown, words).strip().replace("⏎", "\n")


def _shown(found: re.Match[str]) -> str:
    return found[1] if found[1].startswith((";", ",", ".")) else f" {found[1]}"


def _pairs(said: str) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in said.split(";") if part.strip())
    return {name: value for name, _, value in parts}


def _item(facts: dict[str, str], line: str) -> ExpectedItem:
    due = facts.get("due", OPEN)
    support = facts.get("support", "")
    bare = _LABEL.sub("", line)
    return ExpectedItem(
        text=facts.get("text") or _BRACES.sub("", bare).replace("⏎", " ").strip(),
        printed=_printed(bare),
        kind=facts.get("kind"),
        lead=None if facts.get("lead") == OPEN else facts.get("lead", ""),
        support=None if support == OPEN else tuple(_names(support)),
        due_on=None if due == OPEN else due.rstrip("~!").removeprefix("none"),
        inferred={"~": True, "!": False}.get(due[-1]),
        at=facts.get("at"),
        doubts=tuple(facts.get("doubts", "").split()),
        maybe="maybe" in facts,
        longer="longer" in facts,
    )


def _names(said: str) -> list[str]:
    return [name.strip() for name in said.split("|") if name.strip()]


def _meeting(said: str, line: str) -> ExpectedMeeting:
    when, *rest = said.split(";")
    facts = _pairs(";".join(rest))
    day, _, time = when.strip().partition(" ")
    return ExpectedMeeting(
        title=facts.get("title") or _LABEL.sub("", line),
        held_on=None if day == OPEN else day.removeprefix("none"),
        time=None if time == OPEN else time,
        place=facts.get("place"),
        chair=facts.get("chair"),
        maybe="maybe" in facts,
    )
