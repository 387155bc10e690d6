"""Planning: what deserves a reminder today becomes ledger rows and one letter per recipient."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Job
from tracker.domain.reminder import Rule
from tracker.reminders import ledger, outbox
from tracker.reminders.addresses import without_address
from tracker.reminders.desk import Desk
from tracker.reminders.ledger import Reason, Rungs
from tracker.reminders.policy import Ladder, Who
from tracker.reminders.recheck import drop_stale
from tracker.reminders.rules import QUESTIONS

PLAN = "plan"  # the planning job; planners queue in its row
# What one recipient is told about one thing by one rule: (rule, about_id, recipient).
Found = dict[tuple[Rule, int, str], Reason]


@dataclass(frozen=True)
class Planned:
    """What one planning added: letters, the reasons in them, and whom nobody can write to."""

    letters: int = 0
    reasons: int = 0
    without_address: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """For the log."""
        return {"letters": self.letters, "reasons": self.reasons}


def queue_behind_other_planners(session: Session, at: datetime) -> None:
    """Take one's turn: the first statement of a planning, so that two never plan at once.

    On PostgreSQL the second planner waits at the row; on SQLite at the write transaction.
    """
    turn = sa.update(Job).where(col(Job.name) == PLAN).values(started_at=at)
    if session.execute(turn).rowcount == 0:  # type: ignore[attr-defined]
        session.execute(ledger.insert_unless_there(session, Job).values(name=PLAN))
        session.execute(turn)


def plan(desk: Desk, *, sender: str, at: datetime) -> Planned:
    """Write down what is due and not written down yet, with a letter for each recipient.

    The caller has queued and commits: ledger and outbox stand or fall together. `at` is the
    machine's time. Whoever has a letter of this office day already waits for the next one.
    """
    served = outbox.served(desk.session, desk.day.today)
    carried = _carry_over(desk, served, at=at)
    found = _due_reasons(desk, served - carried.keys())
    recipients = {reason.recipient for reason in found.values()}
    new = [desk.book.addressees[key] for key in sorted(recipients - carried.keys())]
    letters = outbox.queue(desk.session, new, desk.day.today, sender=sender, at=at)
    ledger.write_down(desk.session, found.values(), messages=letters | carried)
    ledger.drop_overtaken(desk.session, carried.values())
    without = tuple(without_address(desk.session, desk.book))
    return Planned(len(letters), len(found), without)


def something_is_due(desk: Desk) -> bool:
    """Whether planning would write anything; looks without taking anybody's turn."""
    return bool(_due_reasons(desk, outbox.served(desk.session, desk.day.today)))


def _carry_over(desk: Desk, served: set[str], *, at: datetime) -> dict[str, int]:
    """Make yesterday's unsent letters today's, so that a recipient gets one and not two."""
    carried: dict[str, int] = {}
    for message_id, recipient in outbox.left_over(desk.session, desk.day.today):
        if recipient in served:
            continue
        served.add(recipient)
        if outbox.carry_to(desk.session, message_id, desk.day.today, at=at):
            carried[recipient] = message_id
            drop_stale(desk, message_id, recipient)
    return carried


def _due_reasons(desk: Desk, served: Iterable[str]) -> Found:
    """What the ledger does not know yet, for everybody who has no letter of this day."""
    found: Found = {}
    skip = frozenset(served)
    for rule in desk.habits.ladders:
        new = (reason for reason in _asked(desk, rule) if reason.recipient not in skip)
        found |= {(rule, reason.about_id, reason.recipient): reason for reason in new}
    return found


def _asked(desk: Desk, rule: Rule) -> Iterator[Reason]:
    ladder, question = desk.habits.ladders[rule], QUESTIONS[rule]
    until = desk.day.horizon(ladder)
    last = ledger.last_steps(desk.session, rule, question, day=desk.day, until=until)
    for who in ladder.writes_to:
        yield from _reasons(desk, rule, who, last=last)


def _reasons(desk: Desk, rule: Rule, who: Who, *, last: dict[Rungs, int]) -> Iterator[Reason]:
    ladder, about = desk.habits.ladders[rule], QUESTIONS[rule].about
    first = ladder.writes_to[who]
    for thing, to, due_on, version, step in _reachable(desk, rule, who):
        before = last.get((thing, to, due_on, version))
        if before is None or before < step:
            passed = ladder.passed_from(step, after=before, first=first)
            yield Reason(rule, about, thing, to, due_on, version, step, passed)


def _reachable(desk: Desk, rule: Rule, who: Who) -> Iterator[tuple[int, str, date, int, int]]:
    """Each row of a question once per recipient, with the step that holds today."""
    ladder = desk.habits.ladders[rule]
    steps = _Steps(desk, ladder, first=ladder.writes_to[who])
    rows = QUESTIONS[rule].rows(who, desk.day.today, until=desk.day.horizon(ladder))
    for thing, unit, due_on, version in desk.session.execute(rows):
        step = steps[due_on]
        recipients = () if step is None else desk.book.recipients(who, unit)
        for to in recipients:
            yield thing, to, due_on, version, step or 0


class _Steps(dict[date, int | None]):
    """The step of one ladder that holds today for each deadline, worked out once."""

    def __init__(self, desk: Desk, ladder: Ladder, *, first: int) -> None:
        super().__init__()
        self.first = first
        self._day, self._ladder = desk.day, ladder

    def __missing__(self, due_on: date) -> int | None:
        step = self._ladder.step_at(self._day.distance(due_on))
        self[due_on] = step = None if step is None or step < self.first else step
        return step
