"""Every line that a document prints is found again in its reading: nothing is dropped silently."""

import json
import re
from functools import cache

import pytest

from tests.importer.corpus.rendering import Rendering, renderings
from tracker.domain.folding import fold
from tracker.domain.working_days import published
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme

# As text a document's lines can be compared; the other formats give the same blocks.
PRINTED = {one.name: one for one in renderings() if one.form in {"txt", "md", "csv"}}
# Numbers and brackets become fields of their own: two words in three must stand as printed.
SHARE_KEPT = 0.66


def words(text: str) -> list[str]:
    return re.findall(r"[0-9a-z]+", fold(text))


@cache
def kept(name: str) -> str:
    """All the words of the reading, one after the other."""
    one: Rendering = PRINTED[name]
    units, days = published_units(), published()
    reading = read_programme(one.file_name, one.data(), units=units, working_days=days)
    return f" {' '.join(words(json.dumps(reading.as_json(), ensure_ascii=False)))} "


def is_kept(line: list[str], everything: str) -> bool:
    runs = [" ".join(line[at : at + 3]) for at in range(max(1, len(line) - 2))]
    found = sum(f" {run} " in everything for run in runs)
    return found >= SHARE_KEPT * len(runs)


@pytest.mark.parametrize("name", PRINTED)
def test_every_printed_line_is_an_item_a_meeting_or_a_passage(name: str) -> None:
    lines = [words(line) for line in PRINTED[name].data().decode().splitlines()]
    assert [line for line in lines if line and not is_kept(line, kept(name))] == []


def test_a_line_that_is_nowhere_would_be_noticed() -> None:
    assert not is_kept(words("Kế hoạch xúc tiến thương mại"), " ke hoach phat trien du lich ")
