"""The screens of deputies: naming one, ending it, and acting in the other person's place."""

from flask import Blueprint, redirect, url_for
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Person
from tracker.errors import NotFound, Refused
from tracker.queries import units as directory
from tracker.queries.deputies import deputy_of, entrusted_to
from tracker.services import deputies as acts
from tracker.services.people import administrator_only
from tracker.web import people, typed
from tracker.web.refusals import said
from tracker.web.request import now, reader, session, today
from tracker.web.sign_in import ACTING

pages = Blueprint("deputies", __name__)


@pages.post("/people/me/deputies")
def name_mine() -> AnyResponse:
    """Name one's own deputy for a time."""
    try:
        _name(directory.person_of(session(), reader().person_id))
    except Refused as refusal:
        return people.my_page(said(refusal))
    return redirect(url_for("people.me"), 303)


@pages.post("/people/<int(max=2147483647):person_id>/deputies")
def name(person_id: int) -> AnyResponse:
    """Name a deputy for somebody who is absent."""
    administrator_only(reader())
    person = directory.person_of(session(), person_id)
    try:
        _name(person)
    except Refused as refusal:
        return people.page_of(person, people.PostForm(), said(refusal))
    return redirect(url_for("people.show", person_id=person_id), 303)


def _name(person: Person) -> None:
    deputy_id, starts_on, ends_on = typed.whole("deputy_id"), typed.day("from"), typed.day("to")
    if deputy_id is None or starts_on is None or ends_on is None:
        raise Refused("deputy.days-missing")
    absence = acts.Absence(starts_on, ends_on, typed.text("reason", longest=300))
    by, at = reader(), now()
    acts.name_deputy(session(), person, deputy_id, absence, by=by, at=at, today=today())


@pages.post("/deputies/<int(max=2147483647):deputy_id>/end")
def end(deputy_id: int) -> AnyResponse:
    """End it before its last day."""
    deputy = deputy_of(session(), deputy_id)
    is_mine = reader().person_id in {deputy.person_id, deputy.deputy_id}
    acts.end_deputy(session(), deputy, by=reader(), at=now())
    if is_mine:
        return redirect(url_for("people.me"), 303)
    return redirect(url_for("people.show", person_id=deputy.person_id), 303)


@pages.post("/acting/<int(max=2147483647):person_id>")
def act(person_id: int) -> AnyResponse:
    """Begin to act in the place of somebody who is away."""
    entrusted = entrusted_to(session(), reader().person_id, today())
    if person_id not in {one.person_id for one in entrusted}:
        raise NotFound("not-found")
    cookie[ACTING] = person_id
    return redirect(url_for("home.index"), 303)


@pages.post("/acting/stop")
def stop() -> AnyResponse:
    """Be oneself again."""
    cookie.pop(ACTING, None)
    return redirect(url_for("home.index"), 303)
