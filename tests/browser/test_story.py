"""The whole story in a browser: import, accept, a department's work, the reminder, its link."""

import re

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, Site
from tests.reminders.office_day import text_of
from tracker import paths
from tracker.cli import main

pytestmark = pytest.mark.browser

SAMPLE = paths.DATA / "programme-2026-02-bac-ninh.md"


def sign_in(page: Page, site: Site, address: str) -> None:
    page.goto(f"{site.address}/login")
    page.get_by_label("Địa chỉ thư điện tử").fill(address)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def import_and_accept(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Nhập văn bản").click()
    page.get_by_label("Tệp chương trình").set_input_files(SAMPLE)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_text("Mọi mục đều đã rõ.")).to_be_visible()
    page.get_by_role("button", name="Đưa vào chương trình").click()
    expect(page.get_by_text("Đã đưa vào chương trình.")).to_be_visible()


def remind(site: Site, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    settings = site.wiring.settings
    monkeypatch.setenv("TRACKER_INSTANCE", str(settings.instance))
    monkeypatch.setenv("TRACKER_DATABASE_URL", settings.database)
    monkeypatch.setenv("TRACKER_SECRET_KEY", settings.secret_key.get_secret_value())
    monkeypatch.setenv("TRACKER_BASE_URL", settings.base_url)
    monkeypatch.setenv("TRACKER_SMTP_URL", settings.smtp_url)
    assert CliRunner().invoke(main, ["remind", "--at", at]).exit_code == 0


def test_from_the_document_to_the_mail_and_back_to_the_task(
    page: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(page, site, "vanphong@demo.test")
    import_and_accept(page)
    sign_out(page)

    sign_in(page, site, "soyte@demo.test")
    page.get_by_role("link", name=re.compile("công tác truyền thông dân số")).first.click()
    page.get_by_role("button", name="Chuyển sang đang thực hiện").click()
    expect(page.locator("aside").get_by_text("Đang thực hiện")).to_be_visible()
    task_address = page.url
    sign_out(page)

    remind(site, monkeypatch, "2026-02-26T07:30")
    [mail] = site.mails_to("soyte@demo.test")
    page.set_content(text_of(mail, "html"))
    page.locator(f"a[href='{task_address}']").first.click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.get_by_label("Địa chỉ thư điện tử").fill("soyte@demo.test")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(task_address)
    expect(page.get_by_text("công tác truyền thông dân số").first).to_be_visible()


def test_a_doubtful_document_is_corrected_item_by_item(page: Page, site: Site) -> None:
    doubtful = SAMPLE.read_text(encoding="utf-8").replace(
        "(*Sở Y tế chuẩn bị*)", "(*Sở Dân số chuẩn bị*)"
    )
    sign_in(page, site, "vanphong@demo.test")
    page.goto(f"{site.address}/imports")
    page.get_by_label("Tệp chương trình").set_input_files(
        {"name": "thang-02.md", "mimeType": "text/markdown", "buffer": doubtful.encode()}
    )
    page.get_by_role("button", name="Đọc văn bản").click()
    first = page.locator("section.card[id^=item-]").first
    expect(first).to_contain_text("Sở Dân số")
    first.get_by_label("Đơn vị chủ trì").fill("Sở Y tế")
    first.get_by_role("button", name="Lưu mục này").click()
    expect(first.locator("dd").first).to_have_text("Sở Y tế")
    page.reload()
    expect(page.get_by_text("Mọi mục đều đã rõ.")).to_be_visible()


@pytest.mark.parametrize("who", ["vanphong", "soyte"])
def test_it_all_works_without_javascript(browser: Browser, site: Site, who: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, f"{who}@demo.test")
    page.get_by_role("link", name="Nhiệm vụ").first.click()
    page.get_by_label("Tìm trong nội dung").fill("xuc tien")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("heading", name="Nhiệm vụ")).to_be_visible()
    context.close()
