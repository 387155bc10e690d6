"""The list by keyboard and by tick: how a clerk goes through a morning of tasks."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_story import sign_in
from tracker.db import transaction
from tracker.demo import office as demo_office

pytestmark = pytest.mark.browser


@pytest.fixture
def tasks(site: Site, page: Page) -> Page:
    """The list of the sample programme, as the office sees it."""
    with transaction(site.wiring.engine) as session:
        demo_office.take_programme(session, at=site.wiring.clock.now())
    sign_in(page, site, "vanphong@demo.test")
    page.goto(f"{site.address}/tasks")
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_rows_are_walked_ticked_and_opened_by_keyboard(tasks: Page) -> None:
    press(tasks, "j", "x", "j", "ArrowDown", "k", "x")
    expect(tasks.locator("input[name=tasks]:checked")).to_have_count(2)
    expect(tasks.locator("tr.here a.clamp")).to_be_focused()
    press(tasks, "Enter")
    expect(tasks).to_have_url(re.compile(r"/tasks/\d+$"))


def test_letters_typed_into_the_search_are_letters(tasks: Page) -> None:
    press(tasks, "/", "j", "x", "?")
    expect(tasks.locator("#q")).to_have_value("jx?")
    expect(tasks.locator("tr.here")).to_have_count(0)


def test_the_keys_are_explained_and_escape_closes(tasks: Page) -> None:
    press(tasks, "?")
    expect(tasks.get_by_role("dialog", name="Phím tắt của danh sách")).to_be_visible()
    press(tasks, "Escape")
    expect(tasks.get_by_role("dialog")).to_have_count(0)


def test_a_whole_page_is_ticked_also_after_it_was_filtered(tasks: Page) -> None:
    tasks.get_by_label("Thời hạn", exact=True).first.select_option("due-soon")
    expect(tasks).to_have_url(re.compile("timeliness=due-soon"))
    tasks.get_by_label("Đánh dấu cả trang").check()
    tasks.get_by_label("Việc cần làm với").select_option("pause")
    tasks.get_by_role("button", name="Xem trước").click()
    tasks.get_by_label("Lý do").fill("Chờ Trung ương")
    tasks.get_by_role("button", name="Xem trước").click()
    violations: list[Any] = Axe().run(tasks).response["violations"]
    assert violations == []
    tasks.get_by_role("button", name=re.compile(r"Tạm dừng: \d+ nhiệm vụ")).click()
    expect(tasks.get_by_role("status")).to_contain_text("Đã làm xong với")
