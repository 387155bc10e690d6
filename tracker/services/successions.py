"""What happens when units merge, split, or hand their open work to another; nothing is lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker import labels
from tracker.domain import (
    Alias,
    Filing,
    GroupMember,
    Post,
    Proposal,
    SavedFilter,
    Succession,
    Support,
    Task,
    Unit,
)
from tracker.domain.change import Act, Thing
from tracker.domain.filing import OPEN
from tracker.domain.folding import fold
from tracker.domain.proposal import Decision
from tracker.domain.reader import Reader
from tracker.domain.task import Contribution, Status
from tracker.domain.unit import SuccessionKind
from tracker.errors import Refused
from tracker.queries.shares import has_open_part
from tracker.queries.units import aliases_of, has_active_head, heirs_of, parts_of, unit_of
from tracker.services.history import record, signed
from tracker.services.open_filings import lapse
from tracker.services.people import administrator_only
from tracker.services.shares import follow


@dataclass(frozen=True)
class Order:
    """The decision that orders a change of units: its day, and its number as written."""

    on: date
    reference: str = ""


@dataclass(frozen=True)
class Parting:
    """Who takes what when a unit splits; what is not named goes to the first."""

    into: tuple[Unit, ...]
    tasks: Mapping[int, int] = field(default_factory=dict)
    posts: Mapping[int, int] = field(default_factory=dict)


Choice = Callable[[int], int]


def merge(
    session: Session,
    olds: Sequence[Unit],
    into: Unit,
    order: Order,
    *,
    by: Reader | None,
    at: datetime,
) -> Unit:
    """Let a unit take over from others in whole: open work, people, parts, names, mailbox.

    Where both have a part of one divided task, that of the new unit is kept.
    The closed tasks stay under the old names; the people of the new unit read them too.
    """
    administrator_only(by)
    if not olds:
        raise Refused("succession.nothing")
    for old in olds:
        _refuse(session, old, (into,))
    for old in olds:
        _merge_one(session, old, into, by=by, at=at)
        _close(session, old, (into,), (SuccessionKind.MERGED, order), by=by, at=at)
    _keep_approval(session, olds, (into,), by=by, at=at)
    return into


def _refuse(session: Session, old: Unit, into: Iterable[Unit]) -> None:
    if old.issues:
        raise Refused("succession.issuer", unit=old.name)
    for unit in (old, *into):
        if not unit.is_active:
            raise Refused("succession.closed", unit=unit.name)
    if old.id in {unit.id for unit in into}:
        raise Refused("succession.itself", unit=old.name)
    taken = {heir.unit.id for heir in heirs_of(session, old)} & {unit.id for unit in into}
    if taken:
        raise Refused("succession.again", unit=old.name)


def _merge_one(session: Session, old: Unit, into: Unit, *, by: Reader | None, at: datetime) -> None:
    _place(session, old, into)
    _pass_open_work(session, old, lambda _: into.id, by=by, at=at)
    _pass_people(session, old, lambda _: into.id, by=by, at=at)
    _pass_groups(session, old, (into,))
    _pass_filters(session, old, into)
    _pass_drafts(session, old, into)
    _pass_names(session, old, into)
    into.email = into.email or old.email
    session.add(into)


def split(
    session: Session,
    old: Unit,
    parting: Parting,
    order: Order,
    *,
    by: Reader | None,
    at: datetime,
) -> Unit:
    """Let several units take over from one, each open task and post where the parting says.

    Its names stay its own: a paper that still writes them is asked about.
    """
    administrator_only(by)
    if len({unit.id for unit in parting.into}) < 2:
        raise Refused("succession.two-at-least")
    _refuse(session, old, parting.into)
    known, first = {unit.id for unit in parting.into}, parting.into[0]

    def chosen(given: Mapping[int, int]) -> Choice:
        return lambda key: given[key] if given.get(key) in known else first.id

    _place(session, old, first)
    _pass_open_work(session, old, chosen(parting.tasks), by=by, at=at)
    _pass_people(session, old, chosen(parting.posts), by=by, at=at)
    _pass_groups(session, old, parting.into)
    _pass_filters(session, old, first)
    _close(session, old, parting.into, (SuccessionKind.SPLIT, order), by=by, at=at)
    _keep_approval(session, (old,), parting.into, by=by, at=at)
    return old


def hand_over(session: Session, old: Unit, to: Unit, *, by: Reader | None, at: datetime) -> int:
    """Give another unit everything open that one leads or supports; returns how many tasks."""
    administrator_only(by)
    if not to.is_active:
        raise Refused("succession.closed", unit=to.name)
    if to.id == old.id:
        raise Refused("succession.itself", unit=old.name)
    return _pass_open_work(session, old, lambda _: to.id, by=by, at=at)


def _place(session: Session, old: Unit, into: Unit) -> None:
    """Hang what is below the old unit under the new one, which may itself be below the old."""
    if old.id in _path_up(session, into):
        into.parent_id = old.parent_id
    for part in parts_of(session, old):
        if part.id != into.id:
            part.parent_id = into.id
            session.add(part)
    session.flush()


def _path_up(session: Session, unit: Unit) -> set[int]:
    path: set[int] = set()
    above = unit.parent_id
    while above is not None and above not in path:
        path.add(above)
        above = unit_of(session, above).parent_id
    return path


def _pass_open_work(
    session: Session, old: Unit, choose: Choice, *, by: Reader | None, at: datetime
) -> int:
    helped = select(Support.task_id).where(col(Support.unit_id) == old.id)
    mine = ~col(Task.is_closed) & ((col(Task.lead_id) == old.id) | col(Task.id).in_(helped))
    tasks = list(session.exec(select(Task).where(mine).order_by(col(Task.id))))
    supports = _supports(session, mine)
    for task in tasks:
        heir = choose(task.id)
        if task.lead_id == old.id and has_open_part(session, task, heir):
            _give_up_part(session, task, (old, unit_of(session, heir)), by=by, at=at)
        else:
            step = (old.id, heir)
            _pass_task(session, task, supports.get(task.id, []), step, by=by, at=at)
    _pass_filings(session, old, choose)
    session.flush()
    return len(tasks)


def _supports(session: Session, which: sa.ColumnElement[bool]) -> dict[int, list[Support]]:
    found: dict[int, list[Support]] = {}
    asked = select(Support).join(Task, col(Task.id) == col(Support.task_id)).where(which)
    for support in session.exec(asked):
        found.setdefault(support.task_id, []).append(support)
    return found


def _give_up_part(
    session: Session, part: Task, step: tuple[Unit, Unit], *, by: Reader | None, at: datetime
) -> None:
    """No unit has two parts of one task: the old unit's stays its own, and is asked of nobody."""
    old, new = step
    why = labels.sentence("succession.second-part", old=old.name, new=new.name)
    before, part.status = part.status, Status.WITHDRAWN
    part.submitted_on, part.updated_at = None, at
    session.add(part)
    session.flush()
    details = {"status": [before, Status.WITHDRAWN]}
    record(session, (Act.STATUS, Thing.TASK, part.id), by=by, at=at, details=details, reason=why)
    lapse(session, part, why=why, by=by, at=at)
    # The other part is open, so that no day of finishing is written.
    follow(session, part, by=by, at=at, on=at.date())


