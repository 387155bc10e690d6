"""What a Word document's styles say: how a run looks, which list a paragraph belongs to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.importer.readers.word_package import Element, W

_OFF = {"0", "false", "off", "none"}
_HEADING = re.compile(r"heading \d", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d", re.IGNORECASE)
_FONT_SLOTS = ("hAnsi", "ascii", "cs")


@dataclass(frozen=True)
class Look:
    """How a run is printed."""

    bold: bool
    italic: bool
    hidden: bool
    capitals: bool
    font: str


@dataclass(frozen=True)
class Listed:
    """A paragraph's place in a list; without a level of its own, its styles lead to it."""

    list_id: int
    level: int | None = None
    styled_level: int = 0
    styles: tuple[str, ...] = ()


class Styles:
    """The styles of one document; what a style leaves open, the style it is based on decides."""

    def __init__(self, root: Element | None) -> None:
        every = root.findall(f"{W}style") if root is not None else []
        self._by_id = {style.get(f"{W}styleId", ""): style for style in every}
        self._default = next((_id(one) for one in every if _is_default(one)), "")
        self._defaults = _found(root, f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._looks: dict[tuple[str, str], Look] = {}

    def look(self, paragraph: Element, run: Element | None) -> Look:
        """How a run of this paragraph is printed."""
        own = run.find(f"{W}rPr") if run is not None else None
        key = (self._paragraph_style(paragraph), value(own, "rStyle"))
        if key not in self._looks:
            self._looks[key] = _look(list(self._run_properties(*key)), None)
        base = self._looks[key]
        return base if own is None else _look([own], base)

    def listed(self, paragraph: Element) -> Listed | None:
        """The list that numbers this paragraph, by itself or by its style."""
        own = _found(paragraph, f"{W}pPr/{W}numPr")
        chain = list(self._chain(self._paragraph_style(paragraph)))
        styled = [_found(style, f"{W}pPr/{W}numPr") for style in chain]
        list_id = _first_number([own, *styled], "numId")
        if not list_id:
            return None
        level = _first_number([own], "ilvl")
        if level is None and number(value(own, "numId")) is not None:
            level = 0
        styled_level = _first_number(styled, "ilvl") or 0
        return Listed(list_id, level, styled_level, tuple(map(_id, chain)))

    def is_heading(self, paragraph: Element) -> bool:
        """Whether Word shows this paragraph in its outline."""
        chain = list(self._chain(self._paragraph_style(paragraph)))
        if any(_HEADING.match(value(style, "name")) for style in chain):
            return True
        places = (_found(one, f"{W}pPr") for one in (paragraph, *chain))
        level = _first_number(places, "outlineLvl")
        return level is not None and level < 9

    def is_contents(self, paragraph: Element) -> bool:
        """Whether this is a line of a table of contents that Word made."""
        chain = self._chain(self._paragraph_style(paragraph))
        return any(_CONTENTS.match(value(style, "name")) for style in chain)

    def style_list(self, style_id: str) -> int | None:
        """The list that a list style stands for."""
        style = self._by_id.get(style_id)
        return _first_number([_found(style, f"{W}pPr/{W}numPr")], "numId")

    def _paragraph_style(self, paragraph: Element) -> str:
        named = value(_found(paragraph, f"{W}pPr"), "pStyle")
        return named if named in self._by_id else self._default

    def _run_properties(self, paragraph_style: str, run_style: str) -> Iterator[Element]:
        for name in (run_style, paragraph_style):
            found = (_found(style, f"{W}rPr") for style in self._chain(name))
            yield from (one for one in found if one is not None)
        if self._defaults is not None:
            yield self._defaults

    def _chain(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            yield self._by_id[style_id]
            style_id = value(self._by_id[style_id], "basedOn")


def value(parent: Element | None, name: str) -> str:
    """The value of a child element, "" when there is none."""
    child = _found(parent, f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def number(written: str) -> int | None:
    """A number as an attribute writes it; None for whatever is none."""
    is_number = written.isascii() and written.isdecimal() and len(written) < 10
    return int(written) if is_number else None


def flag(parent: Element | None, name: str) -> bool | None:
    """A switch such as bold: on, off, or left open."""
    child = _found(parent, f"{W}{name}")
    return None if child is None else child.get(f"{W}val", "1").lower() not in _OFF


def _look(places: list[Element], base: Look | None) -> Look:
    base = base or Look(bold=False, italic=False, hidden=False, capitals=False, font="")
    return Look(
        bold=_first_flag(places, "b", base.bold),
        italic=_first_flag(places, "i", base.italic),
        hidden=_first_flag(places, "vanish", base.hidden),
        capitals=_first_flag(places, "caps", base.capitals),
        font=next(filter(None, map(font_of, places)), base.font),
    )


def font_of(properties: Element) -> str:
    """The font of the accented letters; a font of the theme is none of the old ones."""
    fonts = properties.find(f"{W}rFonts")
    if fonts is None:
        return ""
    named = (fonts.get(f"{W}{slot}Theme") or fonts.get(f"{W}{slot}") for slot in _FONT_SLOTS)
    return next(filter(None, named), "")


def _first_flag(places: list[Element], name: str, otherwise: object) -> bool:
    said = (flag(one, name) for one in places)
    return bool(next((one for one in said if one is not None), otherwise))


def _first_number(places: Iterable[Element | None], name: str) -> int | None:
    said = (number(value(one, name)) for one in places)
    return next((one for one in said if one is not None), None)


def _found(parent: Element | None, path: str) -> Element | None:
    return parent.find(path) if parent is not None else None


def _id(style: Element) -> str:
    return style.get(f"{W}styleId", "")


def _is_default(style: Element) -> bool:
    is_default = style.get(f"{W}default", "0") in ("1", "true", "on")
    return style.get(f"{W}type") == "paragraph" and is_default
