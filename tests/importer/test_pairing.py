"""What a clerk may correct in the comparison of a new version before it is applied."""

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office
from tests.importer import amended_papers as papers
from tests.importer.amended_papers import ADDED, FIRST, hand_in, take_in, task
from tracker.domain import (
    Import,
    Programme,
    ProgrammeVersion,
    Proposal,
)
from tracker.domain.amendment import Effect
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.importer.proposals import amendments, apply, pairing, review
from tracker.queries import amendments as there
from tracker.queries.diffs import Diff, foreseen_diff

PROMOTION = "Kế hoạch xúc tiến thương mại"
INTEGRATION = "Kế hoạch hội nhập"
NURSERY = "Kế hoạch thực hiện Phổ cập"
SCHOOLS = "Kế hoạch đầu tư xây dựng"
FOREST = "Quyết định công bố"


@pytest.fixture
def by(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def first(session: Session, by: Reader) -> Import:
    """The sample, taken in as it is."""
    papers.register_all(session)
    return take_in(session, hand_in(session, FIRST, by), by)


def diff_of(session: Session, made: Import) -> Diff:
    stands = there.standing(session, made.amends_id or 0, but=made.id)
    return foreseen_diff(session, made, stands)


def changed(diff: Diff) -> dict[str, tuple[str, ...]]:
    """What becomes of each task that does not stay as it is, by its new number."""
    rows = [row for row in diff.rows if Effect.UNCHANGED not in row.effects]
    return {row.said.ref or "": tuple(map(str, row.effects)) for row in rows if row.said}


def versions(session: Session) -> list[ProgrammeVersion]:
    asked = select(ProgrammeVersion).order_by(col(ProgrammeVersion.number))
    return list(session.exec(asked))


def item(session: Session, made: Import, begins: str) -> Proposal:
    mine = select(Proposal).where(col(Proposal.import_id) == made.id)
    return session.exec(mine.where(col(Proposal.text).startswith(begins))).one()


def test_the_clerk_says_whether_it_replaces_everything(
    session: Session, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.supplement(), by)
    pairing.replace_all(session, made, whole=True, by=by, at=AT)
    assert len(diff_of(session, made).having(Effect.WITHDRAWN)) == 18
    pairing.replace_all(session, made, whole=False, by=by, at=AT)
    assert len(diff_of(session, made).kept) == 18


def test_the_clerk_parts_a_pair_and_joins_another(
    session: Session, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.amended(), by)
    reworded = item(session, made, f"{PROMOTION} và đầu tư")
    pairing.pair_with(session, reworded, None, by=by, at=AT)
    assert changed(diff_of(session, made))["B.III.2"] == ("withdrawn",)
    pairing.pair_with(session, reworded, task(session, INTEGRATION), by=by, at=AT)
    diff = diff_of(session, made)
    assert [row.task_id for row in diff.having(Effect.WITHDRAWN)] == [
        task(session, f"{PROMOTION} giai").id
    ]


def test_a_task_is_taken_from_the_item_that_had_it(
    session: Session, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.amended(), by)
    yearly = task(session, f"{PROMOTION} năm 2026")
    pairing.pair_with(session, item(session, made, ADDED), yearly, by=by, at=AT)
    assert item(session, made, f"{PROMOTION} năm 2026").matched_id is None


def test_a_task_that_the_clerk_keeps_is_not_withdrawn(
    session: Session, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.amended(), by)
    missing = item(session, made, INTEGRATION)
    review.decide(session, missing, drop=True, by=by, at=AT)
    take_in(session, made, by)
    assert task(session, INTEGRATION).status is Status.NOT_STARTED


def test_a_comparison_made_before_another_version_is_refused_and_made_anew(
    session: Session, first: Import, by: Reader
) -> None:
    one, two = (hand_in(session, text, by) for text in (papers.amended(), papers.meeting_moved()))
    take_in(session, one, by)
    with pytest.raises(Refused, match=r"amendment\.newer"):
        apply.accept(session, two, only_clear=False, by=by, at=AT)
    programme = session.get_one(Programme, two.amends_id)
    amendments.choose(session, two, programme, by=by, at=AT)
    assert changed(diff_of(session, two))["B.III.3"] == ("added",)
    take_in(session, two, by)
    assert [version.number for version in versions(session)] == [1, 2, 3]


def test_two_documents_of_one_period_do_not_both_become_its_programme(
    session: Session, by: Reader
) -> None:
    papers.register_all(session)
    one, two = (hand_in(session, text, by) for text in (FIRST, papers.amended()))
    take_in(session, one, by)
    with pytest.raises(Refused, match=r"amendment\.programme-there"):
        apply.accept(session, two, only_clear=False, by=by, at=AT)


@pytest.mark.parametrize("who", ["an", "leader", "admin"])
def test_nobody_but_the_office_corrects_or_applies(
    session: Session, first: Import, by: Reader, office: Office, who: str
) -> None:
    made = hand_in(session, papers.amended(), by)
    other = office.reader(session, getattr(office, who))
    with pytest.raises(NotAllowed):
        pairing.replace_all(session, made, whole=False, by=other, at=AT)
    with pytest.raises(NotAllowed):
        pairing.pair_with(session, item(session, made, ADDED), None, by=other, at=AT)
    with pytest.raises(NotAllowed):
        apply.accept(session, made, only_clear=False, by=other, at=AT)


def test_of_an_item_that_is_split_one_part_stays_with_the_task(
    session: Session, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.amended(), by)
    parts = review.split(
        session, item(session, made, "Dự thảo Báo cáo"), ["Một", "Hai"], by=by, at=AT
    )
    assert [part.matched_id is None for part in parts] == [False, True]
