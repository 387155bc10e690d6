"""The columns of a schedule's table, known by the words above them or by what stands in them."""

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import takewhile

from tracker.domain.folding import fold
from tracker.importer.blocks import Row, Table
from tracker.importer.meaning.events import LEADER
from tracker.importer.meaning.slots import Slot, Week, begins_with_hour, slot_of


class Role(enum.Enum):
    """What a column says of an event."""

    WHEN = "when"
    CONTENT = "content"
    PLACE = "place"
    CHAIR = "chair"
    INVITED = "invited"
    PREPARED = "prepared"
    NOTE = "note"


@dataclass(frozen=True)
class Column:
    """A column's role; a content column may be one session's, one day's or one leader's."""

    index: int
    role: Role
    slot: Slot = field(default_factory=Slot)
    chair: str = ""
    before: str = ""


_WORDS = (
    (
        Role.NOTE,
        re.compile(
            r"(s?tt|so tt|so thu tu|stt)\.?$|ghi chu|xe\b|lai xe|bien so|(?<!thuong )truc\b"
        ),
    ),
    # "Thời gian - Nội dung", "Nội dung, địa điểm": the event itself stands there, whatever else.
    (
        Role.CONTENT,
        re.compile(
            r"^((thoi gian|gio|ngay|buoi)\W+(va )?)*noi dung\b(?! (can )?(chuan bi|tham muu))"
        ),
    ),
    (
        Role.WHEN,
        re.compile(r"(thu|ngay|thang|nam|buoi|gio|[\W_])+$|thoi (gian|diem)|gio (hop|bat)"),
    ),
    (
        Role.PLACE,
        re.compile(r"dia (diem|chi)|noi (hop|lam viec|to chuc)|phong hop|diem hop|dia ban"),
    ),
    (
        Role.PREPARED,
        re.compile(r"chuan bi|tham muu|(co quan|don vi|phong, ban) (chu tri|chuan|phu trach|thuc)"),
    ),
    (
        Role.INVITED,
        re.compile(
            r"thanh phan|(^|khach |don vi |giay )moi\b|tham (du|gia)|(nguoi|cung) du|dai bieu"
        ),
    ),
    (
        Role.CONTENT,
        re.compile(r"noi dung|cong viec|hoat dong|su kien|lich (lam|cong)|hoi nghi|cuoc hop"),
    ),
    (
        Role.CHAIR,
        re.compile(r"lanh dao|chu (tri|toa)|phu trach|nguoi du|dong chi$|ho (va )?ten|cap du|du\b"),
    ),
)
# A table of tasks has a day column too; these words tell it from a schedule.
_OF_TASKS = re.compile(
    r"thoi (gian|han) (trinh|hoan|thuc)|thoi han|han (chot|hoan|trinh)|san pham|ket qua|tien do"
    r"|phoi hop|nhiem vu|can cu|de an|cap (trinh|phe duyet|ban hanh)"
)
_OF_MEETINGS = re.compile(
    r"hoi nghi|cuoc hop|phien hop|su kien|lich (lam|cong|hop|tiep)|noi dung hop"
)
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")
_ANY_WEEK = Week()
_DEEPEST = 4
# "Hai" under "Thứ", "26" under "Ngày": the word above belongs to the cell.
_BARE_DAY = re.compile(r"(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])$|\d{1,2}$", re.IGNORECASE)
_BEFORE_BARE = {"thu": "Thứ", "ngay": "Ngày"}


@dataclass(frozen=True)
class Layout:
    """A table's columns, and how many rows of it are its head."""

    columns: tuple[Column, ...]
    head: int
    words: str = ""

    def of(self, role: Role) -> list[Column]:
        return [column for column in self.columns if column.role is role]

    @property
    def is_matrix(self) -> bool:
        """Days or sessions stand side by side, each column with its own events."""
        return sum(not column.slot.is_empty for column in self.of(Role.CONTENT)) > 1


def is_schedule(table: Table) -> bool:
    """Whether a table lists meetings and events by day and hour, and no tasks."""
    layout = layout_of(table)
    if layout is None or not layout.of(Role.CONTENT):
        return False
    if layout.is_matrix or (layout.of(Role.WHEN) and _OF_MEETINGS.search(layout.words)):
        return True
    timed = [_is_timed(row, layout) for row in table.rows[layout.head :]]
    return timed.count(True) > timed.count(False) and not _OF_TASKS.search(layout.words)


def layout_of(table: Table) -> Layout | None:
    """The columns by their headings; a table without any is known by its cells."""
    titles = list(takewhile(_is_title, table.rows[:_DEEPEST]))
    return _headed(table.rows, len(titles)) or _unheaded(table.rows)


def _is_title(row: Row) -> bool:
    """A row of one text, without a day: the title printed inside the table."""
    filled = [cell for i, cell in enumerate(row.cells) if cell.strip() and i not in row.continued]
    return len(filled) < 2 and not (filled and _said(filled[0]).day)


