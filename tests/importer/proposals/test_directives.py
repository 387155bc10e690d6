"""The bulletin's section of new documents: an accepted item says which document gives it."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office
from tests.importer.papers import BULLETIN
from tests.importer.proposals.test_review import read
from tracker.domain import Alias, Directive, Import, Proposal, Task
from tracker.domain.directive import Cited
from tracker.domain.reader import Reader
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


def test_an_item_of_the_bulletin_s_documents_leads_to_its_document(
    session: Session, bulletin: Import, clerk: Reader
) -> None:
    item = take_in(session, bulletin, "Kế hoạch số 18-KH/ĐU", clerk)
    apply.accept(session, bulletin, only_clear=False, by=clerk, at=AT)
    plan = session.exec(select(Directive)).one()
    assert plan.name == "Kế hoạch số 18-KH/ĐU"
    assert (str(plan.issued_on), plan.issued_by) == ("2026-04-24", "Đảng ủy UBND tỉnh Bắc Ninh")
    given = session.exec(select(Task).where(Task.directive_id == plan.id)).one()
    assert (given.id, str(given.due_on)) == (item.task_id, "2026-05-29")
    assert given.due_text == "hoàn thành trong tháng 5/2026"


def test_the_parts_of_a_split_item_come_from_the_same_document(
    session: Session, bulletin: Import, clerk: Reader
) -> None:
    item = take_in(session, bulletin, "Kế hoạch số 18-KH/ĐU", clerk)
    review.split(session, item, ["Xây dựng kế hoạch", "Tuyên truyền Chỉ thị"], by=clerk, at=AT)
    apply.accept(session, bulletin, only_clear=False, by=clerk, at=AT)
    plan = session.exec(select(Directive)).one()
    assert len(session.exec(select(Task).where(Task.directive_id == plan.id)).all()) == 2


def test_a_document_that_stands_in_the_register_is_found_there(
    session: Session, office: Office, bulletin: Import, clerk: Reader
) -> None:
    said = Cited("135/KH-UBND", "Kế hoạch", issued_by="UBND tỉnh Bắc Ninh")
    known = directives.enter(session, said, issuer_id=office.issuer.id, by=clerk, at=AT)
    take_in(session, bulletin, "Kế hoạch số 135/KH-UBND", clerk)
    apply.accept(session, bulletin, only_clear=False, by=clerk, at=AT)
    given = session.exec(select(Task.directive_id).where(col(Task.directive_id).is_not(None)))
    assert set(given.all()) == {known.id}


def test_an_ordinary_programme_enters_no_document(
    session: Session, office: Office, clerk: Reader
) -> None:
    made, _ = review.propose(session, read(session), b"x", by=clerk, at=AT)
    apply.accept(session, made, only_clear=False, by=clerk, at=AT)
    assert session.exec(select(Directive)).all() == []
