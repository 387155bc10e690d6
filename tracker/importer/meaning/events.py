"""One event of a schedule: hour, place, chair, guests and preparing unit told from what it is."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from tracker.domain.folding import fold
from tracker.importer.meaning.owners import ends_in_owner
from tracker.importer.meaning.slots import HOUR, clock_of

_LEADERS = (
    r"(?:các\s+)?(?:đ/c|đ\.c|đồng\s+chí|ông|bà|chủ\s+tịch|phó\s+chủ\s+tịch|pct\w*|cttt|ct|bí\s+thư"
    r"|phó\s+bí\s+thư|thường\s+trực|lãnh\s+đạo|giám\s+đốc|phó\s+giám\s+đốc|phó\s+trưởng|trưởng\s+ban"
    r"|chánh|phó\s+chánh|tập\s+thể\s+lãnh\s+đạo|gđ|pgđ|pbt\w*|bt)(?![\w/])"
)
LEADER = re.compile(_LEADERS, re.IGNORECASE)
_ATTENDS = (
    r"(?:đồng\s+)?chủ\s+trì(?:\s*[,:])?|(?:cùng\s+)?(?:tham\s+)?dự"
    r"(?:\s*(?:,|và)\s*(?:phát\s+biểu(?:\s+(?:chỉ\s+đạo|khai\s+mạc))?|chỉ\s+đạo))*(?:\s*:)?"
)
_ACTS = (
    r"làm\s+việc|tiếp|thăm|kiểm\s+tra|họp|đi|khảo\s+sát|trực|nghe|đón|phát\s+biểu|tham\s+gia|thị\s+sát"
    r"|chỉ\s+đạo|chúc|dâng|trao|giao\s+ban|hội\s+ý|giám\s+sát|tiếp\s+xúc|đối\s+thoại|công\s+tác|nghỉ"
    r"|học|viếng|gặp|duyệt|xử\s+lý|giải\s+quyết|cho\s+ý\s+kiến|ký|tọa\s+đàm|tháp\s+tùng"
)
# "Đ/c Chủ tịch chủ trì họp …", "PCT Mai Xuân Liêm dự Lễ …", "Chủ tịch UBND tỉnh: Họp …".
_CHAIR_FIRST = re.compile(
    rf"(?P<who>{_LEADERS}[^.;:()\n]{{0,140}}?)(?:\s*[,:–-]\s+(?!(?:phó\s+)?(?:bí\s+thư|chủ\s+tịch))"
    rf"|\s+)(?:(?:{_ATTENDS})\s*|(?<!thường )(?<!ban )(?<!khoa )(?<!sở )(?=(?:{_ACTS})(?!\w)))",
    re.IGNORECASE,
)
_CHAIR_COLON = re.compile(rf"(?P<who>{_LEADERS}[^.;:()\n]{{0,100}}?)\s*:\s+", re.IGNORECASE)
_CHAIR_WITHIN = re.compile(
    rf"[,;.]?\s*(?:\bdo\s+)(?P<who>{_LEADERS}[^.;:()\n]{{0,140}}?)\s+chủ\s+trì", re.IGNORECASE
)
_CHAIR_LAST = re.compile(
    rf"\s*[,;.–-]\s*(?P<who>{_LEADERS}[^.;:()\n]{{0,140}}?)\s+(?:chủ\s+trì|(?:tham\s+)?dự)\s*\.?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_CHAIR_NAMED = re.compile(
    r"[,;.(]?\s*(?:người\s+)?chủ\s+trì\s*:\s*(?P<who>[^.;()\n]{3,140})\)?", re.IGNORECASE
)
# At the end stands who follows the event, perhaps after the room of the office: "NCTH. Đ/c Dũng".
_FOLLOWER = re.compile(
    r"(?<=[.;,)])\s*(?:(?P<room>[A-ZĐ]{2,5})(?:\s*[.,;-]\s*|\s+|\s*$))?"
    r"(?:(?P<who>Đ/c\s+[A-ZĐ]\w+(?:\s+[A-ZĐ]\w+){0,3}))?\s*\.?\s*$"
)
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)?)\)")
_NOTE = re.compile(
    r"(?:có\s+)?(?:theo\s+)?(?:giấy\s+mời|thư\s+mời|gm\b|công\s+văn|lđvp|lđ\s+vp|xe\b|cả\s+ngày"
    r"|ngày\b|buổi\s|sáng\b|chiều\b|tối\b)",
    re.IGNORECASE,
)
_CHAIR_IN_NOTE = re.compile(
    rf"(?:.*?[;,]\s*)?(?:(?:chủ\s+trì|dự|lãnh\s+đạo)\s*:\s*)?(?P<who>{_LEADERS}[^;]*?)"
    r"(?:\s+(?:chủ\s+trì|(?:cùng\s+)?(?:tham\s+)?dự))?\s*$",
    re.IGNORECASE,
)
_BOUNDARY = r"(?:^|(?<=[.;,\n])|(?<=\s[–-]))\s*(?:[-+*•–]\s+)?"
_LABELS = re.compile(
    rf"{_BOUNDARY}(?:"
    r"(?P<invited>(?:thành\s+phần(?:\s+(?:tham\s+dự|mời|dự|họp|dự\s+họp))*\s*:|(?:kính\s+)?mời"
    r"(?:\s+(?:tham\s+)?dự)?\s*:?(?=\s)|(?:cùng\s+|tham\s+)*(?:dự|đi)(?:\s+họp)?\s*:))"
    r"|(?P<place>địa\s+điểm(?:\s+họp)?\s*:|điểm\s+(?:họp\s+)?tại\b\s*:?)"
    r"|(?P<chair>(?:người\s+)?chủ\s+trì\s*:|lãnh\s+đạo(?:\s+(?:chủ\s+trì|(?:tham\s+)?dự))?\s*:)"
    r"|(?P<prepared>(?:(?:đơn\s+vị|cơ\s+quan)\s+)?(?:chủ\s+trì\s*,?\s*)?(?:chuẩn\s+bị|tham\s+mưu)"
    r"(?:\s+(?:nội\s+dung|tài\s+liệu|báo\s+cáo|hồ\s+sơ|hội\s+nghị|và|,))*\s*:)"
    r"|(?P<hour>thời\s+gian\s*:)|(?P<note>ghi\s+chú\s*:)"
    r")\s*",
    re.IGNORECASE,
)
_CONTENT_LABEL = re.compile(r"^\s*nội\s+dung(?:\s+họp)?\s*:\s*(?=\w)", re.IGNORECASE | re.MULTILINE)
# These do not run on over a full stop; the guests do, to the end of the line.
_STOPS = re.compile(r"(?<!\bTP)(?<!\bTX)(?<!\bTr)\.(?:\s|$)|\n")
_ENDS = re.compile(r"\n")
_SENTENCE = re.compile(r"(?<!\bTP)(?<!\bTX)(?<!Đ/c)(?<=[.;])\s+(?=[A-ZĐ])|\n")
_UNIT_SENTENCE = re.compile(
    r"\s*(?:giao\s+)?(?=(?:sở|ban|văn phòng|vp|công an|thanh tra|chi cục|cục|phòng|ubnd|bộ"
    r"|trung tâm|bqlda|báo|hội)\s)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\s*[,;.–-]?\s*\(?(?<!quy định )(?<!hiện )(?<!tồn )(?<!nêu )(?:\bhọp\s+)?\btại\s+(?P<place>"
    r"(?!(?:các\s+)?(?:nghị\s+quyết|nghị\s+định|quyết\s+định|kỳ\s+họp|phiên\s+họp|hội\s+nghị"
    r"|thông\s+báo|kết\s+luận|văn\s+bản|công\s+văn|điều|khoản|tờ\s+trình|buổi|chỗ|cuộc)\b)"
    r"(?:(?!\btại\s)(?:[^.;()\n]|\.(?=\S)|(?<=TP)\.|(?<=TX)\.)){2,160}?)\s*\)?"
    r"(?=\.?\s*$|[.;]\s|[(;\n]|,?\s+(?:do|mời|thành\s+phần|chủ\s+trì)\s|,\s+(?:đ/c|đồng\s+chí|mời)\s"
    r"|\s+[–-]\s)",
    re.IGNORECASE | re.MULTILINE,
)
_PLACE_FIRST = re.compile(r"^\W*tại\s+(?P<place>[^.;:()\n]{2,120}?)\s*:\s+(?=\w)", re.IGNORECASE)
_HOUR_WITHIN = re.compile(
    rf"\s*(?:[(\[]\s*(?:{HOUR.pattern})\s*[)\]]|\b(?:vào\s+|lúc\s+|hồi\s+)+"
    r"(?P<hour2>\d{1,2})\s*(?:h|giờ|g|:)\s*(?P<minute2>\d{2})?(?!\w))",
    re.IGNORECASE,
)
_PROVISIONAL = re.compile(
    r"^\W*dự\s+kiến\b\s*:?|\(\s*dự\s+kiến[^)]*\)|\bdự\s+kiến(?=\s*:?\s*(?:ngày|lúc|vào|từ|thứ|\d))",
    re.IGNORECASE,
)
_ATTENDING = re.compile(
    r"^\W*(?:(?:đồng\s+)?chủ\s+trì|(?:tham\s+)?dự(?!\s+(?:kiến|án|thảo|toán|phòng|báo|trữ|cùng|có)\b))\s+(?=\w)",
    re.IGNORECASE,
)
# No event is longer: what follows stays in the source text.
_LONGEST = 2_000
_EDGES = " \t\n.;:,–-+*•"
# At the desk, or away from work: no event that anybody else has to know of.
_NOTHING = re.compile(
    r"(lam viec|truc|nghien cuu|giai quyet cong viec|xu ly (cong viec|van ban|ho so))"
    r"( (?!voi\b).{0,30}(co quan|tru so|phong lam viec|thuong xuyen|van phong|nhiem so|ho so"
    r"|tai lieu|binh thuong))?"
    r"|nghi( (le|tet|phep|bu|om|tranh thu|cuoi tuan|che do|he|lam viec).{0,60})?"
    r"|(khong|chua) co (lich|noi dung|cuoc hop).{0,20}|khong|(lam )?viec thuong xuyen"
)


@dataclass
class Told:
    """What an event's words say, each thing by itself; `title` is what is left of them."""

    title: str
    hour: str | None = None
    place: str | None = None
    chair: str | None = None
    invited: str | None = None
    prepared: list[str] = field(default_factory=list)
    is_planned: bool = False
    is_nothing: bool = False


