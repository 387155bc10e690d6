"""The parts of an office document: letterhead, title, body, and what follows it."""

import re
from dataclasses import dataclass
from itertools import chain, takewhile

from tracker.domain.folding import fold
from tracker.importer.blocks import Block, Heading, Paragraph, Table
from tracker.importer.layout.numbering import label_of
from tracker.importer.layout.sheet import parted, weight
from tracker.importer.layout.tables import lists_tasks
from tracker.importer.meaning.period import has_period

_GENRE = r"(chuong trinh|ke hoach|lich|danh muc|bao cao|nhiem vu|thong bao|phu luc)"
_TITLE = re.compile(
    r"((\(?du thao\)?|du kien|dieu chinh( ?, ?bo sung)?|bo sung( ?, ?dieu chinh)?|mot so) )*"
    r"((chuong trinh|ke hoach|lich) (cong tac|lam viec|trong tam|chi dao|dieu hanh|hop\b|tuan\b"
    r"|nhiem vu|hoat dong|giam sat|tiep cong dan)"
    r"|danh muc (cac |mot so )*(nhiem vu|de an|noi dung|bao cao|cong viec|van ban)"
    r"|(bang|bieu) (phan cong|tong hop|theo doi|giao) (\w+ ){0,3}(nhiem vu|cong viec|cong tac)"
    r"|(cac )?nhiem vu (trong tam|cong tac|chu yeu)|chuong trinh,? ke hoach cong tac)"
)
# "Báo cáo kết quả tháng 2, nhiệm vụ tháng 3", "Kế hoạch triển khai nhiệm vụ tháng 3".
_LOOKS_AHEAD = re.compile(
    r"(bao cao|ke hoach|chuong trinh|ket qua|tinh hinh) .*(nhiem vu|phuong huong|cong tac)"
)
_BARE_GENRE = re.compile(rf"(\(?du thao\)? )?({_GENRE}|bien ban|cong dien|chi thi|ket luan)")
# "CHƯƠNG TRÌNH XÂY DỰNG VĂN BẢN … NĂM 2026": any programme that opens the paper.
_PROGRAMME = re.compile(r"(\(?du thao\)? )?(chuong trinh|ke hoach|lich|danh muc)\b(?! su\b)")
_NEAR_THE_TOP = 25
_ABOUT = re.compile(
    r"(v/v|ve viec) ((\w+,? ){0,4}(chuong trinh|ke hoach|lich|danh muc)"
    r" (cong tac|lam viec|nhiem vu)"
    r"|(\w+,? ){0,3}(giao|trien khai|thuc hien) (\w+ ){0,2}nhiem vu)"
)
# "THÔNG BÁO Kết luận của Chủ tịch … tại cuộc họp …", "BIÊN BẢN Họp giao ban tháng 3".
_DIRECTIVE = re.compile(
    r"(thong bao )?(ve )?(y kien )?(ket luan|chi dao)"
    r" (cua|tai|giao ban|hoi nghi|cuoc hop|phien hop|ve)"
    r"|bien ban (hop|hoi nghi|cuoc hop|giao ban|lam viec)|(cong dien|chi thi) (ve|v/v)"
    r"|thong bao (ve )?(viec )?(giao|phan cong|noi dung) "
)
_LETTER = re.compile(
    r"v/v (giao|trien khai|thuc hien|tang cuong|don doc|chan chinh|day manh|day nhanh|chu dong"
    r"|xu ly|giai quyet|khac phuc|phoi hop|cung cap|ra soat|kiem tra|tham muu|bao cao|tap trung"
    r"|to chuc)\b"
)
_FIRST_HEADING = re.compile(r"(nhiem vu |cong tac |cong viec )?(trong tam|chung|cu the)")
_ADDRESS = re.compile(r"kinh gui\b")
_COMPLETES = re.compile(
    r"\(?(ket luan|y kien|hop|giao ban|hoi nghi|cuoc hop|giao |phan cong|cua"
    r"|cong tac|thang|quy|tuan|nam 20|tu ngay|trong tam|chi dao|dieu hanh|nhiem vu|ket qua"
    r"|phuong huong|trien khai|thuc hien|trinh|lam viec|dieu chinh|bo sung|lan thu|ve viec|ve |v/v"
    r"|tinh hinh|cac |6 thang|sau thang|de an|ky hop|uy ban|ubnd|hdnd|hoi dong|dang uy"
    r"|thuong truc)\b"
)
_ATTACHED = re.compile(r"\(?(ban hanh )?kem theo\b")
_TAIL = re.compile(
    r"noi nhan\b|(tl|tm|kt|tuq|q)\. ?[a-z]|(t/m|k/t|t/l) ?[a-z]|nguoi (lap|ky)\b|ky boi\b|\(da ky\)"
)
_OFFICE = re.compile(
    r"(pho |quyen )?(chu tich|giam doc|bi thu|chanh van phong|bo truong|thu truong|vu truong"
    r"|cuc truong|truong (phong|ban)|vien truong|hieu truong|chanh thanh tra)( ubnd.{0,30})?"
)
_ANNEX = re.compile(r"(phu luc|danh muc|bieu( so)? |chuong trinh cong tac|lich cong tac)")
_TITLE_LENGTH = 200
_MOST_TITLE_LINES = 4


