"""The test office itself: both databases start empty, migrated and kept apart."""

from sqlmodel import Session, select

from tests.builders import Office, a_task
from tracker.domain import Task, Unit


def test_a_task_can_be_written_and_read_back(session: Session, office: Office) -> None:
    a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    assert session.exec(select(Task)).one().is_closed is False


def test_each_test_starts_with_an_empty_office(session: Session) -> None:
    assert session.exec(select(Unit)).all() == []
