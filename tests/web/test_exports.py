"""The list as a file: the rows, columns and order of the screen, and nothing of others."""

import csv
import re
from datetime import date, datetime, time
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from tests.builders import AT, Office, a_meeting, a_programme, a_task
from tests.web.conftest import Browser
from tests.web.test_lists import LATE, SOON
from tracker.domain import Directive
from tracker.domain.finding import Column
from tracker.domain.task import Status
from tracker.labels import day
from tracker.web import lists


@pytest.fixture(autouse=True)
def work(session: Session, office: Office) -> None:
    """Two tasks of An's unit, the later one supported by Bình's, and one of Chi's."""
    facts: dict[str, Any] = {"lead": office.finance}
    a_task(session, office.issuer, text="Báo cáo quý", due_on=SOON, ref="B.2", **facts)
    help_: dict[str, Any] = {"supports": (office.health,)}
    a_task(session, office.issuer, text="=Đề án" + " dài" * 100, due_on=LATE, **help_, **facts)
    a_task(session, office.issuer, text="Việc của Chi", lead=office.culture, due_on=LATE)
    session.commit()


def rows(browser: Browser, query: str = "") -> list[list[str]]:
    answer = browser.get(f"/tasks/export?format=csv&{query}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


def book(browser: Browser, query: str = "") -> Any:
    answer = browser.get(f"/tasks/export?format=xlsx&{query}")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=nhiem-vu-2026-02-26.xlsx"
    )
    return load_workbook(BytesIO(answer.data)).active


def test_the_columns_and_the_order_are_those_of_the_screen(an: Browser) -> None:
    head, first, second = rows(an)
    assert head == ["Mục", "Nội dung", "Loại", "Chủ trì", "Phối hợp", "Trạng thái",
                    "So với thời hạn", "Thời hạn", "Hội nghị"]  # fmt: skip
    assert first[3:8] == ["Sở Tài chính", "Sở Y tế", "Chưa thực hiện", "Quá hạn", "2026-02-25"]
    assert second[:2] == ["B.2", "Báo cáo quý"]


def test_the_whole_text_leaves_and_never_as_a_formula(an: Browser) -> None:
    assert rows(an)[1][1] == "'=Đề án" + " dài" * 100
    cell = book(an)["B4"]
    assert (cell.data_type, cell.value) == ("s", "=Đề án" + " dài" * 100)


def test_filters_and_columns_are_kept(an: Browser) -> None:
    assert rows(an, "q=bao+cao&cols=due,text") == [
        ["Nội dung", "Loại", "Thời hạn"], ["Báo cáo quý", "Giao trực tiếp", "2026-03-05"],
    ]  # fmt: skip


def test_days_are_days_and_the_headings_stay_in_sight(an: Browser) -> None:
    page = book(an, "timeliness=overdue&q=de")
    assert page["A1"].value == (
        "Danh sách nhiệm vụ (1); So với thời hạn: Quá hạn; Tìm: “de”; xuất lúc 07:30 26/02/2026"
    )
    assert page.freeze_panes == "A4"
    day = page["H4"]
    assert (day.value, day.number_format) == (datetime.combine(LATE, time()), "dd/mm/yyyy")


EVERY = "q=viec&children=1&cols=" + ",".join(Column)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td(?! class=\"tick)[^>]*>(.*?)</td>", re.DOTALL)


def on_screen(browser: Browser) -> list[list[str]]:
    """The words of each row and cell of the list, as they are read there."""
    page = browser.page(f"/tasks?{EVERY}").partition("<tbody>")[2].partition("</tbody>")[0]
    cells = (_CELL.findall(row) for row in _ROW.findall(page))
    return [[unescape(" ".join(re.sub("<.*?>", " ", one).split())) for one in row] for row in cells]


