"""What may happen to a task, by whom, and the line that it leaves."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, select

from tests.builders import AT, Office, a_filing, a_task
from tracker import db
from tracker.domain import Change, Support, Task
from tracker.domain.change import Act
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.reader import Reader
from tracker.domain.task import Contribution, Status
from tracker.errors import NotAllowed, Refused
from tracker.services import shares, tasks
from tracker.services.filing_answers import accept

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


@pytest.mark.parametrize("before", [0, 40, 100])
def test_opening_again_is_as_far_as_it_was_before_it_was_done(
    session: Session, office: Office, specialist: Reader, before: int
) -> None:
    facts: dict[str, Any] = {"status": Status.SUBMITTED, "submitted_on": DAY, "percent": before}
    task = a_task(session, office.issuer, lead=office.finance, **facts)
    assert move(session, task, Status.DONE, specialist).percent == 100
    assert move(session, task, Status.IN_PROGRESS, specialist, "Thiếu phụ lục").percent == before


def test_what_is_done_waits_for_no_answer(
    session: Session, office: Office, specialist: Reader
) -> None:
    facts: dict[str, Any] = {"status": Status.SUBMITTED, "submitted_on": DAY, "due_on": DAY}
    task = a_task(session, office.issuer, lead=office.finance, **facts)
    asked = a_filing(session, task, office.an, FilingKind.EXTENSION)
    move(session, task, Status.DONE, specialist)
    assert asked.state is FilingState.LAPSED


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


def test_whoever_answers_for_a_step_ticks_it_off_and_the_office(
    session: Session, office: Office, step: Task, an: Reader, specialist: Reader
) -> None:
    assert tick(session, step, office.reader(session, office.binh)).done_on == DAY
    assert tick(session, step, specialist, is_done=False).status is Status.IN_PROGRESS
    for by in (an, office.reader(session, office.chi)):
        with pytest.raises(NotAllowed):
            tick(session, step, by)


def test_a_step_of_a_finished_task_stays_as_it_is(
    session: Session, step: Task, task: Task, specialist: Reader
) -> None:
    tick(session, step, specialist)
    task.status, task.done_on = Status.DONE, DAY
    with pytest.raises(Refused, match=r"task\.parent-closed"):
        tick(session, step, specialist, is_done=False)
    step.status, step.done_on = Status.WITHDRAWN, None
    with pytest.raises(Refused, match=r"task\.parent-closed"):
        move(session, step, Status.NOT_STARTED, specialist, "Vẫn cần")


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


@pytest.mark.parametrize("state", list(Contribution))
def test_no_assignment_sends_away_what_a_unit_has_given(
    session: Session, office: Office, specialist: Reader, state: Contribution
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    session.get_one(Support, (task.id, office.health.id)).state = state
    culture, kept = office.culture.id, [] if state is Contribution.EXPECTED else [office.health.id]
    tasks.assign(session, task, office.finance.id, supports={culture}, by=specialist, at=AT)
    assert set(session.exec(select(Support.unit_id))) == {culture, *kept}
    line = session.exec(select(Change)).one()
    assert line.details["supports"] == [[office.health.id], sorted([culture, *kept])]


def test_a_unit_that_gave_something_may_lead_and_nothing_is_lost(
    session: Session, office: Office, specialist: Reader
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    support = session.get_one(Support, (task.id, office.health.id))
    support.state, support.text = Contribution.GIVEN, "Số liệu"
    tasks.assign(session, task, office.health.id, supports=set(), by=specialist, at=AT)
    assert session.exec(select(Support.text)).all() == ["Số liệu"]


@pytest.fixture
def parts(session: Session, office: Office, task: Task, specialist: Reader) -> list[Task]:
    """An's task divided between An's unit and Bình's."""
    return shares.divide(session, task, [office.health.id], by=specialist, at=AT)


def test_no_unit_gets_a_second_part_of_one_task(
    session: Session, office: Office, parts: list[Task], specialist: Reader
) -> None:
    first, second = parts
    with pytest.raises(Refused, match=r"shares\.twice"):
        tasks.assign(session, first, second.lead_id, supports=set(), by=specialist, at=AT)
    filed = a_filing(session, first, office.an, FilingKind.REFUSAL)
    with pytest.raises(Refused, match=r"shares\.twice"):
        accept(session, filed, lead_id=second.lead_id, by=specialist, at=AT, on=DAY)
    assert filed.state is FilingState.WAITING
    move(session, second, Status.WITHDRAWN, specialist, "QĐ số 12")
    tasks.assign(session, first, second.lead_id, supports=set(), by=specialist, at=AT)
    assert first.lead_id == office.health.id


def test_a_part_does_not_come_back_under_a_withdrawn_whole(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    move(session, task, Status.WITHDRAWN, specialist, "QĐ số 12")
    with pytest.raises(Refused, match=r"shares\.whole-withdrawn"):
        move(session, parts[0], Status.NOT_STARTED, specialist, "Vẫn cần")
    move(session, task, Status.NOT_STARTED, specialist, "QĐ số 15")
    assert parts[0].status is Status.NOT_STARTED


def begun_elsewhere(engine: sa.Engine, part: int, by: Reader) -> str:
    """Another person begins the part; what comes of it."""
    with db.open_session(engine, writes=True) as session:
        try:
            move(session, session.get_one(Task, part), Status.IN_PROGRESS, by)
        except StaleDataError:
            return "told"
        session.commit()
    return "saved"


def test_who_begins_a_part_and_who_changes_the_whole_never_wait_for_each_other(
    session: Session, engine: sa.Engine, task: Task, parts: list[Task], specialist: Reader
) -> None:
    session.commit()
    later = AT + timedelta(hours=1)
    tasks.touch(session, task, later)
    with ThreadPoolExecutor(1) as elsewhere:
        other = elsewhere.submit(begun_elsewhere, engine, parts[0].id, specialist)
        wait([other], timeout=0.5)
        tasks.touch(session, parts[0], later)
        session.commit()
        assert other.result() in {"saved", "told"}
