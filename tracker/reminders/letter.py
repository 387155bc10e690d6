"""How a digest looks on the way: subject, text and HTML by template, and the mail's own headers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from zoneinfo import ZoneInfo

from jinja2 import Environment

from tracker.domain import Message
from tracker.reminders.calendar_file import calendar_file
from tracker.reminders.digest import Digest, Line
from tracker.reminders.outbox import domain_of

_REFERENCES = 10  # a header has to stay short


@dataclass(frozen=True)
class Stationery:
    """What every letter of the office has: its templates, its sender, its public address."""

    letters: Mapping[str, Environment]
    sender: str
    base_url: str
    zone: ZoneInfo


@dataclass(frozen=True)
class Words:
    """A digest in words."""

    subject: str
    text: str
    html: str


def compose(digest: Digest, paper: Stationery, *, locale: str) -> Words:
    """The subject, the text and the HTML of a digest; both bodies say the same."""
    pages = paper.letters.get(locale) or paper.letters["vi"]
    facts = {"digest": digest, "base_url": paper.base_url}
    subject, text, html = (
        pages.get_template(f"digest/{name}").render(facts)
        for name in ("subject.txt", "body.txt", "body.html")
    )
    return Words(" ".join(subject.split()), text, html)


def addressed(
    message: Message, words: Words, paper: Stationery, *, digest: Digest, at: datetime
) -> EmailMessage:
    """The mail as it leaves, to one recipient, dated by the office's clock.

    Raises ValueError when an address cannot be written into a header.
    """
    domain, letter = domain_of(paper.sender), EmailMessage(policy=SMTP)
    letter["From"] = _address(*parseaddr(paper.sender))
    letter["To"] = _address(message.name, message.address)
    letter["Subject"] = words.subject
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = message.message_id
    # One name for each thing, so that mail programs put its reminders together.
    letter["References"] = " ".join(f"<{key}@{domain}>" for key in digest.keys[:_REFERENCES])
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter["List-Id"] = f"<don-doc.{domain}>"
    letter.set_content(words.text, cte="base64")
    letter.add_alternative(words.html, subtype="html", cte="base64")
    if digest.meetings:
        _attach_meetings(letter, digest.meetings, paper, at=at)
    return letter


def _attach_meetings(
    letter: EmailMessage, meetings: list[Line], paper: Stationery, *, at: datetime
) -> None:
    domain = domain_of(paper.sender)
    file = calendar_file(meetings, domain=domain, base_url=paper.base_url, zone=paper.zone, at=at)
    letter.add_attachment(
        file, subtype="calendar", filename="hoi-nghi.ics", params={"method": "PUBLISH"}
    )


def _address(name: str, address: str) -> Address:
    user, _, domain = address.strip().rpartition("@")
    if not user or not domain:
        raise ValueError(f"{address}: không phải địa chỉ thư / not a mail address")
    return Address(" ".join(name.split()), user, domain)
