"""Files that mean no good: one sentence for each, in bounded time, and nothing is left."""

import io
import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from PIL import Image

from tests.importer import hostile_papers as bad
from tests.importer.papers import reading_of
from tests.importer.readers.pdf_papers import paper_pdf
from tests.importer.readers.word_papers import box, docx, p, packed, sdt, tbl, tr
from tracker import labels
from tracker.clock import stopwatch
from tracker.domain.working_days import published
from tracker.errors import Unreadable
from tracker.importer.apart import read_apart
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme
from tracker.labels.files import FILES

Make = Callable[[], bytes]
LONGEST = 20  # seconds of work
LONGEST_WAIT = 150  # for a child, on a machine that has other things to do


def read(name: str, data: bytes) -> Reading:
    return read_programme(name, data, units=published_units(), working_days=published())


def refused(name: str, data: bytes) -> str:
    start = process_time()
    with pytest.raises(Unreadable) as raised:
        read(name, data)
    assert process_time() - start < LONGEST
    assert all(labels.sentence_of(raised.value, locale) for locale in labels.LOCALES)
    return raised.value.code


def outcome(name: str, data: bytes, read: Callable[[str, bytes], Reading] = read) -> str:
    """The code of the refusal, or "" for a file that was read; nothing else may happen."""
    try:
        read(name, data)
    except Unreadable as refusal:
        return refusal.code
    return ""


def apart(name: str, data: bytes) -> Reading:
    return read_apart(name, data, units=published_units(), working_days=published())


@pytest.fixture(autouse=True)
def _nothing_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> object:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert list(tmp_path.iterdir()) == []


def test_the_papers_of_these_tests_are_good_until_harm_is_done() -> None:
    for name, make in (("a.docx", bad.good_docx), ("a.xlsx", bad.good_xlsx)):
        assert [item.lead and item.lead.unit for item in read(name, make()).items] == [
            "Sở Tài chính"
        ]


PACKAGES: dict[str, tuple[str, Make]] = {
    "flat bomb": ("file.bomb", bad.zip_bomb),
    "bomb of many parts": ("file.bomb", bad.many_parts),
    "bomb whose directory lies": ("file.damaged", bad.lying_bomb),
    "packing without measure": ("file.damaged", bad.odd_packing),
    "entities in the text": (
        "file.damaged",
        lambda: bad.with_parts(bad.good_docx(), word__document=bad.laughing()),
    ),
    "entities in the workbook": (
        "file.damaged",
        lambda: bad.good_xlsx(xl__workbook=bad.laughing("workbook")),
    ),
    "entities in the sheet": (
        "file.damaged",
        lambda: bad.good_xlsx(xl__worksheets__sheet1=bad.laughing("worksheet")),
    ),
    "foreign file in the text": (
        "file.damaged",
        lambda: bad.with_parts(bad.good_docx(), word__document=bad.prying()),
    ),
    "foreign file in the sheet": (
        "file.damaged",
        lambda: bad.good_xlsx(xl__worksheets__sheet1=bad.prying("worksheet")),
    ),
    "locked parts": ("file.password", bad.locked_zip),
    "locked package": ("file.password", lambda: bad.compound("EncryptionInfo", "EncryptedPackage")),
    "locked old Word": (
        "file.password",
        lambda: bad.compound("WordDocument", content=bytes(11) + b"\x01" + bytes(5000)),
    ),
    "macros": (
        "file.macros",
        lambda: packed({"word/document.xml": b"<x/>", "word/vbaProject.bin": b""}),
    ),
    "macros under another name": (
        "file.macros",
        lambda: packed(
            {
                "word/document.xml": b"<x/>",
                "[Content_Types].xml": b"<Types>application/vnd.ms-word.document.macroEnabled",
            }
        ),
    ),
    "macros of old Word": ("file.macros", lambda: bad.compound("WordDocument", "VBA")),
    "old Excel": ("file.format", lambda: bad.compound("Workbook")),
    "old something": ("file.format", lambda: bad.compound("Contents")),
    "other package": ("file.format", lambda: packed({"content.xml": b"<x/>"})),
    "package in packages": ("file.damaged", bad.nested_bomb),
    "deep tables": ("file.damaged", lambda: bad.deep_tables(4000)),
}


@pytest.mark.parametrize("what", PACKAGES)
def test_a_hostile_package_is_refused(what: str) -> None:
    code, make = PACKAGES[what]
    assert refused("a.docx", make()) == code


@pytest.mark.parametrize("name", ["a.docm", "a.XLSM", "a.dotm"])
def test_a_file_named_as_one_with_macros_is_refused_whatever_it_holds(name: str) -> None:
    assert refused(name, bad.good_docx()) == "file.macros"


