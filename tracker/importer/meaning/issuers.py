"""Which body issues a paper: the last one printed above its number, in its canonical short form."""

import re
from collections.abc import Iterable, Sequence

from tracker.domain.folding import fold
from tracker.importer.meaning.units import published_units

_LONGEST = 100
# A line that begins a body's name; any other line goes on with the name above it.
_BODY = re.compile(
    r"(uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang bo|dang uy|tinh uy|thanh uy|ban thuong vu"
    r"|thuong truc|so|phong|van phong|vp|bo|vu|tong cuc|cuc|chi cuc|thanh tra|lien hiep|hoi|ban"
    r"|trung tam|cong an|tinh doan|doan|uy ban|truong|benh vien|vien|kho bac|thue|bao hiem)\b"
)
_NO_BODY = re.compile(
    r"\W*(cong hoa xa hoi|doc lap|dang cong san viet nam|so\b.{0,12}[:/-]|v/v\b|ve viec\b|ngay\b"
    r"|.{2,40}, ngay\b|ban tin|\*+$|-+$|_+$|\(?du thao|phu luc|kinh gui|mat$|hoa toc|bieu\b)"
)
# Organs that belong to the line below them: "ĐẢNG ỦY / ỦY BAN NHÂN DÂN TỈNH".
_OPEN = re.compile(r"(dang uy|dang bo|ban thuong vu|thuong truc|ban chap hanh)$")
_PEOPLE = re.compile(
    r"(?P<before>.*?)\b(?:(?P<committee>ủy\s+ban\s+nhân\s+dân|uỷ\s+ban\s+nhân\s+dân|ubnd)"
    r"|(?P<council>hội\s+đồng\s+nhân\s+dân|hđnd))\b\s*(?P<place>.*)$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?P<level>tỉnh|thành\s+phố|phường|xã|đặc\s+khu)\s+(?!(?:ủy|uỷ|hội)\b)(?P<name>\w.*)$",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"^(?P<before>.*?)\b(?P<organ>tỉnh\s+(?:ủy|uỷ)|thành\s+(?:ủy|uỷ))\s+(?P<name>\w.*)$",
    re.IGNORECASE,
)
_OF_PARTY = re.compile(r"^(?P<organ>đảng\s+(?:ủy|uỷ|bộ)|ban\s+thường\s+vụ)(?=\s|$)", re.IGNORECASE)
_OFFICE = re.compile(r"(?:văn\s+phòng|thường\s+trực|ban\s+thường\s+vụ)", re.IGNORECASE)
# In "Sở Tài chính" the word after the head has a capital too.
_HEAD = re.compile(
    r"(?:văn phòng|chi cục|tổng cục|trung tâm|thanh tra|bệnh viện|ban chỉ huy|bộ chỉ huy|ban"
    r" quản lý|ủy ban|liên hiệp các hội|đảng (?:ủy|uỷ|bộ)(?: (?:sở|bộ))?|sở|phòng|bộ|vụ|cục|ban|hội"
    r"|viện|trường) "
)
_ACRONYM = re.compile(r"\b(?:UBND|HĐND|MTTQ|KH&KT|ĐBQH|QLDA|UBMTTQ|KCN|CHQS)\b")


def printed_issuer(lines: Iterable[str]) -> str | None:
    """The body named last above the number; "SỞ TÀI CHÍNH" under "UBND TỈNH" is the issuer."""
    bodies = _bodies([" ".join(line.split()).strip(" *_-–—.") for line in lines])
    if not bodies:
        return None
    above, last = (bodies[-2] if len(bodies) > 1 else ""), bodies[-1]
    of = f" {canonical(above)}" if above and _OFFICE.fullmatch(last) else ""
    return canonical(last) + of


def canonical(body: str) -> str:
    """A body's name as the office writes it in running text, whatever letters it was set in."""
    people = _PEOPLE.match(body)
    if people:
        organ = "UBND" if people["committee"] else "HĐND"
        before = _sentence(people["before"].strip())
        return " ".join(filter(None, (_as_committee(before), organ, _placed(people["place"]))))
    party = _PARTY.match(body)
    if party:
        before = _sentence(party["before"].strip())
        return f"{before} {_sentence(party['organ'])} {_named(party['name'])}".strip()
    known = published_units().exactly(body)
    if known and known.unit and fold(known.unit) == fold(body):
        return known.unit
    placed = _LEVEL.search(body)
    if placed is None:
        return _sentence(body)
    before = _sentence(body[: placed.start()].strip())
    return f"{before} {_placed(body[placed.start() :])}".strip()


def place_named(lines: Iterable[str], level: str) -> str:
    """The name that any of the lines gives to "tỉnh", "phường" and the like; "" when none does."""
    found = (_LEVEL.search(line) for line in lines)
    names = (one["name"] for one in found if one and fold(one["level"]) == fold(level))
    return next((_named(" ".join(name.split()[:4])) for name in names), "")


def _as_committee(words: str) -> str:
    """A party organisation speaks through its committee: "Đảng bộ UBND tỉnh" is the Đảng ủy."""
    return re.sub(r"^Đảng (?:bộ|uỷ)$", "Đảng ủy", words)


def _bodies(lines: Sequence[str]) -> list[str]:
    bodies: list[str] = []
    for line in lines:
        folded = fold(line)
        if re.match(r"so\b\s*:?\s*[\d.…_]*\s*[/-]", folded):
            break
        if not line or len(line) > _LONGEST or _NO_BODY.match(folded):
            continue
        is_open = bool(bodies) and bool(_OPEN.search(fold(bodies[-1])))
        if _BODY.match(folded) and not is_open:
            bodies.append(line)
        elif bodies and (is_open or _goes_on(bodies[-1], line)):
            bodies[-1] = f"{bodies[-1]} {line}"
    return bodies


def _goes_on(body: str, line: str) -> bool:
    """Whether a line continues a name set over several lines, in the same kind of letters."""
    return body.isupper() == line.isupper() and len(line) <= 60 and not re.search(r"\d", line)


def _placed(words: str) -> str:
    found = _LEVEL.search(words)
    if found is None:
        return _sentence(words, first=False)
    level = " ".join(found["level"].lower().split())
    before = _sentence(words[: found.start()].strip(), first=False)
    return f"{before} {level} {_named(found['name'])}".strip()


def _named(words: str) -> str:
    return words.title() if words.isupper() or words.islower() else words


def _sentence(words: str, *, first: bool = True) -> str:
    """Capitals as in running text: the first word and each part of a list of fields."""
    if not words.isupper():
        return words
    kept = {found[0] for found in _ACRONYM.finditer(words)}
    lowered = words.lower()
    for acronym in kept:
        lowered = re.sub(rf"\b{re.escape(acronym.lower())}\b", acronym, lowered)
    head = _HEAD.match(lowered)
    start = head.end() if head else len(lowered)
    rest = re.sub(r"(^|, | và | - )([^\W\d_])", _raised, lowered[start:])
    whole = lowered[:start] + rest
    return whole[:1].upper() + whole[1:] if first else whole


def _raised(found: re.Match[str]) -> str:
    return found[1] + found[2].upper()
