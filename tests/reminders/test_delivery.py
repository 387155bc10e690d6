"""Claims, tries, refusals: what becomes of a letter when the server has moods."""

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests.builders import Office, a_task
from tests.reminders.office_day import FRIDAY, fates, moody, outbox, to_of
from tracker import db
from tracker.clock import real_now
from tracker.domain import Message
from tracker.domain.reminder import MessageState, ReminderState
from tracker.mail import DeliveryError, MemoryMailer
from tracker.reminders import outbox as room
from tracker.reminders.policy import HABITS
from tracker.reminders.run import deliver_due, plan_due, run_once
from tracker.reminders.senders import has_died, my_name
from tracker.wiring import Wiring

BUSY = DeliveryError("451 thử lại sau")
UNKNOWN = DeliveryError("550 no such user", permanent=True)
DOWN = DeliveryError("timed out", whole_server=True)


@pytest.fixture(autouse=True)
def three_letters(session: Session, office: Office) -> None:
    for unit in (office.finance, office.health, office.culture):
        a_task(session, office.issuer, lead=unit, due_on=FRIDAY)
    session.commit()


def states(session: Session) -> list[str]:
    return [message.state.value for message in outbox(session)]


def later(session: Session, **facts: datetime | int | str | None) -> None:
    """Change every letter as if time had passed."""
    with db.transaction(session.get_bind()) as hand:  # type: ignore[arg-type]
        hand.execute(sa.update(Message).values(facts))


def test_a_bad_address_costs_only_its_own_letter(session: Session, wired: Wiring) -> None:
    wired, mailer = moody(wired, soyte=UNKNOWN)
    report = run_once(wired)
    assert (report.sent, report.failed, report.queued) == (2, 1, 0)
    assert states(session) == ["sent", "failed", "sent"]
    assert outbox(session)[1].why == "550 no such user"
    assert fates(session)[1] is ReminderState.FAILED
    assert len(mailer.letters) == 2


def test_a_refusal_for_now_is_tried_again_after_half_a_minute(
    session: Session, wired: Wiring
) -> None:
    wired, mailer = moody(wired, soyte=BUSY)
    assert run_once(wired).failed == 1
    waiting = outbox(session)[1]
    assert waiting.state is MessageState.QUEUED
    wait = (waiting.next_try_at - real_now()).total_seconds()
    assert 20 < wait <= 30
    mailer.moods.clear()
    assert deliver_due(wired).sent == 0
    later(session, next_try_at=real_now())
    assert deliver_due(wired).sent == 1


def test_the_command_does_not_wait_for_the_next_try(session: Session, wired: Wiring) -> None:
    wired, mailer = moody(wired, everybody=BUSY)
    assert run_once(wired).as_json()["failed"] == 3
    mailer.moods.clear()
    assert run_once(wired).sent == 3


def test_tries_before_their_time_do_not_use_up_the_ten(session: Session, wired: Wiring) -> None:
    wired, _ = moody(wired, everybody=BUSY)
    for _ in range(12):
        run_once(wired)
    assert {message.attempts for message in outbox(session)} == {1}


def test_after_the_tenth_try_the_letter_has_failed(session: Session, wired: Wiring) -> None:
    wired, _ = moody(wired, soyte=BUSY)
    for _ in range(10):
        run_once(wired)
        later(session, next_try_at=real_now())
    assert states(session) == ["sent", "failed", "sent"]
    assert run_once(wired).failed == 0


def test_a_server_that_refuses_everybody_loses_nothing(session: Session, wired: Wiring) -> None:
    wired, mailer = moody(wired, everybody=UNKNOWN)
    report = run_once(wired)
    assert (report.failed, report.queued) == (3, 3)
    mailer.moods.clear()
    assert (run_once(wired).sent, run_once(wired).sent) == (3, 0)


