"""Which reader a file needs, by its first bytes and its name, and which files are refused."""

import hashlib
import importlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from tracker.errors import Unreadable
from tracker.importer.blocks import Contents, Document, File, Paragraph, Progress, nobody
from tracker.importer.readers.contents_list import set_aside
from tracker.importer.readers.packages import kind_of_package
from tracker.importer.readers.secrecy import refuse_secret

SIZE_LIMIT = 20 * 1024 * 1024
# Characters: a programme of ten thousand items has three million.
TEXT_LIMIT = 5_000_000

MARKDOWN, PLAIN, CSV = "text/markdown", "text/plain", "text/csv"
PDF, PNG, JPEG, TIFF = "application/pdf", "image/png", "image/jpeg", "image/tiff"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.spreadsheetml.sheet"
DOC = "application/msword"

# The module of each format. A reader is loaded only when a file needs it: some of their
# libraries are large.
_READERS = {
    MARKDOWN: "markdown",
    PLAIN: "text",
    CSV: "csv",
    PDF: "pdf",
    PNG: "image",
    JPEG: "image",
    TIFF: "image",
    DOCX: "word",
    XLSX: "excel",
    DOC: "old_word",
}
_BY_SIGNATURE = {
    b"%PDF": PDF,
    b"\x89PNG": PNG,
    b"\xff\xd8\xff": JPEG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"{\\rtf": DOC,
}
_PACKAGES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"\xd0\xcf\x11\xe0")
_NOT_READ = {b"7z\xbc\xaf": "7z", b"Rar!": "RAR", b"\x1f\x8b": "gzip", b"GIF8": "GIF"}
_BY_NAME = {".md": MARKDOWN, ".markdown": MARKDOWN, ".mdown": MARKDOWN, ".csv": CSV, ".tsv": CSV}
_OTHER_NAMES = {".odt", ".ods", ".ppt", ".pptx", ".html", ".htm", ".eml", ".msg"}
_MACRO_NAMES = {".docm", ".dotm", ".xlsm", ".xltm", ".xlam"}
_BINARY_NAMES = {
    ".doc", ".docx", ".rtf", ".pdf", ".xls", ".xlsx", ".png", ".jpg", ".jpeg", ".tif", ".tiff",
}  # fmt: skip
READABLE_NAMES = (
    ".docx", ".doc", ".pdf", ".xlsx", ".csv", ".md", ".txt", ".png", ".jpg", ".jpeg", ".tif",
)  # fmt: skip
_MARKED = re.compile(rb"^#{1,6} |\*\*[^\s*]", re.MULTILINE)


def read_file(path: Path, *, limit: int = SIZE_LIMIT) -> Document:
    """Read a file from disk; one that is too large is refused before it is opened."""
    refuse_size(path.stat().st_size, limit)
    return read_bytes(path.name, path.read_bytes(), limit=limit)


def read_bytes(
    name: str,
    data: bytes,
    *,
    limit: int = SIZE_LIMIT,
    progress: Progress = nobody,
) -> Document:
    """Read a file held in memory under its own name."""
    refuse_size(len(data), limit)
    media_type = media_type_of(name, data)
    reader = importlib.import_module(f"tracker.importer.readers.{_READERS[media_type]}")
    contents: Contents = set_aside(reader.read(File(name, data, progress)))
    words = "\n".join(_words(contents))
    if not words.strip():
        raise Unreadable("file.empty")
    if len(words) > TEXT_LIMIT:
        raise Unreadable("file.too-much-text", limit=TEXT_LIMIT // 1_000_000)
    refuse_secret(words)
    refuse_secret("\n".join(_elsewhere(media_type, data)))
    return Document(name, media_type, hashlib.sha256(data).hexdigest(), contents)


def _elsewhere(media_type: str, data: bytes) -> Iterator[str]:
    """Words of the file that are no part of its text."""
    if media_type in (DOCX, XLSX, PDF):
        stamps = importlib.import_module("tracker.importer.readers.stamps")
        look = stamps.words_of_notes if media_type == PDF else stamps.words_of_package
        yield from look(data)


def _words(contents: Contents) -> Iterator[str]:
    """Everything printed, in the margins too: a stamp of secrecy may stand anywhere."""
    for block in (*contents.dropped, *contents.blocks):
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell for row in block.rows for cell in row.cells)


def refuse_size(size: int, limit: int = SIZE_LIMIT) -> None:
    """Refuse an empty file, and one of more bytes than the limit."""
    if size == 0:
        raise Unreadable("file.empty")
    if size > limit:
        raise Unreadable("file.too-large", size=_megabytes(size), limit=_megabytes(limit))


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".rstrip("0").rstrip(".") + " MB"


def media_type_of(name: str, data: bytes) -> str:
    """What the file is, by its first bytes; a wrong name is forgiven, an unknown form refused."""
    suffix = PurePath(name).suffix.lower()
    refused = next((form for start, form in _NOT_READ.items() if data.startswith(start)), None)
    if refused:
        raise Unreadable("file.format", format=refused)
    if suffix in _MACRO_NAMES:
        raise Unreadable("file.macros")
    if data.startswith(_PACKAGES):
        return kind_of_package(data)
    signed = next((kind for start, kind in _BY_SIGNATURE.items() if data.startswith(start)), None)
    # Some programs write a line or two before the mark that begins a PDF.
    late = PDF if suffix == ".pdf" and b"%PDF-" in data[:1024] else None
    return signed or late or _text_type(suffix, data)


def _text_type(suffix: str, data: bytes) -> str:
    if suffix in _BINARY_NAMES:
        raise Unreadable("file.damaged", format=suffix)
    if suffix in _OTHER_NAMES:
        raise Unreadable("file.format", format=suffix)
    # A .txt saved from a Markdown converter still carries the marks, so content counts too.
    return _BY_NAME.get(suffix) or (MARKDOWN if _MARKED.search(data) else PLAIN)
