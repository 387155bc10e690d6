"""Screens: one file per area, holding its forms and its views."""

from collections.abc import Iterator

from flask import Blueprint

from tracker.web import (
    amendments,
    bulk,
    calendar,
    contributions,
    deputies,
    directives,
    directory_import,
    documents,
    files,
    filings,
    filters,
    groups,
    health,
    home,
    imports,
    lists,
    mailbox,
    meetings,
    notes,
    people,
    procedures,
    programmes,
    reminders,
    shares,
    sign_in,
    steps,
    successions,
    tasks,
    units,
    uploads,
)

AREAS = (
    sign_in,
    home,
    lists,
    filters,
    bulk,
    tasks,
    shares,
    contributions,
    groups,
    filings,
    files,
    notes,
    meetings,
    programmes,
    directives,
    procedures,
    steps,
    uploads,
    imports,
    documents,
    amendments,
    reminders,
    units,
    successions,
    people,
    deputies,
    directory_import,
    calendar,
    health,
)


def areas(*, with_mailbox: bool) -> Iterator[Blueprint]:
    """The blueprints in the order of the menu; the mailbox belongs to the demonstration alone."""
    yield from (area.pages for area in AREAS)
    if with_mailbox:
        yield mailbox.pages
