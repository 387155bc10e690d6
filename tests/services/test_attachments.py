"""Files of a task: who may bring, replace and take away which, and what the history keeps."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_filing, a_task
from tracker.domain import Attachment, Change, Directive, Filing, Person, Task
from tracker.domain.attachment import Paper, tidy_name
from tracker.domain.change import Act, Thing
from tracker.domain.filing import DECIDED, FilingKind, FilingState
from tracker.domain.task import Status
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.queries.attachments import (
    attachment_of,
    files_of_task,
    files_of_whole,
)
from tracker.services.attachments import attach, remove, renew

PAPER = Paper("Báo cáo.pdf", "application/pdf", 9, "a" * 64, pages=2)
NEWER = Paper("Báo cáo (sửa).pdf", "application/pdf", 9, "b" * 64)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """An leads it, Bình supports it, Chi has nothing to do with it."""
    return a_task(session, office.issuer, lead=office.finance, supports=(office.health,))


class Desk:
    """Acts upon the task in somebody's name."""

    def __init__(self, session: Session, office: Office, task: Task) -> None:
        self.session, self.office, self.task = session, office, task

    def reader(self, who: Person) -> Any:
        return {"by": self.office.reader(self.session, who), "at": AT}

    def attach(self, who: Person, **facts: Any) -> Attachment:
        return attach(self.session, self.task, PAPER, **self.reader(who), **facts)

    def renew(self, old: Attachment, who: Person) -> Attachment:
        return renew(self.session, old, NEWER, **self.reader(who))

    def remove(self, file: Attachment, who: Person, reason: str = "Gửi nhầm") -> None:
        remove(self.session, file, reason=reason, **self.reader(who))

    def seen(self, who: Person) -> list[str]:
        asking = self.office.reader(self.session, who)
        found = files_of_task(self.session, asking, self.task.id)
        return [series.newest.name for series in found.get(None, ())]

    def filing(self, state: FilingState, **facts: Any) -> Filing:
        inside: dict[str, Any] = {"state": state, "sent_at": None}
        return a_filing(self.session, self.task, self.office.an, **(inside | facts))

    def enclosed(self, filing: Filing, who: Person) -> int:
        """How many files of that paper somebody sees."""
        asking = self.office.reader(self.session, who)
        return len(files_of_task(self.session, asking, self.task.id).get(filing.id, ()))


@pytest.fixture
def desk(session: Session, office: Office, task: Task) -> Desk:
    return Desk(session, office, task)


def test_a_file_says_whose_part_it_is(desk: Desk, office: Office) -> None:
    who = (office.an, office.binh, office.specialist)
    units = [desk.attach(one).unit_id for one in who]
    assert units == [office.finance.id, office.health.id, None]


def test_the_history_names_the_file(session: Session, desk: Desk, office: Office) -> None:
    desk.renew(desk.attach(office.an), office.an)
    told = session.exec(select(Change).where(Change.act == Act.ATTACHED)).all()
    assert [change.details["file"] for change in told] == [
        [None, "Báo cáo.pdf"],
        ["Báo cáo.pdf", "Báo cáo (sửa).pdf (2)"],
    ]
    assert {(change.thing, change.thing_id) for change in told} == {(Thing.TASK, desk.task.id)}


def test_the_name_of_a_file_can_be_searched_for(desk: Desk, office: Office) -> None:
    desk.attach(office.an)
    assert "bao cao pdf" in desk.task.search_more


def test_one_file_is_one_version_of_the_task(desk: Desk, office: Office) -> None:
    before = desk.task.version
    desk.attach(office.an)
    assert desk.task.version == before + 1


def test_a_stranger_brings_no_file(desk: Desk, office: Office) -> None:
    with pytest.raises(NotAllowed):
        desk.attach(office.chi)


