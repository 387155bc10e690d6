"""What every reader gives, whatever the format: the printed lines of a document, in order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Where:
    """The place in the source to look at: both count from one."""

    line: int
    paragraph: int

    def as_json(self) -> dict[str, int]:
        return {"line": self.line, "paragraph": self.paragraph}


@dataclass(frozen=True)
class Paragraph:
    """One printed line or paragraph, its number or dash still before it, marks taken off.

    `raw` is the line as the file has it; `continues` says that the source holds it in the
    same paragraph as the block above (a line break, not a new paragraph).
    """

    text: str
    raw: str
    where: Where
    bold: bool = False
    italic: bool = False
    continues: bool = False


@dataclass(frozen=True)
class Heading(Paragraph):
    """A line that the source marks as a heading; its level says nothing in office documents."""


@dataclass(frozen=True)
class Table:
    """A ruled table: rows of cells, each cell as printed."""

    rows: tuple[tuple[str, ...], ...]
    raw: str
    where: Where

    def down_the_columns(self) -> list[Paragraph]:
        """The lines as the eye reads a letterhead or signature block: column after column."""
        cells = [row[i] for i in range(len(self.rows[0])) for row in self.rows if i < len(row)]
        lines = [line.strip() for cell in cells for line in cell.split("\n")]
        return [Paragraph(line, line, self.where) for line in lines if line]


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A file that has been read: where it came from and the blocks it holds."""

    name: str
    media_type: str
    sha256: str
    blocks: tuple[Block, ...]
