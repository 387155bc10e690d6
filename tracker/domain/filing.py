"""What a unit files with the office about a task: a report, a request for time, a refusal."""

import enum
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns
from tracker.domain.reader import Reader
from tracker.domain.task import Status, Task


class FilingKind(enum.StrEnum):
    """What the unit says: the work is done, more time is needed, the task is not ours."""

    REPORT = "report"
    EXTENSION = "extension"
    REFUSAL = "refusal"


class FilingState(enum.StrEnum):
    """How far a filing has come: inside its unit, at the office, answered."""

    WITH_HEAD = "with-head"
    WAITING = "waiting"
    COUNTERED = "countered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    TAKEN_BACK = "taken-back"
    # Nobody need answer any longer: the task was done, withdrawn or given to another unit.
    LAPSED = "lapsed"


# Somebody still has to answer: the unit's head, the office, or the unit itself.
OPEN = (FilingState.WITH_HEAD, FilingState.WAITING, FilingState.COUNTERED)
# The office, or the unit's head, has answered or nobody need: these papers are its ground.
DECIDED = (FilingState.ACCEPTED, FilingState.RETURNED, FilingState.LAPSED)
_AT_OFFICE = (FilingState.WAITING, FilingState.COUNTERED)

_VERSION = columns.version()
_IS_OPEN = sa.text("state IN ('with-head', 'waiting', 'countered')")


