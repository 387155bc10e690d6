"""Delivery: claim a letter, look again, write it, commit; then SMTP, outside any transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import sqlalchemy as sa
from sqlmodel import Session

from tracker import db
from tracker.clock import pause, real_now
from tracker.domain import Message
from tracker.domain.reminder import Why
from tracker.mail import DeliveryError, Mailer
from tracker.reminders import outbox
from tracker.reminders.desk import Desk, desk_for
from tracker.reminders.digest import Digest, read_digest
from tracker.reminders.letter import Stationery, Words, addressed, compose
from tracker.reminders.news import EVENT, News, read_news
from tracker.reminders.notices import Notice, read_notice
from tracker.reminders.policy import Habits, OfficeDay, next_try
from tracker.reminders.recheck import drop_stale

_LOOK_AGAIN = timedelta(seconds=0.2)


@dataclass(frozen=True)
class PostRoom:
    """What sending needs: the database, the mailer, the paper, the office's day and moment."""

    engine: sa.Engine
    mailer: Mailer
    paper: Stationery
    day: OfficeDay
    at: datetime  # local, the office's
    habits: Habits
    machine: Callable[[], datetime] = real_now


@dataclass
class Tally:
    """What became of the letters of one run."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0
    tried: set[int] = field(default_factory=set)  # in vain: they wait for another run
    taken: Message | None = None  # by the server; to be marked with the next claim
    refused: list[tuple[Message, str]] = field(default_factory=list)
    server_is_down: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """For the log."""
        return {"sent": self.sent, "failed": self.failed, "dropped": self.dropped}


def deliver(room: PostRoom, *, patient: bool) -> Tally:
    """Send what waits, each letter once, by one connection.

    `patient` is the command: it tries every waiting letter whatever its back-off, and waits
    for the letters that another process is sending, to take them over if that one has died.
    """
    tally = Tally()
    with room.mailer:
        for message in _claimed(room, tally, patient=patient):
            _handle(room, message, tally)
    _judge_refusals(room, tally)
    return tally


def _claimed(room: PostRoom, tally: Tally, *, patient: bool) -> Iterator[Message]:
    while not tally.server_is_down:
        now = room.machine()
        with db.transaction(room.engine) as session:
            _mark_taken(session, room, tally)
            lease = room.habits.lease
            message = outbox.claim(
                session, at=now, lease=lease, waits=not patient, tried=tally.tried
            )
            others = outbox.leased_by_others(session, now) if message is None else None
            freed = others is not None and outbox.free_the_dead(session)
        if freed:
            continue
        if message is not None:
            yield message
        elif others is None or not patient:
            return
        else:
            pause(min(_LOOK_AGAIN, max(others - now, timedelta())).total_seconds())


def _mark_taken(session: Session, room: PostRoom, tally: Tally) -> None:
    """One transaction says that a letter has left and claims the next one."""
    taken, tally.taken = tally.taken, None
    if taken is not None:
        outbox.sent(session, taken, at=room.at)


class _TakenOverError(Exception):
    """Somebody else has the letter now: our lease had ended."""


def _handle(room: PostRoom, message: Message, tally: Tally) -> None:
    tally.tried.add(message.id or 0)
    try:
        letter = _written(room, message)
        if letter is None:
            tally.dropped += 1
            tally.tried.discard(message.id or 0)
            return
        room.mailer.send(letter)
    except _TakenOverError:
        return
    except DeliveryError as trouble:
        _explain(room, message, tally, trouble=trouble)
    except Exception as wrong:  # noqa: BLE001 - a letter that cannot be written stops no other
        _explain(room, message, tally, trouble=DeliveryError(repr(wrong)))
    else:
        tally.taken = message
        tally.sent += 1
        tally.tried.discard(message.id or 0)


def _written(room: PostRoom, message: Message) -> EmailMessage | None:
    """The letter as it stands now, kept in the outbox; None when nothing in it holds any more."""
    with db.transaction(room.engine) as session:
        desk = desk_for(session, room.day, room.habits, only=message.recipient)
        to = desk.book.addressees.get(message.recipient)
        digest = _read(desk, message)
        if to is None or digest is None:
            why = desk.book.why_not(message.recipient) or Why.NOTHING_LEFT
            outbox.dropped(session, message, why=why)
            return None
        message.address, message.locale = to.address, to.locale
        words = compose(digest, room.paper, locale=to.locale)
        _keep(session, message, words, today=room.day.today)
    return addressed(message, words, room.paper, digest=digest, at=room.at)


def _read(desk: Desk, message: Message) -> Digest | Notice | News | None:
    """What there is to say: of an event what it was about, else what still holds of the day."""
    facts = {"recipient": message.recipient, "name": message.name}
    if message.event.startswith(f"{EVENT}:"):
        return read_news(desk, message.id, **facts)
    if message.event:
        return read_notice(desk, message.id, **facts)
    drop_stale(desk, message.id, message.recipient)
    return read_digest(desk, message.id, **facts)


def _keep(session: Session, message: Message, words: Words, *, today: date) -> None:
    kept = {"address": message.address, "locale": message.locale}
    kept |= {"subject": words.subject, "text": words.text, "html": words.html}
    if message.planned_for != today:
        outbox.carry_alone(session, message, today)
    if not outbox.put_words(session, message, **kept):
        raise _TakenOverError


def _explain(room: PostRoom, message: Message, tally: Tally, *, trouble: DeliveryError) -> None:
    """Put the letter back for a later try, or give up after the last one, with the words."""
    tally.failed += 1
    tally.server_is_down = trouble.whole_server
    if trouble.permanent:
        tally.refused.append((message, str(trouble)))
    now = room.machine()
    # A try before its time, by the command, costs none of the ten.
    attempts = message.attempts + (now >= message.next_try_at)
    wait = next_try(max(attempts, 1))
    with db.transaction(room.engine) as session:
        if wait is None:
            outbox.failed(session, message, why=str(trouble))
        else:
            outbox.try_again(session, message, at=now + wait, attempts=attempts, why=str(trouble))


def _judge_refusals(room: PostRoom, tally: Tally) -> None:
    """A refusal for good ends a letter at once, unless the server refused everybody.

    When two or more letters were refused and none was taken, it is the server that needs
    attention and not the addresses: the letters stay in the outbox.
    """
    if not tally.sent and len(tally.refused) != 1:
        return
    with db.transaction(room.engine) as session:
        for message, words in tally.refused:
            outbox.failed(session, message, why=words)
