"""How a letter leaves: by SMTP, or into memory for tests and rehearsal."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Protocol, Self
from urllib.parse import parse_qs, unquote, urlsplit

_PERMANENT = range(500, 600)
_GOODBYE_SECONDS = 2.0


class DeliveryError(Exception):
    """The server did not take the letter.

    `permanent`: it never will. `whole_server`: it would take no other letter now either.
    """

    def __init__(self, words: str, *, permanent: bool = False, whole_server: bool = False) -> None:
        super().__init__(words)
        self.permanent = permanent
        self.whole_server = whole_server


class Mailer(Protocol):
    """What delivers letters; used as `with mailer:` so that one connection serves many."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def send(self, letter: EmailMessage) -> None:
        """Hand over one letter to its one recipient; raises DeliveryError."""
        ...


@dataclass
class MemoryMailer:
    """Keeps letters instead of sending them."""

    letters: list[EmailMessage] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, letter: EmailMessage) -> None:
        """Keep the letter."""
        self.letters.append(letter)


@dataclass(frozen=True)
class SmtpAddress:
    """Where the office's mail server is and how to speak to it."""

    host: str
    port: int
    user: str
    password: str
    tls: str  # "none", "starttls" or "smtps"

    @classmethod
    def parse(cls, url: str) -> "SmtpAddress":
        """Read `smtp://user:pass@host:port?starttls=required` or `smtps://…`."""
        parts = urlsplit(url)
        tls = "smtps" if parts.scheme == "smtps" else "none"
        if parse_qs(parts.query).get("starttls") == ["required"]:
            tls = "starttls"
        port = parts.port or {"smtps": 465, "starttls": 587, "none": 25}[tls]
        secret = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname or "127.0.0.1", port, *secret, tls)


class SmtpMailer:
    """Sends by one SMTP connection, opened with the first letter and reopened when it breaks."""

    def __init__(self, url: str, *, timeout: float = 15.0) -> None:
        self._address = SmtpAddress.parse(url)
        self._timeout = timeout
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._hang_up()

    def send(self, letter: EmailMessage) -> None:
        """Hand over one letter; raises DeliveryError with the server's own words."""
        server = self._connected()
        try:
            _hand_over(server, letter)
        except smtplib.SMTPRecipientsRefused as refusal:
            code, words = next(iter(refusal.recipients.values()))
            raise self._refused(code, words) from refusal
        except (smtplib.SMTPSenderRefused, smtplib.SMTPHeloError) as refusal:
            # We ourselves are refused: no other letter would fare better.
            raise DeliveryError(_spoken(refusal), whole_server=True) from refusal
        except smtplib.SMTPNotSupportedError as lacking:
            # This letter alone asks for it: an address with letters beyond ASCII.
            raise DeliveryError(_spoken(lacking), permanent=True) from lacking
        except smtplib.SMTPResponseException as refusal:
            raise self._refused(refusal.smtp_code, refusal.smtp_error) from refusal
        except (OSError, smtplib.SMTPException) as broken:
            self._drop()
            # A silent server is silent to all; one that hung up may dislike this letter alone.
            raise DeliveryError(_spoken(broken), whole_server=_timed_out(broken)) from broken

    def _refused(self, code: int, words: bytes | str) -> DeliveryError:
        text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        # 421 closes the channel: the next letter needs a new connection, later.
        if code == 421:
            self._drop()
        return DeliveryError(
            f"{code} {text}", permanent=code in _PERMANENT, whole_server=code == 421
        )

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = self._connect()
            except (OSError, smtplib.SMTPException) as broken:
                raise DeliveryError(_spoken(broken), whole_server=True) from broken
        return self._server

    def _connect(self) -> smtplib.SMTP:
        to = self._address
        server: smtplib.SMTP
        if to.tls == "smtps":
            server = smtplib.SMTP_SSL(
                to.host, to.port, timeout=self._timeout, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(to.host, to.port, timeout=self._timeout)
        try:
            self._greet(server)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP) -> None:
        if self._address.tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self._address.user:
            server.login(self._address.user, self._address.password)

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                _shorten_patience(server)
                server.quit()
            server.close()

    def _drop(self) -> None:
        # No farewell: a server that does not answer would cost a second timeout.
        server, self._server = self._server, None
        if server is not None:
            server.close()


def _hand_over(server: smtplib.SMTP, letter: EmailMessage) -> None:
    heads = dict(letter.raw_items())
    sender, to = (parseaddr(str(heads[name]))[1] for name in ("From", "To"))
    if (sender + to).isascii():
        server.sendmail(sender, to, letter.as_bytes())
    else:
        # It knows how to ask the server for addresses with other letters.
        server.send_message(letter)


def _shorten_patience(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        server.sock.settimeout(_GOODBYE_SECONDS)


def _timed_out(broken: Exception) -> bool:
    # smtplib tells of a timeout while reading as of a connection that was closed.
    return isinstance(broken, TimeoutError) or isinstance(broken.__context__, TimeoutError)


def _spoken(broken: Exception) -> str:
    if isinstance(broken, smtplib.SMTPResponseException):
        words = broken.smtp_error
        text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        return f"{broken.smtp_code} {text}"
    return str(broken) or repr(broken)
