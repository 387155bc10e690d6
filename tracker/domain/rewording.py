"""Which words of a text were put in or taken out, and which differences are none to a reader."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"\S+\s*")
# What surrounds or joins words and says nothing: quotes, dashes, brackets, stops, Markdown's marks.
_MARKS = "\"'“”\u2018’«»`*_()[]{}.,;:!?…-–—"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True)
class Stretch:
    """Words that stay, or words taken out and those put in for them."""

    same: str = ""
    gone: str = ""
    new: str = ""


def same_words(old: str | None, new: str | None) -> bool:
    """Whether two texts read alike: blanks, quotes, stops, case and hoà/hòa make no difference."""
    return _keys(_pieces(old or "")) == _keys(_pieces(new or ""))


def reworded(old: str, new: str) -> list[Stretch]:
    """The words of `old` that became `new`, in reading order."""
    before, after = _pieces(old), _pieces(new)
    matcher = SequenceMatcher(None, _marks(before), _marks(after), autojunk=False)
    found = (
        _stretch(tag, "".join(before[a:b]), "".join(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    )
    return list(_joined(found))


def _stretch(tag: str, old: str, new: str) -> Stretch:
    return Stretch(same=new) if tag == "equal" else Stretch(gone=old, new=new)


def _joined(found: Iterator[Stretch]) -> Iterator[Stretch]:
    """A single word left between two changes is read more easily as a part of them."""
    last: Stretch | None = None
    stretches = list(found)
    for place, one in enumerate(stretches):
        is_between = 0 < place < len(stretches) - 1 and one.same and len(one.same.split()) == 1
        now = Stretch(gone=one.same, new=one.same) if is_between else one
        if last and not last.same and not now.same:
            last = Stretch(gone=last.gone + now.gone, new=last.new + now.new)
            continue
        if last:
            yield last
        last = now
    if last:
        yield last


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(unicodedata.normalize("NFC", text).strip())


def _keys(pieces: Sequence[str]) -> list[str]:
    return [key for key in _marks(pieces) if key]


def _marks(pieces: Sequence[str]) -> list[str]:
    """Each word as it is compared: the tone stands behind its word, wherever it was written."""
    return [_mark(piece) for piece in pieces]


def _mark(piece: str) -> str:
    bare = unicodedata.normalize("NFD", piece.strip().strip(_MARKS).lower())
    tones = sorted(letter for letter in bare if letter in _TONES)
    return "".join([*(letter for letter in bare if letter not in _TONES), *tones])
