"""Schedules set in tables. All are invented after the layouts of real offices' schedules."""

from datetime import date

import pytest

from tests.importer.papers import codes, reading_of
from tracker.domain.meeting import Certainty
from tracker.domain.programme import PeriodKind
from tracker.domain.task import Kind
from tracker.importer.blocks import Row, Table, Where
from tracker.importer.layout.schedule import is_schedule
from tracker.importer.meaning.reading import Reading, ReadMeeting

MONDAY, TUESDAY, WEDNESDAY = date(2026, 1, 26), date(2026, 1, 27), date(2026, 1, 28)
WEEK = "LỊCH CÔNG TÁC TUẦN 5 NĂM 2026"


def scheduled(*rows: str, title: str = WEEK) -> Reading:
    """A schedule whose table has these rows, cells separated by bars, the first one the head."""
    width = rows[0].count("|") + 1
    lines = (rows[0], "|".join(["---"] * width), *rows[1:])
    return reading_of(f"{title}\n\n" + "\n".join(f"| {line} |" for line in lines), name="lich.md")


def when(reading: Reading) -> list[tuple[date | None, str | None, str]]:
    return [(one.held_on, one.time, one.title) for one in reading.meetings]


def who(reading: Reading) -> list[tuple[str | None, str | None]]:
    return [(one.place, one.chair) for one in reading.meetings]


def leads(reading: Reading) -> list[tuple[str | None, str]]:
    return [(one.meeting, one.lead.unit or "" if one.lead else "") for one in reading.items]


def only(*rows: str) -> ReadMeeting:
    (meeting,) = scheduled(*rows).meetings
    return meeting


# Standing members of a provincial UBND: the hour in brackets inside the content, days merged.
STANDING = scheduled(
    "Ngày | Thời gian | Nội dung | Địa điểm | Lãnh đạo",
    "Thứ 2<br>26/01 | Sáng | Họp thường kỳ UBND tỉnh tháng 01 năm 2026 (8h00) | Phòng họp tầng 2"
    " | Chủ tịch, Các Phó Chủ tịch liên quan",
    " | Chiều | Nghe báo cáo Đề án du lịch (14h) (Sở Y tế chuẩn bị) | Phòng họp số 1"
    " | PCTTT Mai Sơn",
    "Thứ 3<br>27/01 | Sáng | Làm việc tại cơ quan |  | Chủ tịch",
    " |  | Kiểm tra tiến độ đường vành đai (7h30) | Phường Vũ Ninh | PCT Đào Quang Khải",
    "Thứ 4<br>28/01 | Cả ngày | Đi công tác Hà Nội |  | Chủ tịch",
    title="LỊCH LÀM VIỆC của Thường trực UBND tỉnh Tuần 5 (từ ngày 26/01 đến ngày 30/01/2026)",
)


def test_the_hour_stands_in_the_content_and_the_day_above() -> None:
    assert when(STANDING) == [
        (MONDAY, "08:00", "Họp thường kỳ UBND tỉnh tháng 01 năm 2026"),
        (MONDAY, "14:00", "Nghe báo cáo Đề án du lịch"),
        (TUESDAY, "07:30", "Kiểm tra tiến độ đường vành đai"),
        (WEDNESDAY, None, "Đi công tác Hà Nội"),
    ]


def test_place_and_leader_are_as_the_columns_write_them() -> None:
    assert who(STANDING)[0] == ("Phòng họp tầng 2", "Chủ tịch, Các Phó Chủ tịch liên quan")
    assert who(STANDING)[3] == (None, "Chủ tịch")


def test_a_preparing_unit_makes_an_item_due_on_the_day() -> None:
    (item,) = STANDING.items
    assert (item.kind, item.text, item.meeting) == (Kind.AGENDA, STANDING.meetings[1].title, "T2.2")
    assert item.lead is not None
    assert (item.lead.unit, item.due_on, item.due_inferred) == ("Sở Y tế", MONDAY, True)


def test_the_references_tell_the_weekday_and_the_place_in_it() -> None:
    assert [one.ref for one in STANDING.meetings] == ["T2.1", "T2.2", "T3.1", "T4.1"]


def test_the_session_is_kept_where_no_hour_is_written() -> None:
    assert STANDING.meetings[3].said == "Thứ 4 28/01 · Cả ngày"


