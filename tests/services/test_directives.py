"""The register of directives: entries, tasks given from them, and how far they have come."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_task
from tracker.domain import Change, Directive, Task
from tracker.domain.change import Act, Thing
from tracker.domain.directive import Cited
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.queries import directives as found
from tracker.queries.wanted import Days
from tracker.services import directives as acts

TODAY = date(2026, 2, 26)
PLAN = Cited("18-KH/ĐU", "Kế hoạch về dân vận khéo", "Kế hoạch", date(2026, 4, 24), "Đảng ủy")


@pytest.fixture
def clerk(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def plan(session: Session, office: Office, clerk: Reader) -> Directive:
    return acts.enter(session, PLAN, issuer_id=office.issuer.id, by=clerk, at=AT)


def again(session: Session, office: Office, clerk: Reader, **facts: Any) -> Directive:
    said = Cited(**({"number": "18-KH/ĐU", "title": "Kế hoạch khác"} | facts))
    return acts.enter(session, said, issuer_id=office.issuer.id, by=clerk, at=AT)


@pytest.mark.parametrize(
    "facts", [{"number": "18 - KH/ĐU"}, {"issued_by": "đảng ủy UBND tỉnh"}, {}]
)
def test_the_same_number_of_the_same_body_is_told(
    session: Session, office: Office, clerk: Reader, plan: Directive, facts: dict[str, Any]
) -> None:
    with pytest.raises(Refused, match="known") as told:
        again(session, office, clerk, **facts)
    assert told.value.facts["name"] == plan.name == "Kế hoạch số 18-KH/ĐU"


@pytest.mark.parametrize("facts", [{"issued_on": date(2025, 4, 1)}, {"issued_by": "HĐND tỉnh"}])
def test_numbers_begin_anew_each_year_and_at_each_body(
    session: Session, office: Office, clerk: Reader, plan: Directive, facts: dict[str, Any]
) -> None:
    assert again(session, office, clerk, **facts).id != plan.id


def test_a_document_without_number_or_title_is_refused(
    session: Session, office: Office, clerk: Reader
) -> None:
    with pytest.raises(Refused, match="facts-missing"):
        again(session, office, clerk, title=" ")


def test_a_correction_is_told_in_the_history(
    session: Session, clerk: Reader, plan: Directive
) -> None:
    said = Cited("18-KH/ĐU", PLAN.title, "Kế hoạch", date(2026, 4, 25), "Đảng ủy")
    acts.edit(session, plan, said, by=clerk, at=AT)
    change = session.exec(select(Change).where(Change.act == Act.EDITED)).one()
    assert (change.thing, change.details) == (
        Thing.DIRECTIVE, {"issued_on": ["24/4/2026", "25/4/2026"]},
    )  # fmt: skip


def test_of_two_papers_of_one_number_each_may_still_be_corrected(
    session: Session, office: Office, clerk: Reader, plan: Directive
) -> None:
    said = replace(PLAN, issued_on=date(2026, 4, 27))
    to = {"issuer_id": office.issuer.id}
    second = acts.found_or_entered(session, said, **to, by=clerk, at=AT)
    assert second.id != plan.id
    acts.edit(session, second, replace(said, note="Bản đính chính"), by=clerk, at=AT)
    assert acts.found_or_entered(session, PLAN, **to, by=clerk, at=AT) is plan
    with pytest.raises(Refused, match="known"):
        acts.edit(session, second, PLAN, by=clerk, at=AT)


def test_only_the_office_enters_edits_and_gives(
    session: Session, office: Office, plan: Directive
) -> None:
    for person in (office.an, office.leader, office.admin):
        reader = office.reader(session, person)
        with pytest.raises(NotAllowed):
            acts.edit(session, plan, PLAN, by=reader, at=AT)
        with pytest.raises(NotAllowed):
            acts.give(session, plan, acts.Given("Việc", None), by=reader, at=AT)


def test_a_task_given_from_a_document_says_so_and_tells_its_lead(
    session: Session, office: Office, clerk: Reader, plan: Directive
) -> None:
    said = acts.Given("Xây dựng kế hoạch", office.finance.id, due_on=TODAY)
    task = acts.give(session, plan, said, by=clerk, at=AT)
    assert (task.directive_id, task.original_due_on) == (plan.id, TODAY)
    told = session.exec(select(Change).where(Change.act == Act.ASSIGNED)).one()
    assert told.details["lead"] == [None, office.finance.id]


def given(session: Session, office: Office, plan: Directive, **facts: Any) -> Task:
    return a_task(session, office.issuer, directive_id=plan.id, **facts)


DONE: dict[str, Any] = {"status": Status.DONE, "done_on": TODAY}


def test_completion_counts_the_units_of_a_divided_task_and_no_steps(
    session: Session, office: Office, clerk: Reader, plan: Directive
) -> None:
    whole = given(session, office, plan, is_divided=True)
    given(session, office, plan, lead=office.finance, parent_id=whole.id, **DONE)
    given(session, office, plan, lead=office.health, parent_id=whole.id, due_on=date(2026, 2, 25))
    # A share that does not say its document has it from the whole.
    a_task(session, office.issuer, lead=office.culture, parent_id=whole.id)
    given(session, office, plan, lead=office.finance, status=Status.WITHDRAWN)
    given(session, office, plan, lead=office.finance, is_step=True)
    counted = found.completions(session, clerk, [plan.id], today=TODAY)[plan.id]
    assert (counted.done, counted.asked, counted.late) == (1, 3, 1)
    assert counted.percent == "33,33"


def test_the_share_is_written_as_vietnamese_papers_do() -> None:
    assert [found.Completion(*pair).percent for pair in ((609, 616), (1, 1), (0, 3))] == [
        "98,86", "100", "0",
    ]  # fmt: skip


def test_laggards_are_the_units_that_owe_the_most_overdue_first(
    session: Session, office: Office, clerk: Reader, plan: Directive
) -> None:
    given(session, office, plan, lead=office.finance)
    given(session, office, plan, lead=office.health, due_on=date(2026, 2, 25))
    rows = found.laggards(session, clerk, plan, today=TODAY)
    assert [(row.name, row.owed, row.late) for row in rows] == [
        ("Sở Y tế", 1, 1), ("Sở Tài chính", 1, 0),
    ]  # fmt: skip


def test_a_unit_sees_a_document_by_its_own_tasks_alone(
    session: Session, office: Office, plan: Directive
) -> None:
    given(session, office, plan, lead=office.finance, supports=(office.health,))
    given(session, office, plan, lead=office.health, text="Việc của Sở Y tế")
    an, binh, chi = (office.reader(session, one) for one in (office.an, office.binh, office.chi))
    days = Days(TODAY, TODAY)
    assert len(found.tasks_given(session, an, plan, days=days)) == 1
    assert len(found.tasks_given(session, binh, plan, days=days)) == 2
    asked = [
        len(found.register(session, reader, found.Sought(), today=TODAY)[0])
        for reader in (an, binh, chi)
    ]
    assert asked == [1, 1, 0]


@pytest.mark.parametrize(
    ("words", "count"),
    [("18-kh/du", 1), ("dan van kheo", 1), ("đảng ủy DÂN VẬN", 1), ("100%", 0), ("giao thông", 0)],
)
def test_the_register_is_searched_without_tones(
    session: Session, clerk: Reader, plan: Directive, words: str, count: int
) -> None:
    entries, _ = found.register(session, clerk, found.Sought(words), today=TODAY)
    assert len(entries) == count


def test_the_register_is_narrowed_to_a_year(
    session: Session, clerk: Reader, plan: Directive
) -> None:
    for year, count in ((2026, 1), (2025, 0)):
        entries, _ = found.register(session, clerk, found.Sought(year=year), today=TODAY)
        assert len(entries) == count
    assert found.years(session, clerk) == [2026]
