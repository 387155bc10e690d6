"""Every refusal that the code can raise has its sentence in both languages, and none is unused."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from tests.house import ROOT, modules
from tracker.labels import _ALL_SENTENCES as SENTENCES

REFUSALS = {"Refused", "NotAllowed", "NotFound", "Unreadable"}
SHORTEST_PREFIX = 4


@cache
def trees() -> dict[Path, ast.Module]:
    """The modules of the product; the sentences themselves are no use of themselves."""
    every = [path for path in modules("tracker") if path.parent.name != "labels"]
    return {path: ast.parse(path.read_text()) for path in every}


def nodes() -> Iterator[ast.AST]:
    """Every node of every module."""
    return (node for tree in trees().values() for node in ast.walk(tree))


def raised() -> Iterator[str]:
    """The codes with which the code refuses."""
    for node in nodes():
        if isinstance(node, ast.Call) and name_of(node.func) in REFUSALS and node.args:
            yield from literals(node.args[0])


def name_of(called: ast.expr) -> str:
    """The last word of what is called."""
    return getattr(called, "attr", getattr(called, "id", ""))


def literals(node: ast.expr) -> Iterator[str]:
    """The strings that an expression may be: one, or either of two."""
    found = (part for part in ast.walk(node) if isinstance(part, ast.Constant))
    yield from (part.value for part in found if isinstance(part.value, str))


@cache
def spoken() -> set[str]:
    """Every string of the code that could be a code."""
    strings = (node.value for node in nodes() if isinstance(node, ast.Constant))
    return {string for string in strings if isinstance(string, str)}


@cache
def prefixes() -> tuple[str, ...]:
    """How codes begin that are put together while running, such as `http-404`."""
    starts = (node.values[0] for node in nodes() if isinstance(node, ast.JoinedStr) and node.values)
    strings = (start.value for start in starts if isinstance(start, ast.Constant))
    return tuple(str(start) for start in strings if len(str(start)) >= SHORTEST_PREFIX)


@cache
def pages() -> str:
    """All templates in one."""
    return "".join(path.read_text() for path in sorted((ROOT / "templates").rglob("*.*")))


@pytest.mark.parametrize("code", sorted(set(raised())))
def test_every_refusal_has_its_sentence(code: str) -> None:
    assert code in SENTENCES


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_no_sentence_is_unused(code: str) -> None:
    assert code in spoken() or code.startswith(prefixes()) or f'"{code}"' in pages()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_say_the_same_facts(code: str) -> None:
    vietnamese, english = SENTENCES[code]
    assert vietnamese.strip()
    assert english.strip()
    assert facts_in(vietnamese) == facts_in(english)


def facts_in(sentence: str) -> set[str]:
    """The names of the facts that a sentence says."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_no_sentence_has_a_word_of_the_code_in_it() -> None:
    shouting = re.compile(r"\b(None|True|False|Exception)\b")
    assert not [code for code, pair in SENTENCES.items() if shouting.search(" ".join(pair))]
