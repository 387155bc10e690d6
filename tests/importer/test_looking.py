"""Looking through what is attached: a stamp of secrecy is found, pages are counted, no more."""

import io
import zipfile

import pytest
from PIL import Image

from tests.importer.hostile_papers import compound, good_docx, locked_pdf, pages_pdf, png
from tests.importer.readers.word_papers import p
from tracker.domain.attachment import ENDINGS, JPEG, PDF, PNG, TEXT
from tracker.errors import Unreadable
from tracker.importer.apart import look_apart
from tracker.importer.looking import look_through
from tracker.importer.orders import Looked

DOCX, ODT, DOC = (
    next(kind for kind, endings in ENDINGS.items() if endings == (ending,))
    for ending in (".docx", ".odt", ".doc")
)


def odt(words: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("content.xml", f'<d xmlns:t="x"><t:p><t:span>{words}</t:span></t:p></d>')
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (good_docx(p("TỐI MẬT")), DOCX),
        (odt("TUYỆT MẬT"), ODT),
        ("Công văn\nMẬT\n".encode(), TEXT),
    ],
)
def test_a_stamp_of_secrecy_is_found(data: bytes, kind: str) -> None:
    with pytest.raises(Unreadable, match=r"file\.secret"):
        look_apart(data, kind)


@pytest.mark.parametrize(
    ("data", "kind", "looked"),
    [
        (pages_pdf(3), PDF, Looked(3, read=True)),
        (pages_pdf(2, content=b""), PDF, Looked(2, read=False)),
        (good_docx(), DOCX, Looked(None, read=True)),
        (odt("Kế hoạch"), ODT, Looked(None, read=True)),
        (compound("WordDocument"), DOC, Looked(None, read=False)),
        (png(20, 20), PNG, Looked(1, read=False)),
        (b"a", TEXT, Looked(None, read=True)),
    ],
)
def test_pages_are_counted_and_it_says_whether_words_were_seen(
    data: bytes, kind: str, looked: Looked
) -> None:
    assert look_through(data, kind) == looked


def test_a_locked_file_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"file\.password"):
        look_apart(locked_pdf(), PDF)


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"file\.damaged"):
        look_through(b"\xff\xd8\xff\xe0", JPEG)


def test_a_photograph_is_one_page() -> None:
    out = io.BytesIO()
    Image.new("RGB", (30, 20)).save(out, "JPEG")
    assert look_through(out.getvalue(), JPEG) == Looked(1, read=False)
