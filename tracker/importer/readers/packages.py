"""Zip and compound files: which office format they hold, and which of them are refused unopened."""

import io
import zipfile
import zlib

import olefile

from tracker.errors import Unreadable

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP_PARTS = {
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
    "word/document2.xml": f"{_OFFICE}.wordprocessingml.document",  # as Word for the web saves it
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
}
# Named in the sentence that refuses them.
_OTHER_PARTS = {
    "content.xml": "OpenDocument",
    "ppt/presentation.xml": "PowerPoint",
    "xl/workbook.bin": "Excel (.xlsb)",
}
_OTHER_STREAMS = {"workbook": "Excel 97-2003 (.xls)", "powerpoint document": "PowerPoint"}
_UNPACKED_LIMIT = 300 * 1024 * 1024
_RATIO_LIMIT = 200
_PARTS_LIMIT = 5_000
_MACROS = ("vbaproject.bin", "vbadata.xml")
_TYPES = "[content_types].xml"
_TYPES_LIMIT = 1024 * 1024
# The other ways to pack would unfold without measure, and no office program uses them.
_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGE = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError)

_COMPOUND_DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def kind_of_package(data: bytes) -> str:
    """The media type of a package; refuses macros, passwords, bombs, damage and other formats."""
    return _kind_of_zip(data) if data.startswith(b"PK") else _kind_of_compound(data)


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _kind_of_parts(package)
    except _DAMAGE as error:
        raise Unreadable("file.damaged", format="Word/Excel") from error


def _kind_of_parts(package: zipfile.ZipFile) -> str:
    parts = package.infolist()
    _refuse_bomb(parts)
    names = {part.filename.lower(): part for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("file.password")
    if any(part.compress_type not in _WAYS for part in parts):
        raise ValueError("packed in a way that no office program uses")
    if any(name.endswith(_MACROS) for name in names) or _declares_macros(package, names):
        raise Unreadable("file.macros")
    kind = next((kind for name, kind in _ZIP_PARTS.items() if name in names), None)
    if kind is None:
        other = (form for name, form in _OTHER_PARTS.items() if name in names)
        raise Unreadable("file.format", format=next(other, "ZIP"))
    return kind


def _declares_macros(package: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> bool:
    """Whether the list of parts names macros, under whatever name they lie."""
    if _TYPES not in names:
        return False
    with package.open(names[_TYPES]) as types:
        declared = types.read(_TYPES_LIMIT).lower()
    return b"macroenabled" in declared or b"vbaproject" in declared


def _refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
    # A part that lies about its size is cut off there by the library, and found damaged.
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_bomb = unpacked > _UNPACKED_LIMIT or len(parts) > _PARTS_LIMIT
    # Small files compress well without meaning harm; a bomb is large as well as dense.
    if is_bomb or (unpacked > 50 * 1024 * 1024 and unpacked / packed > _RATIO_LIMIT):
        raise Unreadable("file.bomb")


def _kind_of_compound(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as package:
            streams = {"/".join(path).lower() for path in package.listdir()}
            is_locked = "worddocument" in streams and _is_locked(package)
    except _COMPOUND_DAMAGE as error:
        raise Unreadable("file.damaged", format="Word/Excel 97-2003") from error
    if is_locked or "encryptedpackage" in streams:
        raise Unreadable("file.password")
    if any("vba" in name.split("/") for name in streams):
        raise Unreadable("file.macros")
    if "worddocument" in streams:
        return "application/msword"
    other = (form for name, form in _OTHER_STREAMS.items() if name in streams)
    raise Unreadable("file.format", format=next(other, "OLE"))


def _is_locked(package: olefile.OleFileIO) -> bool:
    """Whether the head of an old Word document says that the rest is encrypted (bit fEncrypted)."""
    head: bytes = package.openstream("worddocument").read(12)
    return len(head) == 12 and bool(head[11] & 1)
