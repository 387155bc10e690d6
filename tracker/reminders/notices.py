"""The letter about a new version of a programme: planned once for each recipient, its own changes.

It is an event and no digest: it does not wait for the morning, and it leaves beside the digest of
the same day.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col

from tracker.domain import ProgrammeVersion, Reminder
from tracker.domain.amendment import News
from tracker.domain.reminder import About, Rule
from tracker.queries import notices
from tracker.queries.notices import TAKEN_BACK, Told
from tracker.reminders import outbox
from tracker.reminders.desk import Desk
from tracker.reminders.digest import Line
from tracker.reminders.policy import Who

# What has not been told for so long is no news any more (a server that stood still).
NEWS_FOR = timedelta(days=14)
# A clerk who sees a mistake may take the version back before anybody has heard of it.
SECOND_THOUGHTS = timedelta(minutes=2)


def anything_new(desk: Desk) -> bool:
    """Whether there is a version to tell of; looks without taking anybody's turn."""
    return any(_recipients(desk, *one) for one in _untold(desk))


def plan_notices(desk: Desk, *, sender: str, at: datetime) -> int:
    """Write down whom to tell of each new version, with a letter each; returns how many letters."""
    return sum(_plan(desk, *one, sender=sender, at=at) for one in _untold(desk))


def _untold(desk: Desk) -> list[tuple[ProgrammeVersion, int]]:
    since = datetime.combine(desk.day.today, time(), tzinfo=UTC) - NEWS_FOR
    return notices.untold(desk.session, since=since)


def _recipients(desk: Desk, version: ProgrammeVersion, step: int) -> set[str]:
    readers = desk.book.readers(Who.LEAD, but=())
    everybody = {key for unit in notices.units_told(version) for key in readers.get(unit, ())}
    if step != TAKEN_BACK:
        return everybody
    heard = notices.heard_by().where(col(Reminder.about_id) == version.id)
    return everybody & set(desk.session.scalars(heard))


def _plan(desk: Desk, version: ProgrammeVersion, step: int, *, sender: str, at: datetime) -> int:
    to = [desk.book.addressees[key] for key in sorted(_recipients(desk, version, step))]
    event = outbox.Event(f"{Rule.PROGRAMME_AMENDED}:{version.id}:{step}", desk.day.today)
    later = at + SECOND_THOUGHTS
    letters = outbox.queue_event(desk.session, to, event, sender=sender, at=later)
    for recipient, message_id in letters.items():
        desk.session.add(
            Reminder(
                rule=Rule.PROGRAMME_AMENDED,
                about=About.VERSION,
                about_id=version.id,
                recipient=recipient,
                due_on=notices.day_of(version),
                due_version=version.number,
                step=step,
                message_id=message_id,
            )
        )
    desk.session.flush()
    return len(letters)


@dataclass(frozen=True)
class Notice:
    """What one recipient is told of one version."""

    name: str
    today: date
    programme: str
    title: str
    number: int
    path: str
    is_taken_back: bool
    changes: tuple[Told, ...]
    more: int

    @property
    def totals(self) -> dict[str, int]:
        """How many changes of each kind."""
        found = Counter(piece for change in self.changes for piece in change.pieces)
        return {piece.value: found[piece] for piece in News if found[piece]}

    @property
    def keys(self) -> list[str]:
        """The things that are listed: what mail programs thread by."""
        return [f"task-{change.task_id}" for change in self.changes]

    @property
    def meetings(self) -> list[Line]:
        """None to be taken over by a calendar program."""
        return []


def read_notice(desk: Desk, message_id: int, *, recipient: str, name: str) -> Notice | None:
    """What is to be said in a letter; None when its version has gone or was taken back unheard."""
    found = notices.of_letter(desk.session, message_id)
    if found is None or desk.book.why_not(recipient):
        return None
    version, programme, step = found
    if (version.undone_at is not None) != (step == TAKEN_BACK):
        return None
    own = desk.book.stands_for(recipient, Who.LEAD)
    changes = tuple(notices.told(version, own))
    shown = changes[: desk.habits.lines_shown]
    if not shown:
        return None
    return Notice(
        name=name,
        today=desk.day.today,
        programme=programme.title,
        title=version.title,
        number=version.number,
        path=f"/programmes/{programme.id}/versions/{version.number}",
        is_taken_back=step == TAKEN_BACK,
        changes=shown,
        more=len(changes) - len(shown),
    )
