"""Whatever happens to a paper on its way, reading it ends in a reading or a clear refusal."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importer.papers import PROGRAMME, plain, reading_of
from tracker.errors import Unreadable
from tracker.importer.meaning.reading import Reading
from tracker.labels.doubts import DOUBTS
from tracker.labels.files import FILES

SAID = FILES | DOUBTS

LINES = [line for line in PROGRAMME.read_text(encoding="utf-8").split("\n") if line]
SHARDS = st.sampled_from(
    ["(", ")", "“", '"', ";", "*", "- ", "1. ", "II. ", "| a |", "ngày 31/02/2026", "Sở ", "\t"]
)
CHANGES = st.lists(
    st.tuples(
        st.integers(0, len(LINES) - 1),
        st.sampled_from(["drop", "double", "swap", "cut", "insert", "upper"]),
        SHARDS | st.text(max_size=20),
    ),
    min_size=1,
    max_size=12,
)


def changed(lines: list[str], place: int, how: str, shard: str) -> list[str]:
    line = lines[place % len(lines)]
    middle = len(line) // 2
    new = {
        "drop": [],
        "double": [line, line],
        "swap": [line[middle:], line[:middle]],
        "cut": [line[:middle]],
        "insert": [line[:middle] + shard + line[middle:]],
        "upper": [line.upper()],
    }[how]
    place %= len(lines)
    return [*lines[:place], *new, *lines[place + 1 :]] or [""]


def read_or_refused(text: str, name: str) -> Reading | None:
    """The reading, or None after a refusal that has its sentence; anything else is a crash."""
    code = None
    try:
        return reading_of(text, name=name)
    except Unreadable as refusal:
        code = refusal.code
    assert code in SAID
    return None


@settings(max_examples=60, deadline=None)
@given(changes=CHANGES, marked=st.booleans())
def test_a_damaged_programme_is_read_or_refused_never_a_crash(
    changes: list[tuple[int, str, str]], *, marked: bool
) -> None:
    lines = LINES
    for place, how, shard in changes:
        lines = changed(lines, place, how, shard)
    text = "\n\n".join(lines)
    read = read_or_refused(text if marked else plain(text), "a.md" if marked else "a.txt")
    if read is None:
        return
    refs = [item.ref for item in read.items]
    assert len(refs) == len(set(refs))
    assert all(f"doubt.{doubt.code}" in SAID for doubt in read.warnings)
    json.dumps(read.as_json())


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300), name=st.sampled_from(["a.md", "a.txt"]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    read_or_refused("CHƯƠNG TRÌNH CÔNG TÁC Tháng 02 năm 2026\n\n1. " + text, name)
