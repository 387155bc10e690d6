"""The desk at which reminders are planned and checked again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
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

    def ask(
        self, question: sa.Executable, facts: Mapping[str, Any] | None = None
    ) -> sa.CursorResult[Any]:
        """Columns of rows, straight from the connection: much is asked for each letter."""
        return self.session.connection().execute(question, facts)


def desk_for(session: Session, day: OfficeDay, habits: Habits, *, only: str | None = None) -> Desk:
    """The desk with the addresses as they stand now, or with those about one addressee."""
    return Desk(session, day, read_book(session, on=day.today, only=only), habits)
