"""How Alembic finds the tables and the connection it is handed."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

import tracker.domain  # noqa: F401 - registers every table

# Full-text search lives beside the tables and is written by hand in its migration.
SEARCH = "task_search"


def is_ours(_thing: Any, name: str | None, *_: Any) -> bool:
    """Whether autogenerate should look at it."""
    return not (name or "").startswith((SEARCH, f"ix_{SEARCH}"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    include_object=is_ours,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
