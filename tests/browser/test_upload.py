"""A clerk hands in a document that takes long, watches its pages being read, and is led on."""

import threading
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_story import SAMPLE, sign_in
from tracker.importer.blocks import Progress
from tracker.importer.meaning.reading import Reading
from tracker.importer.parse import read_programme
from tracker.web import uploads

pytestmark = pytest.mark.browser


class SlowReader:
    """Reads three pages at the test's pace."""

    def __init__(self) -> None:
        self.pages, self.is_over = 1, threading.Event()

    def __call__(self, name: str, data: bytes, *, progress: Progress, **known: Any) -> Reading:
        while not self.is_over.wait(0.2):
            progress(self.pages, 3)
        return read_programme(name, data, **known)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> SlowReader:
    slow = SlowReader()
    monkeypatch.setattr(uploads, "PATIENCE", 0.1)
    monkeypatch.setattr(uploads, "read_apart", slow)
    return slow


def hand_in(page: Page, site: Site) -> None:
    sign_in(page, site, "vanphong@demo.test")
    page.goto(f"{site.address}/imports")
    page.get_by_label("Tệp chương trình").set_input_files(SAMPLE)
    page.get_by_role("button", name="Đọc văn bản").click()


def test_the_progress_is_shown_and_its_end_leads_to_the_review(
    page: Page, site: Site, reader: SlowReader
) -> None:
    hand_in(page, site)
    expect(page.get_by_text("Đã đọc 1/3 trang")).to_be_visible()
    reader.pages = 2
    expect(page.get_by_text("Đã đọc 2/3 trang")).to_be_visible()
    reader.is_over.set()
    expect(page.get_by_text("Mọi mục đều đã rõ.")).to_be_visible()


def test_a_reading_is_stopped_by_its_button(page: Page, site: Site, reader: SlowReader) -> None:
    hand_in(page, site)
    page.get_by_role("button", name="Dừng đọc").click()
    expect(page.get_by_role("heading", name="Nhập văn bản")).to_be_visible()
    expect(page.get_by_text("Dừng đọc")).to_have_count(0)
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join(5)
            assert not thread.is_alive()


def test_where_scripts_are_off_the_page_renews_itself(
    browser: Browser, site: Site, reader: SlowReader
) -> None:
    with browser.new_context(java_script_enabled=False, locale="vi-VN") as plain:
        page = plain.new_page()
        hand_in(page, site)
        expect(page.get_by_text("Đã đọc 1/3 trang")).to_be_visible()
        reader.is_over.set()
        expect(page.get_by_text("Mọi mục đều đã rõ.")).to_be_visible()
