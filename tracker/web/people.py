"""The screens of people: their care by the administrator, and everybody's own account."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask import session as cookie
from flask_login import login_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse
from wtforms import IntegerField, PasswordField, StringField

from tracker.domain import Person
from tracker.domain.change import Thing
from tracker.domain.person import Role
from tracker.errors import Refused
from tracker.queries import deputies as stand_ins
from tracker.queries import units as directory
from tracker.queries.history import history_of
from tracker.queries.people import reader_of
from tracker.services import people as acts
from tracker.services.people import administrator_only
from tracker.web import typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import keep_even_if_refused, now, reader, session, today
from tracker.web.seen import facts_seen, same_facts, status_of

ON_A_PAGE = 50
# The password that was just made, kept in the administrator's own cookie until it is shown once.
_HANDED = "handed-password"

pages = Blueprint("people", __name__)


class PersonForm(FlaskForm):
    """Who somebody is."""

    name = StringField()
    email = StringField()

    def facts(self) -> acts.NameAndAddress:
        """The form as the service takes it; Refused when a field is too long."""
        name, email = typed.text("name", longest=120), typed.text("email", longest=254)
        return acts.NameAndAddress(name, email)


class PostForm(FlaskForm):
    """What somebody does, and where."""

    role = StringField()
    unit_id = IntegerField()


class NewPersonForm(PersonForm, PostForm):
    """Somebody new with their first post."""


class PasswordForm(FlaskForm):
    """The old password and the new one."""

    old = PasswordField()
    new = PasswordField()


@pages.get("/people")
def index() -> Response:
    """Everybody who may sign in, or those whose name or address holds the words."""
    administrator_only(reader())
    words, page = request.args.get("q", ""), typed.page_number()
    found = directory.people_matching(session(), words)
    start = (page - 1) * ON_A_PAGE
    return render(
        "people/index.html",
        people=found[start : start + ON_A_PAGE],
        seats=directory.seats(session()),
        words=words,
        page=page,
        has_more=len(found) > start + ON_A_PAGE,
        total=len(found),
    )


@pages.get("/people/<int(max=2147483647):person_id>")
def show(person_id: int) -> Response:
    """One person with their posts and history."""
    administrator_only(reader())
    return page_of(directory.person_of(session(), person_id), PostForm())


def page_of(person: Person, form: PostForm, problem: str = "") -> Response:
    """The page of somebody, with the sentence of what was refused."""
    handed = cookie.get(_HANDED)
    password = cookie.pop(_HANDED)[1] if handed and handed[0] == person.id else None
    return render(
        "people/show.html",
        status=422 if problem else 200,
        person=person,
        password=password,
        is_me=person.id == reader().person_id,
        seats=directory.seats_of(session(), person),
        candidates=stand_ins.everybody_else(session(), person.id),
        deputies=stand_ins.deputies_of(session(), person.id, today()),
        typed=request.form,
        entries=history_of(session(), Thing.PERSON, person.id),
        form=form,
        problem=problem,
        **_choices(),
    )


def _choices() -> dict[str, Any]:
    units = [unit for unit in directory.named_units(session()) if unit.is_active]
    return {"roles": list(Role), "units": units}


@pages.get("/people/new")
def new() -> Response:
    """The form of somebody new."""
    administrator_only(reader())
    return _new(NewPersonForm())


def _new(form: NewPersonForm, problem: str = "") -> Response:
    status = 422 if problem else 200
    return render("people/new.html", status=status, form=form, problem=problem, **_choices())


@pages.post("/people/new")
def add() -> AnyResponse:
    """Add somebody with a post and a password that is shown once."""
    form = NewPersonForm()
    try:
        person = _added(form)
    except Refused as refusal:
        return _new(form, said(refusal))
    return _back(person)


def _added(form: NewPersonForm) -> Person:
    facts, password = form.facts(), acts.new_password()
    person = acts.add(session(), *facts, password=password, by=reader(), at=now())
    _give(person)
    cookie[_HANDED] = [person.id, password]
    return person


def _give(person: Person) -> None:
    role, unit_id = typed.word_in(request.form.get("role", ""), Role), typed.whole("unit_id")
    if role is None or unit_id is None:
        raise Refused("person.post-missing")
    unit = directory.unit_of(session(), unit_id)
    acts.give_post(session(), person, role, unit, by=reader(), at=now())


@pages.get("/people/<int(max=2147483647):person_id>/edit")
def edit(person_id: int) -> Response:
    """The form of somebody's name and address."""
    administrator_only(reader())
    person = directory.person_of(session(), person_id)
    return _form(person, PersonForm(obj=person))


