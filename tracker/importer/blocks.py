"""What every reader gives, whatever the format: the printed lines of a document, in order."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

Box = tuple[float, float, float, float]
# Called after each page with the pages read so far and how many there are.
Progress = Callable[[int, int], None]


def nobody(_done: int, _all: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Where:
    """The place in the source to look at; what a format does not have stays None.

    Everything counts from one. `paragraph` counts the blocks of the document, so that together
    with `row` (of a table) it tells every place from every other. `cell` is a spreadsheet's
    address such as "B7"; `box` is the place on the page image: left, top, right, bottom as
    shares of its width and height.
    """

    line: int | None = None
    paragraph: int | None = None
    page: int | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    box: Box | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Paragraph:
    """One printed line or paragraph, its number or dash still before it, marks taken off.

    `raw` is the line as the file has it; `continues` says that the source holds it in the
    same paragraph as the block above (a line break, not a new paragraph). `confidence` is how
    sure the character recognition of a scan was, from 0 to 1; None where nothing was guessed.
    """

    text: str
    raw: str
    where: Where
    bold: bool = False
    italic: bool = False
    continues: bool = False
    confidence: float | None = None


@dataclass(frozen=True)
class Heading(Paragraph):
    """A line that the source marks as a heading; its level says nothing in office documents."""


@dataclass(frozen=True)
class Row:
    """One row of a table, a text for every column of the grid, lines separated by line feeds.

    A cell that is merged over several columns has its text in the first and "" in the others.
    A cell merged over several rows has its text repeated in each, and `continued` names the
    columns (from zero) that only go on from the row above.
    """

    cells: tuple[str, ...]
    where: Where
    continued: frozenset[int] = frozenset()
    confidence: float | None = None


@dataclass(frozen=True)
class Table:
    """A ruled table or a sheet: its rows in order, header rows among them."""

    rows: tuple[Row, ...]
    raw: str
    where: Where

    def down_the_columns(self) -> list[Paragraph]:
        """The lines as the eye reads a letterhead or signature block: column after column."""
        return list(self._lines())

    def _lines(self) -> Iterator[Paragraph]:
        for column in range(max((len(row.cells) for row in self.rows), default=0)):
            for row in self.rows:
                cell = row.cells[column] if column < len(row.cells) else ""
                lines = [] if column in row.continued else cell.split("\n")
                stripped = (line.strip() for line in lines)
                yield from (Paragraph(line, line, row.where) for line in stripped if line)


Block = Paragraph | Table


@dataclass(frozen=True)
class Remark:
    """Something a reader wants the clerk to know of the file; a doubt's code and facts."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)
    where: Where | None = None


@dataclass(frozen=True)
class Contents:
    """What a reader took out of a file.

    `dropped` holds what is printed on the pages without being part of the text: page numbers,
    running heads, other sheets. `pages` is given when the file has pages that can be shown.
    """

    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    dropped: tuple[Paragraph, ...] = ()
    pages: int | None = None


@dataclass(frozen=True)
class File:
    """A file to read: its own name, its bytes, and whom to tell about each page."""

    name: str
    data: bytes
    progress: Progress = nobody


@dataclass(frozen=True)
class Document:
    """A file that has been read: where it came from and what it holds."""

    name: str
    media_type: str
    sha256: str
    contents: Contents

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.contents.blocks
