"""What happened to a task, written down as the services write it: for the tests of its mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from tests.builders import Office
from tests.conftest import ZONE
from tests.reminders.office_day import THURSDAY
from tracker.domain import Change, Filing, Mention, Person, ProgressNote, Support, Task
from tracker.domain.change import Act, Thing
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.note import NoteKind
from tracker.domain.task import Status
from tracker.services.history import record

# To whom (the part of the address before the @, and the @) which text went.
Told = Callable[[], dict[str, str]]
NINE = datetime.combine(THURSDAY, time(9), tzinfo=ZONE)
FILED = {
    FilingKind.REPORT: Act.REPORTED,
    FilingKind.EXTENSION: Act.REQUESTED,
    FilingKind.REFUSAL: Act.REFUSED,
}


@dataclass
class Days:
    """A morning in which one thing happens after the other, each a second later."""

    session: Session
    office: Office
    at: datetime = NINE

    def act(self, what: Act, task: Task, by: Person, **facts: Any) -> Change:
        self.at += timedelta(seconds=1)
        reader = self.office.reader(self.session, by)
        change = record(self.session, (what, Thing.TASK, task.id), by=reader, at=self.at, **facts)
        self.session.add(task)
        self.session.flush()
        return change

    def assign(self, task: Task, lead: int | None, *supports: int) -> Change:
        old, task.lead_id = task.lead_id, lead
        self.session.add_all(Support(task_id=task.id, unit_id=unit) for unit in supports)
        details = {"lead": [old, lead], "supports": [[], list(supports)]}
        return self.act(Act.ASSIGNED, task, self.office.specialist, details=details)

    def stop(self, task: Task, to: Status, reason: str = "Chờ ý kiến cấp trên") -> Change:
        old, task.status = task.status, to
        details = {"status": [old, to]}
        return self.act(Act.STATUS, task, self.office.specialist, details=details, reason=reason)

    def file(self, task: Task, kind: FilingKind, **facts: Any) -> Filing:
        """The unit files; it waits for the office unless `state` says otherwise."""
        facts = {"state": FilingState.WAITING, "text": "Đã ban hành"} | facts
        at = self.at + timedelta(seconds=1)
        sent = at if facts["state"] is FilingState.WAITING else None
        who: dict[str, Any] = {"unit_id": task.lead_id, "author_id": self.office.an.id}
        filing = Filing(task_id=task.id, kind=kind, at=at, sent_at=sent, **who, **facts)
        self.session.add(filing)
        self.session.flush()
        self.act(FILED[kind], task, self.office.an, details={"_filing": [None, filing.id]})
        return filing

    def answer(
        self, filing: Filing, act: Act, reason: str = "", by: Person | None = None
    ) -> Change:
        filing.state = {
            Act.GRANTED: FilingState.ACCEPTED,
            Act.SENT_BACK: FilingState.RETURNED,
            Act.OFFERED: FilingState.COUNTERED,
            Act.APPROVED: FilingState.WAITING,
            Act.TAKEN_BACK: FilingState.TAKEN_BACK,
        }[act]
        task = self.session.get_one(Task, filing.task_id)
        details = {"_filing": [None, filing.id]}
        who = by or self.office.specialist
        change = self.act(act, task, who, details=details, reason=reason or None)
        if act is Act.APPROVED:
            filing.sent_at = change.at
        return change

    def say(self, task: Task, kind: NoteKind, by: Person, *named: Person, **facts: Any) -> Any:
        acts = {NoteKind.QUESTION: Act.ASKED, NoteKind.ANSWER: Act.ANSWERED}
        note = ProgressNote(
            task_id=task.id, author_id=by.id, at=self.at, kind=kind, text="Bao giờ xong?", **facts
        )
        self.session.add(note)
        self.session.flush()
        if note.reply_to_id:
            self.session.get_one(ProgressNote, note.reply_to_id).answered_at = self.at
        self.session.add_all(Mention(note_id=note.id, person_id=who.id) for who in named)
        self.act(acts.get(kind, Act.NOTED), task, by, details={"_note": [None, note.id]})
        return note
