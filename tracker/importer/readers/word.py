"""Word documents (.docx): paragraphs and tables in the order in which they are printed."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, count, islice

from docx.opc.packuri import PackURI
from lxml import etree

from tracker.domain.folding import fold
from tracker.errors import Unreadable
from tracker.importer.blocks import Block, Contents, File, Heading, Paragraph, Row, Table, Where
from tracker.importer.readers.decode import converted_from
from tracker.importer.readers.legacy_letters import Encoding, encoding_of
from tracker.importer.readers.tabbed import in_columns
from tracker.importer.readers.word_numbering import Numbering
from tracker.importer.readers.word_package import R_ID, Element, Package, W
from tracker.importer.readers.word_runs import Line, Printed, Typesetter, children
from tracker.importer.readers.word_styles import Styles, flag
from tracker.importer.readers.word_tables import cells_of, grid_of, rows_of

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, RecursionError, LookupError, ValueError,
    EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip
_LETTERHEAD = re.compile(r"cong hoa xa hoi chu nghia|doc lap ?[-–] ?tu do|so ?:? ?[\d. …_]*/ ?\w")
_FIRST_LINES = 40
_NOTES = ("footnotes", "endnotes")


def read(file: File) -> Contents:
    """The blocks of a .docx; margins and notes apart, numbers as Word would print them."""
    try:
        return _Reading(Package(file.data)).contents()
    except _DAMAGE as error:
        raise Unreadable("file.damaged", format="Word") from error


class _Reading:
    def __init__(self, package: Package) -> None:
        self._package, self._part = package, package.main_part()
        root = package.xml(self._part)
        body = root.find(f"{W}body")
        if body is None:
            raise ValueError("a Word document without a body")
        self._body = body
        self._styles = Styles(package.related(self._part, "styles"))
        numbers = package.related(self._part, "numbering")
        self._numbering = Numbering(numbers, self._styles)
        self._typesetter = Typesetter(self._styles, _letters(body))
        self._places = count(1)
        self._contents_lines: list[Paragraph] = []

    def contents(self) -> Contents:
        head = self._first_head()
        above = self._part_blocks(head) if head else []
        self._numbering.restart()
        blocks = in_columns([*above, *self._blocks(self._body)])
        margins = [part for part in self._margin_parts() if part != head]
        dropped = chain.from_iterable(_lines(self._part_blocks(part)) for part in margins)
        return Contents(
            tuple(blocks),
            tuple(chain.from_iterable(map(converted_from, self._typesetter.converted))),
            (*self._contents_lines, *dropped),
        )

    def _first_head(self) -> PackURI | None:
        """The header of the first page, when the letterhead stands in it and not in the body."""
        section = next(self._body.iter(f"{W}sectPr"), None)
        is_other = flag(section, "titlePg")
        part = self._referred(section, "headerReference", "first" if is_other else "default")
        if part is None or _has_letterhead(self._body):
            return None
        return part if _has_letterhead(self._package.xml(part)) else None

    def _referred(self, section: Element | None, name: str, kind: str) -> PackURI | None:
        found = section.findall(f"{W}{name}") if section is not None else []
        named = (one.get(R_ID) for one in found if one.get(f"{W}type", "default") == kind)
        identifier = next(named, None)
        relations = self._package.relations(self._part)
        return next((one.part for one in relations if one.identifier == identifier), None)

    def _margin_parts(self) -> list[PackURI]:
        kinds = ("header", "footer", *_NOTES)
        relations = self._package.relations(self._part)
        found = (one.part for kind in kinds for one in relations if one.kind == kind)
        return list(dict.fromkeys(found))

    def _part_blocks(self, part: PackURI) -> list[Block]:
        self._numbering.restart()
        return list(self._blocks(self._package.xml(part)))

    def _blocks(self, parent: Element) -> Iterator[Block]:
        """The blocks below an element, through content controls and other wrappings."""
        carried: list[Element] = []
        for element in children(parent):
            if element.tag != f"{W}p":
                is_table = element.tag == f"{W}tbl"
                yield from self._table(element) if is_table else self._blocks(element)
                continue
            carried.append(element)
            if not _end_is_deleted(element):
                yield from self._paragraph(carried)
                carried = []
        if carried:
            yield from self._paragraph(carried)

    def _paragraph(self, joined: list[Element]) -> Iterator[Block]:
        printed, label = self._printed(joined)
        for box in printed.boxes:
            yield from self._blocks(box)
        for words in filter(None, printed.art):
            yield Paragraph(words, words, self._where())
        blocks = list(self._line_blocks(printed.lines, label, joined[-1]))
        if self._styles.is_contents(joined[-1]):
            self._contents_lines += blocks
        else:
            yield from blocks

    def _printed(self, joined: list[Element]) -> tuple[Printed, str]:
        """A paragraph as printed, with its number; a wholly hidden one has none."""
        printed = self._typesetter.printed(joined)
        is_blank = not any(line.text for line in printed.lines)
        listed = self._styles.listed(joined[-1])
        if listed is None or (is_blank and self._is_hidden(joined[-1])):
            return printed, ""
        return printed, self._numbering.next_label(listed)

    def _is_hidden(self, paragraph: Element) -> bool:
        mark = paragraph.find(f"{W}pPr")
        return mark is not None and self._styles.look(paragraph, mark).hidden

    def _line_blocks(self, lines: list[Line], label: str, last: Element) -> Iterator[Paragraph]:
        kind = Heading if self._styles.is_heading(last) else Paragraph
        full = [line for line in lines if line.text]
        for place, line in enumerate(full):
            before = "" if place else label
            yield kind(
                before + line.text,
                before + line.raw,
                self._where(),
                bold=line.bold,
                italic=line.italic,
                continues=place > 0,
            )

    def _table(self, table: Element) -> Iterator[Block]:
        rows = rows_of(table)
        cells = cells_of(rows[0]) if len(rows) == 1 else []
        if len(cells) == 1:
            # A frame around a text is no table.
            yield from self._blocks(cells[0])
            return
        where = self._where()
        grid = grid_of(table, self._cell)
        made = tuple(
            Row(row.cells, Where(paragraph=where.paragraph, row=place), row.continued)
            for place, row in enumerate(grid, start=1)
        )
        if any(any(row.cells) for row in made):
            yield Table(made, "\n".join(map(_raw, made)), where)

    def _cell(self, cell: Element) -> str:
        return "\n".join(self._cell_lines(cell))

    def _cell_lines(self, parent: Element) -> Iterator[str]:
        """The lines of a cell; a table in it gives a line for every row."""
        for element in children(parent):
            if element.tag == f"{W}p":
                yield from self._lines_in_cell(element)
            elif element.tag == f"{W}tbl":
                grid = grid_of(element, self._cell)
                rows = (" ".join(" ".join(row.cells).split()) for row in grid)
                yield from filter(None, rows)
            else:
                yield from self._cell_lines(element)

    def _lines_in_cell(self, paragraph: Element) -> Iterator[str]:
        printed, label = self._printed([paragraph])
        for box in printed.boxes:
            yield from self._cell_lines(box)
        yield from filter(None, printed.art)
        texts = [line.text for line in printed.lines if line.text]
        # A column of numbers is often nothing but the numbers that Word counts.
        yield from filter(None, [(label + "".join(texts[:1])).strip(), *texts[1:]])

    def _where(self) -> Where:
        return Where(paragraph=next(self._places))


def _letters(body: Element) -> Encoding | None:
    """The old encoding of a whole document whose fonts do not tell it."""
    return encoding_of("\n".join(_plain_lines(body)))


def _plain_lines(root: Element) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        texts = (text.text or "" for text in paragraph.iter(f"{W}t"))
        yield "".join(texts).replace("\n", " ")


def _has_letterhead(root: Element) -> bool:
    lines = islice(_plain_lines(root), _FIRST_LINES)
    return any(_LETTERHEAD.search(fold(line)) for line in lines)


def _end_is_deleted(paragraph: Element) -> bool:
    marks = (paragraph.find(f"{W}pPr/{W}rPr/{W}{how}") for how in ("del", "moveFrom"))
    return any(mark is not None for mark in marks)


def _raw(row: Row) -> str:
    """A row on one line; what goes on from above is not said again."""
    cells = ("" if at in row.continued else cell for at, cell in enumerate(row.cells))
    return " | ".join(" ".join(cell.split()) for cell in cells)


def _lines(blocks: list[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        yield from block.down_the_columns() if isinstance(block, Table) else [block]
