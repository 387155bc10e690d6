"""The load client: keep-alive connections from one process that never waits; 127.0.0.1 only.

`python -m bench.client` reads an order (JSON) from its input and prints what it measured (JSON).
It speaks just as much HTTP as it needs: on a small machine a full client would be the bottleneck.
"""

import html
import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

HOST = "127.0.0.1"
_INPUT = re.compile(rb"<input\b[^>]*>")
_FORM = re.compile(rb"<form\b[^>]*>.*?</form>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r\n]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """A response: its status, its head as it came, its body."""

    status: int
    head: bytes
    body: bytes


Act = Generator[bytes, Answer, bool]


def request(method: str, path: str, cookie: str, body: bytes = b"") -> bytes:
    """A request as it goes over the line."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Accept: text/html"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def show(order: dict[str, Any], n: int) -> Act:
    """Open one page."""
    paths = order["paths"]
    answer = yield request("GET", paths[n % len(paths)], order["cookie"])
    return answer.status == 200


def change(order: dict[str, Any], n: int) -> Act:
    """Open a form, send it with its hidden fields, follow where it leads."""
    cookie, path = order["cookie"], order["paths"][n]
    shown = yield request("GET", path, cookie)
    target, fields = form_in(shown.body, order["form"], path)
    fields |= order["fields"]
    sent = yield request("POST", target, cookie, urlencode(fields).encode())
    leads = _LOCATION.search(sent.head)
    if sent.status not in (302, 303) or leads is None:
        return False
    back = urlsplit(leads[1].decode())
    answer = yield request("GET", back.path + (f"?{back.query}" if back.query else ""), cookie)
    return answer.status == 200


def form_in(page: bytes, marked: str, path: str) -> tuple[str, dict[str, str]]:
    """Where the form that holds `marked` is sent to, and its hidden fields."""
    form = next((f for f in _FORM.findall(page) if marked.encode() in f), b"")
    opening = dict(_ATTRIBUTE.findall(form.partition(b">")[0].decode()))
    inputs = [dict(_ATTRIBUTE.findall(one.decode())) for one in _INPUT.findall(form)]
    hidden = {i["name"]: html.unescape(i.get("value", "")) for i in inputs if hides(i)}
    return html.unescape(opening.get("action", path)), hidden


def hides(one: dict[str, str]) -> bool:
    """Whether an input is a hidden one."""
    return one.get("type") == "hidden" and "name" in one


ACTS = {"show": show, "change": change}


@dataclass
class Line:
    """One keep-alive connection and the act that it is in the middle of."""

    socket: socket.socket
    act: Act | None = None
    began: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def answer(self) -> Answer | None:
        """The next whole response, when there is one."""
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.received[: end + 2])
        length = _LENGTH.search(head)
        whole = end + 4 + (int(length[1]) if length else 0)
        if len(self.received) < whole:
            return None
        body = bytes(self.received[end + 4 : whole])
        del self.received[:whole]
        return Answer(int(head[9:12]), head, body)


@dataclass
class Tally:
    """What has been measured so far."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0

    def note(self, seconds: float, *, good: bool) -> None:
        """Count one finished act."""
        self.seconds.append(seconds)
        self.errors += not good


class Load:
    """Carries out one order: so many acts, or until its time is over."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order = order
        self._left: Iterator[int] = iter(range(order["first"], order["first"] + order["acts"]))
        self._until = time.perf_counter() + order["seconds"]
        self._ready = selectors.DefaultSelector()
        self.tally = Tally()
        self.open = 0

    def run(self) -> None:
        """Keep all connections busy until the order is done."""
        for _ in range(self._order["connections"]):
            line = Line(socket.create_connection((HOST, self._order["port"]), timeout=30))
            self._ready.register(line.socket, selectors.EVENT_READ, line)
            self.open += 1
            self._begin(line)
        while self.open:
            came = self._ready.select(timeout=60)
            if not came:
                raise SystemExit("the server does not answer")
            for key, _ in came:
                self._hear(key.data)

    def _begin(self, line: Line) -> None:
        n = next(self._left, None)
        if n is None or time.perf_counter() > self._until:
            self._close(line)
            return
        line.act = ACTS[self._order["act"]](self._order, n)
        line.began = time.perf_counter()
        line.socket.sendall(next(line.act))

    def _hear(self, line: Line) -> None:
        heard = line.socket.recv(262_144)
        if not heard:
            self.tally.note(time.perf_counter() - line.began, good=False)
            self._close(line)
            return
        line.received += heard
        answer = line.answer()
        if answer is not None and line.act is not None:
            self._go_on(line, line.act, answer)

    def _go_on(self, line: Line, act: Act, answer: Answer) -> None:
        try:
            line.socket.sendall(act.send(answer))
        except StopIteration as done:
            self.tally.note(time.perf_counter() - line.began, good=done.value)
            self._begin(line)

    def _close(self, line: Line) -> None:
        self._ready.unregister(line.socket)
        line.socket.close()
        self.open -= 1


def quantile(sorted_seconds: list[float], share: float) -> float:
    """Milliseconds that this share of the acts did not exceed."""
    last = len(sorted_seconds) - 1
    return round(sorted_seconds[min(last, int(share * len(sorted_seconds)))] * 1000, 2)


def main() -> None:
    """Carry out the order on the standard input."""
    load = Load(json.load(sys.stdin))
    began = time.perf_counter()
    load.run()
    lasted = time.perf_counter() - began
    times = sorted(load.tally.seconds)
    if not times:
        raise SystemExit("there was nothing to do")
    measured = {
        "acts": len(times),
        "per_second": round(len(times) / lasted, 1),
        "p50": quantile(times, 0.5),
        "p95": quantile(times, 0.95),
        "errors": load.tally.errors,
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
