"""The picture beside which a person checks what was read."""

import io

import pytest
from PIL import Image

from tests.importer.readers.pdf_papers import blank_pdf, picture_file, pictures_of, sample_as_pdf
from tracker.errors import Unreadable
from tracker.importer.pictures import picture_of

PDF = "application/pdf"


def drawn(data: bytes, media_type: str, page: int = 1) -> Image.Image:
    return Image.open(io.BytesIO(picture_of(data, media_type, page)))


@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_page_of_a_pdf_is_a_small_picture(page: int) -> None:
    picture = picture_of(sample_as_pdf(), PDF, page)
    assert len(picture) < 200_000
    assert Image.open(io.BytesIO(picture)).width == 1000


def test_a_large_picture_is_made_smaller_and_a_small_one_left() -> None:
    large, small = (picture_file(Image.new("L", (width, 400), 255)) for width in (2400, 300))
    assert [drawn(data, "image/png").width for data in (large, small)] == [1000, 300]


def test_a_page_of_a_tiff_is_the_one_asked_for() -> None:
    dark = Image.new("L", (20, 20), 0)
    white = Image.new("L", (20, 20), 255)
    data = picture_file(dark, "TIFF", save_all=True, append_images=[white])
    assert drawn(data, "image/tiff", 2).getpixel((9, 9)) == 255


@pytest.mark.parametrize("page", [0, -1, 4])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(Unreadable) as refused:
        picture_of(sample_as_pdf(), PDF, page)
    assert refused.value.code == "file.no-such-page"


def test_a_file_without_pages_has_no_picture() -> None:
    with pytest.raises(Unreadable):
        picture_of(b"text", "text/plain", 1)


def test_a_page_of_absurd_size_is_drawn_small() -> None:
    assert max(drawn(blank_pdf((14_000, 14_000)), PDF).size) <= 3000


def test_a_picture_file_is_shown_as_it_is() -> None:
    page = pictures_of(sample_as_pdf(), dpi=60)[0]
    assert drawn(picture_file(page), "image/png").size == page.size
