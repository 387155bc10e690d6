"""What stands above the title: issuer, number and symbol, place and date."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.folding import fold
from tracker.importer.blocks import Paragraph
from tracker.importer.meaning.issuers import canonical, place_named, printed_issuer
from tracker.importer.meaning.period import is_year
from tracker.importer.meaning.reading import Doubt
from tracker.importer.meaning.units import published_units

_NUMBER = re.compile(
    r"\bsố\s*:?\s*(?P<number>\d{0,6}(?:/\d{4})?)[\s.…_]*[/-]\s*(?P<symbol>[^\W\d_][\w&./-]*)",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,4})\s*,\s*ngày(?P<day>[\s\d.…_/-]*)tháng"
    r"(?P<month>[\s\d.…_/-]*)năm\s*(?P<year>\d{4}|[\dOoQlI]{4})",
    re.IGNORECASE,
)
# A longer line is prose, and no letterhead.
_LONGEST_LINE = 300
_LEVEL_IN_BODY = re.compile(
    r"\b(?:ubnd|ủy ban nhân dân) (tỉnh|thành phố|phường|xã)\b", re.IGNORECASE
)
# "CHƯƠNG TRÌNH CÔNG TÁC THÁNG 3 CỦA UBND XÃ TÂN CHI".
_WHOSE = re.compile(
    r"\b(?:của|cua)\s+(?P<body>(?:UBND|ủy\s+ban|uỷ\s+ban|HĐND|hội\s+đồng|thường\s+trực|đảng\s+(?:ủy|uỷ)"
    r"|tỉnh\s+(?:ủy|uỷ)|ban\s+thường\s+vụ|sở|phòng|văn\s+phòng|bộ|cục|chi\s+cục|lãnh\s+đạo)\b"
    r"[^()\d]{2,80}?)(?=\s*(?:$|[(,;]|tháng\b|quý\b|tuần\b|năm\b|từ\s+ngày))",
    re.IGNORECASE,
)
_LEVEL_ALONE = re.compile(r"\b(?:tỉnh|thành phố|phường|xã|đặc khu)$")
_MOTTO = re.compile(
    r"đảng\s+cộng\s+sản\s+việt\s+nam|cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|độc\s+lập\s*-\s*tự\s+do\s*-\s*hạnh\s+phúc",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Letterhead:
    """The facts above the title, blank where the paper is blank."""

    issuer: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    issued_on: date | None = None
    year: int | None = None
    doubts: tuple[Doubt, ...] = ()


def letterhead_of(lines: Iterable[Paragraph], *, body: str, title: str = "") -> Letterhead:
    """Read the letterhead; a lost issuer is inferred from symbol, place and the body's words."""
    printed = [_MOTTO.sub(" ", line.text) for line in lines if len(line.text) <= _LONGEST_LINE]
    number = _first(_NUMBER, printed)
    issued = _first(_ISSUED, [_NUMBER.sub("", line) for line in printed])
    symbol = number["symbol"].rstrip(".") if number else None
    place = _titled(issued["place"]) if issued else None
    issued_on = _day(issued) if issued else None
    return Letterhead(
        issuer=_issuer(printed, title, place) or _inferred_issuer(symbol, place, body),
        number=(number["number"] or None) if number else None,
        symbol=symbol,
        place=place,
        issued_on=issued_on,
        year=int(issued["year"]) if issued and is_year(issued["year"]) else None,
        doubts=tuple(_doubts(number, issued, issued_on)),
    )


def _first(pattern: re.Pattern[str], lines: list[str]) -> re.Match[str] | None:
    return next((found for line in lines if (found := pattern.search(line))), None)


def _day(issued: re.Match[str]) -> date | None:
    day, month = issued["day"].strip(), issued["month"].strip()
    if not (day.isdecimal() and month.isdecimal() and is_year(issued["year"])):
        return None
    try:
        return date(int(issued["year"]), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _doubts(
    number: re.Match[str] | None, issued: re.Match[str] | None, issued_on: date | None
) -> Iterator[Doubt]:
    if number and not number["number"]:
        yield Doubt("number-blank", facts={"symbol": number["symbol"].rstrip(".")})
    if issued and issued_on is None:
        yield Doubt("issue-day-blank", facts={"text": issued[0].strip()})


def _issuer(lines: list[str], title: str, place: str | None) -> str | None:
    """The body printed above the number, or the one whose programme the title says it is."""
    printed = printed_issuer(lines)
    if printed is None:
        owner = _WHOSE.search(title)
        printed = canonical(owner["body"].strip()) if owner else None
    level = _LEVEL_ALONE.search(printed or "")
    if printed is None or level is None:
        return printed
    return f"{printed} {place or place_named(lines, level[0])}".strip()


def _inferred_issuer(symbol: str | None, place: str | None, body: str) -> str | None:
    """From "CTr-UBND" and "Bắc Ninh" in a paper that speaks of UBND tỉnh: UBND tỉnh Bắc Ninh."""
    if not symbol:
        return None
    known = published_units().exactly(re.split(r"[-/]", symbol)[-1])
    if known and known.unit and known.score == 1:
        return known.unit
    if not (place and fold(symbol).endswith("ubnd")):
        return f"Tỉnh ủy {place}" if place and symbol.endswith("/TU") else None
    levels = [level.lower() for level in _LEVEL_IN_BODY.findall(body)]
    level = max(levels, key=levels.count, default="tỉnh")
    return f"UBND {level} {place}"


def _titled(name: str) -> str:
    return " ".join(name.split()).title()
