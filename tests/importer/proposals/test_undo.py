"""The last version taken back: exactly as it was, or not at all."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tests.builders import AT, Office
from tests.importer import amended_papers as papers
from tests.importer.amended_papers import ADDED, FIRST, hand_in, take_in, task
from tracker import db
from tracker.domain import (
    Change,
    Import,
    Meeting,
    Message,
    Programme,
    ProgrammeVersion,
    Proposal,
    Reminder,
    Section,
    Support,
    Task,
)
from tracker.domain.change import Act
from tracker.domain.proposal import ImportState
from tracker.domain.reader import Reader
from tracker.domain.reminder import About, MessageState, Rule
from tracker.domain.task import Status
from tracker.errors import NotAllowed, Refused
from tracker.importer.proposals import apply
from tracker.importer.proposals.undo import undo
from tracker.queries.imports import open_proposals
from tracker.queries.search import words_match
from tracker.services import meetings, notes

# Rows are told apart by what people see; an undone task has been touched all the same.
UNSEEN = {"version", "updated_at"}
INTEGRATION = "Kế hoạch hội nhập"
SCHOOLS = "Kế hoạch đầu tư xây dựng"


@pytest.fixture
def by(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def first(session: Session, by: Reader) -> Import:
    papers.register_all(session)
    return take_in(session, hand_in(session, FIRST, by), by)


def latest(session: Session) -> ProgrammeVersion:
    asked = select(ProgrammeVersion).where(col(ProgrammeVersion.undone_at).is_(None))
    return session.exec(asked.order_by(col(ProgrammeVersion.number).desc())).all()[0]


def rows(session: Session, *tables: type[SQLModel]) -> list[list[dict[str, Any]]]:
    """Every row of these tables as it stands in the database."""
    session.flush()
    made = [table.__table__ for table in tables]  # type: ignore[attr-defined]
    return [
        [
            {name: value for name, value in row.items() if name not in UNSEEN}
            for row in session.execute(sa.select(one).order_by(*one.primary_key)).mappings()
        ]
        for one in made
    ]


WORK = (Programme, Section, Meeting, Task, Support)


@pytest.mark.parametrize("paper", [papers.amended, papers.meeting_moved, papers.supplement])
def test_everything_is_as_it_was(session: Session, first: Import, by: Reader, paper: Any) -> None:
    before = rows(session, *WORK)
    made = take_in(session, hand_in(session, paper(), by), by)
    assert rows(session, *WORK) != before
    assert undo(session, latest(session), by=by, at=AT) is made
    assert rows(session, *WORK) == before


def test_the_document_is_open_again_with_its_pairs_and_can_be_applied_again(
    session: Session, first: Import, by: Reader
) -> None:
    made = take_in(session, hand_in(session, papers.amended(), by), by)
    after = rows(session, Task)
    undo(session, latest(session), by=by, at=AT)
    assert (made.state, len(open_proposals(session, made.id))) == (ImportState.OPEN, 19)
    take_in(session, made, by)
    assert [row["text"] for row in rows(session, Task)[0]] == [row["text"] for row in after[0]]


def test_an_undone_version_keeps_its_number_and_the_next_one_gets_another(
    session: Session, first: Import, by: Reader
) -> None:
    made = take_in(session, hand_in(session, papers.amended(), by), by)
    undo(session, latest(session), by=by, at=AT)
    take_in(session, made, by)
    asked = select(ProgrammeVersion).order_by(col(ProgrammeVersion.number))
    versions = [(one.number, one.undone_at is None) for one in session.exec(asked)]
    assert versions == [(1, True), (2, False), (3, True)]


def test_undoing_the_first_version_leaves_no_programme(
    session: Session, first: Import, by: Reader
) -> None:
    undo(session, latest(session), by=by, at=AT)
    assert rows(session, *WORK, ProgrammeVersion) == [[], [], [], [], [], []]
    assert (first.state, first.programme_id) == (ImportState.OPEN, None)
    take_in(session, first, by)
    assert latest(session).number == 1


def test_search_forgets_the_tasks_that_were_taken_back(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    undo(session, latest(session), by=by, at=AT)
    found = select(Task.id).where(words_match("ban hanh quy che quan ly cho"))
    assert session.exec(found).all() == []


def test_it_stands_in_the_history(session: Session, first: Import, by: Reader) -> None:
    made = take_in(session, hand_in(session, papers.amended(), by), by)
    undo(session, latest(session), by=by, at=AT)
    undone = session.exec(select(Change).where(col(Change.act) == Act.UNDONE)).all()
    assert {change.by_id for change in undone} == {by.person_id}
    of_task = next(one for one in undone if one.thing_id == task(session, INTEGRATION).id)
    assert of_task.details == {"status": ["withdrawn", "not_started"]}
    assert any(one.thing_id == made.id and one.thing == "import" for one in undone)


def test_work_on_a_task_that_was_changed_stands_in_the_way_and_is_named(
    session: Session, first: Import, by: Reader, office: Office
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    nursery = task(session, "Kế hoạch thực hiện Phổ cập")
    binh = office.reader(session, office.binh)
    notes.note(session, nursery, "Đang làm", percent=10, by=binh, at=AT)
    with pytest.raises(Refused) as refusal:
        undo(session, latest(session), by=by, at=AT)
    assert refusal.value.code == "amendment.worked-on"
    assert (refusal.value.facts["who"], refusal.value.facts["thing"]) == ("Binh", "mục B.I.3")


def test_a_meeting_moved_since_stands_in_the_way(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.meeting_moved(), by), by)
    meeting = session.exec(select(Meeting)).one()
    to = meetings.Appointment(date(2026, 3, 20), None, None, meeting.certainty, "Bận")
    meetings.edit(session, meeting, to, by=by, at=AT)
    with pytest.raises(Refused, match=r"amendment\.worked-on"):
        undo(session, latest(session), by=by, at=AT)


def test_work_on_other_tasks_is_no_obstacle_even_when_they_were_renumbered(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    forest = task(session, "Quyết định công bố")
    notes.note(session, forest, "Đang làm", percent=10, by=by, at=AT)
    undo(session, latest(session), by=by, at=AT)
    session.expire_all()
    assert (forest.ref, forest.percent) == ("B.III.5", 10)


def test_a_new_task_of_which_a_unit_was_reminded_stands_in_the_way(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    remind(session, task(session, ADDED), MessageState.SENT)
    with pytest.raises(Refused) as refusal:
        undo(session, latest(session), by=by, at=AT)
    assert (refusal.value.code, refusal.value.facts["who"]) == ("amendment.reminded", "Sở A")


def test_a_reminder_that_has_not_left_goes_with_its_task(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    remind(session, task(session, ADDED), MessageState.QUEUED)
    undo(session, latest(session), by=by, at=AT)
    assert session.exec(select(Reminder)).all() == []


def remind(session: Session, about: Task, state: MessageState) -> None:
    when: dict[str, Any] = {"planned_for": date(2026, 2, 3), "created_at": AT, "next_try_at": AT}
    to: dict[str, Any] = {
        "recipient": "unit:1",
        "name": "Sở A",
        "address": "a@b.vn",
        "message_id": "<1@x>",
    }
    letter = Message(state=state, **to, **when)
    session.add(letter)
    session.flush()
    ladder: dict[str, Any] = {"due_version": 1, "due_on": date(2026, 2, 27), "step": -3}
    thing: dict[str, Any] = {"about": About.TASK, "about_id": about.id, "recipient": "unit:1"}
    session.add(Reminder(rule=Rule.TASK_DUE, message_id=letter.id, **thing, **ladder))
    session.flush()


def test_only_the_latest_version_is_taken_back_and_only_once(
    session: Session, first: Import, by: Reader
) -> None:
    one = latest(session)
    take_in(session, hand_in(session, papers.amended(), by), by)
    two = latest(session)
    with pytest.raises(Refused, match=r"amendment\.not-last"):
        undo(session, one, by=by, at=AT)
    undo(session, two, by=by, at=AT)
    with pytest.raises(Refused, match=r"amendment\.undone-already"):
        undo(session, two, by=by, at=AT)


def test_a_version_from_before_versions_were_kept_cannot_be_taken_back(
    session: Session, first: Import, by: Reader
) -> None:
    latest(session).touched = []
    with pytest.raises(Refused, match=r"amendment\.too-old"):
        undo(session, latest(session), by=by, at=AT)


@pytest.mark.parametrize("who", ["an", "leader", "admin"])
def test_nobody_but_the_office_takes_back(
    session: Session, first: Import, office: Office, who: str
) -> None:
    with pytest.raises(NotAllowed):
        undo(session, latest(session), by=office.reader(session, getattr(office, who)), at=AT)


def test_a_version_taken_in_two_steps_is_taken_back_as_one(
    session: Session, first: Import, by: Reader
) -> None:
    before = rows(session, *WORK)
    made = hand_in(session, papers.amended(), by)
    for only_clear in (True, False):
        apply.accept(session, made, only_clear=only_clear, by=by, at=AT)
    undo(session, latest(session), by=by, at=AT)
    assert rows(session, *WORK) == before


def test_an_application_that_is_cut_short_leaves_nothing(
    session: Session, engine: sa.Engine, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.amended(), by).id
    session.commit()
    before = rows(session, *WORK, Proposal, Change)
    session.rollback()
    with db.open_session(engine, writes=True) as cut:
        apply.accept(cut, cut.get_one(Import, made), only_clear=False, by=by, at=AT)
        cut.rollback()
    assert rows(session, *WORK, Proposal, Change) == before
    assert task(session, SCHOOLS).status is Status.NOT_STARTED
