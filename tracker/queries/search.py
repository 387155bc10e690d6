"""Finding tasks by their words, without tones, in the manner of each database."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from tracker.domain import Task
from tracker.domain.task import search_words

# Nobody types more, and each word costs a walk through the index.
MOST_WORDS = 12
# One letter begins words of nearly every task, and the search index holds no such beginnings.
FEWEST_LETTERS = 2


class _WordsMatch(FunctionElement[Any]):
    """All words stand in the task.

    It has no type: SQLite would be asked whether a boolean equals 1, and not use its index.
    """

    name = "words_match"
    inherit_cache = True


def words_match(text: str, *, begins: bool = False) -> sa.ColumnElement[bool]:
    """Whether a task holds every word of the text; no words match every task.

    `begins` takes the last word as still being typed: from two letters on its beginning is enough.
    """
    words = search_words(text)[:MOST_WORDS]
    if not words:
        return sa.true()
    begins = begins and len(words[-1]) >= FEWEST_LETTERS
    fts5 = " ".join(f'"{word}"' for word in words) + "*" * begins
    tsquery = " & ".join(words) + ":*" * begins
    # Both ways to ask are bound, so that one cached statement serves every text.
    asked = [sa.literal(fts5), sa.literal(tsquery)]
    return _WordsMatch(col(Task.id), col(Task.search_text), *asked)


_IN_FTS5 = "%s IN (SELECT rowid FROM task_search WHERE task_search MATCH %s)"


@compiles(_WordsMatch, "sqlite")
def _in_fts5(element: _WordsMatch, compiler: Any, **kw: Any) -> str:
    key, _, asked, _ = element.clauses
    return _IN_FTS5 % (compiler.process(key, **kw), compiler.process(asked, **kw))


@compiles(_WordsMatch, "postgresql")
def _in_tsvector(element: _WordsMatch, compiler: Any, **kw: Any) -> str:
    _, words, _, asked = element.clauses
    vector = f"to_tsvector('simple'::regconfig, {compiler.process(words, **kw)})"
    return f"{vector} @@ to_tsquery('simple'::regconfig, {compiler.process(asked, **kw)})"
