"""Tasks that follow a procedure: their steps, the ticks, the days, the reminders."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_task
from tests.reminders.office_day import said
from tracker.domain import CalendarDay, Change, Procedure, Task
from tracker.domain.change import Act
from tracker.domain.filing import FilingState
from tracker.domain.procedure import StepFacts, StepRole
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.domain.working_days import DayKind
from tracker.errors import NotAllowed, Refused
from tracker.reminders.run import run_once
from tracker.services import procedures, steps, tasks
from tracker.services.filing_answers import accept
from tracker.services.filings import Paper, ask_extension, refuse_task
from tracker.wiring import Wiring

THURSDAY = date(2026, 2, 26)


@pytest.fixture
def clerk(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def an(session: Session, office: Office) -> Reader:
    return office.reader(session, office.an)


@pytest.fixture
def short(session: Session, office: Office, clerk: Reader) -> Procedure:
    """Three steps: the lead at once, the office after three working days, the lead after five."""
    facts: dict[str, Any] = {"issuer_id": office.issuer.id, "by": clerk, "at": AT}
    made = procedures.create(session, "Quy trình ngắn", source="", **facts)
    for text, role, offset in (("Lập đoàn", "lead", 0), ("Bố trí xe", "office", 3)):
        step = StepFacts(text, "1", role=StepRole(role), offset_days=offset, papers=("Kế hoạch",))
        procedures.add_step(session, made, step, by=clerk, at=AT)
    procedures.add_step(session, made, StepFacts("Báo cáo", "2", offset_days=5), by=clerk, at=AT)
    return made


@pytest.fixture
def task(session: Session, office: Office, short: Procedure, clerk: Reader) -> Task:
    beginning = steps.Beginning("Kiểm tra năm 2026", office.finance.id, THURSDAY)
    return steps.start(session, short, beginning, issuer_id=office.issuer.id, by=clerk, at=AT)


def children(session: Session, task: Task) -> list[Task]:
    mine = select(Task).where(Task.parent_id == task.id).order_by(col(Task.position))
    return list(session.exec(mine))


def days(session: Session, task: Task) -> list[date | None]:
    return [step.due_on for step in children(session, task)]


def test_a_task_begun_from_a_procedure_has_its_steps_with_days_and_papers(
    session: Session, office: Office, task: Task
) -> None:
    made = children(session, task)
    assert [step.ref for step in made] == ["1", "2", "3"]
    assert days(session, task) == [THURSDAY, date(2026, 3, 3), date(2026, 3, 5)]
    assert [step.lead_id for step in made] == [office.finance.id, office.office.id, task.lead_id]
    assert (made[0].deliverables, made[0].is_step) == (["Kế hoạch"], True)
    assert task.due_on == date(2026, 3, 5)


def test_days_are_counted_in_the_office_s_own_calendar(
    session: Session, office: Office, short: Procedure, clerk: Reader
) -> None:
    monday = date(2026, 3, 2)
    session.add(CalendarDay(day=monday, kind=DayKind.OFF, name="Nghỉ bù"))
    begun = steps.Beginning("Kiểm tra", office.finance.id, THURSDAY)
    made = steps.start(session, short, begun, issuer_id=office.issuer.id, by=clerk, at=AT)
    assert days(session, made)[1] == date(2026, 3, 4)


def test_a_start_on_a_day_off_begins_with_the_next_working_day(
    session: Session, office: Office, short: Procedure, clerk: Reader
) -> None:
    begun = steps.Beginning("Kiểm tra", office.finance.id, date(2026, 2, 28))
    made = steps.start(session, short, begun, issuer_id=office.issuer.id, by=clerk, at=AT)
    assert days(session, made)[0] == date(2026, 3, 2)


def test_the_fourteen_steps_of_the_bulletin_become_fourteen_tasks(
    session: Session, office: Office, clerk: Reader
) -> None:
    procedures.install_shipped(session)
    shipped = session.exec(select(Procedure).where(col(Procedure.issuer_id).is_(None))).first()
    assert shipped is not None
    begun = steps.Beginning("Kiểm tra", office.finance.id, THURSDAY)
    made = steps.start(session, shipped, begun, issuer_id=office.issuer.id, by=clerk, at=AT)
    assert [step.ref for step in children(session, made)] == [str(n) for n in range(1, 15)]


def test_a_task_that_is_there_follows_a_procedure_and_keeps_its_deadline(
    session: Session, office: Office, short: Procedure, clerk: Reader
) -> None:
    own = a_task(session, office.issuer, lead=office.finance, due_on=date(2026, 6, 30))
    steps.apply(session, own, short, THURSDAY, by=clerk, at=AT)
    assert (len(children(session, own)), own.due_on) == (3, date(2026, 6, 30))
    with pytest.raises(Refused, match="divided"):
        steps.apply(session, own, short, THURSDAY, by=clerk, at=AT)


def test_a_unit_starts_nothing(
    session: Session, office: Office, short: Procedure, an: Reader
) -> None:
    begun = steps.Beginning("Kiểm tra", office.finance.id, THURSDAY)
    with pytest.raises(NotAllowed):
        steps.start(session, short, begun, issuer_id=office.issuer.id, by=an, at=AT)


def test_the_first_tick_sets_the_whole_going_and_no_tick_closes_it(
    session: Session, task: Task, clerk: Reader
) -> None:
    for step in children(session, task):
        steps.tick(session, step, is_done=True, by=clerk, at=AT, on=THURSDAY)
    assert task.status is Status.IN_PROGRESS
    assert {step.status for step in children(session, task)} == {Status.DONE}


def test_a_tick_can_be_taken_away(session: Session, task: Task, an: Reader) -> None:
    step = children(session, task)[0]
    steps.tick(session, step, is_done=True, by=an, at=AT, on=THURSDAY)
    steps.tick(session, step, is_done=False, by=an, at=AT, on=THURSDAY)
    assert (step.status, step.done_on, step.percent) == (Status.IN_PROGRESS, None, 0)


def test_a_stranger_ticks_nothing_and_the_lead_not_the_office_s_step(
    session: Session, office: Office, task: Task, an: Reader
) -> None:
    own, of_office, _ = children(session, task)
    for step, by in ((own, office.reader(session, office.chi)), (of_office, an)):
        assert not steps.may_tick(task, step, by)
        with pytest.raises(NotAllowed):
            steps.tick(session, step, is_done=True, by=by, at=AT, on=THURSDAY)


def test_a_tick_ends_the_request_for_more_time(session: Session, task: Task, an: Reader) -> None:
    step, later = children(session, task)[0], date(2026, 3, 10)
    when: dict[str, Any] = {"at": AT, "on": THURSDAY}
    paper = Paper(text="Chờ đoàn")
    asked = ask_extension(session, step, paper, until=later, limit=2, by=an, **when)
    steps.tick(session, step, is_done=True, by=an, at=AT, on=THURSDAY)
    assert asked.state is FilingState.LAPSED


@pytest.mark.parametrize("how", ["assigned", "refused"])
def test_another_lead_takes_the_open_steps_of_the_one_before_and_not_the_office_s(
    session: Session, office: Office, task: Task, clerk: Reader, an: Reader, how: str
) -> None:
    first, of_office, third = children(session, task)
    when: dict[str, Any] = {"at": AT, "on": THURSDAY}
    steps.tick(session, first, is_done=True, by=an, **when)
    tasks.receive(session, task, by=an, at=AT)
    if how == "refused":
        filed = refuse_task(session, task, Paper(text="Không thuộc Sở"), by=an, **when)
        accept(session, filed, lead_id=office.culture.id, by=clerk, **when)
    else:
        tasks.assign(session, task, office.culture.id, supports=set(), by=clerk, at=AT)
    leads = [step.lead_id for step in (first, of_office, third)]
    assert leads == [office.finance.id, office.office.id, office.culture.id]
    assert third.received_at is None
    told = select(Change.details).where(Change.act == Act.ASSIGNED, Change.thing_id == third.id)
    assert session.exec(told).all() == [{"lead": [office.finance.id, office.culture.id]}]


def test_steps_without_a_lead_wait_for_the_next_one(
    session: Session, office: Office, task: Task, clerk: Reader
) -> None:
    for lead in (None, office.culture.id):
        tasks.assign(session, task, lead, supports=set(), by=clerk, at=AT)
        assert [step.lead_id for step in children(session, task)] == [lead, office.office.id, lead]


def test_the_steps_of_an_office_that_leads_itself_stay_its_own(
    session: Session, office: Office, short: Procedure, clerk: Reader
) -> None:
    own = a_task(session, office.issuer, lead=office.office)
    steps.apply(session, own, short, THURSDAY, by=clerk, at=AT)
    tasks.assign(session, own, office.finance.id, supports=set(), by=clerk, at=AT)
    leads = [step.lead_id for step in children(session, own)]
    assert leads == [office.finance.id, office.office.id, office.finance.id]


def test_the_new_lead_is_reminded_of_the_steps(
    session: Session, office: Office, task: Task, clerk: Reader, wired: Wiring
) -> None:
    tasks.assign(session, task, office.culture.id, supports=set(), by=clerk, at=AT)
    session.commit()
    run_once(wired)
    told = "\n".join(said(session))
    assert f"task-due {children(session, task)[0].id} unit:{office.culture.id}" in told
    assert f"unit:{office.finance.id}" not in told


def test_receiving_the_task_receives_one_s_own_steps(
    session: Session, task: Task, an: Reader
) -> None:
    tasks.receive(session, task, by=an, at=AT)
    session.expire_all()
    assert [step.received_at for step in children(session, task)] == [AT, None, AT]


def test_the_following_steps_move_by_as_many_working_days(
    session: Session, task: Task, clerk: Reader
) -> None:
    second = children(session, task)[1]
    moved = steps.shifts(session, second, date(2026, 3, 6), following=True, by=clerk)
    steps.move(session, moved, reason="Đối tượng kiểm tra xin lùi", by=clerk, at=AT)
    assert days(session, task) == [THURSDAY, date(2026, 3, 6), date(2026, 3, 10)]
    assert children(session, task)[2].original_due_on == date(2026, 3, 5)


def test_ticked_steps_and_those_before_do_not_move(
    session: Session, task: Task, clerk: Reader, an: Reader
) -> None:
    _, second, third = children(session, task)
    steps.tick(session, third, is_done=True, by=an, at=AT, on=THURSDAY)
    moved = steps.shifts(session, second, date(2026, 3, 4), following=True, by=clerk)
    assert [shift.step for shift in moved] == [second]


def test_a_step_due_in_three_working_days_is_reminded_of_and_a_ticked_one_is_not(
    session: Session, office: Office, task: Task, an: Reader, wired: Wiring
) -> None:
    office.office.email = "vp@office.example"
    first, second, _ = children(session, task)
    steps.tick(session, first, is_done=True, by=an, at=AT, on=THURSDAY)
    session.commit()
    run_once(wired)
    told = "\n".join(said(session))
    assert f"task-due {second.id} unit:{office.office.id}" in told
    assert f" {first.id} unit" not in told


def test_what_was_not_ticked_is_not_chased_under_a_task_that_was_stopped(
    session: Session, task: Task, clerk: Reader
) -> None:
    said: dict[str, Any] = {"by": clerk, "at": AT, "on": THURSDAY, "reason": "Chờ ý kiến"}
    for to in (Status.PAUSED, Status.IN_PROGRESS, Status.WITHDRAWN):
        tasks.move(session, task, to, **said)
        left = {step.status for step in children(session, task)}
        assert left == {Status.NOT_STARTED if to is Status.IN_PROGRESS else to}
    with pytest.raises(Refused):
        steps.tick(session, children(session, task)[0], is_done=True, by=clerk, at=AT, on=THURSDAY)
