"""Reports and refusals from their writing to their answer, and what becomes of the task."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_filing, a_person, a_task
from tracker import db
from tracker.domain import Change, Filing, Support, Task
from tracker.domain.change import Act
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.task import Contribution, Status
from tracker.errors import NotAllowed, Refused
from tracker.services import filing_answers as answers
from tracker.services import filings, tasks
from tracker.services.filings import Paper

DAY, NEXT_DAY = date(2026, 2, 26), date(2026, 2, 27)
LATER: datetime = AT + timedelta(days=1)
SIGNED: dict[str, Any] = {"at": AT, "on": DAY}


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    return a_task(
        session,
        office.issuer,
        lead=office.finance,
        supports=(office.health,),
        due_on=date(2026, 3, 5),
    )


@pytest.fixture
def an(session: Session, office: Office) -> Reader:
    return office.reader(session, office.an)


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def head(session: Session, office: Office) -> Reader:
    """The head of An's unit, which wants everything to pass them."""
    office.finance.head_approves = True
    return office.reader(session, a_person(session, "Hanh", Role.UNIT_HEAD, office.finance))


def report(session: Session, task: Task, by: Reader, text: str = "Đã ban hành") -> Filing:
    return filings.report(session, task, Paper(text), by=by, **SIGNED)


def acts(session: Session) -> list[Act]:
    return [line.act for line in session.exec(select(Change).order_by(col(Change.id)))]


def test_a_report_hands_the_work_in_on_its_day(session: Session, task: Task, an: Reader) -> None:
    filed = report(session, task, an)
    assert (filed.state, filed.sent_at) == (FilingState.WAITING, AT)
    assert (task.status, task.submitted_on) == (Status.SUBMITTED, DAY)
    assert acts(session) == [Act.REPORTED, Act.STATUS]


@pytest.mark.parametrize(
    "paper", [Paper("Xong"), Paper("", "12/BC-STC", DAY), Paper(has_files=True)]
)
def test_words_or_a_document_or_a_file_make_a_report(
    session: Session, task: Task, an: Reader, paper: Paper
) -> None:
    assert filings.report(session, task, paper, by=an, **SIGNED).is_open


