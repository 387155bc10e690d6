"""Which files are read, and the clear sentence for each that is not."""

from pathlib import Path

import pytest

from tests.importer.papers import PROGRAMME, paper, reading_of
from tracker import labels
from tracker.errors import Unreadable
from tracker.importer.readers.choose import read_bytes, read_file

GOOD = paper("A. NHIỆM VỤ TRỌNG TÂM", "1. Việc thứ nhất.")


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_bytes(name, data)
    assert labels.sentence_of(refused.value).endswith(".")
    return refused.value.code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "file.empty"),
        ("a.md", b"  \n\t\n", "file.empty"),
        ("a.txt", b"ab\x00cd", "file.binary"),
        ("a.txt", b"\x01\x02\xff\xfe\x03", "file.binary"),
        ("a.txt", "Sở Tài chính".encode("cp1258", "replace") + b"\xd5", "file.encoding"),
        ("a.docx", b"PK\x03\x04rest", "file.damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "file.damaged"),
        ("a.xlsx", b"anything", "file.damaged"),
        ("a.rar", b"Rar!rest", "file.format"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    name: str, data: bytes, code: str
) -> None:
    assert refusal(name, data) == code


@pytest.mark.parametrize(
    "marking",
    ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "**MẬT**", "Độ mật: Tối mật", "| MẬT | Số: 01 |", "M Ậ T"],
)
def test_a_secret_marking_is_refused(marking: str) -> None:
    assert refusal("a.md", f"{marking}\n\n{GOOD}".encode()) == "file.secret"


@pytest.mark.parametrize(
    "line",
    [
        "Số: 05/CTr-UBND\tMẬT",
        "Số: 05/CTr-UBND MẬT",
        "TỐI MẬT Số: 05/CTr-UBND",
        "ỦY BAN NHÂN DÂN TỈNH BẮC NINH TUYỆT MẬT",
        "MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ],
)
def test_a_stamp_beside_the_letterhead_s_words_is_refused(line: str) -> None:
    assert refusal("a.txt", f"{line}\n\n{GOOD}".encode()) == "file.secret"


def test_a_subject_in_capitals_is_no_stamp() -> None:
    line = "Ban chỉ đạo của UBND VỀ BẢO VỆ BÍ MẬT"
    assert read_bytes("a.txt", f"{GOOD}\n\n{line}\n".encode()).blocks


@pytest.mark.parametrize("prose", ["bảo vệ bí mật nhà nước", "Độ mật:", "trừ văn bản mật", "Mặt"])
def test_the_word_secret_in_prose_is_no_marking(prose: str) -> None:
    assert read_bytes("a.txt", f"{GOOD}\n\n1. Việc {prose}\n".encode()).blocks


def test_a_file_over_the_limit_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "to.txt"
    path.write_bytes(b"x" * 100)
    path.chmod(0)
    with pytest.raises(Unreadable) as refused:
        read_file(path, limit=99)
    assert refused.value.code == "file.too-large"


def test_the_limit_holds_for_bytes_too() -> None:
    with pytest.raises(Unreadable):
        read_bytes("a.txt", b"x" * 100, limit=99)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_files_are_read_whatever_their_mark(encoding: str) -> None:
    data = GOOD.encode(encoding)
    data = b"\xff\xfe" + data if encoding == "utf-16-le" else data
    assert len(read_bytes("a.txt", data).blocks) == 3


def test_a_markdown_file_is_known_by_its_marks_under_any_name() -> None:
    assert read_bytes("a.txt", PROGRAMME.read_bytes()).media_type == "text/markdown"
    assert read_bytes("a", GOOD.encode()).media_type == "text/plain"


@pytest.mark.parametrize(
    "text",
    ["Hôm nay trời đẹp.", "# Readme\n\n1. Install it\n2. Run it\n", "1. Một việc\n2. Hai việc\n"],
)
def test_a_paper_that_is_no_programme_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        reading_of(text, name="a.md")
    assert refused.value.code == "file.no-programme"
