"""Units merge and split: everything open goes on, nothing is lost, the old is still read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_person, a_task, a_unit
from tests.reminders.office_day import FRIDAY, THURSDAY, on, to_of
from tracker.domain import (
    Alias,
    Change,
    Filing,
    GroupMember,
    Import,
    Post,
    Proposal,
    SavedFilter,
    Succession,
    Support,
    Task,
    Unit,
    UnitGroup,
    UnitName,
)
from tracker.domain.change import Act, Thing
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.task import Contribution, Kind, Status
from tracker.domain.unit import SuccessionKind
from tracker.errors import NotAllowed, Refused
from tracker.importer.meaning.register import registered_units
from tracker.mail import MemoryMailer
from tracker.queries.tasks import task_of
from tracker.queries.units import lineage
from tracker.reminders.run import plan_due, run_once
from tracker.services.shares import divide
from tracker.services.successions import Order, Parting, hand_over, merge, split
from tracker.services.units import UnitFacts, edit_unit
from tracker.wiring import Wiring

ORDER = Order(date(2026, 3, 1), "Quyết định số 12/QĐ-UBND")


@dataclass(frozen=True)
class Work:
    """What Sở Tài chính has in hand, and what it has finished."""

    led: Task
    helped: Task
    done: Task


@pytest.fixture
def admin(session: Session, office: Office) -> Reader:
    return office.reader(session, office.admin)


@pytest.fixture
def work(session: Session, office: Office) -> Work:
    done = a_task(session, office.issuer, lead=office.finance, text="Việc đã xong")
    done.status, done.done_on = Status.DONE, date(2026, 2, 1)
    return Work(
        a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY),
        a_task(session, office.issuer, lead=office.culture, supports=(office.finance,)),
        done,
    )


@pytest.fixture
def new(session: Session, office: Office) -> Unit:
    """The unit that Sở Tài chính and Sở Y tế become."""
    return a_unit(session, "Sở Tài chính và Sức khỏe", parent_id=office.issuer.id)


def merged(session: Session, office: Office, admin: Reader, into: Unit) -> Unit:
    return merge(session, [office.finance, office.health], into, ORDER, by=admin, at=AT)


def test_open_work_goes_to_the_new_unit_and_closed_work_stays(
    session: Session, office: Office, admin: Reader, new: Unit, work: Work
) -> None:
    merged(session, office, admin, new)
    assert (work.led.lead_id, work.done.lead_id) == (new.id, office.finance.id)
    assert supports(session, work.helped) == [new.id]
    assert not office.finance.is_active
    moved = [change for change in told(session, Thing.TASK) if change.act is Act.ASSIGNED]
    assert [change.thing_id for change in moved] == [work.led.id, work.helped.id]


def test_people_go_along_and_read_what_was_finished_under_the_old_name(
    session: Session, office: Office, admin: Reader, new: Unit, work: Work
) -> None:
    merged(session, office, admin, new)
    an, binh = (office.reader(session, one) for one in (office.an, office.binh))
    assert an.own_units == binh.own_units == {new.id}
    assert task_of(session, binh, work.done.id).text == "Việc đã xong"
    assert office.finance.id not in office.reader(session, office.chi).units


def test_a_merger_of_mergers_is_read_and_counted_to_the_last(
    session: Session, office: Office, admin: Reader, new: Unit, work: Work
) -> None:
    merged(session, office, admin, new)
    merge(session, [new], office.culture, ORDER, by=admin, at=AT)
    assert lineage(session) == dict.fromkeys(
        [office.finance.id, office.health.id, new.id], office.culture.id
    )
    assert task_of(session, office.reader(session, office.chi), work.done.id) is work.done


def test_both_sides_of_a_merger_have_their_line(
    session: Session, office: Office, admin: Reader, new: Unit
) -> None:
    merge(session, [office.finance], new, ORDER, by=admin, at=AT)
    lines = {change.thing_id: change.details for change in told(session, Thing.UNIT)}
    assert lines[office.finance.id]["into"] == [None, new.name]
    assert lines[new.id]["merged"] == [None, "Sở Tài chính"]
    kept = session.exec(select(Succession)).one()
    assert (kept.kind, kept.on, kept.reference) == (SuccessionKind.MERGED, *vars(ORDER).values())


def test_a_paper_that_writes_an_old_name_means_the_new_unit(
    session: Session, office: Office, admin: Reader, new: Unit
) -> None:
    session.add(Alias.written("Kho bạc cũ", office.finance.id))
    merged(session, office, admin, new)
    book = registered_units(session)
    for name in ("Sở Tài chính", "Kho bạc cũ", "Sở Y tế"):
        assert (book.find(name).unit, book.find(name).is_certain) == (new.name, True)


def test_the_mailbox_of_the_first_is_taken_and_an_own_one_kept(
    session: Session, office: Office, admin: Reader, new: Unit
) -> None:
    merged(session, office, admin, new)
    assert new.email == "sotaichinh@office.example"
    merge(session, [new], office.culture, ORDER, by=admin, at=AT)
    assert office.culture.email == "sovhttdl@office.example"


def test_parts_groups_filters_and_open_filings_go_along(
    session: Session, office: Office, admin: Reader, new: Unit, work: Work
) -> None:
    room = a_unit(session, "Phòng Ngân sách", parent_id=office.finance.id)
    group = UnitGroup(issuer_id=office.issuer.id, name="Các sở")
    session.add(group)
    session.flush()
    kept = SavedFilter(person_id=office.an.id, name="Của sở", query="", at=AT)
    kept.unit_id, kept.query = office.finance.id, f"unit={office.finance.id}&q=a"
    paper = a_filing(work.led, office)
    members = [GroupMember(group_id=group.id, unit_id=one.id) for one in halves(office)]
    session.add_all([kept, paper, *members])
    session.flush()
    merged(session, office, admin, new)
    assert room.parent_id == paper.unit_id == kept.unit_id == new.id
    assert kept.query == f"unit={new.id}&q=a"
    assert session.exec(select(GroupMember.unit_id)).all() == [new.id]


def test_a_document_under_review_names_the_new_unit(
    session: Session, office: Office, admin: Reader, new: Unit
) -> None:
    item = a_draft(session, office)
    merged(session, office, admin, new)
    assert (item.lead_id, item.support_ids) == (new.id, [new.id, office.culture.id])


def test_a_part_that_was_given_is_not_lost_when_its_unit_leads_now(
    session: Session, office: Office, admin: Reader
) -> None:
    owed = a_task(session, office.issuer, lead=office.health, supports=(office.finance,))
    given = a_task(session, office.issuer, lead=office.health, supports=(office.finance,))
    part = session.exec(select(Support).where(col(Support.task_id) == given.id)).one()
    part.state, part.text = Contribution.GIVEN, "Số liệu"
    merge(session, [office.finance], office.health, ORDER, by=admin, at=AT)
    assert supports(session, owed) == []
    assert supports(session, given) == [office.finance.id]


def test_somebody_of_both_units_holds_their_post_once(
    session: Session, office: Office, admin: Reader, new: Unit
) -> None:
    session.add(Post(person_id=office.an.id, unit_id=office.health.id, role=Role.UNIT_CLERK))
    session.flush()
    merged(session, office, admin, new)
    held = session.exec(select(Post.unit_id).where(col(Post.person_id) == office.an.id)).all()
    assert held == [new.id]


def test_a_unit_merges_into_a_part_of_itself(
    session: Session, office: Office, admin: Reader
) -> None:
    room = a_unit(session, "Chi cục Thuế", parent_id=office.finance.id)
    desk = a_unit(session, "Đội Thuế số 1", parent_id=room.id)
    merge(session, [office.finance], desk, ORDER, by=admin, at=AT)
    assert (desk.parent_id, room.parent_id) == (office.issuer.id, desk.id)


def test_what_cannot_merge_is_refused(session: Session, office: Office, admin: Reader) -> None:
    finance, closed = office.finance, a_unit(session, "Sở cũ", is_active=False)
    refused = [
        ([finance], finance, "itself"),
        ([finance], closed, "closed"),
        ([closed], finance, "closed"),
        ([office.issuer], finance, "issuer"),
        ([], finance, "nothing"),
    ]
    for olds, into, why in refused:
        with pytest.raises(Refused, match=rf"succession\.{why}"):
            merge(session, olds, into, ORDER, by=admin, at=AT)
    assert session.exec(select(Succession)).all() == []


def test_only_the_administrator_changes_units(session: Session, office: Office, new: Unit) -> None:
    by = office.reader(session, office.specialist)
    with pytest.raises(NotAllowed):
        merge(session, [office.finance], new, ORDER, by=by, at=AT)
    with pytest.raises(NotAllowed):
        split(session, office.finance, Parting((new, office.health)), ORDER, by=by, at=AT)
    with pytest.raises(NotAllowed):
        hand_over(session, office.finance, new, by=by, at=AT)


def test_a_split_gives_each_task_and_person_where_they_were_assigned(
    session: Session, office: Office, admin: Reader, new: Unit, work: Work
) -> None:
    other = a_unit(session, "Sở Thuế", parent_id=office.issuer.id)
    a_person(session, "Mai", Role.UNIT_HEAD, office.finance)
    post = session.exec(select(Post).where(col(Post.person_id) == office.an.id)).one()
    parting = Parting((new, other), {work.led.id: other.id}, {post.id: other.id})
    split(session, office.finance, parting, ORDER, by=admin, at=AT)
    assert work.led.lead_id == other.id
    assert supports(session, work.helped) == [new.id]
    assert office.reader(session, office.an).own_units == {other.id}
    assert (
        session.exec(select(Post).where(col(Post.role) == Role.UNIT_HEAD)).one().unit_id == new.id
    )
    assert lineage(session) == {}


def test_a_split_needs_two_units(
    session: Session, office: Office, admin: Reader, new: Unit
) -> None:
    with pytest.raises(Refused, match=r"succession\.two-at-least"):
        split(session, office.finance, Parting((new, new)), ORDER, by=admin, at=AT)


def test_open_work_is_handed_over_without_closing(
    session: Session, office: Office, admin: Reader, work: Work
) -> None:
    assert hand_over(session, office.finance, office.health, by=admin, at=AT) == 2
    assert work.led.lead_id == office.health.id
    assert office.finance.is_active


def test_a_name_given_up_is_kept_with_its_last_day(
    session: Session, office: Office, admin: Reader
) -> None:
    facts = UnitFacts("Sở Tài chính - Kế hoạch", office.issuer.id)
    edit_unit(session, office.finance, facts, by=admin, at=AT)
    kept = session.exec(select(UnitName)).one()
    assert (kept.name, kept.until) == ("Sở Tài chính", AT)
    assert registered_units(session).find("Sở Tài chính").unit == "Sở Tài chính - Kế hoạch"
    assert told(session, Thing.UNIT)[0].act is Act.RENAMED


def test_due_mail_of_a_merged_unit_goes_to_the_new_one_once(
    session: Session, office: Office, admin: Reader, work: Work, wired: Wiring, mailer: MemoryMailer
) -> None:
    work.led.due_on = THURSDAY
    new = a_unit(session, "Sở mới", email="somoi@office.example", parent_id=office.issuer.id)
    session.commit()
    plan_due(on(wired, FRIDAY))
    merged(session, office, admin, new)
    session.commit()
    run_once(on(wired, FRIDAY))
    run_once(on(wired, FRIDAY))
    letters = to_of(mailer.letters)
    assert letters.count("somoi@office.example") == 1
    assert "sotaichinh@office.example" not in letters


def a_draft(session: Session, office: Office) -> Proposal:
    """An item that Sở Tài chính would lead and Sở Y tế support, not yet taken."""
    file: dict[str, Any] = {"file_name": "a.md", "media_type": "text/markdown", "sha256": "0"}
    made = Import(issuer_id=office.issuer.id, at=AT, programme={}, **file)
    session.add(made)
    session.flush()
    words: dict[str, Any] = {"ref": "1", "kind": Kind.TASK, "text": "x", "source_text": "x"}
    item = Proposal(import_id=made.id, position=1, lead_id=office.finance.id, **words)
    item.support_ids = [office.finance.id, office.health.id, office.culture.id]
    session.add(item)
    session.flush()
    return item


def halves(office: Office) -> list[Unit]:
    return [office.finance, office.health]


def a_filing(task: Task, office: Office) -> Filing:
    facts: dict[str, Any] = {"kind": FilingKind.REPORT, "state": FilingState.WAITING, "at": AT}
    return Filing(task_id=task.id, author_id=office.an.id, unit_id=office.finance.id, **facts)


def supports(session: Session, task: Task) -> list[int]:
    asked = select(Support.unit_id).where(col(Support.task_id) == task.id)
    return list(session.exec(asked.order_by(col(Support.unit_id))))


def told(session: Session, thing: Thing) -> list[Change]:
    mine = select(Change).where(col(Change.thing) == thing)
    return list(session.exec(mine.order_by(col(Change.id))))


def test_no_unit_has_two_parts_of_one_task_after_a_merger(
    session: Session, office: Office, admin: Reader
) -> None:
    task = a_task(session, office.issuer)
    by, units = office.reader(session, office.specialist), [office.finance.id, office.health.id]
    gone, kept = divide(session, task, units, by=by, at=AT)
    paper = a_filing(gone, office)
    gone.status = Status.SUBMITTED
    session.add(paper)
    session.flush()
    merge(session, [office.finance], office.health, ORDER, by=admin, at=AT)
    assert (gone.status, gone.lead_id) == (Status.WITHDRAWN, office.finance.id)
    assert (kept.status, kept.lead_id) == (Status.NOT_STARTED, office.health.id)
    assert paper.state is FilingState.LAPSED
    assert (task.status, task.percent) == (Status.NOT_STARTED, 0)
    line = next(one for one in told(session, Thing.TASK) if one.act is Act.STATUS)
    assert (line.reason or "").startswith("Sở Tài chính chuyển sang Sở Y tế")


def test_a_part_that_one_of_two_has_finished_leaves_the_other_s_open(
    session: Session, office: Office, admin: Reader
) -> None:
    task = a_task(session, office.issuer)
    by, units = office.reader(session, office.specialist), [office.finance.id, office.health.id]
    left, done = divide(session, task, units, by=by, at=AT)
    done.status, done.done_on = Status.DONE, date(2026, 2, 1)
    session.flush()
    merge(session, [office.finance], office.health, ORDER, by=admin, at=AT)
    assert (left.status, left.lead_id) == (Status.NOT_STARTED, office.health.id)


@pytest.mark.parametrize("has_head", [True, False])
def test_the_head_s_approval_goes_along_with_a_head(
    session: Session, office: Office, admin: Reader, new: Unit, *, has_head: bool
) -> None:
    office.health.head_approves = True
    if has_head:
        a_person(session, "Thu", Role.UNIT_HEAD, office.finance)
    merged(session, office, admin, new)
    assert new.head_approves is has_head
    edited = [one for one in told(session, Thing.UNIT) if one.act is Act.EDITED]
    assert [one.details for one in edited] == [{"head_approves": [False, True]}] * has_head
