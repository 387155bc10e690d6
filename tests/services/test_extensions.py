"""Asking for more time: what is impossible, what is warned of, accepted, declined, offered."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_filing, a_meeting, a_task
from tracker.domain import Change, Filing, Task
from tracker.domain.change import Act
from tracker.domain.extension import Around, Clash, consequences
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.meeting import Certainty
from tracker.domain.reader import Reader
from tracker.domain.task import Status, Timeliness, timeliness
from tracker.domain.working_days import published
from tracker.errors import Refused
from tracker.services import filing_answers as answers
from tracker.services import filings
from tracker.services.filings import Paper

TODAY, DUE, LATER = date(2026, 2, 26), date(2026, 3, 5), date(2026, 3, 20)
SIGNED: dict[str, Any] = {"at": AT, "on": TODAY}


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    return a_task(session, office.issuer, lead=office.finance, due_on=DUE)


@pytest.fixture
def an(session: Session, office: Office) -> Reader:
    return office.reader(session, office.an)


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


def ask(session: Session, task: Task, by: Reader, until: date = LATER, *, limit: int = 2) -> Filing:
    paper = Paper("Chờ số liệu", document_number="88/STC-QLNS", document_on=TODAY)
    return filings.ask_extension(session, task, paper, until=until, limit=limit, by=by, **SIGNED)


@pytest.mark.parametrize(
    ("facts", "new", "code", "day"),
    [
        ({"due_on": None}, LATER, "extension.no-deadline", None),
        ({}, DUE, "extension.not-later", DUE),
        ({"due_on": date(2026, 2, 20)}, date(2026, 2, 25), "extension.past", TODAY),
        (
            {"held_on": date(2026, 3, 10), "certainty": Certainty.FIXED},
            LATER,
            "extension.after-meeting",
            date(2026, 3, 10),
        ),
    ],
)
def test_what_is_impossible_says_why(
    facts: dict[str, Any], new: date, code: str, day: date | None
) -> None:
    around = Around(**({"due_on": DUE} | facts))
    found = consequences(new, around, today=TODAY, calendar=published())
    assert (found.refusal, found.day) == (code, day)


@pytest.mark.parametrize(
    ("facts", "new", "warned"),
    [
        ({}, LATER, []),
        ({"held_on": LATER, "certainty": Certainty.FIXED}, LATER, []),
        (
            {"held_on": date(2026, 3, 10), "certainty": Certainty.PLANNED},
            LATER,
            [(Clash.AFTER_MEETING, date(2026, 3, 10))],
        ),
        (
            {"held_on": LATER, "dossier_on": date(2026, 3, 13)},
            date(2026, 3, 18),
            [(Clash.AFTER_DOSSIER, date(2026, 3, 13))],
        ),
        (
            {"parent_due_on": date(2026, 3, 16)},
            LATER,
            [(Clash.AFTER_PARENT, date(2026, 3, 16))],
        ),
        ({}, date(2026, 3, 15), [(Clash.DAY_OFF, date(2026, 3, 13))]),
    ],
)
def test_what_is_possible_is_warned_of(
    facts: dict[str, Any], new: date, warned: list[tuple[Clash, date]]
) -> None:
    around = Around(**({"due_on": DUE} | facts))
    found = consequences(new, around, today=TODAY, calendar=published())
    assert [(one.what, one.day) for one in found.warnings] == warned


def test_asking_moves_nothing(session: Session, task: Task, an: Reader) -> None:
    filed = ask(session, task, an)
    assert (filed.due_on, filed.asked_on, task.due_on) == (DUE, LATER, DUE)


def test_a_date_that_cannot_be_is_refused_at_once(
    session: Session, office: Office, an: Reader
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=DUE, certainty=Certainty.FIXED)
    task = a_task(session, office.issuer, lead=office.finance, due_on=TODAY, meeting=meeting)
    with pytest.raises(Refused, match=r"extension\.after-meeting"):
        ask(session, task, an)


def test_accepting_moves_the_deadline_and_keeps_the_first(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    answers.accept(session, ask(session, task, an), by=specialist, **SIGNED)
    assert (task.due_on, task.original_due_on, task.due_version) == (LATER, DUE, 2)
    last = session.exec(select(Change)).all()[-1]
    assert (last.act, last.details) == (Act.DEADLINE, {"due_on": ["2026-03-05", "2026-03-20"]})


def test_an_extension_makes_nobody_punctual(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    answers.accept(session, ask(session, task, an), by=specialist, **SIGNED)
    task.status, task.submitted_on, task.done_on = Status.DONE, LATER, LATER
    assert timeliness(task, today=LATER, soon_until=LATER) is Timeliness.DONE_LATE


def test_declining_says_why_and_moves_nothing(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = ask(session, task, an)
    answers.give_back(session, filed, reason="Đã lùi một lần", by=specialist, **SIGNED)
    assert (filed.state, task.due_on) == (FilingState.RETURNED, DUE)


def test_another_date_is_offered_and_taken(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    filed, other = ask(session, task, an), date(2026, 3, 13)
    answers.counter_offer(session, filed, other, answer="Sớm hơn", by=specialist, **SIGNED)
    assert (filed.state, task.due_on) == (FilingState.COUNTERED, DUE)
    answers.answer_offer(session, filed, takes_it=True, by=an, **SIGNED)
    assert (filed.state, task.due_on) == (FilingState.ACCEPTED, other)
    assert filed.decided_by_id == specialist.person_id


def test_another_date_is_not_taken_and_the_old_one_holds(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = ask(session, task, an)
    answers.counter_offer(session, filed, date(2026, 3, 13), by=specialist, **SIGNED)
    answers.answer_offer(session, filed, takes_it=False, by=an, **SIGNED)
    assert (filed.state, task.due_on) == (FilingState.TAKEN_BACK, DUE)


@pytest.mark.parametrize(
    ("day", "code"),
    [(LATER, r"extension\.same-offer"), (date(2026, 3, 4), r"extension\.not-later")],
)
def test_an_offer_must_be_another_possible_date(
    session: Session, task: Task, an: Reader, specialist: Reader, day: date, code: str
) -> None:
    filed = ask(session, task, an)
    with pytest.raises(Refused, match=code):
        answers.counter_offer(session, filed, day, by=specialist, **SIGNED)


def test_a_date_that_has_passed_while_the_office_thought_is_not_granted(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    filed = ask(session, task, an)
    with pytest.raises(Refused, match=r"extension\.past"):
        answers.accept(session, filed, by=specialist, at=AT, on=date(2026, 3, 21))


def test_one_request_at_a_time(session: Session, task: Task, an: Reader) -> None:
    ask(session, task, an)
    with pytest.raises(Refused, match=r"filing\.already-open"):
        ask(session, task, an, date(2026, 3, 25))


@pytest.mark.parametrize(
    ("granted", "limit", "code"),
    [(0, 0, r"extension\.none-allowed"), (2, 2, r"extension\.limit")],
)
def test_the_office_s_setting_limits_how_often(
    session: Session, office: Office, task: Task, an: Reader, granted: int, limit: int, code: str
) -> None:
    facts: dict[str, Any] = {"state": FilingState.ACCEPTED, "asked_on": DUE}
    for _ in range(granted):
        a_filing(session, task, office.an, FilingKind.EXTENSION, **facts)
    with pytest.raises(Refused, match=code):
        ask(session, task, an, limit=limit)


def test_what_was_declined_does_not_count(
    session: Session, office: Office, task: Task, an: Reader
) -> None:
    facts: dict[str, Any] = {"state": FilingState.RETURNED, "asked_on": DUE}
    a_filing(session, task, office.an, FilingKind.EXTENSION, **facts)
    assert ask(session, task, an, limit=1).is_open


def test_the_letter_may_lack_its_day_but_is_not_of_a_day_ahead(
    session: Session, task: Task, an: Reader
) -> None:
    facts = SIGNED | {"until": LATER, "limit": 2, "by": an}
    with pytest.raises(Refused, match=r"filing\.document-ahead"):
        filings.ask_extension(session, task, Paper("Chờ", "8/STC", DUE), **facts)
    assert filings.ask_extension(session, task, Paper("Chờ", "8/STC"), **facts).is_open


def test_more_time_needs_a_reason(session: Session, task: Task, an: Reader) -> None:
    with pytest.raises(Refused, match=r"task\.reason-missing"):
        filings.ask_extension(session, task, Paper(), until=LATER, limit=2, by=an, **SIGNED)
