"""Two people at once: whoever saves second is told what the first one did."""

from flask import request

from tracker import labels
from tracker.domain.change import Thing
from tracker.queries.history import changes_since
from tracker.web import typed
from tracker.web.render import fragment, locale
from tracker.web.request import reader, session

CHANGED = "changed-meanwhile"
# What a button sends by itself.
_CARRIED = frozenset({"csrf_token", "version", "seen", "to", "given_at"})


def told(thing: Thing, key: int) -> str:
    """What was done to a thing, and by whom, since its form was shown; ready for the page.

    The form says what it was shown with by the macro `versioned`.
    """
    seen = typed.number_in(request.form.get("seen", ""))
    about = (thing, key)
    since = [] if seen is None else changes_since(session(), reader(), about, seen=seen)
    if not since:
        return labels.sentence(CHANGED, locale())
    return fragment("errors/_meanwhile.html", since=since, is_typed=_is_typed())


def _is_typed() -> bool:
    return any(words.strip() for name, words in request.form.items() if name not in _CARRIED)
