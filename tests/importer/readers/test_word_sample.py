"""The real programme gives the same items however an office has typed and saved it."""

import unicodedata
from collections.abc import Callable
from functools import cache

import pytest

from tests.importer.papers import PROGRAMME, codes, plain, sample
from tests.importer.readers.old_letters import as_tcvn3, as_vni, as_windows_1258, vni, vntime
from tests.importer.readers.word_papers import sample_as_docx
from tracker.domain.working_days import published
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme

TEXT = PROGRAMME.read_text(encoding="utf-8")
# Each way to save it: the file's name, and its bytes.
SAVED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "Word": ("a.docx", sample_as_docx),
    "Word in .VnTime": ("a.docx", lambda: sample_as_docx(vntime)),
    "Word in VNI-Times": ("a.docx", lambda: sample_as_docx(vni)),
    "Markdown in NFD": ("a.md", lambda: unicodedata.normalize("NFD", TEXT).encode()),
    "Markdown in TCVN3": ("a.md", lambda: as_tcvn3(TEXT).encode()),
    "text in TCVN3": ("a.txt", lambda: as_tcvn3(plain(TEXT)).encode("cp1252")),
    "text in VNI": ("a.txt", lambda: as_vni(plain(TEXT)).encode("cp1252")),
    "text in Windows-1258": ("a.txt", lambda: as_windows_1258(plain(TEXT))),
}
FACTS = ("ref", "text", "lead", "support", "due_on", "kind", "section", "deliverables", "authority")


@cache
def reading(saved: str) -> Reading:
    name, make = SAVED[saved]
    return read_programme(name, make(), units=published_units(), working_days=published())


def facts(read: Reading) -> list[tuple[object, ...]]:
    return [tuple(getattr(item, name) for name in FACTS) for item in read.items]


@pytest.mark.parametrize("saved", SAVED)
def test_the_eighteen_items_are_the_same(saved: str) -> None:
    assert facts(reading(saved)) == facts(sample(PROGRAMME))
    assert len(reading(saved).items) == 18


@pytest.mark.parametrize("saved", SAVED)
def test_the_programme_and_its_meeting_are_the_same(saved: str) -> None:
    read, expected = reading(saved), sample(PROGRAMME)
    assert read.programme == expected.programme
    assert [one.held_on for one in read.meetings] == [one.held_on for one in expected.meetings]


@pytest.mark.parametrize("saved", SAVED)
def test_only_the_letters_are_a_further_doubt(saved: str) -> None:
    further = set(codes(reading(saved))) - set(codes(sample(PROGRAMME)))
    assert further == ({"encoding-converted"} if " in " in saved and "NFD" not in saved else set())


def test_an_item_of_a_word_file_says_which_paragraph_it_is() -> None:
    where = {item.ref: item.where.paragraph for item in reading("Word").items}
    assert (where["A.1"], where["B.I.1"], where["B.III.5"]) == (6, 14, 27)
