"""The words of one event taken apart: what it is, where, who chairs, who is asked, who prepares."""

import pytest

from tracker.importer.meaning.events import Told, told


@pytest.mark.parametrize(
    ("text", "title", "chair"),
    [
        ("Đ/c Chủ tịch chủ trì họp về A", "Họp về A", "Đ/c Chủ tịch"),
        ("Chủ tịch UBND tỉnh chủ trì: Họp về A", "Họp về A", "Chủ tịch UBND tỉnh"),
        ("PCT Mai Xuân Liêm dự Lễ khởi công", "Lễ khởi công", "PCT Mai Xuân Liêm"),
        ("Phó Chủ tịch Thường trực An: Tiếp dân", "Tiếp dân", "Phó Chủ tịch Thường trực An"),
        ("Chủ tịch làm việc với Bộ A", "Làm việc với Bộ A", "Chủ tịch"),
        ("Đồng chí An, Chủ tịch UBND tỉnh, chủ trì Hội nghị B", "Hội nghị B",
         "Đồng chí An, Chủ tịch UBND tỉnh"),
        ("Hội nghị B. Chủ trì: Đ/c An", "Hội nghị B", "Đ/c An"),
        ("Hội nghị B, do đồng chí An chủ trì", "Hội nghị B", "đồng chí An"),
        ("Hội nghị B (sáng; dự: đ/c Triệu)", "Hội nghị B", "đ/c Triệu"),
        ("Hội nghị B. NCTH. Đ/c Dũng", "Hội nghị B", "Đ/c Dũng"),
        ("Dự án A: họp bàn", "Dự án A: họp bàn", None),
    ],
)  # fmt: skip
def test_the_leader_is_told_from_the_event(text: str, title: str, chair: str | None) -> None:
    read = told(text)
    assert (read.title, read.chair) == (title, chair)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Họp A tại Phòng họp số 1.", "Phòng họp số 1"),
        ("Họp A. Điểm tại Phòng họp số 2. Mời: B", "Phòng họp số 2"),
        ("Họp A\nĐịa điểm: TP. Bắc Ninh", "TP. Bắc Ninh"),
        ("Tại Hội trường: Họp A", "Hội trường"),
        ("Họp A theo nội dung nêu tại Nghị quyết số 5", None),
        ("Họp A trình tại kỳ họp thứ Bảy", None),
    ],
)
def test_the_place_is_told_from_other_uses_of_its_word(text: str, place: str | None) -> None:
    assert told(text).place == place


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "Họp A (Sở Y tế chuẩn bị nội dung và thư mời). Mời: B",
            ["Sở Y tế chuẩn bị nội dung và thư mời"],
        ),
        ("Họp A\nĐơn vị chuẩn bị: Sở Nội vụ", ["Sở Nội vụ"]),
        ("Họp A. Chi cục B chuẩn bị nội dung, cùng dự", ["Chi cục B chuẩn bị nội dung, cùng dự"]),
        ("Họp A (lần 2)", []),
    ],
)
def test_who_prepares_is_found_in_bracket_label_and_sentence(text: str, units: list[str]) -> None:
    read = told(text)
    assert (read.prepared, read.title.startswith("Họp A")) == (units, True)


def test_the_guests_run_to_the_end_of_the_line_or_the_place() -> None:
    read = told("Họp A. Mời các Sở: B, C; UBND xã D. Điểm tại Phòng 1")
    assert (read.invited, read.place) == ("các Sở: B, C; UBND xã D", "Phòng 1")


def test_what_the_columns_say_is_not_looked_for() -> None:
    read = told("Kiểm tra tại xã A", place="Xã A", chair="PCT")
    assert read == Told(title="Kiểm tra tại xã A", place="Xã A", chair="PCT")


@pytest.mark.parametrize(
    "text",
    [
        "Làm việc tại cơ quan",
        "Chủ tịch làm việc tại trụ sở",
        "Nghỉ Tết Nguyên đán",
        "Giải quyết công việc thường xuyên",
    ],
)
def test_a_day_at_the_desk_is_no_event(text: str) -> None:
    assert told(text).is_nothing


@pytest.mark.parametrize(
    "text", ["Đi công tác", "Nghị quyết 57: hội thảo", "Làm việc với Sở Y tế tại cơ quan"]
)
def test_a_journey_and_a_visit_are_events(text: str) -> None:
    assert not told(text).is_nothing


def test_only_a_provisional_time_makes_an_event_provisional() -> None:
    said = ("Họp A (dự kiến)", "Dự kiến họp A", "Họp về dự kiến nhân sự")
    assert [told(text).is_planned for text in said] == [True, True, False]
