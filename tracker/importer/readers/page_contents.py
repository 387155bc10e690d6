"""The pages of a PDF or scan become blocks: paragraphs and tables in the order of reading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.importer.blocks import Block, Contents, Paragraph, Remark, Row, Table
from tracker.importer.readers.page_grids import Grid, grids_of
from tracker.importer.readers.page_lines import Columns, lines_of, printed_of
from tracker.importer.readers.page_margins import in_margins
from tracker.importer.readers.page_paragraphs import (
    Passage,
    column_texts,
    margins_of,
    paragraphs_of,
)
from tracker.importer.readers.page_tables import Ruled, continues, table_of
from tracker.importer.readers.page_unruled import grids_without_rules
from tracker.importer.readers.pages import Line, Page, Word, around, confidence_of, joined

_Part = Line | Columns | Ruled


def contents_of(pages: Sequence[Page]) -> Contents:
    """What the pages hold; page numbers and running heads are set aside."""
    tables: list[list[Ruled]] = []
    for page in pages:
        tables.append(_tables(page, above=tables[-1] if tables else []))
    margins = in_margins(
        [
            lines_of(page, _outside(page.words, ruled))
            for page, ruled in zip(pages, tables, strict=True)
        ]
    )
    aside = {id(word) for line in margins for word in line.words}
    blocks = _blocks(
        [
            part
            for page, ruled in zip(pages, tables, strict=True)
            for part in _parts(page, ruled, aside=aside)
        ]
    )
    dropped = (
        _paragraph(Passage([line]), number)
        for number, line in enumerate(margins, start=len(blocks) + 1)
    )
    marks = (
        _paragraph(Passage([Line(page, tuple(mark))]), len(blocks) + 1)
        for page in pages
        for mark in page.overprints
    )
    recognised = sum(page.recognised for page in pages)
    remarks = (Remark("scanned", {"pages": recognised}),) if recognised else ()
    return Contents(tuple(blocks), remarks, (*dropped, *marks), pages=len(pages))


def _tables(page: Page, *, above: list[Ruled]) -> list[Ruled]:
    """The tables of a page, from the top down; `above` are those of the page before."""
    ruled = _filled(page.words, grids_of(page))
    free = _outside(page.words, ruled)
    last = above[-1].grid if above and not above[-1].grid.is_ruled else None
    return sorted(
        [*ruled, *_filled(free, grids_without_rules(page, free, above=last))],
        key=lambda table: table.top,
    )


def _filled(words: Sequence[Word], grids: Iterable[Grid]) -> list[Ruled]:
    found = (Ruled(grid, [word for word in words if grid.holds(word)]) for grid in grids)
    return [table for table in found if table.words]


def _outside(words: Iterable[Word], tables: list[Ruled]) -> list[Word]:
    inside = {id(word) for table in tables for word in table.words}
    return [word for word in words if id(word) not in inside]


def _parts(page: Page, tables: list[Ruled], *, aside: set[int]) -> Iterator[_Part]:
    """What stands on a page, from top to bottom."""
    free = [word for word in _outside(page.words, tables) if id(word) not in aside]
    for table in tables:
        yield from printed_of(page, [word for word in free if word.middle < table.top])
        yield table
        free = [word for word in free if word.middle >= table.top]
    yield from printed_of(page, free)


def _blocks(parts: list[_Part]) -> list[Block]:
    margins = margins_of([part for part in parts if isinstance(part, Line)])
    blocks: list[Block] = []
    for run in _runs(parts):
        first, number = run[0], len(blocks) + 1
        lines = [part for part in run if isinstance(part, Line)]
        if isinstance(first, Columns):
            more = [part for part in run[1:] if isinstance(part, Columns)]
            blocks.append(_side_by_side([first, *more], lines, number))
        elif isinstance(first, Ruled):
            tables = [part for part in run if isinstance(part, Ruled)]
            blocks.append(table_of(tables, number=number))
        else:
            passages = enumerate(paragraphs_of(lines, margins), start=number)
            blocks += [_paragraph(passage, number) for number, passage in passages]
    return blocks


def _runs(parts: list[_Part]) -> list[list[_Part]]:
    """Parts that may belong together: successive lines, the pieces of one table."""
    runs: list[list[_Part]] = []
    for part in parts:
        if runs and _belong_together(runs[-1][0 if isinstance(runs[-1][0], Columns) else -1], part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _belong_together(above: _Part, below: _Part) -> bool:
    if isinstance(above, Ruled) and isinstance(below, Ruled):
        return continues(above, below)
    if isinstance(above, Columns) and isinstance(below, Columns):
        return above.goes_on_beside(below)
    if isinstance(above, Columns):
        return isinstance(below, Line) and above.goes_on_in(below)
    return isinstance(above, Line) and isinstance(below, Line)


def _paragraph(passage: Passage, number: int) -> Paragraph:
    lines = passage.lines
    page = lines[0].page
    here = [line for line in lines if line.page is page and line.column == lines[0].column]
    return Paragraph(
        joined(lines),
        "\n".join(line.text for line in lines),
        replace(page.where(around(here)), paragraph=number),
        bold=all(line.bold for line in lines),
        italic=all(line.italic for line in lines),
        continues=passage.continues,
        confidence=confidence_of(lines),
    )


def _side_by_side(columns: list[Columns], rest: list[Line], number: int) -> Table:
    """A letterhead or signature block, `rest` of its left column on the next page: two cells."""
    left = [*(line for one in columns for line in one.left), *rest]
    right = [line for one in columns for line in one.right]
    cells = tuple("\n".join(column_texts(side)) for side in (left, right))
    first = columns[0]
    where = replace(first.page.where(around(first.lines)), paragraph=number)
    row = Row(cells, replace(where, row=1), confidence=confidence_of([*left, *right]))
    return Table((row,), " | ".join(cells), where)
