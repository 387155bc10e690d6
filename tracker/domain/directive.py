"""The register of documents that assign work: plans, conclusions, directives from above."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns
from tracker.domain.folding import fold

# What an office calls the documents that assign work; others may be typed.
KINDS = (
    "Kế hoạch", "Thông báo kết luận", "Thông báo", "Kết luận", "Chỉ thị", "Quyết định",
    "Quy định", "Nghị quyết", "Chương trình hành động", "Công văn", "Công điện", "Hướng dẫn",
)  # fmt: skip
# The body that a document's number ends in: 18-KH/ĐU, 135/KH-UBND, 08-CT/TU.
_BODIES = {
    "ĐU": "Đảng ủy", "UBND": "UBND", "HĐND": "HĐND", "TU": "Tỉnh ủy", "TTG": "Thủ tướng Chính phủ",
    "CP": "Chính phủ", "TW": "Trung ương", "TƯ": "Trung ương",
}  # fmt: skip
_CITED = re.compile(
    r"(?:[\d.]+[.)]\s*|[-–+*]\s*)?(?P<kind>" + "|".join(KINDS) + r")\s+số\s+"
    r"(?P<number>\d{1,6}(?:/\d{4})?\s*[-/]\s*[^\W\d_]+(?:\s*[-/]\s*[^\W_]+)*)"
    r"(?:,?\s*ngày\s+(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})\s*/\s*(?P<year>\d{4}))?"
    r"(?:\s+của\s+(?P<by>[^,:.;]{2,120}?)(?=\s+về\b|[,:.;]|$))?"
    r"(?P<about>\s+(?:về|phê duyệt|ban hành|quy định)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
_TITLE_ENDS = re.compile(r"[:.](?=\s|$)")
_JOINT = re.compile(r"\s*([-/])\s*")
LONGEST_TITLE = 1000
LONGEST_NUMBER = 80

_VERSION = columns.version()


class Directive(SQLModel, table=True):
    """A document that assigns work; the tasks made from it say so (`Task.directive_id`).

    `issuer_id` is the unit whose office keeps the register; `issued_by` is whoever issued the
    document, as it is written there ("Đảng ủy UBND tỉnh").
    """

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _VERSION}
    __table_args__ = (
        sa.Index("ix_directive_issuer_id_issued_on", "issuer_id", "issued_on"),
        sa.Index("ix_directive_issuer_id_number", "issuer_id", "number"),
    )

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_VERSION)
    issuer_id: int = Field(foreign_key="unit.id")
    kind: str = Field(default="", max_length=60)
    number: str = Field(max_length=80)
    title: str = Field(max_length=1000)
    issued_on: date | None = None
    issued_by: str = Field(default="", max_length=200)
    note: str = ""
    # Number, title and issuer without tones; words may stand anywhere in it, so no index helps,
    # and a register has some hundred documents a year.
    search_text: str = ""
    created_at: datetime
    created_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)

    @property
    def name(self) -> str:
        """What papers call it: "Kế hoạch số 18-KH/ĐU"."""
        return named(self.kind, self.number)


def named(kind: str, number: str) -> str:
    """A document as papers call it."""
    return f"{kind} số {number}" if kind else f"Văn bản số {number}"


def tidy_number(number: str) -> str:
    """A number without the blanks that hands leave round its strokes: "18 - KH/ĐU"."""
    return _JOINT.sub(r"\1", " ".join(number.split()))


@dataclass(frozen=True)
class Cited:
    """A document as somebody wrote of it: kind, number, day, body, and what it is about."""

    number: str
    title: str
    kind: str = ""
    issued_on: date | None = None
    issued_by: str = ""
    note: str = ""

    def tidied(self) -> "Cited":
        """The same with single blanks, its number as the register keeps it."""
        kind, title, by = (
            " ".join(text.split()) for text in (self.kind, self.title, self.issued_by)
        )
        return Cited(tidy_number(self.number), title, kind, self.issued_on, by, self.note.strip())

    @property
    def search_text(self) -> str:
        """What the register's search compares."""
        return fold(f"{self.kind} {self.number} {self.title} {self.issued_by}")


def cited_at_start(text: str) -> Cited | None:
    """The document that a passage begins with, as bulletins announce new ones; None for others.

    A document that is only mentioned on the way ("thay thế Nghị quyết số …") assigns nothing.
    """
    found = _CITED.match(text.replace("*", "").strip())
    if found is None or len(found["number"]) > LONGEST_NUMBER:
        return None
    kind = next(one for one in KINDS if fold(one) == fold(found["kind"]))
    number = tidy_number(found["number"])
    about = _TITLE_ENDS.split(" ".join((found["about"] or "").split()), maxsplit=1)[0].strip()
    title = f"{kind} {about}".strip()[:LONGEST_TITLE]
    return Cited(number, title, kind, _day(found), found["by"] or body_of(number))


def body_of(number: str) -> str:
    """The body that a number names at its end, or nothing: "18-KH/ĐU" is the Party Committee's."""
    return _BODIES.get(re.split(r"[-/]", number)[-1].upper(), "")


def _day(found: re.Match[str]) -> date | None:
    if not found["year"]:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
