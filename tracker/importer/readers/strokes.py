"""Roman numbers counted by their strokes: the recogniser takes III for II, and I. for IL."""

import re
from itertools import groupby

from PIL import Image

# What the strokes of I, II and III are taken for.
_READ_AS = re.compile(r"([IHLl|Ì]*I[IHLl|Ì]*)([.,:)]?)")
_MOST = 3
# A strip above the dots of a colon, below all serifs; shares of the height.
_STRIP = (0.14, 0.26)
_SMALLEST = 8  # pixels


def as_printed(text: str, word: Image.Image) -> str:
    """The word as recognised, or the Roman number that its picture in grey shows."""
    found = _READ_AS.fullmatch(text)
    count = _strokes(word) if found else 0
    if not found or not 0 < count <= _MOST:
        return text
    # An L is a stroke and the full stop after it.
    stop = found[2] or ("." if "L" in found[1] else "")
    return "I" * count + stop


def _strokes(word: Image.Image) -> int:
    width, height = word.size
    if height < _SMALLEST or width < 2:
        return 0
    strip = word.crop((0, round(height * _STRIP[0]), width, round(height * _STRIP[1])))
    greys = strip.resize((width, 1), Image.Resampling.BOX).tobytes()
    paper = (max(greys) + min(greys)) / 2
    return sum(is_dark for is_dark, _ in groupby(grey < paper for grey in greys))
