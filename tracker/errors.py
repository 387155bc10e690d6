"""What can go wrong in the office's own terms.

TrackerError
├── Refused      a rule of the office forbids it
├── NotAllowed   this person may not
├── NotFound     there is no such thing for this person
└── Unreadable   a file that cannot be understood

Each carries a code; `labels` holds the sentence of every code in both languages,
and each door (page, command line) translates once.
"""


class TrackerError(Exception):
    """A refusal with a code that `labels` can turn into a sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Refused(TrackerError):
    """A rule of the office forbids the act."""


class NotAllowed(TrackerError):
    """This person may not do it."""


class NotFound(TrackerError):
    """There is no such thing, or this person may not know of it."""


class Unreadable(TrackerError):
    """A document that cannot be read, and why."""
