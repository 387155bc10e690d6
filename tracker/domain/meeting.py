"""Meetings at which tasks are considered."""

import enum
from datetime import date, time
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns
from tracker.domain.working_days import WorkingDays


class Certainty(enum.StrEnum):
    """Whether the date is provisional (dự kiến) or fixed."""

    PLANNED = "planned"
    FIXED = "fixed"


_VERSION = columns.version()


class Meeting(SQLModel, table=True):
    """A hội nghị or phiên họp with its agenda; its date may lie outside its programme's period."""

    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _VERSION}
    __table_args__ = (sa.Index("ix_meeting_issuer_id_held_on", "issuer_id", "held_on"),)

    id: int = Field(default=None, primary_key=True)
    version: int = Field(default=1, sa_column=_VERSION)
    issuer_id: int = Field(foreign_key="unit.id")
    programme_id: int | None = Field(default=None, foreign_key="programme.id", index=True)
    ref: str | None = Field(default=None, max_length=40)
    title: str = Field(max_length=500)
    held_on: date | None = Field(default=None, index=True)
    starts_at: time | None = None
    place: str | None = Field(default=None, max_length=200)
    certainty: Certainty = Field(default=Certainty.PLANNED, sa_type=columns.words(Certainty))
    # As the programme or schedule writes them: who chairs, who is invited.
    chair: str | None = Field(default=None, max_length=200)
    invited: str | None = None
    # Counts the moves of the date; a reminder belongs to one version (reminders, rule 2).
    due_version: int = 1


def dossier_due_on(held_on: date, *, days_before: int, calendar: WorkingDays) -> date:
    """The last day to hand in the papers of a meeting (office setting, 5 working days before)."""
    return calendar.add(held_on, -days_before)
