"""Schedules set in lines. All are invented after the layouts of real offices' schedules."""

from datetime import date

from tests.importer.layout.test_schedule import MONDAY, TUESDAY, WEDNESDAY, leads, when, who
from tests.importer.papers import codes, reading_of
from tracker.domain.proposal import Zone
from tracker.importer.meaning.reading import Reading

WEEK = "LỊCH CÔNG TÁC TUẦN 5 NĂM 2026"


def lined(*lines: str, title: str = WEEK) -> Reading:
    return reading_of("\n".join((title, "", *lines)), name="lich.txt")


# The ninth revision of a week: units in mid-line, room codes and followers at the end.
REVISED_TEXT = """ỦY BAN NHÂN DÂN TỈNH BẮC NINH
Bắc Ninh, ngày 23 tháng 01 năm 2026

LỊCH LÀM VIỆC TUẦN 5 NĂM 2026 (Điều chỉnh lần 9)

Thứ Hai, ngày 26/01/2026
* Buổi sáng:
- 7 giờ 30’: Đ/c Chủ tịch chủ trì họp nghe báo cáo phương án giá đất (Sở Tài chính chuẩn bị nội
dung và thư mời). Mời lãnh đạo các Sở: Tài chính, Xây dựng; UBND các phường: Vũ Ninh, Kinh Bắc.
Điểm tại Phòng họp số 2. NCTH. Đ/c Dũng
- 9 giờ 00’: Hội nghị trực tuyến của Bộ Xây dựng. Điểm tại Hội trường tầng 3. NC
* Buổi chiều:
- 14 giờ 00’: PCT Mai Sơn dự Lễ khởi công nhà ở xã hội tại KCN Yên Phong.
Thứ Ba, ngày 27/01/2026
- Chủ tịch UBND tỉnh làm việc tại cơ quan.
- 8 giờ 00’: Phó Chủ tịch Lê Xuân Lợi chủ trì họp Ban Chỉ đạo Chương trình
MTQG tại Phòng họp số 1 (Sở Xây dựng chuẩn bị).
Nơi nhận:
- Lưu: VT.
"""
REVISED = reading_of(REVISED_TEXT, name="lich.txt")


def test_lines_under_days_and_sessions_are_events() -> None:
    assert when(REVISED) == [
        (MONDAY, "07:30", "Họp nghe báo cáo phương án giá đất"),
        (MONDAY, "09:00", "Hội nghị trực tuyến của Bộ Xây dựng"),
        (MONDAY, "14:00", "Lễ khởi công nhà ở xã hội"),
        (TUESDAY, "08:00", "Họp Ban Chỉ đạo Chương trình MTQG"),
    ]


def test_place_and_chair_are_told_from_the_event() -> None:
    assert who(REVISED) == [
        ("Phòng họp số 2", "Đ/c Chủ tịch"),
        ("Hội trường tầng 3", None),
        ("KCN Yên Phong", "PCT Mai Sơn"),
        ("Phòng họp số 1", "Phó Chủ tịch Lê Xuân Lợi"),
    ]


def test_the_guests_are_as_written() -> None:
    guests = "lãnh đạo các Sở: Tài chính, Xây dựng; UBND các phường: Vũ Ninh, Kinh Bắc"
    assert REVISED.meetings[0].invited == guests


def test_units_in_brackets_anywhere_prepare() -> None:
    assert leads(REVISED) == [("T2.1", "Sở Tài chính"), ("T3.1", "Sở Xây dựng")]


def test_headings_of_days_and_sessions_are_shown_as_such() -> None:
    zones = {passage.text: passage.zone for passage in REVISED.passages}
    assert zones["Thứ Hai, ngày 26/01/2026"] is zones["* Buổi chiều:"] is Zone.HEADING


def test_a_strip_of_days_on_one_line_is_cut_at_its_days_and_hours() -> None:
    read = lined(
        "01/03: Chủ tịch dự Lễ ra quân. 02/03: 8h00: Họp giao ban tại Phòng họp số 1; 14h00: Tiếp"
        " công dân. 03/03: Cả ngày: Đi công tác.",
        title="LỊCH CÔNG TÁC TUẦN 9 (từ 01/03 đến 06/03/2026)",
    )
    assert when(read) == [
        (date(2026, 3, 1), None, "Lễ ra quân"),
        (date(2026, 3, 2), "08:00", "Họp giao ban"),
        (date(2026, 3, 2), "14:00", "Tiếp công dân"),
        (date(2026, 3, 3), None, "Đi công tác"),
    ]


def test_dotted_days_without_a_year_take_it_from_the_letterhead() -> None:
    read = reading_of(
        "Bắc Ninh, ngày 04 tháng 9 năm 2026\n\nLỊCH CÔNG TÁC CỦA LÃNH ĐẠO (Tuần 6-12.9)\n\n"
        "Ngày 7.9:\nSáng: Chủ tịch UBND tỉnh dự khai giảng tại Trường Chuyên.\n"
        "Chiều: 14h00, Phó Chủ tịch Mai Sơn chủ trì cuộc họp về giải phóng mặt bằng.\n"
        "Ngày 8.9:\nCả ngày: Thường trực UBND tỉnh nghỉ.\n"
        "Ngày 9.9: Sáng: 8h00: Họp A; Chiều: 14h: Hội nghị sơ kết (Sở Nội vụ chuẩn bị).",
        name="lich.txt",
    )
    assert [(day and day.day, time) for day, time, _ in when(read)] == [
        (7, None), (7, "14:00"), (9, "08:00"), (9, "14:00"),
    ]  # fmt: skip
    assert leads(read) == [("T4.2", "Sở Nội vụ")]


