"""Vietnamese written in the letters of the fonts before Unicode, as typists left it behind."""

import unicodedata
from itertools import groupby

from tests.importer.readers.word_papers import r
from tracker.importer.readers.legacy_letters import TCVN3, VNI

_TCVN3 = {letter: code for code, letter in TCVN3.letters.items()}
_VNI = {letter: code for code, letter in VNI.letters.items()}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def as_tcvn3(text: str) -> str:
    """TCVN3 has no accented capitals: these are set small, in a font of capitals."""
    return "".join(_TCVN3.get(letter) or _TCVN3.get(letter.lower(), letter) for letter in text)


def as_vni(text: str) -> str:
    return "".join(_VNI.get(letter, letter) for letter in text)


def as_windows_1258(text: str) -> bytes:
    """The vowel is one byte and its tone another."""
    return "".join(map(_with_tone_apart, text)).encode("cp1258")


def _with_tone_apart(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in marks if mark in _TONES)
    vowel = "".join(mark for mark in marks if mark not in _TONES)
    return unicodedata.normalize("NFC", vowel) + tone


def vntime(text: str, *, marks: str = "") -> str:
    """Runs of a Word paragraph in .VnTime, accented capitals in .VnTimeH."""
    runs = groupby(text, key=_needs_capitals)
    return "".join(
        r(as_tcvn3("".join(letters)), marks=marks, font=".VnTimeH" if capital else ".VnTime")
        for capital, letters in runs
    )


def vni(text: str, *, marks: str = "") -> str:
    return r(as_vni(text), marks=marks, font="VNI-Times")


def _needs_capitals(letter: str) -> bool:
    return letter.isupper() and letter not in _TCVN3 and letter.lower() in _TCVN3
