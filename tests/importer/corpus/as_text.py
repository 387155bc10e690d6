"""Test documents as plain text, Markdown and CSV."""

import csv
import io
import textwrap
import unicodedata

from tests.importer.corpus.notation import Columns, Grid, Line, Paper, Part, Sheet

_MARKS = {"title": "## {}", "bold": "**{}**", "plain": "{}"}


def plain(paper: Paper) -> bytes:
    """Every paragraph on its own line, columns one under the other, table rows with tabs."""
    lines = [line for part in paper.parts for line in _lines(part)]
    return "\r\n".join(line.replace("*", "") for line in lines).encode()


def wrapped(paper: Paper) -> bytes:
    """Plain text whose lines were broken at 78 characters, as copied from a page."""
    lines = plain(paper).decode().splitlines()
    return "\n".join(textwrap.fill(line, 78, break_on_hyphens=False) for line in lines).encode()


def markdown(paper: Paper) -> bytes:
    return "\n\n".join(_marked(part) for part in paper.parts).encode()


def decomposed(paper: Paper) -> bytes:
    """Markdown whose letters and tone marks are separate characters (NFD)."""
    return unicodedata.normalize("NFD", markdown(paper).decode()).encode()


def separated(paper: Paper) -> bytes:
    """The rows as the export of a register, semicolons between the columns."""
    page = io.StringIO()
    writer = csv.writer(page, delimiter=";")
    for part in paper.parts:
        assert isinstance(part, Grid)
        writer.writerows(part.rows)
    return page.getvalue().encode("utf-8-sig")


def _lines(part: Part) -> list[str]:
    if isinstance(part, Line):
        return [part.text]
    if isinstance(part, Columns):
        return [*part.left, *part.right]
    if isinstance(part, Grid):
        return ["\t".join(row) for row in part.rows]
    return []


def _marked(part: Part) -> str:
    if isinstance(part, Line):
        return _MARKS[part.style].format(part.text)
    if isinstance(part, Grid):
        return _pipes(part)
    return "" if isinstance(part, Sheet) else "\n\n".join(_lines(part))


def _pipes(grid: Grid) -> str:
    rows = [" | ".join(["", *row, ""]).strip() for row in grid.rows]
    return "\n".join([rows[0], "|" + "---|" * len(grid.widths), *rows[1:]])
