"""The documents that an item asks for, and the authority that will issue them."""

import re
from itertools import pairwise, takewhile

_NOUN = (
    r"(?:Báo cáo|Kế hoạch|Đề án|Tờ trình|Quyết định|Nghị quyết|Chương trình|Chỉ thị|Quy chế"
    r"|Quy định|Phương án|Đề cương|Hướng dẫn|Thông báo|Kết luận|Dự toán|Danh mục|Công văn|Quy hoạch"
    r"|Dự án|Văn bản|Hồ sơ|Biên bản|Bộ tiêu chí|Chiến lược)"
)
_DRAFT = r"(?:(?:Dự thảo|Bản dự thảo|Hồ sơ dự thảo)\s+)?"
# A verb of office work may stand before the document: "Trình Kế hoạch …", "Xây dựng Đề án …".
_WORK = re.compile(
    r"(?:xây dựng|ban hành|trình|thông qua|xem xét|cho ý kiến|hoàn thiện|thẩm định|phê duyệt"
    r"|tham mưu|góp ý)\b[\w\s,]{0,60}?\b" + f"{_DRAFT}{_NOUN}",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(rf"{_DRAFT}{_NOUN}\b", re.IGNORECASE)
_ANOTHER = re.compile(rf";\s*(?={_DRAFT}{_NOUN}\b)")
_ANOTHER_SHOUTED = re.compile(rf";\s*(?={_DRAFT}{_NOUN}\b)", re.IGNORECASE)
_HELD_TOGETHER = re.compile(r"“[^“”]*”|\"[^\"]*\"|\([^()]*\)")
_ORGAN = (
    r"(?:Tỉnh (?:ủy|uỷ)|Thành (?:ủy|uỷ)|Đảng (?:ủy|uỷ)(?:\s+(?:UBND|(?:Ủy|Uỷ) ban nhân dân))?"
    r"|Đảng bộ|HĐND|Hội đồng nhân dân|UBND|(?:Ủy|Uỷ) ban nhân dân|Chính phủ|Quốc hội|Bộ Chính trị)"
)
_BODY = (
    r"(?:(?:Ban Thường vụ|Thường trực|Ban Chấp hành|Phó Chủ tịch|Chủ tịch|Thủ tướng)\s+)?" + _ORGAN
)
_LEVEL = r"(?:\s+(?:tỉnh|thành phố)\b|\s+(?:xã|phường|đặc khu)(?P<name>(?:\s+\w+){1,4}))?"
_AUTHORITY = re.compile(rf"{_DRAFT}{_NOUN}\s+của\s+(?P<authority>{_BODY}{_LEVEL})\b", re.IGNORECASE)


def deliverables_of(text: str) -> tuple[str, ...]:
    """The documents an item names: split at a `;` only where another document begins."""
    if not (_DOCUMENT.match(text) or _WORK.match(text)):
        return ()
    return tuple(part.strip(" .;,/") for part in _parts(text) if part.strip(" .;,/"))


def authority_of(text: str, *, deliverables: tuple[str, ...]) -> str | None:
    """Who issues the item's document: "Kế hoạch của Tỉnh ủy về …".

    Only for a single document: when an item asks for several, the words after the first speak
    for that one alone, and an item has one authority or none.
    """
    found = _AUTHORITY.match(text) if len(deliverables) == 1 else None
    if found is None:
        return None
    following = (found["name"] or "").split()
    proper = list(takewhile(lambda word: word[0].isupper(), following))
    words = found["authority"].split()
    return " ".join(words[: len(words) - len(following) + len(proper)])


def _parts(text: str) -> list[str]:
    another = _ANOTHER_SHOUTED if text.isupper() else _ANOTHER
    masked = _HELD_TOGETHER.sub(lambda held: "x" * len(held[0]), text)
    cuts = [0, *(found.start() for found in another.finditer(masked)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]
