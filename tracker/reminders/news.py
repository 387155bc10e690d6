"""The letter of news: what others did to the tasks of a recipient, gathered for two minutes.

It is an event and no digest: it does not wait for the morning, and says only what still holds when
it leaves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import col

from tracker.domain import Reminder
from tracker.domain.change import Act
from tracker.domain.filing import FilingKind
from tracker.domain.reminder import About, ReminderState, Rule, Why
from tracker.queries import news as happened
from tracker.queries.news import Facts
from tracker.reminders import ledger, outbox
from tracker.reminders.addresses import AddressBook
from tracker.reminders.desk import Desk
from tracker.reminders.digest import Line, shortened
from tracker.reminders.notices import NEWS_FOR, SECOND_THOUGHTS
from tracker.reminders.policy import Who
from tracker.reminders.telling import Ear, Piece, To, pieces

EVENT = "news"
_MOST_WORDS = 400
# Of what was done in one stroke, the act that says most about it.
_SAYS_MORE = (
    Act.GRANTED,
    Act.SENT_BACK,
    Act.OFFERED,
    Act.APPROVED,
    Act.REPORTED,
    Act.REQUESTED,
    Act.REFUSED,
    Act.ASSIGNED,
    Act.STATUS,
    Act.DEADLINE,
)


@dataclass(frozen=True)
class Item:
    """One piece of news in a letter."""

    kind: str
    task_id: int
    ref: str | None
    text: str
    lead: str | None
    who: str | None
    instead_of: str | None
    at: datetime
    words: str
    day: date | None
    # The page to open; none for whoever may no longer look at the task.
    address: str = ""
    # Of a step: the task whose step it is, and how many more of them the same was done to.
    whole: str | None = None
    others: int = 0


# An act that is told, what of it, and of how many other steps of the same task it is true.
Said = tuple[Any, Piece, int]


@dataclass(frozen=True)
class News:
    """What one recipient is told at one time."""

    name: str
    today: date
    items: tuple[Item, ...]
    counts: dict[str, int]
    more: int

    @property
    def keys(self) -> list[str]:
        """The things that are listed: what mail programs thread by."""
        return list(dict.fromkeys(f"task-{item.task_id}" for item in self.items))

    @property
    def meetings(self) -> list[Line]:
        """None to be taken over by a calendar program."""
        return []


def anything_to_tell(desk: Desk) -> bool:
    """Whether somebody has to hear of something; looks without taking anybody's turn."""
    return any(True for _ in _untold(desk))


def plan_news(desk: Desk, *, sender: str, at: datetime) -> int:
    """Put what is new into the letter of each recipient; returns how many letters were begun.

    A letter that waits for its two minutes to pass takes in what happens meanwhile.
    """
    told = list(_untold(desk))
    recipients = sorted({to for to, _ in told})
    event, later = outbox.Event(EVENT, desk.day.today), at + SECOND_THOUGHTS
    waiting = outbox.open_events(desk.session, recipients, event, at=at)
    new = [desk.book.addressees[to] for to in recipients if to not in waiting]
    begun = outbox.queue_numbered(desk.session, new, event, sender=sender, at=later)
    letters = waiting | begun
    desk.session.add_all(_reason(row, to, letters[to]) for to, row in told)
    desk.session.flush()
    return len(begun)


def _reason(row: Any, to: str, message_id: int) -> Reminder:
    return Reminder(
        rule=Rule.TASK_NEWS,
        about=About.CHANGE,
        about_id=row.id,
        recipient=to,
        due_on=row.at.date(),
        due_version=1,
        step=0,
        message_id=message_id,
    )


def _untold(desk: Desk) -> Iterator[tuple[str, Any]]:
    """Each act with each recipient who must hear of it."""
    since = datetime.combine(desk.day.today, time(), tzinfo=UTC) - NEWS_FOR
    for rows, facts in happened.untold(desk.session, since=since):
        for row in rows:
            hearers = {to for to, _ in heard(desk.book, row, facts)}
            yield from ((to, row) for to in sorted(hearers))


def heard(book: AddressBook, row: Any, facts: Facts) -> Iterator[tuple[str, Piece]]:
    """Who hears what of an act: nobody who did it themself, nobody who cannot be written to."""
    ways = ((to, piece) for piece in pieces(row, facts) for to in keys_of(book, piece.to))
    for to, piece in ways:
        if to != f"person:{row.by_id}" and book.why_not(to) is None:
            yield to, piece