@pytest.mark.parametrize(
    "data", [b"MZ" + bytes(200), b"\x7fELF" + bytes(99), b"<html><body>", b"\xca\xfe\xba\xbe1234"]
)
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.doc", "a.png"])
def test_a_wrong_extension_is_refused(name: str, data: bytes) -> None:
    assert refused(name, data) == "file.damaged"


@pytest.mark.parametrize("name", ["a.docx", "a.md", "a", "a.exe"])
def test_a_good_file_is_read_under_any_name(name: str) -> None:
    assert len(read(name, bad.good_docx()).items) == 1
    assert len(read(name, bad.good_xlsx()).items) == 1


def test_a_pdf_named_as_word_is_read_as_a_pdf() -> None:
    assert read("a.docx", paper_pdf("1. Việc thứ nhất")).source.media_type == "application/pdf"


PDFS: dict[str, tuple[str, Make]] = {
    "two thousand pages": ("file.too-many-pages", lambda: bad.pages_pdf(2000)),
    "locked": ("file.password", bad.locked_pdf),
    "pages in a ring": ("file.too-many-pages", bad.pages_in_a_ring),
    "nothing but its mark": ("file.damaged", lambda: b"%PDF-1.7\n"),
}


@pytest.mark.parametrize("what", PDFS)
def test_a_hostile_pdf_is_refused(what: str) -> None:
    code, make = PDFS[what]
    assert refused("a.pdf", make()) == code


