"""Test documents as Word files, their numbers typed or made by Word's own numbering."""

import io
import re
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph as WordParagraph

from tests.importer.corpus import old_letters
from tests.importer.corpus.grids import cells
from tests.importer.corpus.notation import Columns, Grid, Line, Paper, Part

# How a typed number looks, and the format and text that Word makes it from.
_NUMBERS = [
    (re.compile(r"([A-D])\. "), "upperLetter", "%1."),
    (re.compile(r"([IVX]+)\. "), "upperRoman", "%1."),
    (re.compile(r"(\d+)\. "), "decimal", "%1."),
    (re.compile(r"([a-h])\) "), "lowerLetter", "%1)"),
    (re.compile(r"(-) "), "bullet", "-"),
]
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]


def typed(paper: Paper) -> bytes:
    return _written(paper, lambda _document, paragraph, text: _write(paragraph, text))


def numbered(paper: Paper) -> bytes:
    """Numbers and dashes are made by Word, those of the recipients as well."""
    return _written(paper, _numbers_by_word)


def in_tcvn3(paper: Paper) -> bytes:
    """Typed in the fonts of the TCVN3 letters, as in the years before Unicode."""
    return _written(paper, _write_tcvn3)


def in_vni(paper: Paper) -> bytes:
    """Typed in a VNI font."""
    return _written(paper, _write_vni)


Writer = Callable[[WordDocument, WordParagraph, str], None]


def _written(paper: Paper, writer: Writer) -> bytes:
    document = docx.Document()
    for part in paper.parts:
        _put(document, part, writer)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _put(document: WordDocument, part: Part, writer: Writer) -> None:
    if isinstance(part, Line):
        _line(document, part, writer)
    elif isinstance(part, Columns):
        _columns(document, part, writer)
    elif isinstance(part, Grid):
        _table(document, part)


def _line(document: WordDocument, line: Line, writer: Writer) -> None:
    paragraph = document.add_paragraph()
    writer(document, paragraph, line.text)
    if line.style == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in paragraph.runs:
        run.bold = line.style != "plain"


def _write(paragraph: WordParagraph, text: str) -> None:
    paragraph.add_run(text.replace("*", "") if len(text) > 1 else text)


def _write_tcvn3(_: WordDocument, paragraph: WordParagraph, text: str) -> None:
    for word, font in old_letters.runs_of_tcvn3(text.replace("*", "")):
        paragraph.add_run(word).font.name = font


def _write_vni(_: WordDocument, paragraph: WordParagraph, text: str) -> None:
    paragraph.add_run(old_letters.vni(text)).font.name = "VNI-Times"


def _columns(document: WordDocument, part: Columns, writer: Writer) -> None:
    """A table without rules of one row, as letterheads and signatures are set."""
    row = document.add_table(rows=1, cols=2).rows[0]
    for cell, lines in zip(row.cells, (part.left, part.right), strict=True):
        for at, line in enumerate(lines):
            paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
            writer(document, paragraph, line)


def _table(document: WordDocument, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows), cols=len(grid.widths))
    table.style = "Table Grid"
    for cell in cells(grid):
        last = table.cell(cell.row + cell.down - 1, cell.column + cell.across - 1)
        merged = table.cell(cell.row, cell.column).merge(last)
        merged.text = cell.text
    document.add_paragraph()


def _numbers_by_word(document: WordDocument, paragraph: WordParagraph, text: str) -> None:
    for pattern, form, shown in _NUMBERS:
        if found := pattern.match(text):
            _number(document, paragraph, (form, shown, _value(form, found[1])))
            return _write(paragraph, text[found.end() :])
    return _write(paragraph, text)


def _value(form: str, printed: str) -> int:
    if form == "decimal":
        return int(printed)
    if form == "upperRoman":
        return _ROMAN.index(printed) + 1
    return 1 if form == "bullet" else ord(printed.upper()) - ord("A") + 1


def _number(document: WordDocument, paragraph: WordParagraph, wanted: tuple[str, str, int]) -> None:
    """Attach the paragraph to a list: the running one, or a new one where the count restarts."""
    numbering = document.part.numbering_part.element
    form, shown, value = wanted
    name = f"{form}-list"
    running = [one for one in numbering.findall(qn("w:num")) if one.get("list") == name]
    if value == 1 or not running:
        identity = _new_list(numbering, form, shown, value)
    else:
        identity = running[-1].get(qn("w:numId"))
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{identity}"/></w:numPr>'
        )
    )


def _new_list(numbering: Any, form: str, shown: str, start: int) -> str:
    identity = str(900 + len(numbering))
    level = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}"><w:lvl w:ilvl="0">'
        f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/>'
        "</w:lvl></w:abstractNum>"
    )
    first = numbering.find(qn("w:num"))
    new = parse_xml(level)
    if first is None:
        numbering.append(new)
    else:
        first.addprevious(new)
    number = parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>'
    )
    number.set("list", f"{form}-list")
    numbering.append(number)
    return identity
