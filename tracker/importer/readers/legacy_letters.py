"""Letters of the fonts used before Unicode, TCVN3 (ABC) and VNI, become Vietnamese letters."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

# The Vietnamese letters, and under them in the same order how each encoding writes them.
_LETTERS = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
_TCVN3 = "µ¶·\xb8¹¨»¼½¾Æ©ÇÈÉÊËÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ®"
_TCVN3_CAPITALS = dict(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True))
_VNI = (
    "aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò "
    "oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù "
    "î ñ"
)

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSET = "(?:ngh|ng|nh|gh|gi|ch|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
_OPEN = (
    "[aeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|i[au]|iêu|yêu|o[aei]|oa[ioy]|oeo|ôi|ơi|u[aeêiơy]|u[âa]y|"
    "uôi|uya|uyu|ua[iuo]|ư[aiu]|ươ[iu]"
)
_CLOSED = "(?:[aăâeêioôơuưy]|iê|yê|uô|ươ|o[aăeo]|u[aăâeê]|uyê?)(?:ch|ng|nh|[cmnpt])"
_SYLLABLE = re.compile(f"{_ONSET}(?:{_OPEN}|{_CLOSED})")
# The old encodings use signs such as © and ¬ for letters, so a word may hold them.
_WORD = re.compile("(?:[^\\W\\d_]|[\u00a1-\u00ff\u0300-\u0323])+")
_LATIN = re.compile("[\u00c0-\u024f\u1ea0-\u1ef9\u0300-\u0323]")
# With fewer words, or a smaller share of them Vietnamese, a text is not taken for an old encoding.
_FEWEST_WORDS = 5
_SURE = 0.8
_FONT_OF_CAPITALS = re.compile(r"H[\d.]*$")


@dataclass(frozen=True)
class Encoding:
    """One of the old encodings: its name in the office, and the letters it stands for."""

    name: str
    letters: dict[str, str]
    shape: re.Pattern[str]
    finish: Callable[[str], str] = str

    def read(self, text: str) -> str:
        """The Vietnamese text of these letters."""
        return self.shape.sub(lambda found: self.letters[found[0]], text)

    def may_hold(self, text: str) -> bool:
        """Whether every accented letter of the text is one that the encoding writes."""
        return not _LATIN.search(self.shape.sub("", text))


def from_font(text: str, font_name: str) -> str:
    """The text of a run in a font such as ".VnTime" or "VNI-Times"; other fonts change nothing."""
    encoding = encoding_of_font(font_name)
    if encoding is None or not encoding.may_hold(text):
        return text
    words = encoding.read(text)
    is_capital = encoding is TCVN3 and _FONT_OF_CAPITALS.search(font_name.strip())
    return words.upper() if is_capital else words


def encoding_of_font(font_name: str) -> Encoding | None:
    """The encoding that a font is known to be made for."""
    name = font_name.strip().lower()
    return next((one for start, one in _FONTS.items() if name.startswith(start)), None)


def from_letters(text: str) -> tuple[str, str | None]:
    """A whole text of unknown font: what it says, and the old encoding recognised in it."""
    encoding = encoding_of(text)
    return (in_letters(text, encoding), encoding.name) if encoding else (text, None)


def encoding_of(text: str) -> Encoding | None:
    """The old encoding in which this text is Vietnamese; None for any text that is Unicode."""
    foreign = [
        word for line in text.split("\n") if not is_vietnamese(line, 1) for word in _accented(line)
    ]
    found = [one for one in (TCVN3, VNI) if is_vietnamese(one.read(" ".join(foreign)))]
    return found[0] if len(found) == 1 else None


def in_letters(text: str, encoding: Encoding) -> str:
    """The text read in that encoding, but for lines that are better Vietnamese as they stand."""
    return "\n".join(_line(line, encoding) for line in text.split("\n"))


def is_vietnamese(text: str, fewest: int = _FEWEST_WORDS) -> bool:
    """Whether nearly all accented words of the text are Vietnamese syllables."""
    words = _accented(text)
    good = sum(map(_is_syllable, words))
    return good >= fewest and good >= _SURE * len(words)


def _line(line: str, encoding: Encoding) -> str:
    words = encoding.read(line)
    gained = _syllables(words) - _syllables(line)
    is_old = gained > 0 or (gained == 0 and encoding.may_hold(line))
    return encoding.finish(words) if is_old else line


def _syllables(text: str) -> int:
    return sum(map(_is_syllable, _accented(text)))


def _accented(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text)
    return [word for word in _WORD.findall(composed) if not word.isascii()]


def _is_syllable(word: str) -> bool:
    marks = unicodedata.normalize("NFD", word.lower())
    plain = marks.translate(_TONES)
    bare = unicodedata.normalize("NFC", plain)
    return len(marks) - len(plain) <= 1 and _SYLLABLE.fullmatch(bare) is not None


def _capitals_restored(line: str) -> str:
    """TCVN3 has no accented capitals: "NHIệM Vụ" was set in a font that shows capitals only."""
    words = line.split(" ")
    known = [_is_capital(word) for word in words]
    return " ".join(
        word.upper() if _stands_in_capitals(known, place) else word
        for place, word in enumerate(words)
    )


def _is_capital(word: str) -> bool | None:
    """Whether a word is set in capitals; None for one that could be either."""
    letters = [letter for letter in word if letter.isalpha()]
    writable = [letter for letter in letters if not _has_tone(letter)]
    if any(letter.islower() for letter in writable):
        return False
    is_word = any(map(_is_syllable, _WORD.findall(word)))
    return True if is_word and len(writable) >= 2 else None


def _has_tone(letter: str) -> bool:
    marks = unicodedata.normalize("NFD", letter)
    return marks.translate(_TONES) != marks


def _stands_in_capitals(known: list[bool | None], place: int) -> bool:
    own = known[place]
    if own is not None:
        return own
    before = next((one for one in reversed(known[:place]) if one is not None), None)
    after = next((one for one in known[place + 1 :] if one is not None), None)
    return True in (before, after) and False not in (before, after)


def _shape(letters: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _vni_letters() -> dict[str, str]:
    small = dict(zip(_VNI.split(), _LETTERS, strict=True))
    capital = {code.upper(): letter.upper() for code, letter in small.items()}
    # A capital is at times followed by the accent of a small letter.
    mixed = {code[0].upper() + code[1:]: letter.upper() for code, letter in small.items()}
    return small | mixed | capital


_TCVN3_LETTERS = dict(zip(_TCVN3, _LETTERS, strict=True)) | _TCVN3_CAPITALS
TCVN3 = Encoding("TCVN3 (ABC)", _TCVN3_LETTERS, _shape(_TCVN3_LETTERS), _capitals_restored)
VNI = Encoding("VNI", _vni_letters(), _shape(_vni_letters()))
_FONTS = {".vn": TCVN3, "vni-": VNI, "vni ": VNI}
