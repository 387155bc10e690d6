"""Every page as each role sees it, on a phone and a desktop: whole, quiet, readable by everyone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sqlmodel import col, select

from tests.browser.conftest import DESKTOP, PHONE, Site
from tests.browser.test_story import sign_in
from tracker.db import reading, transaction
from tracker.demo import office as demo_office
from tracker.domain import Meeting, Message, Task, Unit
from tracker.domain.task import Kind
from tracker.mail import SmtpMailer
from tracker.reminders.run import run_once

pytestmark = pytest.mark.browser

EVERYBODY = ["/", "/tasks", "/tasks?timeliness=due-soon&q=ke+hoach", "/tasks?q=khongco",
             "/tasks/{task}", "/meetings", "/meetings/{meeting}", "/programmes", "/programmes/1",
             "/reminders", "/units", "/units/{unit}", "/people/me", "/calendar",
             "/calendar?year=2027", "/tasks/999999"]  # fmt: skip
OF_THE_ROLE = {
    "vanphong": ["/imports", "/imports/1", "/reminders/{message}"],
    "quantri": ["/people", "/people/1", "/people/new", "/units/new"],
    "soyte": ["/reminders/{message}"],
    "lanhdao": [],
}


@pytest.fixture
def lively(site: Site) -> Site:
    """The site with the sample programme taken in and its first reminders sent."""
    with transaction(site.wiring.engine) as session:
        demo_office.take_programme(session, at=site.wiring.clock.now())
    run_once(replace(site.wiring, mailer=SmtpMailer(site.wiring.settings.smtp_url)))
    return site


def places(site: Site, who: str) -> list[str]:
    """The addresses that the role opens, with the numbers of things it may see."""
    with reading(site.wiring.engine) as session:
        health = session.exec(select(Unit.id).where(col(Unit.name) == "Sở Y tế")).one()
        facts = {
            "unit": health,
            "task": session.exec(
                select(Task.id).where(Task.lead_id == health, Task.kind == Kind.AGENDA)
            ).one(),
            "meeting": session.exec(select(Meeting.id)).one(),
            "message": session.exec(
                select(Message.id).where(Message.recipient == f"unit:{health}")
            ).one(),
        }
    return [place.format(**facts) for place in [*EVERYBODY, *OF_THE_ROLE[who]]]


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def view(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=request.param, locale="vi-VN")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("who", OF_THE_ROLE)
def test_every_page_is_quiet_fits_and_is_accessible(
    lively: Site, view: Page, who: str, pytestconfig: pytest.Config
) -> None:
    said: list[str] = []
    view.on("console", lambda message: said.append(f"{view.url}: {message.text}"))
    sign_in(view, lively, f"{who}@demo.test")
    for place in places(lively, who):
        view.goto(f"{lively.address}{place}")
        said += faults(view, place)
        keep(view, pytestconfig, f"{who}{place}")
    # A page that is not there answers 404, which the browser itself mentions.
    assert "\n".join(words for words in said if "status of 404" not in words) == ""


def faults(page: Page, place: str) -> list[str]:
    """What keeps somebody from using the page: too wide, or against WCAG as far as axe knows."""
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = Axe().run(page).response["violations"]
    wide = [f"{place}: {width} px too wide"] if width > 0 else []
    return wide + [f"{place}: {fault['id']} {fault['nodes'][0]['html'][:160]}" for fault in found]


def keep(page: Page, config: pytest.Config, name: str) -> None:
    """Save a picture of the page when `--screens FOLDER` asks for them."""
    folder = config.getoption("--screens")
    if folder:
        width = page.viewport_size["width"] if page.viewport_size else 0
        file = name.strip("/").replace("/", "-").replace("?", "-").replace("&", "-")
        page.screenshot(path=Path(folder) / f"{file}-{width}.png", full_page=True)
