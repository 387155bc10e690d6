"""What stands below the items: Nơi nhận and the signature, side by side or one after the other."""

import re
from collections.abc import Iterable, Iterator

from tracker.domain.folding import fold
from tracker.importer.blocks import Paragraph

_RECIPIENTS = re.compile(r"^nơi\s+nhận\s*:?\s*", re.IGNORECASE)
_SIGNED_FOR = re.compile(r"(?:(?:TL|TM|KT|TUQ|Q)\s*\.|T/M|K/T|T/L)\s*[^\W\d_]")
_SIGNED_BY = re.compile(r"^(?:người\s+ký|ký\s+bởi|đã\s+ký)\s*:\s*", re.IGNORECASE)
_DEGREE = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|BSCK\w*|KS|CN|LS)\.?\s*|(?:thiếu|trung|thượng|đại)\s+(?:tá|tướng)\s+)+",
)
_DASH = re.compile(r"^[-–—+•*]\s*")
_NEXT_ON_LINE = re.compile(r";\s*[-–—]\s+")
_OFFICES = (
    "chu tich", "pho chu tich", "chanh van phong", "bi thu", "giam doc", "pho ", "truong phong",
    "truong ban", "truong doan", "truong cong an", "truong thong ke", "truong thue", "uy vien",
    "thay mat", "da ky", "thua lenh", "bo truong", "thu truong", "vu truong", "q ", "cuc truong",
    "vien truong", "hieu truong", "chanh thanh tra", "quyen chu tich", "quyen giam doc", "uy ban",
    "ubnd", "hoi dong", "ban thuong vu", "thuong truc", "ban chap hanh", "tong giam doc",
    "tong thanh tra", "so ", "van phong", "lanh dao",
)  # fmt: skip
# What an office says after its last item to everybody.
_LAST_WORDS = re.compile(
    r"tren day la |trong qua trinh (to chuc )?(thuc hien|trien khai)"
    r"|(ubnd|uy ban|so|van phong|bo) .{0,60}(yeu cau|de nghi) (cac|thu truong|chu tich)"
    r"|(yeu cau|de nghi) (cac|thu truong|chu tich|don vi)"
    r"|can cu (noi dung )?(chuong trinh|ke hoach) .{0,80}(yeu cau|de nghi|chu dong)"
    r"|.{0,80}\b(xin )?thong bao (de|den|toi) (cac|quy|thu truong) "
    r"|nhan duoc (van ban|chuong trinh|cong van|thong bao|ke hoach|cong dien|chi thi)"
    r"|(bien ban|cuoc hop|hoi nghi) (ket thuc|duoc lap|lap xong|nay duoc)"
    r"|(neu )?co (gi )?(vuong mac|phat sinh)"
)
_PERSON = re.compile(r"(?:[^\W\d_]+\s+){1,5}[^\W\d_]+")


def recipients_of(lines: Iterable[Paragraph]) -> tuple[str, ...]:
    """The lines of Nơi nhận, in order, dashes and final marks taken off."""
    whole: list[str] = []
    for line in _recipient_lines(lines):
        if not whole or _DASH.match(line) or whole[-1].endswith((";", ".")):
            whole.append(line)
        else:
            whole[-1] = f"{whole[-1]} {line}"
    parts = [part for line in whole for part in _NEXT_ON_LINE.split(line)]
    return tuple(_DASH.sub("", part).strip(" ;.") for part in parts)


def _recipient_lines(lines: Iterable[Paragraph]) -> list[str]:
    texts = (line.text for line, is_recipient in is_recipient_line(lines) if is_recipient)
    return [words for words in (_RECIPIENTS.sub("", text, count=1) for text in texts) if words]


def is_recipient_line(lines: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, bool]]:
    """Each closing line, and whether it belongs to Nơi nhận rather than to the signature."""
    inside = False
    for line in lines:
        opens = bool(_RECIPIENTS.match(line.text))
        inside = (inside or opens) and not _is_signature(line.text)
        yield line, inside


def signer_of(lines: Iterable[Paragraph]) -> str | None:
    """The person who signed: the last line after the signing office that is a person's name."""
    texts = [line.text for line in lines]
    signed = next((i for i, text in enumerate(texts) if _is_signature(text)), len(texts))
    printed = (_DEGREE.sub("", _SIGNED_BY.sub("", text)) for text in texts[signed:])
    names = [text for text in printed if _is_person(text)]
    return names[-1].strip(" .") if names else None


def are_last_words(text: str) -> bool:
    """Whether an unnumbered paragraph closes the paper: "Trên đây là Chương trình …"."""
    return bool(_LAST_WORDS.match(fold(text[:300])))


def _is_signature(text: str) -> bool:
    if _SIGNED_FOR.match(text) or _SIGNED_BY.match(text):
        return True
    return text.isupper() and fold(text).startswith(_OFFICES)


def _is_person(text: str) -> bool:
    is_office = fold(text).startswith(_OFFICES)
    return not is_office and bool(_PERSON.fullmatch(text.strip(" ."))) and len(text) <= 50
