"""Shorthands of the reminder tests: days, runs, and what stands in ledger and outbox."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from email.message import EmailMessage

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.conftest import ZONE
from tracker import db
from tracker.domain import Message, Reminder
from tracker.domain.reminder import ReminderState
from tracker.mail import DeliveryError, MemoryMailer
from tracker.queries.reminders import state_of_reason
from tracker.wiring import Wiring

THURSDAY = date(2026, 2, 26)
FRIDAY = date(2026, 2, 27)
MONDAY = date(2026, 3, 2)
MEETING = date(2026, 3, 5)


def on(wired: Wiring, day: date, hour: time = time(7, 30)) -> Wiring:
    return wired.at(datetime.combine(day, hour, tzinfo=ZONE))


def looking(session: Session) -> AbstractContextManager[Session]:
    """Another session on the same database, which takes nobody's turn to write."""
    engine = session.get_bind()
    assert isinstance(engine, sa.Engine)
    return db.reading(engine.execution_options(writes=False))


def ledger(session: Session) -> list[Reminder]:
    with looking(session) as eyes:
        return list(eyes.exec(select(Reminder).order_by(col(Reminder.id))))


def fates(session: Session) -> list[ReminderState]:
    """What became of each reason, as the pages show it."""
    with looking(session) as eyes:
        asked = sa.select(state_of_reason()).select_from(Reminder)
        asked = asked.join(Message, col(Message.id) == col(Reminder.message_id))
        return list(eyes.scalars(asked.order_by(col(Reminder.id))))


def outbox(session: Session) -> list[Message]:
    with looking(session) as eyes:
        return list(eyes.exec(select(Message).order_by(col(Message.id))))


def said(session: Session) -> list[str]:
    """The ledger in words: rule, thing, recipient, step."""
    return sorted(f"{r.rule} {r.about_id} {r.recipient} {r.step}" for r in ledger(session))


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    body = letter.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


def to_of(letters: list[EmailMessage]) -> list[str]:
    return [str(letter["To"].addresses[0].addr_spec) for letter in letters]


@dataclass
class MoodyMailer(MemoryMailer):
    """Takes letters, except those that it is told to refuse: address (or "*") → trouble."""

    moods: dict[str, DeliveryError] = field(default_factory=dict)
    asked: int = 0

    def send(self, letter: EmailMessage) -> None:
        self.asked += 1
        address = to_of([letter])[0]
        trouble = self.moods.get(address) or self.moods.get("*")
        if trouble:
            raise trouble
        super().send(letter)


def moody(wired: Wiring, **moods: DeliveryError) -> tuple[Wiring, MoodyMailer]:
    """The same office with a mail server in a mood; the names are units, or `everybody`."""
    named = {"*" if n == "everybody" else f"{n}@office.example": t for n, t in moods.items()}
    mailer = MoodyMailer(moods=named)
    return replace(wired, mailer=mailer), mailer
