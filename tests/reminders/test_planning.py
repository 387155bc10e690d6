"""What deserves a reminder, to whom, and once."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import Office, a_meeting, a_person, a_task, a_unit
from tests.reminders.office_day import (
    FRIDAY,
    MEETING,
    MONDAY,
    THURSDAY,
    fates,
    ledger,
    on,
    outbox,
    said,
    to_of,
)
from tracker.domain.person import Role
from tracker.domain.reminder import ReminderState, Why
from tracker.domain.task import Status
from tracker.mail import MemoryMailer
from tracker.reminders.policy import HABITS
from tracker.reminders.run import plan_due, run_once
from tracker.services.tasks import move_deadline
from tracker.wiring import Wiring


def test_a_reminder_goes_out_once_however_often_the_command_runs(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    assert [run_once(wired).sent for _ in range(3)] == [1, 0, 0]
    assert to_of(mailer.letters) == ["sotaichinh@office.example"]


def test_all_tasks_of_a_unit_stand_in_one_letter(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    for days in range(3):
        a_task(session, office.issuer, lead=office.finance, due_on=THURSDAY - timedelta(days))
    session.commit()
    assert run_once(wired).reminders == 3
    assert len(mailer.letters) == 1


def test_the_lead_hears_first_and_the_supports_from_the_third_day(
    session: Session, office: Office, wired: Wiring
) -> None:
    a_task(session, office.issuer, lead=office.finance, supports=(office.health,), due_on=MEETING)
    session.commit()
    run_once(on(wired, date(2026, 2, 24)))
    assert said(session) == ["task-due 1 unit:3 -7"]
    run_once(on(wired, MONDAY))
    assert said(session)[1:] == ["task-due 1 unit:3 -7", "task-due 1 unit:4 -3"]


def test_a_support_hears_nothing_of_lateness(
    session: Session, office: Office, wired: Wiring
) -> None:
    a_task(session, office.issuer, lead=office.finance, supports=(office.health,), due_on=FRIDAY)
    session.commit()
    run_once(on(wired, MONDAY))
    assert said(session) == ["task-overdue 1 unit:3 1"]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PAUSED, Status.WITHDRAWN, Status.DONE])
def test_nobody_is_chased_for_what_is_not_owed(
    session: Session, office: Office, wired: Wiring, status: Status
) -> None:
    done_on = FRIDAY if status is Status.DONE else None
    a_task(
        session, office.issuer, lead=office.finance, due_on=FRIDAY, status=status, done_on=done_on
    )
    session.commit()
    assert run_once(wired).reminders == run_once(on(wired, MONDAY)).reminders == 0


def test_an_agenda_item_is_chased_by_its_meeting_alone_and_as_a_task_after_it(
    session: Session, office: Office, wired: Wiring
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=MEETING)
    a_task(session, office.issuer, lead=office.finance, meeting=meeting, due_on=MEETING)
    session.commit()
    run_once(wired)
    assert said(session) == ["meeting-dossier 1 unit:3 -5"]
    run_once(on(wired, MEETING + timedelta(days=1)))
    assert said(session)[1:] == ["task-overdue 1 unit:3 1"]


@pytest.mark.parametrize(
    ("inferred", "lines"),
    [
        (True, ["meeting-dossier 1 unit:3 -5"]),
        (False, ["meeting-dossier 1 unit:3 -5", "task-overdue 1 unit:3 4"]),
    ],
)
def test_an_item_with_a_deadline_of_its_own_before_its_meeting_is_chased_by_both(
    session: Session, office: Office, wired: Wiring, *, inferred: bool, lines: list[str]
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=MEETING)
    facts: dict[str, Any] = {"due_on": date(2026, 2, 20), "due_inferred": inferred}
    a_task(session, office.issuer, lead=office.finance, meeting=meeting, **facts)
    session.commit()
    run_once(on(wired, THURSDAY))
    assert said(session) == lines


def test_late_papers_are_told_to_the_specialist_each_working_day(
    session: Session, office: Office, wired: Wiring
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=MEETING)
    a_task(session, office.issuer, lead=office.finance, meeting=meeting, due_on=MEETING)
    session.commit()
    for day in (THURSDAY, FRIDAY, FRIDAY + timedelta(days=1), MONDAY):
        run_once(on(wired, day))
    specialist = f"person:{office.specialist.id}"
    assert [line for line in said(session) if specialist in line] == [
        f"meeting-dossier 1 {specialist} -3",
        f"meeting-dossier 1 {specialist} -4",
    ]


def test_a_meeting_is_announced_to_those_who_present_and_support(
    session: Session, office: Office, wired: Wiring
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=MEETING)
    facts: dict[str, Any] = {
        "meeting": meeting,
        "supports": (office.health,),
        "status": Status.SUBMITTED,
    }
    for _ in range(2):
        a_task(session, office.issuer, lead=office.finance, due_on=MEETING, **facts)
    session.commit()
    run_once(on(wired, MONDAY))
    assert said(session) == ["meeting-upcoming 1 unit:3 -3", "meeting-upcoming 1 unit:4 -3"]


def test_a_server_that_was_down_sends_what_still_holds_once_and_names_what_it_passed_over(
    session: Session, office: Office, wired: Wiring
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=MEETING)
    session.commit()
    run_once(on(wired, MEETING))
    (row,) = ledger(session)
    assert (row.step, row.passed_from) == (0, -7)


def test_steps_that_were_sent_are_not_passed_over(
    session: Session, office: Office, wired: Wiring
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=MEETING)
    session.commit()
    for day in (MONDAY, MEETING):
        run_once(on(wired, day))
    assert [(row.step, row.passed_from) for row in ledger(session)] == [(-3, -7), (0, -1)]


def test_a_moved_deadline_starts_a_new_ladder(
    session: Session, office: Office, wired: Wiring
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    run_once(wired)
    move_deadline(task, MONDAY)
    session.add(task)
    session.commit()
    run_once(on(wired, FRIDAY))
    assert [(row.due_version, row.step) for row in ledger(session)] == [(1, -1), (2, -1)]


def test_a_moved_meeting_starts_a_new_ladder(
    session: Session, office: Office, wired: Wiring
) -> None:
    meeting = a_meeting(session, office.issuer, held_on=MEETING)
    follows: dict[str, Any] = {"due_on": MEETING, "due_inferred": True}
    a_task(session, office.issuer, lead=office.finance, meeting=meeting, **follows)
    session.commit()
    run_once(wired)
    meeting.held_on, meeting.due_version = date(2026, 3, 6), 2
    session.add(meeting)
    session.commit()
    run_once(on(wired, FRIDAY))
    assert [(row.due_on.day, row.step) for row in ledger(session)] == [(5, -5), (6, -5)]


def test_nothing_is_planned_before_the_digest_hour_or_on_a_day_off(
    session: Session, office: Office, wired: Wiring
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    moments = [on(wired, THURSDAY, time(7, 29)), on(wired, THURSDAY, time(18)), on(wired, date(2026, 2, 28))]  # noqa: E501 # fmt: skip
    assert [run_once(moment).planned for moment in moments] == [0, 0, 0]


def test_a_dry_run_says_what_would_leave_and_changes_nothing(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    report = run_once(wired, dry_run=True)
    assert (report.planned, report.reminders, report.sent) == (1, 1, 0)
    assert (ledger(session), outbox(session), mailer.letters) == ([], [], [])


def test_what_becomes_due_after_todays_letter_waits_for_tomorrows(
    session: Session, office: Office, wired: Wiring
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    run_once(wired)
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    assert run_once(on(wired, THURSDAY, time(15))).planned == 0
    assert run_once(on(wired, FRIDAY)).reminders == 2


def test_a_unit_without_mailbox_is_written_to_by_its_people(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    unit = a_unit(session, "Sở Xây dựng")
    a_person(session, "Dung", Role.UNIT_HEAD, unit)
    a_person(session, "Em", Role.UNIT_CLERK, unit, is_disabled=True)
    a_task(session, office.issuer, lead=unit, due_on=FRIDAY)
    session.commit()
    run_once(wired)
    assert to_of(mailer.letters) == ["dung@office.example"]


def test_a_unit_that_nobody_can_write_to_is_named(
    session: Session, office: Office, wired: Wiring
) -> None:
    a_task(session, office.issuer, lead=a_unit(session, "Sở Xây dựng"), due_on=FRIDAY)
    session.commit()
    assert run_once(wired).as_json()["without_address"] == ["Sở Xây dựng"]


def test_a_closed_unit_gets_nothing_and_is_no_gap(
    session: Session, office: Office, wired: Wiring
) -> None:
    closed = a_unit(session, "Sở cũ", email="cu@office.example", is_active=False)
    a_task(session, office.issuer, lead=closed, due_on=FRIDAY)
    session.commit()
    report = run_once(wired)
    assert (report.planned, report.without_address) == (0, ())


def test_ladders_are_settings(session: Session, office: Office, wired: Wiring) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    assert run_once(wired, habits=replace(HABITS, ladders={})).planned == 0


def test_the_worker_plans_only_when_something_is_due(
    session: Session, office: Office, wired: Wiring
) -> None:
    assert plan_due(wired).letters == 0
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    assert [plan_due(wired).letters for _ in range(2)] == [1, 0]


def test_a_letter_left_from_yesterday_becomes_todays_with_the_later_step(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY)
    session.commit()
    plan_due(wired)
    assert run_once(on(wired, FRIDAY)).sent == len(mailer.letters) == 1
    assert [(r.step, r.why) for r in ledger(session)] == [(-1, Why.OVERTAKEN), (0, None)]
    assert fates(session) == [ReminderState.DROPPED, ReminderState.SENT]
    assert [message.planned_for for message in outbox(session)] == [FRIDAY]
