"""A real mail server on 127.0.0.1 that keeps what it takes and can be told to misbehave."""
# ruff: noqa: ARG002, N802 - the server calls its hooks by name and place

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """What arrived, in order; `answer` is what the server says to a letter, "" for hanging up."""

    letters: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    to_recipient: dict[str, str] = field(default_factory=dict)
    slowness: float = 0.0
    takes_before_it_hangs_up: bool = False
    peers: set[Any] = field(default_factory=set)
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def names(self) -> Counter[str]:
        """How often each letter arrived, by its Message-ID."""
        return Counter(str(letter["Message-ID"]) for letter in self.letters)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.peers.add(session.peer)
        envelope.rcpt_tos.append(address)
        return self.to_recipient.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.slowness)
        if self.answer.startswith("250") or self.takes_before_it_hangs_up:
            assert isinstance(envelope.content, bytes)
            self.letters.append(message_from_bytes(envelope.content, policy=default))
        if not self.answer and server.transport:
            server.transport.close()
        return self.answer or "250 nobody hears this"


class _OnAnyPort(Controller):
    """A server on the port that the system gave."""

    def __init__(self, sink: Sink) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        sink.port = self._socket.getsockname()[1]
        super().__init__(sink, hostname="127.0.0.1", port=sink.port)

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


@contextmanager
def a_sink() -> Iterator[Sink]:
    sink = Sink()
    server = _OnAnyPort(sink)
    server.start()
    yield sink
    server.stop()
