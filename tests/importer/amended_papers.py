"""The sample programme and later versions of it, made by editing its own lines."""

from sqlmodel import Session, col, select

from tests.builders import AT
from tests.importer.papers import PROGRAMME
from tracker.domain import Import, Task, Unit
from tracker.domain.proposal import ImportState
from tracker.domain.reader import Reader
from tracker.importer.meaning.register import registered_units
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme
from tracker.importer.proposals import apply, review
from tracker.queries.calendar import working_days

FIRST = PROGRAMME.read_text(encoding="utf-8")
ADDED = "Quyết định ban hành Quy chế quản lý chợ trên địa bàn tỉnh Bắc Ninh"
_TITLE = "## CHƯƠNG TRÌNH CÔNG TÁC Tháng 02 năm 2026"
_CHAIRMAN = "### **III. Các nội dung, đề án trình Chủ tịch UBND tỉnh**"
_BY_EDUCATION = "(*Sở Giáo dục và Đào tạo chuẩn bị*).\n\n"


def titled(said: str, text: str = FIRST) -> str:
    """The programme with something more in its title."""
    return edited(text, (_TITLE, f"{_TITLE} ({said})"))


def edited(text: str, *changes: tuple[str, str]) -> str:
    """The text with each change made once; a change that finds nothing is a mistake."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def item(text: str, begins: str) -> str:
    """One numbered line of the programme."""
    return next(line for line in text.split("\n") if line.startswith(begins))


def amended() -> str:
    """A first amendment.

    B.I.3 goes to a meeting of its own, so that the agenda is renumbered; what was B.I.4 goes to
    another unit; B.III.2 is reworded, B.III.3 withdrawn, and one item added.
    """
    moved = item(FIRST, "3. Kế hoạch đầu tư")
    withdrawn = item(FIRST, "3. Kế hoạch hội nhập")
    own_meeting = "**II. Hội nghị UBND tỉnh chuyên đề: ngày 27/02/2026 (Thứ Sáu).**\n\n"
    return titled(
        "điều chỉnh",
        edited(
            FIRST,
            (f"{moved}\n\n", ""),
            (_CHAIRMAN, f"{own_meeting}1. {moved[3:]}\n\n{_CHAIRMAN}"),
            ("4. Kế hoạch thực hiện Phổ cập", "3. Kế hoạch thực hiện Phổ cập"),
            ("giai đoạn 2026-2030 (*Sở Giáo dục và Đào tạo", "giai đoạn 2026-2030 (*Sở Y tế"),
            ("5. Kế hoạch của Ban Thường vụ", "4. Kế hoạch của Ban Thường vụ"),
            ("6. Chương trình của Tỉnh ủy", "5. Chương trình của Tỉnh ủy"),
            ("7. Đề án tổng thể", "6. Đề án tổng thể"),
            ("8. Kế hoạch của UBND tỉnh về", "7. Kế hoạch của UBND tỉnh về"),
            ("xúc tiến thương mại giai đoạn", "xúc tiến thương mại và đầu tư giai đoạn"),
            (f"{withdrawn}\n\n", ""),
            ("4. Kế hoạch xúc tiến", "3. Kế hoạch xúc tiến"),
            ("5. Quyết định công bố", "4. Quyết định công bố"),
            ("#### **Nơi nhận", f"5. {ADDED} (*Sở Công Thương chuẩn bị*).\n\n#### **Nơi nhận"),
        ),
    )


def meeting_moved() -> str:
    """The meeting is held a week later and its date is fixed; nothing else changes."""
    moved = ("Dự kiến ngày 05/3/2026 (Thứ Năm)", "Ngày 12/3/2026 (Thứ Năm)")
    return titled("điều chỉnh", edited(FIRST, moved))


def supplement() -> str:
    """A list of two additions, which says nothing of the rest."""
    head, _, _ = FIRST.partition("### A. NHIỆM VỤ")
    lines = (
        _CHAIRMAN,
        f"1. {ADDED} (*Sở Công Thương chuẩn bị*).",
        "2. Kế hoạch phòng, chống hạn hán vụ Xuân năm 2026 (*Sở Y tế chuẩn bị*).",
    )
    return titled("bổ sung", head + "\n\n".join(lines) + "\n")


def register_all(session: Session) -> None:
    """Every unit that the shipped directory knows, so that no lead is in doubt."""
    there = set(session.exec(select(Unit.name)))
    names = {spelling.unit for spelling in published_units().spellings} - there
    session.add_all(Unit.named(name) for name in sorted(names))
    session.flush()


def hand_in(session: Session, text: str, by: Reader | None, name: str = "ct.md") -> Import:
    """The document as proposals."""
    data = text.encode()
    units, days = registered_units(session), working_days(session)
    reading = read_programme(name, data, units=units, working_days=days)
    return review.propose(session, reading, data, by=by, at=AT)[0]


def take_in(session: Session, made: Import, by: Reader | None) -> Import:
    """The document accepted as a whole."""
    apply.accept(session, made, only_clear=False, by=by, at=AT)
    assert made.state is ImportState.ACCEPTED
    return made


def task(session: Session, begins: str) -> Task:
    """The one task whose text begins so."""
    return session.exec(select(Task).where(col(Task.text).startswith(begins))).one()
