"""Names not in the directory: said once, known in every item and every later document."""

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_unit
from tests.importer.proposals.test_review import SAMPLE, corrected, item, read
from tracker.domain import Alias, Change, Import, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.importer.proposals import apply, learning, review
from tracker.queries.imports import proposals_of

TRADE = "Sở Công Thương"


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def made(session: Session, specialist: Reader) -> Import:
    return review.propose(session, read(session), SAMPLE, by=specialist, at=AT)[0]


def names(session: Session, made: Import) -> dict[str, int]:
    return dict(learning.unknown_names(proposals_of(session, made.id)))


def test_unknown_names_are_counted_over_the_items(session: Session, made: Import) -> None:
    assert names(session, made)[TRADE] == 3


def test_a_new_unit_belongs_to_the_issuer_and_leads_every_item_that_names_it(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    unit = learning.learn_unit(session, made, TRADE, by=specialist, at=AT)
    led = [item(session, f"B.III.{number}") for number in (2, 3, 4)]
    assert {one.lead_id for one in led} == {unit.id}
    assert not any(apply.is_doubtful(one) for one in led)
    assert (unit.name, unit.parent_id) == (TRADE, office.issuer.id)
    assert TRADE not in names(session, made)


def test_another_name_is_remembered_for_the_next_document(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    learning.learn_alias(session, made, TRADE, office.finance.id, by=specialist, at=AT)
    assert item(session, "B.III.2").lead_id == office.finance.id
    later = next(one for one in read(session).items if one.ref == "B.III.2")
    assert later.lead is not None
    assert later.lead.unit == office.finance.name


def test_a_name_that_is_taken_is_refused(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    a_unit(session, TRADE)
    with pytest.raises(Refused, match=r"unit\.name-taken"):
        learning.learn_unit(session, made, TRADE, by=specialist, at=AT)


def test_a_name_that_no_item_asks_about_makes_no_unit(
    session: Session, made: Import, specialist: Reader
) -> None:
    with pytest.raises(Refused, match=r"import\.name-unasked"):
        learning.learn_unit(session, made, "Sở Bịa đặt", by=specialist, at=AT)


def test_a_clerk_s_own_answer_is_not_overruled_later(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    chosen = item(session, "B.III.2")
    said = corrected(chosen, lead_id=office.health.id)
    review.correct(session, chosen, said, by=specialist, at=AT)
    learning.learn_unit(session, made, TRADE, by=specialist, at=AT)
    assert (chosen.lead_id, chosen.support_ids) == (office.health.id, [])
    assert item(session, "B.III.3").lead_id not in (None, office.health.id)


def test_an_alias_of_another_unit_is_not_taken_away(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    session.add(Alias.written(TRADE, office.health.id))
    with pytest.raises(Refused, match=r"unit\.alias-taken"):
        learning.learn_alias(session, made, TRADE, office.finance.id, by=specialist, at=AT)


def test_only_the_issuer_s_office_teaches(session: Session, made: Import, office: Office) -> None:
    stranger = office.reader(session, office.chi)
    with pytest.raises(NotAllowed):
        learning.learn_unit(session, made, TRADE, by=stranger, at=AT)
    assert session.exec(select(Unit).where(col(Unit.name) == TRADE)).all() == []


def test_who_added_the_unit_is_written_down(
    session: Session, made: Import, specialist: Reader
) -> None:
    unit = learning.learn_unit(session, made, TRADE, by=specialist, at=AT)
    about = select(Change).where(col(Change.thing) == Thing.UNIT, col(Change.thing_id) == unit.id)
    change = session.exec(about).one()
    assert (change.act, change.by_id) == (Act.CREATED, specialist.person_id)