def _pass_task(
    session: Session,
    task: Task,
    supports: list[Support],
    step: tuple[int, int],
    *,
    by: Reader | None,
    at: datetime,
) -> None:
    old, new = step
    lead, helps = task.lead_id, sorted(one.unit_id for one in supports)
    task.lead_id = new if lead == old else lead
    kept = [one for one in supports if _still_helps(session, task, supports, one, step)]
    task.updated_at = at
    session.add(task)
    # A contribution's key is its unit: it moves before the line that tells of it.
    session.flush()
    details = {
        "lead": [lead, task.lead_id],
        "supports": [helps, sorted(one.unit_id for one in kept)],
    }
    record(session, (Act.ASSIGNED, Thing.TASK, task.id), by=by, at=at, details=details)


def _still_helps(
    session: Session, task: Task, supports: list[Support], one: Support, step: tuple[int, int]
) -> bool:
    """Move the part of the old unit; drop one that nobody owes now, unless something was given."""
    old, new = step
    if one.unit_id not in step:
        return True
    others = {support.unit_id for support in supports if support is not one}
    is_double = new == task.lead_id or (one.unit_id == old and new in others)
    if is_double and one.state is Contribution.EXPECTED:
        session.delete(one)
        return False
    if one.unit_id == old and not is_double:
        one.unit_id = new
        session.add(one)
    return True


def _pass_filings(session: Session, old: Unit, choose: Choice) -> None:
    waiting = col(Filing.state).in_(OPEN) & (col(Filing.unit_id) == old.id)
    for filing in session.exec(select(Filing).where(waiting)):
        filing.unit_id = choose(filing.task_id)
        session.add(filing)


