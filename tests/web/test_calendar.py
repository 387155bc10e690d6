"""The calendar on the screen: why a day is off, how days are counted, who may change it."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.web.conftest import Browser
from tracker.domain import CalendarDay
from tracker.domain.working_days import DayKind, DayRule, Origin, rule_of
from tracker.queries.calendar import own_days

TYPED: dict[str, Any] = {
    "day": "2026-03-13",
    "kind": "off",
    "name": "Lễ hội",
    "reference": "CV 245/UBND-TH",
}


@pytest.mark.parametrize(
    ("day", "kind", "origin"),
    [
        (date(2026, 1, 2), DayKind.OFF, Origin.PUBLISHED),
        (date(2026, 1, 10), DayKind.WORK, Origin.PUBLISHED),
        (date(2026, 2, 26), DayKind.WORK, Origin.WEEK),
        (date(2026, 2, 28), DayKind.OFF, Origin.WEEK),
        (date(2027, 2, 8), DayKind.OFF, Origin.EXPECTED),
        (date(2027, 1, 1), DayKind.OFF, Origin.STATUTORY),
        (date(2028, 9, 2), DayKind.OFF, Origin.LIBRARY),
    ],
)
def test_every_day_says_where_its_rule_comes_from(day: date, kind: DayKind, origin: Origin) -> None:
    rule = rule_of(day, {})
    assert (rule.kind, rule.origin) == (kind, origin)


def test_the_office_wins_over_the_published_table() -> None:
    own = DayRule(DayKind.WORK, "Trực Tết", "", Origin.OFFICE)
    assert rule_of(date(2026, 2, 17), {date(2026, 2, 17): own}) is own


def test_the_library_speaks_vietnamese() -> None:
    assert rule_of(date(2028, 9, 2), {}).name == "Quốc khánh"


def test_everybody_reads_the_year_with_names_and_papers(chi: Browser) -> None:
    page = chi.page("/calendar")
    assert "Lịch làm việc năm 2026" in page
    assert "Làm bù cho ngày 02/01/2026" in page
    assert "TB 9441/TB-BNV ngày 16/10/2025" in page
    assert "chưa có thông báo chính thức" not in page


def test_a_year_without_a_notice_says_so(chi: Browser) -> None:
    page = chi.page("/calendar?year=2027")
    assert "Năm 2027 chưa có thông báo chính thức" in page
    assert "Dự kiến, chưa có thông báo chính thức" in page


@pytest.mark.parametrize("year", ["0", "99999", "x"])
def test_a_year_that_makes_no_sense_is_this_year(chi: Browser, year: str) -> None:
    assert "Lịch làm việc năm 2026" in chi.page(f"/calendar?year={year}")


def test_counting_back_shows_every_day_on_the_way(chi: Browser) -> None:
    page = chi.page("/calendar?n=5&way=before&from=2026-03-05")
    assert "5 ngày làm việc trước ngày 05/3/2026 là Thứ Năm, 26/02/2026." in page
    assert "không tính: nghỉ hằng tuần" in page


def test_counting_on_jumps_over_tet(chi: Browser) -> None:
    page = chi.page("/calendar?n=1&way=after&from=2026-02-13")
    assert "1 ngày làm việc sau ngày 13/02/2026 là Thứ Hai, 23/02/2026." in page
    assert "không tính: Tết Nguyên đán" in page


@pytest.mark.parametrize("asked", ["n=0&from=2026-03-05", "n=5&from=x", "n=9999&from=2026-03-05"])
def test_a_count_that_makes_no_sense_counts_nothing(chi: Browser, asked: str) -> None:
    assert "Xem cách tính" not in chi.page(f"/calendar?{asked}")


def test_the_administrator_declares_a_day(admin: Browser, session: Session) -> None:
    answer = admin.send("/calendar", **TYPED)
    assert (answer.status_code, answer.location) == (303, "/calendar?year=2026")
    page = admin.page("/calendar/2026-03-13")
    assert "Do văn phòng đặt" in page
    assert "<strong>Ngày nghỉ · Lễ hội · CV 245/UBND-TH</strong>" in page


def test_a_refused_day_keeps_what_was_typed(admin: Browser, session: Session) -> None:
    answer = admin.send("/calendar", **(TYPED | {"name": " "}))
    assert answer.status_code == 422
    assert "Hãy ghi tên gọi của ngày" in answer.text
    assert 'value="CV 245/UBND-TH"' in answer.text
    assert own_days(session) == []


@pytest.mark.parametrize("day", ["", "31/12", "1999-01-01"])
def test_a_day_that_is_none_is_refused(admin: Browser, day: str) -> None:
    answer = admin.send("/calendar", **(TYPED | {"day": day}))
    assert answer.status_code == 422
    assert "Hãy chọn một ngày" in answer.text


def test_a_day_is_taken_out_again(admin: Browser, session: Session) -> None:
    session.add(CalendarDay(day=date(2026, 3, 13), kind=DayKind.OFF, name="Lễ hội"))
    session.commit()
    assert "Xóa dòng của văn phòng" in admin.page("/calendar/2026-03-13")
    assert admin.send("/calendar/2026-03-13/remove").status_code == 303
    assert own_days(session) == []


def test_a_day_that_nobody_set_is_not_taken_out(admin: Browser) -> None:
    assert admin.send("/calendar/2026-03-13/remove").status_code == 404


def test_the_office_reads_and_does_not_write(specialist: Browser) -> None:
    assert "Lưu vào lịch" not in specialist.page("/calendar")
    assert specialist.send("/calendar", **TYPED).status_code == 403
    assert specialist.send("/calendar/2026-03-13/remove").status_code == 403


@pytest.mark.parametrize("day", ["x", "2026-02-30", "1999-01-01", "20260313x"])
def test_a_day_that_is_none_is_not_found(chi: Browser, day: str) -> None:
    assert chi.get(f"/calendar/{day}").status_code == 404
