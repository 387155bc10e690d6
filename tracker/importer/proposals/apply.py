"""Accepted proposals become the programme's sections, meetings and tasks, or change those there."""

from datetime import date, datetime

from sqlmodel import Session

from tracker.domain import Import, Programme, Proposal, Recipient
from tracker.domain.change import Act, Thing
from tracker.domain.programme import PeriodKind
from tracker.domain.proposal import ImportState
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.importer.proposals import amendments, review
from tracker.importer.proposals.sections import Sections
from tracker.importer.proposals.snapshots import Before
from tracker.importer.proposals.taking import Office, Taking
from tracker.importer.proposals.versions import keep_version
from tracker.queries import amendments as there
from tracker.queries.imports import meetings_of_import, open_proposals
from tracker.services.history import record


def accept(
    session: Session, made: Import, *, only_clear: bool, by: Reader | None, at: datetime
) -> int:
    """Take the undecided items into the programme; returns how many were taken.

    An item that is a new version of a task changes the task; one that the new version no longer
    holds is withdrawn. `only_clear` leaves items whose doubts nobody has answered. When none is
    left undecided the import is closed. Raises Refused when the document has no period, is
    closed, or was compared with a programme that has changed since.
    """
    _refuse(made, by)
    amendments.refuse_outdated(session, made)
    taken = [
        proposal
        for proposal in open_proposals(session, made.id)
        if not (only_clear and is_doubtful(proposal))
    ]
    work = _begin(session, made, by=by, at=at)
    future = [(proposal, *there.future_of(proposal, work.stands, work.days)) for proposal in taken]
    work.hold_meetings()
    for proposal, was, now in future:
        work.take(proposal, was, now)
    session.flush()
    keep_version(session, made, work.before, by=by, at=at)
    review.settle(session, made)
    details = {"tasks": [None, len(taken)]}
    what = (Act.ACCEPTED, Thing.IMPORT, made.id)
    record(session, what, by=by, at=at, details=details)
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
    if made.amends_id is None and made.programme.get("period") is None:
        raise Refused("import.no-period")


def _begin(session: Session, made: Import, *, by: Reader | None, at: datetime) -> Taking:
    known = made.programme_id or made.amends_id
    stands = there.standing(session, known or 0, but=made.id)
    before = Before(stands.supports)
    programme = session.get_one(Programme, known) if known else _new_programme(session, made)
    made.programme_id = programme.id
    if known is None:
        before.made(programme)
        what = (Act.CREATED, Thing.PROGRAMME, programme.id)
        record(session, what, by=by, at=at)
    else:
        _fill_in(programme, made, before)
    announced = [one for one in meetings_of_import(session, made.id) if not one.left_out]
    said = there.said_of_meetings(session, programme.id, but=made.id)
    days = there.sittings(announced, stands.meetings, said)
    sections = Sections(session, programme.id, before)
    office = Office(session, made, programme, by=by, at=at)
    return Taking(office, stands, days, before, sections, announced, said)


def _new_programme(session: Session, made: Import) -> Programme:
    read, period = made.programme, made.programme["period"]
    programme = Programme(
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
    session.add(programme)
    session.flush()
    session.add_all(
        Recipient(programme_id=programme.id, position=position, text=text)
        for position, text in enumerate(read["recipients"])
    )
    return programme


def _fill_in(programme: Programme, made: Import, before: Before) -> None:
    """What a draft left blank (its number, its date) is filled in by the paper that has it."""
    before.keep(programme)
    for name in ("number", "symbol", "place", "signer"):
        setattr(programme, name, getattr(programme, name) or made.programme.get(name))
    issued_on = made.programme.get("issued_on")
    if programme.issued_on is None and issued_on:
        programme.issued_on = date.fromisoformat(issued_on)