@pytest.mark.parametrize("status", [Status.DONE, Status.WITHDRAWN])
def test_a_closed_task_takes_files_of_the_office_alone(
    desk: Desk, office: Office, status: Status
) -> None:
    desk.task.status, desk.task.done_on = status, AT.date() if status is Status.DONE else None
    with pytest.raises(Refused, match=r"attachment\.task-closed"):
        desk.attach(office.an)
    assert desk.attach(office.specialist).id


def test_versions_count_within_their_paper(desk: Desk, office: Office) -> None:
    first, other = desk.attach(office.an), desk.attach(office.an)
    second = desk.renew(first, office.an)
    third = desk.renew(first, office.specialist)
    assert (second.number, third.number, other.number) == (2, 3, 1)
    assert {second.series_id, third.series_id} == {first.id}
    assert third.unit_id == office.finance.id
    assert desk.seen(office.an) == [NEWER.name, PAPER.name]


def test_another_unit_s_paper_is_not_to_be_replaced_or_taken_away(
    desk: Desk, office: Office
) -> None:
    file = desk.attach(office.an)
    with pytest.raises(NotAllowed, match=r"attachment\.of-another-unit"):
        desk.renew(file, office.binh)
    with pytest.raises(NotAllowed, match=r"attachment\.of-another-unit"):
        desk.remove(file, office.binh)


def test_a_file_taken_away_stays_in_the_list_with_who_and_why(
    session: Session, desk: Desk, office: Office
) -> None:
    desk.remove(desk.attach(office.an), office.an)
    reader = office.reader(session, office.binh)
    row = files_of_task(session, reader, desk.task.id)[None][0].newest
    assert (row.remover, row.why_removed) == ("An", "Gửi nhầm")
    assert "bao cao" not in desk.task.search_more
    told = session.exec(select(Change).where(Change.act == Act.DETACHED)).one()
    assert (told.details, told.reason) == ({"file": ["Báo cáo.pdf", None]}, "Gửi nhầm")


def test_the_version_before_counts_again_when_the_newest_is_taken_away(
    desk: Desk, office: Office
) -> None:
    first = desk.attach(office.an)
    desk.remove(desk.renew(first, office.an), office.an)
    assert desk.seen(office.an) == [PAPER.name]


def test_a_file_is_taken_away_once_and_with_a_reason(desk: Desk, office: Office) -> None:
    file = desk.attach(office.an)
    with pytest.raises(Refused, match=r"task\.reason-missing"):
        desk.remove(file, office.an, "")
    desk.remove(file, office.an)
    with pytest.raises(Refused, match=r"attachment\.removed-before"):
        desk.remove(file, office.an)


def test_a_file_taken_away_opens_for_the_office_alone(
    session: Session, desk: Desk, office: Office
) -> None:
    file = desk.attach(office.an)
    desk.remove(file, office.an)
    assert attachment_of(session, office.reader(session, office.specialist), file.id) is file
    with pytest.raises(NotFound):
        attachment_of(session, office.reader(session, office.an), file.id)


@pytest.mark.parametrize("kind", [FilingKind.REPORT, FilingKind.EXTENSION])
@pytest.mark.parametrize("state", DECIDED)
def test_the_papers_of_what_was_decided_stay(
    desk: Desk, office: Office, kind: FilingKind, state: FilingState
) -> None:
    file = desk.attach(office.an, filing=desk.filing(state, kind=kind, sent_at=AT))
    for who in (office.an, office.specialist):
        with pytest.raises(Refused, match=r"attachment\.decided"):
            desk.remove(file, who)
        with pytest.raises(Refused, match=r"attachment\.decided"):
            desk.renew(file, who)


@pytest.mark.parametrize("state", [FilingState.WAITING, FilingState.COUNTERED])
def test_a_unit_changes_no_file_of_what_lies_before_the_office(
    desk: Desk, office: Office, state: FilingState
) -> None:
    filing = desk.filing(state, sent_at=AT)
    file = desk.attach(office.an, filing=filing)
    for act in (desk.remove, desk.renew):
        with pytest.raises(Refused, match=r"attachment\.sent"):
            act(file, office.an)
    filing.state = FilingState.TAKEN_BACK
    assert desk.renew(file, office.an).number == 2


