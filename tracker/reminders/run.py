"""One run of the reminders: plan, then deliver, as of the moment that the clock shows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa
from jinja2 import Environment
from sqlmodel import Session

from tracker import db
from tracker.clock import Clock, real_now
from tracker.domain.reminder import MessageState
from tracker.mail import Mailer
from tracker.queries.calendar import working_days
from tracker.reminders import outbox
from tracker.reminders.deliver import PostRoom, Tally, deliver
from tracker.reminders.desk import desk_for
from tracker.reminders.letter import Stationery
from tracker.reminders.plan import Planned, plan, queue_behind_other_planners, something_is_due
from tracker.reminders.policy import HABITS, Habits, OfficeDay
from tracker.settings import Settings


class Office(Protocol):
    """What reminding is handed by a door; a `Wiring` fits."""

    @property
    def settings(self) -> Settings: ...
    @property
    def engine(self) -> sa.Engine: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def mailer(self) -> Mailer: ...
    @property
    def letters(self) -> Mapping[str, Environment]: ...


@dataclass(frozen=True)
class Report:
    """What one run did, in letters; `reminders` counts the reasons newly written down.

    `queued` and `held` are what the outbox holds now; `failed` are letters that this run could
    not deliver, whether they stay queued for another try or not.
    """

    planned: int = 0
    queued: int = 0
    sent: int = 0
    failed: int = 0
    dropped: int = 0
    held: int = 0
    reminders: int = 0
    without_address: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report for machines."""
        return asdict(self) | {"without_address": list(self.without_address)}


def run_once(office: Office, *, dry_run: bool = False, habits: Habits = HABITS) -> Report:
    """Plan and deliver once, as the worker would at the clock's moment; `tracker remind`.

    Tries every waiting letter, and waits for those that another process is sending. A dry run
    says what would be planned and changes nothing.
    """
    planned = _planned(office, habits, dry_run=dry_run)
    tally = Tally() if dry_run else deliver_due(office, patient=True, habits=habits)
    with db.reading(office.engine) as session:
        return Report(
            planned=planned.letters,
            queued=outbox.count(session, MessageState.QUEUED),
            sent=tally.sent,
            failed=tally.failed,
            dropped=tally.dropped,
            held=outbox.count(session, MessageState.HELD),
            reminders=planned.reasons,
            without_address=planned.without_address,
        )


def plan_due(office: Office, *, habits: Habits = HABITS) -> Planned:
    """What the worker does each minute: plan when something is due; else disturb no writer."""
    with db.reading(office.engine) as session:
        day, at = _day(office, session)
        may = habits.may_plan(at, day.calendar)
        if not may or not something_is_due(desk_for(session, day, habits)):
            return Planned()
    return _planned(office, habits, dry_run=False)


def deliver_due(office: Office, *, patient: bool = False, habits: Habits = HABITS) -> Tally:
    """Send what waits, within the window; the worker's every ten seconds."""
    with db.reading(office.engine) as session:
        day, at = _day(office, session)
    if not habits.may_send(at, day.calendar):
        return Tally()
    settings = office.settings
    paper = Stationery(office.letters, settings.mail_from, settings.base_url, settings.zone)
    room = PostRoom(office.engine, office.mailer, paper, day, at, habits)
    return deliver(room, patient=patient)


def _planned(office: Office, habits: Habits, *, dry_run: bool) -> Planned:
    """Plan in one transaction; a dry run does the same and takes it back."""
    with db.transaction(office.engine) as session:
        queue_behind_other_planners(session, real_now())
        day, at = _day(office, session)
        if not habits.may_plan(at, day.calendar):
            return Planned()
        desk = desk_for(session, day, habits)
        planned = plan(desk, sender=office.settings.mail_from, at=real_now())
        if dry_run:
            session.rollback()
        return planned


def _day(office: Office, session: Session) -> tuple[OfficeDay, datetime]:
    at = office.clock.now().astimezone(office.clock.zone)
    return OfficeDay(at.date(), working_days(session)), at
