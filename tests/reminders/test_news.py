"""The letter of news: who hears of which act, once, and only what still holds."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import Office, a_person, a_task
from tests.reminders.happenings import Days, Told
from tests.reminders.office_day import THURSDAY, fates, ledger, on, outbox
from tracker.clock import real_now
from tracker.domain import Deputy, Support, Task
from tracker.domain.change import Act
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.note import NoteKind
from tracker.domain.person import Role
from tracker.domain.reminder import MessageState, ReminderState, Rule, Why
from tracker.domain.task import Contribution, Status
from tracker.mail import MemoryMailer
from tracker.reminders.run import deliver_due, plan_due, run_once
from tracker.services.filing_answers import answer_offer, counter_offer, give_back
from tracker.services.filings import Paper, ask_extension, report
from tracker.wiring import Wiring

FAR = date(2026, 6, 1)
REPORT, EXTENSION, REFUSAL = FilingKind
FINANCE, HEALTH, CULTURE = "sotaichinh@", "soyte@", "sovhttdl@"
OFFICE = "cv@"


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """Led by Sở Tài chính, due long after."""
    return a_task(session, office.issuer, lead=office.finance, due_on=FAR, ref="B.I.1")


def test_a_new_lead_and_new_supports_hear_of_their_task(
    days: Days, task: Task, office: Office, told: Told
) -> None:
    days.assign(task, office.culture.id, office.health.id)
    letters = told()
    assert "Việc mới, đơn vị chủ trì" in letters[CULTURE]
    assert "Việc mới, đơn vị phối hợp" in letters[HEALTH]
    assert "Đã giao cho đơn vị khác" in letters[FINANCE]


def test_a_task_given_and_taken_back_within_the_two_minutes_is_told_to_nobody_new(
    days: Days, task: Task, office: Office, told: Told
) -> None:
    days.assign(task, office.culture.id)
    days.assign(task, office.finance.id)
    assert CULTURE not in told()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (REPORT, "Báo cáo kết quả chờ văn phòng xác nhận"),
        (EXTENSION, "Đề nghị gia hạn chờ văn phòng quyết định"),
        (REFUSAL, "Đề nghị không nhận việc chờ văn phòng quyết định"),
    ],
)
def test_what_a_unit_files_is_brought_to_the_specialists(
    days: Days, task: Task, told: Told, kind: FilingKind, words: str
) -> None:
    days.file(task, kind, asked_on=date(2026, 6, 20), text="Số liệu chưa về đủ")
    letters = told()
    assert set(letters) == {OFFICE}
    assert words in letters[OFFICE]
    assert "Số liệu chưa về đủ" in letters[OFFICE]
    assert "Chủ trì: Sở Tài chính" in letters[OFFICE]


def test_what_must_pass_the_head_goes_to_the_head_and_then_to_the_office(
    days: Days, task: Task, office: Office, session: Session, told: Told
) -> None:
    head = a_person(session, "Thu", Role.UNIT_HEAD, office.finance)
    filing = days.file(task, REPORT, state=FilingState.WITH_HEAD)
    assert set(told()) == {"thu@"}
    days.answer(filing, Act.APPROVED, by=head)
    assert set(told()) == {OFFICE}


@pytest.mark.parametrize(
    ("kind", "act", "words"),
    [
        (REPORT, Act.SENT_BACK, "Báo cáo bị trả lại"),
        (REPORT, Act.GRANTED, "Báo cáo được xác nhận"),
        (EXTENSION, Act.SENT_BACK, "Không được gia hạn"),
        (EXTENSION, Act.GRANTED, "Được gia hạn"),
        (EXTENSION, Act.OFFERED, "Văn phòng đề xuất ngày khác"),
        (REFUSAL, Act.SENT_BACK, "việc vẫn do đơn vị thực hiện"),
        (REFUSAL, Act.GRANTED, "đơn vị không phải thực hiện việc này"),
    ],
)
def test_the_office_s_answer_reaches_the_unit_that_filed(
    days: Days, task: Task, told: Told, kind: FilingKind, act: Act, words: str
) -> None:
    filing = days.file(task, kind)
    days.answer(filing, act, "Thiếu phụ lục")
    letters = told()
    assert set(letters) == {FINANCE}
    assert words in letters[FINANCE]
    assert "“Thiếu phụ lục”" in letters[FINANCE]


@pytest.mark.parametrize(
    ("act", "words"), [(Act.GRANTED, "Đơn vị đồng ý"), (Act.TAKEN_BACK, "Đơn vị không đồng ý")]
)
def test_the_office_hears_what_became_of_its_offer(
    days: Days, task: Task, office: Office, told: Told, act: Act, words: str
) -> None:
    filing = days.file(task, EXTENSION, offered_on=date(2026, 6, 10))
    days.answer(filing, act, by=office.an)
    assert f"{words} ngày văn phòng đề xuất" in told()[OFFICE]


def test_the_services_write_what_the_letters_read(
    session: Session, task: Task, office: Office, ten: Wiring, told: Told
) -> None:
    an, clerk = (office.reader(session, one) for one in (office.an, office.specialist))
    now: dict[str, Any] = {"at": ten.clock.now(), "on": THURSDAY}
    asks = Paper(text="Chờ số liệu của Bộ")
    asked = ask_extension(session, task, asks, until=date(2026, 6, 30), limit=2, by=an, **now)
    assert "Xin đến ngày: 30/6/2026" in told()[OFFICE]
    counter_offer(session, asked, date(2026, 6, 12), answer="Cần cho kỳ họp", by=clerk, **now)
    assert "Ngày đề xuất: 12/6/2026" in told()[FINANCE]
    answer_offer(session, asked, takes_it=True, by=an, **now)
    letters = told()
    assert set(letters) == {OFFICE}
    assert "Đơn vị đồng ý ngày văn phòng đề xuất" in letters[OFFICE]
    filed = report(session, task, Paper(text="Đã ban hành"), by=an, **now)
    give_back(session, filed, reason="Thiếu phụ lục", by=clerk, **now)
    letters = told()
    assert set(letters) == {FINANCE}
    assert "“Thiếu phụ lục”" in letters[FINANCE]


def test_a_report_returned_and_sent_again_is_told_as_it_stands_now(
    days: Days, task: Task, told: Told
) -> None:
    days.answer(days.file(task, REPORT), Act.SENT_BACK)
    days.file(task, REPORT)
    letters = told()
    assert set(letters) == {OFFICE}
    assert letters[OFFICE].count("/tasks/") == 1


def test_what_was_overtaken_while_the_letter_waited_is_struck_out(
    days: Days, task: Task, told: Told, session: Session, ten: Wiring
) -> None:
    filing = days.file(task, REPORT)
    days.answer(filing, Act.SENT_BACK)
    session.commit()
    plan_due(ten)
    days.answer(filing, Act.GRANTED)
    text = told()[FINANCE]
    assert "Báo cáo được xác nhận" in text
    assert "bị trả lại" not in text
    assert sorted(fates(session)) == [ReminderState.DROPPED, ReminderState.SENT]
    assert {row.why for row in ledger(session)} == {None, Why.OVERTAKEN}


def test_a_pause_and_its_end_are_told_to_lead_and_supports(
    days: Days, office: Office, session: Session, told: Told
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    days.stop(task, Status.PAUSED)
    assert [text.count("Nhiệm vụ tạm dừng") for text in told().values()] == [1, 1]
    days.stop(task, Status.IN_PROGRESS)
    assert [text.count("thực hiện trở lại") for text in told().values()] == [1, 1]


def test_starting_work_is_no_news(days: Days, task: Task, told: Told) -> None:
    days.stop(task, Status.IN_PROGRESS)
    assert told() == {}


def test_a_deadline_set_by_the_office_is_told_with_its_reason(
    days: Days, task: Task, office: Office, told: Told
) -> None:
    task.due_on = date(2026, 6, 15)
    details = {"due_on": [FAR.isoformat(), "2026-06-15"]}
    days.act(Act.DEADLINE, task, office.specialist, details=details, reason="Theo họp giao ban")
    text = told()[FINANCE]
    assert "Thời hạn: 15/6/2026" in text
    assert "Theo họp giao ban" in text


def test_one_stroke_that_writes_three_lines_is_told_once(
    days: Days, task: Task, office: Office, told: Told
) -> None:
    filing = days.file(task, EXTENSION, asked_on=date(2026, 6, 15))
    task.due_on = date(2026, 6, 15)
    answer = days.answer(filing, Act.GRANTED)
    details = {"due_on": [FAR.isoformat(), "2026-06-15"]}
    days.act(Act.DEADLINE, task, office.specialist, details=details).at = answer.at
    assert told()[FINANCE].count("/tasks/") == 1


def test_an_urging_brings_the_office_s_words(
    days: Days, task: Task, office: Office, told: Told
) -> None:
    days.act(Act.URGED, task, office.specialist, reason="Đề nghị báo cáo trước thứ Sáu")
    assert "Đề nghị báo cáo trước thứ Sáu" in told()[FINANCE]


def test_a_question_goes_to_the_other_side_until_it_is_answered(
    days: Days, task: Task, office: Office, told: Told
) -> None:
    asked = days.say(task, NoteKind.QUESTION, office.specialist)
    assert set(told()) == {FINANCE}
    days.say(task, NoteKind.ANSWER, office.an, reply_to_id=asked.id)
    assert set(told()) == {OFFICE}


def test_a_question_answered_at_once_is_not_asked_again_by_mail(
    days: Days, task: Task, office: Office, told: Told
) -> None:
    asked = days.say(task, NoteKind.QUESTION, office.specialist)
    days.say(task, NoteKind.ANSWER, office.an, reply_to_id=asked.id)
    assert set(told()) == {OFFICE}


def test_whoever_is_named_in_a_note_hears_of_it_and_never_the_writer(
    days: Days, task: Task, office: Office, told: Told
) -> None:
    days.say(task, NoteKind.PROGRESS, office.an, office.leader, office.an)
    assert set(told()) == {"ld@"}


def test_the_parts_of_supporting_units_are_told_both_ways(
    days: Days, office: Office, session: Session, told: Told
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    support = session.get_one(Support, (task.id, office.health.id))
    support.state, support.text = Contribution.GIVEN, "Số liệu y tế"
    details = {"_unit": [None, office.health.id]}
    days.act(Act.CONTRIBUTED, task, office.binh, details=details)
    assert "Số liệu y tế" in told()[FINANCE]
    support.state = Contribution.RETURNED
    session.add(support)
    days.act(Act.SENT_BACK, task, office.an, details=details, reason="Thiếu quý IV")
    assert "Phần phối hợp bị trả lại" in told()[HEALTH]


def test_a_morning_of_acts_is_one_letter_and_a_second_planning_adds_nothing(
    days: Days, office: Office, session: Session, ten: Wiring, mailer: MemoryMailer
) -> None:
    for ref in ("A.1", "A.2", "A.3"):
        days.assign(a_task(session, office.issuer, ref=ref, due_on=FAR), office.finance.id)
    session.commit()
    for _ in range(2):
        plan_due(ten)
    run_once(ten)
    (letter,) = mailer.letters
    assert letter["Subject"] == "3 việc mới — Sở Tài chính, 26/02/2026"
    assert len(ledger(session)) == 3


def test_a_letter_that_waits_takes_in_what_happens_meanwhile_and_the_next_is_another(
    days: Days, task: Task, office: Office, session: Session, ten: Wiring
) -> None:
    for _ in range(2):
        days.act(Act.URGED, task, office.specialist)
        session.commit()
        plan_due(ten)
    (letter,) = outbox(session)
    assert letter.next_try_at - real_now() > timedelta(minutes=1)
    deliver_due(ten, patient=True)
    days.act(Act.URGED, task, office.specialist)
    session.commit()
    plan_due(ten)
    first, second = outbox(session)
    assert (first.state, second.state) == (MessageState.SENT, MessageState.QUEUED)


def test_the_head_who_is_away_has_a_deputy_who_reads_it_too(
    days: Days, task: Task, office: Office, session: Session, told: Told
) -> None:
    head = a_person(session, "Thu", Role.UNIT_HEAD, office.finance)
    facts: dict[str, Any] = {"starts_on": THURSDAY, "ends_on": THURSDAY, "created_at": days.at}
    second = a_person(session, "Thanh", Role.UNIT_CLERK, office.finance)
    session.add(Deputy(person_id=head.id, deputy_id=second.id, **facts))
    days.file(task, REPORT, state=FilingState.WITH_HEAD)
    assert set(told()) == {"thu@", "thanh@"}


def test_a_specialist_s_deputy_reads_along_on_the_days_of_absence(
    days: Days, task: Task, office: Office, session: Session, told: Told
) -> None:
    facts: dict[str, Any] = {"starts_on": THURSDAY, "ends_on": THURSDAY, "created_at": days.at}
    session.add(Deputy(person_id=office.specialist.id, deputy_id=office.leader.id, **facts))
    days.file(task, REPORT)
    assert set(told()) == {OFFICE, "ld@"}


def test_a_closed_unit_and_old_acts_are_told_nothing(
    days: Days, task: Task, office: Office, session: Session, told: Told
) -> None:
    office.finance.is_active = False
    session.add(office.finance)
    days.act(Act.URGED, task, office.specialist)
    days.at -= timedelta(days=20)
    days.file(task, REPORT)
    assert told() == {}


def test_nothing_is_told_at_night(days: Days, task: Task, office: Office, wired: Wiring) -> None:
    days.act(Act.URGED, task, office.specialist)
    days.session.commit()
    night = on(wired, THURSDAY, time(19))
    plan_due(night)
    assert [row for row in ledger(days.session) if row.rule is Rule.TASK_NEWS] == []