def test_a_server_that_is_down_is_asked_once(session: Session, wired: Wiring) -> None:
    wired, mailer = moody(wired, everybody=DOWN)
    report = run_once(wired)
    assert (mailer.asked, report.failed, report.queued) == (1, 1, 3)
    mailer.moods.clear()
    assert run_once(wired).sent == 3


def test_the_next_run_begins_with_the_letters_that_were_not_tried(
    session: Session, wired: Wiring
) -> None:
    wired, mailer = moody(wired, sotaichinh=DOWN)
    run_once(wired)
    run_once(wired)
    assert sorted(to_of(mailer.letters)) == ["sovhttdl@office.example", "soyte@office.example"]


def test_a_letter_that_cannot_be_written_stops_no_other(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    office.health.email = "không phải địa chỉ"
    session.add(office.health)
    session.commit()
    report = run_once(wired)
    assert (report.sent, report.failed) == (2, 1)


def test_two_never_hold_the_same_letter(session: Session, wired: Wiring) -> None:
    plan_due(wired)
    now, lease = real_now(), HABITS.lease
    with db.transaction(wired.engine) as hand:
        held = [room.claim(hand, at=now, lease=lease, waits=True) for _ in range(4)]
    assert [message and message.id for message in held] == [1, 2, 3, None]


def test_a_letter_whose_sender_died_is_taken_over_when_the_lease_ends(
    session: Session, wired: Wiring
) -> None:
    plan_due(wired)
    later(session, leased_until=real_now() + timedelta(seconds=0.6))
    assert deliver_due(wired).sent == 0
    assert run_once(wired).sent == 3


def test_a_sender_that_lost_its_lease_changes_nothing(session: Session, wired: Wiring) -> None:
    plan_due(wired)
    with db.transaction(wired.engine) as hand:
        old = room.claim(hand, at=real_now(), lease=timedelta(), waits=True)
        assert old is not None
        hand.expunge(old)
        new = room.claim(hand, at=real_now(), lease=HABITS.lease, waits=True)
        assert new is not None
        assert (old.id, room.put_words(hand, old, subject="cũ")) == (new.id, False)
        assert room.put_words(hand, new, subject="mới")


def test_nothing_leaves_outside_office_hours(session: Session, wired: Wiring) -> None:
    plan_due(wired)
    evening = wired.at(datetime(2026, 2, 26, 12, 0, tzinfo=wired.clock.now().tzinfo))
    assert deliver_due(evening).counts == {"sent": 0, "failed": 0, "dropped": 0}


def test_a_sent_letter_keeps_its_words_and_its_name(
    session: Session, wired: Wiring, mailer: MemoryMailer
) -> None:
    run_once(wired)
    kept, letter = outbox(session)[0], mailer.letters[0]
    assert (kept.subject, kept.message_id) == (letter["Subject"], letter["Message-ID"])
    assert kept.sent_at == wired.clock.now()
    assert kept.text
    assert kept.html


def test_the_lease_outlives_every_step_of_the_slowest_server() -> None:
    # Connection, greeting, EHLO, STARTTLS, EHLO, two of AUTH, MAIL, RCPT, DATA, the end.
    assert HABITS.lease >= timedelta(seconds=11 * 15)


def test_a_killed_sender_of_this_machine_is_not_waited_for(
    session: Session, wired: Wiring, mailer: MemoryMailer
) -> None:
    plan_due(wired)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    name = f"{my_name().rpartition('/')[0]}/{gone.pid}"
    later(session, leased_until=real_now() + HABITS.lease, leased_by=name)
    assert run_once(wired).sent == len(mailer.letters) == 3


@pytest.mark.parametrize("name", ["another-host/1/999999", "", "nonsense"])
def test_a_sender_elsewhere_may_live(name: str) -> None:
    assert not has_died(name)


def test_this_process_lives() -> None:
    assert not has_died(my_name())


def test_every_reason_of_a_sent_letter_is_sent(session: Session, wired: Wiring) -> None:
    run_once(wired)
    assert set(fates(session)) == {ReminderState.SENT}
