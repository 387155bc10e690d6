"""tracker parse and tracker import."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, func, select

from tests.builders import Office, a_unit
from tests.cli.conftest import Command
from tests.importer import hostile_papers
from tracker import paths
from tracker.cli import documents
from tracker.db import transaction
from tracker.domain import Import, Proposal, Task
from tracker.domain.working_days import published
from tracker.importer.apart import read_apart
from tracker.importer.meaning.reading import Reading
from tracker.importer.meaning.units import published_units

SAMPLE = str(paths.DATA / "programme-2026-02-bac-ninh.md")


def counted(session: Session) -> list[int]:
    session.expire_all()
    return [
        session.exec(select(func.count()).select_from(table)).one()
        for table in (Import, Proposal, Task)
    ]


def test_parse_needs_neither_instance_nor_database(tracker: Command) -> None:
    read = json.loads(tracker("parse", SAMPLE, "--json").stdout)
    assert (len(read["items"]), len(read["meetings"]), len(read["warnings"])) == (18, 1, 3)


def test_parse_shows_a_person_the_leads_and_deadlines(tracker: Command) -> None:
    shown = tracker("parse", SAMPLE).stdout
    assert "Sở Khoa học và Công nghệ" in shown
    assert "05/3/2026" in shown


BAD_FILES = {
    "empty.md": b"",
    "binary.md": bytes(range(256)) * 20,
    "encoding.txt": "CHƯƠNG TRÌNH CÔNG TÁC".encode("cp1258", "replace") + b"\xe0\xf8\xff" * 40,
    "letter.md": "Kính gửi anh Bình,\n\nHôm nay trời đẹp.\n".encode(),
    "programme.docx": b"PK\x03\x04" + b"\x00" * 60,
    "secret.md": b"T\xe1\xbb\x90I M\xe1\xba\xacT\n\n" + (paths.DATA / Path(SAMPLE)).read_bytes(),
    "locked.pdf": hostile_papers.locked_pdf(),
    "heavy.pdf": hostile_papers.forms_in_themselves(),
    "named.docm": hostile_papers.good_docx(),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", ["parse", "import"])
def test_a_file_that_cannot_be_read_gives_one_sentence_and_leaves_nothing(
    tracker: Command, instance: Path, session: Session, office: Office, name: str, command: str
) -> None:
    file = instance / name
    file.write_bytes(BAD_FILES[name])
    result = tracker(command, str(file))
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert counted(session) == [0, 0, 0]


def test_a_file_of_200_megabytes_is_refused_before_it_is_opened(
    tracker: Command, instance: Path
) -> None:
    file = instance / "big.md"
    with file.open("wb") as big:
        big.truncate(200 * 1024 * 1024)
    assert tracker("parse", str(file)).exit_code == 2


def test_a_file_that_is_not_there_is_named(tracker: Command) -> None:
    result = tracker("parse", "nowhere.md")
    assert (result.exit_code, "nowhere.md" in result.stderr) == (2, True)


def test_import_keeps_proposals_and_accept_takes_the_clear_ones(
    tracker: Command, instance: Path, session: Session, office: Office
) -> None:
    # The cast lacks most of the departments, so doubts are left: exit 3.
    result = tracker("import", SAMPLE, "--accept", "--json")
    said = json.loads(result.stdout)
    assert result.exit_code == 3
    assert said["accepted"] + len(said["doubts"]) == said["items"] == 18
    assert counted(session) == [1, 18, said["accepted"]]


def test_importing_the_same_file_again_changes_nothing_and_says_so(
    tracker: Command, instance: Path, session: Session, office: Office
) -> None:
    tracker("import", SAMPLE)
    again = tracker("import", SAMPLE)
    assert "không có gì thay đổi" in again.stdout
    assert counted(session) == [1, 18, 0]


def test_accepting_a_file_imported_before_says_what_it_did(
    tracker: Command, instance: Path, session: Session, office: Office
) -> None:
    tracker("import", SAMPLE)
    said = tracker("import", SAMPLE, "--accept").stdout
    made = counted(session)[2]
    assert made > 0
    assert f"{made} mục thành nhiệm vụ" in said


class Terminal(io.StringIO):
    """A screen that somebody sits at."""

    def isatty(self) -> bool:
        return True


def test_whoever_waits_at_a_terminal_sees_the_pages_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", screen := Terminal())
    file = tmp_path / "trang.pdf"
    file.write_bytes(hostile_papers.pages_pdf(3))
    documents._read(file, published_units(), published())
    assert "\rĐã đọc 3/3 trang" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_nobody_waits_for_the_database_while_a_file_is_read(
    tracker: Command,
    instance: Path,
    office: Office,
    engine: sa.Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(name: str, data: bytes, **known: Any) -> Reading:
        with transaction(engine) as other:
            a_unit(other, "Đơn vị ghi trong lúc đọc")
        return read_apart(name, data, **known)

    monkeypatch.setattr(documents, "read_apart", read)
    assert tracker("import", SAMPLE).exit_code == 3
