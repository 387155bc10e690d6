"""Bytes of a text file become Vietnamese text, or a refusal that says what to do."""

import codecs
import re
import unicodedata

from tracker.errors import Unreadable

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Word and converters end lines in many ways; a page or soft break is a line break to the reader.
_LINE_ENDS = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\ufeff\u00ad]")
_CONTROL = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str:
    """NFC text with plain spaces and line feeds; nothing else is changed."""
    text = unicodedata.normalize("NFC", _characters(data))
    return _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))


def _characters(data: bytes) -> str:
    is_utf16 = data.startswith(_UTF16)
    if not is_utf16 and b"\x00" in data:
        raise Unreadable("file.binary")
    try:
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("file.binary" if _CONTROL.search(data) else "file.encoding") from error
    if "\x00" in text:
        raise Unreadable("file.binary")
    return text
