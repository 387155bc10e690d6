"""A document taken into its programme: tasks made, changed, withdrawn; meetings arranged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from tracker.domain import Import, Meeting, Programme, Proposal, ProposedMeeting, Support, Task
from tracker.domain.amendment import Effect, Facts, Sitting, effects
from tracker.domain.change import Act, Thing
from tracker.domain.finding import searchable
from tracker.domain.proposal import Decision
from tracker.domain.reader import Reader
from tracker.domain.rewording import same_words
from tracker.domain.task import Status
from tracker.importer.proposals.citing import cited_by
from tracker.importer.proposals.sections import Sections
from tracker.importer.proposals.shares import divide
from tracker.importer.proposals.snapshots import Before
from tracker.queries import amendments as there
from tracker.queries.amendments import Standing
from tracker.queries.diffs import PLACE
from tracker.services.directives import found_or_entered
from tracker.services.history import record
from tracker.services.meetings import followers
from tracker.services.open_filings import lapse
from tracker.services.tasks import move_deadline

_OF_THE_PROPOSAL = {
    "id", "version", "import_id", "meeting_id", "matched_id", "read", "source", "source_text",
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Who takes which document into which programme, and when."""

    session: Session
    made: Import
    programme: Programme
    by: Reader | None
    at: datetime


