"""The administrator's own rows of the working calendar; they win over everything published."""

from datetime import date

from sqlmodel import Field, SQLModel

from tracker.domain import columns
from tracker.domain.working_days import DayKind


class CalendarDay(SQLModel, table=True):
    """A day that the office declared off or worked, with the paper that says so."""

    day: date = Field(primary_key=True)
    kind: DayKind = Field(sa_type=columns.words(DayKind))
    name: str = Field(max_length=120)
    reference: str = Field(default="", max_length=200)
