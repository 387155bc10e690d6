"""A tiny language for test papers: a programme with one section, and what is read from it."""

from pathlib import Path

from tracker import paths
from tracker.domain.working_days import published
from tracker.importer.meaning.reading import Reading, ReadItem
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme

HERE = Path(__file__).parent
PROGRAMME = paths.DATA / "programme-2026-02-bac-ninh.md"
BULLETIN = HERE / "samples" / "bulletin-2026-06-bac-ninh.md"
TITLE = "CHƯƠNG TRÌNH CÔNG TÁC Tháng 02 năm 2026"


def reading_of(text: str, *, name: str = "chuong-trinh.txt", encoding: str = "utf-8") -> Reading:
    """What is understood of a text, with the shipped directory and calendar."""
    data = text.encode(encoding)
    return read_programme(name, data, units=published_units(), working_days=published())


def sample(path: Path) -> Reading:
    return reading_of(path.read_text(encoding="utf-8"), name=path.name)


def paper(*lines: str, title: str = TITLE) -> str:
    """A programme whose body is these lines, each a paragraph."""
    return "\n\n".join((title, *lines))


def read_lines(*lines: str) -> Reading:
    return reading_of(paper(*lines))


def one_item(text: str, *, section: str = "I. Các nội dung trình Chủ tịch UBND tỉnh") -> ReadItem:
    """The item read from one numbered line under one heading."""
    (item,) = read_lines(section, f"1. {text}").items
    return item


def plain(markdown: str) -> str:
    """The same words without Markdown's marks."""
    bare = "\n".join(line.lstrip("#").strip() for line in markdown.split("\n"))
    return bare.replace("*", "")


def codes(reading: Reading) -> list[str]:
    return [doubt.code for doubt in reading.warnings]
