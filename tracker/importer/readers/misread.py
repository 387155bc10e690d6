"""Words that the recogniser misreads again and again, where office papers mean one thing only."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.domain.folding import fold
from tracker.importer.numbering import SECTION_STYLES, label_of
from tracker.importer.readers.pages import Word

# "III." is read as "HI.", "I." as "L".
_STROKES = re.compile(r"[IVXHLl1|Ì]{1,5}[.,:]?")
_ROMAN = str.maketrans({"H": "II", "L": "I.", "l": "I", "1": "I", "|": "I", "Ì": "I", ",": "."})
# The words on which owners turn; "chuổn bị" is the usual misreading in italics.
_PHRASES = {
    ("chuan", "bi"): ("chuẩn", "bị"),
    ("chuon", "bi"): ("chuẩn", "bị"),
    ("chu", "tri"): ("chủ", "trì"),
    ("phoi", "hop"): ("phối", "hợp"),
}
_BARE = re.compile(r"[^\W\d_]+")


def mended(line: Sequence[Word]) -> list[Word]:
    """The words of a line, its number and the words for owners as they must have been."""
    words = list(line)
    if len(words) > 1:
        words[0] = replace(words[0], text=_numeral(words[0].text, words[1].text))
    for place in range(len(words) - 1):
        _mend_phrase(words, place)
    return words


def _numeral(printed: str, following: str) -> str:
    """A section's Roman number out of the strokes it was read as."""
    if not _STROKES.fullmatch(printed) or printed[0].isdigit() or not following[:1].isupper():
        return printed
    roman = printed.translate(_ROMAN).rstrip(".") + "."
    label, _ = label_of(f"{roman} {following}")
    return roman if label and label.style in SECTION_STYLES else printed


def _mend_phrase(words: list[Word], place: int) -> None:
    pair = words[place : place + 2]
    found = [_BARE.search(word.text) for word in pair]
    meant = _PHRASES.get(tuple(fold(one[0]) for one in found if one))  # type: ignore[arg-type]
    if meant is None:
        return
    for offset, (one, right) in enumerate(zip(found, meant, strict=True)):
        word = words[place + offset]
        if one and one[0].islower():
            text = word.text[: one.start()] + right + word.text[one.end() :]
            words[place + offset] = replace(word, text=text)
