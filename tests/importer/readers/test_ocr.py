"""Scans: the same items as from the text, and honesty about what was hard to read."""

import functools
import re

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from tests.importer.papers import PROGRAMME, TITLE, sample
from tests.importer.readers.pdf_papers import (
    FONTS,
    bound,
    paper_pdf,
    picture_file,
    pictures_of,
    sample_as_pdf,
    scan_of,
    scanned,
    table_pdf,
)
from tests.importer.readers.test_pdf import reading_of_pdf
from tracker.domain.working_days import published
from tracker.errors import Unreadable
from tracker.importer.blocks import Contents, Document, File, Paragraph, Table, Where
from tracker.importer.interpret.document import interpret
from tracker.importer.meaning.reading import Reading, ReadItem
from tracker.importer.meaning.units import published_units
from tracker.importer.readers import image, misread, scans
from tracker.importer.readers.pages import Word
from tracker.importer.readers.pdf import read
from tracker.importer.readers.strokes import as_printed

HEADER = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian")


@functools.cache
def scanned_sample() -> Reading:
    return reading_of_pdf(scan_of(sample_as_pdf(), skew=0.6, noise=0.001))


def difference(one: str, other: str) -> float:
    """The share of characters that differ."""
    plain, read_ = (re.sub(r"\s+", " ", text) for text in (one, other))
    return Levenshtein.distance(plain, read_) / max(len(plain), 1)


def pairs() -> list[tuple[ReadItem, ReadItem]]:
    return list(zip(sample(PROGRAMME).items, scanned_sample().items, strict=True))


def test_a_scan_of_the_sample_gives_the_same_items_leads_and_dates() -> None:
    for expected, found in pairs():
        assert (found.ref, found.kind, found.due_on) == (
            expected.ref,
            expected.kind,
            expected.due_on,
        )
        assert (found.lead and found.lead.unit) == (expected.lead and expected.lead.unit)


def test_a_scan_of_the_sample_has_hardly_a_letter_wrong() -> None:
    assert max(difference(expected.text, found.text) for expected, found in pairs()) < 0.02


def test_a_scan_of_the_sample_is_told_to_be_one() -> None:
    told = [one.facts for one in scanned_sample().warnings if one.code == "scanned"]
    assert told == [{"pages": 3}]


def test_a_good_scan_raises_no_question_about_its_letters() -> None:
    assert "text-uncertain" not in {one.code for one in scanned_sample().warnings}
    assert all(item.confidence and item.confidence > 0.85 for item in scanned_sample().items)


def test_a_scan_loses_no_recipient_and_finds_the_signer() -> None:
    programme = scanned_sample().programme
    assert len(programme.recipients) == 11
    assert programme.signer == "Vũ Huy Phương"


def recognised(text: str, confidence: float, place: int) -> Paragraph:
    return Paragraph(text, text, Where(page=1, paragraph=place), confidence=confidence)


@pytest.mark.parametrize(("confidence", "asked"), [(0.74, [{"percent": 74}]), (0.76, [])])
def test_an_item_hard_to_read_is_asked_about(
    confidence: float, asked: list[dict[str, int]]
) -> None:
    lines = (TITLE, "I. CÁC NỘI DUNG", "1. Kế hoạch năm (Sở Y tế chuẩn bị).")
    blocks = tuple(recognised(text, confidence, place) for place, text in enumerate(lines, 1))
    document = Document("a.png", "image/png", "", Contents(blocks))
    (item,) = interpret(document, units=published_units(), working_days=published()).items
    assert [one.facts for one in item.doubts if one.code == "text-uncertain"] == asked
    assert all(one.is_question for one in item.doubts)


def test_a_page_lying_on_its_side_is_read_upright_and_marked_as_it_lies() -> None:
    page = pictures_of(paper_pdf("1. Việc một."))[0].crop((0, 0, 1654, 700))
    data = picture_file(page.rotate(90, expand=True), dpi=(200, 200))
    blocks = image.read(File("a.png", data)).blocks
    assert [one.text for one in blocks if isinstance(one, Paragraph)][-1] == "1. Việc một."
    box = next(one.where.box for one in blocks if isinstance(one, Paragraph))
    # The title was printed in the middle near the top, so it runs up along the left side.
    assert box == pytest.approx((0.48, 0.29, 0.53, 0.64), abs=0.03)


