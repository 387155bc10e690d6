"""Files that belong to a task, a report or a directive; their bytes lie outside the database."""

import enum
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from tracker.domain import columns

LONGEST_NAME = 255
_PACKED = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
PDF, PNG, JPEG, TIFF = "application/pdf", "image/png", "image/jpeg", "image/tiff"
TEXT = "text/plain"
# What may be handed in, and how the names of such files end; the content decides, and the name
# must agree with it. What can act by itself (programs, pages, drawings with scripts) is not here.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    f"{_PACKED}.wordprocessingml.document": (".docx",),
    f"{_PACKED}.spreadsheetml.sheet": (".xlsx",),
    f"{_PACKED}.presentationml.presentation": (".pptx",),
    "application/msword": (".doc",),
    "application/vnd.ms-excel": (".xls",),
    "application/vnd.ms-powerpoint": (".ppt",),
    f"{_OPEN}.text": (".odt",),
    f"{_OPEN}.spreadsheet": (".ods",),
    f"{_OPEN}.presentation": (".odp",),
    "application/rtf": (".rtf", ".doc"),
    TEXT: (".txt", ".md", ".csv"),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    TIFF: (".tif", ".tiff"),
}
# Of these a page can be shown as a picture.
SHOWN_AS_PICTURES = frozenset({PDF, PNG, JPEG, TIFF})


class Scan(enum.StrEnum):
    """What the virus scanner said; a file in which it found something is never kept."""

    CLEAN = "clean"
    NOT_SCANNED = "not-scanned"


class Attachment(SQLModel, table=True):
    """One version of one paper: its name, its kind by content, its checksum.

    A file of a report carries its task as well, so that whoever sees the task sees its files.
    `series_id` is the first version of the same paper (its own id there); nothing is deleted:
    a removed file says who took it away and why.
    """

    __table_args__ = (
        sa.Index("ix_attachment_task_id_id", "task_id", "id"),
        sa.Index("ix_attachment_series_id_number", "series_id", "number"),
    )

    id: int = Field(default=None, primary_key=True)
    task_id: int | None = Field(default=None, foreign_key="task.id")
    filing_id: int | None = Field(default=None, foreign_key="filing.id", index=True)
    directive_id: int | None = Field(default=None, foreign_key="directive.id", index=True)
    series_id: int | None = Field(default=None, foreign_key="attachment.id")
    number: int = 1
    name: str = Field(max_length=255)
    media_type: str = Field(max_length=120)
    size: int
    sha256: str = Field(max_length=64, index=True)
    # How many pages can be looked at as pictures; None when none can.
    pages: int | None = None
    # Whether its words were looked through for a stamp of secrecy; a scan has none to look at.
    is_looked_through: bool = False
    scan: Scan = Field(default=Scan.NOT_SCANNED, sa_type=columns.words(Scan))
    at: datetime
    by_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    removed_at: datetime | None = None
    removed_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    why_removed: str | None = None


@dataclass(frozen=True)
class Paper:
    """A file that was examined and lies in the store, not yet part of anything."""

    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None = None
    is_looked_through: bool = False
    scan: Scan = Scan.NOT_SCANNED


def tidy_name(given: str) -> str:
    """The file's own name as it was written: no path, nothing invisible, the letters in NFC."""
    bare = unicodedata.normalize("NFC", re.split(r"[\\/]", given)[-1])
    shown = "".join(letter for letter in bare if unicodedata.category(letter)[0] != "C")
    name = shown.strip().strip(".").strip() or "file"
    ending = PurePath(name).suffix[:20]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(ending)] + ending
