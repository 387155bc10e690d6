"""Bytes of a text file become Vietnamese text, or a refusal that says what to do."""

import codecs
import re
import unicodedata

from tracker.errors import Unreadable
from tracker.importer.blocks import Remark
from tracker.importer.readers.legacy_letters import from_letters, is_vietnamese

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Word and converters end lines in many ways; a page or soft break is a line break to the reader.
_LINE_ENDS = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\ufeff\u00ad]")
_CONTROL = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str:
    """NFC text with plain spaces and line feeds; nothing else is changed."""
    return decode_with_remarks(data)[0]


def decode_with_remarks(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text as `decode` gives it, and a remark when its letters came from an old encoding."""
    text, encoding = _characters(data)
    return tidy(_LINE_ENDS.sub("\n", text)), converted_from(encoding)


def tidy(text: str) -> str:
    """The same words in NFC, with plain spaces and nothing invisible."""
    return _INVISIBLE.sub("", _SPACES.sub(" ", unicodedata.normalize("NFC", text)))


def converted_from(encoding: str | None) -> tuple[Remark, ...]:
    """What to tell of letters that were converted from an old encoding."""
    return (Remark("encoding-converted", {"encoding": encoding}),) if encoding else ()


def _characters(data: bytes) -> tuple[str, str | None]:
    is_utf16 = data.startswith(_UTF16)
    if not is_utf16 and b"\x00" in data:
        raise Unreadable("file.binary")
    try:
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        if is_utf16 or _CONTROL.search(data):
            raise Unreadable("file.binary" if _CONTROL.search(data) else "file.encoding") from error
        return _before_unicode(data)
    if "\x00" in text:
        raise Unreadable("file.binary")
    # A soft hyphen is a letter in TCVN3, so it may go only after this.
    return from_letters(text)


def _before_unicode(data: bytes) -> tuple[str, str]:
    """Text of one byte a letter: the old encoding is known by the syllables that it gives."""
    text, encoding = from_letters(data.decode("cp1252", "replace"))
    if encoding:
        return text, encoding
    text = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if not is_vietnamese(text):
        raise Unreadable("file.encoding")
    return text, "Windows-1258"
