"""Lists of units as papers print them: which words are one name, which are several, or a group."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tracker.domain.folding import fold
from tracker.importer.meaning.units import Found, UnitBook

_SEPARATOR = re.compile(
    r"\s*[,;]\s*(?:[-–+•*]\s+)?|\s+(?:và|cùng|với|\+)\s+"
    r"|[ \t]*\n\s*(?:(?:[-–+•*]|\d{1,2}[.)])\s*)?",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_OPENING_MARK = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)])\s+")
# Words that begin another unit, so that an unknown name before them ends.
_HEAD_WORDS = (
    "so ", "ban ", "van phong", "vp ", "cong an", "thanh tra", "bo ", "ubnd", "uy ban", "cuc ",
    "chi cuc", "phong ", "hoi ", "dang uy", "trung tam", "bao ", "quy ", "kho bac", "thue",
    "truong ", "benh vien", "cong ty", "cac ", "tinh uy", "doan ", "vien ", "ub ", "toa an",
    "hdnd", "vu ", "tram ", "bch ", "bql", "mat tran", "mttq", "ubmttq", "ubkt", "ngan hang",
    "nhnn", "bhxh", "hai quan", "lien doan", "lien minh", "tinh doan", "thong ke", "dai ",
    "thi hanh an", "lanh dao", "giam doc", "chu tich", "chanh ", "thu truong", "dang bo", "chi bo",
    "xa ", "phuong ", "tat ca ", "toan the ", "vpubnd", "tong cuc", "hoc vien", "dong chi", "d/c",
    "don vi", "co quan",
)  # fmt: skip
# Words that begin a unit's name only before a name or a number: "Tổ Văn thư", but not "tổ chức".
_MORE_HEADS = re.compile(
    r"(?:(?:tổ(?!\s+chức)|đội(?!\s+ngũ)|khoa(?!\s+học)|đoàn(?!\s+(?:thể|kết|viên))|liên\s+đội|chi\s+đoàn"
    r"|bộ(?!\s+(?:máy|môn|luật|tiêu|quy|phận|đội|chỉ|đề|hồ|sách|tài\s+liệu|câu|số))|tập\s+đoàn"
    r"|tổng\s+công\s+ty|ngân\s+hàng|hiệp\s+hội|công\s+đoàn(?!\s+viên)|trạm|bộ\s+phận|trung\s+đoàn|ban\s+giám)\s+(?P<next>\w)"
    r"|(?-i:TTPVHCC|TTYT|BGH|BGĐ|ĐTN)(?!\w))",
    re.IGNORECASE,
)
_PLACE_HEADS = re.compile(
    r"(?:thôn|ấp|buôn|khu\s+phố|tổ\s+dân\s+phố|tiểu\s+khu)\s+(?P<next>\w)", re.IGNORECASE
)
# Names that are whole in themselves inside one body's own paper.
_WHOLE_NAMES = re.compile(
    r"(van phong|cong doan|ban giam (hieu|doc)|lien doi|chi doan|van thu|doan thanh nien|thu quy"
    r"|doan (xa|phuong|truong|co so)"
    r"|hoi (nong dan|phu nu|cuu chien binh|lien hiep phu nu)( xa| phuong)?"
    r"|hoi dong (truong|quan tri|thi dua.{0,20})|to (chuyen mon|van phong|cong doan|thu thue)"
    r"|(bi thu|truong|to truong) (cac )?(thon|khu pho|to dan pho|ap|chi bo))"
)
# Words inside names that only look like the beginning of another unit without their marks.
_NO_HEAD = re.compile(
    r"viên\s|bộ\s+(?:máy|môn)|phòng\s*,?\s+chống|vụ\s+việc|hội\s+nghị", re.IGNORECASE
)
_GROUP = re.compile(
    r"(cac|nhung|moi|tat ca|toan the) |so, (ban, )?nganh"
    r"|(ubnd|uy ban nhan dan) (cac|cap|xa, phuong)"
    r"|(thu truong|dang uy|lanh dao|giam doc|nguoi dung dau|chu tich ubnd) (cac|nhung|moi|cap)"
    r"|(don vi|co quan|dia phuong)( (co )?lien quan| truc thuoc|$)"
)
_ALL_OF_A_KIND = re.compile(
    r"(cac|tat ca cac|thu truong cac|giam doc cac|chu tich)"
    r" (so|ban|nganh|don vi|co quan|dia phuong|xa|phuong|tinh|bo|phong|chi bo|dang uy"
    r"|cap uy|truong|khoa"
    r"|doi|doan the|ubnd cac|ubnd xa)\b"
    r"|(ubnd|uy ban nhan dan) (cac|cap|xa, phuong)\b"
)
_GROUP_PART = re.compile(
    r"(so|ban|nganh|dia phuong|don vi|co quan|xa|phuong|dac khu|doan the|hoi|to chuc|doanh nghiep"
    r"|cap uy|phong|trung tam|truong|chi bo|thon|to dan pho|khu pho)( [^A-Z]|$)"
)
_MANY = re.compile(
    r"^(?:các|những)\s+(?P<head>sở|phòng|ban|chi\s+cục|trung\s+tâm|vụ|cục)\s*(?P<colon>:?)\s+",
    re.IGNORECASE,
)
_MANY_COMMUNES = re.compile(r"^(?P<head>UBND)\s+các\s+(?P<level>xã|phường)\s*(?P<colon>:?)\s+")
_HEAD = re.compile(
    r"^(?:sở|phòng|ban|chi\s+cục|cục|vụ|trung\s+tâm|UBND\s+(?:xã|phường)|xã|phường)(?=\s)",
    re.IGNORECASE,
)
# The head of a unit stands for it: "Giám đốc Sở X", "Chánh Văn phòng UBND tỉnh".
_HEAD_OF = re.compile(
    r"^(?:(?:đ/c|đồng\s+chí)\s+)?(?:phó\s+)?(?:giám\s+đốc|lãnh\s+đạo|thủ\s+trưởng|chỉ\s+huy\s+trưởng"
    r"|(?:chi\s+)?cục\s+trưởng|viện\s+trưởng|người\s+đứng\s+đầu|chánh(?=\s+(?:văn\s+phòng|thanh\s+tra))"
    r"|trưởng(?=\s+(?:ban|phòng|công\s+an)))\s+",
    re.IGNORECASE,
)
_PERSON = re.compile(r"^(?:các\s+)?(?:đ/c|đồng\s+chí|ông|bà)\s", re.IGNORECASE)
_POST = re.compile(
    r"^(?:quyền\s+|phó\s+)?(?:chủ\s+tịch|bí\s+thư|chánh\s+văn\s+phòng|giám\s+đốc|trưởng\s+(?:ban|phòng)"
    r"|ủy\s+viên|ủy\s+viên)(?!\w)",
    re.IGNORECASE,
)
_MOST_SPANS = 6
_MOST_NAMES = 200
_MOST_PARTS = 20
# A longer cell is no list of units.
_LONGEST_LIST = 3_000
_UNIT_HEADS = (
    "van phong", "chi cuc", "tong cuc", "thanh tra", "trung tam", "cong an", "uy ban", "benh vien",
    "bo chi huy", "ban chi huy", "dang uy", "bao hiem", "kho bac", "toa an", "mat tran", "hoc vien",
    "ngan hang", "ban quan ly", "so", "phong", "ban", "vp", "cuc", "vu", "hoi", "vien", "truong",
    "ubnd", "hdnd", "ubmttq", "bql", "bch",
)  # fmt: skip
_SHAPED_IN_LOWER_CASE = re.compile(
    r"(ban quan ly|uy ban (nhan dan|kiem tra)|tram y te|(ban|bo) chi huy quan su|trung tam phuc vu"
    r"|(cong an|thanh tra|van phong|thue|ubnd) (tinh|xa|phuong|bo|thanh pho|dac khu)"
    r"|van phong dang uy"
    r"|van phong (so|tong hop|cuc|truong|hdnd va ubnd.{0,20})"
    r"|ban (to chuc|noi chinh))\b"
)
_NO_UNIT = re.compile(
    r"ban (hanh|thuong vu|chap hanh)|hoi (nghi|thao|thi|dong)|truong hop|phong,? chong|vu (viec|an)"
)


_NOT_IN_A_NAME = re.compile(
    r"\b(lanh dao|chi dao|nhiem vu|trong tam|trien khai|thuc hien|hoi nghi|chuong trinh"
    r"|ke hoach cong|thang|nam|quy [1-4iv]+|phat bieu|du(?! an)|tiep)\b|\d{3}"
)
_LONGEST_NAME = 15
_FIELD = re.compile(r"(ve |trong )?(linh vuc|khoi|nhom nhiem vu) [^.;:]{2,80}:?|ve [^.;:]{2,60}:")


@dataclass(frozen=True)
class Named:
    """One name in a list: the words, what the directory says of them, and whether it is a group."""

    text: str
    found: Found
    is_group: bool = False


def names_in(words: str, units: UnitBook) -> list[Named]:
    """The units in a list, longest name first: "Sở Giáo dục và Đào tạo" is one, not two.

    "Các sở Tài chính, Y tế" and "Sở Tài chính, Y tế" leave out the word that all share; a
    person among the names is no unit.
    """
    plain = _OPENING_MARK.sub("", _BRACKET.sub("", words[:_LONGEST_LIST])).strip(" ,;.:")
    head, listed = _shared_head(plain, units)
    return list(islice(_names(listed, head, units), _MOST_NAMES))


def is_group(words: str) -> bool:
    """Whether the words name a kind of units and not one: "các sở, ngành, địa phương"."""
    return bool(_GROUP.match(fold(words)))


def is_group_heading(words: str) -> bool:
    """Whether a heading names a kind of units that all have to do what stands under it."""
    name = words.strip(" .:;")
    return len(name.split()) <= _LONGEST_NAME and bool(_ALL_OF_A_KIND.match(fold(name)))


def is_unit_shaped(words: str) -> bool:
    """Whether the words can only be a unit's name, whatever the directory knows."""
    name = words.strip(" .:;,")
    folded = fold(name)
    if len(name.split()) > _LONGEST_NAME or _NO_UNIT.match(folded):
        return False
    if _NOT_IN_A_NAME.search(folded) or re.search(r"[.:;!?]", name):
        return False
    if _SHAPED_IN_LOWER_CASE.match(folded) or _WHOLE_NAMES.fullmatch(folded):
        return True
    if _heads_name(_MORE_HEADS, name):
        return True
    head = next((one for one in _UNIT_HEADS if folded.startswith(f"{one} ")), None)
    first = name.split()[len(head.split())][0] if head else ""
    return first.isupper() or first.isdigit()


