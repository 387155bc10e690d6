"""Documents as bulletins announce them."""

from datetime import date

import pytest

from tracker.domain.directive import body_of, cited_at_start, tidy_number


def test_a_bulletin_s_announcement_names_its_document() -> None:
    words = (
        "**1. Kế hoạch số 18-KH/ĐU ngày 24/4/2026** về triển khai thực hiện Chỉ thị số 08-CT/TU "
        "giai đoạn 2026 - 2030: Kế hoạch yêu cầu các đảng ủy hoàn thành trong tháng 5/2026"
    )
    cited = cited_at_start(words)
    assert cited is not None
    assert (cited.kind, cited.number, cited.issued_on) == (
        "Kế hoạch", "18-KH/ĐU", date(2026, 4, 24),
    )  # fmt: skip
    assert cited.title.endswith("Chỉ thị số 08-CT/TU giai đoạn 2026 - 2030")
    assert cited.issued_by == "Đảng ủy"


@pytest.mark.parametrize(
    ("words", "number", "by"),
    [
        ("Thông báo kết luận số 120/TB-UBND ngày 3/3/2026 của Chủ tịch UBND tỉnh về giao ban",
         "120/TB-UBND", "Chủ tịch UBND tỉnh"),
        ("2. Quyết định số 31/2026/QĐ-UBND ngày 08/5/2026 về phân cấp.", "31/2026/QĐ-UBND", "UBND"),
        ("Công điện số 5/CĐ-TTg", "5/CĐ-TTg", "Thủ tướng Chính phủ"),
    ],
)  # fmt: skip
def test_numbers_bodies_and_days_are_read(words: str, number: str, by: str) -> None:
    cited = cited_at_start(words)
    assert cited is not None
    assert (cited.number, cited.issued_by) == (number, by)


@pytest.mark.parametrize(
    "words",
    ["Nghị quyết thay thế Nghị quyết số 05/2023/NQ-HĐND ngày 12/4/2023",
     "Báo cáo theo Kế hoạch số 18-KH/ĐU", "Kế hoạch xúc tiến thương mại năm 2026", ""],
)  # fmt: skip
def test_a_document_mentioned_on_the_way_assigns_nothing(words: str) -> None:
    assert cited_at_start(words) is None


def test_a_day_that_never_was_is_no_day() -> None:
    cited = cited_at_start("Kế hoạch số 1-KH/ĐU ngày 31/2/2026 về thi đua")
    assert cited is not None
    assert cited.issued_on is None


def test_blanks_round_the_strokes_of_a_number_are_slips() -> None:
    assert tidy_number(" 18 - KH / ĐU ") == "18-KH/ĐU"
    assert body_of("08-CT/XYZ") == ""
