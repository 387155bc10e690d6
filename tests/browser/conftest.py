"""The pages in a real browser: Debian's Chromium over a server of this test alone."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from typing import Any

import pytest
from pydantic import SecretStr
from werkzeug.serving import make_server

from tests.reminders.sink import Sink, a_sink
from tracker.app import create_app
from tracker.db import transaction
from tracker.demo import office as demo_office
from tracker.wiring import Wiring

PASSWORD = "mat khau cua ban chay thu"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("the browser tests need Debian's chromium: apt-get install chromium")
    return {"executable_path": chromium, "args": ["--no-sandbox"]}


@dataclass
class Site:
    """A running server, its people and the mail that it sends."""

    address: str
    wiring: Wiring
    sink: Sink

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What arrived for somebody."""
        return [mail for mail in self.sink.letters if address in str(mail["To"])]


@pytest.fixture
def site(wired: Wiring) -> Iterator[Site]:
    """The demo people over an office without a programme, on the morning of 26/02/2026."""
    with a_sink() as sink:
        server = make_server("127.0.0.1", 0, lambda *_: (), threaded=True)
        settings = wired.settings.model_copy(
            update={
                "base_url": f"http://127.0.0.1:{server.server_port}",
                "smtp_url": sink.url,
                "demo_password": SecretStr(PASSWORD),
            }
        )
        with transaction(wired.engine) as session:
            demo_office.seat_everybody(session, settings, at=wired.clock.now())
        made = replace(wired, settings=settings)
        server.app = create_app(made)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Site(settings.base_url, made, sink)
        server.shutdown()
        thread.join()
        server.server_close()
