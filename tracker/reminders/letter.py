"""How a digest looks on the way: subject, text and HTML by template, and the mail's own headers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, Template

from tracker.domain import Message
from tracker.reminders import mime
from tracker.reminders.calendar_file import calendar_file
from tracker.reminders.digest import Digest, Line
from tracker.reminders.news import News
from tracker.reminders.notices import Notice
from tracker.reminders.outbox import domain_of

Letter = Digest | Notice | News

_REFERENCES = 10  # a header has to stay short
_SAID = ("title", "advice", "when", "meeting")


class Pages:
    """The templates of one language, with what they say alike in letter after letter."""

    def __init__(self, letters: Environment) -> None:
        names = ("subject.txt", "body.txt", "body.html")
        self._templates = [letters.get_template(f"digest/{name}") for name in names]
        self._notices = [letters.get_template(f"amended/{name}") for name in names]
        self._news = [letters.get_template(f"news/{name}") for name in names]
        words = letters.get_template("digest/_words.txt")
        self._said = {name: _said_once(words, name) for name in _SAID}

    def render(self, digest: Letter, paper: "Stationery") -> list[str]:
        """The subject, the text and the HTML."""
        facts: dict[str, Any] = {"base_url": paper.base_url, "zone": paper.zone}
        if isinstance(digest, News):
            return [template.render(facts | {"news": digest}) for template in self._news]
        if isinstance(digest, Notice):
            return [template.render(facts | {"notice": digest}) for template in self._notices]
        facts |= self._said | {"digest": digest}
        return [template.render(facts) for template in self._templates]


def _said_once(words: Template, name: str) -> Callable[..., str]:
    """A macro of the shared words that remembers what it said: many things have one deadline."""
    macro = getattr(words.module, name)
    # The macro calls its text safe; the HTML has to escape it.
    return cache(lambda *facts: "".join([macro(*facts)]))


@dataclass(frozen=True)
class Stationery:
    """What every letter of the office has: its templates, its sender, its public address."""

    letters: Mapping[str, Environment]
    sender: str
    base_url: str
    zone: ZoneInfo
    _read: dict[str, Pages] = field(default_factory=dict)

    def pages(self, locale: str) -> Pages:
        """The templates of a language, read once for a run."""
        if locale not in self._read:
            self._read[locale] = Pages(self.letters[locale])
        return self._read[locale]


@dataclass(frozen=True)
class Words:
    """A digest in words."""

    subject: str
    text: str
    html: str


def compose(digest: Letter, paper: Stationery, *, locale: str) -> Words:
    """The subject, the text and the HTML of a digest; both bodies say the same."""
    pages = paper.pages(locale if locale in paper.letters else "vi")
    subject, text, html = pages.render(digest, paper)
    return Words(" ".join(subject.split()), text, html)


def addressed(
    message: Message, words: Words, paper: Stationery, *, digest: Letter, at: datetime
) -> EmailMessage:
    """The mail as it leaves, to one recipient, dated by the office's clock.

    Raises ValueError when an address cannot be written into a header.
    """
    domain = domain_of(paper.sender)
    bodies = mime.together(
        "alternative", mime.text("plain", words.text), mime.text("html", words.html)
    )
    letter = _with_meetings(bodies, digest.meetings, paper, at=at)
    letter["MIME-Version"] = "1.0"
    letter["From"] = mime.address(*parseaddr(paper.sender))
    letter["To"] = mime.address(message.name, message.address)
    letter["Subject"] = mime.words(words.subject, after="Subject: ")
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = message.message_id
    # One name for each thing, so that mail programs put its reminders together.
    letter["References"] = mime.list_of(f"<{key}@{domain}>" for key in digest.keys[:_REFERENCES])
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter["List-Id"] = f"<don-doc.{domain}>"
    return letter


def _with_meetings(
    bodies: mime.Part, meetings: list[Line], paper: Stationery, *, at: datetime
) -> mime.Part:
    if not meetings:
        return bodies
    domain = domain_of(paper.sender)
    file = calendar_file(meetings, domain=domain, base_url=paper.base_url, zone=paper.zone, at=at)
    attached = mime.text("calendar", file, method="PUBLISH")
    attached["Content-Disposition"] = 'attachment; filename="hoi-nghi.ics"'
    return mime.together("mixed", bodies, attached)
