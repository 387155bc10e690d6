"""Who prepares an item: its last bracket, the words before or after it, or "Giao …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.importer.meaning.assignments import Said, assigned_in, helpers_in, labelled_in
from tracker.importer.meaning.reading import Doubt, ReadUnit
from tracker.importer.meaning.unit_names import (
    Named,
    begins_unit,
    is_place_shaped,
    is_unit_shaped,
    names_in,
)
from tracker.importer.meaning.units import UnitBook

_LONGEST_BRACKET = 300
_TRAILING = " \t.;,/…"
# These verbs say who owes the paper; "(đã xây dựng)" and the like are content.
_VERB = (
    r"(?:chủ\s+trì(?:\s*,?\s*(?:chuẩn\s+bị|tham\s+mưu))?|chuẩn\s+bị"
    r"|(?<!phòng )(?<!ban )(?<!đội )(?<!cục )tham\s+mưu|soạn\s+thảo)"
)
_PREPARING = re.compile(
    rf"^(?P<units>.{{2,}}?)\s+{_VERB}(?P<rest>\b.*)$", re.IGNORECASE | re.DOTALL
)
# Verbs that content uses as well: they count in a bracket after what can only be a unit.
_DOING = re.compile(
    r"^(?P<units>.{4,}?)\s+(?:phụ\s+trách|(?:tổ\s+chức\s+)?thực\s+hiện|theo\s+dõi|(?<!sở\s)xây\s+dựng"
    r"|(?<!phòng )(?<!ban )(?<!đội )(?<!tổ )(?<!vụ )(?<!hoạch )(?<!văn )tổng\s+hợp"
    r"|trình|báo\s+cáo|triển\s+khai|(?<!ban\s)tổ\s+chức|làm\s+đầu\s+mối)$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:cơ quan|đơn vị)?\s*(?:chủ trì|chuẩn bị|thực hiện|tham mưu)(?:\s+chuẩn bị)?\s*:\s*"
    r"(?P<units>.+)$",
    re.IGNORECASE | re.DOTALL,
)
# "(theo tham mưu của …)", "(đã chuẩn bị)": the same verbs inside content.
_CONTENT = re.compile(
    r"(?:theo|đã|đang|được|công tác|căn cứ|nhằm|khi|sau|hội nghị|việc)\b", re.IGNORECASE
)
# "báo cáo UBND tỉnh (qua Sở Tài chính)", "(nay là Sở Xây dựng)": named, and not as an owner.
_BY_WAY_OF = re.compile(
    r"(?:(?:thông\s+)?qua|gửi|nộp|tại|của|từ|cho|về|thuộc|trực\s+thuộc|trừ|kể\s+cả|(?:bao\s+)?gồm|cùng|với|như"
    r"|là|nay(?:\s+là)?|trước\s+(?:đây|là)|tiền\s+thân|sau\s+khi|thay)\s",
    re.IGNORECASE,
)
_AFTER_VERB = re.compile(
    r"$|\s*[,;.:–-]|\s+(?:nội dung|báo cáo|hồ sơ|tài liệu|và|phối|trình|trước|thực hiện|UBND)\b"
)
_SUPPORTING = re.compile(
    r"[;,.]?\s*(?:và\s+)?(?:(?:cơ quan|đơn vị)\s+)?phối\s+hợp"
    r"(?:\s+(?:với|cùng|thực hiện))?\s*:?\s*",
    re.IGNORECASE,
)
_AFTER_SUPPORT = re.compile(
    r"\s*[,;]?\s*(?:chuẩn bị|thực hiện|tham mưu|(?<!sở )xây dựng|soạn thảo|trình"
    r"|hoàn thành|chậm nhất|trước ngày|xong trước|đến hết|gửi|nội dung)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_DAY_WORD = (
    r"hoàn thành|xong|trình|thời (?:gian|hạn)|hạn|chậm nhất|muộn nhất|trước|cuối|đầu|giữa|tháng|quý"
    r"|tuần|hết|đến hết|thường xuyên|h[ằà]ng|định kỳ|liên tục|cả (?:tháng|quý|năm)"
    r"|từ (?=ngày|\d)|(?:sáng |chiều )?thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])"
)
# A deadline that shares the owner's bracket: "(Sở X; tháng 3)", "(Sở X, trước 15/3)".
_DAY_AFTER = re.compile(
    rf"\s*[,;–-]\s*(?:(?:{_DAY_WORD}|trong|ngày)\b|\d{{1,2}}(?:\s*[–-]\s*\d{{1,2}})?[/.]\d).*$",
    re.IGNORECASE | re.DOTALL,
)
# "(hạn: 20/3; Sở X)": the day may also come first.
_DAY_FIRST = re.compile(
    rf"^(?:(?:{_DAY_WORD})\b[^;,]{{0,60}}|(?:ngày\s+)?\d{{1,2}}[/.]\d[^;,]{{0,30}})[;,]\s*(?=\S)",
    re.IGNORECASE,
)
# "… (Sở X) (hoàn thành trước 15/3)": a bracket of its own for the day, after the owner.
_DAY_BRACKET = re.compile(
    rf"\s*\((?:(?:{_DAY_WORD}|trong|ngày)\b[^();]{{0,80}}|\d{{1,2}}[/.]\d[^();]{{0,40}})\)(?=[\s.;,]*$)",
    re.IGNORECASE,
)
# "… (Sở X chuẩn bị), trình trước ngày 15/3": the day after the owner is no part of it.
_CLAUSE = re.compile(
    r"(?<=\))\s*[,;.–-]?\s*(?:trình|hoàn thành|xong|gửi|báo cáo|thời (?:gian|hạn)|hạn|chậm nhất"
    r"|trước|trong|ngày|tháng|quý|tuần|h[ằà]ng|định kỳ|thường xuyên|cuối|đầu|giữa|đến hết)\b"
    r"[^()]{0,100}$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[;.–—-]\s*(?P<owner>(?:Văn phòng|VP|Thanh tra|(?:Sở|Ban|Văn phòng|Công an|Thanh tra|UBND|Cục"
    r"|VP|Bộ Chỉ huy|Ủy ban|Vụ|Chi cục|Phòng|Bảo hiểm|Thuế|Kho bạc|Trung tâm|Giao|Do)"
    rf"\s[^;()]{{2,160}}?)\s{_VERB})$",
    re.IGNORECASE,
)
_TAIL_BEGINS = re.compile(r"(?:(?:[;.:]|\s[-–—])\s+|\n\s*)(?=\S)")
# "; giao: Sở X, phối hợp: Sở Y", "; do Sở X trình", "; Sở X trình ngày 10/6".
_TAIL_LABEL = re.compile(r"(?P<word>\b(?:giao|chủ\s+trì|phối\s+hợp))\s*:", re.IGNORECASE)
_TAIL_DONE = re.compile(
    r"\s+(?:trình|hoàn\s+thành|gửi|báo\s+cáo|thực\s+hiện)"
    r"(?:\s+(?:trước|trong|ngày|chậm\s+nhất|vào|tháng)\b.*)?$",
    re.IGNORECASE | re.DOTALL,
)
# "Giám sát tại các đơn vị: Sở X": what is listed is no owner.
_LISTS = re.compile(
    r"\b(?:đơn\s+vị|cơ\s+quan|sở|ngành|địa\s+phương|phường|xã|gồm|tại|với|sau|là|thành\s+phần|gửi|giao|phối\s+hợp|chủ\s+trì|thực\s+hiện)$",
    re.IGNORECASE,
)
_SHORTEST_TASK = 3
_NO_TAIL_NAME = re.compile(r"[;:.()]")
_SHORTEST_TAIL, _LONGEST_TAIL, _MOST_TAILS = 4, 120, 4
_BEFORE_COLON = re.compile(
    r"^(?P<units>(?:các\s+(?:sở|phòng|ban|chi\s+cục|trung\s+tâm)\s*:)?[^:.()\n]{3,160}):\s*(?=\S)",
    re.IGNORECASE,
)
_BEFORE_DASH = re.compile(r"^(?P<units>[^:;.()\n]{3,160}?)\s+[–-]\s+(?=\S)")
_PREFIX = re.compile(r"^(?:do|giao|bởi)\s+", re.IGNORECASE)
# How a cell says that nobody helps.
_NOBODY = re.compile(r"[-–—./xX0\s]*|không(?:\s+có)?", re.IGNORECASE)
_AS_LEAD = re.compile(r"^(?:cơ quan|đơn vị)?\s*chủ\s+trì\s*:?\s*|\s+chủ\s+trì$", re.IGNORECASE)


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
    day = _DAY_BRACKET.search(text, max(0, len(text) - _LONGEST_BRACKET))
    if day and not is_unit_shaped(_DAY_FIRST.sub("", day[0].strip(" ()"))):
        within = _at_the_end(text[: day.start()], units)
        if within:
            return replace(within, text=f"{within.text.rstrip()}{text[day.start() :]}")
    said = labelled_in(text)
    owners = _at_the_end(text, units) if said is None or _bracketed(text, units) else None
    if owners:
        return owners
    said = said or _led_by(text, units) or assigned_in(text, units)
    return _responsible(said, units) if said else Owners(text)


def _at_the_end(text: str, units: UnitBook) -> Owners | None:
    """The owner in the last bracket, or behind the last dash."""
    bracket = _bracketed(text, units)
    if bracket:
        return _named(*bracket, units)
    said = _trailing(text, units)
    return _responsible(said, units) if said else None


def owners_listed(lead: str, support: str, *, units: UnitBook) -> Owners:
    """The owners that two cells of a table name; of several leads the first leads alone.

    A line of a cell may be a unit of its own or go on from the line above.
    """
    support = "" if _NOBODY.fullmatch(support.strip()) else support
    said = " | ".join(filter(None, (lead.strip(), support.strip())))
    first, *early = _SUPPORTING.split(lead.strip(), maxsplit=1)
    others = _AS_LEAD.sub("", _SUPPORTING.sub("", support.strip(), count=1))
    supports = ", ".join(filter(None, (*early, others)))
    return _responsible(Said("", said, _AS_LEAD.sub("", first), supports), units)


def owner_of_heading(words: str, units: UnitBook) -> ReadUnit | None:
    """The unit that a heading names and that leads what stands under it: "1. Sở Tài chính"."""
    name = words.strip(" .:;")
    found = _phrase(name)
    named = names_in(_PREFIX.sub("", found[0] if found else name), units)
    if len(named) != 1 or named[0].is_group:
        return None
    is_unit = named[0].found.unit is not None or is_unit_shaped(named[0].text)
    return _unit(named[0]) if is_unit else None


def ends_in_owner(text: str) -> bool:
    """Whether the last bracket says who prepares, whatever the directory knows."""
    bracket = _last_bracket(text)
    return bracket is not None and _phrase(bracket[1]) is not None


def names_owner(text: str) -> bool:
    """Whether words name their own unit by its place or shape: "… (Sở X)", "Sở X: …"."""
    if ends_in_owner(text):
        return True
    bracket = _last_bracket(text)
    before = _BEFORE_COLON.match(text)
    inside = [_without_day(bracket[1])] if bracket else []
    return any(is_unit_shaped(one) for one in (*inside, *([before["units"]] if before else [])))


def _bracketed(text: str, units: UnitBook) -> tuple[str, str] | None:
    bracket = _last_bracket(text)
    if bracket is None:
        return None
    rest, inside = bracket
    inside = _DAY_FIRST.sub("", inside)
    if _BY_WAY_OF.match(inside):
        return None
    is_owner = _phrase(inside) is not None or _is_wholly_units(_DAY_AFTER.sub("", inside), units)
    return (rest, inside) if is_owner else None


def _last_bracket(text: str) -> tuple[str, str] | None:
    """The text without its closing bracket, and what the bracket holds; soft on a missing `)`."""
    body = text.rstrip(_TRAILING)
    clause = _CLAUSE.search(body, max(0, len(body) - _LONGEST_BRACKET))
    body = body[: clause.start()] if clause else body
    ending = text[len(body) :]
    closed = body.endswith(")")
    start = _opening(body) if closed else body.rfind("(", max(0, len(body) - _LONGEST_BRACKET))
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


def _trailing(text: str, units: UnitBook) -> Said | None:
    """The owner without a bracket: "…; Sở X chuẩn bị.", "… - Sở X"."""
    body = text.rstrip(_TRAILING)
    start = max(0, len(body) - _LONGEST_BRACKET)
    found = _TAIL.search(body, start)
    if found and not _CONTENT.match(found["owner"]):
        said = found["owner"]
        return Said(body[: found.start()].rstrip(), said, *(_phrase(said) or _without_verb(said)))
    begins = list(_TAIL_BEGINS.finditer(body, start))[-_MOST_TAILS:]
    tails = (_tail(body, one, units) for one in reversed(begins))
    return next(filter(None, tails), None)


def _tail(body: str, begins: re.Match[str], units: UnitBook) -> Said | None:
    """The names behind one dash, when they can be nothing else; behind a stop only known ones."""
    said = body[begins.end() :]
    bare = _TAIL_LABEL.sub(r"\g<word>", said)
    if not _SHORTEST_TAIL <= len(said) <= _LONGEST_TAIL or _NO_TAIL_NAME.search(bare):
        return None
    mark = begins[0].strip()
    if mark == "." and _PREFIX.match(bare):
        # A sentence of its own, "Giao Sở X …", stays in the item.
        return None
    bare = _TAIL_DONE.sub("", _PREFIX.sub("", bare))
    lead, support = _phrase(bare) or _without_verb(_without_day(bare))
    may_guess = mark not in (";", ".") and (mark != ":" or _may_end(body[: begins.start()]))
    is_known = mark != ":" and _are_known(lead, units)
    is_owner = is_known or (may_guess and _is_wholly_units(lead, units))
    is_owner = is_owner and not _CONTENT.match(said)
    return Said(body[: begins.start()].rstrip(), said, lead, support) if is_owner else None


def _may_end(words: str) -> bool:
    """Whether words before a colon are a whole task, and not what the units after it suffer."""
    return len(words.split()) > _SHORTEST_TASK and not _LISTS.search(words)


def _are_known(words: str, units: UnitBook) -> bool:
    named = names_in(words, units)
    return bool(named) and all(one.found.is_certain for one in named)


def _led_by(text: str, units: UnitBook) -> Said | None:
    """The owner before the task: "Sở X: Báo cáo …", "Sở X - Kế hoạch …"."""
    if not begins_unit(text):
        return None
    found = _BEFORE_COLON.match(text)
    if found and _may_lead(found["units"], units):
        return _leading(text, found, units)
    found = _BEFORE_DASH.match(text)
    return _leading(text, found, units) if found and _are_known(found["units"], units) else None


def _leading(text: str, found: re.Match[str], units: UnitBook) -> Said:
    lead, support = _without_verb(found["units"])
    rest = text[found.end() :]
    return Said(rest, found["units"], lead, support or helpers_in(rest, units))


def _may_lead(words: str, units: UnitBook) -> bool:
    lead, _ = _without_verb(words)
    named = names_in(lead, units)
    return bool(named) and all(
        one.found.is_certain or one.is_group or is_unit_shaped(one.text) for one in named
    )


def _phrase(inside: str) -> tuple[str, str] | None:
    """The words naming the lead and those naming the supports, when a verb says who prepares."""
    found = _LEADING.match(inside) or _PREPARING.match(inside) or _doing(inside)
    if found is None:
        return None
    rest = found.groupdict().get("rest") or ""
    if _CONTENT.match(found["units"]) or not _AFTER_VERB.match(rest):
        return None
    lead, *early = _SUPPORTING.split(found["units"], maxsplit=1)
    before, *after = _SUPPORTING.split(rest, maxsplit=1)
    # "Sở A chuẩn bị; phối hợp: Sở B" and "Sở A chuẩn bị; Sở B phối hợp" say the same.
    late = [after[0].strip(" ,;.") or before] if after else []
    support = " , ".join(_without_day(_AFTER_SUPPORT.sub("", part)) for part in (*early, *late))
    return _without_day(lead), support


def _doing(inside: str) -> re.Match[str] | None:
    found = _DOING.match(inside.strip(_TRAILING))
    return found if found and is_unit_shaped(found["units"]) else None


def _without_day(words: str) -> str:
    return _DAY_AFTER.sub("", words)


def _is_wholly_units(inside: str, units: UnitBook) -> bool:
    lead, *support = _SUPPORTING.split(inside, maxsplit=1)
    parts = [*names_in(lead, units), *names_in(" ".join(support), units)]
    if not parts or is_place_shaped(parts[0].text):
        return False
    return all(
        one.found.is_certain
        or one.found.candidates
        or one.is_group
        or is_unit_shaped(one.text)
        or is_place_shaped(one.text)
        for one in parts
    )


def _named(rest: str, said: str, units: UnitBook) -> Owners:
    lead, support = _phrase(said) or _without_verb(_without_day(said))
    named = _responsible(Said(rest, said, lead, support), units)
    # A person's bracket, "(đ/c Nam chuẩn bị)", names no unit.
    return named if named.lead or named.doubts or named.support else Owners(f"{rest} ({said})")


def _without_verb(said: str) -> tuple[str, str]:
    lead, *support = _SUPPORTING.split(said, maxsplit=1)
    return lead, " ".join(support)


def _responsible(said: Said, units: UnitBook) -> Owners:
    """The first unit leads, whoever else is named supports."""
    leads = names_in(_PREFIX.sub("", said.lead.strip()), units)
    supports = names_in(said.support, units)
    first = leads[0] if leads and not leads[0].is_group else None
    others = [*leads[1:], *supports]
    doubts = [*(_doubts_of(leads[0], leads=True) if leads else ())]
    doubts += [doubt for one in others for doubt in _doubts_of(one, leads=False)]
    rivals = [one.text for one in leads if not one.is_group]
    if len(rivals) > 1:
        doubts.append(Doubt("leads-several", facts={"text": ", ".join(rivals)}))
    return Owners(
        said.rest,
        said.words,
        _unit(first) if first else None,
        tuple(_unit(one) for one in others),
        tuple(doubts),
    )


def _unit(named: Named) -> ReadUnit:
    return ReadUnit(named.text, named.found.unit, named.found.score)


def _doubts_of(named: Named, *, leads: bool) -> Iterator[Doubt]:
    found = named.found
    if named.is_group:
        yield Doubt("unit-group" if leads else "support-group", facts={"text": named.text})
    elif found.doubt:
        candidates = ", ".join(found.candidates)
        yield Doubt(found.doubt, facts={"text": named.text, "candidates": candidates or "–"})
    elif found.unit and found.score < 1:
        yield Doubt("unit-respelt", facts={"text": named.text, "unit": found.unit})
