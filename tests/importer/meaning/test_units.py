"""The directory: short forms, old names, slips of the pen, and names that only tones tell apart."""

from datetime import date

import pytest

from tracker.importer.meaning.units import FormerName, UnitBook, UnitName, published_units

UNITS = published_units()
WARDS = UnitBook.of(
    [UnitName("UBND phường Đông Hà", ("UBND P. Đông Hà",)), UnitName("UBND phường Đồng Hà")]
)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở GD-ĐT", "Sở Giáo dục và Đào tạo"),
        ("sở giáo dục & đào tạo", "Sở Giáo dục và Đào tạo"),
        ("Sở KHCN", "Sở Khoa học và Công nghệ"),
        ("Sở KH & CN", "Sở Khoa học và Công nghệ"),
        ("Sở NN&MT", "Sở Nông nghiệp và Môi trường"),
        ("Sở VH-TT-DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Văn hoá thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("SỞ CÔNG THƯƠNG", "Sở Công Thương"),
        ("So Tai chinh", "Sở Tài chính"),
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
        ("Sở KH&ĐT", "Sở Tài chính"),
        ("Sở TN&MT", "Sở Nông nghiệp và Môi trường"),
        ("BQL các KCN", "Ban Quản lý các khu công nghiệp"),
        ("Bộ CHQS tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
    ],
)
def test_a_name_is_known_in_all_its_spellings(written: str, unit: str) -> None:
    found = UNITS.find(written)
    assert (found.unit, found.score) == (unit, 1.0)


def test_a_tone_tells_two_wards_apart() -> None:
    assert WARDS.find("UBND phường Đông Hà").unit == "UBND phường Đông Hà"
    assert WARDS.find("UBND phường Đồng Hà").unit == "UBND phường Đồng Hà"
    assert WARDS.find("Ủy ban nhân dân phường Đồng Hà").unit == "UBND phường Đồng Hà"


def test_a_name_typed_without_tones_that_fits_two_wards_is_a_doubt() -> None:
    found = WARDS.find("UBND phuong Dong Ha")
    assert (found.unit, found.doubt) == (None, "unit-ambiguous")
    assert found.candidates == ("UBND phường Đông Hà", "UBND phường Đồng Hà")


def test_a_ward_that_is_not_in_the_directory_is_not_its_neighbour() -> None:
    book = UnitBook.of([UnitName("UBND phường Đồng Hới")])
    assert book.find("UBND phường Đông Hà").unit is None


def test_a_slip_of_the_pen_is_accepted_with_less_than_certainty() -> None:
    found = UNITS.find("Sở Nông nghiệp và Môi trưòng")
    assert found.unit == "Sở Nông nghiệp và Môi trường"
    assert 0.9 <= found.score < 1.0


@pytest.mark.parametrize(
    "written", ["Sở Thông tin và Truyền thông", "Sở Lao động, Thương binh và Xã hội"]
)
def test_an_old_name_without_a_certain_successor_is_a_doubt(written: str) -> None:
    assert UNITS.find(written).doubt == "unit-ambiguous"


def test_an_old_name_of_a_split_unit_has_no_candidates() -> None:
    book = UnitBook.of([], former=[FormerName("Sở Cũ", None, certain=False)])
    assert book.find("Sở Cũ").candidates == ()


def test_an_old_name_leads_only_to_a_unit_that_the_directory_has() -> None:
    book = UnitBook.of([], former=[FormerName("Sở Cũ", "Sở Mới", certain=True)])
    assert book.find("Sở Cũ").doubt == "unit-ambiguous"


def test_an_empty_name_is_unknown() -> None:
    assert UNITS.find("  ").doubt == "unit-unknown"


OFFICES = UnitBook.of(
    [
        UnitName("Phòng Văn hóa - Xã hội"),
        UnitName("Phòng Kinh tế, Hạ tầng và Đô thị"),
        UnitName("UBND phường Vũ Ninh"),
        UnitName("Ban Chỉ huy Quân sự xã"),
    ]
)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("Phòng VH-XH", "Phòng Văn hóa - Xã hội"),
        ("P. VHXH", "Phòng Văn hóa - Xã hội"),
        ("Phòng KT, HT&ĐT", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("phường Vũ Ninh", "UBND phường Vũ Ninh"),
        ("UBND P. Vũ Ninh", "UBND phường Vũ Ninh"),
        ("P. Vũ Ninh", "UBND phường Vũ Ninh"),
        ("Ban CHQS xã", "Ban Chỉ huy Quân sự xã"),
        ("BCH Quân sự xã", "Ban Chỉ huy Quân sự xã"),
    ],
)
def test_short_forms_of_a_commune_need_no_alias(written: str, unit: str) -> None:
    assert OFFICES.find(written).unit == unit


def test_a_short_form_of_two_units_is_a_doubt() -> None:
    book = UnitBook.of([UnitName("Phòng Kinh tế Tổng hợp"), UnitName("Phòng Kế toán Thuế - Hộ")])
    assert book.find("Phòng KTTH").candidates == (
        "Phòng Kinh tế Tổng hợp",
        "Phòng Kế toán Thuế - Hộ",
    )


def test_in_a_paper_from_before_the_merger_the_old_name_stays() -> None:
    found = UNITS.as_of(date(2025, 1, 31)).find("Sở Giao thông vận tải")
    assert (found.unit, found.candidates) == (None, ("Sở Xây dựng",))
    assert UNITS.as_of(date(2026, 1, 31)).find("Sở Giao thông vận tải").unit == "Sở Xây dựng"
