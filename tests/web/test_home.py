"""The first page: what to do first, and numbers that lead to lists."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import AT, Office, a_filing, a_meeting, a_person, a_task, a_unit
from tests.web.conftest import Browser, SignIn
from tracker.domain import Import, Mention, Person, ProgressNote, Task
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.note import NoteKind
from tracker.domain.person import Role
from tracker.domain.task import Status

LATE, SOON = date(2026, 2, 25), date(2026, 3, 5)


@pytest.fixture
def work(session: Session, office: Office) -> None:
    """Of Sở Tài chính: one late, two due soon (one at a meeting), one handed in."""
    lead: dict[str, Any] = {"lead": office.finance}
    meeting = a_meeting(session, office.issuer)
    a_task(session, office.issuer, text="Việc quá hạn", due_on=LATE, **lead)
    a_task(session, office.issuer, text="Việc sắp đến hạn", due_on=SOON, **lead)
    a_task(session, office.issuer, text="Việc trình họp", due_on=SOON, meeting=meeting, **lead)
    handed_in: dict[str, Any] = {"status": Status.SUBMITTED, "submitted_on": LATE, "due_on": SOON}
    a_task(session, office.issuer, text="Việc đã nộp", **handed_in, **lead)
    a_task(session, office.issuer, text="Việc chưa giao")
    session.commit()


def numbers(page: str) -> dict[str, int]:
    """The numbers at the top and where each leads."""
    found = re.findall(r'<a href="(/tasks[^"]*)"><strong>(\d+)</strong>', page)
    return {address.replace("&amp;", "&"): int(number) for address, number in found}


def test_a_unit_sees_first_what_is_late_then_what_is_next(an: Browser, work: None) -> None:
    page = an.page("/")
    places = [page.index(words) for words in ("Việc quá hạn", "Việc sắp đến hạn", "Việc đã nộp")]
    assert places == sorted(places)


@pytest.mark.parametrize("who", ["an", "specialist", "leader", "admin"])
def test_each_number_leads_to_a_list_of_so_many(
    request: pytest.FixtureRequest, work: None, who: str
) -> None:
    browser = request.getfixturevalue(who)
    found = numbers(browser.page("/"))
    assert sum(found.values()) > 0
    for address, number in found.items():
        assert browser.page(address).count('class="clamp"') == number, address


def test_a_meeting_ahead_says_how_many_papers_are_in_and_until_when(
    an: Browser, work: None
) -> None:
    page = an.page("/")
    assert "Đã nộp 0/1 hồ sơ" in page
    assert "Thứ Năm, 26/02/2026" in page


def test_work_that_only_supports_is_not_counted_as_owed(
    binh: Browser, session: Session, office: Office
) -> None:
    a_task(session, office.issuer, lead=office.finance, supports=(office.health,), due_on=LATE)
    session.commit()
    assert set(numbers(binh.page("/")).values()) == {0}


def test_a_stranger_s_first_page_is_empty_and_says_so(chi: Browser, work: None) -> None:
    page = chi.page("/")
    assert set(numbers(page).values()) == {0}
    assert "Không có việc quá hạn hay sắp đến hạn" in page


def test_the_office_sees_who_is_late_and_what_waits(specialist: Browser, work: None) -> None:
    page = specialist.page("/")
    assert "Quá hạn theo đơn vị" in page
    assert "Sở Tài chính" in page
    assert "Việc đã nộp" in page
    assert numbers(page)["/tasks?unit=none"] == 1


def test_the_office_is_reminded_of_a_review_not_finished(
    specialist: Browser, leader: Browser, session: Session, office: Office
) -> None:
    file: dict[str, Any] = {"file_name": "thang-2.md", "media_type": "text/markdown", "sha256": "0"}
    session.add(Import(issuer_id=office.issuer.id, at=AT, programme={}, **file))
    session.commit()
    assert "thang-2.md" in specialist.page("/")
    assert "thang-2.md" not in leader.page("/")


def test_a_head_of_several_units_sees_them_apart(
    an: Browser, session: Session, office: Office
) -> None:
    below = a_unit(session, "Chi cục Thuế", parent_id=office.finance.id)
    a_task(session, office.issuer, lead=office.finance, due_on=LATE)
    a_task(session, office.issuer, lead=below, due_on=LATE)
    session.commit()
    assert "Quá hạn theo đơn vị" in an.page("/")
    assert numbers(an.page("/"))["/tasks?unit=mine&part=lead&timeliness=overdue"] == 2


def test_an_empty_office_is_told_how_to_begin(specialist: Browser) -> None:
    assert "Bắt đầu bằng việc nhập chương trình" in specialist.page("/")


def heaps(page: str) -> dict[str, int]:
    """What waits for the reader: where each number leads."""
    found = re.findall(r'<a class="fw-bold" href="(/[^"]*)"><strong>(\d+)</strong>', page)
    return {address.replace("&amp;", "&"): int(number) for address, number in found}


def asked(session: Session, task: Task, by: Person, unit: int | None) -> None:
    facts: dict[str, Any] = {"kind": NoteKind.QUESTION, "text": "Bao giờ trình?", "unit_id": unit}
    session.add(ProgressNote(task_id=task.id, author_id=by.id, at=AT, **facts))


@pytest.fixture
def waiting(session: Session, office: Office) -> None:
    """Of Sở Tài chính: returned, countered, asked, not received; Sở Y tế owes its part."""
    lead: dict[str, Any] = {"lead": office.finance, "due_on": SOON, "received_at": AT}
    works = lead | {"status": Status.IN_PROGRESS}
    returned = a_task(session, office.issuer, text="Việc bị trả lại", **works)
    a_filing(session, returned, office.an, state=FilingState.RETURNED)
    countered = a_task(session, office.issuer, text="Việc xin gia hạn", **works)
    offer = {"state": FilingState.COUNTERED, "offered_on": SOON}
    a_filing(session, countered, office.an, FilingKind.EXTENSION, **offer)
    helped = a_task(session, office.issuer, text="Việc bị hỏi", supports=(office.health,), **works)
    asked(session, helped, office.specialist, office.issuer.id)
    refused = a_task(session, office.issuer, text="Việc giao nhầm", **lead)
    a_filing(session, refused, office.an, FilingKind.REFUSAL)
    asked(session, refused, office.an, office.finance.id)
    a_task(session, office.issuer, text="Việc chưa nhận", lead=office.finance)
    session.commit()


def test_a_clerk_sees_first_what_waits_for_the_unit(an: Browser, waiting: None) -> None:
    page = an.page("/")
    found = heaps(page)
    assert list(found.values()) == [1, 1, 1, 1]
    assert page.index("Cần anh/chị xử lý") < page.index("Sắp đến hạn</h2>")


@pytest.mark.parametrize("who", ["an", "binh", "specialist"])
def test_each_number_of_what_waits_leads_to_so_many(
    request: pytest.FixtureRequest, waiting: None, who: str
) -> None:
    browser = request.getfixturevalue(who)
    found = heaps(browser.page("/"))
    assert found
    for address, number in found.items():
        assert browser.page(address).count('class="clamp"') == number, address


def test_a_supporting_unit_sees_the_part_that_it_owes(binh: Browser, waiting: None) -> None:
    assert heaps(binh.page("/")) == {"/waiting/parts": 1}
    assert "Việc bị hỏi" in binh.page("/waiting/parts")


def test_the_office_sees_how_long_a_paper_has_waited(specialist: Browser, waiting: None) -> None:
    page = specialist.page("/")
    assert heaps(page)["/filings"] == 1
    assert "Đề nghị không nhận việc · Sở Tài chính" in page
    assert re.search(r"đã chờ \d+ ngày làm việc", page)
    assert heaps(page)["/waiting/questions"] == 1


def test_a_head_is_asked_first_to_let_papers_go(
    session: Session, office: Office, sign_in: SignIn, waiting: None
) -> None:
    head = a_person(session, "Thu", Role.UNIT_HEAD, office.finance)
    task = a_task(session, office.issuer, text="Báo cáo quý", lead=office.finance)
    a_filing(session, task, office.an, state=FilingState.WITH_HEAD, sent_at=None)
    session.commit()
    page = sign_in(head).page("/")
    assert page.index("chờ anh/chị duyệt gửi văn phòng") < page.index("báo cáo, đề nghị bị trả lại")


def test_who_only_follows_is_not_told_to_act(
    leader: Browser, specialist: Browser, waiting: None
) -> None:
    assert "Cần văn phòng xử lý" in specialist.page("/")
    assert "Cần văn phòng xử lý" not in leader.page("/")
    assert "Đang chờ văn phòng xử lý" in leader.page("/")


def test_a_stranger_has_nothing_to_answer(chi: Browser, waiting: None) -> None:
    assert heaps(chi.page("/")) == {}
    assert "Bao giờ trình?" not in chi.page("/waiting/questions")
    assert chi.get("/waiting/anything").status_code == 404


def names(session: Session, task: Task, who: Person, **facts: Any) -> ProgressNote:
    """A note of the office's specialist, number 2 of the cast, that names somebody."""
    said: dict[str, Any] = {"text": f"Nhờ @{who.name} xem giúp", "at": AT, "author_id": 2}
    note = ProgressNote(task_id=task.id, **(said | facts))
    session.add(note)
    session.flush()
    session.add(Mention(note_id=note.id, person_id=who.id))
    session.commit()
    return note


