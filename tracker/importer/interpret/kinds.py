"""What a section makes of its items: focus, agenda of a meeting, submission, or plain task."""

import re

from tracker.domain.folding import fold
from tracker.domain.task import Kind
from tracker.importer.layout.outline import Entry, Section
from tracker.importer.meaning.meetings import announces_meeting
from tracker.importer.meaning.owners import ends_in_owner
from tracker.importer.meaning.period import has_period

# "chương trình", "công trình", "quy trình" and "quá trình" hold the same syllable.
_SUBMITTED = re.compile(
    r"(?<!chuong )(?<!cong )(?<!quy )(?<!qua )\btrinh (chu tich|pho chu tich|thuong truc|hdnd"
    r"|ban thuong vu|hoi dong|ubnd|uy ban|tinh uy|dang uy|lanh dao|chinh phu|thu tuong)"
)
_FOCUS = re.compile(r"trong tam|dinh huong|chi dao, dieu hanh|nhiem vu chung")
_PROGRAMME_WORDS = re.compile(
    r"nhiem vu|chuong trinh cong tac|noi dung tuyen truyen|(noi dung|de an).{0,40} trinh"
    r"|^(hoi nghi|phien hop|ky hop) "
)

# A report first tells what was done; its tasks stand under a later heading.
_LOOKS_BACK = re.compile(
    r"(danh gia )?((mot so |nhung )?(ket qua|tinh hinh)|danh gia|kiem diem"
    r"|(nhung )?(ton tai|han che)|uu diem|khuyet diem|nguyen nhan|so ket|tong ket)\b"
)
# What a plan says before its tasks.
_NO_TASKS = re.compile(
    r"(muc (dich|tieu)|yeu cau|quan diem|can cu|co so|pham vi|doi tuong|su can thiet|thanh phan)"
    r"((,| va|;| -) .{0,60})?$"
)
_LOOKS_AHEAD = re.compile(r"(,|;| va) .*(nhiem vu|phuong huong|chuong trinh)")


_REPORT = re.compile(r"(\(?du thao\)? )?bao cao (ket qua|tinh hinh|so ket|tong ket|danh gia)\b")


def kind_of(section: Section, *, has_owner: bool) -> Kind:
    """The nearest heading that says it decides; otherwise the owner makes it a task."""
    for heading in reversed(section.path):
        kind = kind_said(heading)
        if kind:
            return kind
    return Kind.TASK if has_owner else Kind.FOCUS


def kind_said(heading: Section) -> Kind | None:
    """The kind that one heading announces, if any."""
    folded = fold(heading.words)
    if announces_meeting(heading.words, below=heading.below):
        return Kind.AGENDA
    if _SUBMITTED.search(folded):
        return Kind.SUBMISSION
    return Kind.FOCUS if _FOCUS.search(folded) else None


def unnumbered_entries(section: Section) -> list[Entry]:
    """The items of a section whose numbers were all lost, as when Word counted them itself."""
    kind = kind_said(section) if section.level >= 0 else None
    lines = [line for line in section.prose if kind is Kind.FOCUS or ends_in_owner(line.text)]
    lines = [line for line in lines if not line.text.endswith(":")]
    return [Entry(None, line, line.text) for line in lines if kind is not None]


def speaks_of_programme(section: Section) -> bool:
    """Whether a heading by itself is a programme: it names tasks and the period they are for."""
    names_tasks = bool(_PROGRAMME_WORDS.search(fold(section.words)))
    return names_tasks and has_period(section.words)


def planned(sections: list[Section], *, title: str = "") -> list[Section]:
    """The sections of a programme without those that report on the time before it.

    Empty when the title says that the paper is a report and no heading of it looks ahead.
    """
    ahead = [one for one in sections if not any(_reports(heading) for heading in one.path)]
    if any(one.entries or one.prose or one.tables for one in ahead):
        return ahead
    return [] if _REPORT.match(fold(title)) else sections


def _reports(heading: Section) -> bool:
    folded = fold(heading.words)
    if heading.level < 0:
        return False
    found = _LOOKS_BACK.match(folded) or _NO_TASKS.match(folded.strip(" .:"))
    return found is not None and not _LOOKS_AHEAD.search(folded)
