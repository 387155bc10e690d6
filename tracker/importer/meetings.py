"""A heading that announces a meeting: what it is called, when and where it will be held."""

import re
from datetime import date

from tracker.domain.folding import fold
from tracker.domain.meeting import Certainty
from tracker.importer.dates import DAY, Mention, clock_in, days_in, without_references
from tracker.importer.reading import Doubt, ReadMeeting

_MEETING = re.compile(r"(to chuc )?(hoi nghi|phien hop|ky hop|cuoc hop|hop) ")
_DAY = re.compile(DAY, re.IGNORECASE)
# Where the name of the meeting ends and its time begins.
_TIME_BEGINS = re.compile(
    r"\s*[:,;(–-]*\s*(?:\b(?:dự\s+kiến|thời\s+gian|(?:vào\s+)?ngày\s+\d|vào\s+(?:lúc|hồi)|lúc\s+\d"
    r"|hồi\s+\d|từ\s+\d|tổ\s+chức\s+(?:vào|ngày)|\d{1,2}\s*(?:h|giờ)"
    r"|\d{1,2}/\d{1,2}/\d{4}|địa\s+điểm|tại\s+(?:hội|phòng|trụ|trung))|[,(:]\s*(?:thứ\s+\w+|chủ\s+nhật)"
    r",?\s+(?:ngày\s+)?\d)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:tại|địa\s+điểm\s*:)\s*([^.;()]{3,150})", re.IGNORECASE)
_PROVISIONAL = re.compile(r"\bdu kien\b")


def announces_meeting(words: str) -> bool:
    """Whether a heading is one meeting ("Hội nghị UBND tỉnh …") and not a list of them."""
    return bool(_MEETING.match(fold(words)))


def meeting_of(
    ref: str, heading: str, *, below: str = "", near: date | None
) -> tuple[ReadMeeting, list[Doubt]]:
    """The meeting that a heading announces; its day may lie outside the programme's period.

    Time and place may also stand in the lines `below` the heading, before the first item.
    """
    title, tail = _split(heading)
    tail = f"{tail} {below}".strip()
    mention = next(days_in(without_references(tail), pattern=_DAY, near=near), None)
    held_on = mention.on if mention else None
    is_provisional = held_on is None or bool(_PROVISIONAL.search(fold(tail)))
    place = _PLACE.search(tail)
    meeting = ReadMeeting(
        ref=ref,
        title=title,
        held_on=held_on,
        time=clock_in(tail),
        place=place[1].strip(" ,") if place else None,
        certainty=Certainty.PLANNED if is_provisional else Certainty.FIXED,
        said=tail.strip(" :,;.(–-"),
    )
    return meeting, _doubts(meeting, mention)


def title_of(words: str) -> str:
    """The meeting's name without its day, as it stands in the section's heading."""
    return _split(words)[0]


def _split(words: str) -> tuple[str, str]:
    begins = _TIME_BEGINS.search(words)
    cut = begins.start() if begins and begins.start() > 0 else len(words)
    return words[:cut].rstrip(" :,;.(–-"), words[cut:]


def _doubts(meeting: ReadMeeting, mention: Mention | None) -> list[Doubt]:
    said = mention.text if mention else meeting.title
    if meeting.held_on is None:
        return [Doubt("meeting-day-unclear", meeting.ref, {"text": said})]
    if mention and mention.contradicts_weekday:
        return [Doubt("weekday-mismatch", meeting.ref, {"text": said})]
    return []
