"""The letter about a new version of a programme: to whom, what of it, once."""

from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office
from tests.importer import amended_papers as papers
from tests.importer.amended_papers import FIRST, hand_in
from tests.reminders.office_day import THURSDAY, ledger, on, outbox, text_of
from tracker.clock import real_now
from tracker.domain import Import, ProgrammeVersion, Reminder
from tracker.domain.reader import Reader
from tracker.domain.reminder import MessageState, Rule
from tracker.importer.proposals import apply
from tracker.importer.proposals.undo import undo
from tracker.mail import MemoryMailer
from tracker.queries.reminders import Filter, messages, of_task
from tracker.reminders.run import plan_due, run_once
from tracker.wiring import Wiring


@pytest.fixture
def by(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


def take(session: Session, wired: Wiring, text: str, by: Reader) -> Import:
    """A document taken in at this moment of the office."""
    at = wired.clock.now()
    made = hand_in(session, text, by)
    apply.accept(session, made, only_clear=False, by=by, at=at)
    session.commit()
    return made


@pytest.fixture
def morning(wired: Wiring) -> Wiring:
    """Thursday at ten, when the digests of the day have left."""
    return on(wired, THURSDAY, time(10, 0))


@pytest.fixture
def amended(
    session: Session, office: Office, by: Reader, morning: Wiring, mailer: MemoryMailer
) -> Import:
    """The sample, taken in and reminded of at half past seven, amended at ten."""
    papers.register_all(session)
    early = on(morning, THURSDAY)
    take(session, early, FIRST, by)
    run_once(early)
    mailer.letters.clear()
    return take(session, morning, papers.amended(), by)


def notices(session: Session) -> list[Reminder]:
    return [one for one in ledger(session) if one.rule is Rule.PROGRAMME_AMENDED]


def to_health(mailer: MemoryMailer) -> list[str]:
    letters = [one for one in mailer.letters if "soyte@" in str(one["To"])]
    return [text_of(one) for one in letters]


def test_a_first_version_sends_no_notice(
    session: Session, office: Office, by: Reader, morning: Wiring
) -> None:
    papers.register_all(session)
    take(session, morning, FIRST, by)
    run_once(morning)
    assert notices(session) == []


def test_each_unit_that_can_be_written_to_is_told_once(
    session: Session, amended: Import, morning: Wiring, office: Office
) -> None:
    for _ in range(3):
        run_once(morning)
    assert [one.recipient for one in notices(session)] == [f"unit:{office.health.id}"]


def test_it_leaves_beside_the_digest_of_the_day_with_its_own_changes_alone(
    session: Session, amended: Import, morning: Wiring, mailer: MemoryMailer
) -> None:
    run_once(morning)
    (text,) = to_health(mailer)
    assert "Việc mới, đơn vị chủ trì, hạn 05/3/2026" in text
    assert "[B.I.3] Kế hoạch thực hiện Phổ cập" in text
    assert "xúc tiến thương mại" not in text


def test_text_and_html_say_the_same_and_the_words_of_a_task_are_escaped(
    session: Session, amended: Import, morning: Wiring, mailer: MemoryMailer
) -> None:
    version = second(session)
    version.touched = [marked(entry) for entry in version.touched]
    session.commit()
    run_once(morning)
    html = text_of(mailer.letters[-1], "html")
    assert "<i>" not in html
    assert "Đề án &lt;i&gt; &amp; khác" in html


def test_a_clerk_has_two_minutes_to_think_again(
    session: Session, amended: Import, morning: Wiring
) -> None:
    plan_due(morning)
    (letter,) = [one for one in outbox(session) if one.event]
    assert letter.next_try_at - real_now() > timedelta(minutes=1)
    assert letter.state is MessageState.QUEUED


def test_a_version_taken_back_before_the_letter_leaves_is_never_told(
    session: Session, amended: Import, morning: Wiring, by: Reader, mailer: MemoryMailer
) -> None:
    plan_due(morning)
    take_back(session, by, morning)
    run_once(morning)
    assert to_health(mailer) == []


def test_those_who_were_told_are_told_that_it_was_taken_back(
    session: Session, amended: Import, morning: Wiring, by: Reader, mailer: MemoryMailer
) -> None:
    run_once(morning)
    take_back(session, by, morning)
    for _ in range(2):
        run_once(morning)
    _, text = to_health(mailer)
    assert "đã được thu hồi" in text
    assert [one.step for one in notices(session)] == [0, 1]


def second(session: Session) -> ProgrammeVersion:
    return session.exec(select(ProgrammeVersion).where(col(ProgrammeVersion.number) == 2)).one()


def marked(entry: dict[str, Any]) -> dict[str, Any]:
    """What a version has kept of a task, with words that would break a page."""
    return entry | {"now": entry["now"] | {"text": "Đề án <i> & khác"}}


def take_back(session: Session, by: Reader, wired: Wiring) -> None:
    undo(session, second(session), by=by, at=wired.clock.now())
    session.commit()


def test_a_notice_is_no_reminder_of_a_task(
    session: Session, amended: Import, morning: Wiring, by: Reader
) -> None:
    run_once(morning)
    (notice,) = notices(session)
    rules = {one.rule for one in of_task(session, by, notice.about_id)}
    assert Rule.PROGRAMME_AMENDED not in rules


def test_the_office_sees_the_letter_among_the_others(
    session: Session, amended: Import, morning: Wiring, by: Reader
) -> None:
    run_once(morning)
    found = messages(session, by, Filter(), size=50)
    (letter,) = [one for one in outbox(session) if one.event]
    assert letter.id in {one.id for one in found}


def test_nothing_leaves_at_night(
    session: Session, amended: Import, wired: Wiring, mailer: MemoryMailer
) -> None:
    run_once(on(wired, THURSDAY, time(19, 0)))
    assert to_health(mailer) == []
