"""A task is divided among units, and the whole follows its parts."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office, a_task, a_unit
from tracker.domain import Change, Filing, Support, Task
from tracker.domain.change import Act, Thing
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.reader import Reader
from tracker.domain.task import Contribution, Status
from tracker.errors import NotAllowed, Refused
from tracker.queries.shares import completion_of
from tracker.services import shares, tasks

AT = datetime(2026, 2, 26, 1, 0, tzinfo=UTC)
TODAY = date(2026, 2, 26)
DUE = date(2026, 3, 5)


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """Nobody leads it yet."""
    return a_task(session, office.issuer, due_on=DUE, ref="3")


@pytest.fixture
def parts(session: Session, office: Office, task: Task, specialist: Reader) -> list[Task]:
    """Divided among Sở Tài chính, Sở Văn hóa and Sở Y tế."""
    units = [office.finance.id, office.health.id, office.culture.id]
    return shares.divide(session, task, units, by=specialist, at=AT)


def close(session: Session, part: Task, status: Status, by: Reader, on: date = TODAY) -> None:
    """As the acts upon one task do it: the status first, then the whole."""
    part.status = status
    part.done_on = on if status is Status.DONE else None
    shares.follow(session, part, by=by, at=AT, on=on)


def lines(session: Session, task: Task, act: Act) -> list[Change]:
    about = (col(Change.thing) == Thing.TASK, col(Change.thing_id) == task.id)
    return list(session.exec(select(Change).where(*about, col(Change.act) == act)))


def test_each_unit_leads_its_part_with_the_deadline_of_the_whole(
    task: Task, parts: list[Task], office: Office
) -> None:
    assert (task.is_divided, task.lead_id) == (True, None)
    assert [(one.ref, one.lead_id, one.due_on, one.parent_id) for one in parts] == [
        ("3/1", office.finance.id, DUE, task.id),
        ("3/2", office.culture.id, DUE, task.id),
        ("3/3", office.health.id, DUE, task.id),
    ]


def test_the_history_says_it_on_the_whole_and_on_each_part(
    session: Session, task: Task, parts: list[Task]
) -> None:
    assert lines(session, task, Act.DIVIDED)[0].details["units"] == [0, 3]
    told = [lines(session, part, Act.ASSIGNED)[0].details for part in parts]
    assert told == [{"lead": [None, part.lead_id]} for part in parts]


def test_the_unit_that_led_goes_on_where_it_stood(
    session: Session, office: Office, specialist: Reader
) -> None:
    facts: dict[str, Any] = {"lead": office.finance, "percent": 40}
    task = a_task(session, office.issuer, status=Status.IN_PROGRESS, **facts)
    made = shares.divide(session, task, [office.health.id], by=specialist, at=AT)
    assert [(one.lead_id, one.status, one.percent) for one in made] == [
        (office.finance.id, Status.IN_PROGRESS, 40),
        (office.health.id, Status.NOT_STARTED, 0),
    ]


def test_more_units_are_added_later_and_none_twice(
    session: Session, office: Office, task: Task, specialist: Reader
) -> None:
    shares.divide(session, task, [office.finance.id], by=specialist, at=AT)
    more = shares.divide(session, task, [office.health.id], by=specialist, at=AT)
    assert [one.ref for one in more] == ["3/2"]
    with pytest.raises(Refused) as refusal:
        shares.divide(session, task, [office.health.id], by=specialist, at=AT)
    assert refusal.value.code == "shares.twice"


def test_only_the_office_divides(session: Session, office: Office, task: Task) -> None:
    for person in (office.an, office.chi, office.leader):
        reader = office.reader(session, person)
        with pytest.raises(NotAllowed):
            shares.divide(session, task, [office.health.id], by=reader, at=AT)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": Status.DONE, "done_on": TODAY}, "shares.not-now"),
        ({"status": Status.WITHDRAWN}, "shares.not-now"),
        ({"status": Status.PAUSED}, "shares.not-now"),
        ({"status": Status.SUBMITTED, "submitted_on": TODAY}, "shares.not-now"),
    ],
)
def test_a_task_that_is_closed_stopped_or_reported_is_not_divided(
    session: Session, office: Office, specialist: Reader, facts: dict[str, Any], code: str
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, **facts)
    with pytest.raises(Refused) as refusal:
        shares.divide(session, task, [office.health.id], by=specialist, at=AT)
    assert refusal.value.code == code


def test_a_task_with_an_unanswered_filing_is_not_divided(
    session: Session, office: Office, specialist: Reader
) -> None:
    task = a_task(session, office.issuer, lead=office.finance)
    kinds: dict[str, Any] = {"kind": FilingKind.EXTENSION, "state": FilingState.WAITING}
    session.add(Filing(task_id=task.id, author_id=office.an.id, at=AT, **kinds))
    with pytest.raises(Refused) as refusal:
        shares.divide(session, task, [office.health.id], by=specialist, at=AT)
    assert refusal.value.code == "shares.filing-open"


def test_a_part_is_not_divided_again(
    session: Session, office: Office, parts: list[Task], specialist: Reader
) -> None:
    with pytest.raises(Refused) as refusal:
        shares.divide(session, parts[0], [office.office.id], by=specialist, at=AT)
    assert refusal.value.code == "shares.is-part"


def test_a_task_with_steps_is_not_divided(
    session: Session, office: Office, task: Task, specialist: Reader
) -> None:
    a_task(session, office.issuer, parent_id=task.id, is_step=True)
    with pytest.raises(Refused) as refusal:
        shares.divide(session, task, [office.health.id], by=specialist, at=AT)
    assert refusal.value.code == "shares.has-steps"


@pytest.mark.parametrize("chosen", ["nobody", "unknown"])
def test_somebody_must_be_chosen(
    session: Session, task: Task, specialist: Reader, chosen: str
) -> None:
    with pytest.raises(Refused) as refusal:
        shares.divide(session, task, [99_999] if chosen == "unknown" else [], by=specialist, at=AT)
    assert refusal.value.code == "shares.nobody"


def test_a_closed_unit_gets_no_part(session: Session, task: Task, specialist: Reader) -> None:
    closed = a_unit(session, "Sở cũ", is_active=False)
    with pytest.raises(Refused) as refusal:
        shares.divide(session, task, [closed.id], by=specialist, at=AT)
    assert refusal.value.facts["units"] == "Sở cũ"


def test_who_gets_a_part_supports_no_longer_unless_something_was_given(
    session: Session, office: Office, specialist: Reader
) -> None:
    helping = (office.health, office.culture)
    task = a_task(session, office.issuer, supports=helping)
    session.get_one(Support, (task.id, office.culture.id)).state = Contribution.GIVEN
    shares.divide(session, task, [unit.id for unit in helping], by=specialist, at=AT)
    left = session.exec(select(Support.unit_id).where(col(Support.task_id) == task.id)).all()
    assert left == [office.culture.id]


def test_the_whole_begins_with_its_first_part(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    close(session, parts[0], Status.IN_PROGRESS, specialist)
    assert task.status is Status.IN_PROGRESS


def test_the_whole_is_done_with_its_last_open_part(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    parts[0].submitted_on, parts[1].submitted_on = date(2026, 2, 20), date(2026, 2, 24)
    close(session, parts[0], Status.DONE, specialist)
    assert (task.status, task.percent) == (Status.IN_PROGRESS, 33)
    close(session, parts[1], Status.DONE, specialist)
    close(session, parts[2], Status.WITHDRAWN, specialist)
    assert (task.status, task.done_on, task.percent) == (Status.DONE, TODAY, 100)
    assert task.submitted_on == date(2026, 2, 24)
    assert [line.details["status"] for line in lines(session, task, Act.STATUS)] == [
        ["not_started", "in_progress"],
        ["in_progress", "done"],
    ]


def test_the_whole_is_open_again_with_a_part(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    for part in parts:
        close(session, part, Status.DONE, specialist)
    close(session, parts[0], Status.IN_PROGRESS, specialist)
    assert (task.status, task.done_on, task.submitted_on) == (Status.IN_PROGRESS, None, None)


def test_when_every_part_is_withdrawn_the_office_decides(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    for part in parts:
        close(session, part, Status.WITHDRAWN, specialist)
    assert task.status is Status.NOT_STARTED
    assert completion_of(session, [task.id])[task.id].hundredths is None


def test_a_task_does_not_close_with_the_steps_of_its_procedure(
    session: Session, office: Office, specialist: Reader
) -> None:
    task = a_task(session, office.issuer, lead=office.finance)
    step = a_task(session, office.issuer, parent_id=task.id, is_step=True)
    close(session, step, Status.DONE, specialist)
    assert task.status is Status.NOT_STARTED


def stop(session: Session, task: Task, to: Status, by: Reader) -> list[Task]:
    old, task.status = task.status, to
    return shares.spread(session, task, old, by=by, at=AT, reason="Theo công văn số 12")


def test_what_the_office_stops_stops_for_every_open_part(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    close(session, parts[0], Status.DONE, specialist)
    stop(session, task, Status.WITHDRAWN, specialist)
    assert [part.status for part in parts] == [Status.DONE, Status.WITHDRAWN, Status.WITHDRAWN]
    assert lines(session, parts[1], Act.STATUS)[0].reason == "Theo công văn số 12"


def test_a_part_withdrawn_by_itself_stays_so_when_the_whole_comes_back(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    close(session, parts[0], Status.WITHDRAWN, specialist)
    stop(session, task, Status.WITHDRAWN, specialist)
    back = stop(session, task, Status.NOT_STARTED, specialist)
    assert back == parts[1:]
    assert [part.status for part in parts] == [Status.WITHDRAWN] + [Status.NOT_STARTED] * 2


def test_a_pause_leaves_what_is_handed_in_with_the_office(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    parts[0].status, parts[0].submitted_on = Status.SUBMITTED, TODAY
    parts[1].status, parts[1].percent = Status.IN_PROGRESS, 30
    task.status = Status.IN_PROGRESS
    stop(session, task, Status.PAUSED, specialist)
    assert [part.status for part in parts] == [Status.SUBMITTED, Status.PAUSED, Status.PAUSED]
    stop(session, task, Status.IN_PROGRESS, specialist)
    begun = [Status.SUBMITTED, Status.IN_PROGRESS, Status.NOT_STARTED]
    assert [part.status for part in parts] == begun


def test_a_new_deadline_is_for_the_open_parts_that_had_the_old_one(
    session: Session, task: Task, parts: list[Task], specialist: Reader
) -> None:
    close(session, parts[0], Status.DONE, specialist)
    parts[1].due_on, later = date(2026, 4, 1), date(2026, 3, 20)
    tasks.set_deadline(session, task, later, reason="Lùi họp", by=specialist, at=AT)
    assert [part.due_on for part in parts] == [DUE, date(2026, 4, 1), later]
    assert len(lines(session, parts[2], Act.DEADLINE)) == 1


def test_the_acts_upon_tasks_let_whole_and_parts_follow_each_other(
    session: Session, office: Office, task: Task, parts: list[Task], specialist: Reader
) -> None:
    facts: dict[str, Any] = {"by": specialist, "at": AT, "on": TODAY}
    tasks.move(session, parts[0], Status.IN_PROGRESS, reason="", **facts)
    assert task.status is Status.IN_PROGRESS
    kinds: dict[str, Any] = {"kind": FilingKind.REPORT, "state": FilingState.WAITING}
    session.add(Filing(task_id=parts[1].id, author_id=office.an.id, at=AT, **kinds))
    tasks.move(session, task, Status.WITHDRAWN, reason="Theo công văn số 12", **facts)
    assert {part.status for part in parts} == {Status.WITHDRAWN}
    assert session.exec(select(Filing.state)).one() is FilingState.LAPSED
