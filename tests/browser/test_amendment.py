"""A scan is handed in, watched, answered and accepted; then its amended Word version is applied."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_story import sign_in
from tests.importer.readers.pdf_papers import paper_pdf, scan_of
from tests.importer.readers.word_papers import docx, p, r
from tracker.web import uploads

pytestmark = pytest.mark.browser

HEADING = "I. CÁC NỘI DUNG TRÌNH CHỦ TỊCH UBND TỈNH"
FIRST = (
    "1. Kế hoạch truyền thông dân số năm 2026 (Sở Y tế chuẩn bị).",
    "2. Đề án phát triển đô thị thông minh (Trung tâm Đô thị thông minh chuẩn bị).",
    "3. Quyết định công bố rừng năm 2025 (Sở Nông nghiệp và Môi trường chuẩn bị).",
)
SECOND = """ỦY BAN NHÂN DÂN TỈNH BẮC NINH
Bắc Ninh, ngày 10 tháng 3 năm 2026
CHƯƠNG TRÌNH CÔNG TÁC Tháng 3 năm 2026 (điều chỉnh)
I. CÁC NỘI DUNG TRÌNH CHỦ TỊCH UBND TỈNH
1. Đề án phát triển đô thị thông minh và số hóa (Trung tâm Đô thị thông minh chuẩn bị).
2. Kế hoạch truyền thông dân số năm 2026 (Sở Tài chính chuẩn bị).
3. Quyết định công bố rừng năm 2025, trình trước ngày 20/3/2026 (Sở Nông nghiệp và Môi trường).
4. Kế hoạch phòng cháy, chữa cháy năm 2026 (Công an tỉnh chuẩn bị)."""


def hand_in(page: Page, site: Site, name: str, data: bytes) -> None:
    page.goto(f"{site.address}/imports")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_label("Tệp chương trình").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Đọc văn bản").click()


def accept_the_scan(page: Page) -> None:
    expect(page.locator("progress")).to_be_visible()
    expect(page.get_by_text("Tên đơn vị chưa có trong danh bạ")).to_be_visible(timeout=60_000)
    picture = page.locator(".page-picture img").first
    expect(picture).to_have_js_property("naturalWidth", 1000)
    page.locator("#names").get_by_role("button", name="Là đơn vị mới").click()
    expect(page.get_by_text("Mọi mục đều đã rõ.")).to_be_visible()
    page.get_by_role("button", name="Đưa vào chương trình").click()
    expect(page.get_by_text("Đã đưa vào chương trình.")).to_be_visible()


def change(page: Page, words: str) -> Locator:
    """What the comparison says of the item with these words."""
    return page.locator(".change", has=page.locator(".wording", has_text=words))


def test_a_scan_becomes_a_programme_and_its_amendment_a_difference(
    page: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PATIENCE", 0.1)
    sign_in(page, site, "vanphong@demo.test")
    hand_in(page, site, "thang-3.pdf", scan_of(paper_pdf("!" + HEADING, *FIRST)))
    accept_the_scan(page)

    hand_in(
        page, site, "thang-3-dieu-chinh.docx", docx(*(p(r(line)) for line in SECOND.splitlines()))
    )
    page.get_by_role("link", name="Xem so sánh và áp dụng").click()
    expect(page.locator("ins", has_text="số hóa")).to_be_visible()
    expect(change(page, "phòng cháy")).to_contain_text("Thêm mới")
    expect(change(page, "dân số")).to_contain_text("Sở Tài chính")
    expect(change(page, "công bố rừng")).to_contain_text("19/3/2026")
    expect(page.locator("#told")).to_be_visible()
    page.get_by_role("button", name="Áp dụng", exact=True).click()

    page.goto(f"{site.address}/tasks")
    page.get_by_role("link", name=re.compile("công bố rừng")).first.click()
    expect(page.locator(".facts").get_by_text("19/3/2026")).to_be_visible()
    expect(page.get_by_text("điều chỉnh").locator("visible=true").first).to_be_visible()
