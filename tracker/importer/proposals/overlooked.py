"""What reading took for no item and a clerk takes in after all."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Import, Proposal, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.proposal import ImportState
from tracker.domain.reader import Reader
from tracker.domain.task import Kind
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.importer.meaning.owners import owners_of
from tracker.importer.meaning.register import registered_units
from tracker.services.history import record


def take_in(session: Session, made: Import, place: int, *, by: Reader, at: datetime) -> Proposal:
    """Make an item of the passage at that place (from zero); its owner is read as in any item.

    Raises NotFound when there is no such passage, Refused when the document was put aside.
    """
    if not by.serves(made.issuer_id):
        raise NotAllowed("import.office-only")
    if made.state is ImportState.DROPPED:
        raise Refused("import.closed")
    if not 0 <= place < len(made.passages):
        raise NotFound("not-found")
    passage = made.passages[place]
    proposal = _proposal(session, made, passage)
    session.add(proposal)
    made.passages = [*made.passages[:place], *made.passages[place + 1 :]]
    made.state = ImportState.OPEN
    details = {"item": [None, proposal.ref]}
    what = (Act.CREATED, Thing.IMPORT, made.id)
    record(session, what, by=by.person_id, at=at, details=details)
    session.flush()
    return proposal


def _proposal(session: Session, made: Import, passage: dict[str, Any]) -> Proposal:
    words = passage["text"]
    owners = owners_of(words, units=registered_units(session))
    units = dict(session.exec(select(Unit.name, Unit.id)).all())
    last = session.scalar(
        select(sa.func.max(Proposal.position)).where(col(Proposal.import_id) == made.id)
    )
    position = 0 if last is None else last + 1
    lead = owners.lead
    return Proposal(
        import_id=made.id,
        position=position,
        ref=f"+{position + 1}",
        kind=Kind.TASK,
        text=" ".join(owners.text.split()),
        source_text=words,
        source=passage["where"],
        lead_text=lead.text if lead else None,
        lead_id=units.get(lead.unit or "") if lead else None,
        support_ids=[units[one.unit] for one in owners.support if one.unit in units],
        doubts=[doubt.as_json() for doubt in owners.doubts],
    )
