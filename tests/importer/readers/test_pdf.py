"""Programmes printed to PDF: the same items as from the text they were printed from."""

import re
from datetime import date

import pytest

from tests.importer.papers import PROGRAMME, sample
from tests.importer.readers.pdf_papers import (
    blank_pdf,
    bound,
    paper_pdf,
    printed,
    sample_as_pdf,
    scan_of,
)
from tracker import labels
from tracker.domain.working_days import published
from tracker.errors import Unreadable
from tracker.importer.blocks import Contents, File, Paragraph, Table
from tracker.importer.meaning.reading import Reading, ReadItem
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme
from tracker.importer.readers.pdf import read

A4 = (595.0, 842.0)


def reading_of_pdf(data: bytes, name: str = "chuong-trinh.pdf") -> Reading:
    return read_programme(name, data, units=published_units(), working_days=published())


def facts(item: ReadItem) -> tuple[object, ...]:
    lead = item.lead.unit if item.lead else None
    text = re.sub(r"\s+", " ", item.text)
    return item.ref, text, item.kind, lead, item.due_on, item.due_inferred, item.deliverables


def contents(data: bytes) -> Contents:
    return read(File("a.pdf", data))


def paragraphs(data: bytes) -> list[Paragraph]:
    return [block for block in contents(data).blocks if isinstance(block, Paragraph)]


def texts(*lines: str) -> list[str]:
    """What is read of the paragraphs of a printed programme, its two title lines left out."""
    return [one.text for one in paragraphs(paper_pdf(*lines))][2:]


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        contents(data)
    assert labels.sentence_of(refused.value).endswith(".")
    return refused.value


def test_the_sample_printed_to_pdf_gives_the_same_items() -> None:
    found, expected = reading_of_pdf(sample_as_pdf()), sample(PROGRAMME)
    assert [facts(item) for item in found.items] == [facts(item) for item in expected.items]


def test_the_sample_printed_to_pdf_has_the_same_letterhead_and_recipients() -> None:
    found, expected = reading_of_pdf(sample_as_pdf()), sample(PROGRAMME)
    assert found.programme == expected.programme
    assert [one.held_on for one in found.meetings] == [date(2026, 3, 5)]


def test_the_sample_printed_to_pdf_raises_no_doubt_that_its_text_does_not() -> None:
    found, expected = reading_of_pdf(sample_as_pdf()), sample(PROGRAMME)
    assert {one.code for one in found.warnings} <= {one.code for one in expected.warnings}


def test_page_numbers_are_set_aside_and_told() -> None:
    dropped = contents(sample_as_pdf()).dropped
    assert [(one.text, one.where.page) for one in dropped] == [("2", 2), ("3", 3)]


def test_every_place_is_told_from_every_other() -> None:
    read_ = contents(sample_as_pdf())
    places = [one.where.paragraph for one in (*read_.blocks, *read_.dropped)]
    assert len(set(places)) == len(places)


def test_a_paragraph_is_marked_on_the_page_where_it_starts() -> None:
    first = next(one for one in paragraphs(sample_as_pdf()) if one.text.startswith("2. Nghị"))
    assert first.where.page == 2
    assert first.where.box
    left, top, right, bottom = first.where.box
    assert 0.1 < left < 0.25
    assert 0.9 < right < 1
    assert 0.5 < top < bottom < 0.65


def test_a_paragraph_over_a_page_break_is_marked_to_the_end_of_the_first_page() -> None:
    long = "1. " + "Chỉ đạo các sở, ngành, địa phương tập trung triển khai quyết liệt " * 90
    found = paragraphs(paper_pdf(long.strip() + "."))[2]
    assert found.text.endswith("quyết liệt.")
    assert found.where.page == 1
    assert found.where.box
    assert found.where.box[3] > 0.9


