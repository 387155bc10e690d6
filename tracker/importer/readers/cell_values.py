"""A cell of a workbook as Excel shows it: dates the Vietnamese way, numbers as printed."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import UnionType
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell

from tracker.importer.readers.decode import tidy
from tracker.importer.readers.legacy_letters import encoding_of_font, from_font

_LITERAL = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
_AFFIXES = re.compile(r'(?:"(?P<before>[^"]*)")?(?:0+|#|General)(?:"(?P<after>[^"]*)")?')
_DECIMALS = re.compile(r"0\.(0+)")


def shown(cell: Cell | MergedCell) -> str:
    """The words of a cell; nothing for an error or a blank."""
    if isinstance(cell, MergedCell) or cell.value is None or cell.data_type == "e":
        return ""
    value, form = cell.value, cell.number_format or "General"
    show = next((one for kind, one in _SHOWN if isinstance(value, kind)), None)
    if show:
        return show(value, form)
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n")
    return tidy(from_font(text, _font(cell))).strip()


def old_encoding(cell: Cell | MergedCell) -> str | None:
    """The old encoding that the font of a cell is made for."""
    encoding = encoding_of_font(_font(cell))
    return encoding.name if encoding and isinstance(cell.value, str) else None


def _font(cell: Cell | MergedCell) -> str:
    return (cell.font.name or "") if cell.has_style else ""


def _day(value: date, form: str) -> str:
    letters = _LITERAL.sub("", form.lower())
    if "d" not in letters and "m" in letters and "h" not in letters:
        return f"Tháng {value.month}/{value.year}"
    day = f"{value.day:02}/{value.month:02}/{value.year}"
    at = value.strftime(" %H:%M") if isinstance(value, datetime) else ""
    return day if at in ("", " 00:00") else f"{day}{at}"


def _number(value: float, form: str) -> str:
    if "%" in _LITERAL.sub("", form):
        return f"{round(value * 100, 10):g}%"
    affixes = _AFFIXES.fullmatch(form)
    before, after = (affixes["before"] or "", affixes["after"] or "") if affixes else ("", "")
    decimals = _DECIMALS.fullmatch(form)
    digits = f"{value:.{len(decimals[1])}f}" if decimals else f"{round(value, 10):.15g}"
    return f"{before}{digits}{after}"


# A truth is a number to Python, and a moment a day.
_SHOWN: tuple[tuple[type | UnionType, Callable[[Any, str], str]], ...] = (
    (bool, lambda value, _: str(value).upper()),
    (date, _day),
    (time, lambda value, _: value.strftime("%H:%M")),
    (timedelta, lambda value, _: str(value)),
    (int | float, _number),
)
