"""Files as people bring and fetch them: what is taken, refused, shown, and left behind."""

import gc
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from tests.builders import Office, a_task
from tests.importer.hostile_papers import good_docx, pages_pdf, png, zip_bomb
from tests.importer.readers.word_papers import p
from tests.test_scanner import program
from tests.web.conftest import Browser
from tracker.domain import Attachment, Change, Task
from tracker.domain.attachment import Scan
from tracker.domain.change import Act, Thing
from tracker.web import files
from tracker.wiring import Wiring

PDF = pages_pdf(2)
NAME = "Tờ trình số 05.pdf"
Look = Callable[[Any], list[Any]]
Given = tuple[str, bytes]


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """An leads it, Bình supports it, Chi has nothing to do with it."""
    made = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    session.commit()
    return made


@pytest.fixture
def bring(task: Task) -> Callable[..., TestResponse]:
    def brought(browser: Browser, *given: Given, to: str = "") -> TestResponse:
        named = given or ((NAME, PDF),)
        files = [(BytesIO(data), name) for name, data in named]
        return browser.send(to or f"/tasks/{task.id}/files", files=files)

    return brought


Bring = Callable[..., TestResponse]


def page(browser: Browser, task: Task) -> str:
    return " ".join(browser.page(f"/tasks/{task.id}").split())


def on_disk(wired: Wiring) -> list[Path]:
    folder = Path(wired.settings.instance) / "files"
    return [path for path in folder.rglob("*") if path.is_file()]


def with_settings(app: Flask, wired: Wiring, **changed: object) -> None:
    """The same installation with other settings."""
    settings = wired.settings.model_copy(update=changed)
    app.extensions["wiring"] = Wiring(
        settings, wired.engine, wired.clock, wired.mailer, wired.letters
    )


def test_a_file_is_brought_and_fetched_by_everybody_of_the_task(
    an: Browser, binh: Browser, specialist: Browser, task: Task, bring: Bring
) -> None:
    assert bring(an).location == f"/tasks/{task.id}"
    for browser in (an, binh, specialist):
        assert NAME in page(browser, task)
        assert browser.get("/files/1").data == PDF


def test_a_file_is_only_ever_saved_and_never_opened_in_our_pages(an: Browser, bring: Bring) -> None:
    bring(an)
    headers = an.get("/files/1").headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment; filename")
    assert f"filename*=UTF-8''{quote(NAME)}" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "private, no-store"


def test_a_stranger_finds_nothing_of_it(chi: Browser, an: Browser, bring: Bring) -> None:
    bring(an)
    for address in ("/files/1", "/files/1/preview", "/files/1/pages/1"):
        assert chi.get(address).status_code == 404
    for act in ("versions", "removal"):
        assert bring(chi, to=f"/files/1/{act}").status_code == 404
    assert bring(chi).status_code == 404


def test_several_files_come_at_once(an: Browser, look: Look, bring: Bring) -> None:
    bring(an, ("a.pdf", PDF), ("b.txt", b"a"), ("c.docx", good_docx()))
    assert look(select(Attachment.name).order_by(col(Attachment.id))) == [
        "a.pdf", "b.txt", "c.docx",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", good_docx(p("TUYỆT MẬT")), "đóng dấu TUYỆT MẬT"),
        ("a.pdf", b"<html><script>alert(1)</script>", "HTML"),
        ("a.html", PDF, "loại .pdf"),
        ("a.svg", b"<svg onload='alert(1)'/>", "SVG"),
        ("a.docx", zip_bomb(320), "Tệp nén chứa lượng dữ liệu quá lớn"),
        ("a.txt", b"", "Tệp rỗng"),
    ],
)
def test_one_refused_file_is_named_and_none_is_kept(
    an: Browser, wired: Wiring, look: Look, bring: Bring, name: str, data: bytes, said: str
) -> None:
    refused = bring(an, (NAME, PDF), (name, data))
    assert refused.status_code == 422
    assert f"Không nhận tệp “{name}”" in refused.text
    assert said in refused.text
    assert look(select(Attachment)) == []
    assert on_disk(wired) == []


def test_choosing_none_and_choosing_too_many_is_told(an: Browser, bring: Bring, task: Task) -> None:
    assert "Chưa chọn tệp nào" in an.send(f"/tasks/{task.id}/files").text
    many = [(f"{number}.txt", b"a") for number in range(21)]
    assert "không quá 20 tệp" in bring(an, *many).text