@pytest.mark.parametrize("size", [20_000, 60_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unfolded(size: int) -> None:
    assert refused("a.png", bad.png(size, size)) == "file.picture-too-large"


# Each of these may take the memory or time of the process that reads it, so one is given to it.
HEAVY: dict[str, tuple[str, Make]] = {
    "a page as large as a town": ("a.pdf", lambda: bad.pages_pdf(1, box="0 0 9999999 9999999")),
    "an empty page as large as a town": (
        "a.pdf",
        lambda: bad.pages_pdf(1, box="0 0 9999999 9999999", content=b""),
    ),
    "no pages": ("a.pdf", lambda: bad.pdf("<< /Type /Catalog >>")),
    "forms that print themselves": ("a.pdf", bad.forms_in_themselves),
    "forms that double": ("a.pdf", bad.doubling_forms),
    "a swollen page": ("a.pdf", bad.swollen_pdf),
    "one long word": ("a.txt", (bad.GOOD + " a" + "a" * 4_000_000).encode),
    "one long line": ("a.txt", (bad.GOOD + " a b" * 500_000).encode),
    "a million brackets": ("a.md", (bad.GOOD + "[(" * 500_000).encode),
    "a million quotes": ("a.md", (bad.GOOD + "\n\n" + ">" * 1_000_000).encode),
}
MUCH: dict[str, tuple[str, bytes]] = {
    "a.txt": ("file.too-much-text", bad.GOOD.encode() + b" a b" * 4_900_000),
    "b.txt": ("file.too-much-text", bad.GOOD.encode() + b"\n\n1. Viec gi do" * 400_000),
    "c.csv": ("file.sheet-too-large", b"TT;Noi dung\n" + b"1;Viec\n" * 1_000_000),
}


@pytest.mark.parametrize("name", MUCH)
def test_more_words_than_any_programme_has_are_refused(name: str) -> None:
    code, data = MUCH[name]
    assert refused(name, data) == code


@pytest.mark.parametrize("what", HEAVY)
def test_a_heavy_file_is_read_or_refused_in_bounded_time(what: str) -> None:
    name, make = HEAVY[what]
    data, start = make(), stopwatch()
    assert outcome(name, data, apart) in {"", *FILES}
    assert stopwatch() - start < LONGEST_WAIT


def damaged(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 - the harm must be the same in every run
    spoilt = bytearray(data)
    for _ in range(max(1, len(data) // 50)):
        spoilt[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(spoilt)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("L", (60, 40), 255).save(out, "PNG")
    return out.getvalue()


KINDS: dict[str, Make] = {
    "a.docx": bad.good_docx,
    "a.xlsx": bad.good_xlsx,
    "a.pdf": lambda: bad.pages_pdf(2),
    "a.png": picture,
    "a.doc": lambda: bad.compound("WordDocument"),
}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_file_cut_short_is_read_or_refused(name: str, share: float) -> None:
    data = KINDS[name]()
    assert outcome(name, data[: int(len(data) * share)]) in {"", *FILES}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_a_spoilt_file_is_read_or_refused(name: str, seed: int) -> None:
    assert outcome(name, damaged(KINDS[name](), seed)) in {"", *FILES}


def header(words: str) -> dict[str, str]:
    return {"header1": p(words)}


def sheet_header(words: str) -> str:
    return f"<headerFooter><oddHeader>&amp;R&amp;14{words}</oddHeader></headerFooter>"


def note(words: str) -> bytes:
    said = ("\ufeff" + words).encode("utf-16-be").hex()
    return bad.pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        "/Resources << /Font << /F 6 0 R >> >> /Annots [4 0 R] >>",
        f"<< /Type /Annot /Subtype /FreeText /Rect [9 9 99 99] /Contents <{said}> >>",
        bad.stream(bad.WORDS),
        bad.FONT,
    )


STAMPED: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "text": ("a.txt", lambda stamp: f"{stamp}\n\n{bad.GOOD}".encode()),
    "Markdown in bold": ("a.md", lambda stamp: f"**{stamp}**\n\n{bad.GOOD}".encode()),
    "stamp in brackets": ("a.txt", lambda stamp: f"{bad.GOOD}\n\n[{stamp}]".encode()),
    "column of a letterhead": ("a.md", lambda stamp: f"| {stamp} | Số: 1 |\n\n{bad.GOOD}".encode()),
    "csv cell": ("a.csv", lambda stamp: f"TT;Nội dung\n1;{stamp}\n".encode()),
    "Word paragraph": ("a.docx", lambda stamp: bad.good_docx(p(stamp))),
    "Word cell": ("a.docx", lambda stamp: bad.good_docx(tbl(tr("1", stamp)))),
    "Word text box": ("a.docx", lambda stamp: bad.good_docx(p(box(p(stamp))))),
    "Word content control": ("a.docx", lambda stamp: bad.good_docx(sdt(p(stamp)))),
    "Word header": ("a.docx", lambda stamp: bad.good_docx(**header(stamp))),
    "Word footer": ("a.docx", lambda stamp: bad.good_docx(footer1=p(stamp))),
    "Word watermark": (
        "a.docx",
        lambda stamp: bad.good_docx(
            header1=p(
                f'<w:r><w:pict><v:shape><v:textpath string="{stamp}"/></v:shape></w:pict></w:r>'
            )
        ),
    ),
    "Word letter by letter": (
        "a.docx",
        lambda stamp: bad.good_docx(p(*(f"<w:r><w:t>{letter}</w:t></w:r>" for letter in stamp))),
    ),
    "Excel cell": ("a.xlsx", lambda stamp: bad.good_xlsx(("", stamp, ""))),
    "Excel header": ("a.xlsx", lambda stamp: bad.good_xlsx(below=sheet_header(stamp))),
    "Excel drawing": (
        "a.xlsx",
        lambda stamp: bad.good_xlsx(
            xl__drawings__drawing1=f"<d xmlns:a='x'><a:p><a:t>{stamp}</a:t></a:p></d>".encode()
        ),
    ),
    "PDF line": ("a.pdf", lambda stamp: paper_pdf(stamp, "1. Việc thứ nhất")),
    "PDF note": ("a.pdf", note),
}


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
@pytest.mark.parametrize("where", STAMPED)
def test_a_stamp_of_secrecy_is_seen_in_every_place(where: str, stamp: str) -> None:
    name, make = STAMPED[where]
    assert refused(name, make(stamp)) == "file.secret"


@pytest.mark.parametrize("where", STAMPED)
def test_the_same_place_may_say_something_else(where: str) -> None:
    name, make = STAMPED[where]
    assert outcome(name, make("Bảo mật thông tin")) in {"", "file.no-programme"}


def test_a_formula_is_never_computed() -> None:
    formula = '<row><c t="str"><f>cmd|"/c calc"!A1</f><v>2. Việc hai</v></c></row>'
    assert outcome("a.xlsx", bad.xlsx(f"<sheetData>{formula}</sheetData>")) == "file.no-programme"


def test_names_of_parts_that_climb_are_never_written(tmp_path: Path) -> None:
    climbing = {"../../../../tmp/climbed.xml": b"<x/>", f"{tmp_path}/climbed.xml": b"<x/>"}
    data = packed(climbing | {"word/document.xml": b"<x/>"})
    assert refused("../../a.docx", data) == "file.damaged"
    assert not Path(tempfile.gettempdir(), "climbed.xml").exists()


def test_what_lies_outside_the_package_is_never_fetched() -> None:
    # Sockets are closed in tests: to ask for it would be an error.
    away = '<w:r><w:drawing><a:blip r:link="away"/></w:drawing></w:r>'.replace("a:blip", "w:blip")
    assert len(read("a.docx", docx(*map(p, bad.LINES), p(away))).items) == 1


def test_a_large_but_honest_file_is_read() -> None:
    lines = "\n\n".join(f"{n}. Việc thứ {n}. (Sở Tài chính chuẩn bị)" for n in range(1, 900))
    assert len(reading_of(f"{bad.LINES[0]}\n\nA. NHIỆM VỤ\n\n{lines}").items) == 899


def test_no_child_is_left_behind() -> None:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
