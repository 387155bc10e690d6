"""Who sees which tasks, meetings and programmes."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.builders import Office, a_meeting, a_person, a_programme, a_task, a_unit
from tracker.domain import Meeting, Programme, Task
from tracker.domain.person import Role
from tracker.queries.visibility import meetings_of, programmes_of, tasks_of


@pytest.fixture
def world(session: Session, office: Office) -> Office:
    """A task that An leads and Bình supports, at a meeting, in a programme; another issuer's."""
    links = {
        "meeting": a_meeting(session, office.issuer),
        "programme": a_programme(session, office.issuer),
    }
    a_task(session, office.issuer, lead=office.finance, supports=(office.health,), **links)
    other = a_unit(session, "Đảng ủy UBND tỉnh", issues=True)
    a_task(session, other, meeting=a_meeting(session, other), programme=a_programme(session, other))
    return office


def seen(session: Session, office: Office, who: str) -> tuple[int, int, int]:
    """How many tasks, meetings and programmes that person of the cast sees."""
    reader = office.reader(session, getattr(office, who))
    asked = (
        (Task, tasks_of(reader)),
        (Meeting, meetings_of(reader)),
        (Programme, programmes_of(reader)),
    )
    counts = [
        session.scalar(sa.select(sa.func.count()).select_from(thing).where(where)) or 0
        for thing, where in asked
    ]
    return counts[0], counts[1], counts[2]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("an", (1, 1, 1)),
        ("binh", (1, 1, 1)),
        ("chi", (0, 0, 0)),
        ("specialist", (1, 1, 1)),
        ("leader", (1, 1, 1)),
        ("admin", (2, 2, 2)),
    ],
)
def test_each_of_the_cast_sees_their_own(
    session: Session, world: Office, who: str, expected: tuple[int, int, int]
) -> None:
    assert seen(session, world, who) == expected


@pytest.mark.parametrize("who", ["an", "binh", "chi", "specialist", "leader", "admin"])
def test_beside_another_condition_the_same_tasks_are_seen(
    session: Session, world: Office, who: str
) -> None:
    reader = world.reader(session, getattr(world, who))
    plain = session.exec(select(Task.id).where(tasks_of(reader)).order_by(col(Task.id)))
    beside = select(Task.id).where(tasks_of(reader, beside=True)).order_by(col(Task.id))
    assert plain.all() == session.exec(beside).all()


def test_the_head_of_a_unit_sees_the_units_below(session: Session, world: Office) -> None:
    below = a_unit(session, "Chi cục Thuế", parent_id=world.culture.id)
    a_task(session, world.issuer, lead=below)
    assert seen(session, world, "chi")[0] == 1


def test_somebody_without_a_post_sees_nothing(session: Session, world: Office) -> None:
    person = a_person(session, "Dung", Role.UNIT_CLERK, a_unit(session, "Sở Xây dựng"))
    assert session.exec(select(Task).where(tasks_of(world.reader(session, person)))).all() == []
