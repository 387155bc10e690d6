"""Words that no reader takes for text: watermarks, text boxes, notes, hidden sheets.

They are looked at for one thing alone, a stamp of secrecy: it may stand anywhere on a paper.
"""

import ctypes
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from lxml import etree

_PARTS = re.compile(r".+\.(?:xml|vml)$", re.IGNORECASE)
_SHEETS = re.compile(r"xl/worksheets/.+\.xml$", re.IGNORECASE)
# Sheets may be large, and little of them concerns us: strings, and what stands above and below.
_OF_A_SHEET = re.compile(
    rb"<(?:\w+:)?(?:t|(?:odd|even|first)(?:Header|Footer))(?:\s[^>]*)?>([^<]+)<"
)
# "&L", "&14" and "&"Times,Bold"" place and dress the words of a sheet's header.
_DRESS = re.compile(r'&(?:"[^"]*"|\d+|[A-Z+])')
# Whether a damaged part matters is for the reader to say.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, LookupError, ValueError, EOFError,
    OSError, NotImplementedError, RuntimeError,
)  # fmt: skip
_PRINTED = ("{*}p", "{*}si", "{*}text", "{*}textpath")


def words_of_package(data: bytes) -> Iterator[str]:
    """Every paragraph and string of every part of a .docx or .xlsx."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in filter(_PARTS.match, package.namelist()):
            yield from _of_package(package, name)


def _of_package(package: zipfile.ZipFile, name: str) -> Iterator[str]:
    with suppress(*_DAMAGE):
        part = package.read(name)
        yield from _of_sheet(part) if _SHEETS.match(name) else _of_part(part)


def _of_sheet(part: bytes) -> Iterator[str]:
    for words in _OF_A_SHEET.findall(part):
        yield _DRESS.sub("|", html.unescape(words.decode(errors="replace")))


def _of_part(part: bytes) -> Iterator[str]:
    found = etree.iterparse(io.BytesIO(part), tag=_PRINTED, resolve_entities=False, no_network=True)
    for _, element in found:
        yield element.get("string") or "".join(element.itertext("{*}t"))


def words_of_notes(data: bytes) -> Iterator[str]:
    """What notes, stamps and fields laid over the pages of a PDF say."""
    with pdfium.PdfDocument(data) as document:
        for page in document:
            yield from _on_page(page)
            page.close()


def _on_page(page: pdfium.PdfPage) -> Iterator[str]:
    for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, number)
        yield from (_said(note, key) for key in (b"Contents", b"V"))
        pdfium_c.FPDFPage_CloseAnnot(note)


def _said(note: object, key: bytes) -> str:
    size = pdfium_c.FPDFAnnot_GetStringValue(note, key, None, 0)
    words = ctypes.create_string_buffer(size)
    pdfium_c.FPDFAnnot_GetStringValue(
        note, key, ctypes.cast(words, ctypes.POINTER(pdfium_c.FPDF_WCHAR)), size
    )
    return words.raw.decode("utf-16-le", errors="replace").rstrip("\0")
