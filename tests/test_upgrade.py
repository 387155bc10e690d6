"""An installation that is in use is brought to the newest tables with all it holds."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import event
from sqlmodel import Session, col, func, select

from tests.builders import AT, Office, a_task
from tests.importer.proposals.test_review import SAMPLE, read
from tracker import db, schema
from tracker.domain import ProgrammeVersion, ProgressNote, Proposal, Task
from tracker.importer.proposals import apply, review
from tracker.queries.search import Match, words_match


def put_back(engine: sa.Engine, revision: str) -> None:
    """Take the database back to an older release, rows and all."""
    rebuilding = db.make_engine(engine.url.render_as_string(hide_password=False))
    if engine.dialect.name == "sqlite":
        event.listen(rebuilding, "connect", schema._let_tables_be_rebuilt)
    with rebuilding.begin() as connection:
        command.downgrade(schema.steps(connection), revision)
    rebuilding.dispose()


@pytest.mark.skipif(
    "config.getoption('--database') != 'sqlite'",
    reason="on PostgreSQL every test shares the tables that this one takes back",
)
def test_a_programme_in_use_survives_the_upgrade(
    session: Session, office: Office, engine: sa.Engine
) -> None:
    specialist = office.reader(session, office.specialist)
    made, _ = review.propose(session, read(session), SAMPLE, by=specialist, at=AT)
    apply.accept(session, made, only_clear=False, by=specialist, at=AT)
    session.commit()
    session.close()
    put_back(engine, "0002")
    schema.upgrade(engine)
    with db.reading(engine) as later:
        assert later.exec(select(func.count()).select_from(Task)).one() == 18
        assert later.exec(select(col(Proposal.unknown_units)).limit(1)).one() == []
        assert later.exec(select(ProgrammeVersion.number)).all() == [1]


@pytest.mark.skipif(
    "config.getoption('--database') != 'sqlite'",
    reason="on PostgreSQL every test shares the tables that this one takes back",
)
def test_what_was_written_before_is_found_with_its_marks_afterwards(
    session: Session, office: Office, engine: sa.Engine
) -> None:
    task = a_task(session, office.issuer, text="Bàn giao", search_text="ban giao")
    session.add(ProgressNote(task_id=task.id, author_id=office.an.id, at=AT, text="Chờ Kho bạc"))
    session.commit()
    session.close()
    put_back(engine, "0003")
    schema.upgrade(engine)
    exact = select(Task.text).where(words_match("bàn giao kho bạc", match=Match.EXACT))
    with db.reading(engine) as later:
        assert later.exec(exact).all() == ["Bàn giao"]
