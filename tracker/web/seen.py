"""Whether a thing is still as its form showed it: two at once never overwrite each other."""

from hashlib import sha256

from flask import request

from tracker.errors import Refused


def facts_seen(thing: object, *names: str) -> str:
    """These facts of a thing in one word, which its form carries."""
    facts = "\n".join(str(getattr(thing, name)) for name in names)
    return sha256(facts.encode()).hexdigest()[:16]


def same_facts(now: str) -> None:
    """Raise Refused when the form was shown before somebody else changed the thing."""
    if request.form.get("seen", now) != now:
        raise Refused("changed-meanwhile")


def status_of(problem: str, code: str) -> int:
    """How a form is answered: as it is, refused, or overtaken by another."""
    if not problem:
        return 200
    return 409 if code == "changed-meanwhile" else 422
