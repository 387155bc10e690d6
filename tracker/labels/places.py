"""How a place in a document is said: page and paragraph, sheet and cell, or line."""

from collections.abc import Mapping
from typing import Any

_PARTS = (
    ("page", ("trang {}", "page {}")),
    ("sheet", ("trang tính “{}”", "sheet “{}”")),
    ("cell", ("ô {}", "cell {}")),
    ("line", ("dòng {}", "line {}")),
)
_ROW = ("hàng {} của bảng", "row {} of the table")
_PARAGRAPH = ("đoạn {}", "paragraph {}")


def place(where: Mapping[str, Any] | None, locale: str = "vi") -> str:
    """The words for a place as readers give it (`Where.as_json`), the most exact parts only."""
    where, english = where or {}, locale == "en"
    said = [words[english].format(where[name]) for name, words in _PARTS if where.get(name)]
    if where.get("row") and not (where.get("cell") or where.get("line")):
        said.append(_ROW[english].format(where["row"]))
    elif where.get("paragraph") and not (said and "page" not in where):
        said.append(_PARAGRAPH[english].format(where["paragraph"]))
    return ", ".join(said)
