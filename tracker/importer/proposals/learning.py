"""Names that the directory does not hold: the clerk says what they are, once for all items."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session

from tracker.domain import Alias, Import, Proposal, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.folding import fold
from tracker.domain.proposal import Decision
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.imports import open_proposals
from tracker.queries.units import unit_called, unit_of, unit_with_alias
from tracker.services.history import record

_ASKED_OF_UNITS = {"unit-unknown", "unit-ambiguous", "unit-not-registered", "unit-group"}


def unknown_names(proposals: list[Proposal]) -> list[tuple[str, int]]:
    """Names without a unit and in how many undecided items each stands, the most frequent first."""
    undecided = (one for one in proposals if one.decision is Decision.OPEN)
    counted = Counter(name for one in undecided for name in one.unknown_units)
    return counted.most_common()


def learn_unit(session: Session, made: Import, name: str, *, by: Reader, at: datetime) -> Unit:
    """Add an unknown name as a unit below the issuer; every item that names it follows.

    A commune's own offices stand in no directory of the province: the programme is where the
    installation meets them first.
    """
    name = _asked(session, made, name, by)
    if unit_called(session, name) or unit_with_alias(session, name):
        raise Refused("unit.name-taken", name=name)
    unit = Unit.named(name[:200], parent_id=made.issuer_id)
    session.add(unit)
    session.flush()
    record(session, (Act.CREATED, Thing.UNIT, unit.id), by=by, at=at)
    _settle(session, made, name, unit)
    return unit


def learn_alias(
    session: Session, made: Import, name: str, unit_id: int, *, by: Reader, at: datetime
) -> Unit:
    """Let an unknown name mean a unit that is there, in this document and in every later one."""
    name = _asked(session, made, name, by)
    unit = unit_of(session, unit_id)
    holder = unit_with_alias(session, name)
    if holder is not None and holder is not unit:
        raise Refused("unit.alias-taken", alias=name, unit=holder.name)
    if holder is None:
        session.add(Alias.written(name[:200], unit.id))
        details = {"alias": [None, name]}
        what = (Act.EDITED, Thing.UNIT, unit.id)
        record(session, what, by=by, at=at, details=details)
    _settle(session, made, name, unit)
    return unit


def _asked(session: Session, made: Import, name: str, by: Reader) -> str:
    if not by.serves(made.issuer_id):
        raise NotAllowed("import.office-only")
    if name not in dict(unknown_names(open_proposals(session, made.id))):
        raise Refused("import.name-unasked", name=name)
    return name


def _settle(session: Session, made: Import, name: str, unit: Unit) -> None:
    """Give the unit to every undecided item that names it; the question is answered there."""
    for proposal in open_proposals(session, made.id):
        if name in proposal.unknown_units:
            _give(proposal, name, unit)
    session.flush()


def _give(proposal: Proposal, name: str, unit: Unit) -> None:
    if proposal.lead_id is None and fold(proposal.lead_text or "") == fold(name):
        proposal.lead_id = unit.id
    elif unit.id not in (proposal.lead_id, *proposal.support_ids):
        proposal.support_ids = [*proposal.support_ids, unit.id]
    proposal.unknown_units = [one for one in proposal.unknown_units if one != name]
    proposal.doubts = [doubt for doubt in proposal.doubts if not _asks_about(doubt, name)]


def _asks_about(doubt: dict[str, object], name: str) -> bool:
    facts = doubt.get("facts")
    is_of_name = isinstance(facts, dict) and facts.get("text") == name
    return is_of_name and doubt.get("code") in _ASKED_OF_UNITS
