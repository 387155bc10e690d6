"""Full-text search over the folded words of tasks: FTS5 on SQLite, a GIN index on PostgreSQL.

A later step that rebuilds the table `task` on SQLite (batch mode) must make the triggers anew.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The words stand in the task itself; the search table keeps only its index over them.
SQLITE = (
    """CREATE VIRTUAL TABLE task_search USING fts5(
        search_text, content='task', content_rowid='id',
        tokenize='ascii', detail='none', columnsize=0, prefix='2 3')""",
    "INSERT INTO task_search(task_search) VALUES ('rebuild')",
    """CREATE TRIGGER task_search_added AFTER INSERT ON task BEGIN
        INSERT INTO task_search(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    """CREATE TRIGGER task_search_removed AFTER DELETE ON task BEGIN
        INSERT INTO task_search(task_search, rowid, search_text)
            VALUES ('delete', old.id, old.search_text);
    END""",
    # Only a change of the words: moving a status must not rewrite the index.
    """CREATE TRIGGER task_search_changed AFTER UPDATE OF search_text ON task BEGIN
        INSERT INTO task_search(task_search, rowid, search_text)
            VALUES ('delete', old.id, old.search_text);
        INSERT INTO task_search(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
)
POSTGRESQL = (
    """CREATE INDEX ix_task_search_words ON task
        USING gin (to_tsvector('simple'::regconfig, search_text))""",
)


def upgrade() -> None:
    """Take the step."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take it back."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP INDEX ix_task_search_words")
        return
    for name in ("added", "removed", "changed"):
        op.execute(f"DROP TRIGGER task_search_{name}")
    op.execute("DROP TABLE task_search")
