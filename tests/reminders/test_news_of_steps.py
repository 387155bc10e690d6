"""A procedure has many steps: what is done to all of them is one piece of news, to each reader."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office, a_person
from tests.reminders.happenings import Told
from tests.reminders.office_day import THURSDAY
from tracker.domain import Procedure, Task
from tracker.domain.person import Role
from tracker.domain.procedure import StepFacts, StepRole
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.services import procedures, steps, tasks
from tracker.wiring import Wiring

FINANCE, CULTURE, OFFICE = "sotaichinh@", "sovhttdl@", "vanphong@"
NAMES = ("Lập đoàn", "Bố trí xe", "Mượn phòng họp", "Báo cáo")


@pytest.fixture
def clerk(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def now(ten: Wiring) -> dict[str, Any]:
    """The moment at which the task is made: a minute before whatever else happens to it."""
    return {"at": ten.clock.now() - timedelta(minutes=1)}


@pytest.fixture
def then(ten: Wiring) -> dict[str, Any]:
    return {"at": ten.clock.now()}


@pytest.fixture
def short(session: Session, office: Office, clerk: Reader, now: dict[str, Any]) -> Procedure:
    """Two steps of the lead, and between them two of the office."""
    made = procedures.create(
        session, "Quy trình", source="", issuer_id=office.issuer.id, by=clerk, **now
    )
    for text, role in zip(NAMES, ("lead", "office", "office", "lead"), strict=True):
        step = StepFacts(text, role=StepRole(role), offset_days=60)
        procedures.add_step(session, made, step, by=clerk, **now)
    return made


@pytest.fixture
def task(
    session: Session, office: Office, short: Procedure, clerk: Reader, now: dict[str, Any]
) -> Task:
    begun = steps.Beginning("Kiểm tra năm 2026", office.finance.id, THURSDAY)
    return steps.start(session, short, begun, issuer_id=office.issuer.id, by=clerk, **now)


def checks(session: Session, task: Task) -> list[Task]:
    mine = select(Task).where(Task.parent_id == task.id).order_by(col(Task.position))
    return list(session.exec(mine))


def test_a_procedure_begun_is_one_line_for_its_lead_and_one_for_the_office(
    task: Task, told: Told
) -> None:
    letters = told()
    assert set(letters) == {FINANCE, OFFICE}
    assert letters[FINANCE].count("/tasks/") == letters[OFFICE].count("/tasks/") == 1
    assert "Kiểm tra năm 2026" in letters[FINANCE]
    assert "[2] Bố trí xe" in letters[OFFICE]
    assert "Bước của nhiệm vụ: Kiểm tra năm 2026 (và 1 bước khác)" in letters[OFFICE]


def test_a_task_given_to_another_is_one_line_for_both(
    session: Session, office: Office, task: Task, clerk: Reader, then: dict[str, Any], told: Told
) -> None:
    told()
    tasks.assign(session, task, office.culture.id, supports=set(), by=clerk, **then)
    letters = told()
    assert set(letters) == {FINANCE, CULTURE}
    assert [text.count("Kiểm tra năm 2026") for text in letters.values()] == [1, 1]
    assert "Lập đoàn" not in letters[FINANCE] + letters[CULTURE]


def test_one_step_given_to_the_lead_of_the_whole_is_news_to_it(
    session: Session, office: Office, task: Task, clerk: Reader, then: dict[str, Any], told: Told
) -> None:
    told()
    cars = checks(session, task)[1]
    tasks.assign(session, cars, office.finance.id, supports=set(), by=clerk, **then)
    assert "Bố trí xe" in told()[FINANCE]


def test_who_leads_the_whole_hears_of_the_steps_of_others(
    session: Session, task: Task, clerk: Reader, then: dict[str, Any], told: Told
) -> None:
    told()
    cars = checks(session, task)[1]
    moved = steps.shifts(session, cars, date(2026, 6, 30), following=False, by=clerk)
    steps.move(session, moved, reason="Xe hỏng", by=clerk, **then)
    letters = told()
    assert "Xe hỏng" in letters[FINANCE]
    # The page of the whole: that of another's step does not open for them.
    assert f"/tasks/{task.id}\r\n" in letters[FINANCE]
    assert f"/tasks/{cars.id}\r\n" in letters[OFFICE]


def test_steps_moved_together_are_told_once(
    session: Session, task: Task, clerk: Reader, then: dict[str, Any], told: Told
) -> None:
    told()
    first = checks(session, task)[0]
    moved = steps.shifts(session, first, date(2026, 6, 30), following=True, by=clerk)
    steps.move(session, moved, reason="Đoàn đi muộn", by=clerk, **then)
    letters = told()
    assert "(và 3 bước khác)" in letters[FINANCE]
    assert "(và 1 bước khác)" in letters[OFFICE]


def test_a_pause_of_the_whole_is_told_once(
    session: Session, task: Task, clerk: Reader, then: dict[str, Any], told: Told
) -> None:
    told()
    why: dict[str, Any] = {"reason": "Chờ ý kiến", "on": THURSDAY}
    tasks.move(session, task, Status.PAUSED, by=clerk, **why, **then)
    letters = told()
    assert [letters[one].count("/tasks/") for one in (FINANCE, OFFICE)] == [1, 1]


def test_a_tick_taken_away_is_no_news_to_whoever_took_it(
    session: Session, office: Office, task: Task, then: dict[str, Any], told: Told
) -> None:
    told()
    mai = office.reader(session, a_person(session, "Mai", Role.UNIT_CLERK, office.finance))
    first = checks(session, task)[0]
    for is_done in (True, False):
        steps.tick(session, first, is_done=is_done, by=mai, on=THURSDAY, **then)
    assert told() == {}


def test_a_procedure_put_on_a_task_that_is_there_is_told_to_its_lead_once(
    session: Session,
    office: Office,
    task: Task,
    short: Procedure,
    clerk: Reader,
    then: dict[str, Any],
    told: Told,
) -> None:
    told()
    task.procedure_id, own = None, Task(**task.model_dump(exclude={"id", "version", "is_closed"}))
    session.add(own)
    session.flush()
    steps.apply(session, own, short, THURSDAY, by=clerk, **then)
    assert "[1] Lập đoàn" in told()[FINANCE]
