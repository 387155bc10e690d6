"""A reading waits as proposals until a clerk has looked: corrected, split, dropped or taken."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.domain import Import, ImportSource, Proposal, ProposedMeeting, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.proposal import Decision, ImportState
from tracker.domain.reader import Reader
from tracker.domain.task import Kind
from tracker.errors import NotAllowed, Refused
from tracker.importer.interpret.announced import documents_with_deadlines
from tracker.importer.interpret.items import Setting
from tracker.importer.meaning.reading import Reading, ReadItem
from tracker.importer.meaning.register import registered_units
from tracker.importer.proposals.amendments import recognise
from tracker.importer.proposals.citing import asked_of_register
from tracker.queries.calendar import working_days
from tracker.queries.imports import open_proposals, same_document
from tracker.queries.units import unit_called, unit_with_alias
from tracker.services.history import record, signed

# The other parts of a split item are new: the first one stays paired with its task.
_OF_ONE_ITEM = {"id", "version", "text", "ref", "position", "matched_id"}


@dataclass(frozen=True)
class Correction:
    """What the clerk says a proposed item should be."""

    text: str
    kind: Kind
    lead_id: int | None
    support_ids: tuple[int, ...]
    meeting_ref: str | None
    due_on: date | None
    authority: str | None = None
    share_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Announcement:
    """What the clerk says a proposed meeting should be; one that is none is left out."""

    title: str
    held_on: date | None
    starts_at: time | None = None
    place: str | None = None
    chair: str | None = None
    invited: str | None = None
    left_out: bool = False


def propose(
    session: Session, reading: Reading, content: bytes, *, by: Reader | None, at: datetime
) -> tuple[Import, bool]:
    """Keep a reading as proposals; the second value says whether it is new.

    The same file again gives the import it made before. Raises Refused when no unit that issues
    programmes can be found for it, NotAllowed when the person does not work for its office.
    """
    issuer_id = issuer_for(session, reading.programme.issuer, by=by)
    known = same_document(session, issuer_id, reading.source.sha256)
    if known is not None:
        return known, False
    made = Import(
        issuer_id=issuer_id,
        by_id=signed(by),
        at=at,
        file_name=reading.source.file,
        media_type=reading.source.media_type,
        sha256=reading.source.sha256,
        programme=reading.programme.as_json(),
        warnings=[doubt.as_json() for doubt in reading.warnings],
        passages=[passage.as_json() for passage in reading.passages],
        pages=reading.source.pages,
    )
    session.add(made)
    session.flush()
    session.add(ImportSource(import_id=made.id, content=content))
    _keep_meetings(session, reading, made.id)
    _keep_items(session, reading, made)
    session.flush()
    recognise(session, made)
    what = (Act.IMPORTED, Thing.IMPORT, made.id)
    record(session, what, by=by, at=at, details={"file": [None, made.file_name]})
    session.flush()
    return made, True


def issuer_for(session: Session, name: str | None, *, by: Reader | None) -> int:
    """The issuing unit of a document: the one it names; when it names none, the only one there is.

    A document of another body is refused rather than counted as ours.
    """
    issuing = list(session.exec(select(Unit).where(col(Unit.issues), col(Unit.is_active))))
    mine = [unit for unit in issuing if by is None or by.serves(unit.id)]
    if not issuing:
        raise Refused("import.no-issuer")
    if not mine:
        raise NotAllowed("import.office-only")
    if name is not None:
        return _named(session, name, mine).id
    if len(mine) > 1:
        raise Refused("import.issuer-unclear")
    return mine[0].id


def _named(session: Session, name: str, mine: list[Unit]) -> Unit:
    unit = unit_called(session, name) or unit_with_alias(session, name)
    if unit not in mine:
        raise Refused("import.issuer-unknown", name=name)
    return unit


def _keep_meetings(session: Session, reading: Reading, import_id: int) -> None:
    for meeting in reading.meetings:
        session.add(
            ProposedMeeting(
                import_id=import_id,
                ref=meeting.ref,
                title=meeting.title,
                held_on=meeting.held_on,
                starts_at=time.fromisoformat(meeting.time) if meeting.time else None,
                place=meeting.place,
                certainty=meeting.certainty,
                chair=meeting.chair,
                invited=meeting.invited,
                source=meeting.where.as_json() if meeting.where else {},
                source_text=meeting.source_text,
            )
        )


def _keep_items(session: Session, reading: Reading, made: Import) -> None:
    """Keep the items and the documents announced with a deadline; all else can be looked up."""
    units = dict(session.exec(select(Unit.name, Unit.id)).all())
    asked = _asked_of_meetings(reading)
    setting = Setting(registered_units(session), working_days(session), None)
    after = len(reading.items)
    found = list(documents_with_deadlines(reading.passages, after=after, setting=setting))
    for position, item in enumerate([*reading.items, *(item for _, item in found)]):
        proposal = proposed(item, units, import_id=made.id, position=position)
        register = asked_of_register(session, made, proposal.source_text)
        proposal.doubts = [*proposal.doubts, *asked.get(item.meeting, []), *register]
        session.add(proposal)
    taken = [passage.as_json() for passage, _ in found]
    if taken:
        made.passages = [passage for passage in made.passages if passage not in taken]


def _asked_of_meetings(reading: Reading) -> dict[str | None, list[dict[str, object]]]:
    """What is asked about each meeting: its items wait for the answer too."""
    asked: dict[str | None, list[dict[str, object]]] = {}
    for meeting in reading.meetings:
        doubts = [d for d in reading.warnings if d.is_question and d.ref == meeting.ref]
        asked[meeting.ref] = [doubt.as_json() for doubt in doubts]
    return asked


def proposed(
    item: ReadItem, units: Mapping[str, int], *, import_id: int, position: int
) -> Proposal:
    """An item as it waits for the clerk; `units` are the registered ones by their names."""
    named = [*filter(None, [item.lead]), *item.support]
    supports = [units.get(unit.unit or "") for unit in item.support]
    lead_id = units.get(item.lead.unit or "") if item.lead else None
    doubts = [doubt.as_json() for doubt in item.doubts]
    if item.lead and item.lead.unit and lead_id is None:
        facts = {"text": item.lead.text, "candidates": item.lead.unit}
        doubts.append({"code": "unit-not-registered", "facts": facts, "question": True})
    return Proposal(
        import_id=import_id,
        position=position,
        ref=item.ref,
        section=list(item.section),
        kind=item.kind,
        text=item.text,
        source_text=item.source_text,
        source=item.where.as_json(),
        deliverables=list(item.deliverables),
        lead_text=item.lead.text if item.lead else None,
        lead_id=lead_id,
        support_ids=[unit for unit in supports if unit],
        authority=item.authority,
        meeting_ref=item.meeting,
        due_on=item.due_on,
        due_text=item.due_text,
        due_inferred=item.due_inferred,
        doubts=doubts,
        unknown_units=[unit.text for unit in named if (unit.unit or "") not in units],
        confidence=item.confidence,
    )


def correct(
    session: Session, proposal: Proposal, said: Correction, *, by: Reader, at: datetime
) -> Proposal:
    """Write down what the clerk says; looking at an item answers its doubts."""
    _refuse_closed(session, proposal, by)
    if not said.text.strip():
        raise Refused("import.text-empty")
    before = _shown(proposal)
    if said.due_on != proposal.due_on:
        proposal.due_on, proposal.due_inferred = said.due_on, False
    proposal.text = " ".join(said.text.split())
    proposal.kind = said.kind
    proposal.lead_id = said.lead_id
    proposal.support_ids = [unit for unit in said.support_ids if unit != said.lead_id]
    # A group has no lead of its own: each of its units answers for its share.
    proposal.share_ids = [] if said.lead_id else list(said.share_ids)
    # Whatever names were unknown here, the clerk has now said who leads and who supports.
    proposal.unknown_units = []
    proposal.meeting_ref = said.meeting_ref or None
    proposal.authority = said.authority or None
    proposal.doubts = [doubt | {"question": False} for doubt in proposal.doubts]
    changed = {
        name: [old, new]
        for (name, old), new in zip(before.items(), _shown(proposal).values(), strict=True)
        if old != new
    }
    _note(session, proposal, Act.EDITED, by=by, at=at, **changed)
    return proposal


def _shown(proposal: Proposal) -> dict[str, object]:
    """What the history tells of an item, under the names that it knows."""
    return {
        "text": proposal.text,
        "kind": proposal.kind.value,
        "lead": proposal.lead_id,
        "supports": proposal.support_ids,
        "shares": proposal.share_ids,
        "meeting": proposal.meeting_ref,
        "due_on": proposal.due_on.isoformat() if proposal.due_on else None,
        "authority": proposal.authority,
    }


def correct_meeting(
    session: Session,
    meeting: ProposedMeeting,
    said: Announcement,
    *,
    by: Reader,
    at: datetime,
) -> None:
    """Write down what the clerk says of a meeting; inferred deadlines of its items follow it."""
    made = session.get_one(Import, meeting.import_id)
    _office_only(made, by)
    if made.state is ImportState.DROPPED:
        raise Refused("import.closed")
    if meeting.meeting_id is not None:
        raise Refused("import.meeting-accepted")
    details = {meeting.ref: [str(meeting.held_on), str(said.held_on)]}
    for name, value in asdict(said).items():
        setattr(meeting, name, value)
    mine = sa.and_(
        col(Proposal.import_id) == meeting.import_id,
        col(Proposal.meeting_ref) == meeting.ref,
        col(Proposal.due_inferred),
    )
    session.execute(sa.update(Proposal).where(mine).values(due_on=said.held_on))
    what = (Act.EDITED, Thing.IMPORT, made.id)
    record(session, what, by=by, at=at, details=details)
    session.flush()


def split(
    session: Session, proposal: Proposal, parts: list[str], *, by: Reader, at: datetime
) -> list[Proposal]:
    """Make several items of one: one for each non-empty line the clerk wrote."""
    _refuse_closed(session, proposal, by)
    texts = [" ".join(part.split()) for part in parts if part.strip()]
    if len(texts) < 2:
        raise Refused("import.split-one")
    later = sa.and_(
        col(Proposal.import_id) == proposal.import_id, col(Proposal.position) > proposal.position
    )
    room = len(texts) - 1
    session.execute(sa.update(Proposal).where(later).values(position=col(Proposal.position) + room))
    proposal.text, first_ref = texts[0], proposal.ref
    proposal.deliverables = proposal.deliverables[:1]
    made = [proposal]
    for number, text in enumerate(texts[1:], start=1):
        facts = proposal.model_dump(exclude=_OF_ONE_ITEM)
        facts |= {"ref": f"{first_ref}({number + 1})", "position": proposal.position + number}
        made.append(Proposal(text=text, **facts))
    session.add_all(made)
    _note(session, proposal, Act.EDITED, by=by, at=at, parts=[1, len(made)])
    return made


def decide(
    session: Session, proposal: Proposal, *, drop: bool, by: Reader, at: datetime
) -> Proposal:
    """Leave an item out, or take it back in."""
    made = _refuse_closed(session, proposal, by)
    proposal.decision = Decision.DROPPED if drop else Decision.OPEN
    _note(session, proposal, Act.DROPPED if drop else Act.ENABLED, by=by, at=at)
    settle(session, made)
    return proposal


def settle(session: Session, made: Import) -> None:
    """A document that gave a programme is done when no item of it is left undecided."""
    session.flush()
    if made.programme_id is not None:
        left = open_proposals(session, made.id)
        made.state = ImportState.OPEN if left else ImportState.ACCEPTED
        session.flush()


def drop(session: Session, made: Import, *, by: Reader, at: datetime) -> None:
    """Put the whole document aside; nothing of it was taken."""
    _office_only(made, by)
    if made.state is not ImportState.OPEN or made.programme_id is not None:
        raise Refused("import.closed")
    made.state = ImportState.DROPPED
    record(session, (Act.DROPPED, Thing.IMPORT, made.id), by=by, at=at)
    session.flush()


def _note(
    session: Session, proposal: Proposal, act: Act, *, by: Reader, at: datetime, **changed: object
) -> None:
    session.flush()
    details = {"item": [None, proposal.ref], **changed}
    what = (act, Thing.IMPORT, proposal.import_id)
    record(session, what, by=by, at=at, details=details)
    session.flush()


def _refuse_closed(session: Session, proposal: Proposal, by: Reader) -> Import:
    made = session.get_one(Import, proposal.import_id)
    _office_only(made, by)
    if proposal.decision is Decision.ACCEPTED:
        raise Refused("import.item-accepted")
    if made.state is ImportState.DROPPED:
        raise Refused("import.closed")
    return made


def _office_only(made: Import, by: Reader) -> None:
    if not by.serves(made.issuer_id):
        raise NotAllowed("import.office-only")
