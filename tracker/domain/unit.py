"""Units: every body that issues, leads, supports, or is a part of another; what became of it."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns
from tracker.domain.folding import fold, sort_key


class Unit(SQLModel, table=True):
    """A body of the administration and its place in the tree."""

    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=200, unique=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    email: str | None = Field(default=None, max_length=254)
    issues: bool = Field(default=False, description="issues work programmes of its own")
    is_active: bool = True
    # Reports and requests of its clerks go through its head before they leave the unit.
    head_approves: bool = False
    sort_key: str = Field(sa_type=columns.sortable(), index=True)

    @classmethod
    def named(cls, name: str, **facts: Any) -> "Unit":
        """A unit whose sort key follows its name."""
        return cls(name=name, sort_key=sort_key(name), **facts)


class Alias(SQLModel, table=True):
    """Another writing of a unit's name: an abbreviation, or a name it had before a merger."""

    __table_args__ = (sa.UniqueConstraint("unit_id", "folded"),)

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    text: str = Field(max_length=200)
    folded: str = Field(max_length=200, index=True)
    is_former: bool = False

    @classmethod
    def written(cls, text: str, unit_id: int, *, is_former: bool = False) -> "Alias":
        """The alias `text` of a unit, with the form that matching compares."""
        return cls(unit_id=unit_id, text=text, folded=fold(text), is_former=is_former)


class UnitName(SQLModel, table=True):
    """A name that a unit had until a certain moment: the history before it says that name."""

    __table_args__ = (sa.Index("ix_unitname_unit_id_until", "unit_id", "until"),)

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    name: str = Field(max_length=200)
    until: datetime


class SuccessionKind(enum.StrEnum):
    """How a unit passed its work on."""

    MERGED = "merged"
    SPLIT = "split"


class Succession(SQLModel, table=True):
    """A unit that took over from another: in whole, or a part of it."""

    __table_args__ = (sa.UniqueConstraint("old_id", "new_id"),)

    id: int = Field(default=None, primary_key=True)
    old_id: int = Field(foreign_key="unit.id")
    new_id: int = Field(foreign_key="unit.id", index=True)
    kind: SuccessionKind = Field(sa_type=columns.words(SuccessionKind))
    on: date
    # The decision that orders it, as the administrator writes it.
    reference: str = Field(default="", max_length=300)
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
