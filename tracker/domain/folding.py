"""How Vietnamese text is compared: without tones, case, or the two ways to write them."""

import unicodedata

_STROKE = str.maketrans("đĐ", "dd")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ORDER = {letter: chr(ord("a") + rank) for rank, letter in enumerate(_ALPHABET)}
# Level, huyền, hỏi, ngã, sắc, nặng: the order of the tones in Vietnamese dictionaries.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def fold(text: str) -> str:
    """The text as matching sees it: lower case, no tones, đ as d, single spaces."""
    bare = unicodedata.normalize("NFKD", text).translate(_STROKE)
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).lower().split())


def sort_key(text: str) -> str:
    """A plain string that sorts as a Vietnamese dictionary does (a ă â … d đ …; tone last)."""
    words = unicodedata.normalize("NFC", " ".join(text.split())).lower()
    pairs = [_letter_and_tone(letter) for letter in words]
    return "".join(letter for letter, _ in pairs) + " " + "".join(tone for _, tone in pairs)


def _letter_and_tone(letter: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0")
    plain = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
    return _ORDER.get(plain, plain), tone
