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
_MARKS = "*_#>|[](){}<>\\-–—.:;!=~ "


def refuse_secret(text: str) -> None:
    """Stop at the first secrecy stamp."""
    for part in _COLUMNS.split(text):
        bare = part.strip(_MARKS)
        stamp = _STAMP.fullmatch(bare) if len(bare) <= 60 else None
        if stamp:
            raise Unreadable("file.secret", marking=" ".join(stamp[1].upper().split()))
