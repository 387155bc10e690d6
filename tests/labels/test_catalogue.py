"""Every sentence of the templates has its English, and the catalogue holds nothing else."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from jinja2.ext import babel_extract

from tests.house import ROOT
from tracker import paths
from tracker.labels.catalogue import catalogue_of

TEMPLATES = ROOT / "templates"
FACT = re.compile(r"%\((\w+)\)s")
# As the pages and the letters read them.
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
Said = str | tuple[str, ...]


@cache
def said() -> frozenset[Said]:
    """What the templates say, in Vietnamese; a pair where they count."""
    return frozenset(message for name in files() for message in extracted(name))


def files() -> list[str]:
    """The templates by name."""
    every = TEMPLATES.rglob("*.*")
    return sorted(str(path.relative_to(TEMPLATES)) for path in every if path.is_file())


def extracted(name: str) -> Iterator[Said]:
    """The sentences of one template."""
    with (TEMPLATES / name).open("rb") as text:
        for _, _, message, _ in babel_extract(text, ("_", "gettext", "ngettext"), (), OPTIONS):
            yield _said(message)


def _said(message: object) -> Said:
    # The extractor gives a sentence with facts as a tuple with an empty place for each of them.
    parts = tuple(
        map(str, filter(None, message if isinstance(message, tuple | list) else (message,)))
    )
    return parts if len(parts) > 1 else "".join(parts)


@cache
def english() -> dict[Said, Said]:
    """The catalogue: Vietnamese to English."""
    catalogue = catalogue_of(sorted((paths.LOCALE / "en").glob("*.po")), "en")
    assert not [message.id for message in catalogue if message.fuzzy and message.id]
    return {_said(message.id): _said(message.string) for message in catalogue if message.id}


def test_the_extractor_finds_the_sentences() -> None:
    assert "Đăng nhập" in said()


@pytest.mark.parametrize("name", files())
def test_every_sentence_of_a_template_has_its_english(name: str) -> None:
    assert [message for message in extracted(name) if not english().get(message)] == []


def test_no_translation_is_unused() -> None:
    assert [message for message in english() if message not in said()] == []


def test_no_translation_is_empty() -> None:
    assert [message for message, words in english().items() if not all(words)] == []


def test_both_languages_say_the_same_facts() -> None:
    assert [said for said, words in english().items() if facts(said) != facts(words)] == []


def facts(words: Said) -> set[str]:
    """The names of the facts that a sentence says."""
    return set(FACT.findall(words if isinstance(words, str) else " ".join(words)))