def test_an_empty_report_is_none(session: Session, task: Task, an: Reader) -> None:
    with pytest.raises(Refused, match=r"filing\.report-empty"):
        filings.report(session, task, Paper(document_on=DAY), by=an, **SIGNED)


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [
        ("12/BC-STC", None, r"filing\.document-no-date"),
        ("", DAY, r"filing\.document-no-number"),
        ("12/BC-STC", NEXT_DAY, r"filing\.document-ahead"),
    ],
)
def test_a_document_has_a_number_and_a_day_that_has_come(
    session: Session, task: Task, an: Reader, number: str, day: date | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        filings.report(session, task, Paper("Đã ban hành", number, day), by=an, **SIGNED)


@pytest.mark.parametrize("kind", [FilingKind.REPORT, FilingKind.EXTENSION])
def test_a_refused_task_is_neither_reported_nor_given_more_time(
    session: Session, office: Office, task: Task, an: Reader, kind: FilingKind
) -> None:
    refusal = a_filing(session, task, office.an, FilingKind.REFUSAL)
    with pytest.raises(Refused, match=r"filing\.refusal-open"):
        filings.refuse_filing(session, task, kind, limit=2, by=an)
    refusal.state = FilingState.RETURNED
    a_filing(session, task, office.an, kind)
    with pytest.raises(Refused, match=r"filing\.other-open"):
        filings.refuse_task(session, task, Paper("Không phải việc của Sở"), by=an, **SIGNED)


def test_accepting_a_report_finishes_the_work(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = report(session, task, an)
    answers.accept(session, filed, by=specialist, at=LATER, on=NEXT_DAY)
    assert (task.status, task.submitted_on, task.done_on) == (Status.DONE, DAY, NEXT_DAY)
    assert task.percent == 100
    assert acts(session)[-2:] == [Act.GRANTED, Act.STATUS]


def test_a_returned_report_says_why_and_the_work_goes_on(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = report(session, task, an)
    with pytest.raises(Refused, match=r"task\.reason-missing"):
        answers.give_back(session, filed, reason="", by=specialist, **SIGNED)
    answers.give_back(session, filed, reason="Thiếu phụ lục", by=specialist, **SIGNED)
    assert (filed.state, filed.answer) == (FilingState.RETURNED, "Thiếu phụ lục")
    assert (task.status, task.submitted_on) == (Status.IN_PROGRESS, None)
    assert report(session, task, an).is_open


def test_taking_a_report_back_lets_the_work_go_on(session: Session, task: Task, an: Reader) -> None:
    answers.take_back(session, report(session, task, an), by=an, **SIGNED)
    assert task.status is Status.IN_PROGRESS


def test_a_second_report_waits_for_the_answer_to_the_first(
    session: Session, task: Task, an: Reader, head: Reader
) -> None:
    report(session, task, an)
    with pytest.raises(Refused, match=r"filing\.already-open"):
        report(session, task, an)


def test_what_the_office_writes_down_somebody_else_confirms(
    session: Session, office: Office, task: Task, specialist: Reader
) -> None:
    filed = report(session, task, specialist)
    assert (filed.unit_id, task.received_at) == (office.finance.id, None)
    with pytest.raises(NotAllowed, match=r"task\.own-work"):
        answers.accept(session, filed, by=specialist, **SIGNED)
    other = a_person(session, "Ly", Role.OFFICE_LEADER, office.issuer)
    answers.accept(session, filed, by=office.reader(session, other), **SIGNED)
    assert task.status is Status.DONE


def test_nobody_confirms_their_own_work_through_another_place(
    session: Session, office: Office, task: Task, specialist: Reader
) -> None:
    deputy = replace(specialist, person_id=office.leader.id, acting_for=specialist.person_id)
    filed = report(session, task, deputy)
    assert (filed.author_id, filed.for_id) == (office.leader.id, specialist.person_id)
    with pytest.raises(NotAllowed, match=r"task\.own-work"):
        answers.accept(session, filed, by=specialist, **SIGNED)


def test_where_the_head_approves_a_report_waits_inside_the_unit(
    session: Session, task: Task, an: Reader, head: Reader
) -> None:
    filed = report(session, task, an)
    assert (filed.state, task.status) == (FilingState.WITH_HEAD, Status.NOT_STARTED)
    answers.let_go(session, filed, by=head, at=LATER, on=NEXT_DAY)
    assert (filed.state, filed.sent_by_id) == (FilingState.WAITING, head.person_id)
    assert (task.status, task.submitted_on) == (Status.SUBMITTED, NEXT_DAY)
    assert acts(session) == [Act.REPORTED, Act.APPROVED, Act.STATUS]


def test_a_head_sends_back_with_a_reason(
    session: Session, task: Task, an: Reader, head: Reader
) -> None:
    filed = report(session, task, an)
    answers.send_back(session, filed, reason="Chưa đủ số liệu", by=head, at=AT)
    assert (filed.state, task.status) == (FilingState.RETURNED, Status.NOT_STARTED)


def test_what_a_head_writes_goes_straight_out(session: Session, task: Task, head: Reader) -> None:
    assert report(session, task, head).state is FilingState.WAITING


def test_a_head_who_has_left_holds_nothing_up(
    session: Session, office: Office, task: Task, an: Reader
) -> None:
    office.finance.head_approves = True
    a_person(session, "Hanh", Role.UNIT_HEAD, office.finance, is_disabled=True)
    assert report(session, task, an).state is FilingState.WAITING


def test_a_refused_task_stays_until_the_office_has_decided(
    session: Session, office: Office, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = filings.refuse_task(session, task, Paper("Việc của Sở Y tế"), by=an, **SIGNED)
    assert task.lead_id == office.finance.id
    answers.give_back(session, filed, reason="Đúng việc của Sở", by=specialist, **SIGNED)
    assert (task.lead_id, filed.state) == (office.finance.id, FilingState.RETURNED)


def test_an_accepted_refusal_brings_the_task_back_to_the_office(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    tasks.move(session, task, Status.IN_PROGRESS, by=an, reason="", **SIGNED)
    filed = filings.refuse_task(session, task, Paper("Nhầm"), by=an, **SIGNED)
    answers.accept(session, filed, by=specialist, **SIGNED)
    assert (task.lead_id, task.received_at) == (None, None)
    assert (task.status, filed.state) == (Status.NOT_STARTED, FilingState.ACCEPTED)


def test_a_refused_task_is_given_on_in_the_same_act(
    session: Session, office: Office, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = filings.refuse_task(session, task, Paper("Nhầm"), by=an, **SIGNED)
    with pytest.raises(Refused, match=r"filing\.same-lead"):
        answers.accept(session, filed, lead_id=office.finance.id, by=specialist, **SIGNED)
    answers.accept(session, filed, lead_id=office.health.id, by=specialist, **SIGNED)
    assert task.lead_id == office.health.id
    assert session.exec(select(Support)).all() == []


def test_withdrawing_ends_what_is_open_and_pausing_keeps_it(
    session: Session, office: Office, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = filings.refuse_task(session, task, Paper("Nhầm"), by=an, **SIGNED)
    tasks.move(session, task, Status.PAUSED, by=specialist, reason="Chờ", **SIGNED)
    assert filed.is_open
    with pytest.raises(Refused, match=r"filing\.task-stands-still"):
        answers.accept(session, filed, by=specialist, **SIGNED)
    tasks.move(session, task, Status.WITHDRAWN, by=specialist, reason="QĐ 12", **SIGNED)
    assert (filed.state, filed.answer) == (FilingState.LAPSED, "QĐ 12")


def test_another_lead_need_not_wait_for_the_report_of_the_one_before(
    session: Session, office: Office, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = report(session, task, an)
    tasks.assign(session, task, office.culture.id, supports=set(), by=specialist, at=AT)
    assert (filed.state, task.status) == (FilingState.LAPSED, Status.IN_PROGRESS)
    assert (task.received_at, task.submitted_on) == (None, None)


def test_a_task_in_pieces_is_not_reported_as_a_whole(
    session: Session, office: Office, task: Task, an: Reader
) -> None:
    a_task(session, office.issuer, parent_id=task.id, text="Một bước", is_step=True)
    with pytest.raises(Refused, match=r"task\.open-children"):
        report(session, task, an)
    task.is_divided = True
    with pytest.raises(Refused, match=r"task\.divided"):
        report(session, task, an)


def test_a_unit_that_goes_on_supporting_keeps_its_part(
    session: Session, office: Office, task: Task, specialist: Reader
) -> None:
    part = session.exec(select(Support)).one()
    part.state, part.text = Contribution.GIVEN, "Số liệu y tế"
    helping = {office.health.id, office.culture.id}
    tasks.assign(session, task, office.finance.id, supports=helping, by=specialist, at=AT)
    kept = session.get(Support, (task.id, office.health.id))
    assert kept is not None
    assert (kept.state, kept.text) == (Contribution.GIVEN, "Số liệu y tế")


def test_whatever_the_lead_does_says_that_the_task_has_reached_it(
    session: Session, office: Office, task: Task, an: Reader, specialist: Reader
) -> None:
    tasks.move(session, task, Status.IN_PROGRESS, by=specialist, reason="", **SIGNED)
    assert not task.received_at
    report(session, task, an)
    assert task.received_by_id == an.person_id


def test_the_receipt_is_said_once(session: Session, task: Task, an: Reader) -> None:
    tasks.receive(session, task, by=an, at=AT)
    tasks.receive(session, task, by=an, at=LATER)
    assert task.received_at == AT
    assert acts(session) == [Act.RECEIVED]


def test_the_second_of_two_who_answer_is_told(
    session: Session, office: Office, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = report(session, task, an)
    answers.accept(session, filed, by=specialist, **SIGNED)
    with pytest.raises(Refused, match=r"filing\.not-now"):
        answers.give_back(session, filed, reason="Thiếu", by=specialist, **SIGNED)


def test_two_at_the_very_same_moment_do_not_both_answer(
    engine: sa.Engine, session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = report(session, task, an)
    session.commit()
    with db.transaction(engine) as beside:
        theirs = beside.get(Filing, filed.id)
        assert theirs is not None
        answers.take_back(beside, theirs, by=an, **SIGNED)
    with pytest.raises(StaleDataError):
        answers.accept(session, filed, by=specialist, **SIGNED)


def test_work_handed_in_before_there_were_reports_is_confirmed_all_the_same(
    session: Session, office: Office, specialist: Reader
) -> None:
    old: dict[str, Any] = {"status": Status.SUBMITTED, "submitted_on": DAY}
    task = a_task(session, office.issuer, lead=office.finance, **old)
    signed = SIGNED | {"by": specialist, "reason": ""}
    answers.by_status(session, task, Status.DONE, Paper(), **signed)
    assert task.status is Status.DONE


def test_a_finished_task_ends_its_request_for_time(
    session: Session, office: Office, task: Task, an: Reader, specialist: Reader
) -> None:
    asked = a_filing(session, task, office.an, FilingKind.EXTENSION, asked_on=date(2026, 3, 20))
    answers.accept(session, report(session, task, an), by=specialist, **SIGNED)
    assert asked.state is FilingState.LAPSED
