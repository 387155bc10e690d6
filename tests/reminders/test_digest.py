"""The letter itself: golden files in both languages, headers, and what must not be in it."""

import re
from datetime import date, time
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import Office, a_meeting, a_task, a_unit
from tests.reminders.office_day import FRIDAY, MEETING, MONDAY, THURSDAY, on, text_of
from tracker.mail import MemoryMailer
from tracker.reminders.run import run_once
from tracker.wiring import Wiring

GOLDEN = Path(__file__).parent / "golden"
LONG = "Xây dựng Kế hoạch phát triển kinh tế - xã hội của tỉnh, trong đó làm rõ trách nhiệm " * 6


@pytest.fixture
def everything(session: Session, office: Office) -> None:
    """One letter with each rule in it: to Sở Tài chính, on Monday 02/3/2026."""
    meeting = a_meeting(
        session, office.issuer, held_on=MEETING, starts_at=time(8), place="Phòng họp số 1 <A> & B"
    )
    an_leads = partial(a_task, session, office.issuer, lead=office.finance)
    an_leads(due_on=date(2026, 2, 13), ref="A.1", text=LONG)
    an_leads(due_on=FRIDAY, ref="A.2", text="Báo cáo <b>thu & chi</b>")
    an_leads(meeting=meeting, due_on=MEETING, ref="B.I.1", text="Tờ trình về dự toán ngân sách")
    soon: dict[str, Any] = {
        "due_on": date(2026, 3, 3),
        "ref": "C.4",
        "text": "Đề án bệnh viện tuyến tỉnh",
    }
    a_task(session, office.issuer, lead=office.health, supports=(office.finance,), **soon)
    session.commit()


def finance_letter(wired: Wiring, mailer: MemoryMailer) -> None:
    run_once(on(wired, MONDAY))
    mailer.letters[:] = [one for one in mailer.letters if "Sở Tài chính" in str(one["To"])]
    assert len(mailer.letters) == 1


def check(name: str, found: str, request: pytest.FixtureRequest) -> None:
    path, text = GOLDEN / name, found.replace("\r\n", "\n")
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest, session: Session, office: Office) -> str:
    """A unit reads Vietnamese; a person who reads for it may have chosen English."""
    office.finance.email, office.an.locale, office.an.name = None, request.param, "Sở Tài chính"
    session.add_all([office.finance, office.an])
    session.commit()
    return str(request.param)


@pytest.mark.usefixtures("everything")
def test_the_letter_is_the_golden_one(
    wired: Wiring, mailer: MemoryMailer, language: str, request: pytest.FixtureRequest
) -> None:
    finance_letter(wired, mailer)
    (letter,) = mailer.letters
    check(f"digest.{language}.txt", f"{letter['Subject']}\n\n{text_of(letter)}", request)
    check(f"digest.{language}.html", text_of(letter, "html"), request)


class Readable(HTMLParser):
    """The words of a page, without what is in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = self.silent or tag == "head"
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent = self.silent and tag != "head"

    def handle_data(self, data: str) -> None:
        self.words += [] if self.silent else data.split()


def readable(html: str) -> Readable:
    page = Readable()
    page.feed(html)
    return page


@pytest.mark.usefixtures("everything")
def test_text_and_html_say_the_same(wired: Wiring, mailer: MemoryMailer) -> None:
    finance_letter(wired, mailer)
    text, page = text_of(mailer.letters[0]), readable(text_of(mailer.letters[0], "html"))
    assert set(re.findall(r"https://\S+", text)) == set(page.links)
    plain = re.sub(r"https://\S+|[-–—·:]", " ", text).casefold().split()
    assert set(plain) == set(re.sub(r"[-–—·:]", " ", " ".join(page.words)).casefold().split())


@pytest.mark.usefixtures("everything")
def test_nobodys_words_become_markup(wired: Wiring, mailer: MemoryMailer) -> None:
    finance_letter(wired, mailer)
    html = text_of(mailer.letters[0], "html")
    assert "Báo cáo &lt;b&gt;thu &amp; chi&lt;/b&gt;" in html
    assert "Phòng họp số 1 &lt;A&gt; &amp; B" in html
    assert "&amp;lt;" not in html


@pytest.mark.usefixtures("everything")
def test_the_letter_watches_nobody(wired: Wiring, mailer: MemoryMailer) -> None:
    finance_letter(wired, mailer)
    html = text_of(mailer.letters[0], "html")
    assert not re.search(r"<img|<script|<link|@import|url\(|\sid=", html)
    assert {link.split("/")[2] for link in readable(html).links} == {"dondoc.example"}


@pytest.mark.usefixtures("everything")
def test_the_headers_are_those_of_a_machine_that_wants_no_answer(
    wired: Wiring, mailer: MemoryMailer
) -> None:
    finance_letter(wired, mailer)
    (letter,) = mailer.letters
    assert letter["From"] == "Đôn đốc <don-doc@office.example>"
    assert letter["To"] == "Sở Tài chính <sotaichinh@office.example>"
    assert letter["Date"].datetime == on(wired, MONDAY).clock.now()
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["List-Id"] == "<don-doc.office.example>"
    assert re.fullmatch(r"<20260302\.unit-3\.[0-9a-f]{16}@office\.example>", letter["Message-ID"])
    assert letter["References"].split()[0] == "<task-1@office.example>"


def test_a_name_with_a_comma_is_still_one_recipient(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.culture, due_on=FRIDAY)
    session.commit()
    run_once(wired)
    assert len(mailer.letters[0]["To"].addresses) == 1


def test_a_line_break_in_a_name_makes_no_header(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    unit = a_unit(session, "Sở X\r\nBcc: chi@office.example", email="x@office.example")
    a_task(session, office.issuer, lead=unit, due_on=FRIDAY)
    session.commit()
    assert run_once(wired).sent == 1
    assert mailer.letters[0]["Bcc"] is None


def test_a_long_list_is_cut_and_counted(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    for _ in range(25):
        a_task(session, office.issuer, lead=office.finance, due_on=date(2026, 2, 13))
    session.commit()
    run_once(wired)
    text = text_of(mailer.letters[0])
    assert (text.count("https://dondoc.example/tasks/"), "Và 5 mục khác" in text) == (21, True)
    assert len(mailer.letters[0]["References"].split()) == 10
    assert mailer.letters[0]["Subject"].startswith("25 nhiệm vụ quá hạn — Sở Tài chính")


def test_a_letter_to_one_unit_says_nothing_of_another(
    session: Session, office: Office, wired: Wiring, mailer: MemoryMailer
) -> None:
    a_task(session, office.issuer, lead=office.finance, due_on=FRIDAY, text="Việc của An")
    a_task(session, office.issuer, lead=office.culture, due_on=FRIDAY, text="Việc của Chi")
    session.commit()
    run_once(on(wired, THURSDAY))
    of_an, of_chi = (text_of(letter) for letter in mailer.letters)
    assert "Việc của Chi" not in of_an
    assert "Việc của An" not in of_chi
