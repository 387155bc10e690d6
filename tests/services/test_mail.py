"""A letter that failed is sent again, by those who may, and its reasons wait with it."""

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_task
from tests.reminders.office_day import FRIDAY, moody
from tests.web.letters import a_message
from tracker.domain import Change, Message
from tracker.domain.change import Act
from tracker.domain.reminder import MessageState
from tracker.errors import NotAllowed, Refused
from tracker.mail import DeliveryError, MemoryMailer
from tracker.reminders.run import run_once
from tracker.services.mail import send_again
from tracker.wiring import Wiring


def test_a_failed_letter_waits_again_with_all_its_tries(session: Session, office: Office) -> None:
    message = a_message(session, office.finance, state=MessageState.FAILED, attempts=9)
    send_again(session, message, by=office.reader(session, office.specialist), at=AT)
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)


def test_a_letter_sent_again_arrives_with_its_reasons_and_its_own_name(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    refusal = DeliveryError("550 no such user", permanent=True)
    run_once(moody(wired, sotaichinh=refusal)[0])
    message = session.exec(select(Message)).one()
    send_again(session, message, by=office.reader(session, office.specialist), at=AT)
    session.commit()
    assert run_once(wired).sent == 1
    assert mailer.letters[0]["Message-ID"] == message.message_id


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
