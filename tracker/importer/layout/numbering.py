"""The numbers and dashes that an office prints before its headings and items."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """The ways in which one list is told from another."""

    PART = "Phần I"
    LETTER = "A."
    ROMAN = "I."
    DECIMAL = "1.1."
    ARABIC = "1."
    CLOSED = "1)"
    BRACKETED = "(1)"
    SMALL = "a)"
    ORDINAL = "Một là:"
    ARTICLE = "Điều 1."
    BULLET = "-"


@dataclass(frozen=True)
class Label:
    """A printed label: its style, its short form for references, its place in the series."""

    style: Style
    name: str
    number: int | None
    text: str


_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ROMAN_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
# The office alphabet of headings skips F, J, W, Z and, as a rule, Đ.
_LETTERS = "ABCDEGHIKLMNOPQRSTUVXY"
_ORDINALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_OTHER_ORDINALS = {"nhất": "một", "tư": "bốn", "bẩy": "bảy", "nhì": "hai"}
_NTH = r"nhất|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười"
_WORD = r"(?=[^\W\d_]|[\"“(])"
# A dash without a space after it must stand before a capital: "I-NHIỆM VỤ", but not "X-quang".
_DASH = r"[–-](?=\s|[A-ZĐÀ-Ỹ]{2})"
_SHAPES: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        Style.PART,
        re.compile(
            r"(?:PHẦN|Phần|MỤC|Mục|CHƯƠNG|Chương)\s+(?:(?i:thứ)\s+)?"
            rf"([IVX]{{1,6}}|\d{{1,2}}|(?i:{_NTH})|[A-Z])(?!\w)\s*[.:)–-]?(?:\s+|$)"
        ),
    ),
    (Style.ARTICLE, re.compile(r"(?:ĐIỀU|Điều)\s+(\d{1,2})\s*[.:]\s*")),
    (Style.ARABIC, re.compile(rf"[IVX]{{1,5}}\.\s?(\d{{1,2}})[./)]?\s+{_WORD}")),
    (Style.ROMAN, re.compile(rf"(?!V/v)([IVX]{{1,6}})\s*(?:[.)/]|{_DASH})\s*{_WORD}")),
    (Style.LETTER, re.compile(rf"([A-ZĐ])\s*(?:[.)/]\s+|{_DASH}\s*){_WORD}")),
    (Style.DECIMAL, re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})[.)]?\s+{_WORD}")),
    (Style.ARABIC, re.compile(rf"(?!(?:19|20)\d\d\b)(\d{{1,4}})(?:[./]\s*|\s?[–-]\s?){_WORD}")),
    # "4. 10/02: Nộp báo cáo": the day with which an item begins.
    (Style.ARABIC, re.compile(r"(\d{1,3})\.\s+(?=\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?\s*[:–-]\s)")),
    (Style.CLOSED, re.compile(rf"(\d{{1,3}})\)\s*{_WORD}")),
    (Style.BRACKETED, re.compile(rf"\((\d{{1,3}})\)\s*{_WORD}")),
    (Style.SMALL, re.compile(rf"([a-zđ])(?:\)\s*|[./]\s+|[–-]\s+){_WORD}")),
    (Style.ORDINAL, re.compile(rf"({'|'.join(_ORDINALS)}) là\s*[,:]\s*", re.IGNORECASE)),
    # "Thứ hai, ngày 02/3" is a Monday.
    (
        Style.ORDINAL,
        re.compile(
            rf"thứ\s+(nhất|(?:{_NTH})(?!\w)(?=\s*,\s*(?!ngày)[^\W\d_]))\s*[,:]\s*", re.IGNORECASE
        ),
    ),
    (Style.BULLET, re.compile(r"([-–—+•*◆●▪■·◦○➢➤✓❖♦□✔])(?:\s+|(?=[A-ZĐÀ-Ỹ]))")),
)
SECTION_STYLES = (Style.PART, Style.LETTER, Style.ROMAN)


def label_of(printed: str) -> tuple[Label | None, str]:
    """The label before a printed line, and the words after it."""
    for style, shape in _SHAPES:
        found = shape.match(printed)
        if found and _is_real(style, found[1]):
            name = "" if style is Style.BULLET else found[1].strip()
            label = Label(style, name, _number(style, name), found[0].strip())
            return label, printed[found.end() :]
    return None, printed


def roman(number: int) -> str:
    """A small number as headings write it; they never reach XL."""
    return "X" * (number // 10) + _ROMAN_UNITS[number % 10]


def name_in_series(style: Style, number: int) -> str:
    """What the label of that number would be called in a series of that style."""
    if style is Style.LETTER:
        return _LETTERS[number - 1]
    return roman(number) if style in (Style.ROMAN, Style.PART) else str(number)


def _is_real(style: Style, name: str) -> bool:
    return style is not Style.ROMAN or roman(_roman_value(name)) == name


def _number(style: Style, name: str) -> int | None:
    if style is Style.LETTER:
        return _LETTERS.find(name) + 1 or None
    if style is Style.ORDINAL:
        return _nth(name)
    if style is Style.PART and name.lower() in (*_ORDINALS, *_OTHER_ORDINALS):
        return _nth(name)
    if name and set(name) <= set(_ROMAN_VALUES):
        return _roman_value(name)
    last = name.rpartition(".")[2]
    return int(last) if last.isdecimal() else None


def _nth(word: str) -> int:
    return _ORDINALS.index(_OTHER_ORDINALS.get(word.lower(), word.lower())) + 1


def _roman_value(name: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in name]
    after = [*values[1:], 0]
    return sum(-v if v < following else v for v, following in zip(values, after, strict=True))