class Filing(SQLModel, table=True):
    """One paper from the unit that leads a task to the office that gave it, and its answer.

    `text` is the result of a report, the reason of a request or refusal; `document_number` and
    `document_on` are those of the issued document, or of the letter that asks for more time.
    """

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _VERSION}
    __table_args__ = (
        # One open at a time of each kind (product rule 8).
        sa.Index(
            "uq_filing_task_id_kind_open",
            "task_id",
            "kind",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        sa.Index("ix_filing_task_id_id", "task_id", "id"),
        sa.Index("ix_filing_state_sent_at", "state", "sent_at"),
        sa.Index("ix_filing_unit_id_state", "unit_id", "state"),
    )

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_VERSION)
    task_id: int = Field(foreign_key="task.id")
    kind: FilingKind = Field(sa_type=columns.words(FilingKind))
    state: FilingState = Field(sa_type=columns.words(FilingState))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    author_id: int = Field(foreign_key="person.id", index=True)
    # Whom the author stood in for.
    for_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime
    text: str = ""
    document_number: str | None = Field(default=None, max_length=80)
    document_on: date | None = None
    # An extension: the deadline when it was asked, the one asked for, the office's own offer.
    due_on: date | None = None
    asked_on: date | None = None
    offered_on: date | None = None
    # When it left the unit; its head's approval, where the unit wants one.
    sent_at: datetime | None = None
    sent_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    decided_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    answer: str = ""

    @classmethod
    def of(cls, task: Task, kind: FilingKind, *, by: Reader, at: datetime) -> "Filing":
        """A paper of the unit that leads the task, still inside it."""
        return cls(
            task_id=task.id,
            kind=kind,
            unit_id=task.lead_id,
            state=FilingState.WITH_HEAD,
            author_id=by.person_id,
            for_id=by.acting_for,
            at=at,
        )

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer it."""
        return self.state in OPEN


def why_files_stay(state: FilingState, *, is_of_unit: bool) -> str | None:
    """None when the files of such a paper may be replaced or taken away now; else the code.

    The unit takes a paper back before it changes anything in it.
    """
    if state in DECIDED:
        return "attachment.decided"
    return "attachment.sent" if is_of_unit and state in _AT_OFFICE else None


class Who(enum.StrEnum):
    """As whom somebody acts upon a filing; nobody else does anything with it."""

    CLERK = "clerk"
    HEAD = "head"
    OFFICE = "office"


class Answer(enum.StrEnum):
    """What is done with a filing that is open."""

    LET_GO = "let-go"
    SEND_BACK = "send-back"
    TAKE_BACK = "take-back"
    ACCEPT = "accept"
    RETURN = "return"
    OFFER = "offer"
    TAKE_OFFER = "take-offer"


_UNIT = frozenset({Who.CLERK, Who.HEAD})
_OFFICE = frozenset({Who.OFFICE})
_HEAD = frozenset({Who.HEAD})

# The one table of moves: state x who -> act. What stands nowhere is refused.
ANSWERS: Mapping[FilingState, Mapping[Answer, frozenset[Who]]] = {
    FilingState.WITH_HEAD: {
        Answer.LET_GO: _HEAD,
        Answer.SEND_BACK: _HEAD,
        Answer.TAKE_BACK: _UNIT,
    },
    FilingState.WAITING: {
        Answer.ACCEPT: _OFFICE,
        Answer.RETURN: _OFFICE,
        Answer.OFFER: _OFFICE,
        Answer.TAKE_BACK: _UNIT,
    },
    FilingState.COUNTERED: {
        Answer.TAKE_OFFER: _UNIT,
        Answer.TAKE_BACK: _UNIT,
        Answer.RETURN: _OFFICE,
    },
}
# Whose act it is at all: what others are told when they try.
WHOSE: Mapping[Answer, tuple[frozenset[Who], str]] = {
    Answer.LET_GO: (_HEAD, "filing.head-only"),
    Answer.SEND_BACK: (_HEAD, "filing.head-only"),
    Answer.TAKE_BACK: (_UNIT, "filing.unit-only"),
    Answer.TAKE_OFFER: (_UNIT, "filing.unit-only"),
    Answer.ACCEPT: (_OFFICE, "task.office-only"),
    Answer.RETURN: (_OFFICE, "task.office-only"),
    Answer.OFFER: (_OFFICE, "task.office-only"),
}
# Who may file what while the work goes on; the office writes down what a unit says by telephone.
FILES: Mapping[FilingKind, frozenset[Who]] = {
    FilingKind.REPORT: frozenset({Who.CLERK, Who.HEAD, Who.OFFICE}),
    FilingKind.EXTENSION: _UNIT,
    FilingKind.REFUSAL: _UNIT,
}
FILED_WHILE = (Status.NOT_STARTED, Status.IN_PROGRESS)
# A task that is stopped or finished must run again before anything is granted.
STANDS_STILL = (Status.PAUSED, Status.DONE, Status.WITHDRAWN)
_GRANTS = frozenset({Answer.LET_GO, Answer.ACCEPT, Answer.OFFER, Answer.TAKE_OFFER})
# What must not be done with one's own work, and what not by those who lead it either.
_NOT_BY_AUTHOR = frozenset({Answer.LET_GO, Answer.ACCEPT, Answer.OFFER})
_NOT_BY_LEAD = frozenset({Answer.ACCEPT, Answer.OFFER})
NEEDS_WHY = frozenset({Answer.SEND_BACK, Answer.RETURN})


class Asked(Protocol):
    """What the rules look at of a task: the task itself, or the columns of one."""

    @property
    def issuer_id(self) -> int:
        """Who gave it."""
        ...

    @property
    def lead_id(self) -> int | None:
        """Who leads it."""
        ...

    @property
    def status(self) -> Status:
        """Where the work stands."""
        ...


def standing(by: Reader, task: Asked) -> frozenset[Who]:
    """As whom a reader acts upon the filings of a task: nobody, or one or more of the three."""
    found = {Who.OFFICE} if by.serves(task.issuer_id) else set()
    if task.lead_id in by.heads:
        found.add(Who.HEAD)
    elif task.lead_id in by.units:
        found.add(Who.CLERK)
    return frozenset(found)


def is_own(filing: Filing, by: Reader) -> bool:
    """Whether the reader, or whom they stand in for, wrote it, or it was written for them."""
    written = {filing.author_id, filing.for_id} - {None}
    return bool(written & by.people)


def why_not(filing: Filing, task: Asked, act: Answer, by: Reader) -> tuple[bool, str] | None:
    """None when the reader may; else whether it is the person who may not, and the code.

    Nobody confirms their own work: not those who lead the task, not the author, and not either
    of them as somebody's deputy; a deputy's own units count as well as the lent ones.
    """
    who, (whose, code) = standing(by, task), WHOSE[act]
    if not who:
        return True, "task.not-yours"
    if not who & whose:
        return True, code
    is_offer = act is Answer.OFFER and filing.kind is not FilingKind.EXTENSION
    if is_offer or not who & ANSWERS.get(filing.state, {}).get(act, frozenset()):
        return False, "filing.not-now"
    if _is_own_work(filing, task, act, by):
        return True, "task.own-work"
    if act in _GRANTS and task.status in STANDS_STILL:
        return False, "filing.task-stands-still"
    return None


def _is_own_work(filing: Filing, task: Asked, act: Answer, by: Reader) -> bool:
    leads = act in _NOT_BY_LEAD and by.owns_work_of(task.lead_id)
    return leads or (act in _NOT_BY_AUTHOR and is_own(filing, by))


def answers_for(filing: Filing, task: Asked, by: Reader) -> list[Answer]:
    """What the reader may do with a filing now, in the order of the words."""
    return [act for act in Answer if why_not(filing, task, act, by) is None]


def bars(kind: FilingKind, waiting: Collection[FilingKind]) -> tuple[str, FilingKind] | None:
    """What waits for an answer and bars such a paper: the code of why, and its kind.

    One open at a time of each kind; and whether the task is theirs at all comes before
    everything else, so a refusal stands alone.
    """
    if kind in waiting:
        return "filing.already-open", kind
    if FilingKind.REFUSAL in waiting:
        return "filing.refusal-open", FilingKind.REFUSAL
    if kind is FilingKind.REFUSAL and waiting:
        return "filing.other-open", min(waiting)
    return None


def why_not_file(task: Asked, kind: FilingKind, by: Reader) -> tuple[bool, str] | None:
    """None when the reader may file such a paper now; else as `why_not`."""
    who = standing(by, task)
    if not who:
        return True, "task.not-yours"
    if not who & FILES[kind]:
        return True, "filing.unit-only"
    if task.status not in FILED_WHILE:
        return False, "filing.no-such-time"
    return None
