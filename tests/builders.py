"""Plain builders of the office's things, with sensible defaults and the fixed cast."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from tracker.domain import Attachment, Filing, Meeting, Person, Post, Programme, Support, Task, Unit
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.finding import searchable
from tracker.domain.group import GroupMember, UnitGroup
from tracker.domain.meeting import Certainty
from tracker.domain.person import Role
from tracker.domain.programme import PeriodKind
from tracker.domain.reader import Reader
from tracker.domain.task import Kind
from tracker.queries.people import reader_of

AT = datetime(2026, 2, 2, 1, 0, tzinfo=UTC)


def a_unit(session: Session, name: str, **facts: Any) -> Unit:
    unit = Unit.named(name, **facts)
    session.add(unit)
    session.flush()
    return unit


def a_person(session: Session, name: str, role: Role, unit: Unit, **facts: Any) -> Person:
    facts.setdefault("email", f"{name.lower().replace(' ', '.')}@office.example")
    person = Person(name=name, session_stamp=f"stamp-{name}", **facts)
    session.add(person)
    session.flush()
    session.add(Post(person_id=person.id, unit_id=unit.id, role=role))
    session.flush()
    return person


def a_programme(session: Session, issuer: Unit, **facts: Any) -> Programme:
    defaults: dict[str, Any] = {
        "title": "Chương trình công tác tháng 02 năm 2026",
        "period": PeriodKind.MONTH,
        "year": 2026,
        "period_number": 2,
        "starts_on": date(2026, 2, 1),
        "ends_on": date(2026, 2, 28),
    }
    programme = Programme(issuer_id=issuer.id, **(defaults | facts))
    session.add(programme)
    session.flush()
    return programme


def a_meeting(session: Session, issuer: Unit, **facts: Any) -> Meeting:
    defaults: dict[str, Any] = {
        "title": "Hội nghị UBND tỉnh thường kỳ tháng 02/2026",
        "held_on": date(2026, 3, 5),
        "certainty": Certainty.PLANNED,
    }
    meeting = Meeting(issuer_id=issuer.id, **(defaults | facts))
    session.add(meeting)
    session.flush()
    return meeting


def a_task(
    session: Session, issuer: Unit, *, supports: tuple[Unit, ...] = (), **facts: Any
) -> Task:
    """A task of the issuer; `lead` and `meeting` may be given as things instead of ids."""
    for name in ("lead", "meeting", "programme"):
        if name in facts:
            facts[f"{name}_id"] = facts.pop(name).id
    facts = {"kind": Kind.TASK, "text": "Kế hoạch xúc tiến thương mại năm 2026"} | facts
    facts.setdefault("original_due_on", facts.get("due_on"))
    facts.setdefault("search_text", searchable(facts["text"], facts.get("ref")))
    task = Task(issuer_id=issuer.id, created_at=AT, updated_at=AT, **facts)
    session.add(task)
    session.flush()
    session.add_all(Support(task_id=task.id, unit_id=unit.id) for unit in supports)
    session.flush()
    return task


def a_file(session: Session, task: Task, by: Person, **facts: Any) -> Attachment:
    """A file of the task; its content lies nowhere unless the test puts it there."""
    defaults: dict[str, Any] = {"name": "Báo cáo.pdf", "media_type": "application/pdf"}
    defaults |= {"size": 9, "sha256": "0" * 64, "at": AT, "task_id": task.id}
    made = Attachment(by_id=by.id, **(defaults | facts))
    session.add(made)
    session.flush()
    made.series_id = made.series_id or made.id
    session.flush()
    return made


def a_group(session: Session, issuer: Unit, name: str, *units: Unit) -> UnitGroup:
    group = UnitGroup(issuer_id=issuer.id, name=name)
    session.add(group)
    session.flush()
    session.add_all(GroupMember(group_id=group.id, unit_id=unit.id) for unit in units)
    session.flush()
    return group


def a_filing(
    session: Session,
    task: Task,
    author: Person,
    kind: FilingKind = FilingKind.REPORT,
    **facts: Any,
) -> Filing:
    """A paper of the unit that leads the task, waiting for the office unless `facts` say else."""
    defaults: dict[str, Any] = {"state": FilingState.WAITING, "at": AT, "sent_at": AT}
    words = {"text": "Đã trình dự thảo", "unit_id": task.lead_id, "due_on": task.due_on}
    filing = Filing(task_id=task.id, kind=kind, author_id=author.id, **(defaults | words | facts))
    session.add(filing)
    session.flush()
    return filing


@dataclass(frozen=True)
class Office:
    """The cast and their units."""

    issuer: Unit
    office: Unit
    finance: Unit
    health: Unit
    culture: Unit
    admin: Person
    specialist: Person
    leader: Person
    an: Person
    binh: Person
    chi: Person

    def reader(self, session: Session, person: Person) -> Reader:
        """What that person may see and do."""
        reader = reader_of(session, person.id)
        assert reader is not None
        return reader


def an_office(session: Session) -> Office:
    """An leads (Sở Tài chính), Bình supports (Sở Y tế), Chi is of another unit."""
    issuer = a_unit(session, "UBND tỉnh Bắc Ninh", issues=True)
    below = {"parent_id": issuer.id}
    office = a_unit(session, "Văn phòng UBND tỉnh", email="vanphong@office.example", **below)
    finance = a_unit(session, "Sở Tài chính", email="sotaichinh@office.example", **below)
    health = a_unit(session, "Sở Y tế", email="soyte@office.example", **below)
    culture = a_unit(
        session, "Sở Văn hóa, Thể thao và Du lịch", email="sovhttdl@office.example", **below
    )
    return Office(
        issuer=issuer,
        office=office,
        finance=finance,
        health=health,
        culture=culture,
        admin=a_person(session, "Quản trị", Role.ADMINISTRATOR, issuer, email="qt@office.example"),
        specialist=a_person(
            session, "Chuyên viên", Role.OFFICE_SPECIALIST, issuer, email="cv@office.example"
        ),
        leader=a_person(session, "Lãnh đạo", Role.LEADER, issuer, email="ld@office.example"),
        an=a_person(session, "An", Role.UNIT_CLERK, finance),
        binh=a_person(session, "Binh", Role.UNIT_CLERK, health),
        chi=a_person(session, "Chi", Role.UNIT_CLERK, culture),
    )
