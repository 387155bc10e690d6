"""Merging, splitting and closing units: shown first, done when confirmed, by one person alone."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_task
from tests.web.conftest import Browser
from tracker.domain import Post, Succession, Task, Unit
from tracker.queries.units import unit_called
from tracker.services.shares import divide

ON: dict[str, Any] = {"on": "2026-03-01", "reference": "Quyết định số 12/QĐ-UBND"}


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    made = a_task(session, office.issuer, lead=office.finance, text="Dự toán năm 2027")
    session.commit()
    return made


def test_the_preview_of_a_merger_tells_what_moves_and_moves_nothing(
    admin: Browser, session: Session, office: Office, task: Task
) -> None:
    asked: dict[str, Any] = {"into": office.health.id, **ON}
    page = admin.page(f"/units/{office.finance.id}/merge", query_string=asked)
    assert "Bước 2: những gì chuyển sang Sở Y tế" in page
    assert "1 nhiệm vụ chưa xong đang chủ trì" in page
    assert session.exec(select(Succession)).all() == []


def test_the_preview_counts_the_parts_that_are_one_too_many(
    admin: Browser, session: Session, office: Office, task: Task
) -> None:
    units, by = [office.health.id, office.culture.id], office.reader(session, office.specialist)
    divide(session, task, units, by=by, at=AT)
    session.commit()
    address = f"/units/{office.finance.id}/merge"
    page = admin.page(address, query_string={"into": office.health.id, **ON})
    assert "1 phần trùng được đưa ra khỏi chương trình" in page
    asked = {"into": office.office.id, **ON}
    assert "phần trùng" not in admin.page(address, query_string=asked)
    page = admin.page(address, query_string=asked | {"also": units})
    assert "2 phần trùng được đưa ra khỏi chương trình" in page
    assert page.count('type="checkbox" name="also"') == page.count('name="also"') - 2 > 2


def test_two_units_merge_into_a_new_one(
    admin: Browser, session: Session, office: Office, task: Task
) -> None:
    typed: dict[str, Any] = {"name": "Sở Tài chính và Y tế", "also": office.health.id, **ON}
    answer = admin.send(f"/units/{office.finance.id}/merge", **typed)
    new = called(session, "Sở Tài chính và Y tế")
    assert (answer.status_code, answer.location) == (303, f"/units/{new.id}")
    session.expire_all()
    assert (task.lead_id, office.health.is_active) == (new.id, False)
    assert "chuyển sang" in admin.page(f"/units/{office.finance.id}")
    assert "Quyết định số 12/QĐ-UBND" in admin.page(f"/units/{new.id}")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({**ON}, "Hãy chọn đơn vị nhận"),
        ({"name": "Sở mới", "on": ""}, "Hãy chọn ngày có hiệu lực"),
        ({"name": "Sở Y tế", **ON}, "Đã có đơn vị tên"),
    ],
)
def test_a_refused_merger_keeps_what_was_typed_and_changes_nothing(
    admin: Browser, session: Session, office: Office, typed: dict[str, Any], sentence: str
) -> None:
    answer = admin.send(f"/units/{office.finance.id}/merge", **typed)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert f'value="{typed.get("name", "")}"' in answer.text
    assert unit_called(session, "Sở mới") is None


def test_a_split_assigns_each_task_and_person_in_its_preview(
    admin: Browser, session: Session, office: Office, task: Task
) -> None:
    address, names = f"/units/{office.finance.id}/split", "Sở Ngân sách\nSở Thuế"
    page = admin.page(address, query_string={"names": names, **ON})
    post = session.exec(select(Post).where(Post.unit_id == office.finance.id)).one()
    assert f'name="task-{task.id}"' in page
    assert f'name="post-{post.id}"' in page
    chosen: dict[str, Any] = {f"task-{task.id}": "1", f"post-{post.id}": "1", **ON}
    session.rollback()
    assert admin.send(address, names=names, **chosen).status_code == 303
    session.expire_all()
    assert task.lead_id == post.unit_id == called(session, "Sở Thuế").id
    assert not office.finance.is_active


def test_a_split_into_one_is_refused(admin: Browser, session: Session, office: Office) -> None:
    answer = admin.send(f"/units/{office.finance.id}/split", names="Sở Thuế", **ON)
    assert (answer.status_code, "ít nhất hai đơn vị nhận" in answer.text) == (422, True)
    assert unit_called(session, "Sở Thuế") is None


def test_a_unit_is_closed_with_its_work_given_to_another(
    admin: Browser, session: Session, office: Office, task: Task
) -> None:
    assert admin.send(f"/units/{office.finance.id}/close", to=office.health.id).status_code == 303
    session.expire_all()
    assert (task.lead_id, office.finance.is_active) == (office.health.id, False)


def test_work_is_not_given_to_a_closed_unit(
    admin: Browser, session: Session, office: Office, task: Task
) -> None:
    office.health.is_active = False
    session.commit()
    answer = admin.send(f"/units/{office.finance.id}/close", to=office.health.id)
    assert (answer.status_code, "Sở Y tế đã ngừng" in answer.text) == (422, True)


@pytest.mark.parametrize("act", ["merge", "split"])
def test_nobody_else_opens_or_sends_these(specialist: Browser, office: Office, act: str) -> None:
    address = f"/units/{office.finance.id}/{act}"
    assert specialist.get(address).status_code == 403
    assert specialist.send(address, into=office.health.id, **ON).status_code == 403


def called(session: Session, name: str) -> Unit:
    found = unit_called(session, name)
    assert found is not None
    return found
