"""What stands in one cell of a table: a number, a heading, lines that wrap or begin anew."""

import re
from dataclasses import replace

from tracker.domain.folding import fold
from tracker.importer.blocks import Where
from tracker.importer.layout.numbering import SECTION_STYLES, Label, Style, label_of

_PLAIN_NUMBER = re.compile(r"(\d{1,5})")
# "I.1", "A.2.1": the letter only repeats the group's number.
_UNDER_GROUP = re.compile(r"(?:[IVX]{1,6}|[A-ZĐ])\s*[.-]\s*(\d{1,3}(?:\.\d{1,3})*)\.?")
_ENDINGS = ".)/:"
_STRETCH_ALONE = re.compile(
    r"(?:[a-z0-9]{1,4}[.)-] ?)?(?:cong tac |nhiem vu |chuong trinh |noi dung )?(?:trong )?"
    r"(?:(?:thang|quy|tuan) (?:thu )?(?:\d{1,2}|i{1,3}|iv)(?:\s*[/-]\s*|,? nam )?(?:20\d\d)?"
    r"|(?:6|06|sau) thang (?:dau|cuoi) nam(?: 20\d\d)?)"
    r"\s*(?:[:(].{0,60})?"
)
# Words with which a group of tasks is named; no document and no sentence begins so.
_FIELD = re.compile(
    r"(?:ve |thuoc |cac )?(?:linh vuc|khoi|nhom|noi dung|nhiem vu|cong tac|de an trinh|phan thu)\b"
)
_ENDS = (".", ";", ",")
# No office paragraph is longer.
_LONGEST = 20_000
_OPEN_WORDS = (",", " và", " của", " về", " các", " cho", " với", " tại", " trên", " theo")


def label_in(number: str) -> Label | None:
    """The label of a task by the cell that numbers it: "1", "I.", "1.1", "a", "-"."""
    bare = number.strip()
    under = _UNDER_GROUP.fullmatch(bare)
    bare = under[1] if under else bare
    plain = _PLAIN_NUMBER.fullmatch(bare.rstrip(_ENDINGS))
    if plain:
        return Label(Style.ARABIC, plain[1], int(plain[1]), f"{plain[1]}.")
    if not bare or len(bare) > 12:
        return None
    written = bare if bare[-1] in f"{_ENDINGS}-–—+•*" else f"{bare}{_ending(bare)}"
    label, words = label_of(f"{written} x")
    return label if words == "x" else None


def is_heading_like(text: str) -> bool:
    """Words that head the rows under them wherever they stand: numbered, shouted, or a month."""
    label, _ = label_of(text)
    if label and label.style in SECTION_STYLES:
        return True
    is_named = len(text) < 120 and not text.endswith(_ENDS) and bool(_FIELD.match(fold(text)))
    return (text.isupper() and len(text) > 3) or is_stretch(text) or is_named


def is_stretch(text: str) -> bool:
    """Whether the words name a month, quarter, week or half-year and nothing else."""
    return bool(_STRETCH_ALONE.fullmatch(fold(text)))


def flowing(text: str) -> list[str]:
    """The lines of a cell, those that only wrap put to the line above."""
    lines: list[str] = []
    for line in text.split("\n"):
        add_line(lines, " ".join(line.split()))
    return lines


def add_line(lines: list[str], line: str) -> None:
    """Put a line after others: to the last one when the sentence goes on."""
    if line and lines and _goes_on(lines[-1], line):
        lines[-1] = f"{lines[-1]} {line}"
    elif line:
        lines.append(line)


def _goes_on(above: str, line: str) -> bool:
    label, words = label_of(line)
    resumes = words if label and label.style is Style.BULLET else line
    is_open = len(above) < _LONGEST and not above.endswith((".", ";", ":", "!", "?"))
    return is_open and (resumes[:1].islower() or above.endswith(_OPEN_WORDS))


def address(where: Where, column: int) -> Where:
    """The place of a cell of a sheet's row, its column counted from zero."""
    if where.cell is None:
        return where
    return replace(where, cell=f"{_letters(column)}{where.row}")


def _letters(column: int) -> str:
    high, low = divmod(column, 26)
    return (_letters(high - 1) if high else "") + chr(ord("A") + low)


def _ending(bare: str) -> str:
    return ")" if len(bare) == 1 and bare.islower() else "."