def is_place_shaped(words: str) -> bool:
    """Whether the words name a hamlet or quarter: it helps, and as a rule it does not lead."""
    return _heads_name(_PLACE_HEADS, words.strip())


def begins_unit(words: str) -> bool:
    """Whether words begin as a unit's name does; quick, for the many sentences that do not."""
    opening = fold(words[:40])
    if opening.startswith(_HEAD_WORDS) or words[:3].isupper():
        return True
    return _heads_name(_MORE_HEADS, words)


def _heads_name(heads: re.Pattern[str], words: str) -> bool:
    """Whether words begin with such a head and then a name or a number."""
    found = heads.match(words)
    first = (found["next"] or "0") if found else ""
    return first.isupper() or first.isdigit()


def is_field(words: str) -> bool:
    """Whether a line is a field of work that heads a list: "Lĩnh vực kinh tế:"."""
    return bool(_FIELD.fullmatch(fold(words)))


def _shared_head(words: str, units: UnitBook) -> tuple[str, str]:
    """The word left out before each name of "các sở …", and the names; "" when nothing is."""
    many = _MANY.match(words) or _MANY_COMMUNES.match(words)
    if many is None:
        return "", words
    level = many.groupdict().get("level")
    head = f"{many['head']} {level}" if level else many["head"].capitalize()
    listed = words[many.end() :]
    first = _SEPARATOR.split(listed, maxsplit=1)[0]
    starts_name = first[:1].isupper() and not words.isupper()
    if many["colon"] or starts_name or units.exactly(f"{head} {first}"):
        return head, listed
    return "", words


