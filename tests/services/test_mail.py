"""A letter that failed is sent again, by those who may, and its reasons wait with it."""

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office
from tests.web.letters import a_message, a_reason
from tracker.domain import Change, Reminder
from tracker.domain.change import Act
from tracker.domain.reminder import MessageState, ReminderState
from tracker.errors import NotAllowed, Refused
from tracker.services.mail import send_again


def test_a_failed_letter_waits_again_with_all_its_tries(session: Session, office: Office) -> None:
    message = a_message(session, office.finance, state=MessageState.FAILED, attempts=9)
    a_reason(session, message, office, state=ReminderState.FAILED)
    send_again(session, message, by=office.reader(session, office.specialist), at=AT)
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert session.exec(select(Reminder)).one().state is ReminderState.PLANNED


def test_who_sent_it_again_is_remembered(session: Session, office: Office) -> None:
    message = a_message(session, office.finance, state=MessageState.FAILED)
    send_again(session, message, by=office.reader(session, office.admin), at=AT)
    change = session.exec(select(Change)).one()
    assert (change.act, change.by_id) == (Act.SENT_AGAIN, office.admin.id)


def test_a_letter_that_left_is_not_sent_again(session: Session, office: Office) -> None:
    message = a_message(session, office.finance, state=MessageState.SENT)
    with pytest.raises(Refused, match=r"message\.not-failed"):
        send_again(session, message, by=office.reader(session, office.specialist), at=AT)


def test_a_unit_does_not_send_again(session: Session, office: Office) -> None:
    message = a_message(session, office.finance, state=MessageState.FAILED)
    with pytest.raises(NotAllowed, match=r"message\.office-only"):
        send_again(session, message, by=office.reader(session, office.an), at=AT)