# Werkzeug's test client leaves its own copy of a large upload to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_large_file_gets_its_sentence(
    app: Flask, wired: Wiring, an: Browser, bring: Bring
) -> None:
    with_settings(app, wired, upload_mb=1)
    large = b"a" * (1024 * 1024 + 1)
    assert "Tệp vượt giới hạn 1 MB" in bring(an, ("a.txt", large)).text
    several = [(f"{number}.txt", large) for number in range(6)]
    assert "Các tệp gửi cùng lúc vượt giới hạn 4 MB" in bring(an, *several).text
    assert on_disk(wired) == []
    gc.collect()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_file_larger_than_other_forms_may_be_is_taken(an: Browser, bring: Bring) -> None:
    assert bring(an, ("a.pdf", PDF + b"%" * (22 * 1024 * 1024))).status_code == 303
    gc.collect()


def test_the_same_file_twice_shares_one_content(
    an: Browser, wired: Wiring, look: Look, bring: Bring
) -> None:
    bring(an)
    bring(an)
    assert len(set(look(select(Attachment.sha256)))) == 1
    assert len([path for path in on_disk(wired) if "kept" in path.parts]) == 1


def test_a_path_in_a_name_is_left_out(an: Browser, look: Look, bring: Bring) -> None:
    bring(an, ("../../../etc/passwd/Kế hoạch.pdf", PDF))
    assert look(select(Attachment.name)) == ["Kế hoạch.pdf"]


def test_a_newer_version_stands_in_front_of_the_earlier_one(
    an: Browser, specialist: Browser, task: Task, bring: Bring
) -> None:
    bring(an)
    assert bring(specialist, ("Bản sửa.pdf", PDF), to="/files/1/versions").status_code == 303
    shown = page(an, task)
    assert shown.index("Bản sửa.pdf") < shown.index("bản 2") < shown.index("Các bản khác (1)")
    assert an.get("/files/1").data == PDF


def test_a_version_is_one_file(an: Browser, bring: Bring) -> None:
    bring(an)
    two = bring(an, (NAME, PDF), ("b.pdf", PDF), to="/files/1/versions")
    assert "hãy chọn đúng một tệp" in two.text
    assert "Chưa chọn tệp nào" in an.send("/files/1/versions").text


def test_a_file_taken_away_is_struck_through_with_who_and_why(
    an: Browser, binh: Browser, look: Look, task: Task, bring: Bring
) -> None:
    bring(an)
    assert an.send("/files/1/removal", reason="").status_code == 422
    assert binh.send("/files/1/removal", reason="x").status_code == 403
    an.send("/files/1/removal", reason="Gửi nhầm tệp")
    assert f"<del>{NAME}</del>" in page(binh, task)
    assert "Lý do: Gửi nhầm tệp" in page(binh, task)
    assert binh.get("/files/1").status_code == 404
    assert look(select(Change.reason).where(Change.act == Act.DETACHED)) == ["Gửi nhầm tệp"]


def test_a_refused_removal_keeps_its_form_open(an: Browser, bring: Bring) -> None:
    bring(an)
    shown = " ".join(an.send("/files/1/removal", reason="").text.split())
    assert '<details class="act" open> <summary>Gửi bản mới' in shown


def test_pages_are_looked_at_one_by_one(an: Browser, bring: Bring) -> None:
    bring(an)
    first, last = an.page("/files/1/preview"), an.page("/files/1/preview?page=99")
    assert "Trang 1 / 2" in first
    assert 'src="/files/1/pages/2"' in last
    shown = an.get("/files/1/pages/2")
    assert (shown.data[:3], shown.headers["Content-Type"]) == (b"\xff\xd8\xff", "image/jpeg")
    assert [an.get(f"/files/1/pages/{number}").status_code for number in (0, 3)] == [404, 404]


def test_what_has_no_pages_has_no_preview(an: Browser, task: Task, bring: Bring) -> None:
    bring(an, ("a.docx", good_docx()))
    assert "/preview" not in page(an, task)
    assert an.get("/files/1/preview").status_code == 404


