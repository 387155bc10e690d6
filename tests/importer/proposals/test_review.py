"""What a clerk may do with a reading before it becomes tasks."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office
from tests.importer.papers import BULLETIN
from tracker import paths
from tracker.domain import (
    Alias,
    Change,
    Import,
    ImportSource,
    Meeting,
    Proposal,
    ProposedMeeting,
    Task,
)
from tracker.domain.change import Thing
from tracker.domain.proposal import ImportState
from tracker.domain.reader import Reader
from tracker.domain.task import Kind
from tracker.errors import NotAllowed, Refused
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.register import registered_units
from tracker.importer.parse import read_programme
from tracker.importer.proposals import apply, review
from tracker.queries.calendar import working_days
from tracker.queries.imports import open_proposals

SAMPLE = (paths.DATA / "programme-2026-02-bac-ninh.md").read_bytes()


def read(session: Session, data: bytes = SAMPLE) -> Reading:
    return read_programme(
        "ct.md", data, units=registered_units(session), working_days=working_days(session)
    )


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


@pytest.fixture
def made(session: Session, specialist: Reader) -> Import:
    return review.propose(session, read(session), SAMPLE, by=specialist, at=AT)[0]


def item(session: Session, ref: str) -> Proposal:
    return session.exec(select(Proposal).where(col(Proposal.ref) == ref)).one()


def corrected(proposal: Proposal, **facts: object) -> review.Correction:
    said: dict[str, object] = {
        "text": proposal.text,
        "kind": proposal.kind,
        "lead_id": proposal.lead_id,
        "support_ids": tuple(proposal.support_ids),
        "meeting_ref": proposal.meeting_ref,
        "due_on": proposal.due_on,
    }
    return review.Correction(**(said | facts))  # type: ignore[arg-type]


def test_a_reading_waits_as_proposals_with_its_document(session: Session, made: Import) -> None:
    assert len(session.exec(select(Proposal)).all()) == 18
    assert session.get_one(ImportSource, made.id).content == SAMPLE
    assert session.exec(select(Task)).all() == []


def test_the_same_file_again_changes_nothing_and_says_so(
    session: Session, made: Import, specialist: Reader
) -> None:
    again, is_new = review.propose(session, read(session), SAMPLE, by=specialist, at=AT)
    assert (again.id, is_new) == (made.id, False)
    assert len(session.exec(select(Proposal)).all()) == 18


def test_a_unit_that_the_directory_does_not_know_is_asked_about(
    session: Session, made: Import
) -> None:
    # The cast has no Sở Công Thương.
    assert item(session, "B.III.2").lead_id is None
    assert apply.is_doubtful(item(session, "B.III.2"))


def test_items_with_open_questions_wait_while_the_clear_ones_become_tasks(
    session: Session, made: Import, specialist: Reader
) -> None:
    taken = apply.accept(session, made, only_clear=True, by=specialist, at=AT)
    left = open_proposals(session, made.id or 0)
    assert taken + len(left) == 18
    assert left
    assert all(apply.is_doubtful(proposal) for proposal in left)
    assert made.state is ImportState.OPEN


def test_looking_at_an_item_answers_its_doubts(
    session: Session, made: Import, office: Office, specialist: Reader
) -> None:
    proposal = item(session, "B.III.2")
    said = corrected(proposal, lead_id=office.finance.id, kind=Kind.TASK)
    review.correct(session, proposal, said, by=specialist, at=AT)
    assert not apply.is_doubtful(proposal)
    assert (proposal.lead_id, proposal.kind) == (office.finance.id, Kind.TASK)


def test_a_deadline_written_by_the_clerk_is_no_longer_inferred(
    session: Session, made: Import, specialist: Reader
) -> None:
    proposal = item(session, "B.III.2")
    said = corrected(proposal, due_on=date(2026, 2, 13))
    review.correct(session, proposal, said, by=specialist, at=AT)
    assert (proposal.due_on, proposal.due_inferred) == (date(2026, 2, 13), False)


def test_inferred_deadlines_follow_a_meeting_that_the_clerk_moves(
    session: Session, made: Import, specialist: Reader
) -> None:
    meeting = session.exec(select(ProposedMeeting)).one()
    said = review.Announcement(meeting.title, date(2026, 3, 4))
    review.correct_meeting(session, meeting, said, by=specialist, at=AT)
    session.expire_all()
    assert item(session, "B.I.8").due_on == date(2026, 3, 4)
    assert item(session, "B.III.1").due_on == date(2026, 2, 27)


def test_one_item_can_be_split_and_the_others_keep_their_order(
    session: Session, made: Import, specialist: Reader
) -> None:
    first = item(session, "B.I.1")
    parts = review.split(session, first, [*first.deliverables, "  "], by=specialist, at=AT)
    session.expire_all()
    refs = [proposal.ref for proposal in open_proposals(session, made.id or 0)]
    assert [part.ref for part in parts] == ["B.I.1", "B.I.1(2)"]
    assert refs[refs.index("B.I.1") :][:3] == ["B.I.1", "B.I.1(2)", "B.I.2"]


def test_splitting_into_one_is_refused(session: Session, made: Import, specialist: Reader) -> None:
    with pytest.raises(Refused, match=r"import\.split-one"):
        review.split(session, item(session, "B.I.1"), ["một dòng"], by=specialist, at=AT)


def test_an_item_left_out_never_becomes_a_task(
    session: Session, made: Import, specialist: Reader
) -> None:
    review.decide(session, item(session, "A.1"), drop=True, by=specialist, at=AT)
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    assert len(session.exec(select(Task)).all()) == 17
    assert made.state is ImportState.ACCEPTED


def test_what_has_become_a_task_is_changed_there_and_not_here(
    session: Session, made: Import, specialist: Reader
) -> None:
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    proposal = item(session, "A.1")
    with pytest.raises(Refused, match=r"import\.item-accepted"):
        review.correct(session, proposal, corrected(proposal), by=specialist, at=AT)


def test_a_document_put_aside_can_be_handed_in_again(
    session: Session, made: Import, specialist: Reader
) -> None:
    review.drop(session, made, by=specialist, at=AT)
    assert review.propose(session, read(session), SAMPLE, by=specialist, at=AT)[1] is True


@pytest.mark.parametrize("who", ["an", "chi", "leader", "admin"])
def test_nobody_but_the_office_hands_in_or_decides(
    session: Session, office: Office, who: str
) -> None:
    reader = office.reader(session, getattr(office, who))
    with pytest.raises(NotAllowed):
        review.propose(session, read(session), SAMPLE, by=reader, at=AT)


def test_accepting_makes_the_programme_its_meeting_and_sections_once(
    session: Session, made: Import, specialist: Reader
) -> None:
    apply.accept(session, made, only_clear=True, by=specialist, at=AT)
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    tasks = session.exec(select(Task).order_by(col(Task.position))).all()
    assert len({task.programme_id for task in tasks}) == 1
    assert len({task.meeting_id for task in tasks if task.kind is Kind.AGENDA}) == 1
    assert len({task.section_id for task in tasks}) == 3
    assert tasks[5].original_due_on == tasks[5].due_on == date(2026, 3, 5)


def test_every_task_and_the_import_have_their_line_in_the_history(
    session: Session, made: Import, specialist: Reader
) -> None:
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    things = [change.thing for change in session.exec(select(Change))]
    assert things.count(Thing.TASK) == 18
    assert things.count(Thing.IMPORT) == 2


def test_a_corrected_copy_of_a_programme_does_not_make_its_tasks_twice(
    session: Session, made: Import, specialist: Reader
) -> None:
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    extra = SAMPLE.replace(b"#### **", "6. Báo cáo mới (Sở Y tế chuẩn bị).\n\n#### **".encode(), 1)
    copy, _ = review.propose(session, read(session, extra), extra, by=specialist, at=AT)
    apply.accept(session, copy, only_clear=False, by=specialist, at=AT)
    assert len(session.exec(select(Task)).all()) == 19
    assert copy.programme_id == made.programme_id


def test_a_document_of_another_body_is_not_counted_as_ours(
    session: Session, specialist: Reader
) -> None:
    bulletin = BULLETIN.read_bytes()
    with pytest.raises(Refused) as refusal:
        review.propose(session, read(session, bulletin), bulletin, by=specialist, at=AT)
    assert refusal.value.facts["name"] == "Đảng ủy UBND tỉnh Bắc Ninh"


def test_an_issuer_may_be_known_by_another_name(
    session: Session, office: Office, specialist: Reader
) -> None:
    session.add(Alias.written("Đảng ủy UBND tỉnh Bắc Ninh", office.issuer.id))
    session.flush()
    issuer = review.issuer_for(session, "Đảng uỷ UBND tỉnh Bắc Ninh", by=specialist)
    assert issuer == office.issuer.id


def test_a_document_that_names_nobody_is_the_only_offices(
    session: Session, office: Office, specialist: Reader
) -> None:
    assert review.issuer_for(session, None, by=specialist) == office.issuer.id


def test_a_meeting_left_out_is_not_held_and_its_items_stand_by_themselves(
    session: Session, made: Import, specialist: Reader
) -> None:
    meeting = session.exec(select(ProposedMeeting)).one()
    said = review.Announcement(meeting.title, meeting.held_on, left_out=True)
    review.correct_meeting(session, meeting, said, by=specialist, at=AT)
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    assert session.exec(select(Meeting)).all() == []
    task = session.exec(select(Task).where(col(Task.ref) == "B.I.8")).one()
    assert (task.meeting_id, task.due_on) == (None, date(2026, 3, 5))
