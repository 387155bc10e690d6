"""Every refusal and every doubt of the importer has its sentence in both languages."""

import re
from pathlib import Path

import pytest

import tracker.importer
from tracker.importer.meaning.reading import Doubt
from tracker.labels import directory
from tracker.labels.doubts import DOUBTS
from tracker.labels.files import FILES

WORDED = FILES | DOUBTS

SOURCES = [
    path.read_text(encoding="utf-8")
    for path in sorted(Path(tracker.importer.__file__).parent.rglob("*.py"))
]
DOUBTED = re.compile(r'(?:Doubt|Remark)\(\s*"([^"]+)"')
REFUSED = re.compile(r'Unreadable\(\s*"([^"]+)"')
SAID = {code for source in SOURCES for code in REFUSED.findall(source)} | {
    f"doubt.{code}" for source in SOURCES for code in DOUBTED.findall(source)
}


@pytest.mark.parametrize("code", sorted(SAID))
def test_what_the_importer_says_has_its_words(code: str) -> None:
    assert code in WORDED or code in directory.SENTENCES


@pytest.mark.parametrize("code", sorted(WORDED))
def test_no_sentence_is_left_over(code: str) -> None:
    quoted = {f'"{code}"', f'"{code.removeprefix("doubt.")}"'}
    assert any(name in source for name in quoted for source in SOURCES)


@pytest.mark.parametrize("code", sorted(WORDED))
def test_both_languages_name_the_same_facts(code: str) -> None:
    vietnamese, english = (set(re.findall(r"{(\w+)}", words)) for words in WORDED[code])
    assert vietnamese == english


def test_a_doubt_speaks_vietnamese_first_and_english_second() -> None:
    doubt = Doubt("section-missing", "B.III", {"section": "B.II"})
    assert doubt.message().startswith("Thiếu mục B.II")
    assert doubt.message("en").startswith("Section B.II is missing")
