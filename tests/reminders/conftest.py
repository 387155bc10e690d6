"""A morning at the office in which things happen to tasks, and the letters that tell of them."""

from datetime import time

import pytest
from sqlmodel import Session

from tests.builders import Office
from tests.reminders.happenings import Days, Told
from tests.reminders.office_day import THURSDAY, on, text_of
from tracker.mail import MemoryMailer
from tracker.reminders.run import run_once
from tracker.wiring import Wiring


@pytest.fixture
def days(session: Session, office: Office) -> Days:
    return Days(session, office)


@pytest.fixture
def ten(wired: Wiring) -> Wiring:
    return on(wired, THURSDAY, time(10))


@pytest.fixture
def told(session: Session, ten: Wiring, mailer: MemoryMailer) -> Told:
    """Plans and sends; to whom (the part before the @) which text went."""

    def run() -> dict[str, str]:
        session.commit()
        mailer.letters.clear()
        run_once(ten)
        return {str(one["To"].addresses[0].username) + "@": text_of(one) for one in mailer.letters}

    return run