@dataclass(frozen=True)
class Taking:
    """One document being taken in: the programme as it stood, and what is touched."""

    office: Office
    stands: Standing
    days: dict[Sitting, tuple[Sitting, date | None]]
    before: Before
    sections: Sections
    announced: list[ProposedMeeting]
    said: Mapping[int, Mapping[str, object]]

    def hold_meetings(self) -> None:
        """Make the meetings that are new and arrange those that are there otherwise, once."""
        for one in self.announced:
            if one.meeting_id is None:
                there_already = self.stands.meetings.get(one.matched_id or 0)
                meeting = self._arrange(one, there_already) if there_already else self._convene(one)
                one.meeting_id = meeting.id
            self.days[one.ref] = (one.meeting_id, None)

    def _convene(self, one: ProposedMeeting) -> Meeting:
        meeting = Meeting(
            issuer_id=self.office.programme.issuer_id,
            programme_id=self.office.programme.id,
            **one.model_dump(exclude=_OF_THE_PROPOSAL),
        )
        self.office.session.add(meeting)
        self.office.session.flush()
        self.before.made(meeting)
        return meeting

    def _arrange(self, one: ProposedMeeting, meeting: Meeting) -> Meeting:
        """Hold a meeting otherwise; the deadlines that came from its date follow it."""
        arranged = there.arranged(one, meeting, self.said.get(meeting.id, {}))
        was = meeting.held_on
        self.before.keep(meeting)
        for name, value in arranged.items():
            setattr(meeting, name, value)
        if was == meeting.held_on:
            return meeting
        meeting.due_version += 1
        for task in followers(self.office.session, meeting, was):
            self.before.keep(task)
            move_deadline(task, meeting.held_on)
            task.updated_at = self.office.at
        return meeting

    def take(self, proposal: Proposal, was: Facts | None, now: Facts | None) -> None:
        """Take one item: a new task, a changed one, or one that leaves the programme."""
        task = self.stands.tasks.get(proposal.matched_id or 0)
        if task is None and now is not None:
            task = self._create(proposal, now)
        elif task is None:
            proposal.decision = Decision.DROPPED
            return
        elif was is None or now is None:
            self._withdraw(task)
        else:
            self._change(task, proposal, was, now)
        proposal.task_id, proposal.decision = task.id, Decision.ACCEPTED

    def _meeting_of(self, sitting: Sitting | None) -> int | None:
        """Which meeting is meant, now that the new ones are made."""
        meeting = self.days.get(sitting, (None,))[0] if isinstance(sitting, str) else sitting
        return meeting if isinstance(meeting, int) else None

    def _create(self, proposal: Proposal, now: Facts) -> Task:
        session, programme, at = self.office.session, self.office.programme, self.office.at
        task = Task(
            issuer_id=programme.issuer_id,
            programme_id=programme.id,
            section_id=self.sections.at(proposal.section),
            meeting_id=self._meeting_of(now.meeting),
            position=self._position(proposal),
            ref=proposal.ref,
            kind=proposal.kind,
            text=proposal.text,
            search_text=searchable(proposal.text, proposal.ref),
            deliverables=proposal.deliverables,
            lead_id=proposal.lead_id,
            authority=proposal.authority,
            directive_id=self._directive(proposal),
            original_due_on=now.due_on,
            due_on=now.due_on,
            due_text=proposal.due_text,
            due_inferred=proposal.due_inferred,
            source=proposal.source,
            created_at=at,
            updated_at=at,
        )
        session.add(task)
        session.flush()
        session.add_all(Support(task_id=task.id, unit_id=unit) for unit in proposal.support_ids)
        self.before.made(task)
        for child in divide(session, task, proposal, by=self.office.by, at=at):
            self.before.made(child)
        record(session, (Act.IMPORTED, Thing.TASK, task.id), by=self.office.by, at=at)
        return task

    def _directive(self, proposal: Proposal) -> int | None:
        """The document that the item announces: entered into the register unless it is there."""
        office = self.office
        cited = cited_by(office.session, office.made, proposal.source_text)
        if cited is None:
            return None
        to = {"issuer_id": office.programme.issuer_id}
        known = found_or_entered(office.session, cited, **to, by=office.by, at=office.at)
        return known.id

    def _position(self, proposal: Proposal) -> int:
        """A list of additions is printed behind what is there; a whole programme anew."""
        if self.office.made.amends_id is None or self.office.made.replaces_all:
            return proposal.position
        last = max((task.position for task in self.stands.tasks.values()), default=-1)
        return last + 1 + proposal.position

    def _withdraw(self, task: Task) -> None:
        for one in (task, *self.stands.children.get(task.id, ())):
            if there.is_still_owed(one):
                self.before.keep(one)
                one.status, one.submitted_on = Status.WITHDRAWN, None
                one.updated_at = self.office.at
                self._nobody_answers(one)

    def _nobody_answers(self, task: Task) -> None:
        """What a unit has filed about a task that it no longer has waits for nobody."""
        lapse(self.office.session, task, why="", by=self.office.by, at=self.office.at)

    def _change(self, task: Task, proposal: Proposal, was: Facts, now: Facts) -> None:
        place = self._place(task, proposal)
        for one in (task, *self.stands.children.get(task.id, ())):
            self.before.keep(one)
        if effects(was, now) == (Effect.UNCHANGED,):
            self._move_on_paper(task, place)
            return
        keeps = there.keeps_of(proposal, self.stands)
        self._rewrite(task, proposal, now, keeps)
        for name, value in place.items():
            setattr(task, name, value)
        task.search_text = searchable(task.text, task.ref)
        self._share(task, proposal, was)

    def _place(self, task: Task, proposal: Proposal) -> dict[str, object]:
        """Where the task stands on paper from now on; additions renumber nothing."""
        if not self.office.made.replaces_all:
            return {name: getattr(task, name) for name in PLACE}
        return {
            "section_id": self.sections.at(proposal.section),
            "position": proposal.position,
            "ref": proposal.ref,
            "search_text": searchable(task.text, proposal.ref),
            "source": proposal.source,
        }

    def _move_on_paper(self, task: Task, place: dict[str, object]) -> None:
        """Renumber a task that is otherwise the same, without counting as a change of it.

        Whoever is writing a note about it at this moment is not told of another version.
        """
        if place == {name: getattr(task, name) for name in PLACE}:
            return
        table = Task.__table__  # type: ignore[attr-defined]
        for number, one in enumerate((task, *self.stands.children.get(task.id, ()))):
            own = place | _own_number(one, place["ref"], number)
            moved = sa.update(table).where(table.c.id == one.id).values(own)
            self.office.session.connection().execute(moved)
            for name, value in own.items():
                set_committed_value(one, name, value)

    def _rewrite(self, task: Task, proposal: Proposal, now: Facts, keeps: frozenset[str]) -> None:
        if not same_words(task.text, now.text):
            task.text, task.deliverables = now.text, proposal.deliverables
        task.kind, task.authority = now.kind, now.authority
        if task.lead_id not in {None, now.lead} or now.status is Status.WITHDRAWN:
            self._nobody_answers(task)
            task.received_at = task.received_by_id = None
        # A divided task has no lead of its own, whatever the new paper names.
        task.lead_id, task.status = None if task.is_divided else now.lead, now.status
        task.meeting_id = self._meeting_of(now.meeting)
        move_deadline(task, now.due_on)
        if "due_on" not in keeps and proposal.due_on is not None:
            task.due_inferred, task.due_text = proposal.due_inferred, proposal.due_text
        task.updated_at = self.office.at
        self._help(task, now.supports)

    def _help(self, task: Task, supports: tuple[int, ...]) -> None:
        helping = tuple(unit for unit in supports if unit != task.lead_id)
        if helping == tuple(sorted(self.stands.supports.get(task.id, ()))):
            return
        session = self.office.session
        rows = session.exec(select(Support).where(col(Support.task_id) == task.id)).all()
        for row in rows:
            if row.unit_id not in helping:
                session.delete(row)
        new = set(helping) - {row.unit_id for row in rows}
        session.add_all(Support(task_id=task.id, unit_id=unit) for unit in sorted(new))

    def _share(self, parent: Task, proposal: Proposal, was: Facts) -> None:
        """What is divided among units changes for each of them; a group named anew is divided."""
        children = self.stands.children.get(parent.id, [])
        for number, child in enumerate(children, start=1):
            if child.status is Status.DONE:
                continue
            follows = child.due_on == was.due_on
            child.text, child.kind, child.authority = parent.text, parent.kind, parent.authority
            child.deliverables, child.meeting_id = parent.deliverables, parent.meeting_id
            child.section_id, child.position = parent.section_id, parent.position
            child.ref, child.source = f"{parent.ref}/{number}", parent.source
            child.search_text = searchable(child.text, child.ref)
            child.status = _returned(child, parent)
            move_deadline(child, parent.due_on if follows else child.due_on)
            child.updated_at = self.office.at
        if not children:
            session = self.office.session
            for child in divide(session, parent, proposal, by=self.office.by, at=self.office.at):
                self.before.made(child)


def _own_number(one: Task, ref: object, number: int) -> dict[str, object]:
    """What a share of a task has besides the place of the whole."""
    own = f"{ref}/{number}"
    return {"ref": own, "search_text": searchable(one.text, own)} if number else {}


def _returned(child: Task, parent: Task) -> Status:
    is_back = child.status is Status.WITHDRAWN and parent.status is not Status.WITHDRAWN
    return Status.NOT_STARTED if is_back else child.status