@pytest.fixture
def open_task(session: Session, office: Office) -> Task:
    return a_task(session, office.issuer, text="Việc của An", lead=office.finance, received_at=AT)


MENTIONED = "Nhắc đến anh/chị</h2>"


def test_who_is_named_sees_it_on_the_first_page_and_nobody_else_does(
    an: Browser, binh: Browser, session: Session, office: Office, open_task: Task
) -> None:
    names(session, open_task, office.an)
    page = an.page("/")
    assert MENTIONED in page
    assert "Chuyên viên viết" in page
    assert "Nhờ @An xem giúp" in an.page("/waiting/mentions")
    assert MENTIONED not in binh.page("/")


def test_whoever_may_not_see_the_task_learns_nothing_of_it(
    chi: Browser, session: Session, office: Office, open_task: Task
) -> None:
    names(session, open_task, office.chi)
    assert MENTIONED not in chi.page("/")
    assert "xem giúp" not in chi.page("/waiting/mentions")


def test_a_mention_goes_once_the_reader_has_spoken(
    an: Browser, session: Session, office: Office, open_task: Task
) -> None:
    names(session, open_task, office.an)
    answer: dict[str, Any] = {"author_id": office.an.id, "at": AT, "text": "Đã xem"}
    session.add(ProgressNote(task_id=open_task.id, **answer))
    session.commit()
    assert MENTIONED not in an.page("/")
    names(session, open_task, office.an)
    assert MENTIONED in an.page("/")


