"""Columns typed with tabs, where an office usually rules a table; and halves typed so.

A list of tasks under a typed header becomes a table, and so do the two halves of a letterhead
or of Nơi nhận and the signature.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from tracker.domain.folding import fold
from tracker.importer.blocks import Block, Paragraph, Row, Table
from tracker.importer.layout.cells import is_heading_like
from tracker.importer.layout.columns import column_of
from tracker.importer.layout.numbering import Style, label_of
from tracker.importer.layout.tables import lists_events, lists_tasks

_TABS = re.compile(r"\t+")
_GAP = re.compile(r"\t+| {5,}")
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 3
_OPENS_LETTERHEAD = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam")
_OPENS_TAIL = re.compile(r"noi nhan\b")
_TAB_STOP = 8
# The right half's lines are set in the middle under each other; one far to the left is a title.
_FARTHEST_LEFT = 0.85


def in_columns(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, with tables where the lines were typed as columns."""
    made: list[Block] = []
    place = 0
    while place < len(blocks):
        run = _run_at(blocks, place)
        made.append(run[1] if run else blocks[place])
        place += run[0] if run else 1
    return made


def _run_at(blocks: Sequence[Block], place: int) -> tuple[int, Table] | None:
    """How many blocks from a place on are one typed table, and that table."""
    first = blocks[place]
    if not isinstance(first, Paragraph) or not _GAP.search(first.raw):
        return None
    following = list(takewhile(lambda one: isinstance(one, Paragraph), blocks[place:]))
    lines = [one for one in following if isinstance(one, Paragraph)]
    return _tasks(lines) or _halves(lines)


def _tasks(lines: list[Paragraph]) -> tuple[int, Table] | None:
    header = _TABS.split(lines[0].raw.strip())
    if len(header) < _FEWEST_COLUMNS:
        return None
    run = [lines[0], *takewhile(_is_row, lines[1:])]
    while len(run) > 1 and "\t" not in run[-1].raw.strip():
        # A heading at the end stands over what follows.
        run.pop()
    rows = tuple(
        Row(_cells(line, len(header)), replace(line.where, row=at))
        for at, line in enumerate(run, start=1)
    )
    table = Table(rows, "\n".join(line.raw for line in run), lines[0].where)
    is_list = len(rows) >= _FEWEST_ROWS and (lists_tasks(table) or lists_events(table))
    return (len(run), table) if is_list else None


def _is_row(line: Paragraph) -> bool:
    if "\t" not in line.raw.strip():
        return is_heading_like(line.text)
    named = [column_of(cell) for cell in _TABS.split(line.raw.strip())]
    # The header of the next table is no row of this one.
    return None in named or len(named) < _FEWEST_COLUMNS


def _cells(line: Paragraph, width: int) -> tuple[str, ...]:
    """The cells of a line; two tabs are an empty cell only where the count then comes right."""
    raw = line.raw.strip()
    if "\t" not in raw:
        return (line.text, *[""] * (width - 1))
    single, several = raw.split("\t"), _TABS.split(raw)
    cells = single if len(single) == width else several
    cells = [*cells[: width - 1], " ".join(cells[width - 1 :])]
    return tuple(" ".join(cell.split()) for cell in (*cells, *[""] * (width - len(cells))))


def _halves(lines: list[Paragraph]) -> tuple[int, Table] | None:
    left, right = _two(lines[0])
    is_tail = bool(_OPENS_TAIL.match(fold(left)))
    if not (is_tail or _OPENS_LETTERHEAD.match(fold(right))):
        return None
    start = _start(lines[0]) * _FARTHEST_LEFT
    run = [
        lines[0],
        *takewhile(lambda line: _is_half(line, start, is_tail=is_tail), lines[1:]),
    ]
    sides = zip(*map(_two, run), strict=True)
    cells = tuple("\n".join(filter(None, side)) for side in sides)
    row = Row(cells, replace(lines[0].where, row=1))
    return len(run), Table((row,), "\n".join(line.raw for line in run), lines[0].where)


def _is_half(line: Paragraph, start: float, *, is_tail: bool) -> bool:
    left, right = _two(line)
    if right:
        return bool(left) or _start(line) >= start
    label, _ = label_of(line.text)
    return is_tail and label is not None and label.style is Style.BULLET


def _two(line: Paragraph) -> tuple[str, str]:
    """What stands left and right of the widest gap."""
    left, *right = _GAP.split(line.raw, maxsplit=1)
    return " ".join(left.split()), " ".join(" ".join(right).split())


def _start(line: Paragraph) -> int:
    """The column of the typewriter in which the right half begins."""
    typed = line.raw.expandtabs(_TAB_STOP)
    return len(typed) - len(_GAP.split(line.raw, maxsplit=1)[-1].expandtabs(_TAB_STOP).lstrip())
