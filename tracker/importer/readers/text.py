"""Plain text: every line that is not blank is one printed line."""

from tracker.importer.blocks import Block, Contents, File, Paragraph, Where
from tracker.importer.readers.decode import decode_with_remarks
from tracker.importer.readers.tabbed import in_columns


def read(file: File) -> Contents:
    """The lines as paragraphs; a line right under another continues its paragraph."""
    text, remarks = decode_with_remarks(file.data)
    return Contents(tuple(in_columns(_lines(text))), remarks)


def _lines(text: str) -> list[Block]:
    blocks: list[Block] = []
    above_is_blank = True
    for number, line in enumerate(text.split("\n"), start=1):
        words = " ".join(line.split())
        if words:
            where = Where(number, len(blocks) + 1)
            blocks.append(Paragraph(words, line, where, continues=not above_is_blank))
        above_is_blank = not words
    return blocks
