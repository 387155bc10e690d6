"""The register of directives: the list, one document with its tasks, the office's care for it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Directive
from tracker.domain.change import Thing
from tracker.domain.directive import KINDS, LONGEST_NUMBER, LONGEST_TITLE, Cited
from tracker.errors import NotAllowed, Refused, Unreadable
from tracker.queries import directives as found
from tracker.queries.attachments import files_of_directive
from tracker.queries.groups import group_of, groups_of, members_of
from tracker.queries.history import NEWEST, history_of
from tracker.queries.tasks import days, unit_choices
from tracker.services import directives as acts
from tracker.services import shares
from tracker.web import typed
from tracker.web.files import examine_first, take_files
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import let_go, now, reader, same_version, session, today

pages = Blueprint("directives", __name__, url_prefix="/directives")

LONGEST_SEARCH = 200
CHANGED = "changed-meanwhile"


@pages.get("")
def index() -> Response:
    """The register; the address holds what was looked for."""
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    year = typed.number_in(request.args.get("year", ""))
    sought = found.Sought(words, year if year in typed.YEARS else None, typed.page_number())
    entries, has_more = found.register(session(), reader(), sought, today=today())
    return render(
        "directives/index.html",
        entries=entries,
        has_more=has_more,
        sought=sought,
        years=found.years(session(), reader()),
        is_office=bool(reader().offices),
    )


@pages.get("/new")
def new() -> Response:
    """The form of a new document."""
    if not reader().offices:
        raise NotAllowed("directive.office-only")
    return _form(None)


@pages.post("/new")
def enter() -> AnyResponse:
    """Enter a document."""
    issuer_id = _issuer()
    try:
        made = acts.enter(session(), _typed(), issuer_id=issuer_id, by=reader(), at=now())
    except Refused as refusal:
        return _form(None, refusal, issuer_id=issuer_id)
    return _back(made)


def _issuer() -> int:
    offices = sorted(reader().offices)
    if not offices:
        raise NotAllowed("directive.office-only")
    return typed.whole("issuer") or offices[0]


def _typed() -> Cited:
    return Cited(
        number=typed.text("number", longest=LONGEST_NUMBER),
        title=typed.text("title", longest=LONGEST_TITLE),
        kind=typed.text("kind", longest=acts.LONGEST_KIND),
        issued_on=typed.day("issued_on"),
        issued_by=typed.text("issued_by", longest=acts.LONGEST_BODY),
        note=typed.text("note"),
    )


def _form(
    directive: Directive | None, refusal: Refused | None = None, *, issuer_id: int = 0
) -> Response:
    status = 409 if refusal and refusal.code == CHANGED else 422 if refusal else 200
    known = refusal is not None and refusal.code == "directive.known"
    offices = [one for one in unit_choices(session()) if one[0] in reader().offices]
    return render(
        "directives/form.html",
        status=status,
        directive=directive,
        facts=request.form if refusal else _as_typed(directive),
        kinds=KINDS,
        issuers=offices if directive is None else [],
        known=acts.known_as(session(), _typed().tidied(), issuer_id) if known else None,
        problem=said(refusal) if refusal else "",
    )


def _as_typed(directive: Directive | None) -> dict[str, Any]:
    return directive.model_dump() if directive else {"kind": KINDS[0]}


def _directive(directive_id: int) -> Directive:
    return found.directive_of(session(), reader(), directive_id)


@pages.get("/<int(max=2147483647):directive_id>")
def show(directive_id: int) -> Response:
    """One document with its tasks, how far they have come, and who still owes something."""
    return _show(_directive(directive_id))


def _show(directive: Directive, *, problem: str = "", doing: str = "") -> Response:
    office = days(session(), today())
    lines = found.tasks_given(session(), reader(), directive, days=office)
    divided = [line.task.id for line in lines if line.task.lead_id is None]
    is_office = reader().serves(directive.issuer_id)
    follows = reader().reads_all or directive.issuer_id in reader().issuers
    counted = found.completions(session(), reader(), [directive.id], today=today())
    return render(
        "directives/show.html",
        status=422 if problem else 200,
        directive=directive,
        keeper=found.keeper(session(), directive),
        lines=lines,
        shared=found.divided_among(session(), divided) if divided and follows else {},
        completion=counted.get(directive.id, found.Completion()),
        laggards=found.laggards(session(), reader(), directive, today=today()) if follows else [],
        papers=files_of_directive(session(), reader(), directive.id),
        groups=groups_of(session(), [directive.issuer_id]) if is_office else [],
        is_office=is_office,
        follows=follows,
        units=unit_choices(session()) if is_office else (),
        history=history_of(session(), Thing.DIRECTIVE, directive.id)[:NEWEST] if follows else [],
        problem=problem,
        doing=doing,
        typed=request.form,
    )


def _back(directive: Directive) -> AnyResponse:
    return redirect(url_for(".show", directive_id=directive.id), 303)


@pages.get("/<int(max=2147483647):directive_id>/edit")
def edit(directive_id: int) -> Response:
    """The form of a document as it stands."""
    directive = _directive(directive_id)
    if not reader().serves(directive.issuer_id):
        raise NotAllowed("directive.office-only")
    return _form(directive)


@pages.post("/<int(max=2147483647):directive_id>/edit")
def save(directive_id: int) -> AnyResponse:
    """Change what the register says of a document."""
    directive = _directive(directive_id)
    if not reader().serves(directive.issuer_id):
        raise NotAllowed("directive.office-only")
    try:
        same_version(typed.whole("version") or 0, directive.version)
        acts.edit(session(), directive, _typed(), by=reader(), at=now())
    except Refused as refusal:
        return _form(directive, refusal, issuer_id=directive.issuer_id)
    return _back(directive)


@pages.post("/<int(max=2147483647):directive_id>/tasks")
def give(directive_id: int) -> AnyResponse:
    """Make a task of what the document says."""
    directive = _directive(directive_id)
    if not reader().serves(directive.issuer_id):
        raise NotAllowed("directive.office-only")
    try:
        task = acts.give(session(), directive, _given(), by=reader(), at=now())
        group = typed.whole("group")
        if group is not None:
            members = members_of(session(), group_of(session(), reader(), group).id)
            shares.divide(session(), task, members, by=reader(), at=now())
    except Refused as refusal:
        # The task itself was written before its units were refused.
        let_go()
        return _show(_directive(directive_id), problem=said(refusal), doing="give")
    if task.lead_id is None and group is None:
        # It waits to be given to a unit or divided among many: both are done on its own page.
        return redirect(url_for("tasks.show", task_id=task.id), 303)
    return _back(directive)


@pages.post("/<int(max=2147483647):directive_id>/files")
def attach(directive_id: int) -> AnyResponse:
    """Put the document itself beside its entry."""
    directive = _directive(directive_id)
    if not reader().serves(directive.issuer_id):
        raise NotAllowed("directive.office-only")
    try:
        examine_first()
        _take(directive)
    except (Refused, Unreadable) as refusal:
        let_go()
        return _show(_directive(directive_id), problem=said(refusal), doing="files")
    return _back(directive)


def _take(directive: Directive) -> None:
    if not take_files(None, directive=directive):
        raise Refused("attachment.none")


def _given() -> acts.Given:
    known = dict(unit_choices(session()))
    lead, supports = typed.whole("lead"), frozenset(typed.numbers("supports"))
    if not supports | ({lead} if lead else set()) <= known.keys():
        raise Refused("form.no-choice")
    said_so = acts.Given(typed.text("text"), lead, due_on=typed.day("due_on"))
    return replace(said_so, supports=supports)
