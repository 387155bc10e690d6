"""An installation that is in use is brought to the newest tables with all it holds."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import event
from sqlmodel import Session, col, func, select

from tests.builders import AT, Office
from tests.importer.proposals.test_review import SAMPLE, read
from tracker import db, schema
from tracker.domain import ProgrammeVersion, Proposal, Task
from tracker.importer.proposals import apply, review


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