def test_bold_headings_and_italic_lines_are_known() -> None:
    found = paragraphs(paper_pdf("!A. NHIỆM VỤ", "*Kèm theo Quyết định*", "1. Việc một."))
    assert [(one.bold, one.italic) for one in found[2:]] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("1. Việc thứ nhất.", "2. Việc thứ hai.", "a) Ý một;", "b) Ý hai.", "- Gạch đầu dòng."),
        ("1. Việc chưa có dấu chấm", "2. Việc kế tiếp (Sở Y tế chuẩn bị)", "3. Việc ba"),
        ("I. NHIỆM VỤ TRỌNG TÂM VÀ CÁC HOẠT ĐỘNG CHÍNH CỦA ỦY BAN NHÂN DÂN TỈNH TRONG THÁNG",),
        ("1. Báo cáo thực hiện kế hoạch phát triển kinh tế - xã hội giai đoạn 2026 - 2030",),
        ("1. Bãi bỏ Nghị quyết của Hội đồng nhân dân tỉnh và các nghị quyết số 33/NQ-HĐND.",),
        ("Đoạn thứ nhất kết thúc.", "Đoạn thứ hai bắt đầu."),
    ],
)
def test_items_are_neither_glued_nor_split(lines: tuple[str, ...]) -> None:
    assert texts(*lines) == list(lines)


def test_a_dash_or_document_number_at_the_start_of_a_line_begins_no_item() -> None:
    words = "1. " + " ".join(f"{'a' * n} 2026 - 2030 số 33/KH-UBND" for n in range(1, 30)) + "."
    assert texts(words) == [words]


def test_the_signature_block_is_read_column_after_column() -> None:
    *_, block = contents(paper_pdf("1. Việc thứ nhất.")).blocks
    assert isinstance(block, Table)
    assert [row.cells for row in block.rows] == [
        (
            "Nơi nhận:\n- Văn phòng Chính phủ;\n- Lưu: VT.",
            "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nVũ Huy Phương",
        )
    ]


def test_running_heads_are_set_aside_once_a_page_repeats_them() -> None:
    pages = printed(
        '#set page(header: "Công báo tỉnh Bắc Ninh", footer: context [Trang #here().page()/3])\n'
        '#set text(font: "Tinos")\n'
        + "\n#pagebreak()\n".join(f"Đoạn {n}." for n in ("một", "hai", "ba"))
    )
    read_ = contents(pages)
    assert len(read_.dropped) == 6
    assert [one.text for one in read_.blocks if isinstance(one, Paragraph)] == [
        "Đoạn một.",
        "Đoạn hai.",
        "Đoạn ba.",
    ]


def test_letters_written_apart_from_their_marks_are_put_together() -> None:
    assert texts("1. Ke\u0302\u0301 hoạch xu\u0301c tiến.") == ["1. Kế hoạch xúc tiến."]


def test_progress_is_told_after_each_page() -> None:
    seen: list[tuple[int, int]] = []
    read(File("a.pdf", sample_as_pdf(), lambda done, of: seen.append((done, of))))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_blank_pages_are_read_as_nothing_without_looking_at_them() -> None:
    read_ = contents(blank_pdf(A4, A4))
    assert (read_.blocks, read_.remarks, read_.pages) == ((), (), 2)


@pytest.mark.parametrize("size", [(14_000.0, 14_000.0), (1.0, 1.0), (3.0, 14_000.0)])
def test_a_page_of_absurd_size_is_looked_at_without_harm(size: tuple[float, float]) -> None:
    assert contents(blank_pdf(size)).blocks == ()


def test_too_many_pages_are_refused_before_any_is_read() -> None:
    refused = refusal(blank_pdf(*[A4] * 301))
    assert (refused.code, refused.facts) == ("file.too-many-pages", {"pages": 301, "limit": 300})


def test_too_many_scanned_pages_are_refused_before_any_is_recognised() -> None:
    page = scan_of(paper_pdf("1. Việc."), dpi=50)
    refused = refusal(bound(*[page] * 61))
    assert (refused.code, refused.facts) == ("file.too-many-scans", {"pages": 61, "limit": 60})


@pytest.mark.parametrize("cut", [10, 3000, -2000])
def test_a_damaged_pdf_is_refused(cut: int) -> None:
    assert refusal(sample_as_pdf()[:cut]).code == "file.damaged"


def test_a_pdf_with_a_password_is_refused() -> None:
    encrypt = b"/Encrypt<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32
    locked = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    locked += b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    trailer = b"trailer<</Root 1 0 R/ID[<41><41>]" + encrypt + b">/P -4>>>>\n%%EOF"
    assert refusal(locked + trailer).code == "file.password"