def test_a_party_schedule_may_name_the_place_first() -> None:
    read = lined(
        "Thứ Hai (26/1):",
        "- 8h00, tại Hội trường Tỉnh ủy: Đồng chí Bí thư Tỉnh ủy chủ trì Hội nghị Ban Thường vụ.",
        "- 14h00: Các đồng chí Thường trực Tỉnh ủy làm việc với Đảng ủy UBND tỉnh.",
        "Thứ Tư (28/1): Học tập, quán triệt Nghị quyết (cả ngày).",
        title="LỊCH CÔNG TÁC TUẦN CỦA THƯỜNG TRỰC TỈNH ỦY\n(Từ ngày 26 đến ngày 30/01/2026)",
    )
    assert who(read)[0] == ("Hội trường Tỉnh ủy", "Đồng chí Bí thư Tỉnh ủy")
    assert when(read)[1:] == [
        (MONDAY, "14:00", "Làm việc với Đảng ủy UBND tỉnh"),
        (WEDNESDAY, None, "Học tập, quán triệt Nghị quyết"),
    ]


def test_a_department_says_in_a_sentence_who_prepares() -> None:
    read = lined(
        "THỨ HAI (26/01/2026)",
        "Buổi sáng:",
        "- 08:00: Giám đốc dự họp HĐND (theo Giấy mời số 483/GM-UBND ngày 17/01/2026). Sở Tài chính"
        " chuẩn bị nội dung, cùng dự. Địa điểm: Hội trường UBND thành phố (cũ).",
        "- 09g30: Phó Giám đốc Lê An họp tổ công tác. Thành phần: Văn phòng Sở, Chi cục Kiểm lâm.",
    )
    assert leads(read) == [("T2.1", "Sở Tài chính")]
    assert who(read) == [
        ("Hội trường UBND thành phố (cũ)", "Giám đốc"),
        (None, "Phó Giám đốc Lê An"),
    ]
    assert read.meetings[1].invited == "Văn phòng Sở, Chi cục Kiểm lâm"


def test_papers_listed_under_an_event_are_its_agenda() -> None:
    read = lined(
        "1. Thứ Hai (26/01)",
        "a) Sáng",
        "+ 7h30: Chào cờ. Thành phần: Toàn thể cán bộ.",
        "+ 9h00: Họp UBND xã:",
        "- Báo cáo kinh tế (Sở Tài chính chuẩn bị);",
        "- Đề án chợ (Sở Công Thương chuẩn bị).",
        "Ghi chú: Lịch này thay cho giấy mời.",
    )
    assert [(item.ref, item.text) for item in read.items] == [
        ("T2.2.1", "Báo cáo kinh tế"),
        ("T2.2.2", "Đề án chợ"),
    ]
    assert read.meetings[1].title == "Họp UBND xã"


def test_events_may_go_from_leader_to_leader() -> None:
    read = lined(
        "I. Đồng chí Phạm Hoàng Sơn - Chủ tịch UBND tỉnh",
        "- Sáng: 8h00: Họp giao ban.",
        "II. Đồng chí Mai Sơn - Phó Chủ tịch UBND tỉnh",
        "- Chiều: 14h00: Tiếp công dân.",
        title="LỊCH LÀM VIỆC NGÀY 26/01/2026",
    )
    assert [chair for _, chair in who(read)] == [
        "Đồng chí Phạm Hoàng Sơn - Chủ tịch UBND tỉnh",
        "Đồng chí Mai Sơn - Phó Chủ tịch UBND tỉnh",
    ]
    assert [day for day, _, _ in when(read)] == [MONDAY, MONDAY]


def test_a_weekday_that_does_not_fit_is_asked_about() -> None:
    read = lined("Thứ Tư, ngày 29/01/2026", "- 8 giờ 00’: Họp A.")
    assert [doubt.ref for doubt in read.warnings if doubt.code == "weekday-mismatch"] == ["T5.1"]


def test_a_schedule_in_a_section_leaves_the_others_to_the_programme() -> None:
    read = lined(
        "A. LỊCH HỌP",
        "Thứ Hai, ngày 02/02/2026",
        "- 8h00: Họp giao ban tại Phòng họp số 1 (Sở Nội vụ chuẩn bị).",
        "B. CÁC NỘI DUNG TRÌNH CHỦ TỊCH UBND TỈNH",
        "1. Kế hoạch A (Sở Y tế chuẩn bị).",
        title="CHƯƠNG TRÌNH CÔNG TÁC Tháng 02 năm 2026",
    )
    assert [item.ref for item in read.items] == ["T2.1.1", "B.1"]


def test_tasks_after_the_days_are_items() -> None:
    read = lined(
        "Thứ Hai (26/01)",
        "- 8h00: Họp A.",
        "II. NHIỆM VỤ TRỌNG TÂM",
        "1. Kế hoạch A (Sở Y tế chuẩn bị).",
    )
    assert ([one.ref for one in read.meetings], leads(read)) == (["T2.1"], [(None, "Sở Y tế")])


def test_nothing_printed_is_lost() -> None:
    said = [one.source_text for one in REVISED.meetings] + [one.text for one in REVISED.passages]
    printed = ("làm việc tại cơ quan", "Điều chỉnh lần 9", "NCTH. Đ/c Dũng", "MTQG tại Phòng")
    assert all(any(words in text for text in said) for words in printed)


def test_an_ordinary_programme_is_no_schedule() -> None:
    read = lined("A. NHIỆM VỤ TRỌNG TÂM", "1. Chỉ đạo các sở.", title="LỊCH CÔNG TÁC THÁNG 02/2026")
    assert (read.meetings, len(read.items), codes(read)) == ((), 1, ["issuer-missing"])