def as_on_screen(row: dict[str, str]) -> list[str]:
    """A row of the file put as the screen puts it: which of its cells share a place, and dashes."""
    text, _, shares = row["Nội dung"].partition(" (")
    shares = f" · {shares.rstrip(')')}" if shares else ""
    supports = f" Phối hợp: {row['Phối hợp']}" if row["Phối hợp"] else ""
    said = [row["Mục"], f"{text} {row['Loại']}{shares}", f"{row['Chủ trì']}{supports}",
            f"{row['Trạng thái']} {row['So với thời hạn']}", row["Thời hạn"],
            row["Thời hạn ban đầu"], row["Hội nghị"], row["Chương trình"],
            f"{row['Tiến độ (%)']}%", row["Cập nhật lúc"], row["Đơn vị nhận lúc"],
            row["Văn bản giao việc"]]  # fmt: skip
    return [as_written(words) or "–" for words in said]


def as_written(words: str) -> str:
    """Days as papers write them, the hour before the day."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?", words)
    if found is None:
        return words
    return f"{found[2] or ''} {day(date.fromisoformat(found[1]))}".strip()


def test_every_column_of_the_file_says_what_the_screen_says(
    specialist: Browser, session: Session, office: Office
) -> None:
    of_every_sort(session, office)
    head, *found = rows(specialist, EVERY)
    shown = on_screen(specialist)
    assert [as_on_screen(dict(zip(head, row, strict=True))) for row in found] == shown
    words = " | ".join(cell for row in shown for cell in row)
    for one in ("Nhiều đơn vị", "Chưa giao đơn vị", "1/2 đơn vị xong", "Không hạn",
                "Chưa có ngày", "chưa nhận", "Hoàn thành đúng hạn", "Bước của: A.1. Việc chung",
                "phần của nhiệm vụ A.1"):  # fmt: skip
        assert one in words


def of_every_sort(session: Session, office: Office) -> None:
    """A divided task with one share done, one nobody has, one at a meeting without a day."""
    issuer = office.issuer
    done: dict[str, Any] = {"status": Status.DONE, "done_on": LATE, "percent": 100}
    whole = a_task(session, issuer, text="Việc chung", due_on=SOON, is_divided=True, ref="A.1")
    share: dict[str, Any] = {"parent_id": whole.id, "text": "Việc chung", "due_on": SOON}
    a_task(session, issuer, lead=office.finance, **share, **done)
    a_task(session, issuer, lead=office.health, received_at=AT, **share)
    step: dict[str, Any] = {"is_step": True, "parent_id": whole.id}
    a_task(session, issuer, lead=office.finance, text="Việc bước một", **step)
    directive = Directive(issuer_id=issuer.id, number="18-KH/ĐU", title="Kế hoạch", created_at=AT)
    session.add(directive)
    session.flush()
    meeting = a_meeting(session, issuer, held_on=None)
    links: dict[str, Any] = {"meeting": meeting, "programme": a_programme(session, issuer)}
    a_task(session, issuer, text="Việc chưa giao", directive_id=directive.id, **links)
    a_task(session, issuer, lead=office.culture, text="Việc xong", due_on=SOON, **done)
    session.commit()


def test_the_file_speaks_the_reader_s_language(
    specialist: Browser, session: Session, office: Office
) -> None:
    of_every_sort(session, office)
    specialist.send("/language/en")
    words = " | ".join(cell for row in rows(specialist, EVERY) for cell in row)
    for one in ("Several units", "No unit assigned", "1/2 units done", "No deadline", "Kind"):
        assert one in words


def test_a_stranger_s_file_holds_nothing_of_others(chi: Browser, office: Office) -> None:
    assert [row[1] for row in rows(chi)[1:]] == ["Việc của Chi"]
    assert rows(chi, f"unit={office.finance.id}&q=bao+cao")[1:] == []


def test_every_page_of_the_list_leaves(an: Browser, session: Session, office: Office) -> None:
    for n in range(60):
        a_task(session, office.issuer, lead=office.finance, text=f"Việc {n}")
    session.commit()
    assert len(rows(an)) == 63


def test_too_long_a_list_is_refused_with_what_to_do(
    an: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_ROWS", 1)
    answer = an.get("/tasks/export?format=xlsx")
    assert answer.status_code == 422
    assert "Hãy lọc bớt rồi xuất lại" in answer.text


def test_the_page_links_to_the_file_of_what_it_shows(an: Browser) -> None:
    page = an.page("/tasks?q=bao+cao&cols=text&page=1")
    assert "/tasks/export?q=bao+cao&amp;cols=text&amp;format=xlsx" in page
