"""The meetings of a letter as a calendar program reads them."""

from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from functools import partial
from typing import Any

import pytest
from icalendar import Calendar
from sqlmodel import Session

from tests.builders import Office, a_meeting, a_task
from tests.reminders.office_day import FRIDAY, MEETING, MONDAY, on
from tracker.domain import Meeting
from tracker.mail import MemoryMailer
from tracker.reminders.run import run_once
from tracker.wiring import Wiring


@pytest.fixture
def meeting(session: Session, office: Office) -> Meeting:
    """The sample's meeting, three working days after Monday, with an item of Sở Tài chính."""
    held = a_meeting(session, office.issuer, held_on=MEETING, place="Phòng họp số 1")
    at_it = partial(a_task, session, office.issuer, lead=office.finance, meeting=held)
    at_it(due_on=MEETING, text="Báo cáo tháng 2")
    session.commit()
    return held


def files(letter: EmailMessage) -> list[EmailMessage]:
    return list(letter.iter_attachments())


def event_of(wired: Wiring, mailer: MemoryMailer) -> Any:
    run_once(on(wired, MONDAY))
    # The office's specialist is told of the late papers, not invited.
    (letter,) = (one for one in mailer.letters if "sotaichinh" in one["To"])
    (file,) = files(letter)
    assert file.get_content_type() == "text/calendar"
    (event,) = Calendar.from_ical(file.get_content()).walk("VEVENT")
    return event


def test_a_meeting_without_an_hour_fills_its_day_and_no_other(
    wired: Wiring, mailer: MemoryMailer, meeting: Meeting
) -> None:
    event = event_of(wired, mailer)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (MEETING, date(2026, 3, 6))
    assert (event["STATUS"], event["LOCATION"]) == ("TENTATIVE", "Phòng họp số 1")


def test_a_meeting_with_an_hour_stands_at_the_offices_hour(
    wired: Wiring, mailer: MemoryMailer, meeting: Meeting, session: Session
) -> None:
    meeting.starts_at = time(8)
    session.commit()
    start = event_of(wired, mailer)["DTSTART"].dt
    assert start.astimezone(UTC) == datetime(2026, 3, 5, 1, tzinfo=UTC)


def test_the_event_keeps_its_name_and_counts_its_moves(
    wired: Wiring, mailer: MemoryMailer, meeting: Meeting, session: Session
) -> None:
    meeting.due_version = 3
    session.commit()
    event = event_of(wired, mailer)
    assert (event["UID"], event["SEQUENCE"]) == (f"meeting-{meeting.id}@office.example", 2)
    assert "Báo cáo tháng 2" in event["DESCRIPTION"]


def test_a_letter_without_a_meeting_ahead_carries_no_file(
    wired: Wiring, mailer: MemoryMailer, session: Session, office: Office
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    run_once(on(wired, MONDAY))
    assert files(mailer.letters[0]) == []
