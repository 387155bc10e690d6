"""People and the posts they hold: who may sign in, and as what."""

import enum
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns

TRIES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)


class Role(enum.StrEnum):
    """What a person does in a unit; office roles and leaders are held at the issuing unit."""

    ADMINISTRATOR = "administrator"
    OFFICE_SPECIALIST = "office-specialist"
    OFFICE_LEADER = "office-leader"
    LEADER = "leader"
    UNIT_HEAD = "unit-head"
    UNIT_CLERK = "unit-clerk"


class Person(SQLModel, table=True):
    """Somebody who signs in."""

    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    email: str = Field(max_length=254, unique=True, description="stored in lower case")
    password_hash: str = ""
    # A new stamp ends every session of the person: password change, sign-out everywhere, disabling.
    session_stamp: str = ""
    locale: str = Field(default="vi", max_length=2)
    is_disabled: bool = False
    failed_sign_ins: int = 0
    locked_until: datetime | None = None
    last_sign_in_at: datetime | None = None

    def is_locked(self, at: datetime) -> bool:
        """Whether too many wrong passwords keep the person out for a while."""
        return self.locked_until is not None and at < self.locked_until


class Post(SQLModel, table=True):
    """A role that a person holds in a unit."""

    __table_args__ = (sa.UniqueConstraint("person_id", "unit_id", "role"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    role: Role = Field(sa_type=columns.words(Role))
