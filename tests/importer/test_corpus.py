"""The invented programmes of every layout are read as a careful clerk reads them."""

import functools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.importer.corpus.notation import papers
from tests.importer.corpus.rendering import Rendering, renderings
from tests.importer.corpus.scoring import MEASURES, Count, Score, score_of, total

GOAL = 0.98
# What the documents that are not read perfectly reach at least: [recall, precision] of a measure.
REACHED = json.loads((Path(__file__).parent / "corpus" / "reached.json").read_text())
OTHER_TEXT = "Chỉ đạo tổ chức khai giảng năm học cũ 2026 - 2027 trang trọng, an toàn, tiết kiệm."
EVERY = {one.name: one for one in renderings()}


@functools.cache
def score(name: str) -> Score:
    return score_of(EVERY[name])


def short_of(name: str, measure: str, count: Count) -> bool:
    recall, precision = REACHED.get(name, {}).get(measure, (1, 1))
    return bool(count.recall < recall or count.precision < precision)


@pytest.mark.parametrize("name", EVERY)
def test_a_document_is_read_as_well_as_before(name: str) -> None:
    counts = score(name).counts
    worse = [measure for measure, count in counts.items() if short_of(name, measure, count)]
    assert worse == [], "\n".join(score(name).misses)


@pytest.mark.parametrize("measure", MEASURES)
def test_of_a_hundred_facts_no_more_than_two_are_missed_or_made_up(measure: str) -> None:
    count = total(map(score, EVERY)).counts[measure]
    assert min(count.recall, count.precision) >= GOAL, count


def test_every_document_says_where_its_layout_comes_from_and_what_is_invented() -> None:
    assert [paper.name for paper in papers() if "đặt" not in paper.facts["note"]] == []


def test_a_document_has_items_or_meetings_enough_to_be_measured() -> None:
    few = [paper.name for paper in papers() if len(paper.items) + len(paper.meetings) < 5]
    assert few == []


def test_a_refused_document_counts_as_nothing_read(monkeypatch: pytest.MonkeyPatch) -> None:
    blank = EVERY["nfd-thang-9-ubnd.md"]
    monkeypatch.setattr(Rendering, "data", lambda _: b"")
    refused = score_of(blank).counts["items"]
    assert (refused.right, refused.missed) == (0, len(blank.paper.items))


def changed(name: str, **facts: object) -> Score:
    """The score when the first item of a document is expected to be otherwise."""
    paper = EVERY[name].paper
    first, *others = paper.items
    other = replace(paper, items=(replace(first, **facts), *others))  # type: ignore[arg-type]
    return score_of(Rendering(other, name.rpartition(".")[2]))


@pytest.mark.parametrize(
    ("measure", "facts"),
    [
        ("texts", {"text": OTHER_TEXT, "printed": OTHER_TEXT}),
        ("leads", {"lead": "Sở Nội vụ"}),
        ("supports", {"support": ("Công an tỉnh",)}),
        ("dates", {"due_on": "2026-09-09"}),
        ("details", {"kind": "submission"}),
        ("doubts", {"doubts": ("unit-group",)}),
    ],
)
def test_a_wrong_fact_is_counted(measure: str, facts: dict[str, object]) -> None:
    wrong = changed("nfd-thang-9-ubnd.md", **facts)
    assert wrong.counts[measure].missed > score("nfd-thang-9-ubnd.md").counts[measure].missed


def test_an_item_that_nobody_expects_is_counted_as_made_up() -> None:
    paper = EVERY["nfd-thang-9-ubnd.md"].paper
    fewer = Rendering(replace(paper, items=paper.items[1:]), "md")
    assert score_of(fewer).counts["items"].extra == 1
