"""tracker export."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import Session

from tests.builders import Office, a_task
from tests.cli.conftest import Command
from tracker.cli import exporting


@pytest.fixture(autouse=True)
def work(instance: Path, session: Session, office: Office) -> None:
    for text in ("Đề án môi trường", "Báo cáo quý"):
        a_task(session, office.issuer, text=text, lead=office.finance)
    session.commit()


def test_the_server_writes_every_task_into_a_workbook(tracker: Command, tmp_path: Path) -> None:
    out = tmp_path / "viec.xlsx"
    assert tracker("export", "tasks", "--out", str(out)).stdout.startswith("2\t")
    page = load_workbook(out).active
    assert page is not None
    assert {page["B4"].value, page["B5"].value} == {"Đề án môi trường", "Báo cáo quý"}


def test_what_is_written_can_be_narrowed(tracker: Command, tmp_path: Path) -> None:
    out = tmp_path / "viec.csv"
    words = ("--format", "csv", "--search", "bao cao", "--status", "not_started")
    assert tracker("export", "tasks", "--out", str(out), *words).stdout.startswith("1\t")
    assert "Báo cáo quý" in out.read_text("utf-8-sig")


def test_too_many_are_refused_and_nothing_is_written(
    tracker: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    answer = tracker("export", "tasks", "--out", str(tmp_path / "viec.csv"))
    assert answer.exit_code == 2
    assert not (tmp_path / "viec.csv").exists()