def test_work_at_the_desk_is_no_meeting_and_yet_is_shown() -> None:
    assert "Làm việc tại cơ quan" in [passage.text for passage in STANDING.passages]


def test_the_period_of_a_schedule_is_its_week() -> None:
    period = STANDING.programme.period
    assert period is not None
    assert (period.kind, period.number, period.starts_on) == (PeriodKind.WEEK, 5, MONDAY)


def test_every_meeting_is_fixed_shows_its_row_and_asks_nothing() -> None:
    assert {one.certainty for one in STANDING.meetings} == {Certainty.FIXED}
    assert "PCTTT Mai Sơn" in STANDING.meetings[1].source_text
    assert [doubt for doubt in STANDING.warnings if doubt.is_question] == []


def test_a_schedule_without_preparing_units_has_no_items_and_that_is_no_fault() -> None:
    read = scheduled("Ngày | Giờ | Nội dung", "26/01 | 8h00 | Họp giao ban")
    assert (read.items, "no-items" in codes(read)) == ((), False)


def test_sessions_side_by_side_each_have_their_place() -> None:
    read = scheduled(
        "Thứ, ngày | Buổi sáng | | Buổi chiều | ",
        " | Nội dung | Địa điểm | Nội dung | Địa điểm",
        "Thứ Hai 26/01 | 8h00: Họp giao ban | P.họp số 1 | 14h00: Hội nghị Y | Hội trường",
        "Thứ Ba 27/01 | | | 13h30: Tiếp dân<br>15h00: Họp xét thi đua | Ban TCD<br>P.họp số 2",
    )
    assert when(read)[2:] == [(TUESDAY, "13:30", "Tiếp dân"), (TUESDAY, "15:00", "Họp xét thi đua")]
    places = [place for place, _ in who(read)]
    assert places == ["P.họp số 1", "Hội trường", "Ban TCD", "P.họp số 2"]
    assert read.meetings[1].said == "Thứ Hai 26/01 · Chiều · 14:00"


def test_a_column_may_belong_to_one_leader() -> None:
    read = scheduled(
        "Ngày | Buổi | Chủ tịch Phạm Hoàng Sơn | PCT Mai Sơn",
        "Thứ Hai (26/01) | Sáng | 8h00: Họp Thường trực Tỉnh ủy | Dự cùng Chủ tịch",
        " | Chiều | Nghỉ | 14h: Kiểm tra phòng dịch tại xã Đại Đồng",
    )
    assert who(read) == [
        (None, "Chủ tịch Phạm Hoàng Sơn"),
        (None, "PCT Mai Sơn"),
        ("xã Đại Đồng", "PCT Mai Sơn"),
    ]


def test_a_column_may_belong_to_one_day() -> None:
    read = scheduled(
        "Buổi | Thứ 2 (26/01) | Thứ 3 (27/01) | Thứ 4 (28/01)",
        "Sáng | 8h: Họp giao ban (VP UBND tỉnh chuẩn bị) | 9h: Hội nghị A tại Hội trường | ",
        "Chiều |  | 14h: Tiếp dân | Nghỉ lễ",
        title="LỊCH HỌP TUẦN 5 NĂM 2026",
    )
    assert when(read) == [
        (MONDAY, "08:00", "Họp giao ban"),
        (TUESDAY, "09:00", "Hội nghị A"),
        (TUESDAY, "14:00", "Tiếp dân"),
    ]
    assert leads(read) == [("T2.1", "Văn phòng UBND tỉnh")]


def test_a_schedule_of_one_day_goes_from_leader_to_leader() -> None:
    read = scheduled(
        "TT | Lãnh đạo | Sáng | Chiều",
        "1 | Chủ tịch Lê An | - 7h30: Họp giao ban tại phòng họp A (Sở Nội vụ chuẩn bị báo cáo)<br>"
        "- 9h00: Dự Đại hội Hội Nông dân (Giấy mời riêng) | Làm việc tại cơ quan",
        "2 | PCT.KT Trần Bình | Đi cơ sở (cả ngày) | ",
        title="LỊCH CÔNG TÁC NGÀY 26/01/2026 (Thứ Hai)",
    )
    assert when(read) == [
        (MONDAY, "07:30", "Họp giao ban"),
        (MONDAY, "09:00", "Đại hội Hội Nông dân"),
        (MONDAY, None, "Đi cơ sở"),
    ]
    assert [chair for _, chair in who(read)] == ["Chủ tịch Lê An"] * 2 + ["PCT.KT Trần Bình"]
    assert leads(read) == [("T2.1", "Sở Nội vụ")]


