"""The header of a table of tasks: which column holds what, told by its words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.folding import fold
from tracker.importer.blocks import Row
from tracker.importer.layout.cells import is_heading_like


class Column(StrEnum):
    """What a column of a table of tasks tells about each task."""

    NUMBER = "number"
    CONTENT = "content"
    LEAD = "lead"
    SUPPORT = "support"
    DUE = "due"
    LEADER = "leader"
    RESULT = "result"
    AUTHORITY = "authority"
    NOTE = "note"
    SESSION = "session"


_WHO = (
    r"(?:(?:co quan|cq|don vi|dv|to chuc|nguoi|phong|can bo|chuyen vien|bo phan|ban|so|nganh|cac"
    r"|dia phuong|va|hoac|chuyen mon) )*"
)
_PREPARES = (
    r"(?:chu tri|chuan bi|soan thao|tham muu|thuc hien|trien khai|xay dung|dau moi|trinh|giai quyet"
    r"|chiu trach nhiem|duoc giao|duoc phan cong|chinh|de xuat|tham dinh)"
)
_MATTER = (
    r"(?:noi dung|nhiem vu|cong viec|cong tac|de an|bao cao|van ban|du thao|chuyen de|to trinh"
    r"|chuong trinh|ke hoach|nghi quyet|quyet dinh|dau viec|viec|hoat dong|van de|du an|chu de"
    r"|trich yeu|giai phap)"
)
_MATTER_MORE = (
    rf"(?:{_MATTER}|trinh|chuan bi|chu yeu|trong tam|thuc hien|trien khai|cu the|chinh|can"
    r"|duoc giao|giao|phan cong|hop|lam viec|giam sat|khao sat|du kien|dang ky|va|hoac|cac|khac"
    r"|qppl|cua|trong|thang|quy|nam|tuan|ky|hdnd|ubnd|tinh|chu tich|xem xet|ban hanh|phap luat"
    r"|quy pham|ten|chi dao)"
)
_FINISHED = (
    r"(?:trinh|hoan thanh|thuc hien|du kien|bao cao|xong|xu ly|giai quyet|ket thuc|chuan bi|den"
    r"|ban hanh|truoc|ngay|thang|to chuc|ubnd|tinh|hdnd|chu tich|ky|theo|ke hoach|yeu cau|giao"
    r"|cap|co|tham quyen|quy|tuan|trien khai|gui|ho so|phai|can|san pham"
    r"|btv|ban thuong vu|thuong truc|bch|thong qua|tien do|thoi gian)"
)
_PLACES = r"(?:tinh|xa|phuong|thanh pho|huyen|ubnd|hdnd|tinh uy|thanh uy|dang uy|uy|cap)"
_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.NUMBER, re.compile(r"(?:so )?(?:s ?)?(?:t ?t|thu tu)|no")),
    (Column.SUPPORT, re.compile(rf"{_WHO}(?:cung )?phoi hop(?: {_PREPARES})*")),
    (
        Column.LEADER,
        re.compile(
            r"(?:lanh dao|dong chi|pct|pho chu tich|chu tich|thuong truc|lanh dao so)(?: .*)? ?"
            r"(?:phu trach|chi dao|theo doi|dieu hanh|duyet|giao viec|chu tri)(?: .*)?"
            r"|lanh dao(?: ubnd| tinh| so| van phong| don vi)*"
            r"|(?:nguoi |dong chi )?(?:phu trach|chi dao)"
        ),
    ),
    (
        Column.LEAD,
        re.compile(
            rf"{_WHO}{_PREPARES}(?: {_PREPARES}| va| hoac| noi dung| phoi hop| chinh)*"
            r"|(?:co quan|don vi)|(?:phan cong|trach nhiem|to chuc) (?:thuc hien|chuan bi)"
            r"|phan cong|(?:don vi|co quan|nguoi|phong|phong ban|can bo) phu trach"
        ),
    ),
    # When the work began or was given is no deadline.
    (
        Column.NOTE,
        re.compile(
            r"(?:thoi gian |ngay |thoi diem )*(?:thuc hien )?(?:bat dau|khoi cong|giao|nhan)"
            r"(?: .*)?|tu(?: ngay)?"
        ),
    ),
    (
        Column.DUE,
        re.compile(
            r"(?:du kien )?(?:thoi gian|t gian|tg|thoi han|han|tien do|thoi diem|moc thoi gian"
            r"|ngay|thang|quy|han chot)"
            rf"(?: (?:{_FINISHED}))*|(?:hoan thanh|ket thuc|xong|den)(?: {_FINISHED})*"
        ),
    ),
    (
        Column.RESULT,
        re.compile(
            r"san pham.*|ket qua(?: (?:can dat|dau ra|san pham|du kien|phai dat|dat duoc|van ban))*"
            r"|hinh thuc(?: (?:van ban|ban hanh|trinh))*|(?:loai|the loai)(?: van ban)?|dau ra"
        ),
    ),
    (
        Column.AUTHORITY,
        re.compile(
            r"cap (?:trinh|ban hanh|phe duyet|quyet dinh|thong qua|xem xet)|trinh cap"
            r"|(?:cap |co quan |nguoi )?(?:co )?tham quyen(?: .*)?|noi trinh"
            r"|(?:co quan|cap) (?:ban hanh|phe duyet|quyet dinh|thong qua)"
        ),
    ),
    (Column.SESSION, re.compile(r"(?:ky|phien|cuoc) hop(?: .*)?|hoi nghi|phien")),
    (Column.NOTE, re.compile(r"ghi chu|luu y|(?:van ban|nguon|can cu) (?:giao|chi dao).*|can cu")),
    (
        Column.CONTENT,
        re.compile(rf"(?:ten |danh muc |cac |tom tat )*{_MATTER}(?: {_MATTER_MORE}| \d+)*"),
    ),
)
# "UBND tỉnh", "Chủ tịch", "BTV": the body itself heads the column, and an "x" chooses it.
_BODY = re.compile(
    rf"(?:trinh |ban hanh |thong qua )?(?:ubnd|hdnd|chu tich|ct|btv|ban thuong vu|thuong truc|tt"
    rf"|tinh uy|thanh uy|dang uy|tap the)(?: {_PLACES}| lanh dao| thuong vu)*"
)
# "1" … "12" or "I" … "IV" under "Thời gian": an "x" chooses the month or the quarter.
_STRETCH = re.compile(r"(?:thang |t ?)?(\d{1,2})|(?:quy )?(i{1,3}|iv)")
_STRETCH_NAMED = re.compile(r"(?:thang |t ?)\d{1,2}|quy (?:i{1,3}|iv)")
# "Tháng", "Quý trình", "Hạn (tháng)".
_COUNTED = re.compile(r"^(?:thang|quy)\b(?! \d)|\((?:thang|quy)\)")
_UNITS = {"thang": "Tháng", "quy": "Quý"}
_BARE_NUMBER = re.compile(r"(?:\d{1,2}|[IVX]{1,3})(?:\s*[-–,]\s*(?:\d{1,2}|[IVX]{1,3}))*")
_MARKS = frozenset({"x", "✓", "✔", "v", "√", "true", "có", "*", "●", "þ", "ü"})
_TRINH = re.compile(r"^\s*(?:trình|ban hành|thông qua)\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_NO_WORD = re.compile(r"[\W_]+")
_LONGEST = 80
# A header may stand below the letterhead, the title and a tall cell of bases.
_DEEPEST = 60


@dataclass(frozen=True)
class Named:
    """What one column is; `mark` is what an "x" in it chooses, in the words of the header.

    `unit` is the word that a bare number in it lacks: "3" under "Tháng trình" is "Tháng 3".
    """

    column: Column
    mark: str | None = None
    unit: str = ""

    def said(self, cell: str) -> tuple[Column, str]:
        """What a cell of the column says, and of what."""
        if self.mark:
            # Words in a column made for marks can only be a date.
            return (self.column, self.mark) if is_mark(cell) else (Column.DUE, cell)
        is_bare = self.unit and _BARE_NUMBER.fullmatch(cell)
        return self.column, f"{self.unit} {cell}" if is_bare else cell


@dataclass(frozen=True)
class Header:
    """The header rows of a table: where they stand, and the columns known by their words."""

    start: int
    end: int
    columns: Mapping[int, Named]
    width: int

    def of(self, column: Column) -> tuple[int, ...]:
        return tuple(at for at, named in self.columns.items() if named.column is column)


def column_of(words: str) -> Column | None:
    """What a column headed by these words holds; None when nothing is known of it."""
    if len(words) > _LONGEST:
        return None
    bare = _bare(words)
    return next((column for column, shape in _WORDS if shape.fullmatch(bare)), None)


def header_of(rows: Sequence[Row]) -> Header | None:
    """The header of a table of tasks; None when the table is something else."""
    places = range(min(len(rows), _DEEPEST))
    return next((header for at in places if (header := header_at(rows, at))), None)


def header_at(rows: Sequence[Row], start: int) -> Header | None:
    """The header of one or two rows that begins at a row, if one begins there."""
    top = _own(rows[start])
    single = dict(_single(top))
    # A title in a row of its own ("KẾ HOẠCH CÔNG TÁC THÁNG 02") speaks like a header.
    if not single or sum(bool(cell) for cell in top) < 2:
        return None
    below = _own(rows[start + 1]) if start + 1 < len(rows) else ()
    double = _second(top, below, single) if _may_be_second(below, single) else {}
    columns, height = (double, 2) if double else (single, 1)
    unknown = sum(bool(cell) for cell in top) - len(single)
    if not _is_of_tasks({named.column for named in columns.values()}, unknown):
        return None
    return Header(start, start + height, columns, len(rows[start].cells))


def is_mark(cell: str) -> bool:
    """Whether a cell only chooses its column: "x", a tick."""
    return cell.strip().lower() in _MARKS


def _bare(words: str) -> str:
    return " ".join(_NO_WORD.sub(" ", fold(_ASIDE.sub(" ", words))).split())


def _own(row: Row) -> tuple[str, ...]:
    return tuple("" if at in row.continued else cell for at, cell in enumerate(row.cells))


def _single(top: Sequence[str]) -> Iterator[tuple[int, Named]]:
    for at, cell in enumerate(top):
        column = column_of(cell)
        if column:
            yield at, _plain(column, cell)
        elif cell and len(cell) <= _LONGEST:
            above = Column.DUE if _STRETCH_NAMED.fullmatch(_bare(cell)) else None
            marked = _marked(above, cell)
            yield from [(at, marked)] if marked else []


def _may_be_second(below: Sequence[str], single: Mapping[int, Named]) -> bool:
    """Whether the row under a header may go on with it: no number, no long text, no group."""
    numbers = [at for at, named in single.items() if named.column is Column.NUMBER]
    is_data = any(at < len(below) and below[at] for at in numbers)
    said = [cell for cell in below if cell]
    heads_a_group = len(said) == 1 and _names_group(said[0])
    is_short = all(len(cell) <= _LONGEST for cell in said)
    return bool(said) and is_short and not (is_data or heads_a_group)


def _names_group(cell: str) -> bool:
    """Whether the only words of a row head the rows below: a month, a field, no column's name."""
    words = " ".join(cell.split())
    return is_heading_like(words) and column_of(words) is None


