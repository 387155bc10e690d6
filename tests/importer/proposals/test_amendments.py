"""A second version of a programme: compared with its tasks, and applied."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office
from tests.importer import amended_papers as papers
from tests.importer.amended_papers import ADDED, FIRST, edited, hand_in, take_in, task
from tracker.domain import (
    Change,
    Import,
    Meeting,
    Programme,
    ProgrammeVersion,
    Proposal,
    Support,
    Task,
)
from tracker.domain.amendment import Effect
from tracker.domain.change import Act, Thing
from tracker.domain.proposal import Decision, ImportState
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import Refused
from tracker.importer.proposals import apply, review
from tracker.queries import amendments as there
from tracker.queries.diffs import Diff, foreseen_diff
from tracker.queries.imports import open_proposals
from tracker.services import meetings, notes, tasks

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


def test_a_first_programme_is_version_one_and_amends_nothing(
    session: Session, first: Import
) -> None:
    (version,) = versions(session)
    assert (version.number, version.counts, first.amends_id) == (1, {"added": 18}, None)


def test_a_second_version_is_recognised_and_shown_as_a_difference(
    session: Session, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.amended(), by)
    assert (made.amends_id, made.replaces_all) == (first.programme_id, True)
    assert changed(diff_of(session, made)) == {
        "B.I.3": ("reassigned",),
        "B.II.1": ("moved",),
        "B.III.2": ("reworded",),
        "B.III.5": ("added",),
        "B.III.3": ("withdrawn",),
    }


def test_nothing_changes_before_it_is_applied(session: Session, first: Import, by: Reader) -> None:
    before = [task.model_dump() for task in session.exec(select(Task))]
    hand_in(session, papers.amended(), by)
    session.expire_all()
    assert [task.model_dump() for task in session.exec(select(Task))] == before


def test_each_unit_is_told_only_what_changes_for_it(
    session: Session, first: Import, by: Reader, office: Office
) -> None:
    told = diff_of(session, hand_in(session, papers.amended(), by)).told
    assert office.finance.id not in told
    assert dict(told[office.health.id]) == {"new": 1}
    education = task(session, SCHOOLS).lead_id or 0
    assert dict(told[education]) == {"moved": 1, "taken": 1}


def test_applying_keeps_what_was_done_and_the_first_deadline(
    session: Session, first: Import, by: Reader
) -> None:
    schools = task(session, SCHOOLS)
    tasks.move(session, schools, Status.IN_PROGRESS, by=by, at=AT, on=AT.date(), reason="")
    notes.note(session, schools, "Đã có dự thảo", percent=40, by=by, at=AT)
    take_in(session, hand_in(session, papers.amended(), by), by)
    assert (schools.status, schools.percent, schools.ref) == (Status.IN_PROGRESS, 40, "B.II.1")
    assert (schools.due_on, schools.original_due_on) == (date(2026, 2, 27), date(2026, 3, 5))


def test_applying_makes_assigns_rewords_and_withdraws(
    session: Session, first: Import, by: Reader, office: Office
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    assert task(session, NURSERY).lead_id == office.health.id
    assert task(session, f"{PROMOTION} và đầu tư giai đoạn").search_text.startswith("b iii 2 ke")
    assert task(session, INTEGRATION).status is Status.WITHDRAWN
    assert task(session, ADDED).ref == "B.III.5"
    assert len(session.exec(select(Task)).all()) == 19


def test_the_new_meeting_is_made_and_the_old_one_is_not_made_twice(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    held = session.exec(select(Meeting).order_by(col(Meeting.id))).all()
    assert [one.held_on for one in held] == [date(2026, 3, 5), date(2026, 2, 27)]
    assert task(session, SCHOOLS).meeting_id == held[1].id


def test_every_change_stands_in_the_history_with_the_version_as_its_reason(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    gone = task(session, INTEGRATION)
    asked = select(Change).where(col(Change.thing_id) == gone.id, col(Change.act) == Act.AMENDED)
    (change,) = session.exec(asked)
    assert change.details == {"status": ["not_started", "withdrawn"]}
    assert change.reason
    assert change.reason.startswith("Theo bản 2 của chương trình")


def test_the_version_remembers_what_it_did(session: Session, first: Import, by: Reader) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    second = versions(session)[1]
    ones = {"added", "reworded", "reassigned", "moved", "withdrawn"}
    assert (second.number, second.counts) == (2, dict.fromkeys(ones, 1))
    assert second.title.endswith("(điều chỉnh)")


def test_a_task_that_is_only_renumbered_is_no_other_version_of_itself(
    session: Session, first: Import, by: Reader
) -> None:
    forest = task(session, FOREST)
    before = forest.version
    take_in(session, hand_in(session, papers.amended(), by), by)
    session.expire_all()
    assert (forest.ref, forest.version) == ("B.III.4", before)


def test_a_moved_meeting_is_moved_and_its_deadlines_follow(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.meeting_moved(), by), by)
    (meeting,) = session.exec(select(Meeting))
    followers = session.exec(select(Task).where(col(Task.meeting_id) == meeting.id)).all()
    assert (meeting.held_on, meeting.certainty, meeting.due_version) == (
        date(2026, 3, 12),
        "fixed",
        2,
    )
    assert {one.due_on for one in followers} == {date(2026, 3, 12)}
    moves = select(Change).where(col(Change.thing) == Thing.MEETING, col(Change.act) == Act.MOVED)
    assert session.exec(moves).one().details["held_on"] == ["2026-03-05", "2026-03-12"]


def test_what_the_office_has_extended_stays_unless_the_paper_writes_another_day(
    session: Session, first: Import, by: Reader
) -> None:
    schools, extended = task(session, SCHOOLS), date(2026, 3, 30)
    tasks.set_deadline(session, schools, extended, reason="Gia hạn", by=by, at=AT)
    take_in(session, hand_in(session, papers.meeting_moved(), by), by)
    assert (schools.due_on, schools.due_inferred) == (extended, False)


def test_a_day_that_the_paper_writes_is_the_deadline(
    session: Session, first: Import, by: Reader
) -> None:
    extended = task(session, SCHOOLS)
    tasks.set_deadline(session, extended, date(2026, 3, 30), reason="Gia hạn", by=by, at=AT)
    written = ("UBND tỉnh Bắc Giang) (", "UBND tỉnh Bắc Giang), chậm nhất ngày 20/3/2026 (")
    take_in(session, hand_in(session, papers.titled("điều chỉnh", edited(FIRST, written)), by), by)
    assert extended.due_on == date(2026, 3, 20)


def test_what_the_office_has_changed_since_is_not_undone_by_a_paper_that_repeats_itself(
    session: Session, first: Import, by: Reader, office: Office
) -> None:
    """The lead and the meeting were changed by hand; the new paper says of both what it said."""
    schools = task(session, SCHOOLS)
    tasks.assign(session, schools, office.culture.id, supports=set(), by=by, at=AT)
    meeting = session.exec(select(Meeting)).one()
    moved = meetings.Appointment(date(2026, 3, 9), None, None, meeting.certainty, "Bận")
    meetings.edit(session, meeting, moved, by=by, at=AT)
    made = hand_in(session, papers.titled("điều chỉnh"), by)
    assert changed(diff_of(session, made)) == {}


def test_what_was_answered_before_is_not_asked_again(
    session: Session, by: Reader, office: Office
) -> None:
    # The cast has no Sở Công Thương: the clerk gave its items to another unit.
    one = hand_in(session, FIRST, by)
    for asked in [p for p in open_proposals(session, one.id) if apply.is_doubtful(p)]:
        asked.lead_id, asked.doubts = office.finance.id, []
    take_in(session, one, by)
    two = hand_in(session, papers.titled("điều chỉnh"), by)
    assert [p.ref for p in open_proposals(session, two.id) if apply.is_doubtful(p)] == []
    assert changed(diff_of(session, two)) == {}


def test_an_item_that_was_split_is_split_the_same_way_again(session: Session, by: Reader) -> None:
    papers.register_all(session)
    one = hand_in(session, FIRST, by)
    whole = item(session, one, "Dự thảo Báo cáo")
    review.split(session, whole, whole.deliverables, by=by, at=AT)
    take_in(session, one, by)
    two = hand_in(session, papers.titled("điều chỉnh"), by)
    assert changed(diff_of(session, two)) == {}
    take_in(session, two, by)
    assert len(session.exec(select(Task)).all()) == 19


def test_what_was_left_out_before_is_left_out_again(session: Session, by: Reader) -> None:
    papers.register_all(session)
    one = hand_in(session, FIRST, by)
    review.decide(session, item(session, one, FOREST), drop=True, by=by, at=AT)
    take_in(session, one, by)
    two = hand_in(session, papers.titled("điều chỉnh"), by)
    assert item(session, two, FOREST).decision is Decision.DROPPED


def test_the_same_file_again_is_the_same_document(
    session: Session, first: Import, by: Reader
) -> None:
    made = take_in(session, hand_in(session, papers.amended(), by), by)
    assert hand_in(session, papers.amended(), by) is made
    with pytest.raises(Refused, match=r"import\.closed"):
        apply.accept(session, made, only_clear=False, by=by, at=AT)
    assert len(versions(session)) == 2


def test_a_copy_that_changes_nothing_is_no_version(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, f"{FIRST}\n\n", by), by)
    assert (len(versions(session)), len(session.exec(select(Task)).all())) == (1, 18)


def test_a_supplement_withdraws_nothing_and_renumbers_nothing(
    session: Session, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.supplement(), by)
    assert made.replaces_all is False
    assert set(changed(diff_of(session, made)).values()) == {("added",)}
    take_in(session, made, by)
    assert task(session, f"{PROMOTION} giai").ref == "B.III.2"
    assert len(session.exec(select(Task).where(col(Task.status) == "not_started")).all()) == 20


@pytest.mark.parametrize("said", ["thay thế", "điều chỉnh"])
def test_a_title_may_say_that_the_programme_is_replaced(
    session: Session, first: Import, by: Reader, said: str
) -> None:
    made = hand_in(session, papers.supplement().replace("(bổ sung)", f"({said})"), by)
    assert made.replaces_all is True


def test_what_is_done_is_never_withdrawn(session: Session, first: Import, by: Reader) -> None:
    done = task(session, INTEGRATION)
    tasks.set_status(session, done, Status.DONE, by=by, at=AT, on=AT.date(), reason="")
    made = hand_in(session, papers.amended(), by)
    assert [row.task_id for row in diff_of(session, made).done] == [done.id]
    take_in(session, made, by)
    assert done.status is Status.DONE


def test_what_is_done_between_looking_and_applying_stays_done(
    session: Session, first: Import, by: Reader
) -> None:
    made, done = hand_in(session, papers.amended(), by), task(session, INTEGRATION)
    tasks.set_status(session, done, Status.DONE, by=by, at=AT, on=AT.date(), reason="")
    take_in(session, made, by)
    assert done.status is Status.DONE


def test_a_task_that_a_later_version_lists_again_comes_back(
    session: Session, first: Import, by: Reader
) -> None:
    take_in(session, hand_in(session, papers.amended(), by), by)
    back = hand_in(session, papers.titled("điều chỉnh lần 2"), by)
    assert changed(diff_of(session, back))["B.III.3"] == ("added",)
    take_in(session, back, by)
    assert task(session, INTEGRATION).status is Status.NOT_STARTED


def test_what_the_office_took_out_by_hand_stays_out(
    session: Session, first: Import, by: Reader
) -> None:
    out = task(session, INTEGRATION)
    tasks.move(session, out, Status.WITHDRAWN, by=by, at=AT, on=AT.date(), reason="Trùng")
    take_in(session, hand_in(session, papers.titled("điều chỉnh"), by), by)
    assert out.status is Status.WITHDRAWN


def test_withdrawals_wait_for_an_answer_unless_the_title_says_that_it_replaces(
    session: Session, first: Import, by: Reader
) -> None:
    made = hand_in(session, papers.amended(), None)
    apply.accept(session, made, only_clear=True, by=None, at=AT)
    assert [one.ref for one in open_proposals(session, made.id)] == ["B.III.3"]
    assert task(session, INTEGRATION).status is Status.NOT_STARTED
    apply.accept(session, made, only_clear=False, by=None, at=AT)
    assert (made.state, len(versions(session))) == (ImportState.ACCEPTED, 2)
    assert versions(session)[1].counts["withdrawn"] == 1


def test_a_replacement_withdraws_without_asking(
    session: Session, first: Import, by: Reader
) -> None:
    text = papers.amended().replace("(điều chỉnh)", "(thay thế)")
    made = hand_in(session, text, by)
    apply.accept(session, made, only_clear=True, by=None, at=AT)
    assert task(session, INTEGRATION).status is Status.WITHDRAWN


def test_blanks_of_a_draft_are_filled_in_by_the_paper_that_has_them(
    session: Session, first: Import, by: Reader
) -> None:
    signed = edited(FIRST, ("Số: /CTr-UBND", "Số: 12/CTr-UBND"))
    take_in(session, hand_in(session, papers.titled("điều chỉnh", signed), by), by)
    assert session.get_one(Programme, first.programme_id).number == "12"


def test_supports_are_replaced(session: Session, first: Import, by: Reader, office: Office) -> None:
    helped = edited(
        FIRST, ("(*Công an tỉnh chuẩn bị*)", "(*Công an tỉnh chủ trì, phối hợp với Sở Y tế*)")
    )
    take_in(session, hand_in(session, papers.titled("điều chỉnh", helped), by), by)
    helping = task(session, "Kế hoạch thực hiện Đề án")
    units = session.exec(select(Support.unit_id).where(col(Support.task_id) == helping.id)).all()
    assert units == [office.health.id]
