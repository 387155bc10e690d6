"""Sentences that give a task to units: "Giao Sở X chủ trì, phối hợp với Sở Y …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.importer.meaning.unit_names import Named, begins_unit, is_unit_shaped, names_in
from tracker.importer.meaning.units import UnitBook

_MOST_SENTENCES = 60
_REACH = 300
_SENTENCE = re.compile(r"(?:^|[.;:\n]\s{0,20}(?:[-–+•]\s+)?)(?=\S)")
_ORDER = re.compile(
    r"(?:giao|đề\s+nghị|yêu\s+cầu|phân\s+công|giao\s+nhiệm\s+vụ\s+cho|giao\s+cho)\s+(?!(?-i:ban)\b)",
    re.IGNORECASE,
)
# What a unit is told to do; the first of these words ends the names.
_VERB = (
    r"(?:chủ\s+trì|chủ\s+động|phối\s+hợp|tham\s+mưu|xây\s+dựng|triển\s+khai|chuẩn\s+bị|soạn\s+thảo"
    r"|thực\s+hiện|hoàn\s+thành|hoàn\s+thiện|tổ\s+chức|rà\s+soát|kiểm\s+tra|báo\s+cáo|đề\s+xuất"
    r"|hướng\s+dẫn|theo\s+dõi|đôn\s+đốc|tổng\s+hợp|trình|khẩn\s+trương|tập\s+trung|tiếp\s+tục"
    r"|nghiên\s+cứu|thẩm\s+định|ban\s+hành|chịu\s+trách\s+nhiệm|căn\s+cứ|thường\s+xuyên|chỉ\s+đạo"
    r"|tăng\s+cường|đẩy\s+nhanh|đẩy\s+mạnh|cung\s+cấp|gửi|lập|sớm|công\s+bố|nắm|là|làm|phải|cần"
    r"|trên\s+cơ\s+sở|theo\s+chức\s+năng|quan\s+tâm|phát\s+động|giúp|có\s+trách\s+nhiệm|trước\s+ngày"
    r"|thanh\s+toán|giám\s+sát|tập\s+huấn|lãnh\s+đạo|đưa|nâng\s+cấp|mua\s+sắm|nộp|phân\s+luồng|tham\s+gia|lắp\s+đặt|sửa\s+chữa|khắc\s+phục|cập\s+nhật"
    r"|đăng\s+ký|bàn\s+giao|thông\s+báo|thành\s+lập|quán\s+triệt|vận\s+động|niêm\s+yết|tiếp\s+nhận|tiếp\s+thu"
    r"|bố\s+trí|xử\s+lý|giải\s+quyết|bảo\s+đảm|đảm\s+bảo|thống\s+nhất|tuyên\s+truyền|duy\s+trì)"
)
_BEFORE_VERB = re.compile(rf"\s*,?\s+(?={_VERB}(?!\w))", re.IGNORECASE)
# Without an order the verb itself must say that the unit prepares something for the office;
# "chủ trì hội nghị" is to chair, and what was done is news.
_PREPARES = re.compile(
    r"\s*,?\s*(?:chủ\s+trì(?!\s+(?:hội\s+nghị|phiên|cuộc|buổi|họp|lễ|hội\s+thảo|làm\s+việc|tiếp))"
    r"|tham\s+mưu|chuẩn\s+bị|soạn\s+thảo|có\s+trách\s+nhiệm|phối\s+hợp\s+(?:với|cùng))(?!\w)",
    re.IGNORECASE,
)
# "Ban Quản lý dự án đầu tư xây dựng …" is one name.
_OPEN_NAME = re.compile(r"(?:đầu\s+tư|quản\s+lý\s+dự\s+án)$", re.IGNORECASE)
_NAME_AND_VERB = re.compile(
    r"\s+(?:xây\s+dựng|tổng\s+hợp)\s+(?=(?:phối\s+hợp|chủ\s+trì|tham\s+mưu)(?!\w))", re.IGNORECASE
)
# They give tasks and are given none; what has been done is news.
_ABOVE_ALL = re.compile(
    r"(?:UBND|HĐND|Ủy\s+ban\s+nhân\s+dân)\s+(?:tỉnh|thành\s+phố)", re.IGNORECASE
)
_TOLD = re.compile(r"\s(?:đã|đang|vừa|sẽ)$", re.IGNORECASE)
_ANY = re.compile(rf"\s*,?\s*{_VERB}(?!\w)", re.IGNORECASE)
_SUPPORT = re.compile(
    r"(?:phối\s+hợp(?:\s+chặt\s+chẽ)?(?:\s+với|\s+cùng)?|cùng\s+với)\s+", re.IGNORECASE
)
# "… chủ trì, Sở Y phối hợp".
_HELPS = re.compile(
    r"\s*,?\s*chủ\s+trì\s*[,;]\s*(?:và\s+)?(?P<names>[^.;:()]{4,120}?)\s+phối\s+hợp(?=\s*(?:[.,;)]|$|thực))",
    re.IGNORECASE,
)
_LEAD_LABEL = (
    r"(?:(?:cơ\s+quan|đơn\s+vị|phòng|ban)\s+)?(?:chủ\s+trì(?:\s+(?:thực\s+hiện|tham\s+mưu|chuẩn\s+bị))?)"
    r"|(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)\s+(?:thực\s+hiện|chuẩn\s+bị|tham\s+mưu|soạn\s+thảo|trình)"
    r"|thực\s+hiện(?=\s*:\s*(?:Phòng|Sở|Ban|Văn\s+phòng|Công\s+an|Tổ|Đội|Trạm|Trung\s+tâm|Khoa|UBND)\s)"
)
_LABELLED = re.compile(
    rf"(?:^|[.;(\n]\s{{0,20}})(?:[-–+•*]\s*)?(?:{_LEAD_LABEL})\s*:\s*(?P<lead>(?:(?!;\s*(?:[-–+•*]\s*)?[^;:.\n]{{2,40}}:)[^.\n)]){{2,200}})"
    r"(?:[.;\n]\s{0,20}(?:[-–+•*]\s*)?(?:(?:cơ\s+quan|đơn\s+vị)\s+)?phối\s+hợp(?:\s+thực\s+hiện)?\s*:\s*"
    r"(?P<support>(?:(?![;,]\s*(?:thời|hạn|lãnh\s+đạo|sản\s+phẩm|kết\s+quả|kinh\s+phí|ghi\s+chú)\b)"
    r"[^.\n)]){2,300}))?[.;]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """Words that name owners: the item without them, the whole of them, lead and supports."""

    rest: str
    words: str
    lead: str
    support: str


def labelled_in(text: str) -> Said | None:
    """The owner under a label of its own: "Đơn vị chủ trì: Sở X; đơn vị phối hợp: Sở Y."."""
    found = _LABELLED.search(text)
    if found is None:
        return None
    ends = "." if found[0].startswith(".") else ""
    before, after = text[: found.start()].rstrip() + ends, text[found.end() :].strip()
    rest = "\n".join(filter(None, (before, after)))
    words = " ".join(found[0].strip(" .;\n(-").split())
    return Said(rest, words, found["lead"].strip(), (found["support"] or "").strip())


def assigned_in(text: str, units: UnitBook) -> Said | None:
    """The owner in a sentence of the task; its words stay, they are the task itself."""
    for place, sentence in enumerate(_sentences(text)):
        said = _ordered(text, sentence, units) or _stated(
            text, sentence, units, verbs=_ANY if place == 0 else _PREPARES
        )
        if said:
            return said
    return None


def _sentences(text: str) -> Iterator[str]:
    starts = [found.end() for found in _SENTENCE.finditer(text)][:_MOST_SENTENCES]
    for start in starts:
        stop = re.search(r"[.;\n](?!\d)", text[start : start + 2 * _REACH])
        yield text[start : start + (stop.start() if stop else 2 * _REACH)]


def _ordered(text: str, sentence: str, units: UnitBook) -> Said | None:
    order = _ORDER.match(sentence)
    if order is None:
        return None
    found = _leading_names(sentence[order.end() :], units)
    if found is None:
        return None
    lead, rest = found
    return Said(text, f"{order[0].strip()} {lead}", lead, _support(rest, units))


def _stated(text: str, sentence: str, units: UnitBook, *, verbs: re.Pattern[str]) -> Said | None:
    """A unit that says what it does; at the head of an item any verb will do for a known one."""
    if not sentence[:1].isupper():
        return None
    found = _leading_names(sentence, units)
    if found is None:
        return None
    lead, rest = found
    named = names_in(lead, units)
    is_known = all(one.found.is_certain or one.is_group or _is_ordered(one.text) for one in named)
    is_owner = (verbs if is_known else _PREPARES).match(rest)
    return Said(text, lead, lead, _support(rest, units)) if is_owner else None


def _is_ordered(name: str) -> bool:
    """Whether an unknown name can only be a unit that is told to do something."""
    return is_unit_shaped(name) and not _ABOVE_ALL.match(name) and not _TOLD.search(name)


def _leading_names(words: str, units: UnitBook) -> tuple[str, str] | None:
    """The names with which words begin, and what follows them; known names go before guesses."""
    if not begins_unit(words):
        return None
    words = words[:_REACH]
    verbs = (found.start() for found in _BEFORE_VERB.finditer(words))
    cuts = [at for at in verbs if not _is_in_name(words, at)][:8]
    cuts += [len(words.rstrip(" .,;:"))] if ":" not in words else [words.index(":")]
    guess: int | None = None
    for cut in sorted(set(cuts)):
        named = names_in(words[:cut], units)
        if named and all(one.found.is_certain for one in named):
            return words[:cut], words[cut:]
        if guess is None and named and all(_may_be(one) for one in named):
            guess = cut
    return (words[:guess], words[guess:]) if guess is not None else None


def _is_in_name(words: str, at: int) -> bool:
    """Whether the verb there is part of a name: "Phòng Kinh tế xây dựng phối hợp …"."""
    return bool(_OPEN_NAME.search(words, 0, at) or _NAME_AND_VERB.match(words, at))


def _may_be(named: Named) -> bool:
    if named.found.is_certain or named.is_group:
        return True
    return is_unit_shaped(named.text) and len(named.text.split()) <= 15


def helpers_in(text: str, units: UnitBook) -> str:
    """The units that "Phối hợp với …" names at the head of a task under its lead's heading."""
    return _support(text[:_REACH], units)


def _support(rest: str, units: UnitBook) -> str:
    found = _HELPS.match(rest)
    if found:
        return found["names"]
    found = _SUPPORT.search(rest[:80])
    named = _leading_names(rest[found.end() :], units) if found else None
    return named[0] if named else ""
