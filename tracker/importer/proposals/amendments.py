"""A document that is a new version of a programme: compared with its tasks, pairs corrected."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, select

from tracker.domain import Import, Meeting, Programme, Proposal, ProposedMeeting, Task
from tracker.domain.amendment import as_read
from tracker.domain.finding import plain_words, search_words
from tracker.domain.folding import fold
from tracker.domain.proposal import Decision
from tracker.domain.reader import Reader
from tracker.domain.rewording import same_words
from tracker.errors import NotAllowed, Refused
from tracker.importer.proposals.matching import Trait, likeness_of_titles, pair
from tracker.importer.proposals.pairing import (
    SPLIT,
    join,
    note,
    propose_withdrawals,
    refuse_closed,
    unpair,
)
from tracker.queries import amendments as there
from tracker.queries.amendments import Standing
from tracker.queries.imports import meetings_of_import, programme_of_period, proposals_of

T = TypeVar("T")
_LEFT_OUT = "left-out-before"


def recognise(session: Session, made: Import) -> None:
    """Compare a new document with the programme of its period, when the issuer has one."""
    _write_down_what_was_read(session, made)
    programme = programme_of_period(session, made.issuer_id, made.programme.get("period"))
    if programme is not None:
        made.amends_id = programme.id
        _compare(session, made)


def _write_down_what_was_read(session: Session, made: Import) -> None:
    held = {one.ref: one for one in meetings_of_import(session, made.id)}
    for meeting in held.values():
        meeting.read = there.read_meeting(meeting)
    for proposal in proposals_of(session, made.id):
        meeting_of = held.get(proposal.meeting_ref or "")
        sitting = (meeting_of.title, meeting_of.held_on) if meeting_of else None
        proposal.read = as_read(proposal, sitting)


def choose(
    session: Session, made: Import, programme: Programme | None, *, by: Reader, at: datetime
) -> None:
    """Say of which programme a document is a new version, and compare it (again)."""
    refuse_closed(made, by)
    if programme is not None and programme.issuer_id != made.issuer_id:
        raise NotAllowed("import.office-only")
    if programme is None and made.programme_id is not None:
        raise Refused("amendment.taken-already")
    made.amends_id = programme.id if programme else None
    if programme is None:
        _forget_pairs(session, made)
    else:
        _compare(session, made)
    details = {"amends": [None, programme.title if programme else None]}
    note(session, made, details, by=by, at=at)


def _compare(session: Session, made: Import) -> None:
    """Pair the undecided items with tasks and meetings; list what the document does not hold."""
    programme_id = made.amends_id or 0
    _forget_pairs(session, made)
    stands = there.standing(session, programme_id, but=made.id)
    _pair_meetings(session, made, stands)
    _pair_items(session, made, stands)
    session.flush()
    made.replaces_all = _replaces_all(session, made, stands)
    _list_missing(session, made, stands)
    _leave_out_again(session, made)
    made.amends_number = there.latest_number(session, programme_id)
    flag_modified(made, "amends_number")
    session.flush()


def _open_items(session: Session, made: Import) -> list[Proposal]:
    items = proposals_of(session, made.id)
    return [item for item in items if item.decision is Decision.OPEN]


def _taken_tasks(session: Session, made: Import) -> set[int]:
    """Tasks that this document has made or changed already."""
    asked = select(Proposal.task_id).where(
        col(Proposal.import_id) == made.id, col(Proposal.task_id).is_not(None)
    )
    return {task for task in session.exec(asked) if task}


def _forget_pairs(session: Session, made: Import) -> None:
    mine = sa.and_(col(Proposal.import_id) == made.id, col(Proposal.decision) != Decision.ACCEPTED)
    session.execute(sa.delete(Proposal).where(mine, col(Proposal.withdraws)))
    for item in session.exec(select(Proposal).where(mine)):
        unpair(item)
        if any(doubt["code"] == _LEFT_OUT for doubt in item.doubts):
            item.decision = Decision.OPEN
            item.doubts = [doubt for doubt in item.doubts if doubt["code"] != _LEFT_OUT]
    for meeting in meetings_of_import(session, made.id):
        meeting.matched_id = None
    session.flush()


@dataclass(frozen=True)
class _Line(Generic[T]):
    """One printed item of a version, and what was made of it: more than one when it was split."""

    parts: tuple[T, ...]
    trait: Trait


def _pair_items(session: Session, made: Import, stands: Standing) -> None:
    """Pair what is printed with what was printed, then the parts of each."""
    held = {one.ref: one.matched_id for one in meetings_of_import(session, made.id)}
    new = list(_lines_of(_open_items(session, made), held))
    headings = there.headings(session, made.amends_id or 0)
    old = list(_lines_there(stands, headings, taken=_taken_tasks(session, made)))
    for place, other in pair([one.trait for one in new], [one.trait for one in old]).items():
        _pair_parts(session, new[place], old[other], stands)


def _lines_of(items: list[Proposal], held: Mapping[str, int | None]) -> Iterator[_Line[Proposal]]:
    groups: defaultdict[str, list[Proposal]] = defaultdict(list)
    for item in items:
        groups[f"{sorted(item.source.items())} {item.source_text}"].append(item)
    for group in groups.values():
        first = group[0]
        place = _place(
            held.get(first.meeting_ref or ""), first.section[-1] if first.section else ""
        )
        text, number = first.read.get("text", first.text), _number(first.ref)
        yield _Line(tuple(group), Trait(text, first.lead_id, place, first.kind.value, number))


def _lines_there(
    stands: Standing, headings: Mapping[int, str], *, taken: set[int]
) -> Iterator[_Line[Task]]:
    groups: defaultdict[str, list[Task]] = defaultdict(list)
    for task in stands.tasks.values():
        base = stands.bases.get(task.id)
        if task.id not in taken:
            groups[base.item if base and base.item else f"task {task.id}"].append(task)
    for group in groups.values():
        first = group[0]
        base = stands.bases.get(first.id)
        read = base.read if base else {}
        place = _place(first.meeting_id, headings.get(first.section_id or 0, ""))
        text, lead = read.get("text", first.text), read.get("lead_id", first.lead_id)
        number = _number(first.ref or "")
        yield _Line(tuple(group), Trait(text, lead, place, first.kind.value, number))


def _place(meeting: int | None, heading: str) -> str:
    """Where an item stands, whatever number its section has."""
    if meeting is not None:
        return f"meeting {meeting}"
    return " ".join(search_words(heading)[1:])


def _number(ref: str) -> str:
    return ref.rpartition(".")[2]


def _pair_parts(session: Session, new: _Line[Proposal], old: _Line[Task], stands: Standing) -> None:
    """Pair an item with its task; one that a clerk had split is split the same way again."""
    items, tasks = list(new.parts), list(old.parts)
    if len(items) == 1 < len(tasks):
        items = _split_again(session, items[0], old)
    elif len(items) > 1:
        texts = [Trait(item.text) for item in items], [Trait(task.text) for task in tasks]
        found = pair(*texts)
        items, tasks = [items[one] for one in found], [tasks[other] for other in found.values()]
    session.flush()
    for item, task in zip(items, tasks, strict=True):
        join(item, task, stands)


def _split_again(session: Session, item: Proposal, old: _Line[Task]) -> list[Proposal]:
    """As many items as tasks, with their words: what of new words belongs to which is asked."""
    facts, is_same = (
        item.model_dump(exclude={"id", "version"}),
        same_words(item.text, old.trait.text),
    )
    parts = [item, *(Proposal(**facts) for _ in old.parts[1:])]
    asked = [] if is_same else [_of_parts(len(parts))]
    for number, (part, task) in enumerate(zip(parts, old.parts, strict=True), start=1):
        part.ref = f"{facts['ref']}({number})" if number > 1 else part.ref
        part.text, part.deliverables = task.text, list(task.deliverables)
        part.doubts = [*part.doubts, *asked]
    session.add_all(parts)
    return parts


def _of_parts(count: int) -> dict[str, object]:
    return {"code": SPLIT, "facts": {"parts": count}, "question": True}


def _pair_meetings(session: Session, made: Import, stands: Standing) -> None:
    mine = [one for one in meetings_of_import(session, made.id) if one.meeting_id is None]
    scored = sorted(
        (
            (score, -one.id, -meeting.id, one, meeting)
            for one in mine
            for meeting in stands.meetings.values()
            if (score := _likeness(one, meeting)) > 0
        ),
        key=lambda found: found[:3],
        reverse=True,
    )
    used: set[int] = set()
    for _, _, _, one, meeting in scored:
        if one.matched_id is None and meeting.id not in used:
            one.matched_id = meeting.id
            used.add(meeting.id)


def _likeness(one: ProposedMeeting, meeting: Meeting) -> float:
    """How surely an announced meeting is one that is there; 0 when it is another."""
    same_day = one.held_on is not None and one.held_on == meeting.held_on
    title = likeness_of_titles(one.title, meeting.title)
    if title < (0.6 if same_day else 0.85):
        return 0.0
    same_hour = one.starts_at == meeting.starts_at
    return title + 0.3 * same_day + 0.1 * (one.ref == meeting.ref) + 0.05 * same_hour


def _replaces_all(session: Session, made: Import, stands: Standing) -> bool:
    """Whether the document is the whole programme anew and no list of additions."""
    title = fold(made.programme.get("title") or "")
    if "thay the" in title or ("dieu chinh" in title and "bo sung" not in title):
        return True
    owed = {task.id for task in stands.tasks.values() if there.is_still_owed(task)}
    held = {item.matched_id for item in proposals_of(session, made.id)} | _taken_tasks(
        session, made
    )
    return bool(owed) and 2 * len(owed & held) >= len(owed)


def _list_missing(session: Session, made: Import, stands: Standing) -> None:
    items = proposals_of(session, made.id)
    known = {item.matched_id for item in items} | _taken_tasks(session, made)
    # What a clerk once made an item of may stand again where reading takes it for none.
    told = "\n".join(plain_words(passage["text"]) for passage in made.passages)
    missing = [
        task
        for task in stands.tasks.values()
        if task.id not in known and there.is_still_owed(task) and plain_words(task.text) not in told
    ]
    propose_withdrawals(session, made, missing)


def _leave_out_again(session: Session, made: Import) -> None:
    """What a clerk left out of an earlier version is left out again, and can be taken back."""
    before = there.left_out_before(session, made.amends_id or 0, but=made.id)
    known = {plain_words(text) for text in before}
    for item in _open_items(session, made):
        if item.matched_id is None and plain_words(item.text) in known:
            item.decision = Decision.DROPPED
            item.doubts = [*item.doubts, {"code": _LEFT_OUT, "facts": {}}]


def refuse_outdated(session: Session, made: Import) -> None:
    """Raise Refused when the programme has changed since the document was compared with it."""
    if made.amends_id is None:
        if made.programme_id is None and programme_of_period(
            session, made.issuer_id, made.programme.get("period")
        ):
            raise Refused("amendment.programme-there")
        programme_id = made.programme_id
    else:
        programme_id = made.amends_id
    latest = there.latest_number(session, programme_id) if programme_id else 0
    if latest != made.amends_number:
        raise Refused("amendment.newer", number=latest)
