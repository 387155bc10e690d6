"""Somebody who is away names a deputy; the rights are lent for those days and not passed on."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_filing, a_person, a_task, a_unit
from tracker.domain import Change, Deputy, Person, Post
from tracker.domain.change import Act
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.queries.deputies import deputies_on, may_stand_in, standing_in
from tracker.services import filing_answers
from tracker.services.deputies import Absence, end_deputy, name_deputy
from tracker.services.tasks import move

TODAY = date(2026, 2, 26)
WEEK = Absence(TODAY, TODAY + timedelta(days=6), "đi công tác")


@pytest.fixture
def mai(session: Session, office: Office) -> Person:
    """An's colleague."""
    return a_person(session, "Mai", Role.UNIT_CLERK, office.finance)


def named(
    session: Session, office: Office, deputy: Person, absence: Absence = WEEK, by: str = "an"
) -> Deputy:
    reader = office.reader(session, getattr(office, by))
    return name_deputy(session, office.an, deputy.id, absence, by=reader, at=AT, today=TODAY)


def acting(session: Session, office: Office, person: Person, day: date = TODAY) -> Reader | None:
    return standing_in(session, office.reader(session, person), office.an.id, day)


def test_a_deputy_has_the_rights_of_whoever_is_away_and_their_own_name(
    session: Session, office: Office
) -> None:
    named(session, office, office.chi, by="admin")
    reader = acting(session, office, office.chi)
    assert reader is not None
    assert reader.units == {office.finance.id}
    assert (reader.person_id, reader.acting_for) == (office.chi.id, office.an.id)
    assert reader.people == {office.chi.id, office.an.id}


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (6, True), (7, False)])
def test_the_rights_begin_and_end_with_their_days(
    session: Session, office: Office, mai: Person, days: int, *, holds: bool
) -> None:
    named(session, office, mai)
    day = TODAY + timedelta(days=days)
    assert (acting(session, office, mai, day) is not None) is holds
    assert deputies_on(session, day) == ({office.an.id: mai.id} if holds else {})


def test_what_is_ended_holds_no_longer(session: Session, office: Office, mai: Person) -> None:
    deputy = named(session, office, mai)
    end_deputy(session, deputy, by=office.reader(session, office.an), at=AT)
    assert acting(session, office, mai) is None
    assert acts(session, office.an) == [Act.DEPUTISED, Act.DEPUTISED]


def test_nobody_acts_for_an_account_that_is_no_longer_used(
    session: Session, office: Office, mai: Person
) -> None:
    named(session, office, mai)
    office.an.is_disabled = True
    session.flush()
    assert acting(session, office, mai) is None
    assert deputies_on(session, TODAY) == {}


def test_borrowed_rights_are_not_passed_on(session: Session, office: Office, mai: Person) -> None:
    named(session, office, mai)
    borrowed = acting(session, office, mai)
    assert borrowed is not None
    with pytest.raises(NotAllowed, match=r"deputy\.acting"):
        name_deputy(session, mai, office.chi.id, WEEK, by=borrowed, at=AT, today=TODAY)
    with pytest.raises(NotAllowed, match=r"deputy\.acting"):
        name_deputy(session, office.an, office.chi.id, WEEK, by=borrowed, at=AT, today=TODAY)
    by = office.reader(session, office.admin)
    later = Absence(TODAY, TODAY)
    name_deputy(session, mai, office.chi.id, later, by=by, at=AT, today=TODAY)
    chi = office.reader(session, office.chi)
    passed_on = standing_in(session, chi, mai.id, TODAY)
    assert passed_on is not None
    assert passed_on.acting_for == mai.id
    assert standing_in(session, chi, office.an.id, TODAY) is None


def test_the_administration_is_never_lent(session: Session, office: Office) -> None:
    a_post = a_person(session, "Hà", Role.ADMINISTRATOR, office.issuer)
    by = office.reader(session, office.admin)
    with pytest.raises(Refused, match=r"deputy\.nothing-to-do"):
        name_deputy(session, a_post, office.chi.id, WEEK, by=by, at=AT, today=TODAY)
    named(session, office, office.admin, by="admin")
    reader = acting(session, office, office.admin)
    assert reader is not None
    assert not reader.is_administrator


