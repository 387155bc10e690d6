"""What reading took for no item and a clerk takes in after all."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Import, Proposal, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.proposal import ImportState
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.importer.blocks import Where
from tracker.importer.interpret.announced import item_of_passage
from tracker.importer.interpret.items import Setting
from tracker.importer.meaning.period import period_from
from tracker.importer.meaning.register import registered_units
from tracker.importer.proposals.citing import asked_of_register
from tracker.importer.proposals.review import proposed
from tracker.queries.calendar import working_days
from tracker.services.history import record


def take_in(session: Session, made: Import, place: int, *, by: Reader, at: datetime) -> Proposal:
    """Make an item of the passage at that place (from zero); it is read as any other.

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
    record(session, what, by=by, at=at, details=details)
    session.flush()
    return proposal


def _proposal(session: Session, made: Import, passage: dict[str, Any]) -> Proposal:
    position = _next_position(session, made)
    period = period_from(made.programme["period"])
    setting = Setting(registered_units(session), working_days(session), period)
    where = Where(**passage["where"])
    item = item_of_passage(passage["text"], where, f"+{position + 1}", setting=setting)
    units = dict(session.exec(select(Unit.name, Unit.id)).all())
    proposal = proposed(item, units, import_id=made.id, position=position)
    proposal.doubts = [*proposal.doubts, *asked_of_register(session, made, proposal.source_text)]
    return proposal


def _next_position(session: Session, made: Import) -> int:
    mine = col(Proposal.import_id) == made.id
    last = session.scalar(select(sa.func.max(Proposal.position)).where(mine))
    return 0 if last is None else last + 1
