"""A scanned page made ready for recognition: upright, clean, at 200 dpi; and its printed rules."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from tracker.importer.readers.pages import Ruling

# At 200 dpi Tesseract is right more often than at 150 or 300.
DPI = 200
_A4_WIDTH, _A4_HEIGHT = 1654, 2339  # at that resolution
PIXEL_LIMIT = 25_000_000
_ENLARGED = 3.0
_STEEPEST = 4.0  # degrees; a page that lies more askew was not scanned but photographed
_LOOK_WIDTH = 600
_DARK = 140
# In pixels; no letter of an office paper is as high, and few dashes are as long.
_SHORTEST_UPRIGHT, _SHORTEST_LEVEL = 50, 70
_THICKEST_RULE = 14  # pixels; more is a shaded cell
_LEAN = 0.03  # of its length; a photographed page has its rules a little aslant
# Hairlines come out grey; only longer ones are believed, for letters touch in a grey haze.
_RULE_SHADES = ((140, 1.0), (190, 2.0), (220, 2.5))
_WHITE = 255
_FAINTEST = 200  # what is lighter is dust, not print
_BLACK_OF_INK = 0.02  # so much of the print is black, even where the rest came out grey


def scale_for(width: float, height: float, *, dpi: float | None = None) -> float:
    """By how much to enlarge a picture of that size so that its letters are as at 200 dpi.

    A resolution is believed when it gives a page between A6 and A2.
    """
    longest = max(width, height)
    if dpi and 5.8 <= longest / dpi <= 23.4:
        scale = DPI / dpi
    else:
        scale = (_A4_HEIGHT if width > height else _A4_WIDTH) / max(width, 1)
    largest = math.sqrt(PIXEL_LIMIT / max(width * height, 1))
    return min(scale, _ENLARGED, largest)


def is_blank(picture: Image.Image) -> bool:
    """Whether nothing is printed there; dust may lie on it."""
    dark = sum(picture.convert("L").histogram()[:_DARK])
    return dark < 0.0002 * picture.width * picture.height


def cleaned(picture: Image.Image) -> tuple[Image.Image, float]:
    """The picture in grey on white, its shadows and specks taken off, and set upright.

    Also by how many degrees it was turned to the left for that.
    """
    grey = _without_shadows(picture.convert("L"))
    if _is_specked(grey):
        grey = grey.filter(ImageFilter.MedianFilter(3))
    angle = _angle(grey)
    if abs(angle) < 0.1:
        return grey, 0.0
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_WHITE), angle


def _without_shadows(grey: Image.Image) -> Image.Image:
    """The paper made white: around every place the lightest grey is the paper's."""
    small = grey.resize((max(grey.width // 12, 1), max(grey.height // 12, 1)), Image.Resampling.BOX)
    light = small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(3))
    paper = light.resize(grey.size, Image.Resampling.BILINEAR)
    even = ImageChops.invert(ImageChops.subtract(paper, grey))
    return _blackened(even)


def _blackened(even: Image.Image) -> Image.Image:
    """The print made black, by its own greys: on a page of one name, dust is most of the dark."""
    darker = list(accumulate(even.histogram()))
    ink = darker[_FAINTEST - 1]
    black = next(level for level, count in enumerate(darker) if count >= _BLACK_OF_INK * ink)
    if not ink or not black:
        return even
    slope = _WHITE / (_WHITE - black)
    return even.point([max(round((level - black) * slope), 0) for level in range(256)])


def _is_specked(grey: Image.Image) -> bool:
    """Specks lie on the white between the letters as well; the letters' edges do not."""
    lost = ImageChops.difference(grey, grey.filter(ImageFilter.MedianFilter(3)))
    squares = (max(grey.width // 32, 1), max(grey.height // 32, 1))
    amounts = sorted(lost.resize(squares, Image.Resampling.BOX).tobytes())
    return amounts[len(amounts) // 5] >= 1


def _angle(grey: Image.Image) -> float:
    """By how many degrees to turn the page so that its lines are level.

    Level lines make rows of pixels that are either dark or white: the more the rows differ,
    the better.
    """
    height = max(round(grey.height * _LOOK_WIDTH / grey.width), 1)
    small = ImageChops.invert(grey.resize((_LOOK_WIDTH, height), Image.Resampling.BOX))
    best = 0.0
    for step, reach in ((0.5, _STEEPEST), (0.1, 0.4), (0.05, 0.05)):
        count = round(reach / step)
        tried = [best + step * number for number in range(-count, count + 1)]
        best = max(tried, key=lambda angle: (_contrast(small, angle), -abs(angle)))
    return best if abs(best) < _STEEPEST else 0.0


def _contrast(small: Image.Image, angle: float) -> float:
    turned = small.rotate(angle, Image.Resampling.BILINEAR)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX)
    return ImageStat.Stat(rows).var[0]


def unruled(grey: Image.Image, *, scale: float) -> tuple[Image.Image, list[Ruling]]:
    """The picture without its printed rules, and those rules in points.

    A rule beside a word would be read as a letter; `scale` is the points of a pixel.
    """
    bare = grey.copy()
    found: list[Ruling] = []
    for shade, longer in _RULE_SHADES:
        # Widened by a pixel, a rule that is a little askew is whole.
        dark = grey.point([_WHITE if level < shade else 0 for level in range(256)])
        dark = dark.filter(ImageFilter.MaxFilter(3))
        turned = dark.transpose(Image.Transpose.TRANSPOSE)
        ways = [(False, dark, _SHORTEST_LEVEL), (True, turned, _SHORTEST_UPRIGHT)]
        for upright, picture, shortest in ways:
            bands = list(_rules(picture, round(shortest * longer)))
            _paint_over(bare, bands, upright=upright)
            found += [band.ruling(scale, upright=upright) for band in bands]
    return bare, found


@dataclass
class _Band:
    """Dark runs that lie on one another: a rule, straight or leaning, or a shaded cell."""

    runs: list[tuple[int, int, int]] = field(default_factory=list)
    left: int = 0
    right: int = 0

    def touches(self, start: int, end: int) -> bool:
        return self.left <= end and start <= self.right

    def add(self, row: int, start: int, end: int) -> None:
        self.left = min(self.left, start) if self.runs else start
        self.right = max(self.right, end)
        self.runs.append((row, start, end))

    @property
    def is_rule(self) -> bool:
        """Thin, and hardly leaning."""
        length = self.right - self.left
        height = self.runs[-1][0] - self.runs[0][0] + 1
        area = sum(end - start for _, start, end in self.runs)
        return area <= _THICKEST_RULE * length and height <= _THICKEST_RULE + _LEAN * length

    def ruling(self, scale: float, *, upright: bool) -> Ruling:
        middle = (self.runs[0][0] + self.runs[-1][0]) / 2
        return Ruling(upright, middle * scale, self.left * scale, self.right * scale)


def _paint_over(picture: Image.Image, bands: list[_Band], *, upright: bool) -> None:
    draw = ImageDraw.Draw(picture)
    for row, start, end in (run for band in bands for run in band.runs):
        ends = (row, start, row, end) if upright else (start, row, end, row)
        draw.line(ends, fill=_WHITE)


def _rules(dark: Image.Image, shortest: int) -> Iterator[_Band]:
    """Long dark runs of pixels that lie on one another and are thin together."""
    above: list[_Band] = []
    for row, runs in enumerate([*_runs(dark, shortest), []]):
        here: list[_Band] = []
        for start, end in runs:
            band = next((one for one in above if one.touches(start, end)), _Band())
            above = [one for one in above if one is not band]
            band.add(row, start, end)
            here.append(band)
        yield from (band for band in above if band.is_rule)
        above = here


def _runs(dark: Image.Image, shortest: int) -> Iterator[list[tuple[int, int]]]:
    """The long dark runs of every row of pixels."""
    long_run = re.compile(rb"\xff{%d,}" % shortest)
    data, width = dark.tobytes(), dark.width
    for start in range(0, len(data), width):
        yield [found.span() for found in long_run.finditer(data[start : start + width])]
