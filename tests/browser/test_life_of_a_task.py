"""The whole life of a task in a browser: given, delayed, reported, returned, confirmed, told of."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect
from sqlmodel import col, select

from tests.browser.conftest import Site
from tests.browser.test_pages import faults, keep, view
from tests.browser.test_story import sign_in, sign_out
from tests.importer.hostile_papers import pages_pdf
from tests.reminders.office_day import text_of
from tracker.db import transaction
from tracker.demo import office as demo_office
from tracker.domain import Task, Unit
from tracker.domain.finding import searchable
from tracker.domain.task import Kind
from tracker.mail import SmtpMailer
from tracker.reminders.run import run_once

__all__ = ["view"]
pytestmark = pytest.mark.browser

TEXT = "Đề án nâng cao chất lượng khám bệnh, chữa bệnh tuyến xã"
SAID = (
    "Phân công",
    "Nhận việc",
    "đang lấy ý kiến các xã",
    "215/SYT-KH",
    "Phải kịp phiên họp tháng 4",
    "31/TTr-SYT",
    "Thiếu phụ lục kinh phí",
    "Chấp thuận",
)
PDF = FilePayload(name="Báo cáo đề án.pdf", mimeType="application/pdf", buffer=pages_pdf(2))


@pytest.fixture
def task(site: Site) -> int:
    """A task that no unit leads yet."""
    with transaction(site.wiring.engine) as session:
        issuer = session.exec(select(Unit).where(col(Unit.name) == demo_office.ISSUER)).one()
        at, due_on = site.wiring.clock.now(), date(2026, 3, 20)
        facts: dict[str, Any] = {
            "text": TEXT,
            "search_text": searchable(TEXT, "B.I.7"),
            "ref": "B.I.7",
        }
        days: dict[str, Any] = {
            "created_at": at,
            "updated_at": at,
            "due_on": due_on,
            "original_due_on": due_on,
        }
        made = Task(issuer_id=issuer.id, kind=Kind.TASK, **facts, **days)
        session.add(made)
        session.flush()
        return made.id


@dataclass
class Eyes:
    """Looks at each page of the story: is it accessible, does it fit; keeps a picture if wished."""

    page: Page
    config: pytest.Config
    found: list[str] = field(default_factory=list)

    def __call__(self, name: str) -> None:
        self.found += faults(self.page, name)
        keep(self.page, self.config, f"life-{name}")


@pytest.fixture
def look(view: Page, pytestconfig: pytest.Config) -> Eyes:
    return Eyes(view, pytestconfig)


def as_(page: Page, site: Site, who: str, task: int | None = None) -> None:
    """Sign in as somebody else, and open the task."""
    if page.get_by_role("button", name="Đăng xuất").count():
        sign_out(page)
    sign_in(page, site, f"{who}@demo.test")
    if task:
        page.goto(f"{site.address}/tasks/{task}")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def send_mail(site: Site) -> None:
    """What waits leaves at once, whatever its two minutes."""
    run_once(replace(site.wiring, mailer=SmtpMailer(site.wiring.settings.smtp_url)))


def mails(site: Site, who: str) -> list[str]:
    return [str(mail["Subject"]) for mail in site.mails_to(f"{who}@demo.test")]


def test_from_assignment_to_the_confirmed_result(
    view: Page, site: Site, task: int, look: Eyes
) -> None:
    as_(view, site, "vanphong")
    look("1-van-phong")
    give_to_the_unit(view, task)
    send_mail(site)

    as_(view, site, "soyte")
    look("2-don-vi")
    begin_and_ask_for_time(view, task, look)

    as_(view, site, "vanphong")
    offer_another_day(view, task, look)
    send_mail(site)

    as_(view, site, "soyte")
    take_the_day_and_report(view, task, look)

    as_(view, site, "vanphong", task)
    give_the_report_back(view, look)
    send_mail(site)

    as_(view, site, "soyte")
    report_again(view, task, look)
    send_mail(site)

    as_(view, site, "chanhvanphong", task)
    press(view, "Xác nhận hoàn thành")
    expect(view.locator("dl.facts").get_by_text("Hoàn thành", exact=False).first).to_be_visible()
    look("9-hoan-thanh")
    assert_history(view)
    send_mail(site)
    assert_mails(site)
    assert "\n".join(look.found) == ""


def give_to_the_unit(page: Page, task: int) -> None:
    page.goto(f"{page.url}tasks/{task}")
    page.get_by_role("link", name="Giao đơn vị…").click()
    page.get_by_label("Chủ trì").select_option(label="Sở Y tế")
    press(page, "Lưu phân công")
    expect(page.locator("dl.facts").get_by_text("Sở Y tế")).to_be_visible()


def begin_and_ask_for_time(page: Page, task: int, look: Eyes) -> None:
    page.get_by_role("link", name=TEXT).first.click()
    press(page, "Đã nhận việc")
    page.get_by_label("Đã làm được gì").fill("Đã có dự thảo, đang lấy ý kiến các xã")
    page.get_by_label("Hoàn thành (phần trăm)").fill("50")
    press(page, "Ghi lại")
    expect(page.locator("dl.facts").get_by_text("50%")).to_be_visible()
    look("3-da-nhan")
    page.get_by_role("link", name="Xin gia hạn…").click()
    page.get_by_label("Xin lùi đến ngày").fill("2026-04-10")
    page.get_by_label("Lý do (bắt buộc)").fill("Các xã chưa gửi đủ số liệu")
    page.get_by_label("Số, ký hiệu công văn xin gia hạn").fill("215/SYT-KH")
    look("4-xin-gia-han")
    press(page, "Gửi đề nghị")
    expect(page.get_by_text("đang chờ văn phòng trả lời")).to_be_visible()


def offer_another_day(page: Page, task: int, look: Eyes) -> None:
    expect(page.get_by_text("báo cáo, đề nghị chờ quyết định")).to_be_visible()
    look("5-cho-quyet-dinh")
    page.get_by_role("link", name=TEXT).first.click()
    page.get_by_text("Đề xuất ngày khác…").click()
    page.get_by_label("Ngày văn phòng đề xuất").fill("2026-03-31")
    page.locator("details[open] textarea").fill("Phải kịp phiên họp tháng 4")
    press(page, "Đề xuất ngày khác")
    expect(page.get_by_text("Văn phòng đề xuất lùi đến 31/3/2026")).to_be_visible()


def take_the_day_and_report(page: Page, task: int, look: Eyes) -> None:
    expect(page.get_by_text("được đề xuất ngày khác")).to_be_visible()
    page.get_by_role("link", name=TEXT).first.click()
    look("6-ngay-de-xuat")
    press(page, "Nhận ngày đề xuất")
    expect(page.locator("dl.facts").get_by_text("31/3/2026")).to_be_visible()
    expect(page.locator("dl.facts").get_by_text("20/3/2026")).to_be_visible()
    page.get_by_role("link", name="Báo cáo kết quả").click()
    page.get_by_label("Kết quả đã đạt").fill("Đã trình UBND tỉnh")
    page.get_by_label("Số, ký hiệu văn bản đã ban hành").fill("31/TTr-SYT")
    page.get_by_label("Ngày văn bản").fill("2026-02-25")
    page.get_by_label("Tệp đính kèm").set_input_files(PDF)
    press(page, "Gửi báo cáo")
    expect(page.get_by_text("Báo cáo đang chờ văn phòng xác nhận")).to_be_visible()
    expect(page.get_by_text("Báo cáo đề án.pdf").first).to_be_visible()


def give_the_report_back(page: Page, look: Eyes) -> None:
    look("7-bao-cao")
    page.get_by_text("Trả lại để làm tiếp…").click()
    page.locator("details[open] textarea").fill("Thiếu phụ lục kinh phí")
    press(page, "Trả lại để làm tiếp")
    expect(page.locator("dl.facts").get_by_text("Đang thực hiện")).to_be_visible()


def report_again(page: Page, task: int, look: Eyes) -> None:
    expect(page.get_by_text("báo cáo, đề nghị bị trả lại")).to_be_visible()
    look("8-bi-tra-lai")
    page.get_by_role("link", name=TEXT).first.click()
    expect(page.get_by_text("Thiếu phụ lục kinh phí").first).to_be_visible()
    page.get_by_role("link", name="Báo cáo kết quả").click()
    page.get_by_label("Kết quả đã đạt").fill("Đã bổ sung phụ lục kinh phí")
    press(page, "Gửi báo cáo")
    expect(page.get_by_text("Báo cáo đang chờ văn phòng xác nhận")).to_be_visible()


def assert_history(page: Page) -> None:
    """Every act has its line, with its words."""
    story = page.locator("main").inner_text()
    for words in SAID:
        assert words in story, words


def assert_mails(site: Site) -> None:
    """The unit heard of the task, the offer, the return and the end; the office of the rest."""
    to_unit = mails(site, "soyte")
    for words in ("Việc mới", "Thời hạn do văn phòng đề xuất", "Báo cáo bị trả lại",
                  "Báo cáo được xác nhận"):  # fmt: skip
        assert any(subject.startswith(words) for subject in to_unit), (words, to_unit)
    returned = site.mails_to("soyte@demo.test")[-2]
    assert "“Thiếu phụ lục kinh phí”" in text_of(returned)
    assert any("báo cáo chờ xác nhận" in s.lower() for s in mails(site, "vanphong"))
