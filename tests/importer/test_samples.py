"""The two real papers: everything the office expects to be understood of them."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.importer.papers import BULLETIN, HERE, PROGRAMME, codes, sample
from tracker.domain.task import Kind

CONTRACT = HERE / "contract"
EXPECTED = json.loads((CONTRACT / "programme-2026-02.expected.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((CONTRACT / "parse.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [PROGRAMME, BULLETIN], ids=lambda path: path.stem)
def test_the_reading_of_a_sample_is_the_golden_one(
    path: Path, request: pytest.FixtureRequest
) -> None:
    golden = HERE / "golden" / f"{path.stem}.json"
    read = json.dumps(sample(path).as_json(), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        golden.write_text(read, encoding="utf-8")
    assert read == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [PROGRAMME, BULLETIN], ids=lambda path: path.stem)
def test_the_reading_of_a_sample_keeps_the_contract(path: Path) -> None:
    read = json.loads(json.dumps(sample(path).as_json()))
    jsonschema.validate(read, SCHEMA, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", sorted(set(EXPECTED["programme"]) - {"recipients"}))
def test_the_programme_is_as_expected_in(name: str) -> None:
    assert sample(PROGRAMME).programme.as_json()[name] == EXPECTED["programme"][name]


def test_the_programme_has_the_expected_recipients() -> None:
    assert len(sample(PROGRAMME).programme.recipients) == EXPECTED["programme"]["recipients"]


def test_the_meeting_lies_outside_its_month_and_is_left_there() -> None:
    (meeting,) = (meeting.as_json() for meeting in sample(PROGRAMME).meetings)
    (expected,) = EXPECTED["meetings"]
    assert {name: meeting[name] for name in expected} == expected


def test_the_items_are_the_eighteen_expected_ones() -> None:
    read = [item.ref for item in sample(PROGRAMME).items]
    assert read == [item["ref"] for item in EXPECTED["items"]]


@pytest.mark.parametrize("expected", EXPECTED["items"], ids=lambda item: str(item["ref"]))
def test_the_item_is_as_expected(expected: dict[str, Any]) -> None:
    item = next(item for item in sample(PROGRAMME).items if item.ref == expected["ref"])
    read: dict[str, Any] = item.as_json()
    read["lead"] = item.lead.unit if item.lead else None
    read["deliverables"] = len(item.deliverables)
    read["text_starts"] = item.text[: len(expected["text_starts"])]
    assert {name: read[name] for name in expected} == expected


def test_the_expected_warnings_are_given() -> None:
    assert codes(sample(PROGRAMME)) == EXPECTED["warning_codes"]


def test_nothing_in_the_programme_needs_a_person() -> None:
    assert not any(doubt.is_question for doubt in sample(PROGRAMME).warnings)


def test_every_item_of_the_programme_stands_in_the_source_word_for_word() -> None:
    source = PROGRAMME.read_text(encoding="utf-8")
    for item in sample(PROGRAMME).items:
        assert all(paragraph in source for paragraph in item.source_text.split("\n"))


def test_an_item_says_at_which_line_it_stands() -> None:
    where = {item.ref: item.where.line for item in sample(PROGRAMME).items}
    assert (where["A.1"], where["A.3"], where["B.I.1"], where["B.III.5"]) == (13, 19, 31, 57)


def test_the_bulletin_gives_its_two_lists_and_no_task_from_the_news() -> None:
    items = sample(BULLETIN).items
    assert [item.ref for item in items] == [
        *(f"S1.{number}" for number in range(1, 5)),
        *(f"S2.{number}" for number in range(1, 7)),
    ]
    assert {item.kind for item in items} == {Kind.FOCUS}


def test_the_bulletin_is_of_the_party_committee_for_june() -> None:
    programme = sample(BULLETIN).programme
    assert programme.issuer == "Đảng ủy UBND tỉnh Bắc Ninh"
    assert programme.period is not None
    assert (programme.period.year, programme.period.number) == (2026, 6)


def test_what_was_skipped_in_the_bulletin_is_said() -> None:
    (skipped,) = [one for one in sample(BULLETIN).warnings if one.code == "prose-skipped"]
    assert skipped.facts["paragraphs"] == 139


@pytest.mark.parametrize(
    ("ref", "joined"),
    [
        ("S1.2", "phòng, chống tội phạm; đẩy mạnh"),
        ("S2.3", "sau 01 năm sáp nhập thành lập tỉnh Bắc Ninh (mới)"),
    ],
)
def test_sentences_broken_at_a_page_end_are_whole_in_the_bulletin(ref: str, joined: str) -> None:
    assert joined in next(item.text for item in sample(BULLETIN).items if item.ref == ref)
