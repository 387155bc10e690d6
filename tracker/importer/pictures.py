"""The picture of a page beside which a person checks what was read from it."""

import io

from PIL import Image, ImageOps

from tracker.errors import Unreadable
from tracker.importer.readers import image, pdf
from tracker.importer.readers.choose import JPEG, PDF, PNG, TIFF

_WIDTH = 1000
_TALLEST = 3000
_QUALITY = 40
_ENLARGED = 4.0


def picture_of(data: bytes, media_type: str, page: int) -> bytes:
    """The page, counted from one, as a JPEG file of about 1,000 pixels across."""
    if media_type == PDF:
        return _as_jpeg(_of_pdf(data, page))
    if media_type in (PNG, JPEG, TIFF):
        return _as_jpeg(_of_picture(data, page))
    raise Unreadable("file.no-such-page", page=page)


def _of_pdf(data: bytes, number: int) -> Image.Image:
    with pdf.opened(data) as document:
        _must_exist(number, len(document))
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_WIDTH / max(width, 1), _TALLEST / max(height, 1), _ENLARGED)
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        page.close()
        return picture


def _of_picture(data: bytes, number: int) -> Image.Image:
    with image.opened(data) as opened:
        _must_exist(number, image.frames(opened))
        return image.frame(opened, number - 1)


def _must_exist(number: int, pages: int) -> None:
    if not 1 <= number <= pages:
        raise Unreadable("file.no-such-page", page=number)


def _as_jpeg(picture: Image.Image) -> bytes:
    shown = ImageOps.contain(picture, (_WIDTH, _TALLEST)) if picture.width > _WIDTH else picture
    out = io.BytesIO()
    shown.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
