"""What leaves is what was written, as any mail program reads it."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import pytest

from tests.reminders.office_day import text_of
from tracker.reminders import mime

LONG = "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp tỉnh"
SAID = "Kính gửi: Sở\n\n.\n" + "một dòng dài " * 30 + "\n"


@pytest.fixture
def letter() -> mime.Part:
    bodies = mime.together("alternative", mime.text("plain", SAID), mime.text("html", "<p>Sở"))
    whole = mime.together("mixed", bodies, mime.text("calendar", "BEGIN", method="PUBLISH"))
    whole["To"] = mime.address(f"{LONG}, ({LONG})", "hop.thu.rat.dai.cua.ban@office.example")
    whole["Subject"] = mime.words(f"3 việc — {LONG}", after="Subject: ")
    whole["References"] = mime.list_of(f"<task-{number}@office.example>" for number in range(10))
    return whole


def arrived(letter: mime.Part) -> EmailMessage:
    read = message_from_bytes(letter.as_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    assert not [part.defects for part in read.walk() if part.defects]
    return read


def test_headers_arrive_as_they_were_written(letter: mime.Part) -> None:
    read = arrived(letter)
    (to,) = read["To"].addresses
    assert to.addr_spec == "hop.thu.rat.dai.cua.ban@office.example"
    # Not `to.display_name`: Python 3.11 puts a space where one encoded word follows another.
    name = str(make_header(decode_header(dict(letter.raw_items())["To"])))
    assert name == f"{LONG}, ({LONG}) <{to.addr_spec}>"
    assert read["Subject"] == letter["Subject"] == f"3 việc — {LONG}"
    assert len(read["References"].split()) == 10


def test_both_bodies_and_the_file_arrive(letter: mime.Part) -> None:
    read = arrived(letter)
    assert text_of(read).replace("\r\n", "\n") == SAID
    assert text_of(read, "html").strip() == "<p>Sở"
    (kind,) = (part.get_content_type() for part in read.walk() if part.get_param("method"))
    assert kind == "text/calendar"


def test_no_line_is_longer_than_mail_allows(letter: mime.Part) -> None:
    lines = letter.as_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert b"\n" not in b"".join(lines)


def test_it_leaves_as_the_standard_library_would_write_it(letter: mime.Part) -> None:
    assert letter.as_bytes().strip() == EmailMessage.as_bytes(letter).strip()


def test_a_line_break_makes_no_header() -> None:
    with pytest.raises(ValueError, match="Subject"):
        mime.Part()["Subject"] = "x\r\nBcc: chi@office.example"


@pytest.mark.parametrize("where", ["", "chi", "@office.example", "chi@", "chi@x\r\nBcc: y@z"])
def test_what_is_no_address_is_refused(where: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the library's or ours
        mime.address("Chi", where)
