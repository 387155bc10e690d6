"""The register of documents that assign work: plans, conclusions, directives from above."""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns

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
    number: str = Field(max_length=80)
    title: str = Field(max_length=1000)
    issued_on: date | None = None
    issued_by: str = Field(default="", max_length=200)
    note: str = ""
    created_at: datetime
    created_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