def _pass_people(
    session: Session, old: Unit, choose: Choice, *, by: Reader | None, at: datetime
) -> None:
    for post in list(session.exec(select(Post).where(col(Post.unit_id) == old.id))):
        unit = unit_of(session, choose(post.id))
        said = [f"{labels.label(post.role)} — {one.name}" for one in (old, unit)]
        record(
            session,
            (Act.ASSIGNED, Thing.PERSON, post.person_id),
            by=by,
            at=at,
            details={"post": said},
        )
        if _is_held(session, post, unit.id):
            session.delete(post)
        else:
            post.unit_id = unit.id
            session.add(post)
        session.flush()


def _is_held(session: Session, post: Post, unit_id: int) -> bool:
    same = (col(Post.person_id) == post.person_id) & (col(Post.role) == post.role)
    asked = select(Post.id).where(same, col(Post.unit_id) == unit_id)
    return session.exec(asked).first() is not None


def _keep_approval(
    session: Session,
    olds: Sequence[Unit],
    into: Iterable[Unit],
    *,
    by: Reader | None,
    at: datetime,
) -> None:
    """Where the head of an old unit approved its papers, the head of the new one does."""
    wanted = any(old.head_approves for old in olds)
    for unit in into if wanted else ():
        if not unit.head_approves and has_active_head(session, unit):
            unit.head_approves = True
            session.add(unit)
            told = {"head_approves": [False, True]}
            record(session, (Act.EDITED, Thing.UNIT, unit.id), by=by, at=at, details=told)
    session.flush()


def _pass_groups(session: Session, old: Unit, into: Iterable[Unit]) -> None:
    for member in list(session.exec(select(GroupMember).where(col(GroupMember.unit_id) == old.id))):
        session.delete(member)
        for unit in into:
            session.merge(GroupMember(group_id=member.group_id, unit_id=unit.id))
    session.flush()


def _pass_filters(session: Session, old: Unit, into: Unit) -> None:
    """Saved filters of the unit go along, and those that ask for it ask for the new one."""
    for one in session.exec(select(SavedFilter)):
        asked = parse_qsl(one.query, keep_blank_values=True)
        if one.unit_id == old.id:
            one.unit_id = into.id
        if ("unit", str(old.id)) in asked:
            moved = [(k, str(into.id) if (k, v) == ("unit", str(old.id)) else v) for k, v in asked]
            one.query = urlencode(moved)
        session.add(one)


def _pass_drafts(session: Session, old: Unit, into: Unit) -> None:
    """Items of documents still under review name the new unit."""
    undecided = col(Proposal.task_id).is_(None) & (col(Proposal.decision) == Decision.OPEN)
    for item in session.exec(select(Proposal).where(undecided)):
        item.lead_id = into.id if item.lead_id == old.id else item.lead_id
        item.support_ids = _swapped(item.support_ids, old, into)
        item.share_ids = _swapped(item.share_ids, old, into)


def _swapped(ids: list[int], old: Unit, into: Unit) -> list[int]:
    return list(dict.fromkeys(into.id if unit == old.id else unit for unit in ids))


def _pass_names(session: Session, old: Unit, into: Unit) -> None:
    """Papers that still write an old name mean the new unit."""
    known = {alias.folded for alias in aliases_of(session, into)} | {fold(into.name)}
    given_up = aliases_of(session, old)
    names = [old.name, *(alias.text for alias in given_up)]
    for alias in given_up:
        session.delete(alias)
    session.flush()
    for name in names:
        if fold(name) not in known:
            known.add(fold(name))
            session.add(Alias.written(name, into.id, is_former=True))


def _close(
    session: Session,
    old: Unit,
    into: Sequence[Unit],
    how: tuple[SuccessionKind, Order],
    *,
    by: Reader | None,
    at: datetime,
) -> None:
    kind, order = how
    old.is_active = False
    session.add(old)
    facts: dict[str, Any] = {"kind": kind, "on": order.on, "reference": order.reference, "at": at}
    names = {unit.id: unit.name for unit in into}
    session.add_all(
        Succession(old_id=old.id, new_id=new, by_id=signed(by), **facts) for new in names
    )
    session.flush()
    told: dict[str, list[Any]] = {"day": [None, labels.day(order.on)]}
    if order.reference:
        told["reference"] = [None, order.reference]
    act = Act.MERGED if kind is SuccessionKind.MERGED else Act.SPLIT
    heirs = told | {"into": [None, ", ".join(names.values())]}
    record(session, (act, Thing.UNIT, old.id), by=by, at=at, details=heirs)
    for new in names:
        heired = told | {"merged": [None, old.name]}
        record(session, (act, Thing.UNIT, new), by=by, at=at, details=heired)
    session.flush()