@dataclass(frozen=True)
class Zones:
    """A document cut into parts; without a title, `title_lines` is empty.

    The letterhead and signature lines lack final marks, so they are cut off before any
    broken sentence is joined.
    """

    letterhead: tuple[Paragraph, ...]
    title_lines: tuple[Paragraph, ...]
    body: tuple[Block, ...]
    tail: tuple[Paragraph, ...]

    @property
    def title(self) -> str:
        return " ".join(line.text for line in self.title_lines)

    @property
    def is_directive(self) -> bool:
        """Whether the paper is no programme and yet gives tasks: conclusions, a letter, minutes."""
        folded = fold(self.title)
        return bool(_DIRECTIVE.match(folded)) or bool(
            folded.startswith("v/v") and not _ABOUT.match(folded)
        )


def cut(blocks: tuple[Block, ...]) -> Zones:
    """Find the title and the closing part; what lies between is the body.

    An annex with the tasks may follow the signature, and a decision with its own signature may
    stand before the programme that it issues.
    """
    opened = list(chain.from_iterable(_opened(block) for block in blocks))
    start = next((i for i in range(len(opened)) if _is_title(opened, i)), None)
    if start is None:
        return _untitled(opened)
    title = _title_lines(opened, start)
    above, above_tail = _parted(opened[:start])
    body, tail = _parted(opened[start + len(title) :])
    return Zones(
        letterhead=_paragraphs(above),
        title_lines=tuple(title),
        body=tuple(body),
        tail=_paragraphs([*above_tail, *tail]),
    )


