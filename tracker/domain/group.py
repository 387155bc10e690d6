"""Saved groups of units, such as "99 xã, phường", among which a task is divided."""

from sqlmodel import Field, SQLModel


class UnitGroup(SQLModel, table=True):
    """Units that an office gives the same work, under one name."""

    id: int = Field(default=None, primary_key=True)
    issuer_id: int = Field(foreign_key="unit.id", index=True)
    name: str = Field(max_length=200)


class GroupMember(SQLModel, table=True):
    """A unit of a group."""

    group_id: int = Field(foreign_key="unitgroup.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True, index=True)
