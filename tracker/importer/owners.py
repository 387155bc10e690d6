"""Who prepares an item: the last bracket, the words after the last semicolon, or "Giao …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.folding import fold
from tracker.importer.reading import Doubt, ReadUnit
from tracker.importer.units import Found, UnitBook

_LONGEST_BRACKET = 300
_TRAILING = " \t.;,/…"
# These verbs say who owes the paper; "(đã xây dựng)" and the like are content.
_VERB = r"(?:chủ\s+trì(?:\s*,?\s*(?:chuẩn\s+bị|tham\s+mưu))?|chuẩn\s+bị|tham\s+mưu|soạn\s+thảo)"
_PREPARING = re.compile(
    rf"^(?P<units>.{{2,}}?)\s+{_VERB}(?P<rest>\b.*)$", re.IGNORECASE | re.DOTALL
)
_LEADING = re.compile(
    r"^(?:cơ quan|đơn vị)?\s*(?:chủ trì|chuẩn bị)(?:\s+chuẩn bị)?\s*:\s*(?P<units>.+)$",
    re.IGNORECASE,
)
# "(theo tham mưu của …)", "(đã chuẩn bị)": the same verbs inside content.
_CONTENT = re.compile(r"(?:theo|đã|đang|được|công tác|căn cứ|nhằm|khi|sau)\b", re.IGNORECASE)
_AFTER_VERB = re.compile(
    r"$|\s*[,;.:]|\s+(?:nội dung|báo cáo|hồ sơ|tài liệu|và|phối|trình|trước)\b"
)
_SUPPORTING = re.compile(
    r"[;,.]?\s*(?:và\s+)?(?:(?:cơ quan|đơn vị)\s+)?phối\s+hợp(?:\s+(?:với|cùng))?\s*:?\s*",
    re.IGNORECASE,
)
_AFTER_SUPPORT = re.compile(
    r"\s*[,;]?\s*(?:chuẩn bị|thực hiện|tham mưu|(?<!sở )xây dựng|soạn thảo|trình"
    r"|hoàn thành|chậm nhất|trước ngày|xong trước|đến hết|gửi|nội dung)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_TAIL = re.compile(
    rf"[;.–—-]\s*(?P<owner>(?:Sở|Ban|Văn phòng|Công an|Thanh tra|Bộ Chỉ huy|UBND|Ủy ban|Cục"
    rf"|Chi cục|Phòng|Bảo hiểm|Thuế|Kho bạc)\s[^;()]{{2,160}}?\s{_VERB})$",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    rf"^giao\s+(?P<units>[^;:()]{{2,160}}?),?\s+(?={_VERB}|phối\s+hợp|(?<!sở\s)xây\s+dựng|triển\s+khai)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+(?:và|cùng|với)\s+", re.IGNORECASE)
_HEAD_WORDS = (
    "so ", "ban ", "van phong", "vp ", "cong an", "thanh tra", "bo ", "ubnd", "uy ban", "cuc ",
    "chi cuc", "phong ", "hoi ", "dang uy", "trung tam", "bao ", "quy ", "kho bac", "thue",
    "truong ", "benh vien", "cong ty", "cac ", "tinh uy", "doan ", "vien ", "ub ", "toa an",
)  # fmt: skip
_GROUP = re.compile(
    r"(cac|nhung|moi|tat ca) |so, (ban, )?nganh|ubnd (cac|cap|xa, phuong)|(thu truong|dang uy) cac"
)
_PREFIX = re.compile(r"^(?:do|giao|bởi)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Owners:
    """An item's words without its owner, the lead, the supports and what is doubtful."""

    text: str
    said: str = ""
    lead: ReadUnit | None = None
    support: tuple[ReadUnit, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def owners_of(text: str, *, units: UnitBook) -> Owners:
    """Take the owner off an item; only its last bracket counts, and only when it names one."""
    for find in (_bracketed, _trailing, _assigned):
        found = find(text, units)
        if found:
            rest, said = found
            return _named(rest, said, units)
    return Owners(text)


def ends_in_owner(text: str) -> bool:
    """Whether the last bracket says who prepares, whatever the directory knows."""
    bracket = _last_bracket(text)
    return bracket is not None and _phrase(bracket[1]) is not None


def _bracketed(text: str, units: UnitBook) -> tuple[str, str] | None:
    bracket = _last_bracket(text)
    if bracket is None:
        return None
    rest, inside = bracket
    is_owner = _phrase(inside) is not None or _is_wholly_units(inside, units)
    return (rest, inside) if is_owner else None


def _last_bracket(text: str) -> tuple[str, str] | None:
    """The text without its closing bracket, and what the bracket holds; soft on a missing `)`."""
    body = text.rstrip(_TRAILING)
    ending = text[len(body) :]
    closed = body.endswith(")")
    start = _opening(body) if closed else body.rfind("(")
    inside = body[start + 1 : len(body) - closed].strip()
    if start < 0 or not inside or len(inside) > _LONGEST_BRACKET or (not closed and ")" in inside):
        return None
    return body[:start].rstrip() + ending.rstrip(), inside


def _opening(body: str) -> int:
    """Where the bracket that closes the text opens, counting those inside it."""
    depth = 0
    lowest = max(0, len(body) - _LONGEST_BRACKET - 2)
    for place in range(len(body) - 1, lowest - 1, -1):
        depth += {")": 1, "(": -1}.get(body[place], 0)
        if depth == 0:
            return place
    return body.rfind("(", lowest)


def _trailing(text: str, _: UnitBook) -> tuple[str, str] | None:
    """The owner without a bracket: "…; Sở X chuẩn bị."."""
    body = text.rstrip(_TRAILING)
    start = max(0, len(body) - _LONGEST_BRACKET)
    found = _TAIL.search(body, start)
    return (body[: found.start()].rstrip(), found["owner"]) if found else None


def _assigned(text: str, _: UnitBook) -> tuple[str, str] | None:
    """The owner of "Giao Sở X chủ trì, …": the words stay, they are the task itself."""
    found = _ASSIGNED.match(text)
    if found is None:
        return None
    sentence = re.split(r"[.;:]", text[found.start("units") : found.end("units") + 200])[0]
    support = _SUPPORTING.search(sentence)
    said = _AFTER_SUPPORT.sub("", sentence[support.end() :]) if support else ""
    return text, f"{found['units']} chủ trì, phối hợp với {said}" if said else found["units"]


def _phrase(inside: str) -> tuple[str, str] | None:
    """The words naming the lead and those naming the supports, when a verb says who prepares."""
    found = _LEADING.match(inside) or _PREPARING.match(inside)
    if found is None:
        return None
    rest = found.groupdict().get("rest") or ""
    if _CONTENT.match(found["units"]) or not _AFTER_VERB.match(rest):
        return None
    lead, *early = _SUPPORTING.split(found["units"], maxsplit=1)
    before, *after = _SUPPORTING.split(rest, maxsplit=1)
    # "Sở A chuẩn bị; phối hợp: Sở B" and "Sở A chuẩn bị; Sở B phối hợp" say the same.
    late = [after[0].strip(" ,;.") or before] if after else []
    support = " , ".join(_AFTER_SUPPORT.sub("", part) for part in (*early, *late))
    return lead, support


def _is_wholly_units(inside: str, units: UnitBook) -> bool:
    parts = list(_names(inside, units))
    return bool(parts) and all(found.is_certain or found.candidates for _, found in parts)


def _named(rest: str, said: str, units: UnitBook) -> Owners:
    lead_words, support_words = _phrase(said) or _without_verb(said)
    leads = list(_names(_PREFIX.sub("", lead_words.strip()), units))
    others = leads[1:] + list(_names(support_words, units))
    doubts = [doubt for name, found in (*leads[:1], *others) for doubt in _doubts(name, found)]
    lead = next((_unit(name, found) for name, found in leads if not _is_group(name)), None)
    first = lead if leads and not _is_group(leads[0][0]) else None
    support = tuple(_unit(name, found) for name, found in others)
    return Owners(rest, said, first, support, tuple(doubts))


def _without_verb(said: str) -> tuple[str, str]:
    lead, *support = _SUPPORTING.split(said, maxsplit=1)
    return lead, " ".join(support)


def _unit(name: str, found: Found) -> ReadUnit:
    return ReadUnit(name, found.unit, found.score)


def _doubts(name: str, found: Found) -> Iterator[Doubt]:
    if _is_group(name):
        yield Doubt("unit-group", facts={"text": name})
    elif found.doubt:
        candidates = ", ".join(found.candidates)
        yield Doubt(found.doubt, facts={"text": name, "candidates": candidates or "–"})


def _is_group(name: str) -> bool:
    return bool(_GROUP.match(fold(name)))


def _names(words: str, units: UnitBook) -> Iterator[tuple[str, Found]]:
    """The units in a list, longest name first: "Sở Giáo dục và Đào tạo" is one, not two."""
    words = words.strip(" ,;.:")
    spans = _spans(words)
    place = 0
    while place < len(spans):
        last, found = _longest(words, spans, place, units)
        yield words[spans[place][0] : spans[last][1]], found
        place = last + 1


def _spans(words: str) -> list[tuple[int, int]]:
    starts, ends = [0], []
    for separator in _SEPARATOR.finditer(words):
        ends.append(separator.start())
        starts.append(separator.end())
    pairs = zip(starts, [*ends, len(words)], strict=True)
    return [(start, end) for start, end in pairs if words[start:end].strip()]


def _longest(
    words: str, spans: list[tuple[int, int]], place: int, units: UnitBook
) -> tuple[int, Found]:
    start = spans[place][0]
    for last in range(min(len(spans), place + 6) - 1, place - 1, -1):
        found = units.find(words[start : spans[last][1]])
        if found.is_certain:
            return last, found
    last = _end_of_unknown(words, spans, place)
    return last, units.find(words[start : spans[last][1]])


def _end_of_unknown(words: str, spans: list[tuple[int, int]], place: int) -> int:
    """An unknown name runs on until words that begin another unit."""
    last = place
    while last + 1 < len(spans):
        start, end = spans[last + 1]
        if fold(words[start:end] + " ").startswith(_HEAD_WORDS):
            break
        last += 1
    return last
