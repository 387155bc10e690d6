"""What was taken for no item can become one, and group items are divided among their units."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office
from tests.importer.proposals.test_review import SAMPLE, corrected, item, read
from tracker.domain import Import, Proposal, Task
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, NotFound
from tracker.importer.proposals import apply, overlooked, review


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def made(session: Session, specialist: Reader) -> Import:
    return review.propose(session, read(session), SAMPLE, by=specialist, at=AT)[0]


def words_of(made: Import) -> str:
    return "\n".join(str(passage["text"]) for passage in made.passages)


def test_everything_printed_is_an_item_or_a_passage(session: Session, made: Import) -> None:
    told = words_of(made)
    for part in ("Số: /CTr-UBND", "Căn cứ Chương trình", "UB MTTQ tỉnh", "Vũ Huy Phương"):
        assert part in told


def test_a_passage_becomes_an_item_with_the_owner_it_names(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    where = {"line": 1}
    passage: dict[str, Any] = {"zone": "prose", "text": "Đề án A (Sở Tài chính chuẩn bị)"}
    made.passages = [passage | {"where": where}]
    taken = overlooked.take_in(session, made, 0, by=specialist, at=AT)
    assert (taken.text, taken.lead_id, taken.source) == ("Đề án A", office.finance.id, where)
    assert made.passages == []


def test_a_passage_s_deadline_and_unknown_unit_are_read_too(
    session: Session, made: Import, specialist: Reader
) -> None:
    words = "Giao Sở Ngoại thương chủ trì xây dựng Đề án A, trình trước ngày 25/02/2026"
    made.passages = [{"zone": "prose", "text": words, "where": {"line": 1}}]
    taken = overlooked.take_in(session, made, 0, by=specialist, at=AT)
    assert (str(taken.due_on), taken.unknown_units) == ("2026-02-24", ["Sở Ngoại thương"])


def test_a_passage_taken_in_is_not_withdrawn_by_a_version_that_still_prints_it(
    session: Session, made: Import, specialist: Reader
) -> None:
    place = next(n for n, one in enumerate(made.passages) if one["text"].startswith("Căn cứ"))
    overlooked.take_in(session, made, place, by=specialist, at=AT)
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    text = SAMPLE.decode().replace("2. Kế hoạch xúc tiến", "2. Kế hoạch tổng thể xúc tiến")
    again, _ = review.propose(session, read(session, text.encode()), b"2", by=specialist, at=AT)
    gone = select(Proposal).where(col(Proposal.import_id) == again.id, col(Proposal.withdraws))
    assert session.exec(gone).all() == []


def test_a_passage_taken_in_after_acceptance_opens_the_review_again(
    session: Session, made: Import, specialist: Reader
) -> None:
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    overlooked.take_in(session, made, 0, by=specialist, at=AT)
    assert apply.accept(session, made, only_clear=False, by=specialist, at=AT) == 1


@pytest.mark.parametrize("place", [-1, 999])
def test_a_place_without_a_passage_is_not_found(
    session: Session, made: Import, specialist: Reader, place: int
) -> None:
    with pytest.raises(NotFound):
        overlooked.take_in(session, made, place, by=specialist, at=AT)


def test_nobody_but_the_office_takes_in(session: Session, made: Import, office: Office) -> None:
    with pytest.raises(NotAllowed):
        overlooked.take_in(session, made, 0, by=office.reader(session, office.chi), at=AT)


def test_a_group_item_becomes_a_parent_and_a_child_for_each_unit(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    units = (office.finance.id, office.health.id)
    proposal = item(session, "A.2")
    review.correct(session, proposal, corrected(proposal, share_ids=units), by=specialist, at=AT)
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    parent = session.exec(select(Task).where(col(Task.ref) == "A.2")).one()
    children = session.exec(select(Task).where(col(Task.parent_id) == parent.id)).all()
    assert parent.lead_id is None
    assert [(one.ref, one.lead_id, one.due_on) for one in children] == [
        ("A.2/1", units[0], parent.due_on),
        ("A.2/2", units[1], parent.due_on),
    ]


def test_an_item_with_a_lead_is_not_divided(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    proposal = item(session, "A.2")
    said = corrected(proposal, lead_id=office.health.id, share_ids=(office.finance.id,))
    review.correct(session, proposal, said, by=specialist, at=AT)
    assert proposal.share_ids == []
