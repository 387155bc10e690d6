"""Whatever harm comes to a file, it is read or refused with a sentence; nothing else happens."""

import io
import random
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.importer import hostile_papers as bad
from tests.importer.mutations import harmed, in_a_part, in_a_stream
from tests.importer.papers import PROGRAMME
from tests.importer.readers.excel_papers import sample_as_csv, sample_as_xlsx
from tests.importer.readers.pdf_papers import paper_pdf
from tests.importer.readers.word_papers import sample_as_docx
from tracker.domain.working_days import published
from tracker.errors import Unreadable
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme
from tracker.labels.files import FILES

# What libraries remark of damage on their way is told to nobody.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("L", (40, 30), 255).save(out, form)
    return out.getvalue()


# How many examples each format is worth: some take longer to read than others.
SEEDS: dict[str, tuple[int, Callable[[], bytes]]] = {
    "a.docx": (60, sample_as_docx),
    "a.xlsx": (40, sample_as_xlsx),
    "a.pdf": (25, lambda: paper_pdf("1. Việc thứ nhất. (Sở Tài chính chuẩn bị)")),
    "b.pdf": (30, lambda: bad.pages_pdf(2)),
    "a.csv": (25, sample_as_csv),
    "a.md": (25, PROGRAMME.read_bytes),
    "a.txt": (25, lambda: bad.GOOD.encode("utf-16")),
    "a.xls": (40, lambda: bad.compound("Workbook", "Contents")),
    "a.png": (15, lambda: picture("PNG")),
    "a.jpg": (15, lambda: picture("JPEG")),
    "a.tif": (15, lambda: picture("TIFF")),
}


@cache
def seed_of(name: str) -> bytes:
    return SEEDS[name][1]()


def outcome(name: str, data: bytes) -> str:
    """The code of the refusal, "read" for a reading; every other exception is the test's."""
    try:
        read_programme(name, data, units=published_units(), working_days=published())
    except Unreadable as refusal:
        return refusal.code
    return "read"


@pytest.mark.parametrize("name", SEEDS)
def test_a_harmed_file_is_read_or_refused(name: str) -> None:
    examples, _ = SEEDS[name]

    @settings(max_examples=examples, deadline=None, suppress_health_check=[*HealthCheck])
    @given(st.integers(0, 2**48))
    def harm(seed: int) -> None:
        data = harmed(seed_of(name), random.Random(seed))  # noqa: S311 - a seed tells all
        assert outcome(name, data) in {"read", *FILES}

    harm()


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([*SEEDS]), st.sampled_from([*SEEDS]), st.integers(0, 100), st.integers(0, 100)
)
def test_two_files_grown_together_are_read_or_refused(
    one: str, other: str, head: int, tail: int
) -> None:
    first, second = seed_of(one), seed_of(other)
    data = first[: len(first) * head // 100] + second[len(second) * tail // 100 :]
    assert outcome(one, data) in {"read", *FILES}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.docx", "a.pdf", "a.csv", "a.md", "a", "a.jpg"]))
def test_noise_is_read_or_refused(data: bytes, name: str) -> None:
    assert outcome(name, data) in {"read", *FILES}


@pytest.mark.parametrize(
    ("harm", "name"), [(in_a_part, "a.docx"), (in_a_part, "a.xlsx"), (in_a_stream, "a.pdf")]
)
def test_harm_reaches_the_inside_of_a_file(
    harm: Callable[[bytes, random.Random], bytes], name: str
) -> None:
    spoilt = {harm(seed_of(name), random.Random(seed)) for seed in range(9)}  # noqa: S311
    assert len(spoilt) > 5
