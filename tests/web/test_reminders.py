"""The ledger on the screen: what was sent, why or why not, and sending a failed letter again."""

from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import Office
from tests.web.conftest import Browser
from tests.web.letters import a_message, a_reason
from tracker.domain import Message
from tracker.domain.reminder import MessageState, ReminderState, Why

HTML = (
    "<html><head></head><body style='color:red'><a href='/x'>Mở</a><script>1</script></body></html>"
)


@pytest.fixture
def letter(session: Session, office: Office) -> Message:
    return written(session, office, text="Kính gửi https://a.vn/tasks/1", html=HTML)


def written(session: Session, office: Office, **facts: Any) -> Message:
    facts = {"subject": "1 nhiệm vụ quá hạn — Sở Tài chính"} | facts
    message = a_message(session, office.finance, **facts)
    a_reason(session, message, office)
    session.commit()
    return message


def test_a_unit_sees_its_own_letters_alone(an: Browser, chi: Browser, letter: Message) -> None:
    assert f"/reminders/{letter.id}" in an.page("/reminders")
    assert f"/reminders/{letter.id}" not in chi.page("/reminders")


@pytest.mark.parametrize("part", ["", "/html"])
def test_a_stranger_finds_no_letter(chi: Browser, letter: Message, part: str) -> None:
    assert chi.get(f"/reminders/{letter.id}{part}").status_code == 404


def test_an_empty_ledger_says_when_letters_come(an: Browser) -> None:
    assert "Chưa có thư nhắc nào" in an.page("/reminders")
    assert "Không có thư nào khớp" in an.page("/reminders?state=failed")


def test_letters_are_filtered_by_state_and_unit(
    specialist: Browser, session: Session, office: Office, letter: Message
) -> None:
    failed = written(session, office, state=MessageState.FAILED, why="550 no such user")
    page = specialist.page("/reminders?state=failed")
    assert f"/reminders/{failed.id}" in page
    assert "550 no such user" in page
    assert f"/reminders/{letter.id}" not in page
    elsewhere = specialist.page(f"/reminders?unit={office.health.id}")
    assert f"/reminders/{letter.id}" not in elsewhere


def test_older_letters_stand_on_the_next_page(
    an: Browser, session: Session, office: Office
) -> None:
    made = [a_message(session, office.finance) for _ in range(51)]
    session.commit()
    first = an.page("/reminders")
    assert f'"/reminders/{made[0].id}"' not in first
    assert f"before={made[1].id}" in first
    assert f'"/reminders/{made[0].id}"' in an.page(f"/reminders?before={made[1].id}")


def test_a_letter_says_why_it_was_written(an: Browser, letter: Message) -> None:
    page = an.page(f"/reminders/{letter.id}")
    assert "Quá hạn: quá hạn 4 ngày làm việc" in " ".join(page.split())
    assert "/tasks/1" in page
    assert letter.message_id.strip("<>") in page


def test_a_dropped_reason_says_why(an: Browser, session: Session, office: Office) -> None:
    message = a_message(session, office.finance, state=MessageState.DROPPED, why="nothing-left")
    a_reason(session, message, office, state=ReminderState.DROPPED, why=Why.DONE)
    session.commit()
    page = an.page(f"/reminders/{message.id}")
    assert "Không còn việc nào cần nhắc" in page
    assert "Việc đã hoàn thành" in page


def test_the_links_of_the_text_can_be_clicked(an: Browser, letter: Message) -> None:
    assert 'href="https://a.vn/tasks/1"' in an.page(f"/reminders/{letter.id}")


def test_the_html_of_a_letter_is_shut_in_a_sandbox(an: Browser, letter: Message) -> None:
    answer = an.get(f"/reminders/{letter.id}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert '<base target="_top">' in answer.text


def test_every_other_page_keeps_the_strict_policy(an: Browser, letter: Message) -> None:
    answer = an.get(f"/reminders/{letter.id}")
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_the_office_sends_a_failed_letter_again(
    specialist: Browser, session: Session, office: Office
) -> None:
    failed = written(session, office, state=MessageState.FAILED, attempts=9)
    assert "Gửi lại" in specialist.page(f"/reminders/{failed.id}")
    assert specialist.send(f"/reminders/{failed.id}/again").status_code == 303
    assert "Chờ gửi" in specialist.page(f"/reminders/{failed.id}")
    assert specialist.send(f"/reminders/{failed.id}/again").status_code == 422


def test_a_unit_may_not_send_again(
    an: Browser, chi: Browser, session: Session, office: Office
) -> None:
    failed = written(session, office, state=MessageState.FAILED)
    assert an.send(f"/reminders/{failed.id}/again").status_code == 403
    assert chi.send(f"/reminders/{failed.id}/again").status_code == 404
