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


def test_a_bare_move_hands_nothing_in_and_confirms_nothing(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    for to, by in ((Status.SUBMITTED, an), (Status.DONE, specialist)):
        with pytest.raises(Refused, match=r"task\.no-such-move"):
            move(session, task, to, by, "Xong")


@pytest.mark.parametrize("to", [Status.PAUSED, Status.WITHDRAWN])
def test_stopping_needs_its_decision(
    session: Session, task: Task, specialist: Reader, to: Status
) -> None:
    with pytest.raises(Refused, match=r"task\.reason-missing"):
        move(session, task, to, specialist)
    assert move(session, task, to, specialist, "QĐ số 12").status is to


def test_opening_again_forgets_both_days(
    session: Session, office: Office, specialist: Reader
) -> None:
    days: dict[str, Any] = {"submitted_on": DAY, "done_on": DAY}
    task = a_task(session, office.issuer, status=Status.DONE, **days)
    move(session, task, Status.IN_PROGRESS, specialist, "Thiếu phụ lục")
    assert (task.submitted_on, task.done_on) == (None, None)


@pytest.fixture
def step(session: Session, office: Office, task: Task) -> Task:
    """A step of An's task that Bình's unit answers for."""
    facts: dict[str, Any] = {"parent_id": task.id, "is_step": True, "text": "Bước 1"}
    return a_task(session, office.issuer, lead=office.health, **facts)


def tick(session: Session, step: Task, by: Reader, *, is_done: bool = True) -> Task:
    return tasks.tick(session, step, is_done=is_done, by=by, at=AT, on=DAY)


def test_whoever_answers_for_a_step_or_the_whole_ticks_it_off(
    session: Session, office: Office, step: Task, an: Reader
) -> None:
    assert tick(session, step, office.reader(session, office.binh)).done_on == DAY
    assert tick(session, step, an, is_done=False).status is Status.IN_PROGRESS
    with pytest.raises(NotAllowed):
        tick(session, step, office.reader(session, office.chi))


def test_a_step_of_a_finished_task_stays_as_it_is(
    session: Session, step: Task, task: Task, an: Reader
) -> None:
    tick(session, step, an)
    task.status, task.done_on = Status.DONE, DAY
    with pytest.raises(Refused, match=r"task\.parent-closed"):
        tick(session, step, an, is_done=False)


def test_what_is_no_step_is_not_ticked(session: Session, task: Task, an: Reader) -> None:
    with pytest.raises(Refused):
        tick(session, task, an)


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