def _parted(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """What comes before the signature together with the annexes after it, and the signature."""
    end = _tail_start(blocks, 0)
    annex = next((i for i in range(end + 1, len(blocks)) if _opens_annex(blocks[i])), len(blocks))
    if annex == len(blocks):
        return blocks[:end], blocks[end:]
    body, tail = _parted(blocks[annex:])
    return [*blocks[:end], *body], [*blocks[end:annex], *tail]


def _opens_annex(block: Block) -> bool:
    if isinstance(block, Table):
        return weight(block) > 0
    return len(block.text) <= _TITLE_LENGTH and bool(_ANNEX.match(fold(block.text)))


def _untitled(blocks: list[Block]) -> Zones:
    """Without a title every line may be letterhead as well as body; the tail is still known.

    A letter says what it is about under its number: "V/v điều chỉnh Chương trình công tác".
    """
    body, tail = _parted(blocks)
    addressed = _end_of_address(body)
    first = next((i for i in range(addressed, len(body)) if _is_numbered(body[i])), len(body))
    head = _paragraphs(body[:first])
    about = next((i for i, line in enumerate(head) if _is_about_tasks(line)), None)
    if about is None:
        return Zones(head, (), tuple(body), _paragraphs(tail))
    if addressed and _LETTER.match(fold(head[about].text)):
        # A letter may give its tasks in sentences without any number.
        first, head = addressed, _paragraphs(body[:addressed])
    return Zones(
        (*head[:about], *head[about + 1 :]),
        head[about : about + 1],
        tuple(body[first:]),
        _paragraphs(tail),
    )


def _end_of_address(blocks: list[Block]) -> int:
    """Where the lines under "Kính gửi:" end, each after a dash; 0 without such lines."""
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    start = next((i for i, text in enumerate(texts) if _ADDRESS.match(fold(text))), None)
    if start is None:
        return 0
    dashed = takewhile(lambda text: text[:1] in ("-", "–", "+"), texts[start + 1 :])
    return start + 1 + len(list(dashed))


def _is_about_tasks(line: Paragraph) -> bool:
    folded = fold(line.text)
    return bool(_ABOUT.match(folded) or _LETTER.match(folded))


def _opened(block: Block) -> list[Block]:
    """A table that only arranges the letterhead or the signature is read as lines."""
    if isinstance(block, Table) and (lists_tasks(block) or len(parted(block)) > 1):
        return parted(block)
    if isinstance(block, Table):
        lines = block.down_the_columns()
        if any(_is_letterhead(line) or _opens_tail(line) for line in lines):
            return list(lines)
    return [block]


def _is_letterhead(line: Paragraph) -> bool:
    folded = fold(line.text)
    marks = ("cong hoa xa hoi chu nghia", "doc lap - tu do", "dang cong san viet nam")
    return folded.startswith(marks) or bool(re.match(r"so ?[:/]|so \d+ ?[/-]", folded))


def _is_title(blocks: list[Block], place: int) -> bool:
    block = blocks[place]
    if not isinstance(block, Paragraph) or len(block.text) > _TITLE_LENGTH:
        return False
    folded = fold(block.text)
    if block.text.endswith((";", ".", ",")):
        return False
    if _TITLE.match(folded):
        return True
    if not _BARE_GENRE.match(folded) or not _stands_out(block):
        return False
    whole = " ".join(line.text for line in _title_lines(blocks, place))
    if place < _NEAR_THE_TOP and _DIRECTIVE.match(fold(whole)):
        return True
    is_named = _TITLE.match(fold(whole)) or _LOOKS_AHEAD.match(fold(whole))
    is_first = place < _NEAR_THE_TOP and _PROGRAMME.match(fold(whole))
    return has_period(whole) and bool(is_named or is_first)


def _stands_out(block: Paragraph) -> bool:
    first = block.text.split()[0] if block.text.split() else ""
    return isinstance(block, Heading) or block.bold or first.isupper()


def _title_lines(blocks: list[Block], start: int) -> list[Paragraph]:
    lines: list[Paragraph] = []
    for block in blocks[start : start + _MOST_TITLE_LINES]:
        if not isinstance(block, Paragraph) or (lines and not _completes_title(lines, block)):
            break
        lines.append(block)
    return lines


def _completes_title(lines: list[Paragraph], following: Paragraph) -> bool:
    """Whether a line goes on with the title: its period, whose it is, its revision."""
    folded = fold(following.text)
    is_short = len(following.text) <= _TITLE_LENGTH and not following.text.endswith((".", ";", ":"))
    if not is_short or _ATTACHED.match(folded) or label_of(following.text)[0]:
        return False
    title = " ".join(line.text for line in lines)
    if has_period(title) and _FIRST_HEADING.fullmatch(folded):
        return False
    if not has_period(title) and has_period(following.text) and len(following.text) <= 80:
        return True
    is_bare = bool(_BARE_GENRE.fullmatch(fold(lines[-1].text)))
    is_plain = (is_bare or len(following.text) <= 120) and not _is_letterhead(following)
    return is_plain and bool(_COMPLETES.match(folded)) and _looks_alike(lines[-1], following)


def _looks_alike(title: Paragraph, following: Paragraph) -> bool:
    """A title goes on in capitals, bold or brackets; prose that only begins alike does not."""
    if following.text.startswith("(") or following.bold or following.text.isupper():
        return True
    return isinstance(following, Heading) or bool(_BARE_GENRE.fullmatch(fold(title.text)))


def _tail_start(blocks: list[Block], start: int) -> int:
    places = range(start, len(blocks))
    return next((i for i in places if _opens_tail(blocks[i])), len(blocks))


def _opens_tail(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    folded = fold(block.text)
    return bool(_TAIL.match(folded)) or (
        block.text.isupper() and bool(_OFFICE.fullmatch(folded.strip(" .")))
    )


def _is_numbered(block: Block) -> bool:
    if isinstance(block, Heading) and has_period(block.text):
        return True
    return isinstance(block, Paragraph) and label_of(block.text)[0] is not None


def _paragraphs(blocks: list[Block]) -> tuple[Paragraph, ...]:
    return tuple(block for block in blocks if isinstance(block, Paragraph))
