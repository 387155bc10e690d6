"""The virus scanner: real little programs that say what scanners say."""

from pathlib import Path

import pytest

from tracker.errors import Refused
from tracker.scanner import refuse_infected


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "a paper; touch owned"
    path.write_bytes(b"x")
    return path


def program(folder: Path, *lines: str) -> str:
    """A scanner that does this; the command that starts it."""
    path = folder / "scanner"
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o700)
    return f"{path} --no-summary"


def test_a_clean_file_passes_and_the_scanner_gets_its_path(tmp_path: Path, paper: Path) -> None:
    refuse_infected(program(tmp_path, f'echo "$1|$2" > "{tmp_path}/asked"'), paper)
    assert (tmp_path / "asked").read_text() == f"--no-summary|{paper}\n"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("exit 1",), "attachment.infected"),
        (("exit 2",), "attachment.scanner-failed"),
        (("kill -9 $$",), "attachment.scanner-failed"),
        (("sleep 30",), "attachment.scanner-failed"),
    ],
)
def test_what_is_not_cleared_is_refused(
    tmp_path: Path, paper: Path, lines: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        refuse_infected(program(tmp_path, *lines), paper, patience=0.5)
    assert refused.value.code == code


@pytest.mark.parametrize("command", ["/no/such/scanner", "'unclosed"])
def test_a_scanner_that_cannot_start_clears_nothing(paper: Path, command: str) -> None:
    with pytest.raises(Refused, match=r"attachment\.scanner-failed"):
        refuse_infected(command, paper)