# A month's list: days as rows of their own, the preparing unit in its column, a wrong weekday.
LISTED = scheduled(
    "TT | Thời gian | Nội dung | Thành phần | Đơn vị chuẩn bị | Địa điểm | Chủ trì",
    "Thứ Hai, ngày 02/02/2026 | | | | | | ",
    "1 | 8h00-10h30 | Họp xét hỗ trợ nhà ở | Sở Tài chính | Sở Xây dựng | Phòng 3 | PCT Mai Sơn",
    "2 | 14h | Tiếp công dân định kỳ tháng 02 | | | Trụ sở TCD | Chủ tịch",
    "Thứ Năm, ngày 03/02/2026 | | | | | | ",
    "3 | 8h00 | Hội nghị B (dự kiến) | | | | ",
    title="LỊCH TIẾP CÔNG DÂN VÀ HỌP THÁNG 02 NĂM 2026",
)


def test_a_row_may_be_the_day_of_the_rows_below() -> None:
    assert when(LISTED) == [
        (date(2026, 2, 2), "08:00", "Họp xét hỗ trợ nhà ở"),
        (date(2026, 2, 2), "14:00", "Tiếp công dân định kỳ tháng 02"),
        (date(2026, 2, 3), "08:00", "Hội nghị B"),
    ]
    assert (LISTED.meetings[0].invited, leads(LISTED)) == (
        "Sở Tài chính",
        [("T2.1", "Sở Xây dựng")],
    )


def test_a_wrong_weekday_is_asked_about_at_its_meeting() -> None:
    asked = [(doubt.ref, doubt.is_question) for doubt in LISTED.warnings if doubt.ref]
    assert asked == [("T3.1", True)]


def test_only_du_kien_makes_an_event_provisional() -> None:
    planned = [one.certainty is Certainty.PLANNED for one in LISTED.meetings]
    assert planned == [False, False, True]


def test_a_cell_of_hours_goes_with_a_cell_of_events_line_by_line() -> None:
    read = scheduled(
        "Ngày | Giờ | Nội dung công việc | Người chủ trì | Phòng họp | Cơ quan chuẩn bị | Xe",
        "26/01/2026 | 08:30<br>10:00 | Họp xét khen thưởng<br>Hội ý | Chủ tịch | P1 | | 99A-1",
        "26/01/2026 | 14:00 | Nghe báo cáo dự toán | PCT | P2 | Sở Tài chính, Sở Xây dựng | ",
    )
    assert [time for _, time, _ in when(read)] == ["08:30", "10:00", "14:00"]
    assert [one.text for one in read.items[0].support] == ["Sở Xây dựng"]


def test_weekday_and_date_may_stand_in_columns_of_their_own() -> None:
    read = scheduled(
        "Thứ | Ngày | Nội dung | Dự",
        "Hai | 26/01 | - Họp Thường trực (sáng; dự: đ/c Triệu)<br>+ Dự tổng kết ngành (ngày) | ",
        "Ba | 27/01 | Giám sát tại xã A (cả ngày) | Đ/c Hà",
        " |  | Tiếp xúc cử tri | Đ/c Lan",
    )
    assert [day for day, _, _ in when(read)] == [MONDAY, MONDAY, TUESDAY, TUESDAY]
    assert [chair for _, chair in who(read)] == ["đ/c Triệu", None, "Đ/c Hà", "Đ/c Lan"]


def test_a_table_without_a_head_is_known_by_its_cells() -> None:
    read = scheduled(
        "Thứ Hai 26/01 | Sáng | 8h00: Họp giao ban đầu tuần | Phòng họp số 1 | Chủ tịch",
        " | Chiều | 14h00: Hội nghị trực tuyến toàn quốc | Hội trường | PCT Mai Sơn",
    )
    assert who(read) == [("Phòng họp số 1", "Chủ tịch"), ("Hội trường", "PCT Mai Sơn")]


