"""tracker user and unit: lists come in whole or not at all, and go out without secrets."""

from pathlib import Path

import pytest
from sqlmodel import Session

from tests.builders import Office
from tests.cli.conftest import Command
from tracker.queries.people import by_email

HEAD = "họ tên,thư điện tử,vai trò,đơn vị\n"
GOOD = "Lê Hà,ha@tinh.vn,đầu mối đơn vị,Sở Y tế\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def test_people_come_from_a_list_whole_or_not_at_all(
    tracker: Command, instance: Path, session: Session, office: Office, table: Path
) -> None:
    table.write_text(HEAD + GOOD + "X,x@tinh.vn,vua,Sở Y tế\n", encoding="utf-8")
    result = tracker("user", "import", str(table))
    assert (result.exit_code, "Dòng 3: Không có vai trò “vua”" in result.stderr) == (2, True)
    assert by_email(session, "ha@tinh.vn") is None
    session.rollback()
    table.write_text(HEAD + GOOD, encoding="utf-8")
    assert "Đã nhập 1 dòng" in tracker("user", "import", str(table)).stdout
    assert by_email(session, "ha@tinh.vn") is not None


def test_people_go_out_without_secrets_and_come_in_again(
    tracker: Command, instance: Path, office: Office, table: Path
) -> None:
    tracker("user", "password", office.an.email)
    tracker("user", "export", "--out", str(table))
    said = table.read_text(encoding="utf-8-sig")
    assert "An,an@office.example,unit-clerk,Sở Tài chính" in said
    assert "argon2" not in said
    assert tracker("user", "import", str(table)).exit_code == 0