def keys_of(book: AddressBook, to: To) -> list[str]:
    """The recipients behind one side of a task; the deputies of those who are away among them."""
    ear, number = to
    if ear is Ear.PERSON:
        return book.with_deputies([f"person:{number}"])
    if ear is Ear.HEAD:
        return book.of_head.get(number) or book.of_unit.get(number, [])
    return (book.of_office if ear is Ear.OFFICE else book.of_unit).get(number, [])


def read_news(desk: Desk, message_id: int, *, recipient: str, name: str) -> News | None:
    """What is left to say in a letter; None when nothing is. The rest is struck from the ledger."""
    rows, facts = happened.of_letter(desk.session, message_id)
    said = [(row, piece) for row in rows for piece in _own(desk, row, facts, recipient)]
    _strike(desk, message_id, keep={row.id for row, _ in said})
    items = _one_for_each_stroke(said)
    if not items:
        return None
    shown = items[: desk.habits.lines_shown]
    counts: dict[str, int] = {}
    for _, piece, _ in items:
        counts[piece.kind] = counts.get(piece.kind, 0) + 1
    own = frozenset(desk.book.stands_for(recipient, Who.LEAD))
    told = tuple(_item(one, own, _address(one, facts)) for one in shown)
    return News(name, desk.day.today, told, counts, len(items) - len(shown))


def _own(desk: Desk, row: Any, facts: Facts, recipient: str) -> list[Piece]:
    """What this recipient hears of an act: each kind of news once, whatever its ways to them."""
    mine = (piece for to, piece in heard(desk.book, row, facts) if to == recipient)
    return list({piece.kind: piece for piece in mine}.values())


def _strike(desk: Desk, message_id: int, *, keep: set[int]) -> None:
    overtaken = (
        col(Reminder.message_id) == message_id,
        col(Reminder.state) == ReminderState.PLANNED,
        col(Reminder.about_id).not_in(sorted(keep)),
    )
    ledger.drop(desk.session, *overtaken, why=Why.OVERTAKEN)


def _one_for_each_stroke(said: Iterable[tuple[Any, Piece]]) -> list[Said]:
    """One act may write several lines of history: only the one that says most is told.

    An answer to a question asked in the same breath does not say the question again either. The
    steps of one task are one thing: what is done to fourteen of them is told once.
    """
    strokes: dict[tuple[int, datetime], list[tuple[Any, Piece]]] = {}
    for row, piece in said:
        about = row.whole_id if row.is_step else row.task_id
        strokes.setdefault((about, row.at), []).append((row, piece))
    return [_most_telling(stroke) for stroke in strokes.values()]


def _most_telling(stroke: list[tuple[Any, Piece]]) -> Said:
    row, piece = min(stroke, key=lambda one: _weight(one[0]))
    others = {other.task_id for other, also in stroke if also.kind == piece.kind} - {row.task_id}
    return row, piece, len(others) if row.is_step else 0


def _weight(row: Any) -> int:
    return _SAYS_MORE.index(row.act) if row.act in _SAYS_MORE else len(_SAYS_MORE)


def _item(said: Said, own: frozenset[int], address: str) -> Item:
    row, piece, others = said
    # Who leads the whole finds the steps of others on its page, and may not open their own.
    is_above = row.is_step and row.lead_of_whole in own and row.lead_id not in own
    return Item(
        kind=piece.kind,
        task_id=row.whole_id if is_above else row.task_id,
        ref=row.ref,
        text=shortened(row.text),
        lead=None if row.lead_id in own else row.lead,
        who=row.who,
        instead_of=row.instead_of,
        at=row.at,
        words=shortened(piece.words, most=_MOST_WORDS),
        day=None if others else piece.day,
        whole=shortened(row.text_of_whole) if row.is_step and row.text_of_whole else None,
        others=others,
        address=address,
    )


def _address(said: Said, facts: Facts) -> str:
    """Where the recipient reads more: a task that they no longer have opens for them no more.

    What they filed and what was answered stands among the papers of their unit.
    """
    row, piece, _ = said
    ear, unit = piece.to
    if ear is not Ear.UNIT or unit == row.lead_id or (row.task_id, unit) in facts.supports:
        return f"/tasks/{row.task_id}"
    if row.is_step and unit == row.lead_of_whole:
        return f"/tasks/{row.whole_id}"
    return "/filings" if piece.kind.startswith(tuple(FilingKind)) else ""
