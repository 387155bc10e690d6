"""What is said about a task: the forms to write, and the questions that wait for an answer."""

from collections.abc import Mapping
from typing import Any

from tracker.domain.note import may_correct
from tracker.queries.history import spoken
from tracker.queries.notes import open_questions, people_around
from tracker.queries.talk import threads_of
from tracker.queries.tasks import Whole
from tracker.web.request import reader, session

# What a clerk says with one touch.
QUICK = (25, 50, 75, 90)


def card(whole: Whole) -> Mapping[str, Any] | None:
    """The facts of this card: whoever may not write still reads what was asked."""
    task, asking = whole.task, reader()
    sides = asking.sides(task.issuer_id, task.lead_id)
    takes_part = bool(sides) or any(unit.id in asking.units for unit in whole.supports)
    waiting = threads_of(session(), open_questions(session(), task.id))
    return {
        "may_note": takes_part,
        # Whose percentage is that of the whole; a supporting unit speaks of its part.
        "is_of_whole": bool(sides),
        "units_of_whole": (None, task.issuer_id, task.lead_id),
        "questions": spoken(session(), waiting),
        "people": _others(task) if takes_part else [],
        "quick": QUICK,
        "may_correct": lambda row: may_correct(row.author_id, row.for_id, asking),
    }


def _others(task: Any) -> list[Any]:
    return [one for one in people_around(session(), task) if one.id != reader().person_id]
