"""The table of rules: for each rule and kind of recipient, the question that finds its objects.

A new rule is a word in `Rule`, a ladder in `policy`, and a line here. Planning asks the
questions for everything; the re-check before sending asks the same ones for one letter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from tracker.domain import Meeting, Reminder, Support, Task
from tracker.domain.reminder import About, Rule
from tracker.domain.task import OWED, Status
from tracker.reminders.policy import Who

_OFF_THE_AGENDA = (Status.PAUSED, Status.WITHDRAWN)
Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Question:
    """What one rule asks: about which things, dated by which columns, under which conditions."""

    about: About
    thing: Any
    due_on: Any
    due_version: Any
    needs_meeting: bool
    holds: Callable[[Any], tuple[Condition, ...]]

    def rows(self, who: Who, today: date, *, until: date) -> sa.Select[Any]:
        """Rows (about_id, unit_id, due_on, due_version) of everything that the rule may speak of.

        `unit_id` is the lead, a support, or the issuer whose specialists are written to.
        """
        unit = _UNIT[who]
        asked = sa.select(self.thing, unit, self.due_on, self.due_version)
        asked = self._joined(asked, who).where(*self.holds(today), self.due_on <= until)
        asked = asked.where(unit.is_not(None))
        # A meeting has many items; a task is found once by itself.
        return asked.distinct() if self.about is About.MEETING else asked

    def ids(self, today: date, *, until: date) -> sa.Select[Any]:
        """The things alone."""
        asked = self._joined(sa.select(self.thing), Who.LEAD)
        return asked.where(*self.holds(today), self.due_on <= until)

    def still_asks(self, who: Who, units: Any, today: Any) -> sa.Select[Any]:
        """The same question about the thing and the deadline of one row of the ledger.

        `units` and `today` may be parameters of a statement that is kept.
        """
        asked = self._joined(sa.select(sa.literal(1)), who)
        same = (
            self.thing == col(Reminder.about_id),
            self.due_on == col(Reminder.due_on),
            self.due_version == col(Reminder.due_version),
        )
        return asked.where(*self.holds(today), *same, _UNIT[who].in_(units)).correlate(Reminder)

    def _joined(self, asked: sa.Select[Any], who: Who) -> sa.Select[Any]:
        asked = asked.select_from(Task)
        if self.needs_meeting:
            asked = asked.join(Meeting, col(Meeting.id) == col(Task.meeting_id))
        if who is Who.SUPPORT:
            asked = asked.join(Support, col(Support.task_id) == col(Task.id))
        return asked


_UNIT: Mapping[Who, Any] = {
    Who.LEAD: col(Task.lead_id),
    Who.SUPPORT: col(Support.unit_id),
    Who.OFFICE: col(Task.issuer_id),
}


def _owed() -> Condition:
    # is_closed follows the status; it is named for the index that ends in the deadline.
    # What was divided is owed by each unit in its own child.
    owed = col(Task.status).in_(OWED), ~col(Task.is_divided)
    return sa.and_(col(Task.is_closed).is_(False), *owed)


def _no_meeting_ahead(today: Any) -> Condition:
    """Until its meeting an item is chased by meeting-dossier alone: one line per thing.

    Unless somebody gave it a deadline of its own before the meeting.
    """
    ahead = sa.select(col(Meeting.id)).where(col(Meeting.held_on) >= today)
    its_day = sa.select(col(Meeting.held_on)).where(col(Meeting.id) == col(Task.meeting_id))
    earlier = ~col(Task.due_inferred) & (col(Task.due_on) < its_day.scalar_subquery())
    return sa.or_(col(Task.meeting_id).is_(None), col(Task.meeting_id).not_in(ahead), earlier)


def _dossier(today: Any) -> tuple[Condition, ...]:
    # By the status alone: SQLite then begins with the few meetings, not with all open tasks.
    return col(Task.status).in_(OWED), ~col(Task.is_divided), col(Meeting.held_on) >= today


def _upcoming(today: Any) -> tuple[Condition, ...]:
    return col(Task.status).not_in(_OFF_THE_AGENDA), col(Meeting.held_on) >= today


def _due(today: Any) -> tuple[Condition, ...]:
    return _owed(), col(Task.due_on) >= today, _no_meeting_ahead(today)


def _overdue(today: Any) -> tuple[Condition, ...]:
    return _owed(), col(Task.due_on) < today, _no_meeting_ahead(today)


_DATES_OF_TASK = (col(Task.due_on), col(Task.due_version))
_DATES_OF_MEETING = (col(Meeting.held_on), col(Meeting.due_version))

QUESTIONS: Mapping[Rule, Question] = {
    Rule.MEETING_DOSSIER: Question(
        About.TASK, col(Task.id), *_DATES_OF_MEETING, needs_meeting=True, holds=_dossier
    ),
    Rule.MEETING_UPCOMING: Question(
        About.MEETING, col(Meeting.id), *_DATES_OF_MEETING, needs_meeting=True, holds=_upcoming
    ),
    Rule.TASK_DUE: Question(
        About.TASK, col(Task.id), *_DATES_OF_TASK, needs_meeting=False, holds=_due
    ),
    Rule.TASK_OVERDUE: Question(
        About.TASK, col(Task.id), *_DATES_OF_TASK, needs_meeting=False, holds=_overdue
    ),
}
