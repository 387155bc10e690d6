"""The letter of news as it is read: golden files in both languages, links, nothing cut unsaid."""

import re
from datetime import date

import pytest
from sqlmodel import Session

from tests.builders import Office, a_task
from tests.reminders.happenings import Days, Told
from tests.reminders.office_day import text_of
from tests.reminders.test_digest import check, readable
from tracker.domain.change import Act
from tracker.domain.filing import FilingKind
from tracker.domain.note import NoteKind
from tracker.mail import MemoryMailer
from tracker.reminders.run import run_once
from tracker.wiring import Wiring

FAR = date(2026, 6, 1)
REPORT, EXTENSION, REFUSAL = FilingKind
FINANCE = "sotaichinh@"


@pytest.fixture
def busy_morning(days: Days, office: Office, session: Session) -> None:
    """One letter to Sở Tài chính with most kinds of news in it."""
    tasks = [
        a_task(session, office.issuer, lead=office.finance, due_on=FAR, ref=f"A.{n}", text=text)
        for n, text in enumerate(("Báo cáo <b>thu & chi</b>", "Đề án tự chủ", "Kế hoạch 18"), 1)
    ]
    days.answer(days.file(tasks[0], REPORT), Act.SENT_BACK, "Thiếu <phụ lục> & số liệu")
    offered = days.file(tasks[1], EXTENSION, asked_on=date(2026, 7, 1))
    offered.offered_on = date(2026, 6, 15)
    days.answer(offered, Act.OFFERED, "Phải xong trước kỳ họp")
    days.act(Act.URGED, tasks[2], office.specialist, reason="Đã hai lần nhắc")
    for text in ("Tờ trình giá đất", "Rà soát tài sản công"):
        new = a_task(session, office.issuer, due_on=FAR, text=text)
        days.assign(new, office.finance.id)
    helped = a_task(session, office.issuer, lead=office.health, text="Đề án bệnh viện")
    days.assign(helped, office.health.id, office.finance.id)
    days.say(tasks[2], NoteKind.QUESTION, office.specialist)


@pytest.mark.usefixtures("busy_morning")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_letter_is_the_golden_one(
    session: Session, office: Office, ten: Wiring, mailer: MemoryMailer, language: str,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    office.finance.email, office.an.locale, office.an.name = None, language, "Sở Tài chính"
    session.add_all([office.finance, office.an])
    session.commit()
    run_once(ten)
    (letter,) = (one for one in mailer.letters if "Sở Tài chính" in str(one["To"]))
    check(f"news.{language}.txt", f"{letter['Subject']}\n\n{text_of(letter)}", request)
    check(f"news.{language}.html", text_of(letter, "html"), request)


@pytest.mark.usefixtures("busy_morning")
def test_text_and_html_have_the_same_links_and_nobody_s_words_become_markup(
    told: Told, mailer: MemoryMailer
) -> None:
    text = told()[FINANCE]
    html = next(text_of(one, "html") for one in mailer.letters if FINANCE in str(one["To"]))
    assert set(re.findall(r"https://\S+", text)) == set(readable(html).links)
    assert "Báo cáo &lt;b&gt;thu &amp; chi&lt;/b&gt;" in html
    assert "“Thiếu &lt;phụ lục&gt; &amp; số liệu”" in html
    assert "&amp;lt;" not in html


def test_a_long_list_is_cut_and_counted(
    days: Days, office: Office, session: Session, told: Told
) -> None:
    for _ in range(25):
        days.assign(a_task(session, office.issuer, due_on=FAR), office.finance.id)
    text = told()[FINANCE]
    assert text.count("/tasks/") == 20
    assert "Và 5 tin khác" in text


def test_who_lost_a_task_gets_no_link_to_what_no_longer_opens(
    days: Days, office: Office, session: Session, told: Told
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, due_on=FAR)
    days.assign(task, office.health.id)
    letters = told()
    assert f"/tasks/{task.id}" not in letters[FINANCE]
    assert "Chủ trì: Sở Y tế" in letters[FINANCE]
    assert f"/tasks/{task.id}" in letters["soyte@"]


def test_who_was_freed_of_a_task_is_led_to_what_it_filed(
    days: Days, office: Office, session: Session, told: Told
) -> None:
    task = a_task(session, office.issuer, lead=office.finance, due_on=FAR)
    refused = days.file(task, REFUSAL)
    task.lead_id = None
    days.answer(refused, Act.GRANTED, "Giao Sở Y tế")
    letter = told()[FINANCE]
    assert "đơn vị không phải thực hiện việc này" in letter
    assert f"/tasks/{task.id}" not in letter
    assert re.search(r"https://\S+/filings\s", letter)
