"""What may be attached: files are known by their content, and their names must agree."""

import io
import zipfile

import pytest

from tests.importer.hostile_papers import (
    compound,
    good_docx,
    good_xlsx,
    locked_zip,
    pages_pdf,
    png,
    with_parts,
    zip_bomb,
)  # fmt: skip
from tracker.errors import Refused, Unreadable
from tracker.importer.papers import media_type_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
ODT = "application/vnd.oasis.opendocument.text"


def package(**parts: bytes) -> bytes:
    """A zip file; "/" is written "__" in the names of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def open_document(**parts: bytes) -> bytes:
    return package(mimetype=ODT.encode(), **{"content.xml": b"<a/>", **parts})


def presentation() -> bytes:
    return package(**{"ppt__presentation.xml": b"<a/>"})


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.PDF", pages_pdf(1), "pdf"),
        ("a.docx", good_docx(), "wordprocessingml"),
        ("a.xlsx", good_xlsx(("a", "b")), "spreadsheetml"),
        ("a.pptx", presentation(), "presentationml"),
        ("a.odt", open_document(), ODT),
        ("a.doc", compound("WordDocument"), "msword"),
        ("a.xls", compound("Workbook"), "ms-excel"),
        ("a.ppt", compound("PowerPoint Document"), "ms-powerpoint"),
        ("a.rtf", b"{\\rtf1 a}", "rtf"),
        ("a.png", png(20, 20), "png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "jpeg"),
        ("a.csv", "Đơn vị;Số".encode(), "text/plain"),
        ("a.txt", "Đơn vị".encode("utf-16"), "text/plain"),
    ],
)
def test_what_offices_write_is_taken(name: str, data: bytes, kind: str) -> None:
    assert kind in media_type_of(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", pages_pdf(1)),
        ("a.pdf", good_docx()),
        ("a.docx", good_xlsx(("a", "b"))),
        ("a", pages_pdf(1)),
        ("a.pdf.exe", pages_pdf(1)),
        ("a.svg", b"Some words"),
    ],
)
def test_a_name_that_says_something_else_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Refused, match=r"attachment\.other-name"):
        media_type_of(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", HTML),
        ("a.pdf", HTML + b"%PDF-1.4"),
        ("a.txt", b"\xef\xbb\xbf \n" + HTML),
        ("a.txt", HTML.decode().encode("utf-16")),
        ("a.png", SVG),
        ("a.txt", b"<?xml version='1.0'?>" + SVG),
        ("a.txt", b"#!/bin/sh\nrm -rf /"),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.txt", b"\x7fELF"),
        ("a.docx", package(a=b"x")),
        ("a.odt", package(**{"content.xml": b"<a/>", "mimetype": b"text/html"})),
        ("a.doc", compound("something else")),
        ("a.gif", b"GIF89a"),
    ],
)
def test_what_acts_by_itself_or_hides_something_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Refused, match=r"attachment\.not-taken"):
        media_type_of(name, data)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docm", with_parts(good_docx(), word__vbaData=b"x"), "file.macros"),
        ("a.docx", zip_bomb(), "file.bomb"),
        ("a.docx", locked_zip(), "file.password"),
        ("a.xls", compound("Workbook", "_VBA_PROJECT_CUR/VBA/dir"), "file.macros"),
        ("a.odt", open_document(Basic__script=b"x"), "file.macros"),
        ("a.docx", b"PK\x03\x04" + bytes(80), "file.damaged"),
        ("a.pdf", b"", "file.empty"),
    ],
)
def test_macros_bombs_locks_and_damage_are_refused(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        media_type_of(name, data)
    assert refused.value.code == code


def test_what_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused, match=r"attachment\.unknown"):
        media_type_of("a.pdf", bytes(range(256)))
