"""Planning: what deserves a reminder today becomes ledger rows and one letter per recipient."""

import gc
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.domain import Job
from tracker.domain.reminder import Rule
from tracker.reminders import ledger, outbox
from tracker.reminders.addresses import without_address
from tracker.reminders.desk import Desk
from tracker.reminders.ledger import Reason, Rungs
from tracker.reminders.news import anything_to_tell, plan_news
from tracker.reminders.notices import anything_new, plan_notices
from tracker.reminders.policy import Ladder, Who
from tracker.reminders.recheck import drop_stale
from tracker.reminders.rules import QUESTIONS

PLAN = "plan"  # the planning job; planners queue in its row
# What each rule tells: a reason for each thing and recipient.
Found = dict[Rule, list[Reason]]


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
    with _no_search_for_cycles():
        return _write_down(desk, served, carried, sender=sender, at=at)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Tens of thousands of tuples hold no cycles: looking for some costs a sixth of planning."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write_down(
    desk: Desk, served: set[str], carried: dict[str, int], *, sender: str, at: datetime
) -> Planned:
    found = _due_reasons(desk, served - carried.keys())
    told = plan_notices(desk, sender=sender, at=at) + plan_news(desk, sender=sender, at=at)
    recipients = {reason.recipient for reasons in found.values() for reason in reasons}
    new = [desk.book.addressees[key] for key in sorted(recipients - carried.keys())]
    letters = outbox.queue(desk.session, new, desk.day.today, sender=sender, at=at)
    for rule, reasons in found.items():
        ledger.write_down(desk.session, rule, reasons, messages=letters | carried)
    ledger.drop_overtaken(desk.session, carried.values())
    without = tuple(without_address(desk.session, desk.book))
    return Planned(len(letters) + told, sum(map(len, found.values())) + told, without)


def something_is_due(desk: Desk) -> bool:
    """Whether planning would write anything; looks without taking anybody's turn."""
    if anything_new(desk) or anything_to_tell(desk):
        return True
    served = outbox.served(desk.session, desk.day.today)
    return any(True for rule in desk.habits.ladders for _ in _reasons(desk, rule, served))


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


def _due_reasons(desk: Desk, served: Container[str]) -> Found:
    """What the ledger does not know yet, for everybody who has no letter of this day."""
    found: Found = {}
    for rule in desk.habits.ladders:
        # One thing, one line: somebody may both lead and support it.
        once = {reason[:2]: reason for reason in _reasons(desk, rule, served)}
        found[rule] = list(once.values())
    return found


def _reasons(desk: Desk, rule: Rule, served: Container[str]) -> Iterator[Reason]:
    ladder, question = desk.habits.ladders[rule], QUESTIONS[rule]
    readers = {who: desk.book.readers(who, but=served) for who in ladder.writes_to}
    if not any(readers.values()):
        return
    until = desk.day.horizon(ladder)
    last = ledger.last_steps(desk.session, rule, question, day=desk.day, until=until)
    for who in ladder.writes_to:
        rows = question.rows(who, desk.day.today, until=until)
        found = desk.ask(rows)
        yield from _climbed(found, _Steps(desk, ladder, who), readers=readers[who], last=last)


def _climbed(
    rows: Iterable[Any],
    steps: "_Steps",
    *,
    readers: Mapping[int, list[str]],
    last: dict[Rungs, int],
) -> Iterator[Reason]:
    """Each row once per recipient, when today's step of its ladder is not written down."""
    rungs: Iterator[Rungs] = (
        (thing, to, due_on, version)
        for thing, unit, due_on, version in rows
        if steps[due_on][0] is not None
        for to in readers.get(unit, ())
    )
    for thing, to, due_on, version in rungs:
        step, passed = steps[due_on]
        before = last.get((thing, to, due_on, version))
        if before is None:
            yield Reason(thing, to, due_on, version, step, passed)
        elif before < step:
            yield Reason(thing, to, due_on, version, step, steps.passed(step, after=before))


class _Steps(dict[date, tuple[Any, int | None]]):
    """For each deadline the step of one ladder that holds today, and the earliest it overtook.

    There are far fewer deadlines than tasks; the step is None where the ladder is silent.
    """

    def __init__(self, desk: Desk, ladder: Ladder, who: Who) -> None:
        super().__init__()
        self._day, self._ladder, self._first = desk.day, ladder, ladder.writes_to[who]

    def __missing__(self, due_on: date) -> tuple[Any, int | None]:
        step = self._ladder.step_at(self._day.distance(due_on))
        silent = step is None or step < self._first
        self[due_on] = here = (None, None) if silent else (step, self.passed(step or 0))
        return here

    def passed(self, step: int, *, after: int | None = None) -> int | None:
        """The earliest step overtaken since the last one that was written down."""
        return self._ladder.passed_from(step, after=after, first=self._first)
