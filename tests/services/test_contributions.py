"""Bình's unit supports: it gives its part, An's unit accepts or returns it, the task stays."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_task
from tracker.domain import Change, Support, Task
from tracker.domain.change import Act
from tracker.domain.task import Contribution, Status
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.services import contributions
from tracker.services.contributions import Given


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    return a_task(session, office.issuer, lead=office.finance, supports=(office.health,))


@pytest.fixture
def support(session: Session, office: Office, task: Task) -> Support:
    return contributions.support_of(session, task, office.health.id)


def give(
    session: Session, office: Office, support: Support, task: Task, text: str = "Số liệu"
) -> None:
    by = office.reader(session, office.binh)
    contributions.give(session, support, task, Given(text), by=by, at=AT)


def accept(session: Session, office: Office, support: Support, task: Task) -> None:
    by = office.reader(session, office.an)
    contributions.accept(session, support, task, seen=support.given_at, by=by, at=AT)


def send_back(session: Session, office: Office, support: Support, reason: str) -> None:
    by, task = office.reader(session, office.an), session.get_one(Task, support.task_id)
    seen = support.given_at
    contributions.send_back(session, support, task, reason=reason, seen=seen, by=by, at=AT)


def test_binh_gives_and_an_accepts_and_the_task_stands_where_it_stood(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    give(session, office, support, task)
    assert (support.state, support.text) == (Contribution.GIVEN, "Số liệu")
    assert support.given_by_id == office.binh.id
    accept(session, office, support, task)
    assert (support.state, task.status) == (Contribution.ACCEPTED, Status.NOT_STARTED)
    acts = session.exec(select(Change.act).order_by(col(Change.id))).all()
    assert acts == [Act.CONTRIBUTED, Act.GRANTED]


def test_a_returned_part_says_what_is_missing_until_it_is_given_anew(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    give(session, office, support, task)
    send_back(session, office, support, "Thiếu số liệu quý I")
    assert (support.state, support.answer) == (Contribution.RETURNED, "Thiếu số liệu quý I")
    give(session, office, support, task, "Đã bổ sung")
    assert (support.state, support.answer) == (Contribution.GIVEN, "")


def test_a_part_is_not_returned_without_a_reason(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    give(session, office, support, task)
    with pytest.raises(Refused) as refusal:
        send_back(session, office, support, "")
    assert refusal.value.code == "contribution.reason-missing"


def test_what_was_not_given_is_not_accepted(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    with pytest.raises(Refused) as refusal:
        accept(session, office, support, task)
    assert refusal.value.code == "contribution.not-given"


def test_an_accepted_part_can_be_returned_but_not_given_over(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    give(session, office, support, task)
    accept(session, office, support, task)
    with pytest.raises(Refused) as refusal:
        give(session, office, support, task, "Khác")
    assert refusal.value.code == "contribution.accepted"
    send_back(session, office, support, "Số liệu đã thay đổi")
    assert support.state is Contribution.RETURNED


def test_an_empty_part_is_none(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    with pytest.raises(Refused) as refusal:
        give(session, office, support, task, "")
    assert refusal.value.code == "contribution.empty"


def test_files_alone_are_a_part(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    by = office.reader(session, office.binh)
    contributions.give(session, support, task, Given(has_files=True), by=by, at=AT)
    assert support.state is Contribution.GIVEN


def test_nothing_is_given_to_a_closed_task(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    task.status = Status.WITHDRAWN
    with pytest.raises(Refused) as refusal:
        give(session, office, support, task)
    assert refusal.value.code == "contribution.task-closed"


def test_only_the_supporting_unit_gives_its_part(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    for person in (office.an, office.specialist, office.chi):
        by = office.reader(session, person)
        with pytest.raises(NotAllowed):
            contributions.give(session, support, task, Given("x"), by=by, at=AT)


def test_no_unit_accepts_its_own_part_and_no_stranger_any(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    give(session, office, support, task)
    for person in (office.binh, office.chi):
        by = office.reader(session, person)
        with pytest.raises(NotAllowed):
            contributions.accept(session, support, task, seen=AT, by=by, at=AT)


def test_a_unit_that_does_not_support_has_no_part(
    session: Session, office: Office, task: Task
) -> None:
    with pytest.raises(NotFound):
        contributions.support_of(session, task, office.culture.id)


def test_what_was_given_before_stays_in_the_history_in_full(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    for text in ("Số liệu quý I", "Số liệu cả năm"):
        give(session, office, support, task, text)
    lines = session.exec(select(Change.details).order_by(col(Change.id))).all()
    assert [line.get("contribution_text") for line in lines] == [
        None,
        ["Số liệu quý I", "Số liệu cả năm"],
    ]


def test_a_part_given_anew_since_it_was_read_is_not_answered_unread(
    session: Session, office: Office, support: Support, task: Task
) -> None:
    give(session, office, support, task, "Một")
    seen, support.given_at = support.given_at, AT + timedelta(minutes=1)
    by = office.reader(session, office.an)
    with pytest.raises(Refused, match="changed-meanwhile"):
        contributions.accept(session, support, task, seen=seen, by=by, at=AT)
    with pytest.raises(Refused, match="changed-meanwhile"):
        contributions.send_back(session, support, task, reason="Sửa", seen=seen, by=by, at=AT)
    assert support.state is Contribution.GIVEN
