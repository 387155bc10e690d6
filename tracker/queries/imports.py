"""Imported documents: which are under review, what they propose, what is there already."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Import, ImportSource, Programme, Proposal, ProposedMeeting
from tracker.domain.proposal import Decision, ImportState
from tracker.domain.reader import Reader
from tracker.errors import NotFound


def same_document(session: Session, issuer_id: int, sha256: str) -> Import | None:
    """The import that this very file made before, unless it was put aside."""
    same = select(Import).where(
        col(Import.issuer_id) == issuer_id,
        col(Import.sha256) == sha256,
        col(Import.state) != ImportState.DROPPED,
    )
    return session.exec(same).first()


def programme_of_period(
    session: Session, issuer_id: int, period: dict[str, Any] | None
) -> Programme | None:
    """The programme that the issuer already has for the period of a reading."""
    if period is None:
        return None
    same = select(Programme).where(
        col(Programme.issuer_id) == issuer_id,
        col(Programme.period) == period["kind"],
        col(Programme.year) == period["year"],
        col(Programme.period_number).is_not_distinct_from(period["number"]),
    )
    return session.exec(same).first()


def open_proposals(session: Session, import_id: int) -> list[Proposal]:
    """The items nobody has decided about, in order; then what the document no longer holds."""
    undecided = select(Proposal).where(
        col(Proposal.import_id) == import_id, col(Proposal.decision) == Decision.OPEN
    )
    in_order = (col(Proposal.withdraws), col(Proposal.position), col(Proposal.id))
    return list(session.exec(undecided.order_by(*in_order)))


def imports_of(session: Session, reader: Reader, *, limit: int = 100) -> list[sa.Row[Any]]:
    """The reader's imports, newest first: (Import, items undecided)."""
    undecided = (
        sa.select(col(Proposal.import_id), sa.func.count().label("left"))
        .where(col(Proposal.decision) == Decision.OPEN)
        .group_by(col(Proposal.import_id))
        .subquery()
    )
    rows = (
        sa.select(Import, sa.func.coalesce(undecided.c.left, 0).label("left"))
        .outerjoin(undecided, undecided.c.import_id == Import.id)
        .where(col(Import.issuer_id).in_(sorted(reader.offices)))
        .order_by(col(Import.id).desc())
        .limit(limit)
    )
    return list(session.execute(rows).all())


def import_of(session: Session, reader: Reader, import_id: int) -> Import:
    """One import of the reader's office; raises NotFound for anybody else's."""
    made = session.get(Import, import_id)
    if made is None or not reader.serves(made.issuer_id):
        raise NotFound("not-found")
    return made


def proposal_of(session: Session, reader: Reader, proposal_id: int) -> Proposal:
    """One proposed item of the reader's office; raises NotFound for anybody else's."""
    proposal = session.get(Proposal, proposal_id)
    if proposal is None:
        raise NotFound("not-found")
    import_of(session, reader, proposal.import_id)
    return proposal


def proposal_in(session: Session, made: Import, proposal_id: int) -> Proposal:
    """One proposed item of this document; raises NotFound for another's."""
    proposal = session.get(Proposal, proposal_id)
    if proposal is None or proposal.import_id != made.id:
        raise NotFound("not-found")
    return proposal


def every_proposal(session: Session, import_id: int) -> list[Proposal]:
    """The items of the document, and the tasks that it no longer holds."""
    return list(session.exec(select(Proposal).where(col(Proposal.import_id) == import_id)))


def proposals_of(session: Session, import_id: int) -> list[Proposal]:
    """Every item of the document, in its order."""
    mine = select(Proposal).where(
        col(Proposal.import_id) == import_id, col(Proposal.withdraws).is_(False)
    )
    return list(session.exec(mine.order_by(col(Proposal.position), col(Proposal.id))))


def meetings_of_import(session: Session, import_id: int) -> list[ProposedMeeting]:
    """The meetings that the document announces."""
    mine = select(ProposedMeeting).where(col(ProposedMeeting.import_id) == import_id)
    return list(session.exec(mine.order_by(col(ProposedMeeting.id))))


def content_of(session: Session, import_id: int) -> bytes:
    """The document itself as it was handed in."""
    return session.get_one(ImportSource, import_id).content
