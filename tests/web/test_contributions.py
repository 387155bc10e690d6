"""The part of a supporting unit, on the page of the task."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_task
from tests.web.conftest import Browser
from tracker.domain import Attachment, Support, Task
from tracker.domain.task import Contribution

Look = Callable[[Any], list[Any]]
_HIDDEN = re.compile(r'name="(given_at|seen)" value="([^"]+)"')


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """An leads it, Bình supports it, Chi has nothing to do with it."""
    made = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    session.commit()
    return made


@pytest.fixture
def part(task: Task, office: Office) -> str:
    return f"/tasks/{task.id}/contributions/{office.health.id}"


def state(look: Look) -> Contribution:
    found: Contribution = look(select(Support.state))[0]
    return found


def shown(browser: Browser, task: Task) -> dict[str, Any]:
    """What the form that answers a part was shown with."""
    found = dict(_HIDDEN.findall(browser.page(f"/tasks/{task.id}")))
    assert set(found) == {"given_at", "seen"}
    return found


def test_a_part_given_anew_is_not_accepted_unseen(
    an: Browser, binh: Browser, session: Session, task: Task, part: str, look: Look
) -> None:
    binh.send(part, text="Số liệu quý I")
    # The clock of the tests stands still: the first words were given a minute before.
    first = session.exec(select(Support)).one()
    first.given_at = AT
    session.add(first)
    session.commit()
    seen = shown(an, task)
    binh.send(part, text="Số liệu cả năm")
    for form in (seen, {}):
        assert an.send(f"{part}/accept", **form).status_code == 409
        assert an.send(f"{part}/return", reason="Sửa", **form).status_code == 409
    answer = " ".join(an.send(f"{part}/accept", **seen).text.split())
    assert "Nội dung phối hợp: Số liệu quý I → <strong>Số liệu cả năm</strong>" in answer
    assert state(look) is Contribution.GIVEN
    assert an.send(f"{part}/accept", **shown(an, task)).status_code == 303


def test_binh_gives_and_an_returns_and_accepts(
    an: Browser, binh: Browser, task: Task, part: str, look: Look
) -> None:
    assert binh.send(part, text="Số liệu 6 tháng").status_code == 303
    assert "Số liệu 6 tháng" in an.page(f"/tasks/{task.id}")
    seen = shown(an, task)
    assert an.send(f"{part}/return", reason="Thiếu quý I", **seen).status_code == 303
    page = binh.page(f"/tasks/{task.id}")
    assert "Thiếu quý I" in page
    assert "An · Trả lại phần phối hợp của Sở Y tế" in page
    assert binh.send(part, text="Đã bổ sung quý I").status_code == 303
    assert an.send(f"{part}/accept", **shown(an, task)).status_code == 303
    assert state(look) is Contribution.ACCEPTED


def test_a_part_may_be_a_file_alone(
    an: Browser, binh: Browser, office: Office, task: Task, part: str, look: Look
) -> None:
    file = (BytesIO("Số liệu".encode()), "số liệu.txt")
    assert binh.send(part, text="", files=file).status_code == 303
    assert look(select(Attachment.unit_id)) == [office.health.id]
    assert "số liệu.txt" in an.page(f"/tasks/{task.id}")


def test_nothing_given_is_said_and_what_was_typed_stays(binh: Browser, part: str) -> None:
    answer = binh.send(part, text="")
    assert answer.status_code == 422
    assert "viết phần phối hợp hoặc đính kèm" in answer.text


def test_the_office_sees_what_is_expected_and_may_answer(
    specialist: Browser, binh: Browser, task: Task, part: str
) -> None:
    assert "Chưa gửi" in specialist.page(f"/tasks/{task.id}")
    binh.send(part, text="Số liệu")
    assert specialist.send(f"{part}/accept", **shown(specialist, task)).status_code == 303


def test_an_cannot_give_for_binh_nor_binh_accept_his_own(
    an: Browser, binh: Browser, part: str
) -> None:
    assert an.send(part, text="x").status_code == 403
    binh.send(part, text="Số liệu")
    assert binh.send(f"{part}/accept").status_code == 403


def test_chi_knows_of_nothing(chi: Browser, part: str, look: Look) -> None:
    for address in (part, f"{part}/accept", f"{part}/return"):
        assert chi.send(address, text="x", reason="x").status_code == 404
    assert state(look) is Contribution.EXPECTED
