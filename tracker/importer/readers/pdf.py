"""Reads a PDF file: its printed text where it has any, the picture of the page elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from tracker.errors import Unreadable
from tracker.importer.blocks import Contents, File, Progress
from tracker.importer.readers import ocr
from tracker.importer.readers.page_contents import contents_of
from tracker.importer.readers.pages import Page
from tracker.importer.readers.pdf_words import page_of
from tracker.importer.readers.scans import is_blank, scale_for

PAGE_LIMIT = 300
_POINTS_PER_INCH = 72
_FEWEST_LETTERS = 20
# Of the letters of Vietnamese prose every fourth has a mark; a text layer made by a
# recogniser of English has almost none.
_FEWEST_MARKED = 0.05
_MOST_UNKNOWN = 0.2
_MOST_OF_PAGE = 0.7
_PART_OF_PAGE = 0.2
_UNKNOWN = "\ufffd"


def read(file: File) -> Contents:
    """The paragraphs and tables of the pages."""
    with opened(file.data) as document:
        refuse_pages(len(document), PAGE_LIMIT)
        pages = _printed_pages(document, file.progress)
        if len(pages) < len(document):
            _recognise_others(document, pages, file.progress)
    return contents_of([pages[index] for index in sorted(pages)])


def _printed_pages(document: pdfium.PdfDocument, progress: Progress) -> dict[int, Page]:
    """The pages that hold their text, by their place."""
    pages: dict[int, Page] = {}
    for index in range(len(document)):
        page = _printed(document, index)
        if page:
            pages[index] = page
            progress(len(pages), len(document))
    return pages


def _recognise_others(
    document: pdfium.PdfDocument, pages: dict[int, Page], progress: Progress
) -> None:
    scanned = [index for index in range(len(document)) if index not in pages]
    if len(scanned) > ocr.PAGE_LIMIT:
        raise Unreadable("file.too-many-scans", pages=len(scanned), limit=ocr.PAGE_LIMIT)
    with ocr.recogniser() as recogniser:
        for index in scanned:
            pages[index] = recogniser.page(picture_of(document, index), index + 1)
            progress(len(pages), len(document))


def refuse_pages(pages: int, limit: int) -> None:
    if pages > limit:
        raise Unreadable("file.too-many-pages", pages=pages, limit=limit)
    if pages == 0:
        raise Unreadable("file.empty")


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, or a refusal that says what stands in the way."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Unreadable("file.password") from error
        raise Unreadable("file.damaged", format="PDF") from error
    with document:
        try:
            yield document
        except pdfium.PdfiumError as error:
            raise Unreadable("file.damaged", format="PDF") from error


def picture_of(document: pdfium.PdfDocument, index: int) -> Image.Image:
    """The page in grey, its letters as large as at 200 dpi."""
    page = document[index]
    width, height = page.get_size()
    scale = scale_for(width, height, dpi=_POINTS_PER_INCH)
    own = _scale_of_scan(page, width)
    # Within this a scan is drawn pixel for pixel: any other scale would blur it.
    scale = own if 0.9 < own / scale < 1.1 else scale
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    page.close()
    return picture


def _scale_of_scan(page: pdfium.PdfPage, width: float) -> float:
    """The pixels of a point, of the picture that covers the page; 0 when none does."""
    for found in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, _, right, _ = found.get_bounds()
        if right - left > 0.95 * width and page.get_rotation() == 0:
            # A hair less, for a fraction of a pixel would become a whole one.
            return float((found.get_px_size()[0] - 0.01) / (right - left))
    return 0.0


def _printed(document: pdfium.PdfDocument, index: int) -> Page | None:
    """The page as its text says it; None when only its picture tells what is printed there."""
    page = document[index]
    try:
        found = page_of(page, index + 1)
        needs_eyes = _is_unread(found, page)
    finally:
        page.close()
    if needs_eyes and not is_blank(picture_of(document, index)):
        return None
    known = [word for word in found.words if word.text.strip(_UNKNOWN)]
    return replace(found, words=known)


def _is_unread(found: Page, page: pdfium.PdfPage) -> bool:
    text = "".join(word.text for word in found.words)
    letters = sum(letter.isalpha() for letter in text)
    unknown = sum(letter == _UNKNOWN or "\ue000" <= letter <= "\uf8ff" for letter in text)
    if unknown > _MOST_UNKNOWN * len(text) or not letters:
        return True
    pictured = _pictured(page, found)
    if letters < _FEWEST_LETTERS:
        return pictured > _PART_OF_PAGE
    marked = sum(letter.isalpha() and not letter.isascii() for letter in text)
    return pictured > _MOST_OF_PAGE and marked < _FEWEST_MARKED * letters


def _pictured(page: pdfium.PdfPage, found: Page) -> float:
    """The share of the page that its largest picture covers."""
    areas = [0.0]
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, bottom, right, top = image.get_bounds()
        areas.append((right - left) * (top - bottom))
    return max(areas) / max(found.width * found.height, 1.0)
