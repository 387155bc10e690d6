"""The screens of units that change: each shows what will happen, and does it when confirmed."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Unit
from tracker.errors import Refused
from tracker.queries import units as directory
from tracker.queries.shares import doubled_parts
from tracker.services import successions as acts
from tracker.services.people import administrator_only
from tracker.services.units import UnitFacts, add_unit
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import let_go, now, reader, session, today

pages = Blueprint("successions", __name__)


@dataclass(frozen=True)
class Heir:
    """A unit that takes over: one there is, or one to be added under its name."""

    name: str
    unit: Unit | None = None


@pages.get("/units/<int(max=2147483647):unit_id>/merge")
def merging(unit_id: int) -> Response:
    """What merging the unit would do, once it is known into which."""
    administrator_only(reader())
    return _merging(directory.unit_of(session(), unit_id))


def _merging(unit: Unit, problem: str = "") -> Response:
    said_of = request.values
    olds = [unit, *_units("also", but=unit)]
    heirs = _heirs("into", "name")
    return render(
        "units/merge.html",
        status=422 if problem else 200,
        unit=unit,
        others=_others(unit),
        olds=[(old, directory.belongings(session(), old)) for old in olds],
        heir=heirs[0] if heirs else None,
        doubled=_doubled(olds, heirs[0]) if heirs else 0,
        typed=said_of,
        also={old.id for old in olds},
        today=today(),
        problem=problem,
    )


def _doubled(olds: list[Unit], heir: Heir) -> int:
    """How many parts are one too many when these are one unit."""
    return doubled_parts(session(), {unit.id for unit in (*olds, heir.unit) if unit})


@pages.post("/units/<int(max=2147483647):unit_id>/merge")
def merge(unit_id: int) -> AnyResponse:
    """Merge units, as the page before has shown."""
    administrator_only(reader())
    unit = directory.unit_of(session(), unit_id)
    try:
        into = _merged(unit)
    except Refused as refusal:
        let_go()
        return _merging(directory.unit_of(session(), unit_id), said(refusal))
    return redirect(url_for("units.show", unit_id=into.id), 303)


def _merged(unit: Unit) -> Unit:
    order, heirs = _order(), _heirs("into", "name")
    if not heirs:
        raise Refused("succession.no-heir")
    olds = [unit, *_units("also", but=unit)]
    into = _made(heirs[0], unit)
    return acts.merge(session(), olds, into, order, by=reader(), at=now())


@pages.get("/units/<int(max=2147483647):unit_id>/split")
def splitting(unit_id: int) -> Response:
    """What splitting the unit would do, and who takes which task and person."""
    administrator_only(reader())
    return _splitting(directory.unit_of(session(), unit_id))


def _splitting(unit: Unit, problem: str = "") -> Response:
    return render(
        "units/split.html",
        status=422 if problem else 200,
        unit=unit,
        others=_others(unit),
        has=directory.belongings(session(), unit),
        heirs=_heirs("into", "names"),
        typed=request.values,
        chosen={one.id for one in _units("into", but=unit)},
        today=today(),
        problem=problem,
    )


@pages.post("/units/<int(max=2147483647):unit_id>/split")
def split(unit_id: int) -> AnyResponse:
    """Split a unit, each task and post where the form says."""
    administrator_only(reader())
    unit = directory.unit_of(session(), unit_id)
    try:
        _split(unit)
    except Refused as refusal:
        let_go()
        return _splitting(directory.unit_of(session(), unit_id), said(refusal))
    return redirect(url_for("units.show", unit_id=unit_id), 303)


def _split(unit: Unit) -> None:
    order = _order()
    into = tuple(_made(heir, unit) for heir in _heirs("into", "names"))
    parting = acts.Parting(into, _chosen("task-", into), _chosen("post-", into))
    acts.split(session(), unit, parting, order, by=reader(), at=now())


def _chosen(prefix: str, into: tuple[Unit, ...]) -> dict[int, int]:
    """Which unit each select of the form names; they say the place in the list of units."""
    found = {}
    for name, place in request.form.items():
        key, index = typed.number_in(name.removeprefix(prefix)), typed.number_in(place)
        if name.startswith(prefix) and key is not None and index is not None:
            found[key] = into[min(index, len(into) - 1)].id
    return found


def _order() -> acts.Order:
    day: date | None = typed.day("on")
    if day is None:
        raise Refused("succession.no-day")
    return acts.Order(day, typed.text("reference", longest=300))


def _heirs(chosen: str, named: str) -> list[Heir]:
    """The units chosen in a list, and those whose names are written, one in each line."""
    found = [Heir(unit.name, unit) for unit in _units(chosen)]
    lines = request.values.get(named, "").splitlines()
    names = dict.fromkeys(" ".join(line.split())[:200] for line in lines)
    return found + [Heir(name) for name in names if name]


def _units(name: str, *, but: Unit | None = None) -> list[Unit]:
    numbers = [typed.number_in(one) for one in request.values.getlist(name)]
    wanted = {number for number in numbers if number is not None}
    units = [unit for unit in directory.named_units(session()) if unit.id in wanted]
    return [unit for unit in units if but is None or unit.id != but.id]


def _others(unit: Unit) -> list[Unit]:
    everybody = directory.named_units(session())
    return [one for one in everybody if one.is_active and one.id != unit.id]


def _made(heir: Heir, beside: Unit) -> Unit:
    facts = UnitFacts(heir.name, beside.parent_id)
    return heir.unit or add_unit(session(), facts, by=reader(), at=now())
