"""Reads pictures of pages: PNG, JPEG, and TIFF files of several pages."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps

from tracker.errors import Unreadable
from tracker.importer.blocks import Contents, File
from tracker.importer.readers import ocr
from tracker.importer.readers.page_contents import contents_of
from tracker.importer.readers.scans import is_blank, scale_for

_LONGEST_SIDE = 15_000
_MOST_PIXELS = 60_000_000
# What Pillow is known to say of damaged files.
_DAMAGE = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError,
    struct.error,
)  # fmt: skip


def read(file: File) -> Contents:
    """The paragraphs and tables on the pictures."""
    with opened(file.data) as picture, ocr.recogniser() as recogniser:
        count = frames(picture)
        if count > ocr.PAGE_LIMIT:
            raise Unreadable("file.too-many-scans", pages=count, limit=ocr.PAGE_LIMIT)
        pages = []
        for index in range(count):
            pages.append(recogniser.page(_at_200_dpi(frame(picture, index)), index + 1))
            file.progress(index + 1, count)
    return contents_of(pages)


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture file, not yet decoded, or the refusal of a damaged one."""
    # Our own limit is smaller than Pillow's, and its refusal tells the size.
    Image.MAX_IMAGE_PIXELS = None
    with _undamaged():
        picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
    with picture:
        yield picture


def frames(picture: Image.Image) -> int:
    """How many pages it has; a telephone's second picture is only a preview."""
    with _undamaged():
        return getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1


def frame(picture: Image.Image, index: int) -> Image.Image:
    """One page of the file, upright as the camera held it, in grey on white."""
    with _undamaged():
        picture.seek(index)
        width, height = picture.size
        if max(width, height) > _LONGEST_SIDE or width * height > _MOST_PIXELS:
            raise Unreadable("file.picture-too-large", width=width, height=height)
        return _grey(ImageOps.exif_transpose(picture))


@contextmanager
def _undamaged() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            # That a note beside the picture is damaged ("Corrupt EXIF data") matters to nobody.
            warnings.simplefilter("ignore", UserWarning)
            yield
    except _DAMAGE as error:
        raise Unreadable("file.damaged", format="PNG, JPEG, TIFF") from error


def _grey(upright: Image.Image) -> Image.Image:
    if upright.has_transparency_data:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    if upright.mode.startswith("I"):  # a scanner's 65,536 greys
        upright = upright.convert("I").point([level // 256 for level in range(65536)], "L")
    return upright.convert("L")


def _at_200_dpi(grey: Image.Image) -> Image.Image:
    """The picture with letters as large as the recogniser likes them."""
    told = grey.info.get("dpi", (None,))[0]
    scale = scale_for(*grey.size, dpi=float(told) if told else None)
    if is_blank(grey) or 0.9 < scale < 1.1:
        return grey
    size = (max(round(grey.width * scale), 1), max(round(grey.height * scale), 1))
    return grey.resize(size, Image.Resampling.LANCZOS)
