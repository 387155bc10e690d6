"""Handing in a document: what is taken, what is refused, and the page that shows the progress."""

import gc
import threading
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, func, select
from werkzeug.test import TestResponse

from tests.builders import AT, Office, a_person, a_unit
from tests.conftest import THURSDAY_MORNING
from tests.web.conftest import Browser, SignIn
from tracker import db, paths
from tracker.clock import pause, real_now
from tracker.domain import Import, Person, SlowReading
from tracker.domain.person import Role
from tracker.importer.meaning.reading import Reading
from tracker.importer.parse import read_programme
from tracker.web import uploads

SAMPLE = (paths.DATA / "programme-2026-02-bac-ninh.md").read_bytes()
Look = Callable[[Any], list[Any]]


def hand_in(browser: Browser, data: bytes = SAMPLE, name: str = "ct.md") -> TestResponse:
    return browser.send("/imports", document=(BytesIO(data), name))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.md"),
        (bytes(range(256)), "picture.md"),
        (b"Thu rieng.\n", "letter.txt"),
        (b"PK\x03\x04" + bytes(80), "programme.docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(
    specialist: Browser, look: Look, data: bytes, name: str
) -> None:
    refused = hand_in(specialist, data, name)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert look(select(func.count()).select_from(Import)) == [0]


def test_choosing_no_file_is_told(specialist: Browser) -> None:
    assert "Chưa chọn tệp" in specialist.send("/imports").text


# Werkzeug's test client leaves its own copy of a large upload to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_a_file_over_the_limit_is_refused(specialist: Browser) -> None:
    assert hand_in(specialist, b" " * (22 * 1024 * 1024)).status_code == 413
    gc.collect()


def test_a_path_in_the_files_name_is_not_kept(specialist: Browser, look: Look) -> None:
    hand_in(specialist, name="../../etc/Chương trình.md")
    assert look(select(Import.file_name)) == ["Chương trình.md"]


