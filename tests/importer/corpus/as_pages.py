"""Test documents as PDF with text, and as scans: pictures of those pages, slightly spoilt."""

import io
import json
import random
from typing import Any

import pypdfium2
import typst
from PIL import Image, ImageFilter

from tests.house import ROOT
from tests.importer.corpus.grids import cells
from tests.importer.corpus.notation import Columns, Grid, Line, Paper, Part

_TEMPLATE = """
#let parts = json(bytes(sys.inputs.parts))
#set page(paper: "a4", margin: (left: 30mm, right: 18mm, y: 20mm), numbering: "1")
#set text(font: "Tinos", size: 13pt, lang: "vi", hyphenate: false)
#set par(justify: true)
#let lines(texts) = texts.map(text => par(justify: false, text)).join()
#for part in parts {
  if part.kind == "line" {
    if part.style == "title" { align(center, strong(part.text)) }
    else if part.style == "bold" { par(strong(part.text)) }
    else { par(first-line-indent: (amount: 10mm, all: true), part.text) }
  } else if part.kind == "columns" {
    block(breakable: false, grid(columns: (1fr, 1.4fr), column-gutter: 5mm,
      lines(part.left), align(center, lines(part.right))))
  } else {
    set text(size: float(sys.inputs.size) * 1pt)
    set par(justify: false)
    table(columns: part.widths.map(width => width * 1fr),
      ..part.cells.map(cell => table.cell(x: cell.column, y: cell.row,
        colspan: cell.across, rowspan: cell.down, cell.text)))
  }
}
"""
_FONTS = ROOT / "tests" / "fonts"
_DOTS_PER_INCH = 200


def pdf(paper: Paper) -> bytes:
    """A4 pages in the fonts of the repository, so that every machine prints the same."""
    parts = [_told(part) for part in paper.parts if isinstance(part, Line | Columns | Grid)]
    said = {
        "parts": json.dumps(parts, ensure_ascii=False),
        "size": paper.facts.get("table-size", "11"),
    }
    return typst.compile(
        _TEMPLATE.encode(),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_FONTS]),
        sys_inputs=said,
    )


def picture(paper: Paper) -> bytes:
    """The first page as a scanner's picture."""
    return _saved(_scanned(paper)[0], "PNG")


def photograph(paper: Paper) -> bytes:
    """The first page as a telephone's scanning program keeps it."""
    return _saved(_scanned(paper)[0], "JPEG")


def _saved(page: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    page.save(file, form)
    return file.getvalue()


def pictures(paper: Paper) -> bytes:
    """Every page as a picture, in a PDF without text."""
    first, *others = _scanned(paper)
    file = io.BytesIO()
    first.save(file, "PDF", save_all=True, append_images=others, resolution=_DOTS_PER_INCH)
    return file.getvalue()


def _told(part: Part) -> dict[str, Any]:
    if isinstance(part, Line):
        return {"kind": "line", "style": part.style, "text": part.text.replace("*", "")}
    if isinstance(part, Columns):
        return {"kind": "columns", "left": part.left, "right": part.right}
    assert isinstance(part, Grid)
    printed = [cell._asdict() for cell in cells(part)]
    return {"kind": "table", "widths": part.widths, "cells": printed}


def _scanned(paper: Paper) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf(paper))
    pages = [page.render(scale=_DOTS_PER_INCH / 72).to_pil() for page in document]
    document.close()
    return [_spoilt(page.convert("L")) for page in pages]


def _spoilt(page: Image.Image) -> Image.Image:
    """Laid on the glass a little askew, soft, with specks of dust."""
    page = page.rotate(0.4, resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(0.5))
    dust = random.Random(7)  # noqa: S311 - the same dust each time
    for _ in range(400):
        page.putpixel((dust.randrange(page.width), dust.randrange(page.height)), 90)
    return page
