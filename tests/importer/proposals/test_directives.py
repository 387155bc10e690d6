"""The bulletin's section of new documents: proposed, asked about, and led to the register."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office
from tests.importer.papers import BULLETIN
from tests.importer.proposals.test_review import read
from tracker.domain import Alias, Directive, Import, Proposal, Task
from tracker.domain.directive import Cited
from tracker.domain.proposal import Decision
from tracker.domain.reader import Reader
from tracker.domain.task import Kind
from tracker.importer.proposals import apply, overlooked, review
from tracker.services import directives

PAPER = BULLETIN.read_bytes()


@pytest.fixture
def clerk(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def bulletin(session: Session, office: Office, clerk: Reader) -> Import:
    session.add(Alias.written("Đảng ủy UBND tỉnh Bắc Ninh", office.issuer.id))
    session.flush()
    return review.propose(session, read(session, PAPER), PAPER, by=clerk, at=AT)[0]


def take_in(session: Session, bulletin: Import, begins: str, by: Reader) -> Proposal:
    passages: list[dict[str, Any]] = bulletin.passages
    place = next(n for n, one in enumerate(passages) if begins in one["text"][:60])
    return overlooked.take_in(session, bulletin, place, by=by, at=AT)


def found(session: Session, number: str) -> Proposal:
    """What the reading itself proposes of a document."""
    asked = select(Proposal).where(col(Proposal.source_text).contains(number))
    return session.exec(asked).one()


def given_by(session: Session, directive: Directive) -> list[Task]:
    return list(session.exec(select(Task).where(Task.directive_id == directive.id)))


def plan_18(session: Session) -> Directive:
    return session.exec(select(Directive).where(Directive.number == "18-KH/ĐU")).one()


def test_the_bulletin_s_documents_with_a_deadline_are_proposed_as_tasks(
    session: Session, bulletin: Import
) -> None:
    asked = select(Proposal).where(col(Proposal.ref).startswith("+")).order_by(col(Proposal.id))
    proposals = session.exec(asked).all()
    assert [(one.ref, one.kind, str(one.due_on)) for one in proposals] == [
        ("+11", Kind.TASK, "2026-05-29"), ("+12", Kind.TASK, "2026-06-30"),
    ]  # fmt: skip
    assert proposals[0].text.startswith("Kế hoạch số 18-KH/ĐU ngày 24/4/2026")
    assert proposals[0].section == ["I- CÁC VĂN BẢN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY"]


def test_what_is_proposed_so_waits_for_a_person_and_is_no_longer_among_the_passages(
    session: Session, bulletin: Import, clerk: Reader
) -> None:
    apply.accept(session, bulletin, only_clear=True, by=clerk, at=AT)
    item = found(session, "18-KH/ĐU")
    assert item.decision is Decision.OPEN
    assert [doubt["code"] for doubt in item.doubts] == ["directive-found"]
    assert "18-KH/ĐU ngày" not in "".join(one["text"] for one in bulletin.passages)
    assert any("135/KH-UBND" in one["text"] for one in bulletin.passages)


def test_an_item_of_the_bulletin_s_documents_leads_to_its_document(
    session: Session, bulletin: Import, clerk: Reader
) -> None:
    apply.accept(session, bulletin, only_clear=False, by=clerk, at=AT)
    plan = plan_18(session)
    assert plan.name == "Kế hoạch số 18-KH/ĐU"
    assert (str(plan.issued_on), plan.issued_by) == ("2026-04-24", "Đảng ủy UBND tỉnh Bắc Ninh")
    (given,) = given_by(session, plan)
    assert (given.id, str(given.due_on)) == (found(session, "18-KH/ĐU").task_id, "2026-05-29")
    assert given.due_text == "hoàn thành trong tháng 5/2026"


def test_the_parts_of_a_split_item_come_from_the_same_document(
    session: Session, bulletin: Import, clerk: Reader
) -> None:
    item = found(session, "18-KH/ĐU")
    review.split(session, item, ["Xây dựng kế hoạch", "Tuyên truyền Chỉ thị"], by=clerk, at=AT)
    apply.accept(session, bulletin, only_clear=False, by=clerk, at=AT)
    assert len(given_by(session, plan_18(session))) == 2


def test_a_document_without_a_deadline_is_taken_in_by_hand_and_found_in_the_register(
    session: Session, office: Office, bulletin: Import, clerk: Reader
) -> None:
    said = Cited("135/KH-UBND", "Kế hoạch", issued_by="UBND tỉnh Bắc Ninh")
    known = directives.enter(session, said, issuer_id=office.issuer.id, by=clerk, at=AT)
    item = take_in(session, bulletin, "Kế hoạch số 135/KH-UBND", clerk)
    apply.accept(session, bulletin, only_clear=False, by=clerk, at=AT)
    assert [task.id for task in given_by(session, known)] == [item.task_id]
    assert (item.kind, item.due_on) == (Kind.TASK, None)


@pytest.fixture
def other(session: Session, office: Office, clerk: Reader) -> Directive:
    """The register's own entry of the number, under another day."""
    facts: dict[str, Any] = {"issued_on": date(2026, 4, 27), "issued_by": "Đảng ủy UBND tỉnh"}
    said = Cited("18-KH/ĐU", "Kế hoạch dân vận khéo", "Kế hoạch", **facts)
    return directives.enter(session, said, issuer_id=office.issuer.id, by=clerk, at=AT)


def test_a_number_that_the_register_holds_under_another_day_is_asked_about(
    session: Session, other: Directive, bulletin: Import, clerk: Reader
) -> None:
    (asked,) = [
        doubt for doubt in found(session, "18-KH/ĐU").doubts
        if doubt["code"] == "directive-other-day"
    ]  # fmt: skip
    assert asked["question"]
    assert "đã có Kế hoạch số 18-KH/ĐU nhưng ghi ngày 27/4/2026" in asked["message"]
    assert "ở đây ghi ngày 24/4/2026" in asked["message"]


def test_a_task_never_hangs_on_the_document_of_another_day(
    session: Session, other: Directive, bulletin: Import, clerk: Reader
) -> None:
    apply.accept(session, bulletin, only_clear=False, by=clerk, at=AT)
    assert given_by(session, other) == []
    asked = select(Directive).where(Directive.number == "18-KH/ĐU").order_by(col(Directive.id))
    days = [str(one.issued_on) for one in session.exec(asked)]
    assert days == ["2026-04-27", "2026-04-24"]


def test_a_day_corrected_in_the_register_makes_them_one_document(
    session: Session, other: Directive, bulletin: Import, clerk: Reader
) -> None:
    said = Cited("18-KH/ĐU", other.title, "Kế hoạch", date(2026, 4, 24), other.issued_by)
    directives.edit(session, other, said, by=clerk, at=AT)
    apply.accept(session, bulletin, only_clear=False, by=clerk, at=AT)
    assert len(given_by(session, other)) == 1


def test_an_ordinary_programme_enters_no_document(
    session: Session, office: Office, clerk: Reader
) -> None:
    made, _ = review.propose(session, read(session), b"x", by=clerk, at=AT)
    apply.accept(session, made, only_clear=False, by=clerk, at=AT)
    assert session.exec(select(Directive)).all() == []