def test_a_weekday_in_one_row_and_its_date_in_the_next_are_one_day() -> None:
    read = scheduled(
        "Ngày | Buổi | Nội dung",
        "Thứ 2 | Sáng | Họp A",
        "26/01/2026 | Chiều | Họp B",
        title="LỊCH CÔNG TÁC",
    )
    assert [day for day, _, _ in when(read)] == [MONDAY, MONDAY]


def test_a_schedule_that_names_no_period_is_for_its_days() -> None:
    read = scheduled("Ngày | Giờ | Nội dung", "26/01/2026 | 8h | Họp A", title="LỊCH LÀM VIỆC")
    assert read.programme.period is not None
    assert read.programme.period.starts_on == MONDAY


def test_without_any_year_the_day_is_asked_for() -> None:
    read = scheduled("Ngày | Giờ | Nội dung", "26/01 | 8h | Họp A", title="LỊCH LÀM VIỆC")
    assert "meeting-day-unclear" in codes(read)
    assert read.meetings[0].certainty is Certainty.PLANNED


def test_the_end_of_a_cell_on_the_next_page_belongs_to_its_event() -> None:
    read = scheduled(
        "Ngày | Giờ | Nội dung", "26/01 | 8h | Họp nghe báo cáo", " | | về giá đất", title=WEEK
    )
    assert [title for _, _, title in when(read)] == ["Họp nghe báo cáo về giá đất"]


def test_an_event_merged_over_two_sessions_is_one_meeting() -> None:
    where = Where(paragraph=1, row=1)
    head = Row(("Ngày", "Buổi", "Nội dung"), where)
    morning = Row(("Thứ 2", "Sáng", "Tập huấn"), where)
    afternoon = Row(("Thứ 2", "Chiều", "Tập huấn"), where, frozenset({0, 2}))
    assert is_schedule(Table((head, morning, afternoon), "", where))


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("TT | Nội dung | Cơ quan chủ trì | Thời gian trình", "1 | Đề án A | Sở Y tế | 15/3"),
        ("Thời gian | Nội dung | Chủ trì | Phối hợp", "5/8 | Báo cáo A | Ban KHCN | TVPB"),
        ("TT | Nhiệm vụ | Thời gian", "1 | Kế hoạch A | Tháng 3"),
    ],
)
def test_a_table_of_tasks_is_no_schedule(head: str, row: str) -> None:
    rows = tuple(
        Row(tuple(cell.strip() for cell in line.split("|")), Where(1, 1)) for line in (head, row)
    )
    assert not is_schedule(Table(rows, "", Where(1, 1)))


def test_a_schedule_inside_a_programme_is_read_beside_its_items() -> None:
    text = (
        "CHƯƠNG TRÌNH CÔNG TÁC Tháng 02 năm 2026\n\n"
        "## I. Lịch họp\n\n| Ngày | Giờ | Nội dung |\n|---|---|---|\n| Thứ Hai 02/02 | 8h | Họp A |"
        "\n\n## II. Các nội dung trình Chủ tịch UBND tỉnh\n\n1. Kế hoạch B (Sở Y tế chuẩn bị)."
    )
    read = reading_of(text, name="a.md")
    assert when(read) == [(date(2026, 2, 2), "08:00", "Họp A")]
    assert [item.ref for item in read.items] == ["II.1"]


def test_sixty_events_have_sixty_references() -> None:
    rows = [f"{26 + n % 5}/01 | {7 + n % 9}h | Họp lần thứ {n}" for n in range(60)]
    read = scheduled("Ngày | Giờ | Nội dung", *rows)
    assert len({one.ref for one in read.meetings}) == 60


@pytest.mark.parametrize("name", ["Thời gian - Nội dung", "Giờ, nội dung", "Nội dung, địa điểm"])
def test_a_column_of_the_content_may_name_the_hour_or_place_as_well(name: str) -> None:
    head = f"Thứ, ngày | Buổi | {name} | Chủ trì | Thành phần"
    row = "Thứ Hai<br>26/01 | Sáng | 7h30: Giao ban | Chủ tịch UBND tỉnh | Các PCT UBND tỉnh"
    assert when(scheduled(head, row)) == [(MONDAY, "07:30", "Giao ban")]
    assert who(scheduled(head, row)) == [(None, "Chủ tịch UBND tỉnh")]