def test_a_monstrous_picture_is_kept_and_not_drawn(an: Browser, bring: Bring) -> None:
    assert bring(an, ("a.png", png(20_000, 20_000))).status_code == 303
    answer = an.get("/files/1/pages/1")
    assert (answer.status_code, "20000" in answer.text) == (422, True)


def test_a_scan_says_that_nobody_looked_for_a_stamp(an: Browser, task: Task, bring: Bring) -> None:
    bring(an)
    assert "chưa soát được dấu mật" not in page(an, task)
    bring(an, ("a.png", png(20, 20)))
    assert "chưa soát được dấu mật" in page(an, task)


def test_a_damaged_file_gets_its_sentence(an: Browser, wired: Wiring, bring: Bring) -> None:
    bring(an)
    next(path for path in on_disk(wired) if "kept" in path.parts).write_bytes(b"x")
    answer = an.get("/files/1")
    assert (answer.status_code, "không còn nguyên vẹn" in answer.text) == (422, True)


@pytest.mark.parametrize(("code", "said"), [(1, "mã độc trong tệp"), (2, "không hoạt động")])
def test_what_the_scanner_does_not_clear_leaves_nothing(
    app: Flask, wired: Wiring, tmp_path: Path, an: Browser, bring: Bring, code: int, said: str
) -> None:
    with_settings(app, wired, scan_command=program(tmp_path, f"exit {code}"))
    refused = bring(an)
    assert (refused.status_code, said in refused.text) == (422, True)
    assert on_disk(wired) == []


def test_all_files_of_a_form_are_scanned_within_one_time(
    app: Flask, wired: Wiring, tmp_path: Path, an: Browser, bring: Bring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(files, "_SCANNING", 0.5)
    with_settings(app, wired, scan_command=program(tmp_path, "sleep 0.6"))
    refused = bring(an, ("a.txt", b"a"), ("b.txt", b"b"))
    assert (refused.status_code, "không hoạt động" in refused.text) == (422, True)
    monkeypatch.setattr(files, "_SCANNING", 0)
    assert "mất quá nhiều thời gian" in bring(an).text
    assert on_disk(wired) == []


def test_a_part_opens_what_the_office_gave_with_the_whole(
    chi: Browser, specialist: Browser, session: Session, office: Office, task: Task, bring: Bring
) -> None:
    bring(specialist)
    part = a_task(session, office.issuer, lead=office.culture, parent_id=task.id)
    session.commit()
    shown = page(chi, part)
    assert "Tệp văn phòng gửi kèm nhiệm vụ chung" in shown
    assert NAME in shown
    assert "/files/1/removal" not in shown
    assert chi.get("/files/1").data == PDF
    assert f'href="/tasks/{part.id}#file-1"' in chi.page("/files/1/preview")
    assert bring(chi, to="/files/1/versions").status_code == 404


def test_what_the_scanner_cleared_says_so_to_the_administrator(
    app: Flask, wired: Wiring, tmp_path: Path, an: Browser, admin: Browser, look: Look,
    task: Task, bring: Bring,
) -> None:  # fmt: skip
    bring(an)
    with_settings(app, wired, scan_command=program(tmp_path, "exit 0"))
    bring(an)
    assert look(select(Attachment.scan)) == [Scan.NOT_SCANNED, Scan.CLEAN]
    assert "Chưa quét mã độc" in page(admin, task)
    assert "quét" not in page(an, task)


def test_what_a_killed_request_left_goes_with_the_next_file(
    an: Browser, wired: Wiring, bring: Bring
) -> None:
    folder = Path(wired.settings.instance) / "files"
    for left in ("arriving/tmp1", "fresh/ab1", "kept/ab/ab1"):
        (folder / left).parent.mkdir(parents=True)
        (folder / left).touch()
        os.utime(folder / left, (0, 0))
    bring(an)
    assert not [path for path in on_disk(wired) if path.name in {"tmp1", "ab1"}]
    assert an.get("/files/1").data == PDF


def test_nobody_waits_for_the_database_while_files_are_examined(
    an: Browser, session: Session, bring: Bring, monkeypatch: pytest.MonkeyPatch, task: Task
) -> None:
    def written(data: bytes, media_type: str) -> tuple[int | None, bool]:
        session.add(Change(act=Act.EDITED, thing=Thing.TASK, thing_id=0, at=task.created_at))
        session.commit()
        return None, True

    monkeypatch.setattr(files, "_looked", written)
    assert bring(an).status_code == 303