@pages.post("/people/<int(max=2147483647):person_id>/edit")
def save(person_id: int) -> AnyResponse:
    """Change somebody's name or address."""
    administrator_only(reader())
    person, form = directory.person_of(session(), person_id), PersonForm()
    try:
        same_facts(facts_seen(person, "name", "email"))
        acts.edit(session(), person, form.facts(), by=reader(), at=now())
    except Refused as refusal:
        return _form(person, form, said(refusal), code=refusal.code)
    return _back(person)


def _form(person: Person, form: PersonForm, problem: str = "", *, code: str = "") -> Response:
    return render(
        "people/form.html",
        status=status_of(problem, code),
        person=person,
        form=form,
        problem=problem,
        seen=facts_seen(person, "name", "email"),
        changed=person if code == "changed-meanwhile" else None,
    )


@pages.post("/people/<int(max=2147483647):person_id>/posts")
def appoint(person_id: int) -> AnyResponse:
    """Give somebody a post."""
    administrator_only(reader())
    person, form = directory.person_of(session(), person_id), PostForm()
    try:
        _give(person)
    except Refused as refusal:
        return page_of(person, form, said(refusal))
    return _back(person)


@pages.post("/people/<int(max=2147483647):person_id>/posts/<int(max=2147483647):post_id>/remove")
def dismiss(person_id: int, post_id: int) -> AnyResponse:
    """Take a post from somebody."""
    person = directory.person_of(session(), person_id)
    post = directory.post_of(session(), person, post_id)
    try:
        acts.take_post(session(), post, by=reader(), at=now())
    except Refused as refusal:
        return page_of(person, PostForm(), said(refusal))
    return _back(person)


@pages.post("/people/<int(max=2147483647):person_id>/disable")
def disable(person_id: int) -> AnyResponse:
    """Let somebody no longer sign in."""
    return _set_disabled(directory.person_of(session(), person_id), disabled=True)


@pages.post("/people/<int(max=2147483647):person_id>/enable")
def enable(person_id: int) -> AnyResponse:
    """Let somebody sign in again."""
    return _set_disabled(directory.person_of(session(), person_id), disabled=False)


def _set_disabled(person: Person, *, disabled: bool) -> AnyResponse:
    try:
        acts.set_disabled(session(), person, disabled=disabled, by=reader(), at=now())
    except Refused as refusal:
        return page_of(person, PostForm(), said(refusal))
    return _back(person)


@pages.post("/people/<int(max=2147483647):person_id>/password")
def renew(person_id: int) -> AnyResponse:
    """Make a new password for somebody, shown once to the administrator."""
    administrator_only(reader())
    person, password = directory.person_of(session(), person_id), acts.new_password()
    if person.id == reader().person_id:
        return redirect(url_for("people.me"), 303)
    acts.set_password(session(), person, password, by=reader(), at=now())
    cookie[_HANDED] = [person.id, password]
    return _back(person)


def _back(person: Person) -> AnyResponse:
    return redirect(url_for("people.show", person_id=person.id), 303)


@pages.get("/people/me")
def me() -> Response:
    """One's own account."""
    return my_page()


@pages.post("/people/me")
def change_mine() -> AnyResponse:
    """Change one's own password; every other session of the person ends, this one goes on."""
    person, form = directory.person_of(session(), reader().person_id), PasswordForm()
    old, new_one = form.old.data or "", form.new.data or ""
    try:
        acts.change_password(session(), person, old=old, new=new_one, at=now())
    except Refused as refusal:
        keep_even_if_refused()
        return my_page(said(refusal))
    login_user(reader_of(session(), reader().person_id))
    return redirect(url_for("people.me", changed=1), 303)


def my_page(problem: str = "") -> Response:
    """One's own account, with the sentence of what was refused."""
    person = directory.person_of(session(), reader().person_id)
    return render(
        "people/me.html",
        status=422 if problem else 200,
        person=person,
        seats=directory.seats_of(session(), person),
        candidates=_candidates(person),
        deputies=stand_ins.deputies_of(session(), person.id, today()),
        typed=request.form,
        shortest=acts.SHORTEST_PASSWORD,
        is_changed="changed" in request.args and not problem,
        problem=problem,
    )


def _candidates(person: Person) -> list[Person]:
    choice = stand_ins.everybody_else if reader().is_administrator else stand_ins.may_stand_in
    return choice(session(), person.id)