def _names(words: str, head: str, units: UnitBook) -> Iterator[Named]:
    spans = _spans(words)
    place = 0
    after_person = False
    shared_by_all = head
    while place < len(spans):
        last, one = _longest(words, spans[place : place + _MOST_PARTS], head, units)
        if one.found.unit is None and not one.is_group and not _begins_unit(one.text):
            one = _with_head(one, shared_by_all, units)
        place += last + 1
        is_person = _is_person(one.text) or (after_person and bool(_POST.match(one.text)))
        after_person = is_person
        if not is_person:
            shared = _HEAD.match(one.text)
            head = " ".join(shared[0].split()) if shared else head
            yield one


def _is_person(text: str) -> bool:
    return bool(_PERSON.match(text)) and not _HEAD_OF.match(text)


def _spans(words: str) -> list[tuple[int, int]]:
    starts, ends = [0], []
    for separator in _SEPARATOR.finditer(words):
        ends.append(separator.start())
        starts.append(separator.end())
    pairs = zip(starts, [*ends, len(words)], strict=True)
    return [(start, end) for start, end in pairs if words[start:end].strip(" .:")]


def _longest(
    words: str, spans: list[tuple[int, int]], head: str, units: UnitBook
) -> tuple[int, Named]:
    """The longest known name at the first place, and the last span that it takes up."""
    start = spans[0][0]
    for last in range(min(len(spans), _MOST_SPANS) - 1, -1, -1):
        text = _flat(words[start : spans[last][1]])
        found = _exactly(text, head, units)
        if found:
            return last, Named(text, found)
    if is_group(words[start:]):
        last = _end_of_group(words, spans)
        return last, Named(_flat(words[start : spans[last][1]]), units.find(""), is_group=True)
    last = _end_of_unknown(words, spans)
    text = _flat(words[start : spans[last][1]])
    return last, Named(text, units.find(_HEAD_OF.sub("", text)))


