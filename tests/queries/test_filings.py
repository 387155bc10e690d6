"""What waits for whom, and how the databases find it among many tasks."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import AT, Office, a_filing, a_person, a_task
from tests.queries.test_plans import WHOLE, plans
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.person import Role
from tracker.domain.task import Status
from tracker.queries.filings import Pile, filings_of, waiting_for

__all__ = ["plans"]


def piles(session: Session, office: Office, person: str) -> list[tuple[Pile, str]]:
    reader = office.reader(session, getattr(office, person))
    return [(one.pile, one.filing.text) for one in waiting_for(session, reader)]


def test_each_finds_what_waits_for_them_and_the_oldest_first(
    session: Session, office: Office
) -> None:
    for n in (2, 1):
        task = a_task(session, office.issuer, lead=office.finance)
        a_filing(session, task, office.an, text=f"Thứ {n}", sent_at=AT + timedelta(days=n))
        countered: dict[str, Any] = {"state": FilingState.COUNTERED, "text": f"Ngày khác {n}"}
        a_filing(session, task, office.an, FilingKind.EXTENSION, **countered)
    assert piles(session, office, "specialist") == [
        (Pile.OFFICE, "Thứ 1"),
        (Pile.OFFICE, "Thứ 2"),
    ]
    assert {pile for pile, _ in piles(session, office, "an")} == {Pile.UNIT}
    assert piles(session, office, "chi") == piles(session, office, "leader") == []


def test_only_the_head_finds_what_waits_for_the_head(session: Session, office: Office) -> None:
    task = a_task(session, office.issuer, lead=office.finance)
    a_filing(session, task, office.an, state=FilingState.WITH_HEAD, sent_at=None, text="Duyệt")
    assert piles(session, office, "an") == piles(session, office, "specialist") == []
    head = office.reader(session, a_person(session, "Hanh", Role.UNIT_HEAD, office.finance))
    assert [one.pile for one in waiting_for(session, head)] == [Pile.HEAD]


def test_one_s_own_papers_wait_for_others(session: Session, office: Office) -> None:
    task = a_task(session, office.issuer, lead=office.finance)
    inside: dict[str, Any] = {"state": FilingState.WITH_HEAD, "sent_at": None}
    head = a_person(session, "Hanh", Role.UNIT_HEAD, office.finance)
    a_filing(session, task, office.an, **inside)
    lent = replace(office.reader(session, head), person_id=office.an.id, acting_for=head.id)
    assert waiting_for(session, lent) == []
    a_filing(session, task, head, FilingKind.EXTENSION)
    units = office.reader(session, office.an).units
    specialist = office.reader(session, office.specialist)
    assert [one.pile for one in waiting_for(session, specialist)] == [Pile.OFFICE]
    assert waiting_for(session, replace(specialist, own_side_units=units)) == []


def test_what_was_filed_about_a_withdrawn_task_waits_for_nobody(
    session: Session, office: Office
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, status=Status.WITHDRAWN)
    a_filing(session, task, office.an)
    assert piles(session, office, "specialist") == []


def test_a_filing_names_who_wrote_and_who_answered(session: Session, office: Office) -> None:
    task = a_task(session, office.issuer, lead=office.finance)
    answered: dict[str, Any] = {
        "state": FilingState.RETURNED,
        "decided_by_id": office.specialist.id,
    }
    a_filing(session, task, office.an, **answered)
    (filed,) = filings_of(session, office.reader(session, office.binh), task.id)
    assert (filed.unit, filed.author, filed.decided_by) == ("Sở Tài chính", "An", "Chuyên viên")


@pytest.mark.parametrize("who", ["specialist", "an"])
def test_what_waits_is_found_along_an_index(
    session: Session, office: Office, plans: list[tuple[str, str]], who: str
) -> None:
    waiting_for(session, office.reader(session, getattr(office, who)))
    walked = [plan for asked, plan in plans if re.search(r"\bfiling\b", asked)]
    assert walked
    assert [plan for plan in walked if WHOLE.search(plan)] == []
