"""Finding tasks by their words, with or without tones, in the manner of each database."""

import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from tracker.domain import Task
from tracker.domain.finding import exact_words, search_words

# Nobody types more, and each word costs a walk through the index.
MOST_WORDS = 12
# One letter begins words of nearly every task, and the search index holds no such beginnings.
FEWEST_LETTERS = 2


class Match(enum.Enum):
    """How near the words of a task stand to those that were typed."""

    ANY = enum.auto()
    EXACT = enum.auto()
    LOOSE = enum.auto()


class _WordsMatch(FunctionElement[Any]):
    """All words stand in the task.

    It has no type: SQLite would be asked whether a boolean equals 1, and not use its index.
    """

    name = "words_match"
    inherit_cache = True


def matches_of(text: str, *, begins: bool = False) -> tuple[Match, ...]:
    """In which portions a list is answered: exact ones first where the marks were typed."""
    return (Match.EXACT, Match.LOOSE) if _marked(text, begins=begins) else (Match.ANY,)


def words_match(
    text: str, *, begins: bool = False, match: Match = Match.ANY
) -> sa.ColumnElement[bool]:
    """Whether a task holds every word of the text; no words match every task.

    `begins` takes the last word as still being typed: from two letters on its beginning is enough.
    """
    words = search_words(text)[:MOST_WORDS]
    if not words:
        return sa.true()
    marked = [] if match is Match.ANY else _marked(text, begins=begins)
    begins = begins and len(words[-1]) >= FEWEST_LETTERS
    # Both ways to ask are bound, so that one cached statement serves every text.
    asked = [
        sa.literal(_fts5(words, marked, match, begins=begins)),
        sa.literal(_tsquery(words, marked, match, begins=begins)),
    ]
    return _WordsMatch(col(Task.id), col(Task.search_text), col(Task.search_more), *asked)


def _marked(text: str, *, begins: bool) -> list[str]:
    """The words typed with their marks; one that is still being typed may lack its last."""
    said = text.split()
    return exact_words(" ".join(said[:-1] if begins else said))[:MOST_WORDS]


def _fts5(words: list[str], marked: list[str], match: Match, *, begins: bool) -> str:
    loose = " ".join(f'"{word}"' for word in words) + "*" * begins
    exact = " ".join(f'"{word}"' for word in marked)
    both = {Match.EXACT: f"{exact} {loose}", Match.LOOSE: f"({loose}) NOT ({exact})"}
    return both[match] if marked else loose


def _tsquery(words: list[str], marked: list[str], match: Match, *, begins: bool) -> str:
    loose = " & ".join(words) + ":*" * begins
    exact = " & ".join(marked)
    both = {Match.EXACT: f"{exact} & {loose}", Match.LOOSE: f"{loose} & !({exact})"}
    return both[match] if marked else loose


_IN_FTS5 = "%s IN (SELECT rowid FROM task_search WHERE task_search MATCH %s)"


@compiles(_WordsMatch, "sqlite")
def _in_fts5(element: _WordsMatch, compiler: Any, **kw: Any) -> str:
    key, _, _, asked, _ = element.clauses
    return _IN_FTS5 % (compiler.process(key, **kw), compiler.process(asked, **kw))


@compiles(_WordsMatch, "postgresql")
def _in_tsvector(element: _WordsMatch, compiler: Any, **kw: Any) -> str:
    _, own, more, _, asked = element.clauses
    # As the index has it: nothing may be bound here.
    words = f"{compiler.process(own, **kw)} || ' ' || {compiler.process(more, **kw)}"
    vector = f"to_tsvector('simple'::regconfig, {words})"
    return f"{vector} @@ to_tsquery('simple'::regconfig, {compiler.process(asked, **kw)})"
