"""Zip and compound files: which office format they hold, and which of them are refused unopened."""

import io
import zipfile

import olefile

from tracker.errors import Unreadable

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP_PARTS = {
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
}
_UNPACKED_LIMIT = 300 * 1024 * 1024
_RATIO_LIMIT = 200
_PARTS_LIMIT = 5_000
_MACROS = ("vbaproject.bin", "vbadata.xml")


def kind_of_package(data: bytes) -> str:
    """The media type of a package; refuses macros, passwords, bombs, damage and other formats."""
    return _kind_of_zip(data) if data.startswith(b"PK") else _kind_of_compound(data)


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable("file.damaged", format="Word/Excel") from error
    _refuse_bomb(parts)
    names = {part.filename.lower(): part for part in parts}
    if any(name.endswith(_MACROS) for name in names):
        raise Unreadable("file.macros")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("file.password")
    kind = next((kind for name, kind in _ZIP_PARTS.items() if name in names), None)
    if kind is None:
        raise Unreadable("file.format", format="ZIP")
    return kind


def _refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
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
    except (OSError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise Unreadable("file.damaged", format="Word/Excel 97-2003") from error
    if "encryptedpackage" in streams:
        raise Unreadable("file.password")
    if "worddocument" in streams:
        return "application/msword"
    raise Unreadable("file.format", format="Excel 97-2003 (.xls)" if "workbook" in streams else "?")
