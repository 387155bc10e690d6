"""Procedures: ordered steps that a task of a certain kind goes through."""

import enum
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker import paths
from tracker.domain import columns
from tracker.domain.working_days import WorkingDays

# A procedure of half a year has some 130 working days.
LONGEST_OFFSET = 500


class StepRole(enum.StrEnum):
    """Who answers for a step of a task that follows a procedure."""

    LEAD = "lead"
    OFFICE = "office"


class Procedure(SQLModel, table=True):
    """A template of steps; `issuer_id` is the office that made it, none for a shipped one."""

    id: int = Field(default=None, primary_key=True)
    issuer_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    name: str = Field(max_length=200)
    source: str = Field(default="", max_length=300)
    is_active: bool = True


class ProcedureStep(SQLModel, table=True):
    """A step: what is done, by whom, how many working days after the start, with which papers."""

    __table_args__ = (sa.UniqueConstraint("procedure_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    procedure_id: int = Field(foreign_key="procedure.id")
    position: int
    phase: str = Field(default="", max_length=200)
    text: str
    # As the document that describes the procedure calls whoever answers for the step.
    responsible: str = Field(default="", max_length=200)
    role: StepRole = Field(default=StepRole.LEAD, sa_type=columns.words(StepRole))
    offset_days: int = 0
    papers: list[str] = Field(default_factory=list, sa_type=sa.JSON)


@dataclass(frozen=True)
class StepFacts:
    """What an office, or the shipped file, says of a step."""

    text: str
    phase: str = ""
    responsible: str = ""
    role: StepRole = StepRole.LEAD
    offset_days: int = 0
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShippedProcedure:
    """A procedure that every installation has, with the document that it is taken from."""

    name: str
    source: str
    steps: tuple[StepFacts, ...]


@cache
def shipped_procedures() -> tuple[ShippedProcedure, ...]:
    """The procedures of the shipped file, in its order."""
    with (paths.DATA / "procedures.toml").open("rb") as file:
        written = tomllib.load(file)["procedure"]
    return tuple(
        ShippedProcedure(one["name"], one["source"], tuple(_facts(step) for step in one["step"]))
        for one in written
    )


def _facts(step: dict[str, object]) -> StepFacts:
    papers = step.get("papers", [])
    return StepFacts(
        text=str(step["text"]),
        phase=str(step["phase"]),
        responsible=str(step.get("responsible", "")),
        role=StepRole(str(step.get("role", StepRole.LEAD.value))),
        offset_days=int(str(step["offset"])),
        papers=tuple(papers) if isinstance(papers, list) else (),
    )


def day_of_step(offset: int, starts_on: date, calendar: WorkingDays) -> date:
    """The day a step is due, so many working days after the start; a day off begins the next."""
    first = starts_on if calendar.is_working(starts_on) else calendar.add(starts_on, 1)
    return calendar.add(first, offset)


def moved_along(days: Iterable[date], *, old: date, new: date, calendar: WorkingDays) -> list[date]:
    """The days of the following steps when one moves: by the same number of working days."""
    count = calendar.between(old, new)
    return [calendar.add(day, count) for day in days]