def told(text: str, *, place: str = "", chair: str = "") -> Told:
    """Take an event's words apart; a place or chair known from a column is not looked for."""
    lines = (" ".join(line.split()) for line in text[:_LONGEST].split("\n"))
    event = Told(title="\n".join(filter(None, lines)), place=place or None)
    for take in (_planned, _place_first, _brackets, _labels, _sentences, _hour, _follower, _chair):
        take(event)
    event.is_nothing = bool(_NOTHING.fullmatch(fold(event.title).strip(_EDGES)))
    _place(event)
    event.chair = chair or event.chair
    event.title = _tidy(_ATTENDING.sub("", event.title)) or _tidy(text)
    return event


def _tidy(title: str) -> str:
    lines = [line.strip(" \t-+*•–") for line in title.split("\n")]
    words = " ".join(" ".join(line for line in lines if line.strip(_EDGES)).split())
    words = re.sub(r"\s+([,.;:])", r"\1", words)
    words = re.sub(r"([,.;:])[,.;:]+", r"\1", words).strip(_EDGES)
    return words[:1].upper() + words[1:]


def _planned(event: Told) -> None:
    event.title, count = _PROVISIONAL.subn("", event.title)
    event.is_planned = count > 0


def _brackets(event: Told) -> None:
    """Brackets that name the preparing unit or a leader; notes on cars and letters go."""
    for found in reversed(list(_BRACKET.finditer(event.title))):
        if _bracket(event, found["inside"].strip()):
            event.title = event.title[: found.start()] + event.title[found.end() :]


