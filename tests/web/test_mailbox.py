"""The mailbox of the demonstration: open to all there, absent everywhere else."""

import mailbox
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Browser
from tracker.app import create_app
from tracker.wiring import Wiring


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mailbox"


@pytest.fixture
def visitor(wired: Wiring, folder: Path) -> FlaskClient:
    """Somebody who opens the demonstration without signing in."""
    settings = wired.settings.model_copy(update={"demo_mailbox": folder})
    return create_app(replace(wired, settings=settings)).test_client()


def deliver(folder: Path, subject: str, date: str) -> str:
    mail = EmailMessage()
    mail["To"], mail["Subject"], mail["Date"] = "Sở Tài chính <stc@tinh.vn>", subject, date
    mail.set_content("Mở https://dondoc.example/tasks/1")
    mail.add_alternative("<html><head></head><b style='color:red'>Mở</b></html>", subtype="html")
    return mailbox.Maildir(folder).add(mail)


def test_a_mailbox_that_nobody_wrote_to_says_so(visitor: FlaskClient) -> None:
    assert "Chưa có thư nào" in visitor.get("/mailbox").text
    assert visitor.get("/mailbox/1.x").status_code == 404


def test_mails_are_listed_newest_first(visitor: FlaskClient, folder: Path) -> None:
    deliver(folder, "Thư sau", "Thu, 26 Feb 2026 00:30:00 +0000")
    deliver(folder, "Thư trước", "Wed, 25 Feb 2026 00:30:00 +0000")
    page = visitor.get("/mailbox").text
    assert page.index("Thư sau") < page.index("Thư trước")
    assert "07:30 26/02/2026" in page


def test_a_mail_shows_its_text_with_links(visitor: FlaskClient, folder: Path) -> None:
    key = deliver(folder, "Nhắc việc", "Thu, 26 Feb 2026 00:30:00 +0000")
    page = visitor.get(f"/mailbox/{key}").text
    assert 'href="https://dondoc.example/tasks/1"' in page
    assert f'src="/mailbox/{key}/html"' in page


def test_the_html_of_a_mail_is_shut_in_a_sandbox(visitor: FlaskClient, folder: Path) -> None:
    key = deliver(folder, "Nhắc việc", "Thu, 26 Feb 2026 00:30:00 +0000")
    answer = visitor.get(f"/mailbox/{key}/html")
    assert "color:red" in answer.text
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("date", ["", "hôm qua"])
def test_a_mail_without_a_readable_date_is_still_shown(
    visitor: FlaskClient, folder: Path, date: str
) -> None:
    key = deliver(folder, "Nhắc việc", date)
    assert "Nhắc việc" in visitor.get("/mailbox").text
    assert visitor.get(f"/mailbox/{key}").status_code == 200


@pytest.mark.parametrize("key", ["khong-co", "..%2f..%2fetc%2fpasswd"])
def test_a_mail_that_is_not_there_is_not_found(
    visitor: FlaskClient, folder: Path, key: str
) -> None:
    deliver(folder, "Nhắc việc", "")
    assert visitor.get(f"/mailbox/{key}").status_code == 404


def test_a_real_office_has_no_mailbox(admin: Browser) -> None:
    assert admin.get("/mailbox").status_code == 404
