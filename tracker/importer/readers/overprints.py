"""What is laid over the print of a page: a watermark aslant, the mark of a digital signature."""

import re
from collections.abc import Sequence
from itertools import takewhile

from tracker.domain.folding import fold
from tracker.importer.readers.pages import Word, around

_OPENS = re.compile(r"(?:ky boi|nguoi ky|ky so boi) ?:")
_TIMED = re.compile(r"(?:thoi gian|ngay) ky ?:?")
_TIME = re.compile(r"[\d:./,+T-]+Z?|\(?(?:GMT|UTC)[\d:+-]*\)?|[SsCc]A|[AP]M")
_LONGEST = 60  # words; a mark says who, from where, and when
_SAME_SIZE = 0.25  # letters with marks above them are taller
# Up there it stands over the letterhead; below it may be all that tells who signed.
_TOP = 0.25


def parted(words: Sequence[Word], *, height: float) -> tuple[list[Word], list[list[Word]]]:
    """The words of the text, and each mark laid over it, all in the order of the file."""
    marks = [[word for word in words if word.slanted]]
    upright = [word for word in words if not word.slanted]
    for place in range(len(upright) - 1):
        mark = _mark_at(upright, place)
        if mark and (mark[0].top < _TOP * height or _covers(mark, upright)):
            marks.append(mark)
    over = {id(word) for mark in marks for word in mark}
    return [word for word in upright if id(word) not in over], [mark for mark in marks if mark]


def _mark_at(words: Sequence[Word], place: int) -> list[Word]:
    """The mark of a signature that begins at a word, up to the time when it was signed."""
    if not _OPENS.match(_said(words[place : place + 3])):
        return []
    size = words[place].size
    run = list(
        takewhile(
            lambda word: abs(word.size - size) < _SAME_SIZE * size, words[place : place + _LONGEST]
        )
    )
    timed = (at for at in range(len(run)) if _TIMED.match(_said(run[at : at + 3])))
    start = next(timed, None)
    if start is None:
        return []
    hour = takewhile(lambda word: _TIME.fullmatch(word.text), run[start + 3 :])
    return [*run[: start + 3], *hour]


def _said(words: Sequence[Word]) -> str:
    return fold(" ".join(word.text for word in words))


def _covers(mark: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether other words are printed where the mark is."""
    left, top, right, bottom = around(mark)
    mine = {id(word) for word in mark}
    return any(
        left < (word.left + word.right) / 2 < right and top < word.middle < bottom
        for word in words
        if id(word) not in mine
    )