@pytest.mark.parametrize(
    ("facts", "times"),
    [({"at": AT - timedelta(days=1)}, 1), ({"at": AT - timedelta(days=40)}, 0),
     ({"kind": NoteKind.QUESTION, "unit_id": 1}, 0), ({"unit_id": 1}, 1)],
    ids=["lately", "long ago", "a question that waits anyway", "a note of the office"],
)  # fmt: skip
def test_of_the_notes_that_name_somebody_the_latest_are_shown(
    an: Browser, session: Session, office: Office, open_task: Task, facts: Any, times: int
) -> None:
    names(session, open_task, office.an, **facts)
    assert an.page("/").count(MENTIONED) == times


def test_a_mention_on_closed_work_asks_nothing(
    an: Browser, session: Session, office: Office, open_task: Task
) -> None:
    open_task.status, open_task.done_on = Status.DONE, LATE
    names(session, open_task, office.an)
    assert MENTIONED not in an.page("/")


def test_a_follower_is_told_of_a_mention_apart_from_what_the_office_must_do(
    leader: Browser, session: Session, office: Office, open_task: Task
) -> None:
    for _ in range(5):
        names(session, open_task, office.leader)
    page = leader.page("/")
    assert page.index("Xem cả 5 ghi chú nhắc đến anh/chị") > page.index(MENTIONED)
    assert leader.page("/waiting/mentions").count('class="clamp"') == 5
