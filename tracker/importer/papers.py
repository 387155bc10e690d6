"""What a file is that somebody attaches, told by its content; what is taken and what is not."""

import io
import re
import zipfile
from pathlib import PurePath

from tracker.domain.attachment import ENDINGS, JPEG, PDF, PNG, TEXT, TIFF
from tracker.errors import Refused, Unreadable
from tracker.importer.readers.decode import decode
from tracker.importer.readers.packages import kind_of_package

_OPEN = "application/vnd.oasis.opendocument"
_PACKED = "application/vnd.openxmlformats-officedocument"
_ZIP, _COMPOUND = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_SIGNATURE = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"{\\rtf": "application/rtf",
}
# Named in the sentence that refuses them.
_OTHERS = {
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"#!": "script",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
    b"GIF8": "GIF",
}
# What the importer recognises and does not read, an office hands in all the same.
_UNREAD_ZIP = {"PowerPoint": f"{_PACKED}.presentationml.presentation", "OpenDocument": _OPEN}
_UNREAD_COMPOUND = {
    "Excel 97-2003 (.xls)": "application/vnd.ms-excel",
    "PowerPoint": "application/vnd.ms-powerpoint",
}
# A page or a drawing acts when a browser opens it, under whatever name.
_ACTS = re.compile(r"<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php)\b", re.IGNORECASE)
_HEAD = 4096
_SCRIPTS = ("basic/", "scripts/")


def media_type_of(name: str, data: bytes) -> str:
    """What the file is; raises Refused for what is not taken, and when its name says otherwise."""
    media_type = _kind(data)
    if PurePath(name).suffix.lower() not in ENDINGS[media_type]:
        raise Refused("attachment.other-name", ending=ENDINGS[media_type][0])
    return media_type


def _kind(data: bytes) -> str:
    if not data:
        raise Unreadable("file.empty")
    other = next((what for start, what in _OTHERS.items() if data.startswith(start)), None)
    if other:
        raise Refused("attachment.not-taken", kind=other)
    if data.startswith(_ZIP):
        return _package(data, _UNREAD_ZIP)
    if data.startswith(_COMPOUND):
        return _package(data, _UNREAD_COMPOUND)
    signed = next((kind for start, kind in _BY_SIGNATURE.items() if data.startswith(start)), None)
    return signed or _text(data)


def _package(data: bytes, unread: dict[str, str]) -> str:
    try:
        return kind_of_package(data)
    except Unreadable as refusal:
        form = str(refusal.facts.get("format", ""))
        if refusal.code != "file.format":
            raise
        if form not in unread:
            raise Refused("attachment.not-taken", kind=form) from refusal
    return _open_document(data) if unread[form] == _OPEN else unread[form]


def _open_document(data: bytes) -> str:
    """Which OpenDocument it is, as its first part says; those with macros are refused."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        first = package.open("mimetype").read(100) if "mimetype" in names else b""
    if any(name.lower().startswith(_SCRIPTS) for name in names):
        raise Unreadable("file.macros")
    media_type = first.decode(errors="replace").strip()
    if media_type not in ENDINGS:
        raise Refused("attachment.not-taken", kind="OpenDocument")
    return media_type


def _text(data: bytes) -> str:
    try:
        text = decode(data)
    except Unreadable as refusal:
        raise Refused("attachment.unknown") from refusal
    if _ACTS.search(text[:_HEAD]):
        raise Refused("attachment.not-taken", kind="HTML, SVG, XML")
    return TEXT
