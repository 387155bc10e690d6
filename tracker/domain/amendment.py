"""What a new version of a programme does to a task, and what of it each unit is told; pure."""

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.domain.proposal import Proposal
from tracker.domain.rewording import same_words
from tracker.domain.task import Kind, Status, Task

# A meeting that the programme has (its id), or one that the new version brings (its ref).
Sitting = int | str


class Effect(enum.StrEnum):
    """What becomes of a task; one that is reworded may be moved as well."""

    ADDED = "added"
    REWORDED = "reworded"
    REASSIGNED = "reassigned"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    UNCHANGED = "unchanged"


class News(enum.StrEnum):
    """What a unit is told of it."""

    NEW = "new"
    NEW_PART = "new-part"
    TAKEN = "taken"
    MOVED = "moved"
    REWORDED = "reworded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Facts:
    """What a programme says of a task, as it is compared; the names are those of the history."""

    text: str
    kind: Kind
    lead: int | None = None
    supports: tuple[int, ...] = ()
    due_on: date | None = None
    meeting: Sitting | None = None
    authority: str | None = None
    status: Status = Status.NOT_STARTED
    ref: str | None = None

    @property
    def units(self) -> tuple[int, ...]:
        """Whom the task concerns, the lead first."""
        return (self.lead, *self.supports) if self.lead else self.supports

    @classmethod
    def of(cls, task: Task, supports: tuple[int, ...]) -> "Facts":
        """A task as it stands."""
        return cls(
            text=task.text,
            kind=task.kind,
            lead=task.lead_id,
            supports=tuple(sorted(supports)),
            due_on=task.due_on,
            meeting=task.meeting_id,
            authority=task.authority,
            status=task.status,
            ref=task.ref,
        )


_DIFFERS: Mapping[Effect, Callable[[Facts, Facts], bool]] = {
    Effect.REWORDED: lambda was, now: (
        not (same_words(was.text, now.text) and same_words(was.authority, now.authority))
    ),
    Effect.REASSIGNED: lambda was, now: (was.lead, was.supports) != (now.lead, now.supports),
    Effect.MOVED: lambda was, now: (
        (was.due_on, was.meeting, was.kind) != (now.due_on, now.meeting, now.kind)
    ),
}


# Whether it was, and is, out of the programme.
_BY_PRESENCE = {
    (True, False): Effect.ADDED,
    (False, True): Effect.WITHDRAWN,
    (True, True): Effect.UNCHANGED,
}


def _is_out(facts: Facts | None) -> bool:
    return facts is None or facts.status is Status.WITHDRAWN


def effects(was: Facts | None, now: Facts | None) -> tuple[Effect, ...]:
    """What a version does to a task; None is a task that is not there."""
    was_out, is_out = _is_out(was), _is_out(now)
    if was_out or is_out or was is None or now is None:
        return (_BY_PRESENCE[was_out, is_out],)
    found = tuple(effect for effect, differs in _DIFFERS.items() if differs(was, now))
    return found or (Effect.UNCHANGED,)


_TOLD = {Effect.MOVED: News.MOVED, Effect.REWORDED: News.REWORDED}


def news(was: Facts | None, now: Facts | None) -> Iterator[tuple[int, News]]:
    """(unit, what it is told) for everybody whom a change concerns; nobody hears of others' work.

    A unit that loses the task is told only that; one that gets it reads the whole of it anyway.
    """
    done = effects(was, now)
    before = was.units if was and Effect.ADDED not in done else ()
    after = now.units if now and Effect.WITHDRAWN not in done else ()
    ends = News.WITHDRAWN if Effect.WITHDRAWN in done else News.TAKEN
    yield from ((unit, ends) for unit in before if unit not in after)
    for unit in after:
        if unit in before and not _leads_anew(unit, was, now):
            yield from ((unit, _TOLD[effect]) for effect in done if effect in _TOLD)
        else:
            yield unit, News.NEW if now and unit == now.lead else News.NEW_PART


def _leads_anew(unit: int, was: Facts | None, now: Facts | None) -> bool:
    return bool(was and now) and (unit == was.lead) != (unit == now.lead)  # type: ignore[union-attr]


