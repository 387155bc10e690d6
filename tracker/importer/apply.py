"""Accepted proposals become the programme's sections, meetings and tasks."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.domain import (
    Import,
    Meeting,
    Programme,
    Proposal,
    ProposedMeeting,
    Recipient,
    Section,
    Support,
    Task,
)
from tracker.domain.change import Act, Thing
from tracker.domain.programme import PeriodKind
from tracker.domain.proposal import Decision, ImportState
from tracker.domain.reader import Reader
from tracker.domain.task import searchable
from tracker.errors import NotAllowed, Refused
from tracker.importer import review
from tracker.queries.imports import open_proposals, programme_of_period
from tracker.services.history import record, signed


def accept(
    session: Session, made: Import, *, only_clear: bool, by: Reader | None, at: datetime
) -> int:
    """Take the undecided items into the programme; returns how many became tasks.

    `only_clear` leaves items whose doubts nobody has answered. When none is left undecided the
    import is closed. Raises Refused when the document has no period or is already closed.
    """
    _refuse(made, by)
    taken = [
        proposal
        for proposal in open_proposals(session, made.id)
        if not (only_clear and is_doubtful(proposal))
    ]
    programme = _programme(session, made, by=by, at=at)
    meetings = _meetings(session, made, programme)
    sections = _Sections(session, programme)
    for proposal in taken:
        task = _task(proposal, programme, meetings, section=sections.at(proposal.section), at=at)
        _accept_one(session, proposal, task, by=signed(by), at=at)
    review.settle(session, made)
    details = {"tasks": [None, len(taken)]}
    what = (Act.ACCEPTED, Thing.IMPORT, made.id)
    record(session, what, by=signed(by), at=at, details=details)
    session.flush()
    return len(taken)


def is_doubtful(proposal: Proposal) -> bool:
    """Whether a person must look before the item becomes a task."""
    return any(doubt.get("question") for doubt in proposal.doubts)


def _refuse(made: Import, by: Reader | None) -> None:
    if by is not None and not by.serves(made.issuer_id):
        raise NotAllowed("import.office-only")
    if made.state is not ImportState.OPEN:
        raise Refused("import.closed")
    if made.programme.get("period") is None:
        raise Refused("import.no-period")


def _programme(session: Session, made: Import, *, by: Reader | None, at: datetime) -> Programme:
    read = made.programme
    if made.programme_id is not None:
        return session.get_one(Programme, made.programme_id)
    programme = programme_of_period(session, made.issuer_id, read["period"])
    if programme is None:
        programme = _new_programme(made)
        session.add(programme)
        session.flush()
        _recipients(session, programme, read["recipients"])
        what = (Act.CREATED, Thing.PROGRAMME, programme.id)
        record(session, what, by=signed(by), at=at)
    made.programme_id = programme.id
    return programme


def _new_programme(made: Import) -> Programme:
    read, period = made.programme, made.programme["period"]
    return Programme(
        issuer_id=made.issuer_id,
        title=read["title"] or made.file_name,
        period=PeriodKind(period["kind"]),
        year=period["year"],
        period_number=period["number"],
        starts_on=date.fromisoformat(period["starts_on"]),
        ends_on=date.fromisoformat(period["ends_on"]),
        number=read["number"],
        symbol=read["symbol"],
        place=read["place"],
        issued_on=date.fromisoformat(read["issued_on"]) if read["issued_on"] else None,
        signer=read["signer"],
    )


def _recipients(session: Session, programme: Programme, lines: list[str]) -> None:
    session.add_all(
        Recipient(programme_id=programme.id, position=position, text=text)
        for position, text in enumerate(lines)
    )


def _meetings(session: Session, made: Import, programme: Programme) -> dict[str, Meeting]:
    """The document's meetings by their ref, made when they are not there yet."""
    known = session.exec(select(Meeting).where(col(Meeting.programme_id) == programme.id))
    by_ref = {meeting.ref or "": meeting for meeting in known}
    mine = select(ProposedMeeting).where(col(ProposedMeeting.import_id) == made.id)
    for proposed in session.exec(mine):
        meeting = by_ref.get(proposed.ref) or _new_meeting(session, proposed, programme)
        proposed.meeting_id, by_ref[proposed.ref] = meeting.id, meeting
    return by_ref


def _new_meeting(session: Session, proposed: ProposedMeeting, programme: Programme) -> Meeting:
    meeting = Meeting(
        issuer_id=programme.issuer_id,
        programme_id=programme.id,
        **proposed.model_dump(exclude={"id", "import_id", "meeting_id"}),
    )
    session.add(meeting)
    session.flush()
    return meeting


class _Sections:
    """The headings of one programme, each made when its first item needs it."""

    def __init__(self, session: Session, programme: Programme) -> None:
        self._session, self._programme = session, programme
        known = session.exec(select(Section).where(col(Section.programme_id) == programme.id))
        self._by_place = {(section.parent_id, section.text): section for section in known}

    def at(self, path: list[str]) -> int | None:
        """The section under which an item stands; None when it stands under no heading."""
        parent: int | None = None
        for text in path:
            parent = self._one(parent, text).id
        return parent

    def _one(self, parent_id: int | None, text: str) -> Section:
        section = self._by_place.get((parent_id, text))
        if section is None:
            section = Section(
                programme_id=self._programme.id,
                parent_id=parent_id,
                position=len(self._by_place),
                text=text,
            )
            self._session.add(section)
            self._session.flush()
            self._by_place[parent_id, text] = section
        return section


def _task(
    proposal: Proposal,
    programme: Programme,
    meetings: dict[str, Meeting],
    *,
    section: int | None,
    at: datetime,
) -> Task:
    meeting = meetings.get(proposal.meeting_ref or "")
    return Task(
        issuer_id=programme.issuer_id,
        programme_id=programme.id,
        section_id=section,
        meeting_id=meeting.id if meeting else None,
        position=proposal.position,
        ref=proposal.ref,
        kind=proposal.kind,
        text=proposal.text,
        search_text=searchable(proposal.text, proposal.ref),
        deliverables=proposal.deliverables,
        lead_id=proposal.lead_id,
        authority=proposal.authority,
        original_due_on=proposal.due_on,
        due_on=proposal.due_on,
        due_text=proposal.due_text,
        due_inferred=proposal.due_inferred,
        source=proposal.source,
        created_at=at,
        updated_at=at,
    )


def _accept_one(
    session: Session, proposal: Proposal, task: Task, *, by: int | None, at: datetime
) -> None:
    session.add(task)
    session.flush()
    session.add_all(Support(task_id=task.id, unit_id=unit) for unit in proposal.support_ids)
    proposal.task_id, proposal.decision = task.id, Decision.ACCEPTED
    record(session, (Act.IMPORTED, Thing.TASK, task.id), by=by, at=at)
