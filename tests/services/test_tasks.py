"""What may happen to a task, by whom, and the line that it leaves."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_task
from tracker.domain import Change, Support, Task
from tracker.domain.change import Act
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.services import tasks

DAY = date(2026, 2, 26)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    return a_task(session, office.issuer, lead=office.finance, due_on=date(2026, 3, 5))


@pytest.fixture
def an(session: Session, office: Office) -> Reader:
    return office.reader(session, office.an)


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


def move(session: Session, task: Task, to: Status, by: Reader, reason: str = "") -> Task:
    return tasks.move(session, task, to, by=by, at=AT, on=DAY, reason=reason)


def test_handing_in_remembers_the_day(session: Session, task: Task, an: Reader) -> None:
    assert move(session, task, Status.SUBMITTED, an).submitted_on == DAY


def test_confirming_keeps_the_day_of_handing_in(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    move(session, task, Status.SUBMITTED, an)
    done = move(session, task, Status.DONE, specialist)
    assert (done.submitted_on, done.done_on, done.percent) == (DAY, DAY, 100)


def test_giving_back_needs_a_reason_and_forgets_the_day(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    move(session, task, Status.SUBMITTED, an)
    with pytest.raises(Refused, match=r"task\.reason-missing"):
        move(session, task, Status.IN_PROGRESS, specialist)
    assert move(session, task, Status.IN_PROGRESS, specialist, "Thiếu").submitted_on is None


def test_a_stranger_moves_nothing(session: Session, office: Office, task: Task) -> None:
    with pytest.raises(NotAllowed):
        move(session, task, Status.IN_PROGRESS, office.reader(session, office.chi))


def test_every_move_leaves_its_line(session: Session, task: Task, an: Reader) -> None:
    move(session, task, Status.IN_PROGRESS, an)
    line = session.exec(select(Change)).one()
    assert (line.act, line.by_id) == (Act.STATUS, an.person_id)
    assert line.details == {"status": ["not_started", "in_progress"]}


def test_the_line_of_a_deadline_tells_the_one_it_replaced(
    session: Session, task: Task, specialist: Reader
) -> None:
    for day in (date(2026, 3, 20), date(2026, 3, 31)):
        tasks.set_deadline(session, task, day, reason="Lùi", by=specialist, at=AT)
    last = session.exec(select(Change)).all()[-1]
    assert last.details == {"due_on": ["2026-03-20", "2026-03-31"]}
    assert (task.original_due_on, task.due_version) == (date(2026, 3, 5), 3)


def test_the_same_deadline_again_starts_no_new_ladder(
    session: Session, task: Task, specialist: Reader
) -> None:
    tasks.set_deadline(session, task, date(2026, 3, 5), reason="Rõ", by=specialist, at=AT)
    assert task.due_version == 1


def test_a_lead_is_never_its_own_support(
    session: Session, office: Office, task: Task, specialist: Reader
) -> None:
    lead, other = office.health.id or 0, office.culture.id or 0
    tasks.assign(session, task, lead, supports={lead, other}, by=specialist, at=AT)
    assert session.exec(select(Support.unit_id)).all() == [other]


def test_a_finished_task_keeps_its_percentage(
    session: Session, office: Office, specialist: Reader
) -> None:
    done: dict[str, Any] = {"status": Status.DONE, "done_on": DAY, "percent": 100}
    task = a_task(session, office.issuer, **done)
    tasks.note(session, task, "Bổ sung", percent=50, by=specialist, at=AT)
    assert task.percent == 100


def test_a_supporting_units_share_does_not_move_the_leads(session: Session, office: Office) -> None:
    task = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    said = tasks.note(
        session, task, "Phần của Sở Y tế", percent=80, by=office.reader(session, office.binh), at=AT
    )
    assert (said.percent, task.percent) == (80, 0)
