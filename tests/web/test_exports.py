"""The list as a file: the rows, columns and order of the screen, and nothing of others."""

import csv
from datetime import datetime, time
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from tests.builders import Office, a_task
from tests.web.conftest import Browser
from tests.web.test_lists import LATE, SOON
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
    assert head == ["Mục", "Nội dung", "Chủ trì", "Phối hợp", "Trạng thái", "So với thời hạn",
                    "Thời hạn", "Hội nghị"]  # fmt: skip
    assert first[2:7] == ["Sở Tài chính", "Sở Y tế", "Chưa thực hiện", "Quá hạn", "2026-02-25"]
    assert second[:2] == ["B.2", "Báo cáo quý"]


def test_the_whole_text_leaves_and_never_as_a_formula(an: Browser) -> None:
    assert rows(an)[1][1] == "'=Đề án" + " dài" * 100
    cell = book(an)["B4"]
    assert (cell.data_type, cell.value) == ("s", "=Đề án" + " dài" * 100)


def test_filters_and_columns_are_kept(an: Browser) -> None:
    assert rows(an, "q=bao+cao&cols=due,text") == [
        ["Nội dung", "Thời hạn"], ["Báo cáo quý", "2026-03-05"],
    ]  # fmt: skip


def test_days_are_days_and_the_headings_stay_in_sight(an: Browser) -> None:
    page = book(an, "timeliness=overdue&q=de")
    assert page["A1"].value == (
        "Danh sách nhiệm vụ (1); So với thời hạn: Quá hạn; Tìm: “de”; xuất lúc 07:30 26/02/2026"
    )
    assert page.freeze_panes == "A4"
    day = page["G4"]
    assert (day.value, day.number_format) == (datetime.combine(LATE, time()), "dd/mm/yyyy")


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
