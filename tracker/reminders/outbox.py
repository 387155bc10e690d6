"""The outbox: letters wait, are claimed by one sender for a while, and end sent or explained."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Message
from tracker.domain.reminder import MessageState
from tracker.reminders.addresses import Addressee
from tracker.reminders.senders import has_died, my_name

_AT_ONCE = 20  # more than there will ever be senders racing for the same letters
_QUEUED = col(Message.state) == MessageState.QUEUED
_DIGEST = col(Message.event) == ""


def domain_of(sender: str) -> str:
    """The domain of the office's own address, in which its letters are numbered."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def served(session: Session, today: date) -> set[str]:
    """Who has a letter of this office day, in whatever state."""
    asked = sa.select(col(Message.recipient)).where(col(Message.planned_for) == today, _DIGEST)
    return set(session.scalars(asked))


def left_over(session: Session, today: date) -> list[tuple[int, str]]:
    """Letters of earlier days that are still waiting, oldest first."""
    asked = sa.select(col(Message.id), col(Message.recipient))
    asked = asked.where(_QUEUED, _DIGEST, col(Message.planned_for) < today)
    asked = asked.order_by(col(Message.id))
    return [(row.id, row.recipient) for row in session.execute(asked)]


def carry_to(session: Session, message_id: int, today: date, *, at: datetime) -> bool:
    """Make a waiting letter today's; False when somebody is sending it at this moment."""
    return _change(session, message_id, _QUEUED, _is_free(at), planned_for=today)


def queue(
    session: Session, to: Iterable[Addressee], today: date, *, sender: str, at: datetime
) -> dict[str, int]:
    """Put an empty letter for each addressee into the outbox; returns recipient → letter."""
    domain = domain_of(sender)
    letters = [_empty(somebody, today, at, domain) for somebody in to]
    session.add_all(letters)
    session.flush()
    return {letter.recipient: letter.id for letter in letters}


@dataclass(frozen=True)
class Event:
    """Something that is told at once, beside the digest of the day."""

    name: str
    day: date


def queue_event(
    session: Session, to: Iterable[Addressee], event: Event, *, sender: str, at: datetime
) -> dict[str, int]:
    """Put a letter about an event into the outbox for each addressee, to leave from `at` on."""
    domain = domain_of(sender)
    letters = [_empty(somebody, event.day, at, domain) for somebody in to]
    for letter in letters:
        letter.event = event.name
    session.add_all(letters)
    session.flush()
    return {letter.recipient: letter.id for letter in letters}


def open_events(
    session: Session, to: Iterable[str], event: Event, *, at: datetime
) -> dict[str, int]:
    """Letters of this event and day that still take something in: recipient → letter.

    They wait for their first try, and nobody is sending them. Taking one keeps the senders off
    it until this transaction ends.
    """
    asked = sa.select(col(Message.id), col(Message.recipient)).where(
        *_of_event(event), col(Message.recipient).in_(list(to)), *_still_open(at)
    )
    found = session.execute(asked.order_by(col(Message.id))).all()
    taken = (row for row in found if _change(session, row.id, *_still_open(at), attempts=0))
    return {row.recipient: row.id for row in taken}


def _of_event(event: Event) -> tuple[sa.ColumnElement[bool], ...]:
    numbered = f"{event.name}:{event.day:%Y%m%d}:"
    return col(Message.planned_for) >= event.day, col(Message.event).startswith(numbered)


