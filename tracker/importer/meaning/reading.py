"""What was understood of a document, before anybody has confirmed it."""

from dataclasses import asdict, dataclass, field
from datetime import date

from tracker import labels
from tracker.domain.meeting import Certainty
from tracker.domain.proposal import Zone
from tracker.domain.task import Kind
from tracker.importer.blocks import Where
from tracker.importer.meaning.period import Period

# A person must answer these; the other warnings only tell what was seen.
_QUESTIONS = frozenset(
    {
        "unit-unknown",
        "unit-ambiguous",
        "unit-group",
        "leads-several",
        "deadline-unclear",
        "meeting-day-unclear",
        "weekday-mismatch",
        "period-missing",
        "table-skipped",
        "owner-missing",
        "number-lost",
        "text-uncertain",
        "directive-found",
        "directive-other-day",
    }
)


@dataclass(frozen=True)
class Doubt:
    """Something blank, broken or uncertain, and the item, meeting or place at which to look."""

    code: str
    ref: str | None = None
    facts: dict[str, str | int] = field(default_factory=dict)
    where: Where | None = None

    @property
    def is_question(self) -> bool:
        """Whether the item must wait for a person's answer."""
        return self.code in _QUESTIONS

    def message(self, locale: str = "vi") -> str:
        return labels.sentence(f"doubt.{self.code}", locale, **self.facts)

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "ref": self.ref,
            "message": self.message(),
            "facts": dict(self.facts),
            "question": self.is_question,
            "where": self.where.as_json() if self.where else None,
        }


@dataclass(frozen=True)
class ReadUnit:
    """A unit's name as written, and the unit it means; `unit` is None when that is in doubt."""

    text: str
    unit: str | None
    score: float

    def as_json(self) -> dict[str, object]:
        return {"text": self.text, "unit": self.unit, "score": self.score}


@dataclass(frozen=True)
class ReadProgramme:
    """The document's own facts: title, issuer, number and symbol, date, signer, recipients."""

    title: str | None
    issuer: str | None
    number: str | None
    symbol: str | None
    place: str | None
    issued_on: date | None
    signer: str | None
    period: Period | None
    recipients: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "issuer": self.issuer,
            "number": self.number,
            "symbol": self.symbol,
            "place": self.place,
            "issued_on": _iso(self.issued_on),
            "signer": self.signer,
            "period": self.period.as_json() if self.period else None,
            "recipients": list(self.recipients),
        }


@dataclass(frozen=True)
class ReadMeeting:
    """A meeting that the programme announces; planned when it says "dự kiến" or names no day.

    `chair` and `invited` are as written; `said` is the part of the text that gave day and hour.
    """

    ref: str
    title: str
    held_on: date | None
    time: str | None
    place: str | None
    certainty: Certainty
    said: str = ""
    chair: str | None = None
    invited: str | None = None
    where: Where | None = None
    source_text: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "ref": self.ref,
            "title": self.title,
            "held_on": _iso(self.held_on),
            "time": self.time,
            "place": self.place,
            "certainty": self.certainty.value,
            "chair": self.chair,
            "invited": self.invited,
            "where": self.where.as_json() if self.where else None,
            "source_text": self.source_text,
        }


@dataclass(frozen=True)
class ReadItem:
    """One item of the programme: the words, who owes what to whom, by when.

    `source_text` is the item as the file has it, marks and line breaks included; `doubts` are
    the warnings that concern this item; `confidence` is that of a scan's characters, 0 to 1.
    """

    ref: str
    section: tuple[str, ...]
    kind: Kind
    text: str
    deliverables: tuple[str, ...]
    lead: ReadUnit | None
    support: tuple[ReadUnit, ...]
    authority: str | None
    meeting: str | None
    due_on: date | None
    due_text: str | None
    due_inferred: bool
    where: Where
    source_text: str
    doubts: tuple[Doubt, ...] = ()
    confidence: float | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "ref": self.ref,
            "section": list(self.section),
            "kind": self.kind.value,
            "text": self.text,
            "deliverables": list(self.deliverables),
            "lead": self.lead.as_json() if self.lead else None,
            "support": [unit.as_json() for unit in self.support],
            "authority": self.authority,
            "meeting": self.meeting,
            "due_on": _iso(self.due_on),
            "due_text": self.due_text,
            "due_inferred": self.due_inferred,
            "where": self.where.as_json(),
            "source_text": self.source_text,
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "confidence": self.confidence,
        }


@dataclass(frozen=True)
class Passage:
    """Words of the document that became no item, so that a person sees them at a glance."""

    zone: Zone
    text: str
    where: Where

    def as_json(self) -> dict[str, object]:
        return {"zone": self.zone.value, "text": self.text, "where": self.where.as_json()}


@dataclass(frozen=True)
class Source:
    """The file that was read; `pages` when it has pages that can be shown as pictures."""

    file: str
    media_type: str
    sha256: str
    pages: int | None = None


@dataclass(frozen=True)
class Reading:
    """The whole of what was understood of one document.

    `warnings` holds every doubt in order; that a sentence was joined is told at its item alone.
    `passages` holds everything printed that is neither item nor meeting, in order.
    """

    source: Source
    programme: ReadProgramme
    meetings: tuple[ReadMeeting, ...]
    items: tuple[ReadItem, ...]
    warnings: tuple[Doubt, ...]
    passages: tuple[Passage, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The reading as `tracker parse --json` prints it."""
        return {
            "source": asdict(self.source),
            "programme": self.programme.as_json(),
            "meetings": [meeting.as_json() for meeting in self.meetings],
            "items": [item.as_json() for item in self.items],
            "warnings": [doubt.as_json() for doubt in self.warnings],
            "passages": [passage.as_json() for passage in self.passages],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