def _bracket(event: Told, inside: str) -> bool:
    chair = _CHAIR_IN_NOTE.fullmatch(inside)
    if ends_in_owner(f"x ({inside})"):
        event.prepared.insert(0, inside)
    elif chair and len(inside) < 120:
        event.chair = event.chair or chair["who"].strip()
    else:
        return bool(_NOTE.match(inside)) and HOUR.search(inside) is None
    return True


def _labels(event: Told) -> None:
    """What stands after "Mời:", "Địa điểm:", "Chủ trì:", wherever in the text they are."""
    labels = list(_LABELS.finditer(event.title))
    text, cuts = event.title, []
    for label, after in zip_longest(labels, labels[1:]):
        following = after.start() if after else len(text)
        name = label.lastgroup or ""
        stop = (_ENDS if name == "invited" else _STOPS).search(text, label.end(), following)
        end = stop.start() if stop else following
        _keep(event, name, text[label.end() : end].strip(_EDGES))
        cuts.append((label.start(), end))
    for start, end in reversed(cuts):
        event.title = event.title[:start] + event.title[end:]
    event.title = _CONTENT_LABEL.sub("", event.title)


def _keep(event: Told, name: str, said: str) -> None:
    if name == "prepared":
        event.prepared.append(said)
    elif name == "hour":
        found = HOUR.search(said)
        event.hour = event.hour or (clock_of(found) if found else None)
    elif name in ("place", "chair", "invited"):
        known = getattr(event, name)
        setattr(event, name, f"{known}; {said}" if known and name == "invited" else known or said)


