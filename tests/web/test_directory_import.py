"""Lists are shown line by line before anything is kept; the administrator alone brings them in."""

import io
import json
import re
from html import unescape

import pytest
from sqlmodel import Session
from werkzeug.test import TestResponse

from tests.builders import AT, Office
from tests.web.conftest import Browser
from tracker.queries.people import by_email
from tracker.queries.units import unit_called
from tracker.services.people import sign_in

UNITS = "tên,thuộc\nSở Nội vụ,UBND tỉnh Bắc Ninh\nPhòng ma,Sở ma\n"
PEOPLE = "họ tên,thư điện tử,vai trò,đơn vị,mật khẩu\nHà,ha@tinh.vn,unit-clerk,Sở Y tế,Bi-mat-9\n"


def hand_in(browser: Browser, kind: str, text: str) -> TestResponse:
    return browser.send(f"/{kind}/import", file=(io.BytesIO(text.encode()), "danh sach.csv"))


def lines_in(page: str) -> str:
    found = re.search('name="lines" value="([^"]*)"', page)
    assert found is not None
    return unescape(found[1])


def test_a_preview_tells_each_line_and_keeps_nothing(
    admin: Browser, session: Session, office: Office
) -> None:
    page = hand_in(admin, "units", UNITS).text
    assert "1 thêm mới, 0 có thay đổi, 0 không đổi, 1 chưa nhập được" in page
    assert "Cột “thuộc”: Không có đơn vị “Sở ma”" in unescape(page)
    assert unit_called(session, "Sở Nội vụ") is None


def test_the_good_lines_are_taken_when_confirmed(
    admin: Browser, session: Session, office: Office
) -> None:
    lines = lines_in(hand_in(admin, "units", UNITS.splitlines()[0] + "\nSở Nội vụ,\n").text)
    answer = admin.send("/units/import/confirm", lines=lines)
    assert answer.status_code == 303
    assert unit_called(session, "Sở Nội vụ") is not None
    assert "Đã nhập: 1 thêm mới" in admin.page(answer.location)


def test_the_wrong_lines_are_still_told_when_the_good_ones_are_taken(
    admin: Browser, session: Session, office: Office
) -> None:
    lines = lines_in(hand_in(admin, "units", UNITS).text)
    page = unescape(admin.send("/units/import/confirm", lines=lines).text)
    assert unit_called(session, "Sở Nội vụ") is not None
    assert unit_called(session, "Phòng ma") is None
    assert "1 dòng chưa nhập được" in page
    assert "Cột “thuộc”: Không có đơn vị “Sở ma”: hãy ghi đúng tên" in page


def test_a_password_in_the_file_is_neither_read_nor_shown(
    admin: Browser, session: Session, office: Office
) -> None:
    page = hand_in(admin, "people", PEOPLE).text
    assert "Bi-mat-9" not in page
    admin.send("/people/import/confirm", lines=lines_in(page))
    person = by_email(session, "ha@tinh.vn")
    assert person is not None
    assert person.password_hash == ""


def test_first_passwords_are_handed_over_once(
    admin: Browser, session: Session, office: Office
) -> None:
    admin.send("/people/import/confirm", lines=lines_in(hand_in(admin, "people", PEOPLE).text))
    assert "chưa có mật khẩu" in admin.page("/people/import")
    answer = admin.send("/people/passwords")
    line = next(one for one in answer.text.splitlines() if "ha@tinh.vn" in one)
    session.rollback()
    assert sign_in(session, "ha@tinh.vn", line.split(",")[2], at=AT) is not None
    session.rollback()
    assert "ha@tinh.vn" not in admin.send("/people/passwords").text


@pytest.mark.parametrize("lines", ["", "x", "1", json.dumps([["x", {}]]), json.dumps([[1, 2]])])
def test_lines_that_were_tampered_with_are_refused(admin: Browser, lines: str) -> None:
    assert admin.send("/units/import/confirm", lines=lines).status_code == 422


def test_no_file_or_a_wrong_one_is_told(admin: Browser, office: Office) -> None:
    assert "Hãy chọn tệp danh sách" in admin.send("/units/import").text
    answer = hand_in(admin, "people", "một,hai\n1,2\n")
    assert (answer.status_code, "Không thấy dòng tiêu đề" in answer.text) == (422, True)


@pytest.mark.parametrize("kind", ["units", "people"])
def test_the_template_can_be_handed_in(admin: Browser, office: Office, kind: str) -> None:
    template = admin.get(f"/{kind}/import/template")
    assert "attachment" in template.headers["Content-Disposition"]
    assert hand_in(admin, kind, template.text).status_code == 200


@pytest.mark.parametrize(
    "address", ["units/import", "people/import", "units/import/template", "people/import/template"]
)
def test_nobody_else_opens_these_pages(specialist: Browser, address: str) -> None:
    assert specialist.get(f"/{address}").status_code == 403


@pytest.mark.parametrize(
    "address",
    ["units/import", "people/import", "units/import/confirm", "people/import/confirm",
     "people/passwords"],
)  # fmt: skip
def test_nobody_else_brings_lists_in(leader: Browser, address: str) -> None:
    assert leader.send(f"/{address}", lines="[]").status_code == 403
