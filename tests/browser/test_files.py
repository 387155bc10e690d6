"""Files chosen or dropped on the page of a task: sent at once, each with its own answer."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_drafts import OFFICE, task
from tests.browser.test_story import sign_in
from tests.importer.hostile_papers import good_docx, pages_pdf
from tests.importer.readers.word_papers import p

__all__ = ["task"]

pytestmark = pytest.mark.browser
# A child process starts for each file, on a machine that may be busy.
WAIT = 60_000
DROPPED = """() => {
  const data = new DataTransfer();
  data.items.add(new File(["xin chào"], "ghi chú.txt", { type: "text/plain" }));
  return data;
}"""


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


@pytest.fixture
def opened(page: Page, site: Site, task: str) -> Page:
    """The office looks at its task."""
    sign_in(page, site, OFFICE)
    page.goto(task)
    return page


def test_one_refused_file_does_not_stop_the_others(opened: Page) -> None:
    secret = payload("mat.docx", good_docx(p("TUYỆT MẬT")))
    opened.set_input_files("#new-files", [secret, payload("Tờ trình.pdf", pages_pdf(2))])
    progress = opened.locator(".uploads li")
    expect(progress.nth(0)).to_contain_text("đóng dấu TUYỆT MẬT", timeout=WAIT)
    expect(progress.nth(1)).to_contain_text("Đã lưu", timeout=WAIT)
    expect(opened.locator("#files-list")).to_contain_text("Tờ trình.pdf")
    expect(opened.locator("#files-list")).not_to_contain_text("mat.docx")


def test_an_upload_does_not_make_the_other_forms_old(opened: Page) -> None:
    opened.set_input_files("#new-files", payload("a.pdf", pages_pdf(1)))
    expect(opened.locator(".uploads li")).to_contain_text("Đã lưu", timeout=WAIT)
    opened.get_by_role("button", name="Chuyển sang đang thực hiện").click()
    expect(opened.get_by_role("alert")).to_have_count(0)
    expect(opened.locator("aside")).to_contain_text("Đang thực hiện")


def test_a_file_is_dropped_on_the_form(opened: Page) -> None:
    data = opened.evaluate_handle(DROPPED)
    opened.dispatch_event("#upload", "drop", {"dataTransfer": data})
    expect(opened.locator("#files-list")).to_contain_text("ghi chú.txt", timeout=WAIT)


def test_a_file_that_waits_can_be_cancelled(opened: Page) -> None:
    many = [payload(f"{number}.pdf", pages_pdf(1)) for number in (1, 2)]
    opened.set_input_files("#new-files", many)
    opened.get_by_role("button", name="Hủy: 2.pdf").click()
    expect(opened.locator(".uploads li").nth(1)).to_contain_text("Đã hủy")
    expect(opened.locator("#files-list")).to_contain_text("1.pdf", timeout=WAIT)
    expect(opened.locator("#files-list")).not_to_contain_text("2.pdf")
