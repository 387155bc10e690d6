"""The documents of an item and who issues them."""

import pytest

from tracker.importer.meaning.deliverables import authority_of, deliverables_of


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Báo cáo A; nhiệm vụ trọng tâm tháng 3; Báo cáo B.", 2),
        ("Nghị quyết Bãi bỏ Nghị quyết số 05/2023/NQ-HĐND.", 1),
        ("Kế hoạch A “về dạy nghề; Kế hoạch con” trên địa bàn.", 1),
        ("Dự thảo Tờ trình; dự thảo Nghị quyết.", 1),
        ("Dự thảo Tờ trình; Dự thảo Nghị quyết.", 2),
        ("Trình Đề án tổng thể bảo vệ môi trường.", 1),
        ("Xem xét, cho ý kiến về Quy hoạch chung.", 1),
        ("Họp giao ban; kiểm tra tiến độ.", 0),
        ("Kế hoạch A (kèm Báo cáo B; Báo cáo C).", 1),
    ],
)
def test_documents_are_split_only_where_another_begins(text: str, count: int) -> None:
    assert len(deliverables_of(text)) == count


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("Kế hoạch của Ban Thường vụ Tỉnh ủy “về …”", "Ban Thường vụ Tỉnh ủy"),
        ("Chương trình của Tỉnh uỷ về chuyển đổi số", "Tỉnh uỷ"),
        ("Nghị quyết của HĐND tỉnh Bãi bỏ Nghị quyết", "HĐND tỉnh"),
        ("Kế hoạch của UBND phường Vũ Ninh về trật tự đô thị", "UBND phường Vũ Ninh"),
        ("Quyết định của Chủ tịch UBND tỉnh về khen thưởng", "Chủ tịch UBND tỉnh"),
        ("Kế hoạch thực hiện Đề án của UBND tỉnh", None),
        ("Kế hoạch xúc tiến thương mại năm 2026", None),
        ("Báo cáo của UBND tỉnh về A; Báo cáo về B", None),
    ],
)
def test_the_authority_is_the_body_whose_single_document_it_is(
    text: str, authority: str | None
) -> None:
    assert authority_of(text, deliverables=deliverables_of(text)) == authority
