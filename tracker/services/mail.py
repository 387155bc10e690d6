"""What happens to a letter by somebody's hand: one that failed is sent again."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain import Message
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.domain.reminder import MessageState
from tracker.errors import NotAllowed, Refused
from tracker.services.history import record


def send_again(session: Session, message: Message, *, by: Reader, at: datetime) -> Message:
    """Put a failed letter back into the outbox with all its tries before it.

    Its reasons follow its state; those that no longer hold are dropped when it leaves. The time
    of the next try stays the last one's, by the machine's clock: it lies behind us.
    """
    if not (by.is_office or by.is_administrator):
        raise NotAllowed("message.office-only")
    if message.state is not MessageState.FAILED:
        raise Refused("message.not-failed")
    message.state, message.attempts, message.leased_until = MessageState.QUEUED, 0, None
    session.add(message)
    what = (Act.SENT_AGAIN, Thing.MESSAGE, message.id)
    record(session, what, by=by, at=at)
    session.flush()
    return message