def _second(
    top: Sequence[str], below: Sequence[str], single: Mapping[int, Named]
) -> Mapping[int, Named]:
    """The columns by two rows of words; none when the second row says nothing of its own."""
    words = list(_two_words(top, below))
    named = {at: _named(over, sub) or _named(over, "") for at, over, sub in words}
    known = {at: one for at, one in named.items() if one}
    is_header = all(_named(over, sub) for _, over, sub in words if sub)
    return known if is_header or len(known) > len(single) else {}


def _two_words(top: Sequence[str], below: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    over = ""
    for at, sub in enumerate(below):
        own = top[at] if at < len(top) else ""
        # A cell merged over several columns stands over those on its right as well.
        over = own or (over if sub else "")
        yield at, over, sub


def _named(over: str, sub: str) -> Named | None:
    above = column_of(over)
    below = column_of(sub)
    # "Cơ quan thực hiện" stands over "Chủ trì" and over "Phối hợp".
    column = below if below is Column.SUPPORT else column_of(f"{over} {sub}".strip()) or below
    return _plain(column, f"{over} {sub}") if column else _marked(above, sub)


def _plain(column: Column, words: str) -> Named:
    counted = _COUNTED.search(fold(words)) if column is Column.DUE else None
    return Named(column, unit=_UNITS[counted[0].strip("( )")] if counted else "")


def _marked(above: Column | None, sub: str) -> Named | None:
    bare = _bare(sub)
    stretch = _STRETCH.fullmatch(bare)
    if above is Column.DUE and stretch:
        return Named(above, f"Tháng {stretch[1]}" if stretch[1] else f"Quý {stretch[2].upper()}")
    return Named(Column.AUTHORITY, _chosen(sub)) if _BODY.fullmatch(bare) else None


def _chosen(words: str) -> str:
    return " ".join(_TRINH.sub("", words).split())


def _is_of_tasks(known: set[Column], unknown: int) -> bool:
    """A content with a lead, or with two other facts, or a plain numbered list of contents."""
    if Column.CONTENT not in known:
        return False
    if Column.LEAD in known or len(known) > 2:
        return True
    return Column.NUMBER in known and unknown == 0
