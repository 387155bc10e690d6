"""A mail's parts and headers, written as they leave: a morning's letters are all of one form.

The standard library parses each header when it is set and folds it again when it is sent, which
costs more than all the rest of a letter. Here they are encoded once; whoever looks at a header
afterwards still gets it parsed.
"""

import secrets
from binascii import b2a_base64
from collections.abc import Iterable
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

_WIDTH = 76
_FOLD = "\r\n "


class _Encoded(EmailPolicy):
    """Headers come encoded and folded, and leave as they came."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keep the text; a line that begins a new header is refused."""
        if any(line[:1] not in (" ", "\t") for line in str(value).splitlines()[1:]):
            raise ValueError(f"{name}: a line break / một dòng bị ngắt")
        return name, value


_POLICY = _Encoded(linesep="\r\n", refold_source="none")


class Part(EmailMessage):
    """A mail or a part of one, which is put together without looking at it again."""

    def __init__(self, *pieces: "Part") -> None:
        super().__init__(policy=_POLICY)
        self._pieces = pieces
        # "=_" stands in no line of base64.
        self.between = f"=_{secrets.token_hex(12)}"
        for piece in pieces:
            self.attach(piece)

    def as_bytes(self, unixfrom: bool = False, policy: Any = None) -> bytes:  # noqa: ARG002, FBT001, FBT002 - the library's own signature
        """The mail as it leaves; its lines end as SMTP wants them."""
        heads = (f"{name}: {value}\r\n" for name, value in self.raw_items())
        return "".join([*heads, "\r\n"]).encode("ascii") + self._body()

    def _body(self) -> bytes:
        if not self._pieces:
            return str(self.get_payload()).encode("ascii")
        line = f"--{self.between}".encode("ascii")
        pieces = (line + b"\r\n" + piece.as_bytes() + b"\r\n" for piece in self._pieces)
        return b"".join([*pieces, line, b"--\r\n"])


def text(kind: str, said: str, **facts: str) -> Part:
    """A part of text, in base64: its lines are long and not ASCII."""
    part = Part()
    noted = "".join(f'; {name}="{fact}"' for name, fact in facts.items())
    part["Content-Type"] = f'text/{kind}; charset="utf-8"{noted}'
    part["Content-Transfer-Encoding"] = "base64"
    lines = said.encode().splitlines()
    part.set_payload(_base64(b"\r\n".join([*lines, b""])))
    return part


def _base64(said: bytes) -> str:
    letters = b2a_base64(said, newline=False).decode("ascii")
    lines = (letters[at : at + _WIDTH] for at in range(0, len(letters), _WIDTH))
    return "\r\n".join([*lines, ""])


def together(kind: str, *parts: Part) -> Part:
    """Several parts as one."""
    whole = Part(*parts)
    whole["Content-Type"] = f'multipart/{kind}; boundary="{whole.between}"'
    return whole


def words(said: str, *, after: str = "") -> str:
    """Words for a header, whatever letters they have; `after` is what stands before them."""
    return Header(said, "utf-8", maxlinelen=_WIDTH, header_name=after).encode(linesep="\r\n")


def address(name: str, where: str) -> str:
    """A recipient or sender; raises ValueError when `where` is no mail address."""
    user, _, domain = where.strip().rpartition("@")
    if not user or not domain:
        raise ValueError(f"{where}: không phải địa chỉ thư / not a mail address")
    exact = Address(username=user, domain=domain).addr_spec
    said = words(" ".join(name.split()), after="From: ")
    return f"{said}{_FOLD}<{exact}>" if said else exact


def list_of(names: Iterable[str]) -> str:
    """Many names in one header, a line for each."""
    return _FOLD.join(names)
