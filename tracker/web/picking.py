"""Units chosen by ticking them, by a saved group, or by the unit that they stand below."""

from collections.abc import Iterable
from typing import Any

from flask import request

from tracker.queries import groups
from tracker.web import typed
from tracker.web.request import reader, session

GROUP, BELOW, NONE = "group", "below", "none"


def is_picking() -> bool:
    """Whether the form asks for a quick choice to be ticked, and for nothing to be saved yet."""
    return request.form.get("do") == "pick"


def ticked() -> set[int]:
    """The units that are ticked in the form, with those of the quick choice when asked for."""
    chosen = set(typed.numbers("units"))
    said = request.form.get("pick", "")
    if not is_picking():
        return chosen
    return set() if said == NONE else chosen | meant_by(said)


def meant_by(said: str) -> set[int]:
    """The units of a quick choice such as `group:3` or `below:12`; none when it makes no sense."""
    kind, _, number = said.partition(":")
    key = typed.number_in(number)
    if key is None or kind not in (GROUP, BELOW):
        return set()
    if kind == BELOW:
        return groups.branches(session()).below(key)
    group = groups.group_of(session(), reader(), key)
    return groups.members_of(session(), group.id)


def choices(chosen: set[int], *, has: Iterable[int] = ()) -> dict[str, Any]:
    """What the form of many units shows; a closed unit is named instead of being ticked."""
    everybody, already = groups.branches(session()), set(has)
    return {
        # What is ticked stands on top, to be looked over.
        "units": sorted(everybody.active, key=lambda unit: unit.id not in chosen),
        "chosen": chosen - already,
        "already": already,
        "skipped": everybody.closed(chosen - already),
        "groups": groups.groups_of(session(), reader().offices),
        "tops": everybody.tops(),
    }
