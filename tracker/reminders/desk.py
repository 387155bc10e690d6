"""The desk at which reminders are planned and checked again."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.reminders.addresses import AddressBook, read_book
from tracker.reminders.policy import Habits, OfficeDay


@dataclass(frozen=True)
class Desk:
    """What lies on it: the database, the office's day, the addresses, the office's habits."""

    session: Session
    day: OfficeDay
    book: AddressBook
    habits: Habits


def desk_for(
    session: Session, day: OfficeDay, habits: Habits, *, only: str | None = None
) -> Desk:
    """The desk with the addresses as they stand now, or with those about one addressee."""
    return Desk(session, day, read_book(session, only=only), habits)