def _with_head(one: Named, head: str, units: UnitBook) -> Named:
    """An unknown name of "các phòng: …" with the word that all of them share before it."""
    text = f"{head} {one.text}".strip()
    return Named(text, units.find(text)) if head else one


def _exactly(text: str, head: str, units: UnitBook) -> Found | None:
    bare = _HEAD_OF.sub("", text)
    found = units.exactly(text) or (units.exactly(bare) if bare != text else None)
    if found is None and head and not _begins_unit(text):
        found = units.exactly(f"{head} {text}")
    return found


def _begins_unit(text: str) -> bool:
    if _NO_HEAD.match(text):
        return False
    if _heads_name(_MORE_HEADS, text) or _heads_name(_PLACE_HEADS, text):
        return True
    if _WHOLE_NAMES.fullmatch(fold(text)):
        return True
    return fold(text + " ").startswith(_HEAD_WORDS) or (text.isupper() and " " not in text)


def _end_of_group(words: str, spans: list[tuple[int, int]]) -> int:
    """A group runs on over its kinds, in small letters: "các sở, ban, ngành tỉnh"."""
    last = 0
    while last + 1 < len(spans):
        part = words[spans[last + 1][0] : spans[last + 1][1]]
        if not _GROUP_PART.match(fold(part)) or (part[:1].isupper() and not words.isupper()):
            break
        last += 1
    return last


def _end_of_unknown(words: str, spans: list[tuple[int, int]]) -> int:
    """An unknown name runs on until words that begin another unit."""
    last = 0
    while last + 1 < len(spans):
        start, end = spans[last + 1]
        so_far = fold(words[spans[0][0] : spans[last][1]])
        # "Văn phòng HĐND và UBND" is one office.
        is_one_office = so_far.startswith(("van phong", "vp")) and so_far.endswith("hdnd")
        if _begins_unit(words[start:end]) and not is_one_office:
            break
        last += 1
    return last


def _flat(words: str) -> str:
    return " ".join(words.split())
