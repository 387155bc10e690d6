"""Screens: one file per area, holding its forms and its views."""

from collections.abc import Iterator

from flask import Blueprint

from tracker.web import (
    amendments,
    calendar,
    documents,
    health,
    home,
    imports,
    mailbox,
    meetings,
    people,
    programmes,
    reminders,
    sign_in,
    tasks,
    units,
    uploads,
)

AREAS = (
    sign_in,
    home,
    tasks,
    meetings,
    programmes,
    uploads,
    imports,
    documents,
    amendments,
    reminders,
    units,
    people,
    calendar,
    health,
)


def areas(*, with_mailbox: bool) -> Iterator[Blueprint]:
    """The blueprints in the order of the menu; the mailbox belongs to the demonstration alone."""
    yield from (area.pages for area in AREAS)
    if with_mailbox:
        yield mailbox.pages
