"""Looking through a file that somebody attaches: its pages counted, no stamp of secrecy on it.

Nothing is recognised from pictures here; a scan is only counted.
"""

import io
import zipfile
from collections.abc import Iterator

import pypdfium2 as pdfium
from lxml import etree

from tracker.domain.attachment import PDF, SHOWN_AS_PICTURES, TEXT
from tracker.importer.orders import Looked
from tracker.importer.readers import image, pdf, stamps
from tracker.importer.readers.decode import decode
from tracker.importer.readers.secrecy import refuse_secret

_PACKED, _OPEN = "application/vnd.openxml", "application/vnd.oasis"
_LINES = ("{*}p", "{*}h")
# The stamp stands on the first pages or on an annex; a book is not read from end to end.
_MOST_PAGES = 300


def look_through(data: bytes, media_type: str) -> Looked:
    """How many pages it has, and whether its words were seen; raises Unreadable for a stamp."""
    if media_type == PDF:
        return _pdf(data)
    if media_type in SHOWN_AS_PICTURES:
        with image.opened(data) as picture:
            return Looked(pages=image.frames(picture), read=False)
    words = _words(data, media_type)
    if words is None:
        return Looked(pages=None, read=False)
    refuse_secret("\n".join(words))
    return Looked(pages=None, read=True)


def _words(data: bytes, media_type: str) -> Iterator[str] | None:
    if media_type == TEXT:
        return iter(decode(data).splitlines())
    if media_type.startswith(_PACKED):
        return stamps.words_of_package(data)
    return _of_open_document(data) if media_type.startswith(_OPEN) else None


def _of_open_document(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in {"content.xml", "styles.xml"} & set(package.namelist()):
            part = io.BytesIO(package.read(name))
            found = etree.iterparse(part, tag=_LINES, resolve_entities=False, no_network=True)
            yield from ("".join(line.itertext()) for _, line in found)


def _pdf(data: bytes) -> Looked:
    with pdf.opened(data) as document:
        pages = len(document)
        words = [_on_page(document[number]) for number in range(min(pages, _MOST_PAGES))]
    refuse_secret("\n".join(words))
    refuse_secret("\n".join(stamps.words_of_notes(data)))
    return Looked(pages=pages, read=pages <= _MOST_PAGES and all(map(str.strip, words)))


def _on_page(page: pdfium.PdfPage) -> str:
    words = page.get_textpage()
    try:
        return str(words.get_text_bounded())
    finally:
        words.close()
        page.close()