def _still_open(at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return _QUEUED, _is_free(at), col(Message.attempts) == 0, col(Message.next_try_at) > at


def queue_numbered(
    session: Session, to: Iterable[Addressee], event: Event, *, sender: str, at: datetime
) -> dict[str, int]:
    """Begin another letter of this event and day for each addressee; recipient → letter."""
    addressees = list(to)
    asked = sa.select(col(Message.recipient), sa.func.count()).where(
        *_of_event(event), col(Message.recipient).in_([one.key for one in addressees])
    )
    rows = session.execute(asked.group_by(col(Message.recipient)))
    before = {row[0]: row[1] for row in rows}
    domain = domain_of(sender)
    letters = [_empty(somebody, event.day, at, domain) for somebody in addressees]
    for letter in letters:
        number = before.get(letter.recipient, 0) + 1
        letter.event = f"{event.name}:{event.day:%Y%m%d}:{number}"
    session.add_all(letters)
    session.flush()
    return {letter.recipient: letter.id for letter in letters}


def _empty(to: Addressee, today: date, at: datetime, domain: str) -> Message:
    # Fixed now and kept for ever: a letter that leaves twice is recognised as one.
    name = f"{today:%Y%m%d}.{to.key.replace(':', '-')}.{secrets.token_hex(8)}"
    return Message(
        recipient=to.key,
        planned_for=today,
        unit_id=to.unit_id,
        name=to.name,
        address=to.address,
        locale=to.locale,
        message_id=f"<{name}@{domain}>",
        created_at=at,
        next_try_at=at,
    )


def claim(
    session: Session, *, at: datetime, lease: timedelta, waits: bool, tried: Iterable[int] = ()
) -> Message | None:
    """Take the next letter for oneself; None when there is none to take.

    `waits` respects the back-off after a failed try; `tried` are left alone in any case.
    """
    ready = [_QUEUED, _is_free(at), col(Message.id).not_in(list(tried))]
    if waits:
        ready.append(col(Message.next_try_at) <= at)
    asked = sa.select(col(Message.id)).where(*ready)
    waiting = asked.order_by(col(Message.next_try_at), col(Message.id)).limit(_AT_ONCE)
    for message_id in session.connection().scalars(waiting).all():
        # Two may see the same letter; only one changes its row.
        if _change(session, message_id, *ready, leased_until=at + lease, leased_by=my_name()):
            return session.get(Message, message_id, populate_existing=True)
    return None


def free_the_dead(session: Session) -> bool:
    """Give back the letters of senders of this machine that were killed; whether there were any."""
    asked = sa.select(col(Message.leased_by)).where(_QUEUED, col(Message.leased_until).is_not(None))
    names = session.connection().scalars(asked.distinct()).all()
    dead = [name for name in names if name and has_died(name)]
    freed = sa.update(Message).where(_QUEUED, col(Message.leased_by).in_(dead))
    return bool(dead and session.connection().execute(freed.values(leased_until=None)).rowcount)


def leased_by_others(session: Session, at: datetime) -> datetime | None:
    """When the next lease of a letter that somebody is sending ends; None when nobody is."""
    asked = sa.select(sa.func.min(Message.leased_until)).where(_QUEUED, ~_is_free(at))
    return session.scalar(asked)


def put_words(session: Session, message: Message, **words: Any) -> bool:
    """Keep what is about to be sent; False when the lease was lost meanwhile."""
    return _change(session, message.id, _QUEUED, _mine(message), **words)


def carry_alone(session: Session, message: Message, today: date) -> None:
    """A letter that leaves on a later day than planned counts as that day's, if it has none."""
    other = sa.orm.aliased(Message)
    taken = sa.exists().where(
        col(other.recipient) == message.recipient,
        col(other.planned_for) == today,
        col(other.event) == message.event,
    )
    _change(session, message.id, ~taken, planned_for=today)


def sent(session: Session, message: Message, *, at: datetime) -> None:
    """The server took the letter, at the office's time; its reasons follow it."""
    values = {"state": MessageState.SENT, "sent_at": at, "leased_until": None, "why": None}
    _change(session, message.id, _QUEUED, attempts=message.attempts + 1, **values)


def try_again(session: Session, message: Message, *, at: datetime, attempts: int, why: str) -> None:
    """Put the letter back until `at`, with the words of the server."""
    back = {"leased_until": None, "next_try_at": at, "attempts": attempts, "why": why}
    _change(session, message.id, _QUEUED, _mine(message), **back)


def failed(session: Session, message: Message, *, why: str) -> None:
    """Nobody will try any more: the administrator is shown the words of the server."""
    values = {"state": MessageState.FAILED, "leased_until": None, "why": why}
    _change(session, message.id, _QUEUED, attempts=message.attempts + 1, **values)


def dropped(session: Session, message: Message, *, why: str) -> None:
    """Nothing in the letter holds any more."""
    _change(session, message.id, _QUEUED, state=MessageState.DROPPED, leased_until=None, why=why)


def count(session: Session, state: MessageState) -> int:
    """How many letters stand so."""
    asked = sa.select(sa.func.count()).select_from(Message).where(col(Message.state) == state)
    return session.scalar(asked) or 0


def _change(
    session: Session, message_id: int | None, *only_if: sa.ColumnElement[bool], **values: Any
) -> bool:
    changed = sa.update(Message).where(col(Message.id) == message_id, *only_if).values(**values)
    # The rows are read again where they are needed; nothing in memory has to follow.
    return bool(session.connection().execute(changed).rowcount)


def _is_free(at: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(col(Message.leased_until).is_(None), col(Message.leased_until) <= at)


def _mine(message: Message) -> sa.ColumnElement[bool]:
    return col(Message.leased_until) == message.leased_until
