"""The screens of units: the tree for everybody, its care for the administrator."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, IntegerField, StringField

from tracker.domain import Alias, Unit
from tracker.domain.change import Thing
from tracker.errors import Refused
from tracker.queries import units as directory
from tracker.queries.history import history_of
from tracker.services import units as acts
from tracker.services.people import administrator_only
from tracker.services.successions import hand_over
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session
from tracker.web.seen import facts_seen, same_facts, status_of

pages = Blueprint("units", __name__)


class UnitForm(FlaskForm):
    """What the administrator writes about a unit."""

    name = StringField()
    parent_id = IntegerField()
    email = StringField()
    issues = BooleanField()

    def facts(self) -> acts.UnitFacts:
        """The form as the service takes it; Refused when a field cannot be read."""
        name, email = typed.text("name", longest=200), typed.text("email", longest=254)
        return acts.UnitFacts(name, typed.whole("parent_id"), email, bool(self.issues.data))


class AliasForm(FlaskForm):
    """Another name of a unit."""

    text = StringField()
    is_former = BooleanField()


@pages.get("/units")
def index() -> Response:
    """The tree."""
    branches = directory.tree(session())
    silent = [one for one in branches if one.unit.is_active and not one.unit.email]
    return render("units/index.html", branches=branches, silent=silent, **_sight())


@pages.get("/units/<int(max=2147483647):unit_id>")
def show(unit_id: int) -> Response:
    """One unit with its people, other names and history."""
    return _page(directory.unit_of(session(), unit_id), AliasForm())


def _page(unit: Unit, alias: AliasForm, problem: str = "") -> Response:
    return render(
        "units/show.html",
        status=422 if problem else 200,
        unit=unit,
        parent=directory.unit_of(session(), unit.parent_id) if unit.parent_id else None,
        parts=directory.parts_of(session(), unit),
        heirs=directory.heirs_of(session(), unit),
        forebears=directory.forebears_of(session(), unit),
        others=_others(unit),
        seats=directory.seats_in(session(), unit),
        aliases=directory.aliases_of(session(), unit),
        open_tasks=directory.open_tasks_led_by(session(), unit),
        entries=history_of(session(), Thing.UNIT, unit.id) if _sees_addresses() else [],
        form=alias,
        problem=problem,
        may_set_approval=reader().is_administrator or unit.id in reader().heads,
        **_sight(),
    )


def _others(unit: Unit) -> list[Unit]:
    if not reader().is_administrator:
        return []
    everybody = directory.named_units(session())
    return [one for one in everybody if one.is_active and one.id != unit.id]


def _sight() -> dict[str, Any]:
    return {"sees_addresses": _sees_addresses(), "may_edit": reader().is_administrator}


def _sees_addresses() -> bool:
    return reader().is_administrator or reader().is_office


@pages.get("/units/new")
def new() -> Response:
    """The form of a new unit."""
    administrator_only(reader())
    return _form(UnitForm(), None)


@pages.post("/units/new")
def add() -> AnyResponse:
    """Add a unit."""
    form = UnitForm()
    try:
        unit = acts.add_unit(session(), form.facts(), by=reader(), at=now())
    except Refused as refusal:
        return _form(form, None, said(refusal))
    return _back(unit)


@pages.get("/units/<int(max=2147483647):unit_id>/edit")
def edit(unit_id: int) -> Response:
    """The form of a unit as it stands."""
    administrator_only(reader())
    unit = directory.unit_of(session(), unit_id)
    return _form(UnitForm(obj=unit), unit)


@pages.post("/units/<int(max=2147483647):unit_id>/edit")
def save(unit_id: int) -> AnyResponse:
    """Change a unit; another name is shown with what follows from it before it is given."""
    administrator_only(reader())
    unit, form = directory.unit_of(session(), unit_id), UnitForm()
    try:
        facts = form.facts()
        same_facts(_seen(unit))
        if facts.tidied().name != unit.name and "confirmed" not in request.form:
            return _renaming(unit)
        acts.edit_unit(session(), unit, facts, by=reader(), at=now())
    except Refused as refusal:
        return _form(form, unit, said(refusal), code=refusal.code)
    return _back(unit)


def _renaming(unit: Unit) -> Response:
    open_tasks = directory.open_tasks_led_by(session(), unit)
    return render("units/rename.html", unit=unit, typed=request.form, open_tasks=open_tasks)


def _seen(unit: Unit | None) -> str:
    """The facts of a unit in one word, by which a later save knows that nobody changed them."""
    return facts_seen(unit, "name", "parent_id", "email", "issues") if unit else ""


def _form(form: UnitForm, unit: Unit | None, problem: str = "", *, code: str = "") -> Response:
    units = [one for one in directory.named_units(session()) if one is not unit]
    return render(
        "units/form.html",
        status=status_of(problem, code),
        form=form,
        unit=unit,
        units=units,
        problem=problem,
        seen=_seen(unit),
        changed=unit if code == "changed-meanwhile" else None,
    )


@pages.post("/units/<int(max=2147483647):unit_id>/approval")
def approval(unit_id: int) -> AnyResponse:
    """Let the unit's papers go through its head first, or no longer."""
    unit, wanted = directory.unit_of(session(), unit_id), request.form.get("head_approves") == "1"
    try:
        acts.set_head_approves(session(), unit, wanted=wanted, by=reader(), at=now())
    except Refused as refusal:
        return _page(unit, AliasForm(), said(refusal))
    return _back(unit)


@pages.post("/units/<int(max=2147483647):unit_id>/close")
def close(unit_id: int) -> AnyResponse:
    """Close a unit, its open work given to another if the form names one."""
    administrator_only(reader())
    unit = directory.unit_of(session(), unit_id)
    try:
        to = typed.whole("to")
        if to is not None:
            heir = directory.unit_of(session(), to)
            hand_over(session(), unit, heir, by=reader(), at=now())
        acts.close_unit(session(), unit, by=reader(), at=now())
    except Refused as refusal:
        return _page(unit, AliasForm(), said(refusal))
    return _back(unit)


@pages.post("/units/<int(max=2147483647):unit_id>/reopen")
def reopen(unit_id: int) -> AnyResponse:
    """Let a closed unit work again."""
    unit = directory.unit_of(session(), unit_id)
    return _back(acts.reopen_unit(session(), unit, by=reader(), at=now()))


@pages.post("/units/<int(max=2147483647):unit_id>/aliases")
def call(unit_id: int) -> AnyResponse:
    """Let documents call the unit by another name."""
    unit, form = directory.unit_of(session(), unit_id), AliasForm()
    try:
        text, is_former = typed.text("text", longest=200), bool(form.is_former.data)
        alias = Alias.written(text, unit_id, is_former=is_former)
        acts.add_alias(session(), alias, by=reader(), at=now())
    except Refused as refusal:
        return _page(unit, form, said(refusal))
    return _back(unit)


@pages.post("/units/<int(max=2147483647):unit_id>/aliases/<int(max=2147483647):alias_id>/remove")
def uncall(unit_id: int, alias_id: int) -> AnyResponse:
    """Forget another name."""
    unit = directory.unit_of(session(), unit_id)
    alias = directory.alias_of(session(), unit, alias_id)
    acts.remove_alias(session(), alias, by=reader(), at=now())
    return _back(unit)


def _back(unit: Unit) -> AnyResponse:
    return redirect(url_for("units.show", unit_id=unit.id), 303)
