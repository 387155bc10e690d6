"""The lines of a schedule: which of them begin an event, and which belong to the one above."""

import re
from dataclasses import dataclass, field, replace

from tracker.domain.folding import fold
from tracker.importer.blocks import Where
from tracker.importer.layout.numbering import SECTION_STYLES, Style, label_of
from tracker.importer.meaning.slots import Slot, Week, begins_with_hour, slot_of

_DETAIL = re.compile(
    r"(thanh phan|moi\b|kinh moi|dia diem|diem tai|tai\b|chu tri\s*:|lanh dao.{0,12}:|ghi chu"
    r"|((cung|tham) )?du\s*(:|co\b|hop\b)|((don vi|co quan) .{0,20})?chuan bi|thoi gian\s*:"
    r"|noi dung\s*:|giao |\()"
)
_EVENT = re.compile(
    r"(hop|hoi nghi|hoi thao|hoi y|giao ban|phien hop|ky hop|du|tham du|lam viec|tiep|kiem tra|tham"
    r"|khao sat|le|di|nghe|toa dam|chu tri|doi thoai|gap mat|cong bo|khai mac|be mac|vieng|trao"
    r"|d/c|dong chi|pct\w*|chu tich|pho chu tich|giam doc|pho giam doc|lanh dao)\b"
)
# A second day, session or hour inside one printed line.
_NEXT_DAY = re.compile(r"(?<=[.;])\s+(?=(?:Ngày\s+)?\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?\s*:)")
_NEXT_SESSION = re.compile(
    r"(?<=[.;:])\s+(?=(?:[-+*–]\s*)?(?:(?:Buổi\s+)?(?:[Ss]áng|[Cc]hiều|[Tt]ối)|SÁNG|CHIỀU|TỐI)\s*[:(])"
)
_NEXT_HOUR = re.compile(
    r"(?<=[.;])\s+(?=(?:[-+–(]\s*)?\d{1,2}\s*(?:h|giờ|g)\s*\d{0,2}\W)", re.IGNORECASE
)
_TERMINAL = (".", ";", ":", "!", "?", ")")


@dataclass
class Gathered:
    """An event whose lines are still coming in."""

    slot: Slot
    mark: str
    lines: list[str]
    where: Where
    raw: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def add(self, mark: str, words: str) -> None:
        """A line of its own, or the rest of a line that was broken."""
        if mark or self.lines[-1].endswith(_TERMINAL) or _DETAIL.match(fold(words)):
            self.lines.append(f"{mark} {words}".strip())
        else:
            self.lines[-1] += f" {words}"

    def takes(self, mark: str, words: str) -> bool:
        """Whether a line without day, session or hour belongs to this event."""
        folded = fold(words)
        is_event = bool(_EVENT.match(folded)) and not words[:1].islower()
        if _DETAIL.match(folded):
            return True
        if any(line.endswith(":") for line in self.lines):
            return not is_event
        if mark:
            return mark != self.mark and not is_event
        return not (is_event and self.lines[-1].endswith(_TERMINAL) and not self.mark)


class Gathering:
    """Puts lines together to events; `slot` is the day and session that the lines are under."""

    def __init__(self, week: Week, slot: Slot) -> None:
        self.slot = slot
        self.events: list[Gathered] = []
        self._week = week

    def add(self, line: str, where: Where, *, raw: str = "", hour: str | None = None) -> bool:
        """Take a printed line; False when it stands under no day and is no event."""
        taken = [self._piece(piece, where, raw=raw, hour=hour) for piece in _pieces(line)]
        return any(taken)

    def _piece(self, piece: str, where: Where, *, raw: str, hour: str | None) -> bool:
        mark, words = unmarked(piece)
        slot, rest = slot_of(words, self._week)
        if slot.day or slot.session:
            self.slot = under(self.slot, replace(slot, hour=None))
        if self.slot.day is None and not slot.hour:
            return False
        above = self.events[-1] if self.events else None
        if above and slot.is_empty and not hour and above.takes(mark, words):
            above.add(mark, words)
            above.raw.append(raw)
        elif rest.strip(" .:*"):
            made = under(self.slot, replace(slot, hour=slot.hour or hour))
            self.events.append(Gathered(made, mark, [rest], where, [raw]))
        return True


def under(above: Slot, slot: Slot) -> Slot:
    """A slot completed by the one it stands under; a new day begins without a session."""
    session = slot.session or (None if slot.day else above.session)
    return Slot(slot.day or above.day, session, slot.hour, slot.said or above.said)


def unmarked(text: str) -> tuple[str, str]:
    """The dash or number before a line, and the words after it."""
    label, words = label_of(text)
    if label is None:
        return "", text
    is_mark = label.style not in SECTION_STYLES
    if label.style is Style.BULLET or not is_mark:
        return label.text if is_mark else "", words
    # All numbers of one list are one mark.
    return label.style.value, words


def _pieces(text: str) -> list[str]:
    """A printed line cut before every further day, session and hour in it."""
    parts = [text]
    for gap in (_NEXT_DAY, _NEXT_SESSION):
        parts = [piece for part in parts for piece in gap.split(part)]
    return [piece for part in parts for piece in _by_hours(part)]


def _by_hours(text: str) -> list[str]:
    """An hour after a full stop begins an event only when the one before it has its own."""
    words = _NEXT_SESSION.split(text)[-1]
    head = slot_of(unmarked(words)[1], Week())[0]
    return _NEXT_HOUR.split(text) if head.hour or begins_with_hour(words) else [text]
