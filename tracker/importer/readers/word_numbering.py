"""The numbers that Word prints by itself: counted anew, as they stand nowhere in the file."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tracker.importer.readers.legacy_letters import from_font
from tracker.importer.readers.word_package import Element, W
from tracker.importer.readers.word_styles import Listed, Styles, flag, font_of, number, value

_LEVELS = 9
_LONGEST = 255
# A bullet is mostly a sign of some symbol font; these are the ones offices print as they are.
_PRINTED_BULLETS = {"-", "–", "+"}
_PLACE = re.compile("%([1-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_CARDINALS = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts, and what it prints around the number."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    is_legal: bool = False
    gap: str = " "
    style: str = ""


@dataclass(frozen=True)
class _List:
    """A list as paragraphs name it; lists of one definition go on counting from each other."""

    definition: str
    levels: tuple[Level, ...]
    begins_at: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        every = root.findall(f"{W}abstractNum") if root is not None else []
        self._definitions = {one.get(f"{W}abstractNumId", ""): one for one in every}
        named = root.findall(f"{W}num") if root is not None else []
        self._named = {number(one.get(f"{W}numId", "")): one for one in named}
        self._lists: dict[int, _List | None] = {}
        self.restart()

    def restart(self) -> None:
        """Count from the start again: headers and footers count for themselves."""
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()

    def next_label(self, listed: Listed) -> str:
        """The number of the next paragraph of a list with the gap after it, "" for none."""
        found = self._list(listed.list_id)
        if found is None:
            return ""
        level = min(_level(found, listed), _LEVELS - 1)
        counts = self._counts.setdefault(found.definition, [None] * _LEVELS)
        begins = (listed.list_id, level) not in self._begun
        self._begun.add((listed.list_id, level))
        if begins and level in found.begins_at:
            counts[level] = None
        _count(found, counts, level)
        return _printed(found, counts, level)

    def _list(self, list_id: int) -> _List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read_list(list_id)
        return self._lists[list_id]

    def _read_list(self, list_id: int) -> _List | None:
        named = self._named.get(list_id)
        definition = self._definition(list_id)
        if named is None or definition is None:
            return None
        levels = [Level()] * _LEVELS
        begins_at: dict[int, int] = {}
        for at, element in _by_level(definition, "lvl"):
            levels[at] = _read_level(element)
        for at, override in _by_level(named, "lvlOverride"):
            own = override.find(f"{W}lvl")
            start = number(value(override, "startOverride"))
            levels[at] = _read_level(own) if own is not None else levels[at]
            if start is not None:
                levels[at] = replace(levels[at], start=start)
                begins_at[at] = start
        return _List(definition.get(f"{W}abstractNumId", ""), tuple(levels), begins_at)

    def _definition(self, list_id: int) -> Element | None:
        """The definition of a list; one may only point to a list style that has it."""
        for _ in range(3):
            found = self._definitions.get(value(self._named.get(list_id), "abstractNumId"))
            style = value(found, "numStyleLink")
            pointed = self._styles.style_list(style) if style else None
            if not pointed:
                return found
            list_id = pointed
        return None


def _by_level(parent: Element, name: str) -> list[tuple[int, Element]]:
    found = ((number(one.get(f"{W}ilvl", "")), one) for one in parent.findall(f"{W}{name}"))
    return [(at, one) for at, one in found if at is not None and at < _LEVELS]


def _read_level(element: Element) -> Level:
    look = element.find(f"{W}rPr")
    text = value(element, "lvlText")[:_LONGEST]
    form = value(element, "numFmt") or "decimal"
    if look is not None:
        text = from_font(text, font_of(look))
    if form == "bullet" and text:
        text = text if text in _PRINTED_BULLETS else "-"
    return Level(
        start=number(value(element, "start")) or 0,
        form=form,
        text="" if flag(look, "vanish") else text,
        restarts_after=number(value(element, "lvlRestart")),
        is_legal=bool(flag(element, "isLgl")),
        gap="" if value(element, "suff") == "nothing" else " ",
        style=value(element, "pStyle"),
    )


def _level(found: _List, listed: Listed) -> int:
    """The level that was said, or the one linked to the nearest style of the paragraph."""
    if listed.level is not None:
        return listed.level
    linked = {level.style: at for at, level in enumerate(found.levels) if level.style}
    at = (linked[style] for style in listed.styles if style in linked)
    return next(at, listed.styled_level)


def _count(found: _List, counts: list[int | None], level: int) -> None:
    """One step further; the levels below begin again unless they are told not to.

    A level above that was skipped counts as begun: "1.1" without a "1." is followed by "2.".
    """
    for above in range(level):
        if counts[above] is None:
            counts[above] = found.levels[above].start
    now = counts[level]
    counts[level] = found.levels[level].start if now is None else now + 1
    for below in range(level + 1, _LEVELS):
        after = found.levels[below].restarts_after
        if after is None or level < after:
            counts[below] = None


def _printed(found: _List, counts: list[int | None], level: int) -> str:
    own = found.levels[level]

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        count, form = counts[at], "decimal" if own.is_legal else found.levels[at].form
        return "" if count is None else _in_form(count, form)

    text = _PLACE.sub(place, own.text).strip()
    return text + own.gap if text else ""


def _in_form(count: int, form: str) -> str:
    write = _FORMS.get(form)
    return write(count) if write else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (count // worth)
        count %= worth
    return letters


def _letter(count: int) -> str:
    """From a to z, then aa, bb and so on, as Word writes them."""
    if not 0 < count <= 780:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _word(count: int, words: tuple[str, ...], before: str) -> str:
    return before + words[count - 1] if 0 < count <= len(words) else str(count)


_FORMS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerLetter": _letter,
    "decimalZero": lambda count: f"{count:02}",
    "cardinalText": lambda count: _word(count, _CARDINALS, ""),
    "ordinalText": lambda count: _word(count, _ORDINALS, "Thứ "),
    "none": lambda _count: "",
}
