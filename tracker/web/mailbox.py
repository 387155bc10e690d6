"""The mailbox of the demonstration: every mail that the local server received, for reading."""

import mailbox
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple, cast

from flask import Blueprint, Response

from tracker.errors import NotFound
from tracker.web.reminders import bare_letter
from tracker.web.render import render
from tracker.web.request import wiring

NEWEST = 200

pages = Blueprint("mailbox", __name__)


class Mail(NamedTuple):
    """A mail that arrived."""

    key: str
    at: datetime | None
    to: str
    subject: str
    message_id: str
    text: str
    html: str


@pages.get("/mailbox")
def index() -> Response:
    """The mails, newest first."""
    mails = sorted(_mails(), key=_arrival, reverse=True)
    return render("mailbox/index.html", mails=mails)


def _arrival(mail: Mail) -> tuple[float, str]:
    return (mail.at.timestamp() if mail.at else 0.0, mail.key)


# One endpoint for a mail and its HTML: it is the endpoint that the guard lists as public.
@pages.get("/mailbox/<key>", defaults={"part": "page"})
@pages.get("/mailbox/<key>/<any(page, html):part>")
def show(key: str, part: str) -> Response:
    """One mail, or its HTML alone for the frame on that page."""
    mail = _mail_or_404(key)
    if part == "html":
        return bare_letter(mail.html)
    return render("mailbox/show.html", mail=mail)


def _mails() -> Iterator[Mail]:
    box = _box()
    if box is not None:
        yield from (_mail(box, key) for key in sorted(box.keys(), reverse=True)[:NEWEST])


def _box() -> mailbox.Maildir | None:
    folder = cast(Path, wiring().settings.demo_mailbox)
    return mailbox.Maildir(folder, create=False) if (folder / "new").is_dir() else None


def _mail_or_404(key: str) -> Mail:
    box = _box()
    if box is None or key not in box:
        raise NotFound("not-found")
    return _mail(box, key)


def _mail(box: mailbox.Maildir, key: str) -> Mail:
    received = message_from_bytes(box.get_bytes(key), policy=default)
    headers = (str(received.get(name, "")) for name in ("To", "Subject", "Message-ID"))
    parts = (_part(received, kind) for kind in ("plain", "html"))
    return Mail(key, _date(received["Date"]), *headers, *parts)


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return str(body.get_content()) if body else ""


def _date(header: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
