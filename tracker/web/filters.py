"""Saved filters: kept from the list, opened above it, renamed and thrown away on their page."""

from urllib.parse import parse_qsl

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from tracker.errors import Refused
from tracker.queries.filters import filters_of, own_filter, sharing_units, unit_names
from tracker.services import filters
from tracker.web import typed
from tracker.web.lists import address_of
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session

pages = Blueprint("filters", __name__, url_prefix="/filters")


@pages.get("")
def index() -> Response:
    """The reader's filters with what may be done to them, and those of colleagues."""
    return _page(query=address_of(request.args))


def _page(*, query: str = "", problem: str = "", status: int = 200, renaming: int = 0) -> Response:
    return render(
        "filters/index.html",
        status=status,
        filters=filters_of(session(), reader()),
        units=unit_names(session(), sharing_units(reader())),
        query=query,
        problem=problem,
        renaming=renaming,
        typed=request.form,
    )


@pages.post("")
def keep() -> AnyResponse:
    """Keep what the list asks for under a name."""
    query = address_of(MultiDict(parse_qsl(request.form.get("query", ""), max_num_fields=100)))
    try:
        name, unit = typed.text("name"), typed.whole("unit_id")
        filters.keep(session(), name, query, unit_id=unit, by=reader(), at=now())
    except Refused as refusal:
        return _page(query=query, problem=said(refusal), status=422)
    return redirect(f"/tasks?{query}", 303)


@pages.post("/<int(max=2147483647):filter_id>/rename")
def rename(filter_id: int) -> AnyResponse:
    """Give one of the reader's own another name."""
    kept = own_filter(session(), reader(), filter_id)
    try:
        filters.rename(session(), kept, typed.text("name"), by=reader())
    except Refused as refusal:
        return _page(problem=said(refusal), status=422, renaming=filter_id)
    return redirect(url_for("filters.index"), 303)


@pages.post("/<int(max=2147483647):filter_id>/remove")
def remove(filter_id: int) -> AnyResponse:
    """Throw one of the reader's own away."""
    filters.remove(session(), own_filter(session(), reader(), filter_id), by=reader())
    return redirect(url_for("filters.index"), 303)
