"""Where an item says its day without a verb: in a bracket, at its head, behind a dash."""

import re
from collections.abc import Iterator

_DAY = r"\d{1,2}(?:\s*[/.]\s*|\s+tháng\s+)\d{1,2}(?:(?:\s*[/.]\s*|\s+năm\s+)\d{4})?(?!\d)"
# "từ 02/3 đến 06/3", "21 - 22/3", "trước ngày 10/3".
_PRINTED = (
    rf"(?:(?:từ|trước|đến|hết|vào|trong)\s+){{0,2}}(?:(?:ngày\s+)?(?:{_DAY}|\d{{1,2}})\s*"
    rf"(?:[-–]|đến(?:\s+hết)?)\s*)?(?:ngày\s+)?{_DAY}"
)
_WEEKDAY = r"(?:(?:sáng|chiều)\s+)?thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])"
_DONE = r"(?:(?:hoàn\s+thành|xong|trình|gửi|nộp|hạn|thời\s+(?:gian|hạn))\s*:?\s*)?"
_STRETCH = r"(?:trong\s+|cuối\s+|đầu\s+|giữa\s+)?(?:tuần|tháng|quý)(?!\w)[^:;.()\n]{0,30}"
_PLACES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"\((?=[^\W\d_])[^()]{{3,200}}?(?:[,;]|\s[-–])\s*{_DONE}(?P<words>{_PRINTED})\s*\)\W*$",
        rf"^(?P<words>{_PRINTED}|{_STRETCH})\s*:\s+(?=\S)",
        rf"^(?P<words>{_PRINTED})\s+[-–]\s+(?=[^\W\d_])",
        rf"\((?=[^\W\d_])[^()]{{3,200}}?[,;]\s*(?P<words>{_WEEKDAY})\)\W*$",
        rf"^(?P<words>{_WEEKDAY})\s*:\s+(?=\S)",
        rf"(?<![\d\s])\s[-–]\s+{_DONE}(?P<words>{_PRINTED})\W*$",
        rf"(?::|,\s*(?:dự\s+kiến|xong|hoàn\s+thành|thời\s+gian))\s+(?P<words>{_PRINTED})\W*$",
        rf"\b(?:hoàn\s+thành|xong)\s+(?P<words>{_PRINTED})(?=\s*(?:[;,.)]|$))",
    )
)
_EVENT = (
    r"tổ\s+chức|họp|khai\s+mạc|khai\s+giảng|khánh\s+thành|bàn\s+giao|giao\s+ban|diễn\s+tập|tập\s+huấn"
    r"|tiếp\s+xúc|đối\s+thoại|ra\s+quân|mít\s+tinh|lễ|hội\s+nghị|hội\s+thảo"
)
# An event is due on its day, as far as one can tell; an anniversary is not.
_OF_EVENTS = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"\((?P<words>{_PRINTED})\)\W*?(?=\n|$)",
        rf"\b(?:trình|gửi|báo\s+cáo|nộp)\s[^.;()\d]{{2,60}}?\s(?P<words>ngày\s+{_PRINTED})",
        rf"(?<!\w)(?:{_EVENT})(?!\w)[^.;()\n]{{0,120}}?\s(?P<words>ngày\s+{_PRINTED})",
    )
)
_REMEMBERED = re.compile(
    r"kỷ\s+niệm|chào\s+mừng|hưởng\s+ứng|nhân\s+(?:dịp|ngày)|ngày\s+(?:sinh|thành\s+lập|truyền|giải|quốc|thương|báo|nhà|thầy|gia|toàn|phụ)|hiệu\s+lực|căn\s+cứ"
    r"|theo\s|quyết\s+định|kế\s+hoạch\s+số|năm\s+ngày",
    re.IGNORECASE,
)
# Such a day moves with the moon, or is set by others.
_FEAST = re.compile(
    r"(?:(?:hoàn\s+thành|xong|trình|gửi)\s|[(,;]\s*|^)(?P<words>(?:trước|sau|trong(?:\s+và\s+sau)?)\s+(?:dịp\s+)?"
    r"(?:tết|rằm|lễ|đại\s+hội|kỳ\s+họp|khai\s+giảng|mùa\s+(?:mưa|khô))(?!\w)[^.;:,()\n]{0,40})",
    re.IGNORECASE,
)
_LONGEST = 2_000


def day_apart(text: str) -> str | None:
    """The words that say the day, set apart from the sentence, if any are."""
    ending = text[-_LONGEST:]
    found = (shape.search(text if shape.pattern.startswith("^") else ending) for shape in _PLACES)
    return next((one["words"] for one in found if one), None)


def days_to_ask(text: str) -> Iterator[str]:
    """Words that may give the day, so that a person is asked: an event's day, a feast."""
    text = text[:_LONGEST]
    for shape in _OF_EVENTS:
        found = shape.search(text)
        if found and not _REMEMBERED.search(text, 0, found.start("words")):
            yield found["words"]
    feast = _FEAST.search(text)
    if feast:
        yield feast["words"]
