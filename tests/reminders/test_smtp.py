"""Against a real mail server: what it refuses, cuts off or leaves hanging is not lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import Session

from tests.builders import Office, a_task
from tests.reminders.office_day import FRIDAY, outbox
from tests.reminders.sink import Sink, a_sink
from tracker.clock import stopwatch
from tracker.mail import SmtpMailer
from tracker.reminders.run import run_once
from tracker.wiring import Wiring

PATIENCE = 0.5


@pytest.fixture
def sink() -> Iterator[Sink]:
    with a_sink() as server:
        yield server


@pytest.fixture
def posted(session: Session, office: Office, wired: Wiring, sink: Sink) -> Wiring:
    """An office with three letters to send by that server."""
    for unit in (office.finance, office.health, office.culture):
        a_task(session, office.issuer, lead=unit, due_on=FRIDAY)
    session.commit()
    return replace(wired, mailer=SmtpMailer(sink.url, timeout=PATIENCE))


def test_many_letters_leave_by_one_connection(posted: Wiring, sink: Sink) -> None:
    assert run_once(posted).sent == len(sink.letters) == 3
    assert len(sink.peers) == 1


def test_the_same_moment_three_times_sends_once(posted: Wiring, sink: Sink) -> None:
    assert [run_once(posted).sent for _ in range(3)] == [3, 0, 0]
    assert set(sink.names.values()) == {1}


@pytest.mark.parametrize("answer", ["451 busy", "452 full", "554 no thanks", ""])
def test_a_server_that_takes_nothing_loses_nothing(posted: Wiring, sink: Sink, answer: str) -> None:
    sink.answer = answer
    report = run_once(posted)
    assert (report.sent, report.failed, report.queued) == (0, 3, 3)
    sink.answer = "250 OK"
    assert run_once(posted).sent == len(sink.names) == 3


@pytest.mark.parametrize(("answer", "state"), [("550 unknown", "failed"), ("450 later", "queued")])
def test_a_bad_recipient_costs_only_his_own(
    session: Session, posted: Wiring, sink: Sink, answer: str, state: str
) -> None:
    sink.to_recipient["soyte@office.example"] = answer
    assert run_once(posted).sent == 2
    waiting = [message for message in outbox(session) if message.state != "sent"]
    assert [(message.state, message.why) for message in waiting] == [(state, answer)]


def test_a_letter_that_was_taken_unheard_comes_again_under_its_own_name(
    posted: Wiring, sink: Sink
) -> None:
    sink.answer, sink.takes_before_it_hangs_up = "", True
    run_once(posted)
    sink.answer = "250 OK"
    assert run_once(posted).sent == 3
    assert sorted(sink.names.values()) == [2, 2, 2]


def test_a_server_that_hangs_costs_one_timeout(posted: Wiring, sink: Sink) -> None:
    sink.slowness = 4 * PATIENCE
    begun = stopwatch()
    report = run_once(posted)
    assert stopwatch() - begun < 2 * PATIENCE + 1
    assert (report.sent, report.failed, report.queued) == (0, 1, 3)
    sink.slowness = 0.0
    assert run_once(posted).sent == 3


def test_a_server_that_is_not_there_costs_one_try(posted: Wiring) -> None:
    nowhere = replace(posted, mailer=SmtpMailer("smtp://127.0.0.1:1", timeout=PATIENCE))
    report = run_once(nowhere)
    assert (report.failed, report.queued) == (1, 3)
    assert run_once(posted).sent == 3
