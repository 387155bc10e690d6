"""Old Word files are read where LibreOffice is, and refused in clear words where it is not."""

import subprocess
from pathlib import Path

import pytest

from tests.importer.papers import PROGRAMME, sample
from tests.importer.readers.word_papers import sample_as_docx, texts
from tracker.domain.working_days import published
from tracker.errors import Unreadable
from tracker.importer.blocks import File
from tracker.importer.meaning.units import published_units
from tracker.importer.parse import read_programme
from tracker.importer.readers import old_word

RTF = rb"{\rtf1\ansi\ansicpg1252 S\u7903? T\'e0i ch\'ednh\par Vi\u7879?c th\u7913? hai\par}"
# What an old file may try to bring in from elsewhere on the machine.
GREEDY = rb"""{\rtf1\ansi {\field{\*\fldinst INCLUDETEXT "%s"}{\fldrslt old}}\par
{\field{\*\fldinst LINK Word.Document.8 "%s" "" \\a \\r}{\fldrslt }}\par End}"""
needs_office = pytest.mark.skipif(
    old_word.find_office() is None, reason="LibreOffice is not installed"
)


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        old_word.read(File("a.doc", data))
    return refused.value.code


def without_office(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))


def an_office_that(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program under LibreOffice's name that does something else."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def saved_as_doc(folder: Path) -> bytes:
    (folder / "a.docx").write_bytes(sample_as_docx())
    words = ["soffice", f"-env:UserInstallation={folder.as_uri()}/p", "--headless"]
    words += ["--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return (folder / "a.doc").read_bytes()


def test_without_libreoffice_the_user_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_office(tmp_path, monkeypatch)
    assert refusal(RTF) == "file.old-word"


@needs_office
def test_the_programme_saved_as_doc_gives_the_same_items(tmp_path: Path) -> None:
    data = saved_as_doc(tmp_path)
    read = read_programme("a.doc", data, units=published_units(), working_days=published())
    expected = sample(PROGRAMME)
    assert [(one.ref, one.text) for one in read.items] == [
        (one.ref, one.text) for one in expected.items
    ]
    assert read.programme == expected.programme


@needs_office
def test_a_rich_text_file_is_read() -> None:
    contents = old_word.read(File("a.rtf", RTF))
    assert texts(contents.blocks) == ["Sở Tài chính", "Việc thứ hai"]


@needs_office
def test_an_old_file_brings_in_nothing_from_the_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("BIMAT")
    name = str(secret).encode()
    contents = old_word.read(File("a.rtf", GREEDY % (name, name)))
    assert "BIMAT" not in " ".join(texts(contents.blocks))


@needs_office
def test_an_encrypted_doc_is_refused(tmp_path: Path) -> None:
    data = bytearray(saved_as_doc(tmp_path))
    header = data.index(b"\xec\xa5")
    data[header + 11] |= 1
    assert refusal(bytes(data)) == "file.password"


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1", b"\xd0\xcf\x11\xe0" * 400])
def test_a_damaged_doc_is_refused(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office_that("exit 0", tmp_path, monkeypatch)
    assert refusal(data) == "file.damaged"


def test_an_office_that_makes_nothing_is_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office_that("exit 81", tmp_path, monkeypatch)
    assert refusal(RTF) == "file.damaged"


def test_an_office_that_hangs_is_stopped_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office_that("exec sleep 300", tmp_path, monkeypatch)
    monkeypatch.setattr(old_word, "_SECONDS", 0.2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert refusal(RTF) == "file.took-too-long"
    assert [path.name for path in tmp_path.iterdir()] == ["soffice"]
