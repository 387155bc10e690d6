"""The office urges the units that still owe their work, and no others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office, a_task
from tracker.domain import Change, Task
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.services import shares
from tracker.services.urging import urge

AT = datetime(2026, 2, 27, 1, 0, tzinfo=UTC)
FRIDAY, SATURDAY, MONDAY = date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 2)


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def parts(session: Session, office: Office, specialist: Reader) -> list[Task]:
    """Sở Tài chính has handed in, Sở Văn hóa is at work, Sở Y tế has not begun."""
    task = a_task(session, office.issuer, due_on=FRIDAY)
    units = [office.finance.id, office.health.id, office.culture.id]
    made = shares.divide(session, task, units, by=specialist, at=AT)
    made[0].status, made[0].submitted_on = Status.SUBMITTED, FRIDAY
    made[1].status = Status.IN_PROGRESS
    return made


def whole(session: Session, parts: list[Task]) -> Task:
    return session.get_one(Task, parts[0].parent_id)


def send(session: Session, task: Task, by: Reader, on: date = FRIDAY, words: str = "") -> list[int]:
    at = AT + timedelta(days=(on - FRIDAY).days)
    return urge(session, task, words=words, by=by, at=at, on=on)


def code_of(session: Session, task: Task, by: Reader, on: date = FRIDAY) -> tuple[str, object]:
    with pytest.raises(Refused) as refusal:
        send(session, task, by, on)
    return refusal.value.code, refusal.value.facts.get("day")


def test_only_those_who_still_owe_their_part_are_urged(
    session: Session, parts: list[Task], specialist: Reader
) -> None:
    urged = send(session, whole(session, parts), specialist, words="Đề nghị báo cáo trước 16 giờ")
    assert urged == [parts[1].id, parts[2].id]
    lines = session.exec(select(Change).where(col(Change.act) == Act.URGED)).all()
    told = [*urged, whole(session, parts).id]
    assert [(line.thing, line.thing_id) for line in lines] == [(Thing.TASK, one) for one in told]
    assert {line.reason for line in lines} == {"Đề nghị báo cáo trước 16 giờ"}
    assert lines[-1].details == {"units": [None, 2]}


def test_a_unit_is_urged_once_in_a_working_day(
    session: Session, parts: list[Task], specialist: Reader
) -> None:
    send(session, whole(session, parts), specialist)
    assert code_of(session, whole(session, parts), specialist) == ("urge.today", FRIDAY)


def test_saturday_counts_with_friday_and_monday_is_a_new_day(
    session: Session, parts: list[Task], specialist: Reader
) -> None:
    send(session, whole(session, parts), specialist)
    assert code_of(session, whole(session, parts), specialist, SATURDAY)[0] == "urge.today"
    assert len(send(session, whole(session, parts), specialist, MONDAY)) == 2


def test_who_was_urged_alone_today_is_left_out_of_the_rest(
    session: Session, parts: list[Task], specialist: Reader
) -> None:
    assert send(session, parts[1], specialist) == [parts[1].id]
    assert send(session, whole(session, parts), specialist) == [parts[2].id]


def test_the_lead_of_an_ordinary_task_is_urged(
    session: Session, office: Office, specialist: Reader
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    assert send(session, task, specialist) == [task.id]


def test_nobody_is_urged_about_what_nobody_leads_or_owes(
    session: Session, office: Office, parts: list[Task], specialist: Reader
) -> None:
    unled = a_task(session, office.issuer, due_on=FRIDAY)
    assert code_of(session, unled, specialist)[0] == "urge.no-lead"
    assert code_of(session, parts[0], specialist)[0] == "urge.not-owed"


def test_a_unit_urges_nobody(session: Session, office: Office, parts: list[Task]) -> None:
    for person in (office.an, office.chi, office.leader):
        reader = office.reader(session, person)
        with pytest.raises(NotAllowed):
            send(session, parts[0], reader)