def as_read(proposal: Proposal, sitting: tuple[str, date | None] | None) -> dict[str, Any]:
    """What the document itself says of an item, to compare its next version with.

    A day that is only inferred is not said; a meeting is told by its title and its day.
    """
    return {
        "text": proposal.text,
        "kind": proposal.kind.value,
        "lead": proposal.lead_text,
        "lead_id": proposal.lead_id,
        "supports": sorted(proposal.support_ids),
        "due_on": None if proposal.due_inferred else _iso(proposal.due_on),
        "meeting": [sitting[0], _iso(sitting[1])] if sitting else None,
        "meeting_ref": proposal.meeting_ref,
        "authority": proposal.authority,
    }


def kept(proposal: Proposal, base: Mapping[str, Any], task: Task) -> frozenset[str]:
    """What of a task stays as it is, because the document says of it what it said before.

    `base` is what the version before said (`as_read`). What the office has changed since then
    (another lead, an extension) is not taken back by a paper that repeats itself; what a clerk
    has corrected in this document is meant. Finished work is only renumbered and reworded.
    """
    if task.status is Status.DONE:
        return frozenset({"kind", "lead", "supports", "due_on", "meeting", "authority"})
    said = proposal.read
    same = {name for name in _COMPARED if base and said and _says_again(name, said, base)}
    mine = {name for name, was_corrected in _CORRECTED.items() if was_corrected(proposal, said)}
    if _keeps_deadline(said, base, task):
        same.add("due_on")
    if base and task.status is Status.WITHDRAWN and not base.get("withdrawn"):
        same.add("status")
    return frozenset(same - mine)


_COMPARED = ("text", "kind", "lead", "supports", "meeting", "authority")
_CORRECTED: Mapping[str, Callable[[Proposal, Mapping[str, Any]], bool]] = {
    "text": lambda item, said: bool(said) and not same_words(item.text, said["text"]),
    "kind": lambda item, said: bool(said) and item.kind != said["kind"],
    "lead": lambda item, said: bool(said) and item.lead_id != said["lead_id"],
    "supports": lambda item, said: bool(said) and sorted(item.support_ids) != said["supports"],
    "meeting": lambda item, said: bool(said) and item.meeting_ref != said["meeting_ref"],
    "authority": lambda item, said: bool(said) and item.authority != said["authority"],
    "due_on": lambda item, said: (
        bool(said) and not item.due_inferred and _iso(item.due_on) != said["due_on"]
    ),
}


def _says_again(name: str, said: Mapping[str, Any], base: Mapping[str, Any]) -> bool:
    now, before = said.get(name), base.get(name)
    if name in {"text", "lead"}:
        return same_words(now, before)
    return bool(now == before)


def _keeps_deadline(said: Mapping[str, Any], base: Mapping[str, Any], task: Task) -> bool:
    """A date written again is no new one; an inferred one does not undo what the office set."""
    written, before = said.get("due_on"), base.get("due_on")
    if written is not None:
        return bool(written == before)
    was_set_by_the_office = before is None or _iso(task.due_on) != before
    return not task.due_inferred and task.due_on is not None and was_set_by_the_office


def foreseen(
    proposal: Proposal,
    was: Facts | None,
    *,
    keeps: frozenset[str],
    sittings: Mapping[Sitting, tuple[Sitting, date | None]],
) -> Facts:
    """What a task will be once the item is taken.

    `sittings` gives, for a meeting's ref in the document and for its id, which meeting it is and
    its day from then on. No day in the document takes no deadline away.
    """
    meeting = sittings.get(proposal.meeting_ref or "", (None, None))[0]
    if was and "meeting" in keeps:
        meeting = was.meeting
    day = sittings.get(meeting or "", (None, None))[1] if proposal.due_inferred else None
    said = Facts(
        text=proposal.text,
        kind=proposal.kind,
        lead=proposal.lead_id,
        supports=tuple(sorted(proposal.support_ids)),
        due_on=day or proposal.due_on,
        meeting=meeting,
        authority=proposal.authority,
        ref=proposal.ref,
    )
    return _beside(said, was, keeps) if was else said


def _beside(said: Facts, was: Facts, keeps: frozenset[str]) -> Facts:
    stays: dict[str, Any] = {name: getattr(was, name) for name in keeps}
    if was.status is not Status.WITHDRAWN:
        stays["status"] = was.status
    if said.due_on is None:
        stays["due_on"] = was.due_on
    for name in ("text", "authority"):
        if same_words(getattr(said, name), getattr(was, name)):
            stays[name] = getattr(was, name)
    return replace(said, **stays)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
