"""The headers of tables of tasks: their words, and the rows over which they stand."""

import pytest

from tests.importer.readers.excel_papers import leads, table
from tracker.importer.layout.columns import Column, column_of
from tracker.importer.layout.tables import Grouped, Listed, Ruled, spread


@pytest.mark.parametrize(
    ("words", "column"),
    [
        ("TT", Column.NUMBER),
        ("Số TT", Column.NUMBER),
        ("S.T.T", Column.NUMBER),
        ("NỘI DUNG CÔNG VIỆC", Column.CONTENT),
        ("Tên đề án/văn bản", Column.CONTENT),
        ("Đề án, báo cáo", Column.CONTENT),
        ("Nội dung trình UBND tỉnh", Column.CONTENT),
        ("Cơ quan chủ trì\nsoạn thảo", Column.LEAD),
        ("Đơn vị/Người thực hiện", Column.LEAD),
        ("Cơ quan chuẩn bị", Column.LEAD),
        ("Cơ quan chủ trì tham mưu", Column.LEAD),
        ("Chủ trì", Column.LEAD),
        ("Đơn vị phối hợp", Column.SUPPORT),
        ("Cơ quan phối hợp thực hiện", Column.SUPPORT),
        ("Thời gian hoàn thành", Column.DUE),
        ("Hoàn thành trước", Column.DUE),
        ("Hạn hoàn thành (tháng)", Column.DUE),
        ("Tiến độ", Column.DUE),
        ("Thời gian trình UBND tỉnh", Column.DUE),
        ("Lãnh đạo UBND tỉnh chỉ đạo", Column.LEADER),
        ("PCT phụ trách", Column.LEADER),
        ("Sản phẩm hoàn thành", Column.RESULT),
        ("Kết quả cần đạt", Column.RESULT),
        ("Hình thức văn bản", Column.RESULT),
        ("Cấp có thẩm quyền", Column.AUTHORITY),
        ("Thẩm quyền ban hành", Column.AUTHORITY),
        ("Cấp trình", Column.AUTHORITY),
        ("Phiên họp", Column.SESSION),
        ("Ghi chú", Column.NOTE),
        ("Địa điểm", None),
        ("Đơn vị tính", None),
        ("Kế hoạch xúc tiến thương mại giai đoạn 2026 - 2030", None),
    ],
)
def test_a_column_is_known_by_its_words(words: str, column: Column | None) -> None:
    assert column_of(words) is column


def test_a_header_of_two_rows_is_read_as_one() -> None:
    rows = ("TT | Nội dung | Cơ quan | | Hạn", "TT | Nội dung | Chủ trì | Phối hợp | Hạn")
    first, *_ = (
        one
        for one in spread([table(*rows, "1 | Việc | Sở A | Sở B | 5/3", continued={2: {0, 1, 4}})])
        if isinstance(one, Listed)
    )
    assert (first.said(Column.LEAD), first.said(Column.SUPPORT)) == ("Sở A", "Sở B")


def test_a_header_whose_words_are_split_over_two_rows_is_read_as_one() -> None:
    rows = (
        "TT | Nội dung | Cơ quan | Cơ quan | Thời gian",
        " | công việc | chủ trì | phối hợp | trình",
    )
    assert leads(*rows, "1 | Việc | Sở A | Sở B | 5/3") == ["Sở A"]


@pytest.mark.parametrize(
    ("mark", "said"), [("x", "Tháng 2"), ("X", "Tháng 2"), ("", ""), ("20/2", "20/2")]
)
def test_a_mark_under_a_month_is_its_deadline(mark: str, said: str) -> None:
    rows = ("TT | Nội dung | Chủ trì | Thời gian | ", " | | | 1 | 2", f"1 | Việc | Sở A | | {mark}")
    (task,) = (one for one in spread([table(*rows)]) if isinstance(one, Listed))
    assert task.said(Column.DUE) == said


def test_a_row_of_data_is_no_second_header_row() -> None:
    rows = ("TT | Nội dung | Cơ quan chủ trì", " | Kế hoạch A | Sở Y tế", "2 | Đề án B | Sở A")
    assert leads(*rows) == ["Sở Y tế", "Sở A"]


def test_a_title_above_the_header_is_no_header() -> None:
    rows = ("KẾ HOẠCH CÔNG TÁC THÁNG 02 | | ", "TT | Nội dung | Chủ trì", "1 | Việc | Sở A")
    assert leads(*rows) == ["Sở A"]


@pytest.mark.parametrize("head", ["Tháng", "Thời hạn (tháng)", "Tháng trình"])
def test_a_bare_number_under_months_is_a_month(head: str) -> None:
    rows = (f"TT | Nội dung | Chủ trì | {head}", "1 | Việc | Sở A | 3")
    (task,) = (one for one in spread([table(*rows)]) if isinstance(one, Listed))
    assert task.said(Column.DUE) == "Tháng 3"


def test_words_over_two_columns_do_not_make_both_of_them_leads() -> None:
    rows = ("TT | Nội dung | Cơ quan thực hiện | ", " | | Chủ trì | Phối hợp")
    assert leads(*rows, "1 | Việc | Sở A | Sở B") == ["Sở A"]


def test_the_day_work_begins_is_no_deadline() -> None:
    rows = ("TT | Nội dung | Chủ trì | Thời gian | ", " | | | Bắt đầu | Kết thúc")
    (task,) = (
        one
        for one in spread([table(*rows, "1 | Việc | Sở A | 01/02 | 20/02")])
        if isinstance(one, Listed)
    )
    assert task.said(Column.DUE) == "20/02"


@pytest.mark.parametrize("group", ["Tháng 7", "QUÝ III", "I. Lĩnh vực kinh tế", "LĨNH VỰC Y TẾ"])
@pytest.mark.parametrize("column", [0, 1])
def test_a_group_right_under_the_header_is_no_second_header_row(group: str, column: int) -> None:
    head = ("TT", "Thời gian")[column == 0]
    row = " | ".join(group if at == column else "" for at in range(4))
    rows = (f"{head} | Nội dung | Chủ trì | Số TT", row, "Tuần 2 | Việc | Sở A | 1")
    found = [type(one) for one in spread([table(*rows)])]
    assert found == [Ruled, Grouped, Listed]
