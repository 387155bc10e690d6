"""Papers marked MẬT, TỐI MẬT or TUYỆT MẬT never enter the system."""

import re

from tracker.errors import Unreadable

# The stamp stands alone on its line, or alone in its column of the letterhead; "bí mật nhà nước"
# in a sentence is a subject, not a stamp.
_COLUMNS = re.compile(r"\||\t|\n| {2,}")
_STAMP = re.compile(
    r"(?:(?:độ|mức độ) mật\s*:?\s*|(?:văn bản|tài liệu|hồ sơ)\s+)?"
    r"(m\s*ậ\s*t|t\s*ố\s*i\s+m\s*ậ\s*t|t\s*u\s*y\s*ệ\s*t\s+m\s*ậ\s*t)",
    re.IGNORECASE,
)
# A stamp that shares its line with the number or the motto of the letterhead, once the blanks
# between them are gone: in capitals, and no part of "BÍ MẬT" or "MẬT ĐỘ".
_SHARED = re.compile(
    r"(?:số\s*:|số\s+\d|cộng hòa xã hội|độc lập\s*[-–]\s*tự do|ủy ban nhân dân|ubnd)", re.IGNORECASE
)
_IN_CAPITALS = re.compile(
    r"(?<!BÍ\s)(?<!CƠ\s)\b((?:TUYỆT\s+|TỐI\s+)?MẬT)\b(?!\s+(?:ĐỘ|KHẨU|MÃ|VỤ|THIẾT)\b)"
)
_LONGEST_LETTERHEAD = 120
_MARKS = "*_#>|[](){}<>\\-–—.:;!=~ "


def refuse_secret(text: str) -> None:
    """Stop at the first secrecy stamp."""
    for part in _COLUMNS.split(text):
        bare = part.strip(_MARKS)
        stamp = _stamp_of(bare) if len(bare) <= _LONGEST_LETTERHEAD else None
        if stamp:
            raise Unreadable("file.secret", marking=" ".join(stamp.upper().split()))


def _stamp_of(line: str) -> str | None:
    alone = _STAMP.fullmatch(line) if len(line) <= 60 else None
    if alone:
        return alone[1]
    shared = _IN_CAPITALS.search(line) if _SHARED.search(line) else None
    return shared[1] if shared else None
