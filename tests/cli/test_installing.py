"""tracker init, upgrade, doctor, sample: from nothing to an office that runs."""

import json
import re
import sqlite3
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, func, select

from tests.builders import AT, Office, a_task, a_unit
from tests.cli.conftest import Command
from tests.reminders.sink import a_sink
from tracker.domain import Person, Post, Task, Unit
from tracker.services.people import sign_in
from tracker.settings import load_settings


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to make an instance in."""
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "office"))
    return tmp_path / "office"


def test_init_makes_settings_with_a_secret_that_only_the_owner_reads(
    tracker: Command, nothing: Path
) -> None:
    assert tracker("init", "--yes").exit_code == 0
    settings = load_settings()
    settings.refuse_unsafe()
    assert stat.S_IMODE((nothing / "tracker.toml").stat().st_mode) == 0o600
    assert (nothing / "tracker.sqlite3").is_file()


def test_init_asks_when_it_may(tracker: Command, nothing: Path) -> None:
    answers = ["https://dondoc.example", "smtp://mail.example", "a@b.example", "qt@b.example"]
    result = tracker("init", answers=answers)
    assert result.exit_code == 0
    assert load_settings().base_url == "https://dondoc.example"
    assert "qt@b.example" in result.stdout


def test_init_never_overwrites_an_instance(tracker: Command, nothing: Path) -> None:
    tracker("init", "--yes")
    before = (nothing / "tracker.toml").read_text()
    assert tracker("init", "--yes").exit_code == 2
    assert (nothing / "tracker.toml").read_text() == before


def test_init_with_the_sample_and_an_administrator_can_be_signed_in_to(
    tracker: Command, nothing: Path
) -> None:
    said = tracker("init", "--yes", "--with-sample", "--admin", "qt@tinh.example").stdout
    assert "sotaichinh@demo.test" in said
    assert re.search(r"qt@tinh\.example.*: \S{12,}", said)
    assert tracker("upgrade").exit_code == 0


def test_init_and_upgrade_bring_the_shipped_procedures_once(
    tracker: Command, nothing: Path
) -> None:
    tracker("init", "--yes")
    tracker("upgrade")
    with sqlite3.connect(nothing / "tracker.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM procedurestep").fetchone() == (28,)


def test_a_command_that_needs_an_instance_says_how_to_make_one(
    tracker: Command, nothing: Path
) -> None:
    result = tracker("user", "list")
    assert (result.exit_code, "tracker init" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", ["serve", "worker", "remind"])
def test_what_sends_or_serves_refuses_an_unsafe_instance(
    tracker: Command, instance: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv("TRACKER_SECRET_KEY")
    result = tracker(command)
    assert (result.exit_code, "TRACKER_SECRET_KEY" in result.stderr) == (2, True)


def test_sample_fills_an_empty_database_and_no_other(
    tracker: Command, instance: Path, session: Session
) -> None:
    assert tracker("sample", "--tasks", "50", "--units", "5").exit_code == 0
    assert session.exec(select(func.count()).select_from(Task)).one() == 50
    session.rollback()
    assert tracker("sample").exit_code == 2


def test_doctor_names_each_problem_with_its_cure(
    tracker: Command, instance: Path, session: Session, office: Office
) -> None:
    a_task(session, office.issuer, lead=a_unit(session, "Sở không hộp thư"))
    session.commit()
    result = tracker("doctor", "--json")
    codes = [problem["code"] for problem in json.loads(result.stdout)["problems"]]
    assert result.exit_code == 1
    assert codes == [
        "doctor.no-mail-server",
        "doctor.late-job",
        "doctor.late-job",
        "doctor.unit-without-address",
    ]


def test_doctor_is_silent_about_what_is_well(
    tracker: Command, instance: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_sink() as sink:
        monkeypatch.setenv("TRACKER_SMTP_URL", sink.url)
        said = tracker("doctor").stdout
    assert "127.0.0.1" not in said
    assert "TRACKER_BASE_URL" not in said


def test_a_user_added_by_the_server_can_sign_in(
    tracker: Command, instance: Path, session: Session, office: Office
) -> None:
    words = ["--name", "Văn thư", "--role", "unit-clerk", "--unit", "Sở Y tế"]
    password = tracker("user", "add", "vt@office.example", *words).stdout.strip().split("\t")[1]
    assert sign_in(session, "VT@office.example", password, at=AT) is not None


def test_a_disabled_user_cannot_sign_in(
    tracker: Command, instance: Path, session: Session, office: Office
) -> None:
    tracker("user", "disable", office.an.email)
    session.expire_all()
    assert session.get_one(Person, office.an.id).is_disabled


def test_units_come_from_a_table_whole_or_not_at_all(
    tracker: Command, instance: Path, session: Session, office: Office, tmp_path: Path
) -> None:
    table = tmp_path / "units.csv"
    table.write_text(
        "name,parent,email,aliases\nSở Mới,,m@x.vn,SM|Sở M\n,Sở Mới,,\n", encoding="utf-8"
    )
    assert tracker("unit", "import", str(table)).exit_code == 2
    table.write_text("name,parent,email,aliases\nSở Mới,,m@x.vn,SM|Sở M\n", encoding="utf-8")
    assert tracker("unit", "import", str(table)).exit_code == 0
    assert tracker("unit", "list").stdout.count("Sở Mới") == 1


def test_the_calendars_own_rows_are_added_and_listed(
    tracker: Command, instance: Path, office: Office
) -> None:
    tracker("calendar", "add", "2026-02-28", "work", "--name", "Làm bù", "--reference", "CV 1")
    assert "2026-02-28,work,Làm bù,CV 1" in tracker("calendar", "list").stdout


def test_units_exported_can_be_imported_in_another_place(
    tracker: Command, instance: Path, session: Session, office: Office, tmp_path: Path
) -> None:
    tracker("unit", "add", "Sở Nội vụ", "--parent", "UBND tỉnh Bắc Ninh")
    before = tracker("unit", "export").stdout
    table = tmp_path / "out.csv"
    tracker("unit", "export", "--out", str(table))
    session.execute(sa.delete(Post))
    session.execute(sa.delete(Unit))
    session.commit()
    assert tracker("unit", "import", str(table)).exit_code == 0
    assert tracker("unit", "export").stdout == before
