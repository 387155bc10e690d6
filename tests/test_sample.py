"""The synthetic load: the same for the same seed, of the promised size, and fit to work on."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.domain import Change, Person, Support, Task, Unit
from tracker.domain.finding import searchable
from tracker.domain.folding import fold
from tracker.domain.reader import Reader
from tracker.domain.task import CLOSED, Kind, Status, Timeliness, timeliness
from tracker.errors import Refused
from tracker.queries.people import by_email, reader_of
from tracker.queries.visibility import tasks_of
from tracker.sample import Filled, bodies, fill, plans
from tracker.services import filing_answers, filings, notes, people
from tracker.services.filings import Paper

TODAY = date(2026, 2, 26)
AT = datetime(2026, 2, 26, 0, 30, tzinfo=UTC)
# Secrets are new each time, and PostgreSQL goes on counting ids where it was.
NEW_EACH_TIME = {"password_hash", "session_stamp", "id"}


def filled(session: Session, *, seed: int = 1, size: int = 400, units: int = 30) -> Filled:
    return fill(session, tasks=size, units=units, seed=seed, today=TODAY, at=AT)


def snapshot(session: Session) -> dict[str, list[dict[str, object]]]:
    return {
        table.name: [
            {name: value for name, value in row.items() if name not in NEW_EACH_TIME}
            for row in session.execute(sa.select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in SQLModel.metadata.sorted_tables
    }


def empty_again(session: Session) -> None:
    for table in reversed(SQLModel.metadata.sorted_tables):
        session.execute(sa.delete(table))
    session.expunge_all()


def share(session: Session, *where: sa.ColumnElement[bool]) -> float:
    counted = sa.select(sa.func.count()).select_from(Task)
    return (session.scalar(counted.where(*where)) or 0) / (session.scalar(counted) or 1)


def reader(session: Session, address: str) -> Reader:
    person = by_email(session, address)
    found = reader_of(session, person.id) if person and person.id else None
    assert found is not None
    return found


def test_the_same_seed_gives_the_same_data(session: Session) -> None:
    filled(session, size=60)
    first = snapshot(session)
    empty_again(session)
    filled(session, size=60)
    assert snapshot(session) == first


def test_another_seed_gives_other_titles(session: Session) -> None:
    filled(session, size=20)
    first = [row["text"] for row in snapshot(session)["task"]]
    empty_again(session)
    filled(session, size=20, seed=2)
    assert [row["text"] for row in snapshot(session)["task"]] != first


def test_it_holds_what_was_asked_for(session: Session) -> None:
    said = filled(session)
    assert session.scalar(sa.select(sa.func.count(col(Task.id)))) == said.tasks == 400
    # The issuing unit comes on top of the units that lead.
    assert session.scalar(sa.select(sa.func.count(col(Unit.id)))) == said.units + 1 == 31
    assert session.scalar(sa.select(sa.func.count(col(Person.id)))) == said.people == 62


def test_about_a_third_is_closed_and_another_third_late(session: Session) -> None:
    filled(session, size=3000)
    late = col(Task.status).not_in(CLOSED), col(Task.due_on) < TODAY
    supported = col(Task.id).in_(select(Support.task_id))
    assert share(session, col(Task.status).in_(CLOSED)) == pytest.approx(0.30, abs=0.03)
    assert share(session, *late) == pytest.approx(0.35, abs=0.03)
    assert share(session, supported) == pytest.approx(0.20, abs=0.03)


def test_what_counts_as_late_is_late_by_the_rules_of_the_office(session: Session) -> None:
    filled(session)
    late = select(Task).where(col(Task.status).not_in(CLOSED), col(Task.due_on) < TODAY)
    judged = {timeliness(task, today=TODAY, soon_until=TODAY) for task in session.exec(late)}
    assert judged == {Timeliness.OVERDUE}


def test_titles_are_of_every_length_and_can_be_searched(session: Session) -> None:
    filled(session)
    written = list(session.exec(select(Task)))
    lengths = [len(task.text) for task in written]
    assert min(lengths) >= 60
    assert max(lengths) <= 400
    assert max(lengths) > 2 * min(lengths)
    assert all(task.search_text == searchable(task.text, task.ref) for task in written)


def test_a_task_stands_in_the_programme_of_its_month(session: Session) -> None:
    filled(session)
    months = {month.id: month for month in plans.months(TODAY)}
    dated = session.execute(sa.select(col(Task.programme_id), col(Task.due_on)))
    assert all(
        months[programme].starts_on <= due <= months[programme].ends_on
        for programme, due in dated
        if due is not None
    )


def test_no_two_units_share_a_name_or_a_mailbox(session: Session) -> None:
    filled(session, size=0, units=1500)
    units = list(session.exec(select(Unit)))
    assert len({fold(unit.name) for unit in units}) == len({unit.email for unit in units}) == 1501


def test_everybody_signs_in_with_the_one_password(session: Session) -> None:
    said = filled(session, size=5)
    for address in (said.administrator, said.office, said.clerk):
        assert people.sign_in(session, address, said.password, at=AT) is not None


def test_each_sees_what_is_theirs(session: Session) -> None:
    said = filled(session)
    seen = {
        address: share(session, tasks_of(reader(session, address)))
        for address in (said.administrator, said.office, said.clerk)
    }
    assert seen[said.administrator] == seen[said.office] == 1
    assert 0 < seen[said.clerk] < 0.2


def test_a_department_hands_in_and_the_office_confirms(session: Session) -> None:
    said = filled(session)
    lead = Unit.id == bodies.ISSUER + 1
    mine = select(Task).join(Unit, col(Task.lead_id) == Unit.id).where(lead)
    task = session.exec(mine.where(Task.status == Status.IN_PROGRESS)).first()
    assert task is not None
    clerk, office = reader(session, said.clerk), reader(session, said.office)
    filed = filings.report(session, task, Paper("Đã ban hành."), by=clerk, at=AT, on=TODAY)
    filing_answers.accept(session, filed, by=office, at=AT, on=TODAY)
    notes.note(session, task, "Đã ban hành.", percent=None, by=clerk, at=AT)
    assert task.status is Status.DONE


def test_what_the_app_adds_later_does_not_clash(session: Session) -> None:
    filled(session)
    people.add(session, "Mới", "moi@sample.test", password=None, by=None, at=AT)
    copy = Task(
        issuer_id=1, kind=Kind.TASK, text="Việc mới", search_text="", created_at=AT, updated_at=AT
    )
    session.add_all([copy, Unit.named("Sở Mới")])
    session.flush()
    assert copy.id == 401


def test_a_database_that_holds_anything_is_left_alone(session: Session) -> None:
    session.add(Unit.named("Sở Tài chính"))
    session.flush()
    with pytest.raises(Refused, match=r"sample\.not-empty"):
        filled(session)
    assert session.scalar(sa.select(sa.func.count(col(Change.id)))) == 0


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 31), date(2027, 12, 1)])
def test_any_day_will_do(session: Session, today: date) -> None:
    said = fill(session, tasks=200, units=3, seed=7, today=today, at=AT)
    assert session.scalar(sa.select(sa.func.count(col(Task.id)))) == said.tasks
