"""How Vietnamese was typed before Unicode: the letters of TCVN3 (ABC) and of VNI fonts."""

import re
import unicodedata

# The code table of TCVN 5712:1993 (VN3): the letters, in order, from the code before them.
_TCVN3 = {
    letter: chr(code)
    for first, letters in [
        (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
        (0xB5, "àảãáạ"),
        (0xBB, "ằẳẵắ"),
        (0xC6, "ặầẩẫấậè"),
        (0xCE, "ẻẽéẹềểễếệìỉ"),
        (0xDC, "ĩíịò"),
        (0xE1, "ỏõóọồổỗốộờởỡớợù"),
        (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
    ]
    for code, letter in enumerate(letters, first)
}
_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TONES = (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)
# In VNI a vowel is followed by one sign, which tells its shape and its tone together.
_SHAPES = {"": ("", "ùøûõï"), _CIRCUMFLEX: ("â", "áàåãä"), _BREVE: ("ê", "éèúüë")}
_ODD = {"ỉ": "æ", "ĩ": "ó", "ị": "ò", "í": "í", "ì": "ì", "ỵ": "î", "đ": "ñ"}


def runs_of_tcvn3(text: str) -> list[tuple[str, str]]:
    """Each word and its font; capitals with a tone exist only in the font with an H at its end."""
    return [_word(word) for word in re.findall(r"\S+\s*", text)]


def vni(text: str) -> str:
    return "".join(_in_vni(letter) for letter in text)


def _word(word: str) -> tuple[str, str]:
    capitals = word.isupper() and not word.isascii()
    letters = word.lower() if capitals else word
    written = "".join(_TCVN3.get(letter, letter) for letter in letters)
    return written, ".VnTimeH" if capitals else ".VnTime"


def _in_vni(letter: str) -> str:
    if letter.lower() in _ODD:
        signs = _ODD[letter.lower()]
    else:
        vowel, *marks = list(unicodedata.normalize("NFD", letter.lower()))
        signs = _vowel(vowel, marks) if marks else letter.lower()
    return signs.upper() if letter.isupper() else signs


def _vowel(vowel: str, marks: list[str]) -> str:
    base = {"o": "ô", "u": "ö"}[vowel] if _HORN in marks else vowel
    shape, tones = _SHAPES[next((mark for mark in marks if mark in _SHAPES), "")]
    tone = next((mark for mark in marks if mark in _TONES), None)
    return base + (tones[_TONES.index(tone)] if tone else shape)