def _sentences(event: Told) -> None:
    """The preparing unit in a sentence of its own: "Sở Xây dựng chuẩn bị nội dung."."""
    kept, place = [], 0
    for gap in [*_SENTENCE.finditer(event.title), None]:
        end = gap.end() if gap else len(event.title)
        sentence = event.title[place:end]
        is_owner = place > 0 and _UNIT_SENTENCE.match(sentence) and _says_who(sentence)
        if is_owner:
            event.prepared.append(sentence.strip(_EDGES))
        else:
            kept.append(sentence)
        place = end
    event.title = "".join(kept)


def _says_who(sentence: str) -> bool:
    return ends_in_owner(f"x ({sentence.strip(_EDGES)})")


def _hour(event: Told) -> None:
    found = _HOUR_WITHIN.search(event.title)
    if found is None:
        return
    clock = clock_of(found) if found["hour"] else _plain_clock(found)
    if clock:
        event.hour = event.hour or clock
        event.title = event.title[: found.start()] + event.title[found.end() :]


def _plain_clock(found: re.Match[str]) -> str | None:
    hour, minute = int(found["hour2"]), int(found["minute2"] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _follower(event: Told) -> None:
    found = _FOLLOWER.search(event.title)
    if found and (found["room"] or found["who"]):
        event.chair = event.chair or found["who"]
        event.title = event.title[: found.start()]


def _chair(event: Told) -> None:
    title = event.title.lstrip(_EDGES)
    first = _CHAIR_FIRST.match(title) or _CHAIR_COLON.match(title)
    if first:
        event.chair, event.title = first["who"].strip(" ,:–-"), title[first.end() :]
        return
    found = _CHAIR_WITHIN.search(title) or _CHAIR_LAST.search(title)
    if found:
        event.chair = found["who"].strip(" ,")
        event.title = title[: found.start()] + title[found.end() :]


def chair_within(text: str) -> tuple[str | None, str]:
    """Who chairs, said in the middle or at the end of a text, and the text without it."""
    shapes = (_CHAIR_NAMED, _CHAIR_WITHIN, _CHAIR_LAST)
    found = next((one for shape in shapes if (one := shape.search(text))), None)
    if found is None:
        return None, text
    return found["who"].strip(" ,"), text[: found.start()] + text[found.end() :]


def _place(event: Told) -> None:
    found = None if event.place else _last(_PLACE, event.title)
    if found:
        event.place = found["place"].strip(_EDGES)
        event.title = event.title[: found.start()] + event.title[found.end() :]


def _place_first(event: Told) -> None:
    """Where an event is before what it is: "8h00, tại Hội trường: Hội nghị …"."""
    found = _PLACE_FIRST.match(event.title)
    if found:
        event.place = event.place or found["place"].strip(_EDGES)
        event.title = event.title[found.end() :]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda found: found.start(), default=None)
