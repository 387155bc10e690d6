"""What another deadline would break: a meeting, the task above, a day off; pure."""

import enum
from dataclasses import dataclass
from datetime import date

from tracker.domain.meeting import Certainty
from tracker.domain.working_days import WorkingDays


@dataclass(frozen=True)
class Around:
    """What surrounds a deadline: the meeting that waits for the work, the task above it."""

    due_on: date | None
    held_on: date | None = None
    certainty: Certainty | None = None
    # The last day on which the papers of that meeting are in time.
    dossier_on: date | None = None
    parent_due_on: date | None = None


class Clash(enum.StrEnum):
    """What a new deadline disturbs without being impossible; both sides are told."""

    AFTER_MEETING = "after-meeting"
    AFTER_DOSSIER = "after-dossier"
    AFTER_PARENT = "after-parent"
    DAY_OFF = "day-off"


@dataclass(frozen=True)
class Warned:
    """One clash and the day that it is about."""

    what: Clash
    day: date


@dataclass(frozen=True)
class Consequences:
    """What a new deadline breaks: the code of a refusal with its day, and what to think of."""

    refusal: str = ""
    day: date | None = None
    warnings: tuple[Warned, ...] = ()


def consequences(new: date, around: Around, *, today: date, calendar: WorkingDays) -> Consequences:
    """What happens when a task is to be due on `new` (product rule 8)."""
    refusal = _impossible(new, around, today)
    if refusal:
        return Consequences(*refusal)
    return Consequences(warnings=_warnings(new, around, calendar))


def _impossible(new: date, around: Around, today: date) -> tuple[str, date | None] | None:
    if around.due_on is None:
        return "extension.no-deadline", None
    if new <= around.due_on:
        return "extension.not-later", around.due_on
    if new < today:
        return "extension.past", today
    if _passes(new, around.held_on) and around.certainty is Certainty.FIXED:
        return "extension.after-meeting", around.held_on
    return None


def _warnings(new: date, around: Around, calendar: WorkingDays) -> tuple[Warned, ...]:
    found = [
        Warned(what, day)
        for what, day in (
            (Clash.AFTER_MEETING, around.held_on),
            (Clash.AFTER_DOSSIER, around.dossier_on),
            (Clash.AFTER_PARENT, around.parent_due_on),
        )
        if day is not None and new > day
    ]
    if Clash.AFTER_MEETING in [warned.what for warned in found]:
        # Whoever is told of the meeting need not hear of its papers.
        found = [warned for warned in found if warned.what is not Clash.AFTER_DOSSIER]
    if not calendar.is_working(new):
        found.append(Warned(Clash.DAY_OFF, calendar.before(new)))
    return tuple(found)


def _passes(new: date, day: date | None) -> bool:
    return day is not None and new > day
