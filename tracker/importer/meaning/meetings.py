"""A heading that announces a meeting: what it is called, when and where it will be held."""

import re
from collections.abc import Iterable
from datetime import date

from tracker.domain.folding import fold
from tracker.domain.meeting import Certainty
from tracker.importer.meaning.dates import (
    DAY,
    Mention,
    clock_in,
    days_in,
    without_references,
    without_stray_brackets,
)
from tracker.importer.meaning.events import chair_within
from tracker.importer.meaning.reading import Doubt, ReadMeeting
from tracker.importer.meaning.slots import HOUR

_MEETING = re.compile(r"(to chuc )?(hoi nghi|phien hop|ky hop|cuoc hop|hop) ")
_LISTED = re.compile(
    r"((to chuc|du kien|chu tri|du) )*(hoi nghi|phien hop|ky hop|cuoc hop|hop|hoi thao|le |giao ban"
    r"|toa dam|gap mat|doi thoai)\b"
)
_LIST = re.compile(
    r"(lich |du kien |danh muc |to chuc |noi dung |thoi gian )*(cac |mot so |nhung )?"
    r"(hoi nghi|cuoc hop|phien hop|ky hop)(?=,| va | trong| du kien| chinh| quan trong| cua| lon|$)"
)
_DAY = re.compile(DAY, re.IGNORECASE)
# "Từ ngày 05 đến 07/3": a meeting of several days is held on the first.
_RUN = re.compile(
    r"\bngày\s+(?P<day>\d{1,2})\s*(?:[-–,]|đến|và)\s*(?:ngày\s+)?\d{1,2}"
    r"(?:\s*/\s*|\s+tháng\s+)(?P<month>\d{1,2})(?:(?:\s*/\s*|\s+năm\s+)(?P<year>\d{4}))?(?!\d)",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(
    r"^(?:(?:các\s+)?(?:nội\s+dung|đề\s+án|báo\s+cáo|văn\s+bản|vấn\s+đề)[\s,]+)*"
    r"(?:trình|thông\s+qua|báo\s+cáo)(?:\s+tại)?\s+"
    r"(?=(?:hội\s+nghị|phiên\s+họp|kỳ\s+họp|cuộc\s+họp)\s)"
    r"|^(?:các\s+)?nội\s+dung\s+(?:(?:trình|báo\s+cáo|thông\s+qua)(?:\s+tại)?\s+"
    r"|(?=(?:hội\s+nghị|phiên\s+họp|kỳ\s+họp|cuộc\s+họp)\s))",
    re.IGNORECASE,
)
# "(Thời gian: 8 giờ 00, ngày 28/5/2026, tại Hội trường)" on the line below.
_TIME_BELOW = re.compile(
    r"\(?\s*(?:dự\s+kiến|thời\s+gian|(?:họp\s+)?(?:vào\s+)?ngày)\b", re.IGNORECASE
)
# Where the name of the meeting ends and its time begins.
_TIME_BEGINS = re.compile(
    r"\s*[:,;(–-]*\s*(?:\b(?:dự\s+kiến|thời\s+gian|(?:(?:vào|từ)\s+)?ngày\s+\d|vào\s+(?:lúc|hồi)|lúc\s+\d"
    r"|hồi\s+\d|từ\s+\d|tổ\s+chức\s+(?:vào|ngày)|\d{1,2}\s*(?:h|giờ)"
    r"|\d{1,2}/\d{1,2}/\d{4}|địa\s+điểm|tại\s+(?:hội|phòng|trụ|trung))|[,(:]\s*(?:thứ\s+\w+|chủ\s+nhật)"
    r",?\s+(?:ngày\s+)?\d)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:tại|địa\s+điểm\s*:)\s*([^.;()]{3,150})", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:phien hop|ky hop|cuoc hop|hoi nghi|hop)\b[^.;()]{0,120}")
_MONTH = re.compile(r"thang 0?(\d{1,2})\b")
_NUMBERED = re.compile(
    r"\b(?:thu|lan thu) (nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi[a-z ]*|\d{1,2})\b"
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"), start=1
    )
}
_PROVISIONAL = re.compile(r"\bdu kien\b")


def announces_meeting(words: str, *, below: str = "") -> bool:
    """Whether a heading is one meeting ("Hội nghị UBND tỉnh …") and not a list of them.

    "Nội dung trình Hội nghị …" is one too when it, or the line right below it, says the day.
    """
    meeting = _SUBMITTED.sub("", words, count=1)
    is_one = bool(_MEETING.match(fold(meeting)))
    said = f"{meeting} {below}" if _TIME_BELOW.match(below) else meeting
    return is_one and (meeting == words or bool(_DAY.search(without_references(said))))


def meeting_of(
    ref: str, heading: str, *, below: str = "", near: date | None
) -> tuple[ReadMeeting, list[Doubt]]:
    """The meeting that a heading announces; its day may lie outside the programme's period.

    Time and place may also stand in the lines `below` the heading, before the first item.
    """
    title, tail = _split(heading)
    tail = f"{tail} {below}".strip()
    chair, others = chair_within(tail)
    mention = _first_day(without_references(tail), near)
    held_on = mention.on if mention else None
    is_provisional = held_on is None or bool(_PROVISIONAL.search(fold(tail)))
    place = _PLACE.search(others)
    meeting = ReadMeeting(
        ref=ref,
        title=title,
        held_on=held_on,
        time=clock_in(tail),
        place=place[1].strip(" ,") if place else None,
        certainty=Certainty.PLANNED if is_provisional else Certainty.FIXED,
        said=without_stray_brackets(tail.strip(" :,;.(–-")),
        chair=chair,
    )
    return meeting, _doubts(meeting, mention)


def _first_day(text: str, near: date | None) -> Mention | None:
    # "14h00-16h30" holds what looks like a day.
    text = HOUR.sub(lambda found: " " * len(found[0]), text)
    days = (next(days_in(text, pattern=one, near=near), None) for one in (_RUN, _DAY))
    return next(filter(None, days), None)


def lists_meetings(words: str) -> bool:
    """Whether a heading is above a list of meetings: "CÁC HỘI NGHỊ, CUỘC HỌP TRONG THÁNG"."""
    return bool(_LIST.match(fold(words)))


def is_listed_meeting(words: str) -> bool:
    """Whether a line under such a heading is a meeting itself."""
    return bool(_LISTED.match(fold(words)))


def meeting_named(words: str, meetings: Iterable[ReadMeeting]) -> str | None:
    """The reference of the one meeting that "phiên họp tháng 3" or "Kỳ họp thứ Bảy" means."""
    known = [(meeting.ref, _key(fold(meeting.title))) for meeting in meetings]
    for found in _NAMED.finditer(fold(words)):
        key = _key(found[0])
        refs = [ref for ref, other in known if key and key == other]
        if len(refs) == 1:
            return refs[0]
    return None


def _key(folded: str) -> tuple[bool, str, str] | None:
    """What tells a meeting from others: session or sitting, its number, its month."""
    number, month = _NUMBERED.search(folded), _MONTH.search(folded)
    if not _NAMED.search(folded) or not (number or month):
        return None
    said = number[1] if number else ""
    is_session = "ky hop" in folded
    # A session is known by its number; the month in its name only tells when it is.
    of_month = month[1] if month and not (is_session and number) else ""
    return is_session, _NUMBERS.get(said, said), of_month


def title_of(words: str) -> str:
    """The meeting's name without its day, as it stands in the section's heading."""
    return _split(words)[0]


def _split(words: str) -> tuple[str, str]:
    words = _SUBMITTED.sub("", words, count=1)
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