@pytest.fixture
def no_patience(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reading outlasts its page."""
    monkeypatch.setattr(uploads, "PATIENCE", 0.0)


@pytest.fixture
def under_way(engine: sa.Engine, office: Office) -> SlowReading:
    """A scan of twelve pages of which the specialist's reading has read three."""
    return a_reading(engine, office.specialist)


def a_reading(engine: sa.Engine, by: Person, **facts: Any) -> SlowReading:
    known: dict[str, Any] = {"at": AT, "seen_at": real_now(), "pages_done": 3, "pages": 12}
    row = SlowReading(by_id=by.id, file_name="quet.pdf", **known | facts)
    with db.transaction(engine) as session:
        session.add(row)
    return row


def until_over(browser: Browser, address: str) -> TestResponse:
    answer = browser.get(address)
    while "<progress" in answer.text:
        pause(0.1)
        answer = browser.get(address)
    return answer


def test_a_long_reading_goes_on_and_leads_to_its_review(
    specialist: Browser, look: Look, no_patience: None
) -> None:
    sent = hand_in(specialist)
    assert "/imports/readings/" in sent.location
    assert until_over(specialist, sent.location).location == "/imports/1"
    assert "Trong văn bản, dòng 31" in specialist.page("/imports/1")


def test_the_same_file_again_says_so_after_a_long_reading_too(
    specialist: Browser, engine: sa.Engine, office: Office
) -> None:
    later = THURSDAY_MORNING + timedelta(hours=1)
    hand_in(specialist)
    row = a_reading(engine, office.specialist, at=later, import_id=1)
    assert specialist.get(f"/imports/readings/{row.id}").location == "/imports/1?known=1"


def test_a_long_reading_that_comes_to_nothing_says_why_and_offers_the_form(
    specialist: Browser, look: Look, no_patience: None
) -> None:
    over = until_over(specialist, hand_in(specialist, b"Thu rieng.\n", "letter.txt").location)
    assert "Không tìm thấy chương trình công tác" in over.text
    assert 'type="file"' in over.text
    assert look(select(func.count()).select_from(Import)) == [0]


def test_the_page_shows_how_far_the_reading_is(specialist: Browser, under_way: SlowReading) -> None:
    page = specialist.page(f"/imports/readings/{under_way.id}")
    assert "Đã đọc 3/12 trang" in page
    assert 'max="12" value="3"' in page
    assert "Đã đọc 3/12 trang" in specialist.page("/imports")


def test_htmx_gets_the_progress_alone_and_is_sent_on_at_the_end(
    specialist: Browser, engine: sa.Engine, office: Office
) -> None:
    review = str(hand_in(specialist).location)
    going = a_reading(engine, office.specialist)
    over = a_reading(engine, office.specialist, import_id=1)
    asked: dict[str, Any] = {"headers": {"HX-Request": "true"}}
    page = specialist.page(f"/imports/readings/{going.id}", **asked)
    assert page.startswith('<div id="progress"')
    sent_on = specialist.get(f"/imports/readings/{over.id}", **asked)
    assert sent_on.headers["HX-Redirect"].startswith(review)


def test_a_reading_that_nobody_renews_was_interrupted(
    specialist: Browser, engine: sa.Engine, office: Office
) -> None:
    row = a_reading(engine, office.specialist, seen_at=real_now() - timedelta(seconds=40))
    page = specialist.page(f"/imports/readings/{row.id}")
    assert "Việc đọc bị gián đoạn" in page
    assert 'type="file"' in page


def test_a_reading_given_up_is_stopped_and_leaves_nothing(
    specialist: Browser, look: Look, no_patience: None
) -> None:
    sent = hand_in(specialist)
    specialist.send(f"{sent.location}/stop")
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join(10)
    assert "ct.md" not in specialist.page("/imports")
    assert look(select(func.count()).select_from(Import)) == [0]


def test_a_colleague_of_the_office_sees_the_reading_and_nobody_else(
    sign_in: SignIn, session: Session, office: Office, engine: sa.Engine
) -> None:
    colleague = a_person(session, "Đồng nghiệp", Role.OFFICE_LEADER, office.issuer)
    other = a_unit(session, "UBND tỉnh Khác", issues=True)
    stranger = a_person(session, "Người lạ", Role.OFFICE_SPECIALIST, other)
    session.commit()
    address = f"/imports/readings/{a_reading(engine, office.specialist).id}"
    answers = [sign_in(who).get(address).status_code for who in (colleague, stranger, office.an)]
    assert answers == [200, 404, 403]
    assert sign_in(stranger).send(f"{address}/stop").status_code == 404
    assert "quet.pdf" not in sign_in(stranger).page("/imports")


def test_readings_of_yesterday_are_swept_when_the_next_begins(
    specialist: Browser, engine: sa.Engine, office: Office, look: Look, no_patience: None
) -> None:
    a_reading(engine, office.specialist, seen_at=real_now() - timedelta(hours=25))
    until_over(specialist, hand_in(specialist).location)
    assert "quet.pdf" not in look(select(SlowReading.file_name))


def test_nobody_waits_for_the_database_while_a_file_is_read(
    specialist: Browser, engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(name: str, data: bytes, **known: Any) -> Reading:
        with db.transaction(engine) as other:
            a_unit(other, "Đơn vị ghi trong lúc đọc")
        known.pop("progress")
        return read_programme(name, data, **known)

    monkeypatch.setattr(uploads, "read_apart", read)
    assert hand_in(specialist).status_code == 303


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/Chương trình.md", "Chương trình.md"),
        ("C:\\Tài liệu\\ct.md", "ct.md"),
        ("ke\u0302\u0301 hoa\u0323ch.md", "kế hoạch.md"),
        ("ct\u202ecod.exe.md", "ctcod.exe.md"),
        ("a\x07b\u200b.md", "ab.md"),
        ("...", "document"),
        ("x" * 300 + ".md", "x" * 117 + ".md"),
    ],
)
def test_the_name_kept_is_the_files_own(given: str, kept: str) -> None:
    assert uploads._name_of(given) == kept


def test_the_form_names_what_can_be_read(specialist: Browser) -> None:
    page = specialist.page("/imports")
    assert 'accept=".docx,.doc,.pdf,.xlsx' in page
    assert "không quá 20 MB" in page
