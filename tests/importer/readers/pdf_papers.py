"""Papers as PDF files and scans: what an office prints, and what its scanner makes of it."""

import functools
import io
import json
import random
import re
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
import typst
from PIL import Image, ImageChops, ImageFilter

from tests.importer.papers import HERE, PROGRAMME, plain

FONTS = HERE.parent / "fonts"
# Decree 30/2020, annex I: A4, 20 mm above and below, 30 mm to the left, 15 to 20 to the right.
_OFFICE = """
#let said = json(bytes(sys.inputs.at("said")))
#let runs(text) = text.split("*").enumerate().map(((i, t)) => if calc.odd(i) { emph(t) } else { t }).join()
#let column(lines, ..how) = align(center, lines.map(t => if t == t.trim("!") { runs(t) } else { strong(t.trim("!")) }).join(linebreak()))
#let numbered = context { let n = counter(page).get().first(); if n > 1 { align(center, str(n)) } }
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm), header: numbered)
#set text(font: "Tinos", size: 14pt, lang: "vi", hyphenate: false)
#set par(justify: true, first-line-indent: (amount: 1.27cm, all: true), leading: 0.6em, spacing: 0.9em)
"""  # noqa: E501
_PROGRAMME = (
    _OFFICE
    + """
#set par(first-line-indent: 0pt, justify: false)
#text(size: 13pt, grid(columns: (2fr, 3fr), column(said.left), column(said.right)))
#v(1em)
#align(center, strong(said.title.join(linebreak())))
#v(0.5em)
#set par(justify: true, first-line-indent: (amount: 1.27cm, all: true))
#for line in said.body [
  #if line.starts-with("!") { strong(line.trim("!")) } else { runs(line) }

]
#v(1em)
#set par(first-line-indent: 0pt, justify: false)
#grid(columns: (1fr, 1fr),
  text(size: 11pt)[#strong(emph(said.recipients.first())) \\ #said.recipients.slice(1).map(runs).join(linebreak())],
  column(said.signature.slice(0, -1)) + v(25mm) + column((said.signature.last(),)))
"""  # noqa: E501
)
_TABLE = (
    _OFFICE
    + """
#set page(flipped: said.flipped)
#set par(first-line-indent: 0pt, justify: false)
#align(center, strong(said.title))
#set text(size: 12pt)
#table(columns: said.columns.map(one => one * 1fr), table.header(..said.header.map(strong)),
  ..said.rows.flatten())
"""
)
_LEFT = ("ỦY BAN NHÂN DÂN", "!TỈNH BẮC NINH", "Số:       /CTr-UBND")
_RIGHT = (
    "!CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "!Độc lập - Tự do - Hạnh phúc",
    "*Bắc Ninh, ngày      tháng 01 năm 2026*",
)


def printed(template: str, **said: object) -> bytes:
    """A PDF of these words, in a font that travels with the tests."""
    inputs = {"said": json.dumps(said, ensure_ascii=False)}
    compiled: bytes = typst.compile(  # type: ignore[misc]  # its types infer nothing from bytes
        template.encode(),
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    return compiled


@functools.cache
def sample_as_pdf() -> bytes:
    """The real programme as an office prints it: letterhead, justified text, page numbers."""
    said = _sample_parts()
    return printed(_PROGRAMME, left=_LEFT, right=_RIGHT, **said)


def _sample_parts() -> dict[str, object]:
    text = PROGRAMME.read_text(encoding="utf-8").replace("kinh tế\n\n- xã hội", "kinh tế - xã hội")
    _, title, rest = re.split(r"(?m)^## (CHƯƠNG.*)$", text)
    body, tail = rest.split("#### **Nơi nhận:**")
    recipients, signature = tail.split("**TL. ")
    return {
        "title": [title.removesuffix(" Tháng 02 năm 2026"), "Tháng 02 năm 2026"],
        "body": [_marked(line) for line in body.split("\n\n") if line.strip()],
        "recipients": ["Nơi nhận:", *filter(None, recipients.strip().split("\n"))],
        "signature": [f"!{line.strip()}" for line in plain(f"TL. {signature}").split("\n") if line],
    }


def _marked(line: str) -> str:
    """A heading is printed bold; an owner's stars stay, for italics."""
    line = line.strip()
    return "!" + plain(line) if line.startswith(("#", "**")) else line


def paper_pdf(*lines: str) -> bytes:
    """A short programme of these paragraphs; "!" before one makes it bold."""
    return printed(
        _PROGRAMME,
        left=_LEFT,
        right=_RIGHT,
        title=["CHƯƠNG TRÌNH CÔNG TÁC", "Tháng 3 năm 2026"],
        body=lines,
        recipients=["Nơi nhận:", "- Văn phòng Chính phủ;", "- Lưu: VT."],
        signature=["!TL. CHỦ TỊCH", "!CHÁNH VĂN PHÒNG", "!Vũ Huy Phương"],
    )


def blank_pdf(*sizes: tuple[float, float]) -> bytes:
    """White pages of these widths and heights in points."""
    with pdfium.PdfDocument.new() as document:
        for width, height in sizes:
            document.new_page(width, height).close()
        return _saved(document)


def bound(*papers: bytes) -> bytes:
    """One PDF of the pages of several."""
    with pdfium.PdfDocument.new() as document:
        for source in map(pdfium.PdfDocument, papers):
            document.import_pages(source)
            source.close()
        return _saved(document)


def _saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table_pdf(
    rows: Iterable[Sequence[str]],
    *,
    header: Sequence[str],
    columns: Sequence[float],
    title: str = "CHƯƠNG TRÌNH CÔNG TÁC NĂM 2026",
    flipped: bool = False,
) -> bytes:
    """A ruled table whose header is printed again on every page."""
    facts = {"header": header, "columns": columns, "title": title, "flipped": flipped}
    return printed(_TABLE, rows=[list(row) for row in rows], **facts)


def pictures_of(pdf: bytes, *, dpi: int = 200) -> list[Image.Image]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]


def scan_of(
    pdf: bytes, *, dpi: int = 200, skew: float = 0.4, noise: float = 0.0, quality: int = 60
) -> bytes:
    """The pages as a scanner gives them: pictures in a PDF, a little askew, specked, blurred."""
    pages = [scanned(page, skew=skew, noise=noise) for page in pictures_of(pdf, dpi=dpi)]
    out = io.BytesIO()
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=quality
    )
    return out.getvalue()


def scanned(page: Image.Image, *, skew: float = 0.4, noise: float = 0.0) -> Image.Image:
    """One page askew by so many degrees, with specks on a share of its pixels."""
    turned = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.5))
    return _specked(soft, noise) if noise else soft


def _specked(page: Image.Image, noise: float) -> Image.Image:
    chance = random.Random(2026)  # noqa: S311 - the specks must be the same in every run
    specks = bytes(0 if chance.random() < noise else 255 for _ in range(page.width * page.height))
    return ImageChops.darker(page, Image.frombytes("L", page.size, specks))


def picture_file(page: Image.Image, form: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    page.save(out, form, **how)
    return out.getvalue()
