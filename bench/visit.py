"""Signing in, so that the load client has the cookie of a person."""

from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

from bench.client import HOST, form_in


class Visit:
    """A browser as small as can be: it keeps cookies."""

    def __init__(self, port: int) -> None:
        self._line = HTTPConnection(HOST, port, timeout=30)
        self._cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """What the Cookie header says."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """The status and body of one answer."""
        heads = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self._line.request(method, path, urlencode(fields or {}), heads)
        answer = self._line.getresponse()
        self._keep(answer)
        return answer.status, answer.read()

    def _keep(self, answer: HTTPResponse) -> None:
        for said in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = said.partition(";")[0].partition("=")
            self._cookies[name] = value

    def enter(self, email: str, password: str) -> None:
        """Sign in; afterwards the cookie also carries the secret of the forms."""
        _, page = self.ask("GET", "/login")
        _, fields = form_in(page, 'name="password"', "/login")
        status, _ = self.ask("POST", "/login", fields | {"email": email, "password": password})
        if status != 303:
            raise SystemExit(f"{email} cannot sign in: {status}")
        status, _ = self.ask("GET", "/tasks")
        if status != 200:
            raise SystemExit(f"/tasks answers {status}")


def cookies_of(port: int, people: set[str], password: str) -> dict[str, str]:
    """The cookie of each person; the empty name is nobody."""
    cookies = {"": ""}
    for email in sorted(people - {""}):
        visit = Visit(port)
        visit.enter(email, password)
        cookies[email] = visit.cookie
    return cookies
