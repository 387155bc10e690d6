"""What each unit is told of a new version of a programme: its own changes, nobody else's."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Message, Programme, ProgrammeVersion, Reminder
from tracker.domain.amendment import Facts, News, news
from tracker.domain.reminder import About, MessageState
from tracker.queries.amendments import facts_in
from tracker.queries.diffs import is_renumbered

# The steps of a notice: that a version was applied, that it was taken back.
APPLIED, TAKEN_BACK = 0, 1


@dataclass(frozen=True)
class Told:
    """One task of which somebody is told, and what."""

    task_id: int
    was: Facts | None
    now: Facts | None
    pieces: tuple[News, ...]

    @property
    def said(self) -> Facts | None:
        """The task, whichever of both is there."""
        return self.now or self.was


def told(version: ProgrammeVersion, units: Container[int] | None = None) -> Iterator[Told]:
    """The changes of a version that these units are told of; everybody's when not given."""
    for entry in version.touched:
        if entry["thing"] != "task" or is_renumbered(entry):
            continue
        was, now = facts_in(entry["was"]), facts_in(entry["now"])
        found = [piece for unit, piece in news(was, now) if units is None or unit in units]
        if found:
            yield Told(entry["id"], was, now, tuple(dict.fromkeys(found)))


def units_told(version: ProgrammeVersion) -> set[int]:
    """Every unit that is told something."""
    changes = told(version)
    return {unit for one in changes for unit, _ in news(one.was, one.now)}


def untold(session: Session, *, since: datetime) -> list[tuple[ProgrammeVersion, int]]:
    """Versions of which nobody has been told yet, each with the step that is due.

    A first version amends nothing; one that was taken back is told only to those who had heard
    of it.
    """
    recent = select(ProgrammeVersion).where(
        col(ProgrammeVersion.number) > 1, col(ProgrammeVersion.at) >= since
    )
    in_force = col(ProgrammeVersion.undone_at).is_(None)
    applied = recent.where(in_force, ~_written(APPLIED))
    heard = sa.exists(heard_by().where(col(Reminder.about_id) == col(ProgrammeVersion.id)))
    undone = recent.where(~in_force, heard.correlate(ProgrammeVersion), ~_written(TAKEN_BACK))
    return [
        *((version, APPLIED) for version in session.exec(applied) if version.counts),
        *((version, TAKEN_BACK) for version in session.exec(undone)),
    ]


def _written(step: int) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        col(Reminder.about) == About.VERSION,
        col(Reminder.about_id) == col(ProgrammeVersion.id),
        col(Reminder.step) == step,
    )


def heard_by() -> sa.Select[Any]:
    """The recipients whose notice of an application has left."""
    return (
        sa.select(col(Reminder.recipient))
        .join(Message, col(Message.id) == col(Reminder.message_id))
        .where(col(Reminder.about) == About.VERSION, col(Reminder.step) == APPLIED)
        .where(col(Message.state) == MessageState.SENT)
    )


def of_letter(session: Session, message_id: int) -> tuple[ProgrammeVersion, Programme, int] | None:
    """The version that a letter tells of, its programme, and the step; None when it has gone."""
    asked = (
        sa.select(ProgrammeVersion, Programme, col(Reminder.step))
        .join(Reminder, col(Reminder.about_id) == col(ProgrammeVersion.id))
        .join(Programme, col(Programme.id) == col(ProgrammeVersion.programme_id))
        .where(col(Reminder.about) == About.VERSION, col(Reminder.message_id) == message_id)
    )
    found = session.execute(asked).first()
    return (found[0], found[1], found[2]) if found else None


def day_of(version: ProgrammeVersion) -> date:
    """The day by which its notices are told apart in the ledger."""
    return version.at.date()