INSIDE = [
    FilingState.WITH_HEAD,
    FilingState.RETURNED,
    FilingState.TAKEN_BACK,
    FilingState.LAPSED,
]


@pytest.mark.parametrize("state", INSIDE)
def test_the_files_of_a_paper_that_never_left_its_unit_are_the_unit_s_alone(
    session: Session, desk: Desk, office: Office, state: FilingState
) -> None:
    filing = desk.filing(state)
    file = desk.attach(office.an, filing=filing)
    others = (office.binh, office.specialist, office.leader, office.admin)
    assert [desk.enclosed(filing, who) for who in (office.an, *others)] == [1, 0, 0, 0, 0]
    for who in others:
        with pytest.raises(NotFound):
            attachment_of(session, office.reader(session, who), file.id)
    filing.sent_at = AT
    assert [desk.enclosed(filing, who) for who in (office.binh, office.specialist)] == [1, 1]


def test_a_new_lead_opens_no_file_that_the_former_one_kept_inside(
    session: Session, desk: Desk, office: Office
) -> None:
    filing = desk.filing(FilingState.LAPSED)
    file = desk.attach(office.an, filing=filing)
    desk.task.lead_id = office.culture.id
    with pytest.raises(NotFound):
        attachment_of(session, office.reader(session, office.chi), file.id)


def test_the_history_says_of_which_paper_a_file_is(
    session: Session, desk: Desk, office: Office
) -> None:
    filing = desk.filing(FilingState.WITH_HEAD)
    desk.remove(desk.attach(office.an, filing=filing), office.an)
    told = session.exec(select(Change)).all()
    assert [change.details["_filing"] for change in told] == [[None, filing.id]] * 2


def test_a_part_sees_what_the_office_gave_with_the_whole(
    session: Session, desk: Desk, office: Office
) -> None:
    given, own = desk.attach(office.specialist), desk.attach(office.an)
    kept = desk.attach(office.specialist, filing=desk.filing(FilingState.WAITING, sent_at=AT))
    a_task(session, office.issuer, lead=office.culture, parent_id=desk.task.id)
    reader = office.reader(session, office.chi)
    found = files_of_whole(session, reader, desk.task.id)
    assert [series.newest.id for series in found] == [given.id]
    assert attachment_of(session, reader, given.id) is given
    for hidden in (own, kept):
        with pytest.raises(NotFound):
            attachment_of(session, reader, hidden.id)


def test_a_directive_s_paper_is_the_office_s_to_bring_and_its_units_to_read(
    session: Session, desk: Desk, office: Office
) -> None:
    directive = Directive(issuer_id=office.issuer.id, number="18", title="x", created_at=AT)
    session.add(directive)
    session.flush()
    desk.task.directive_id = directive.id
    by = office.reader(session, office.specialist)
    file = attach(session, None, PAPER, directive=directive, by=by, at=AT)
    for who in (office.an, office.binh, office.specialist):
        assert attachment_of(session, office.reader(session, who), file.id) is file
    with pytest.raises(NotFound):
        attachment_of(session, office.reader(session, office.chi), file.id)
    with pytest.raises(NotAllowed):
        desk.remove(file, office.an)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("C:\\Users\\An\\Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("gpj.\u202efdp.exe\x00\n", "gpj.fdp.exe"),
        ("Ke\u0302\u0301 hoạch.pdf", "Kế hoạch.pdf"),
        ("  Tờ trình (bản 2),  số 05.PDF ", "Tờ trình (bản 2),  số 05.PDF"),
        ("..", "file"),
        ("a" * 400 + ".pdf", "a" * 251 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_it_was_written_and_is_never_a_path(given: str, kept: str) -> None:
    assert tidy_name(given) == kept
