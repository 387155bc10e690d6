"""Meetings ahead and held, the state of their papers, and the office's changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import Office, a_file, a_filing, a_meeting, a_task
from tests.web.conftest import Browser
from tracker.domain import Change, Meeting, Task
from tracker.domain.change import Act
from tracker.domain.filing import FilingState
from tracker.domain.task import Status

HELD = date(2026, 3, 5)
Look = Callable[[Any], list[Any]]


@pytest.fixture
def meeting(session: Session, office: Office) -> Meeting:
    """On 05/3/2026, with one item of Sở Tài chính handed in and one of Sở Y tế missing."""
    made = a_meeting(session, office.issuer, held_on=HELD)
    facts: dict[str, Any] = {"meeting": made, "due_on": HELD, "due_inferred": True}
    handed_in: dict[str, Any] = {"status": Status.SUBMITTED, "submitted_on": date(2026, 2, 25)}
    a_task(session, office.issuer, text="Báo cáo đã nộp", lead=office.finance, **facts, **handed_in)
    a_task(session, office.issuer, text="Đề án chưa nộp", lead=office.health, position=1, **facts)
    session.commit()
    return made


def of(meeting: Meeting) -> str:
    return f"/meetings/{meeting.id}"


def typed(meeting: Meeting, **facts: str) -> dict[str, Any]:
    usual = {"held_on": "2026-03-05", "starts_at": "", "place": "", "certainty": "planned"}
    return {"version": str(meeting.version), "reason": ""} | usual | facts


def test_the_dossier_day_is_shown_with_its_calculation(
    specialist: Browser, meeting: Meeting
) -> None:
    page = specialist.page(of(meeting))
    assert "Thứ Năm, 05/3/2026" in page
    assert "5 ngày làm việc trước 05/3/2026 = 26/02/2026" in page


def test_the_agenda_says_which_papers_are_in(specialist: Browser, meeting: Meeting) -> None:
    page = specialist.page(of(meeting))
    assert "Đã nộp 1/2 hồ sơ" in page
    assert page.index("Báo cáo đã nộp") < page.index("Đề án chưa nộp")
    assert "Chưa nộp" in page


def test_papers_not_in_after_their_day_are_late_in_words(
    specialist: Browser, session: Session, office: Office
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=date(2026, 3, 2))
    a_task(session, office.issuer, meeting=meeting)
    session.commit()
    assert "Chậm, chưa nộp" in specialist.page(of(meeting))


def test_a_unit_sees_its_own_items_alone(an: Browser, meeting: Meeting) -> None:
    page = an.page(of(meeting))
    assert "Báo cáo đã nộp" in page
    assert "Đề án chưa nộp" not in page
    assert "Đủ hồ sơ: 1/1" in an.page("/meetings")


def test_a_stranger_does_not_learn_of_a_meeting(chi: Browser, meeting: Meeting) -> None:
    assert chi.get(of(meeting)).status_code == 404
    assert meeting.title not in chi.page("/meetings")


def test_the_next_meeting_stands_first_and_those_held_below(
    specialist: Browser, session: Session, office: Office
) -> None:
    for title, day in (("Sau", 20), ("Trước", 3)):
        a_meeting(session, office.issuer, title=title, held_on=date(2026, 3, day))
    a_meeting(session, office.issuer, title="Đã qua", held_on=date(2026, 2, 3))
    a_meeting(session, office.issuer, title="Không ngày", held_on=None)
    session.commit()
    page = specialist.page("/meetings")
    places = [page.index(f">{t}</a>") for t in ("Trước", "Sau", "Không ngày", "Đã qua")]
    assert places == sorted(places)


def test_meetings_held_are_paged(specialist: Browser, session: Session, office: Office) -> None:
    for n in range(21):
        a_meeting(session, office.issuer, title=f"Kỳ {n}", held_on=date(2026, 1, 1 + n))
    session.commit()
    assert "Kỳ 0<" not in specialist.page("/meetings")
    assert "Kỳ 0<" in specialist.page("/meetings?page=2")
    assert specialist.get("/meetings?page=abc").status_code == 200


def test_a_moved_meeting_takes_its_inferred_deadlines_along(
    specialist: Browser, meeting: Meeting, look: Look
) -> None:
    facts = typed(meeting, held_on="2026-03-12", reason="Trùng lịch Tỉnh ủy")
    assert specialist.send(of(meeting), **facts).status_code == 303
    assert {task.due_on for task in look(select(Task))} == {date(2026, 3, 12)}
    assert "Trùng lịch Tỉnh ủy" in specialist.page(of(meeting))


def test_a_moved_meeting_needs_a_reason_and_the_form_keeps_what_was_typed(
    specialist: Browser, meeting: Meeting, look: Look
) -> None:
    answer = specialist.send(of(meeting), **typed(meeting, held_on="2026-03-12", place="Phòng 2"))
    assert answer.status_code == 422
    assert 'value="2026-03-12"' in answer.text
    assert 'value="Phòng 2"' in answer.text
    assert look(select(Change)) == []


def test_time_and_place_change_without_a_reason(
    specialist: Browser, meeting: Meeting, look: Look
) -> None:
    facts = typed(meeting, starts_at="08:00", place="Phòng họp số 1", certainty="fixed")
    assert specialist.send(of(meeting), **facts).status_code == 303
    page = specialist.page(of(meeting))
    assert all(words in page for words in ("08:00", "Phòng họp số 1", "Đã chốt"))
    assert look(select(Change.act)) == [Act.EDITED]


@pytest.mark.parametrize(
    "wrong", [{"held_on": "mai"}, {"starts_at": "tám giờ"}, {"certainty": "x"}, {"held_on": ""}]
)
def test_what_cannot_be_read_is_said_and_changes_nothing(
    specialist: Browser, meeting: Meeting, look: Look, wrong: dict[str, Any]
) -> None:
    assert specialist.send(of(meeting), **typed(meeting, **wrong)).status_code == 422
    assert look(select(Meeting.held_on)) == [HELD]


def test_the_second_editor_of_a_meeting_is_told(specialist: Browser, meeting: Meeting) -> None:
    assert specialist.send(of(meeting), **typed(meeting, place="A")).status_code == 303
    assert specialist.send(of(meeting), **typed(meeting, place="B")).status_code == 409


def test_only_the_office_changes_a_meeting(an: Browser, leader: Browser, meeting: Meeting) -> None:
    assert an.send(of(meeting), **typed(meeting, place="A")).status_code == 403
    assert leader.send(of(meeting), **typed(meeting, place="A")).status_code == 403
    assert "Đổi ngày, giờ" not in an.page(of(meeting))


def test_each_item_says_how_many_files_it_has(
    an: Browser, specialist: Browser, session: Session, office: Office, meeting: Meeting
) -> None:
    task = session.exec(select(Task).where(Task.text == "Báo cáo đã nộp")).one()
    inside: dict[str, Any] = {"state": FilingState.WITH_HEAD, "sent_at": None}
    held = a_filing(session, task, office.an, **inside)
    for filing in (None, None, held.id):
        a_file(session, task, office.an, filing_id=filing)
    session.commit()
    link = f'href="/tasks/{task.id}#files">'
    assert f"{link}2 tệp" in specialist.page(of(meeting))
    assert f"{link}3 tệp" in an.page(of(meeting))
    assert specialist.page(of(meeting)).count("#files") == 1
