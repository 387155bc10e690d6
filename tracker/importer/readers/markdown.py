"""Markdown, as converters make it from Word and PDF: marks come off, printed numbers stay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tracker.importer.blocks import Block, Contents, File, Heading, Paragraph, Row, Table, Where
from tracker.importer.readers.decode import decode_with_remarks

# Office documents hold no code and no HTML, and a rule of dashes under a line is no heading:
# each of these would swallow or restyle printed words.
_NOT_IN_OFFICES = [
    "code", "fence", "html_block", "html_inline", "lheading", "reference", "autolink",
]  # fmt: skip
_BREAKS = ("softbreak", "hardbreak")
_BREAK_TAG = re.compile(r" ?<br ?/?> ?")


@dataclass
class _Line:
    words: list[str] = field(default_factory=list)
    plain: bool = False
    styles: set[str] = field(default_factory=set)

    def add(self, word: str, *, strong: bool, emphasis: bool) -> None:
        self.words.append(word)
        if word.strip(" .:;,"):
            here = {"bold"} if strong else set()
            here |= {"italic"} if emphasis else set()
            self.styles = here if not self.plain else self.styles & here
            self.plain = True

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def read(file: File) -> Contents:
    """The blocks of a Markdown file, list numbers as printed rather than counted."""
    text, remarks = decode_with_remarks(file.data)
    return Contents(tuple(_Reading(text).blocks()), remarks)


class _Reading:
    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        parser = MarkdownIt("commonmark").enable("table").disable(_NOT_IN_OFFICES)
        self._tokens = parser.parse(text)
        self._blocks: list[Block] = []
        self._printed = ""

    def blocks(self) -> list[Block]:
        tokens = iter(self._tokens)
        for token in tokens:
            if token.type == "list_item_open":
                self._printed = f"{token.info}{token.markup} "
            elif token.type == "table_open":
                self._add_table(token, tokens)
            elif token.type in ("paragraph_open", "heading_open"):
                self._add_lines(next(tokens), heading=token.type == "heading_open")
        return self._blocks

    def _add_lines(self, inline: Token, *, heading: bool) -> None:
        first = (inline.map or [0])[0]
        kind = Heading if heading else Paragraph
        for offset, line in enumerate(_lines(inline.children or [])):
            text = " ".join((self._printed + line.text).split())
            if line.text:
                self._blocks.append(
                    kind(
                        text,
                        self._lines[min(first + offset, len(self._lines) - 1)],
                        Where(first + offset + 1, len(self._blocks) + 1),
                        bold="bold" in line.styles,
                        italic="italic" in line.styles,
                        continues=offset > 0,
                    )
                )
                self._printed = ""

    def _add_table(self, opening: Token, tokens: Iterator[Token]) -> None:
        start, end = opening.map or [0, 0]
        rows: list[tuple[int, list[str]]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append(((token.map or [start])[0] + 1, []))
            elif token.type == "inline":
                rows[-1][1].append("\n".join(_cell(token)))
            elif token.type == "table_close":
                break
        paragraph = len(self._blocks) + 1
        made = tuple(
            Row(tuple(cells), Where(line, paragraph, row=number))
            for number, (line, cells) in enumerate(rows, start=1)
        )
        raw = "\n".join(self._lines[start:end])
        self._blocks.append(Table(made, raw, Where(start + 1, paragraph)))


def _lines(children: list[Token]) -> list[_Line]:
    lines, strong, emphasis = [_Line()], 0, 0
    for child in children:
        strong += _step(child, "strong")
        emphasis += _step(child, "em")
        if child.type in _BREAKS:
            lines.append(_Line())
        elif child.content and child.type != "image":
            lines[-1].add(child.content, strong=strong > 0, emphasis=emphasis > 0)
    return lines


def _step(token: Token, mark: str) -> int:
    return {f"{mark}_open": 1, f"{mark}_close": -1}.get(token.type, 0)


def _cell(inline: Token) -> list[str]:
    """A cell's lines; converters write the breaks inside a cell as <br>."""
    return [part for line in _lines(inline.children or []) for part in _BREAK_TAG.split(line.text)]
