"""What stands above the title: issuer, number and symbol, place and date."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.domain.folding import fold
from tracker.importer.blocks import Paragraph
from tracker.importer.reading import Doubt

_NUMBER = re.compile(
    r"\bsố\s*:?\s*(?P<number>\d{0,6}(?:/\d{4})?)[\s.…_]*[/-]\s*(?P<symbol>[^\W\d_][\w&./-]*)",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,4})\s*,\s*ngày(?P<day>[\s\d.…_/-]*)tháng"
    r"(?P<month>[\s\d.…_/-]*)năm\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
# A longer line is prose, and no letterhead.
_LONGEST_LINE = 300
_ORGANS = {
    "uy ban nhan dan": "UBND", "ubnd": "UBND", "hoi dong nhan dan": "HĐND", "hdnd": "HĐND",
}  # fmt: skip
_ISSUER = re.compile(
    r"(?P<party>(?:đảng\s+(?:ủy|uỷ|bộ))\s+)?(?P<organ>(?:ủy|uỷ)\s+ban\s+nhân\s+dân|ubnd|hội\s+đồng"
    r"\s+nhân\s+dân|hđnd)\s+(?P<level>tỉnh|thành\s+phố|phường|xã|đặc\s+khu)(?P<name>(?:\s+[^\W\d_]+){0,4})",
    re.IGNORECASE,
)
_LEVEL_IN_BODY = re.compile(
    r"\b(?:ubnd|ủy ban nhân dân) (tỉnh|thành phố|phường|xã)\b", re.IGNORECASE
)
_MOTTO = re.compile(
    r"cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|độc\s+lập\s*-\s*tự\s+do\s*-\s*hạnh\s+phúc",
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


def letterhead_of(lines: Iterable[Paragraph], *, body: str) -> Letterhead:
    """Read the letterhead; a lost issuer is inferred from symbol, place and the body's words."""
    printed = [_MOTTO.sub(" ", line.text) for line in lines if len(line.text) <= _LONGEST_LINE]
    number = _first(_NUMBER, printed)
    issued = _first(_ISSUED, [_NUMBER.sub("", line) for line in printed])
    symbol = number["symbol"].rstrip(".") if number else None
    place = _titled(issued["place"]) if issued else None
    issued_on = _day(issued) if issued else None
    return Letterhead(
        issuer=_printed_issuer(printed, place) or _inferred_issuer(symbol, place, body),
        number=(number["number"] or None) if number else None,
        symbol=symbol,
        place=place,
        issued_on=issued_on,
        year=int(issued["year"]) if issued else None,
        doubts=tuple(_doubts(number, issued, issued_on)),
    )


def _first(pattern: re.Pattern[str], lines: list[str]) -> re.Match[str] | None:
    return next((found for line in lines if (found := pattern.search(line))), None)


def _day(issued: re.Match[str]) -> date | None:
    day, month = issued["day"].strip(), issued["month"].strip()
    if not (day.isdecimal() and month.isdecimal()):
        return None
    try:
        return date(int(issued["year"]), int(month), int(day))
    except ValueError:
        return None


def _doubts(
    number: re.Match[str] | None, issued: re.Match[str] | None, issued_on: date | None
) -> Iterator[Doubt]:
    if number and not number["number"]:
        yield Doubt("number-blank", facts={"symbol": number["symbol"].rstrip(".")})
    if issued and issued_on is None:
        yield Doubt("issue-day-blank", facts={"text": issued[0].strip()})


def _printed_issuer(lines: list[str], place: str | None) -> str | None:
    """The body named in the letterhead, its place taken from any line that prints it."""
    found = [one for line in _rejoined(lines) if (one := _ISSUER.search(line))]
    if not found:
        return None
    party = "Đảng ủy " if found[0]["party"] else ""
    level = " ".join(found[0]["level"].lower().split())
    names = (one["name"].strip() for one in found if fold(one["level"]) == fold(level))
    name = place or _titled(next(filter(None, names), ""))
    organ = _ORGANS[fold(found[0]["organ"])]
    return f"{party}{organ} {level} {name}".strip()


def _rejoined(lines: list[str]) -> list[str]:
    """Lines in pairs: "ỦY BAN NHÂN DÂN" and "TỈNH BẮC NINH" usually stand on two lines."""
    pairs = [f"{above} {below}" for above, below in pairwise(lines)]
    split = [
        pair for pair in pairs if re.search(r"nhân dân (tỉnh|phường|xã|thành)", pair, re.IGNORECASE)
    ]
    whole = [line for line in lines if _ISSUER.search(line)]
    return whole or split


def _inferred_issuer(symbol: str | None, place: str | None, body: str) -> str | None:
    """From "CTr-UBND" and "Bắc Ninh" in a paper that speaks of UBND tỉnh: UBND tỉnh Bắc Ninh."""
    if not (symbol and place and fold(symbol).endswith("ubnd")):
        return None
    levels = [level.lower() for level in _LEVEL_IN_BODY.findall(body)]
    level = max(levels, key=levels.count, default="tỉnh")
    return f"UBND {level} {place}"


def _titled(name: str) -> str:
    return " ".join(name.split()).title()
