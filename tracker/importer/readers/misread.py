"""Words that the recogniser misreads again and again, where office papers mean one thing only."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.domain.folding import fold
from tracker.importer.layout.numbering import SECTION_STYLES, label_of
from tracker.importer.readers.pages import Word

# "III." is read as "HI.", "I." as "L".
_STROKES = re.compile(r"[IVXHLl1|Ì]{1,5}[.,:]?")
_ROMAN = str.maketrans({"H": "II", "L": "I.", "l": "I", "1": "I", "|": "I", "Ì": "I", ",": "."})
# The words on which owners turn; "chuổn bị" is the usual misreading in italics.
_PHRASES = (
    (re.compile(r"chu[aou]{1,3}n bi"), ("chuẩn", "bị")),
    (re.compile(r"chu tri"), ("chủ", "trì")),
    (re.compile(r"phoi hop"), ("phối", "hợp")),
)
# Of a date in italics: "ngày 28 thúng 9 nãm 2026".
_OF_DATES = (
    (re.compile(r"th[a-z]{1,2}ng"), "tháng", re.compile(r"\d{1,2}")),
    (re.compile(r"n[a-z]m"), "năm", re.compile(r"(?:19|20)\d\d\W*")),
)
_NUMBERS = {"(l)": "(1)", "(I)": "(1)", "(|)": "(1)"}
_PROVINCE = {"TÍNH": "TỈNH", "TINH": "TỈNH"}
_BARE = re.compile(r"[^\W\d_]+")


def mended(line: Sequence[Word]) -> list[Word]:
    """The words of a line, its first word and the words for owners as they must have been."""
    words = [replace(word, text=_NUMBERS.get(word.text, word.text)) for word in line]
    if [word.text for word in words] == ["H"]:
        # A cell that numbers a group; no word of an office paper is a lone H.
        words[0] = replace(words[0], text="II")
    if len(words) > 1:
        words[0] = replace(words[0], text=_first(words[0].text, words[1].text))
    for place in range(len(words) - 1):
        _mend_phrase(words, place)
        _mend_date(words, place)
    return words


def _first(printed: str, following: str) -> str:
    """A section's Roman number out of the strokes it was read as; a province in capitals."""
    if following.isupper() and printed in _PROVINCE:
        return _PROVINCE[printed]
    if not _STROKES.fullmatch(printed) or printed[0].isdigit() or not following[:1].isupper():
        return printed
    roman = printed.translate(_ROMAN).rstrip(".") + "."
    label, _ = label_of(f"{roman} {following}")
    return roman if label and label.style in SECTION_STYLES else printed


def _mend_date(words: list[Word], place: int) -> None:
    word, after = words[place], words[place + 1].text
    if not place or not words[place - 1].text.isdecimal():
        return
    for shape, meant, number in _OF_DATES:
        if shape.fullmatch(fold(word.text)) and number.fullmatch(after):
            words[place] = replace(word, text=meant)


def _mend_phrase(words: list[Word], place: int) -> None:
    pair = words[place : place + 2]
    found = [_BARE.search(word.text) for word in pair]
    folded = " ".join(fold(one[0]) for one in found if one)
    meant = next((right for shape, right in _PHRASES if shape.fullmatch(folded)), None)
    if meant is None:
        return
    for offset, (one, right) in enumerate(zip(found, meant, strict=True)):
        word = words[place + offset]
        if one and one[0].islower():
            text = word.text[: one.start()] + right + word.text[one.end() :]
            words[place + offset] = replace(word, text=text)
