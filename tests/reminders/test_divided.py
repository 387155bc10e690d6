"""A divided task is never reminded of itself: each of its parts is, to the unit that leads it."""

from sqlmodel import Session

from tests.builders import AT, Office, a_task
from tests.reminders.office_day import FRIDAY, MONDAY, ledger, on
from tracker.domain import Task
from tracker.reminders.run import run_once
from tracker.services.shares import divide
from tracker.wiring import Wiring


def divided(session: Session, office: Office) -> tuple[Task, list[Task]]:
    by = office.reader(session, office.specialist)
    task = a_task(session, office.issuer, supports=(office.health,), due_on=FRIDAY)
    parts = divide(session, task, [office.finance.id, office.culture.id], by=by, at=AT)
    session.commit()
    return task, parts


def test_the_parts_are_reminded_and_not_the_whole(
    session: Session, office: Office, wired: Wiring
) -> None:
    task, parts = divided(session, office)
    run_once(wired)
    run_once(on(wired, MONDAY))
    about = {reason.about_id for reason in ledger(session)}
    assert about == {part.id for part in parts}
    assert task.id not in about