def test_a_scanned_table_next_to_a_printed_page_is_read_cell_by_cell() -> None:
    rows = [
        (str(n), f"Đề án số {n} của tỉnh", "Sở Tài chính", f"Tháng {n}/2026") for n in range(1, 4)
    ]
    table = scan_of(table_pdf(rows, header=HEADER, columns=(1, 5, 3, 3)), skew=0.7)
    contents = read(File("a.pdf", bound(paper_pdf("1. Việc một."), table)))
    (found,) = (one for one in contents.blocks if isinstance(one, Table) and len(one.rows) > 1)
    assert [row.cells for row in found.rows] == [HEADER, *rows]
    assert contents.remarks[0].facts == {"pages": 1}


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("HI. Các nội dung", "III. Các nội dung"),
        ("L Hội nghị", "I. Hội nghị"),
        ("IH. Các việc", "III. Các việc"),
        ("(Sở Y tế chuổn bị)", "(Sở Y tế chuẩn bị)"),
        ("1. Việc", "1. Việc"),
        ("H", "II"),
        ("ngày 28 thúng 9 nãm 2026", "ngày 28 tháng 9 năm 2026"),
        ("(l) (2)", "(1) (2)"),
        ("Lập kế hoạch", "Lập kế hoạch"),
    ],
)
def test_what_is_always_misread_is_mended(read_as: str, meant: str) -> None:
    words = [Word(text, 0, 0, 1, 1, 1) for text in read_as.split()]
    assert " ".join(word.text for word in misread.mended(words)) == meant


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [("III", "II"), ("III.", "IH."), ("II", "IH"), ("I.", "IL"), ("IV", "IV"), ("III:", "HI:")],
)
def test_a_roman_number_has_as_many_strokes_as_are_printed(printed: str, read_as: str) -> None:
    picture = Image.new("L", (120, 60), 240)
    font = ImageFont.truetype(FONTS / "Tinos-Bold.ttf", 36)
    ImageDraw.Draw(picture).text((10, 5), printed, fill=20, font=font)
    word = picture.crop(ImageChops.invert(picture).point(lambda grey: (grey > 60) * 255).getbbox())
    assert as_printed(read_as, word) == printed


def test_a_page_askew_is_turned_until_its_lines_are_level() -> None:
    page = scanned(pictures_of(sample_as_pdf(), dpi=100)[1], skew=1.5)
    assert scans._angle(page) == pytest.approx(-1.5, abs=0.1)


@pytest.mark.parametrize("grey", [0, 150, 205])
@pytest.mark.parametrize("lean", [0, 8])
def test_rules_are_found_and_painted_over_even_grey_or_leaning(grey: int, lean: int) -> None:
    picture = Image.new("L", (800, 400), 255)
    draw = ImageDraw.Draw(picture)
    for x, y in ((50, 20), (700, 380)):
        draw.line((x, 20, x + lean, 380), fill=grey, width=2)
        draw.line((50, y, 700, y), fill=grey, width=2)
    bare, found = scans.unruled(picture, scale=1.0)
    levels = {round(one.at, -1) for one in found if not one.upright}
    uprights = {round(one.at, -1) for one in found if one.upright}
    assert (levels, uprights) == ({20, 380}, {50, 700})
    assert scans.is_blank(bare)


def test_dust_on_a_page_of_one_name_stays_white() -> None:
    page = Image.effect_noise((600, 800), 12).point([min(level + 100, 255) for level in range(256)])
    ImageDraw.Draw(page).rectangle((400, 100, 470, 104), fill=0)
    dark = sum(scans.cleaned(page)[0].histogram()[:140])
    assert 300 < dark < 500


@pytest.mark.parametrize(("width", "height"), [(20_000, 10), (9_000, 9_000)])
def test_a_picture_too_large_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    data = picture_file(Image.new("1", (width, height)))
    with pytest.raises(Unreadable) as refused:
        image.read(File("a.png", data))
    assert refused.value.code == "file.picture-too-large"
    assert refused.value.facts == {"width": width, "height": height}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_damaged_picture_is_refused(form: str) -> None:
    data = picture_file(pictures_of(paper_pdf("1. Việc."), dpi=50)[0], form)
    with pytest.raises(Unreadable) as refused:
        image.read(File("a", data[: len(data) // 2]))
    assert refused.value.code == "file.damaged"


def test_a_telephone_picture_is_turned_as_it_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = picture_file(Image.new("L", (30, 20), 255), "JPEG", exif=exif)
    with image.opened(data) as picture:
        assert image.frame(picture, 0).size == (20, 30)


def test_every_page_of_a_tiff_is_counted() -> None:
    pages = [Image.new("1", (40, 40), 1)] * 61
    data = picture_file(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(Unreadable) as refused:
        image.read(File("a.tif", data))
    assert refused.value.facts == {"pages": 61, "limit": 60}
