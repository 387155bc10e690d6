"""Which reader a file needs, by its first bytes and its name, and which files are refused."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path, PurePath

from tracker.errors import Unreadable
from tracker.importer.blocks import Block, Document
from tracker.importer.readers.decode import decode
from tracker.importer.readers.markdown import read_markdown
from tracker.importer.readers.secrecy import refuse_secret
from tracker.importer.readers.text import read_text

SIZE_LIMIT = 20 * 1024 * 1024

Reader = Callable[[str], list[Block]]
_READERS: dict[str, Reader] = {"text/markdown": read_markdown, "text/plain": read_text}
_MARKDOWN_NAMES = {".md", ".markdown", ".mdown"}
_SIGNATURES = {
    b"PK\x03\x04": "Word/Excel (.docx, .xlsx)",
    b"PK\x05\x06": "ZIP",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "Word/Excel 97-2003 (.doc, .xls)",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
}
_KNOWN_NAMES = {
    ".doc", ".docx", ".odt", ".rtf", ".pdf", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx",
    ".html", ".htm", ".eml", ".msg", ".zip", ".rar", ".7z", ".png", ".jpg", ".jpeg", ".tif",
    ".tiff",
}  # fmt: skip
_MARKED = re.compile(r"^#{1,6} |\*\*[^\s*]", re.MULTILINE)


def read_file(path: Path, *, limit: int = SIZE_LIMIT) -> Document:
    """Read a file from disk; one that is too large is refused before it is opened."""
    _refuse_size(path.stat().st_size, limit)
    return read_bytes(path.name, path.read_bytes(), limit=limit)


def read_bytes(name: str, data: bytes, *, limit: int = SIZE_LIMIT) -> Document:
    """Read a file held in memory under its own name."""
    _refuse_size(len(data), limit)
    _refuse_format(name, data)
    text = decode(data)
    if not text.strip():
        raise Unreadable("file.empty")
    refuse_secret(text)
    media_type = _media_type(name, text)
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, media_type, digest, tuple(_READERS[media_type](text)))


def _refuse_size(size: int, limit: int) -> None:
    if size == 0:
        raise Unreadable("file.empty")
    if size > limit:
        raise Unreadable("file.too-large", size=_megabytes(size), limit=_megabytes(limit))


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".rstrip("0").rstrip(".") + " MB"


def _refuse_format(name: str, data: bytes) -> None:
    suffix = PurePath(name).suffix.lower()
    known = next((form for start, form in _SIGNATURES.items() if data.startswith(start)), None)
    if known or suffix in _KNOWN_NAMES:
        raise Unreadable("file.format", format=known or suffix)


def _media_type(name: str, text: str) -> str:
    # A .txt saved from a Markdown converter still carries the marks, so content counts too.
    marked = PurePath(name).suffix.lower() in _MARKDOWN_NAMES or _MARKED.search(text)
    return "text/markdown" if marked else "text/plain"
