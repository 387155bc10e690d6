"""Procedures: ordered steps that a task of a certain kind goes through."""

import enum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns


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