@pytest.mark.parametrize(
    ("absence", "code"),
    [
        (Absence(TODAY, TODAY - timedelta(days=1)), "deputy.days-backwards"),
        (Absence(date(2026, 2, 1), date(2026, 2, 25)), "deputy.days-over"),
    ],
)
def test_days_that_cannot_be_are_refused(
    session: Session, office: Office, mai: Person, absence: Absence, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        named(session, office, mai, absence)


def test_one_deputy_at_a_time(session: Session, office: Office, mai: Person) -> None:
    named(session, office, mai)
    with pytest.raises(Refused, match=r"deputy\.overlap"):
        named(session, office, mai, Absence(WEEK.ends_on, WEEK.ends_on))
    assert named(session, office, mai, Absence(date(2026, 3, 10), date(2026, 3, 11))).id


def test_whoever_is_away_themselves_stands_in_for_nobody(
    session: Session, office: Office, mai: Person
) -> None:
    by = office.reader(session, mai)
    name_deputy(session, mai, office.an.id, WEEK, by=by, at=AT, today=TODAY)
    with pytest.raises(Refused, match=r"deputy\.away-too"):
        named(session, office, mai)


def test_nobody_stands_in_for_themselves(session: Session, office: Office) -> None:
    with pytest.raises(Refused, match=r"deputy\.oneself"):
        named(session, office, office.an)


def test_only_those_near_are_chosen_unless_the_administrator_chooses(
    session: Session, office: Office, mai: Person
) -> None:
    room = a_unit(session, "Phòng Ngân sách", parent_id=office.finance.id)
    below = a_person(session, "Lan", Role.UNIT_CLERK, room)
    assert may_stand_in(session, office.an.id) == [below, mai]
    assert office.an in may_stand_in(session, below.id)
    with pytest.raises(Refused, match=r"deputy\.not-near"):
        named(session, office, office.chi)
    assert named(session, office, office.chi, by="admin").id


def test_a_deputy_is_near_every_post_that_is_lent(
    session: Session, office: Office, mai: Person
) -> None:
    for unit, role in ((office.issuer, Role.OFFICE_SPECIALIST), (office.issuer, Role.LEADER)):
        session.add(Post(person_id=office.an.id, unit_id=unit.id, role=role))
        session.flush()
        assert may_stand_in(session, office.an.id) == []
    session.add(Post(person_id=mai.id, unit_id=office.issuer.id, role=Role.ADMINISTRATOR))
    session.flush()
    with pytest.raises(Refused, match=r"deputy\.not-near"):
        named(session, office, mai)
    assert named(session, office, mai, by="admin").id


def test_the_work_of_an_office_stays_among_those_who_work_there(
    session: Session, office: Office, mai: Person
) -> None:
    for person in (office.an, mai):
        post = Post(person_id=person.id, unit_id=office.issuer.id, role=Role.OFFICE_SPECIALIST)
        session.add(post)
    session.flush()
    assert may_stand_in(session, office.an.id) == [mai]
    assert may_stand_in(session, office.specialist.id) == [office.an, office.leader, mai]


def test_nobody_confirms_in_another_s_place_what_their_own_unit_wrote(
    session: Session, office: Office, mai: Person
) -> None:
    by = office.reader(session, office.admin)
    name_deputy(session, office.specialist, office.an.id, WEEK, by=by, at=AT, today=TODAY)
    an = standing_in(session, office.reader(session, office.an), office.specialist.id, TODAY)
    assert an is not None
    task = a_task(session, office.issuer, lead=office.finance)
    filed = a_filing(session, task, mai)
    with pytest.raises(NotAllowed, match=r"task\.own-work"):
        filing_answers.accept(session, filed, by=an, at=AT, on=TODAY)


def test_nobody_names_a_deputy_for_another(session: Session, office: Office, mai: Person) -> None:
    with pytest.raises(NotAllowed):
        named(session, office, mai, by="chi")
    deputy = named(session, office, mai)
    with pytest.raises(NotAllowed):
        end_deputy(session, deputy, by=office.reader(session, office.chi), at=AT)


def test_every_act_of_a_deputy_says_both_names(
    session: Session, office: Office, mai: Person
) -> None:
    named(session, office, mai)
    task, reader = a_task(session, office.issuer, lead=office.finance), acting(session, office, mai)
    assert reader is not None
    move(session, task, Status.IN_PROGRESS, by=reader, at=AT, on=TODAY, reason="")
    change = session.exec(select(Change).where(col(Change.act) == Act.STATUS)).one()
    assert (change.by_id, change.for_id) == (mai.id, office.an.id)


def acts(session: Session, person: Person) -> list[Act]:
    mine = select(Change).where(col(Change.thing_id) == person.id)
    return [change.act for change in session.exec(mine.order_by(col(Change.id)))]
