"""Who may see which letter and which reason: An his own, Bình hers, Chi nothing of theirs."""

import pytest
from sqlmodel import Session

from tests.builders import Office, a_meeting, a_person, a_task, a_unit
from tests.reminders.office_day import FRIDAY, MEETING, MONDAY, on
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.reminder import MessageState, Rule
from tracker.queries import reminders
from tracker.queries.reminders import Filter
from tracker.reminders.run import run_once
from tracker.wiring import Wiring

EVERYTHING = Filter()


@pytest.fixture
def told(session: Session, office: Office, wired: Wiring) -> None:
    """Letter 1 to Sở Tài chính (task 1, its lead), letter 2 to Sở Y tế (its support)."""
    a_task(session, office.issuer, lead=office.finance, supports=(office.health,), due_on=FRIDAY)
    session.commit()
    run_once(wired)


def seen(session: Session, reader: Reader) -> list[str]:
    return [row.name for row in reminders.messages(session, reader, EVERYTHING, size=10)]


@pytest.mark.usefixtures("told")
def test_a_unit_sees_its_own_letters_alone(session: Session, office: Office) -> None:
    assert seen(session, office.reader(session, office.an)) == ["Sở Tài chính"]
    assert seen(session, office.reader(session, office.binh)) == ["Sở Y tế"]


@pytest.mark.usefixtures("told")
def test_a_stranger_sees_nothing(session: Session, office: Office) -> None:
    chi = office.reader(session, office.chi)
    assert seen(session, chi) == []
    assert [reminders.letter(session, chi, number) for number in (1, 2)] == [None, None]
    assert reminders.of_task(session, chi, 1) == []
    assert seen(session, Reader(person_id=0, name="Không ai", email="")) == []


@pytest.mark.usefixtures("told")
def test_the_office_the_leader_and_the_administrator_see_all_that_was_issued(
    session: Session, office: Office
) -> None:
    for person in (office.specialist, office.leader, office.admin):
        reader = office.reader(session, person)
        assert seen(session, reader) == ["Sở Y tế", "Sở Tài chính"]
        assert len(reminders.of_task(session, reader, 1)) == 2


@pytest.mark.usefixtures("told")
def test_the_office_of_another_issuer_sees_nothing(session: Session, office: Office) -> None:
    party = a_unit(session, "Tỉnh ủy", issues=True)
    clerk = a_person(session, "Giang", Role.OFFICE_SPECIALIST, party)
    assert seen(session, office.reader(session, clerk)) == []


def test_no_office_reads_what_another_wrote_to_the_same_unit(
    session: Session, office: Office, wired: Wiring
) -> None:
    party = a_unit(session, "Tỉnh ủy", issues=True)
    clerk = office.reader(session, a_person(session, "Giang", Role.OFFICE_SPECIALIST, party))
    for issuer in (office.issuer, party):
        a_task(session, issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    run_once(wired)
    shared = reminders.letter(session, clerk, 1)
    assert shared is not None
    assert [row.about_id for row in shared.reasons] == [2]
    assert (shared.may_read, shared.text) == (False, None)


@pytest.mark.usefixtures("told")
def test_the_recipient_reads_the_letter_with_its_reasons(session: Session, office: Office) -> None:
    letter = reminders.letter(session, office.reader(session, office.an), 1)
    assert letter is not None
    assert letter.may_read
    assert "/tasks/1" in (letter.text or "")
    assert [(row.rule, row.step, row.state) for row in letter.reasons] == [
        (Rule.TASK_DUE, -1, "sent")
    ]


@pytest.mark.usefixtures("told")
def test_the_page_is_narrowed_and_paged(session: Session, office: Office) -> None:
    admin = office.reader(session, office.admin)

    def ids(chosen: Filter, size: int = 10) -> list[int]:
        return [row.id for row in reminders.messages(session, admin, chosen, size=size)]

    assert ids(EVERYTHING, size=1) == [2]
    assert ids(Filter(before=2)) == [1]
    assert ids(Filter(state=MessageState.FAILED)) == []
    assert ids(Filter(recipient=f"unit:{office.finance.id}")) == [1]


def test_a_meeting_knows_its_announcements(session: Session, office: Office, wired: Wiring) -> None:
    meeting = a_meeting(session, office.issuer, held_on=MEETING)
    a_task(session, office.issuer, lead=office.finance, meeting=meeting, due_on=MEETING)
    session.commit()
    run_once(on(wired, MONDAY))
    admin = office.reader(session, office.admin)
    assert [row.recipient_name for row in reminders.of_meeting(session, admin, 1)] == [
        "Sở Tài chính"
    ]
    assert reminders.of_meeting(session, office.reader(session, office.chi), 1) == []
