"""What the letters are about, by name, for the ledger's pages."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Change, Meeting, Message, Programme, ProgrammeVersion, Task
from tracker.domain.reader import Reader
from tracker.domain.reminder import About
from tracker.errors import NotFound
from tracker.queries.reminders import messages_of
from tracker.queries.visibility import meetings_of, programmes_of, tasks_of

Names = dict[tuple[About, int], str]


def names_of(session: Session, reader: Reader, reasons: Iterable[sa.Row[Any]]) -> Names:
    """The text of each task and the title of each meeting or version among the reasons.

    An act is called as its task is. What the reader may not open (any more) has no name.
    """
    ids: dict[About, set[int]] = {about: set() for about in About}
    for reason in reasons:
        ids[reason.about].add(reason.about_id)
    tasks = sa.select(col(Task.id), col(Task.text)).where(tasks_of(reader))
    meetings = sa.select(col(Meeting.id), col(Meeting.title)).where(meetings_of(reader))
    found = {
        About.TASK: tasks.where(col(Task.id).in_(ids[About.TASK])),
        About.MEETING: meetings.where(col(Meeting.id).in_(ids[About.MEETING])),
    }
    versions = sa.select(col(ProgrammeVersion.id), col(ProgrammeVersion.title))
    versions = versions.join(Programme, col(Programme.id) == col(ProgrammeVersion.programme_id))
    of_these = col(ProgrammeVersion.id).in_(ids[About.VERSION]), programmes_of(reader)
    found[About.VERSION] = versions.where(*of_these)
    changes = sa.select(col(Change.id), col(Task.text)).join(
        Task, col(Task.id) == col(Change.thing_id)
    )
    found[About.CHANGE] = changes.where(col(Change.id).in_(ids[About.CHANGE]), tasks_of(reader))
    asked = ((about, question) for about, question in found.items() if ids[about])
    return {(about, row[0]): row[1] for about, query in asked for row in session.execute(query)}


def message_of(session: Session, reader: Reader, message_id: int) -> Message:
    """The letter itself, to act on it; NotFound for a stranger."""
    asked = sa.select(Message).where(col(Message.id) == message_id, messages_of(reader))
    message = session.scalars(asked).one_or_none()
    if message is None:
        raise NotFound("not-found")
    return message
