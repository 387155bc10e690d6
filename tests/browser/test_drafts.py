"""Nothing that somebody types is lost: not by a reload, a sign-out elsewhere, or a colleague."""

from datetime import date

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect
from sqlmodel import col, select

from tests.browser.conftest import Site
from tests.browser.test_story import sign_in
from tests.builders import a_task
from tracker.db import transaction
from tracker.demo.office import DOMAIN
from tracker.domain import Person, Post, Unit

pytestmark = pytest.mark.browser
WORDS = "Còn thiếu số liệu của Cục Thuế"
OFFICE = f"vanphong@{DOMAIN}"


@pytest.fixture
def task(site: Site) -> str:
    """A task of the demo's office, by its address."""
    with transaction(site.wiring.engine) as session:
        of_office = select(Unit).join(Post).join(Person).where(col(Person.email) == OFFICE)
        issuer = session.exec(of_office).one()
        return f"{site.address}/tasks/{a_task(session, issuer, due_on=date(2026, 3, 5)).id}"


@pytest.fixture
def written(page: Page, site: Site, task: str) -> Page:
    """Somebody of the office has begun to write a note."""
    sign_in(page, site, OFFICE)
    page.goto(task)
    note(page).press_sequentially(WORDS)
    return page


def note(page: Page) -> Locator:
    return page.get_by_label("Đã làm được gì, còn vướng gì")


def test_a_reload_brings_the_words_back(written: Page) -> None:
    written.reload()
    expect(note(written)).to_have_value(WORDS)
    expect(written.locator("form p[role=status]")).to_contain_text("Đã khôi phục")


def test_saved_words_are_not_brought_back(written: Page, task: str) -> None:
    written.get_by_role("button", name="Ghi lại").click()
    expect(written.locator(".said")).to_have_text(WORDS)
    written.goto(task)
    expect(note(written)).to_have_value("")


def test_one_touch_keeps_the_words_with_the_percentage(written: Page) -> None:
    written.get_by_role("button", name="75%").click()
    expect(written.locator(".said")).to_have_text(WORDS)
    expect(written.get_by_text("Ghi tiến độ · 75%")).to_be_visible()


def test_an_expired_session_loses_nothing(written: Page, site: Site, task: str) -> None:
    written.context.clear_cookies()
    written.get_by_role("button", name="Ghi lại").click()
    sign_in(written, site, OFFICE)
    written.goto(task)
    expect(note(written)).to_have_value(WORDS)


def test_the_next_person_at_this_computer_does_not_find_them(
    written: Page, site: Site, task: str
) -> None:
    with transaction(site.wiring.engine) as session:
        other = session.scalars(sa.select(Person).where(col(Person.email) != OFFICE)).first()
        assert other is not None
        email = other.email
    written.context.clear_cookies()
    sign_in(written, site, email)
    kept = written.evaluate("Object.keys(sessionStorage).filter((name) => name.includes('#'))")
    assert kept == []
