"""Two people change one task: the second is told what the first did, and loses nothing typed."""

import re
from typing import Any

import pytest
from psycopg.errors import DeadlockDetected
from sqlmodel import Session

from tests.builders import Office, a_meeting, a_task
from tests.web.conftest import Browser
from tracker.db import Away
from tracker.domain import Task
from tracker.web.request import StaleDataError

_HIDDEN = re.compile(r'name="(version|seen)" value="(\d+)"')


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    made = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    session.commit()
    return made


def shown(page: str) -> dict[str, Any]:
    """What the forms of a page carry: the version of the task, and its newest line."""
    found = dict(_HIDDEN.findall(page))
    assert set(found) == {"version", "seen"}
    return found


def deadline(browser: Browser, task: Task, form: dict[str, Any], due_on: str, reason: str) -> Any:
    return browser.send(f"/tasks/{task.id}/deadline", due_on=due_on, reason=reason, **form)


def text(answer: Any) -> str:
    return " ".join(answer.text.split())


def test_the_second_is_told_what_changed_and_by_whom(specialist: Browser, task: Task) -> None:
    form = shown(specialist.page(f"/tasks/{task.id}"))
    assert deadline(specialist, task, form, "2026-03-31", "Chờ số liệu").status_code == 303
    answer = deadline(specialist, task, form, "2026-04-15", "Xin lùi")
    assert answer.status_code == 409
    told = text(answer)
    assert "Trong lúc anh/chị nhập" in told
    assert "Lúc 07:30 26/02/2026, Chuyên viên: Đổi thời hạn" in told
    assert "Thời hạn: <strong>31/3/2026</strong>. Lý do: Chờ số liệu" in told


def test_what_was_typed_stays_and_is_saved_the_second_time(
    specialist: Browser, session: Session, task: Task
) -> None:
    form = shown(specialist.page(f"/tasks/{task.id}"))
    deadline(specialist, task, form, "2026-03-31", "Chờ số liệu")
    answer = deadline(specialist, task, form, "2026-04-15", "Xin lùi")
    assert 'value="2026-04-15"' in answer.text
    assert "Xin lùi</textarea>" in answer.text
    again = deadline(specialist, task, shown(answer.text), "2026-04-15", "Xin lùi")
    assert again.status_code == 303
    session.refresh(task)
    assert f"{task.due_on}" == "2026-04-15"


def test_a_form_with_a_page_of_its_own_tells_the_same(
    specialist: Browser, office: Office, task: Task
) -> None:
    form = shown(specialist.page(f"/tasks/{task.id}/units"))
    deadline(specialist, task, form, "2026-03-31", "Chờ số liệu")
    units: dict[str, Any] = {"lead": str(office.culture.id), "supports": [str(office.finance.id)]}
    answer = specialist.send(f"/tasks/{task.id}/units", **units, **form)
    assert answer.status_code == 409
    assert "Chuyên viên: Đổi thời hạn" in text(answer)
    assert f'<option value="{office.culture.id}" selected>' in answer.text
    again = specialist.send(f"/tasks/{task.id}/units", **units, **shown(answer.text))
    assert again.status_code == 303


def test_a_form_that_does_not_say_what_it_was_shown_with_is_told_all_the_same(
    specialist: Browser, task: Task
) -> None:
    answer = deadline(specialist, task, {"version": "99"}, "2026-04-15", "Xin lùi")
    assert answer.status_code == 409
    assert "Người khác vừa sửa mục này" in answer.text


def test_a_note_is_no_hindrance_and_meets_none(
    an: Browser, specialist: Browser, task: Task
) -> None:
    form = shown(specialist.page(f"/tasks/{task.id}"))
    assert an.send(f"/tasks/{task.id}/notes", text="Đang soạn", percent="50").status_code == 303
    assert deadline(specialist, task, form, "2026-03-31", "Chờ số liệu").status_code == 303
    assert an.send(f"/tasks/{task.id}/notes", text="Xong", version="1").status_code == 303


def test_two_at_the_very_same_moment_are_answered_alike(
    specialist: Browser, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = shown(specialist.page(f"/tasks/{task.id}"))

    def raised(*_: object, **__: object) -> None:
        raise StaleDataError("the row has been changed")

    monkeypatch.setattr("tracker.services.tasks.set_deadline", raised)
    answer = deadline(specialist, task, form, "2026-04-15", "Xin lùi")
    assert answer.status_code == 409
    assert "Xin lùi</textarea>" in answer.text


def test_who_would_wait_for_another_for_ever_is_told_and_may_try_again(
    specialist: Browser, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = shown(specialist.page(f"/tasks/{task.id}"))

    def stopped(*_: object, **__: object) -> None:
        raise Away("UPDATE task", {}, DeadlockDetected())

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("tracker.services.tasks.set_deadline", stopped)
        answer = deadline(specialist, task, form, "2026-04-15", "Xin lùi")
    assert answer.status_code == 409
    assert "Người khác vừa sửa mục này" in answer.text
    assert deadline(specialist, task, form, "2026-04-15", "Xin lùi").status_code == 303


def test_whoever_moves_a_meeting_second_is_told_as_well(
    specialist: Browser, session: Session, office: Office
) -> None:
    address = f"/meetings/{a_meeting(session, office.issuer).id}"
    session.commit()
    typed = {"held_on": "2026-03-05", "certainty": "planned"}
    form = shown(specialist.page(address)) | typed
    assert specialist.send(address, place="Phòng 1", **form).status_code == 303
    answer = specialist.send(address, place="Phòng 2", **form)
    assert answer.status_code == 409
    assert "Địa điểm: <strong>Phòng 1</strong>" in text(answer)
    assert 'value="Phòng 2"' in answer.text
    again = specialist.send(address, place="Phòng 2", **(shown(answer.text) | typed))
    assert again.status_code == 303


def test_whoever_typed_nothing_is_not_told_to_save_again(specialist: Browser, task: Task) -> None:
    form = shown(specialist.page(f"/tasks/{task.id}"))
    deadline(specialist, task, form, "2026-03-31", "Chờ số liệu")
    answer = specialist.send(f"/tasks/{task.id}/status", to="in_progress", **form)
    assert answer.status_code == 409
    assert "hãy xem lại rồi quyết định" in text(answer)
    assert "bấm lưu một lần nữa" not in text(answer)
