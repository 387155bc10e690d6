"""Every word of the code has its word of the office in both languages, and none is left over."""

import enum
import importlib
import pkgutil

import pytest

from tracker import domain, labels, queries, services
from tracker.labels import _ALL_WORDS as WORDS

# Some choices of the screens, such as how to sort, are words of a question and not of the domain.
_MODULES = [
    importlib.import_module(f"{package.__name__}.{found.name}")
    for package in (domain, queries, services)
    for found in pkgutil.iter_modules(package.__path__)
]
ENUMS: set[type[enum.StrEnum]] = {
    word
    for module in _MODULES
    for word in vars(module).values()
    if isinstance(word, type) and issubclass(word, enum.StrEnum) and word is not enum.StrEnum
}
# Never shown: on which side of a task somebody stands decides, and is not said.
SILENT = {"Side"}


@pytest.mark.parametrize("kind", sorted(ENUMS, key=str))
def test_every_word_of_the_domain_has_its_labels(kind: type[enum.StrEnum]) -> None:
    if kind.__name__ in SILENT:
        return
    assert set(WORDS[kind.__name__]) == {word.value for word in kind}
    assert all(labels.label(word, locale) for word in kind for locale in labels.LOCALES)


def test_no_two_enums_share_a_name() -> None:
    names = [kind.__name__ for kind in ENUMS]
    assert sorted(set(names)) == sorted(names)


def test_no_label_is_left_over() -> None:
    assert set(WORDS) <= {kind.__name__ for kind in ENUMS}


def test_the_two_languages_are_two_languages() -> None:
    pairs = [pair for words in WORDS.values() for pair in words.values()]
    assert all(vietnamese != english for vietnamese, english in pairs)