def _headed(rows: tuple[Row, ...], at: int) -> Layout | None:
    if at >= len(rows):
        return None
    names = [" ".join(cell.split()) for cell in rows[at].cells]
    roles = [_role(name) for name in names]
    if sum(role is not None for role in roles) < 2 or not _is_head(names):
        return None
    if not any(words.search(fold(name)) for name in names for _, words in _WORDS if name):
        return None
    below = _second_line(rows, at)
    if below:
        names = _combined(names, below)
    head = at + 1 + bool(below)
    if len(rows) > head and _is_numbering(rows[head]):
        head += 1
    return Layout(tuple(_columns(names, rows[head:])), head, fold(" | ".join(names)))


def _is_head(names: list[str]) -> bool:
    return not any(begins_with_hour(name) or len(name) > 80 for name in names)


def _second_line(rows: tuple[Row, ...], at: int) -> list[str] | None:
    """The second line of a head: names under the merged ones of the first."""
    if at + 1 >= len(rows):
        return None
    above, row = rows[at], rows[at + 1]
    cells = ["" if i in row.continued else " ".join(c.split()) for i, c in enumerate(row.cells)]
    own = [cell for cell, over in zip(cells, above.cells, strict=False) if cell and cell != over]
    is_head = bool(own) and all(_role(cell) and len(cell) < 30 for cell in own)
    return cells if is_head and not any(_said(cell).day for cell in own) else None


def _combined(above: list[str], below: list[str]) -> list[str]:
    names, last = [], ""
    for index, name in enumerate(above):
        under = below[index] if index < len(below) else ""
        last = name or (last if under else "")
        names.append(last if under in ("", last) else f"{last} {under}".strip())
    return names


def _is_numbering(row: Row) -> bool:
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    return len(cells) > 1 and all(_COLUMN_NUMBER.fullmatch(cell) for cell in cells)


def _said(text: str) -> Slot:
    return slot_of(text, _ANY_WEEK)[0]


def _role(name: str) -> Role | None:
    if not name:
        return None
    slot, rest = slot_of(name, _ANY_WEEK)
    if not slot.is_empty:
        return _role(rest) or Role.CONTENT
    folded = fold(name)
    found = next((role for role, words in _WORDS if words.search(folded)), None)
    return found or (Role.CONTENT if LEADER.match(name) else None)


def _columns(names: list[str], body: Iterable[Row]) -> Iterable[Column]:
    rows = list(body)
    roles = [_role(name) for name in names]
    if Role.CONTENT not in roles:
        open_places = [i for i, role in enumerate(roles) if role in (None, Role.CHAIR)]
        roles[max(open_places, key=lambda i: _length(rows, i), default=0)] = Role.CONTENT
    for index, (name, role) in enumerate(zip(names, roles, strict=True)):
        slot = _said(name)
        is_leaders = role is Role.CONTENT and slot.is_empty and _is_one_leader(name)
        before = _BEFORE_BARE.get(fold(name), "")
        yield Column(index, role or Role.NOTE, slot, name if is_leaders else "", before)


def _is_one_leader(name: str) -> bool:
    return bool(LEADER.match(name)) and not any(
        words.search(fold(name)) for _, words in _WORDS[:-1]
    )


def _length(rows: list[Row], index: int) -> int:
    return sum(len(row.cells[index]) for row in rows if index < len(row.cells))


def _unheaded(rows: tuple[Row, ...]) -> Layout | None:
    """The longest cells are the content; the short ones before it that name days say when."""
    width = max((len(row.cells) for row in rows), default=0)
    if width < 2 or not any(_said(cell).day for row in rows for cell in row.cells[:2]):
        return None
    content = max(range(width), key=lambda index: _length(list(rows), index))
    columns = [Column(index, _by_cells(rows, index, content)) for index in range(width)]
    return Layout(tuple(columns), 0)


def _by_cells(rows: tuple[Row, ...], index: int, content: int) -> Role:
    cells = [row.cells[index] for row in rows if index < len(row.cells) and row.cells[index]]
    if index == content:
        return Role.CONTENT
    if index < content:
        return Role.WHEN
    leaders = sum(bool(LEADER.match(cell)) for cell in cells)
    return Role.CHAIR if leaders * 2 > len(cells) else Role.PLACE


def _is_timed(row: Row, layout: Layout) -> bool | None:
    """Whether a row says weekday, session or hour; None when it leaves that to the row above."""
    when = when_said(row, layout)
    slot = _said(when)
    if slot.session or slot.hour or (slot.day and slot.day.weekday is not None):
        return True
    if any(begins_with_hour(row.cells[column.index]) for column in layout.of(Role.CONTENT)):
        return True
    return False if when else None


def when_said(row: Row, layout: Layout) -> str:
    """What the columns of day, session and hour say together."""
    columns = [column for column in layout.of(Role.WHEN) if column.index < len(row.cells)]
    cells = [(column, " ".join(row.cells[column.index].split())) for column in columns]
    return " ".join(_completed(column.before, cell) for column, cell in cells if cell)


def _completed(before: str, cell: str) -> str:
    return f"{before} {cell}" if before and _BARE_DAY.match(cell) else cell
