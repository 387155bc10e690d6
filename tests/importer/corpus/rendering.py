"""A test document as a file of each format that it is natural in."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.importer.corpus import as_pages, as_sheet, as_text, as_word
from tests.importer.corpus.notation import Paper, papers

_RENDERERS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "txt": ("txt", as_text.plain),
    "txt-wrapped": ("txt", as_text.wrapped),
    "md": ("md", as_text.markdown),
    "md-nfd": ("md", as_text.decomposed),
    "csv": ("csv", as_text.separated),
    "docx": ("docx", as_word.typed),
    "docx-numbered": ("docx", as_word.numbered),
    "xlsx": ("xlsx", as_sheet.workbook),
    "pdf": ("pdf", as_pages.pdf),
    "scan-pdf": ("pdf", as_pages.pictures),
    "docx-tcvn3": ("docx", as_word.in_tcvn3),
    "docx-vni": ("docx", as_word.in_vni),
    "jpg": ("jpg", as_pages.photograph),
    "png": ("png", as_pages.picture),
}


class Rendering(NamedTuple):
    """A test document in one format."""

    paper: Paper
    form: str

    @property
    def name(self) -> str:
        return f"{self.paper.name}.{self.form}"

    @property
    def file_name(self) -> str:
        return f"{self.paper.name}.{_RENDERERS[self.form][0]}"

    def data(self) -> bytes:
        return _RENDERERS[self.form][1](self.paper)


def renderings() -> Iterator[Rendering]:
    for paper in papers():
        yield from (Rendering(paper, form) for form in paper.formats)
