"""The register of directives as each of the cast meets it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import AT, Office, a_group, a_task
from tests.importer.papers import BULLETIN
from tests.importer.proposals.test_review import read
from tests.web.conftest import Browser
from tracker.domain import Alias, Attachment, Directive, Support, Task
from tracker.importer.proposals import apply, review

Look = Callable[[Any], list[Any]]
PLAN: dict[str, Any] = {
    "kind": "Kế hoạch",
    "number": "18-KH/ĐU",
    "title": "Kế hoạch về dân vận khéo",
    "issued_on": "2026-04-24",
    "issued_by": "Đảng ủy UBND tỉnh",
}


@pytest.fixture
def plan(specialist: Browser) -> str:
    """The page of Kế hoạch số 18-KH/ĐU."""
    return str(specialist.send("/directives/new", **PLAN).location)


def give(browser: Browser, plan: str, office: Office, **typed: Any) -> Any:
    said: dict[str, Any] = {"text": "Xây dựng kế hoạch triển khai", "lead": office.finance.id}
    return browser.send(f"{plan}/tasks", **(said | typed))


def test_a_document_entered_stands_in_the_register(specialist: Browser, plan: str) -> None:
    page = specialist.page("/directives")
    assert "18-KH/ĐU" in page
    assert "24/4/2026" in page
    assert "Chưa có nhiệm vụ" in page


def test_the_same_document_again_leads_to_the_first(specialist: Browser, plan: str) -> None:
    answer = specialist.send("/directives/new", **(PLAN | {"title": "Nhập lại lần hai"}))
    assert answer.status_code == 422
    assert f'href="{plan}"' in answer.text
    assert "Nhập lại lần hai" in answer.text


@pytest.mark.parametrize(
    ("query", "found"), [("q=dan van", 1), ("q=18-kh/du", 1), ("q=xyz", 0), ("year=2026", 1),
                         ("year=2025", 0), ("year=abc&page=-1", 1)],
)  # fmt: skip
def test_the_register_is_searched(specialist: Browser, plan: str, query: str, found: int) -> None:
    assert specialist.page(f"/directives?{query}").count(f'href="{plan}"') == found


def test_the_second_editor_loses_nothing_typed(specialist: Browser, plan: str) -> None:
    first = specialist.send(f"{plan}/edit", version="1", **(PLAN | {"note": "Lần một"}))
    assert first.status_code == 303
    second = specialist.send(f"{plan}/edit", version="1", **(PLAN | {"note": "Lần hai"}))
    assert second.status_code == 409
    assert "Lần hai" in second.text
    assert "Lần một" in specialist.page(plan)


def test_a_task_given_from_it_says_by_which_document(
    specialist: Browser, an: Browser, plan: str, office: Office, look: Look
) -> None:
    supports = [str(office.health.id)]
    assert give(specialist, plan, office, due_on="2026-02-25", supports=supports).status_code == 303
    task = look(select(Task))[0]
    page = an.page(f"/tasks/{task.id}")
    assert f'href="{plan}"' in page
    assert "18-KH/ĐU" in page
    assert look(select(Support.unit_id)) == [office.health.id]


def test_the_document_counts_what_is_done_and_names_who_owes(
    specialist: Browser, leader: Browser, plan: str, office: Office
) -> None:
    give(specialist, plan, office, due_on="2026-02-25")
    for browser in (specialist, leader):
        page = browser.page(plan)
        assert "0/1 = 0%" in page
        assert "Đơn vị chưa xong" in page
        assert "1 quá hạn" in page


def test_a_task_for_many_units_goes_on_to_its_own_page(
    specialist: Browser, plan: str, office: Office
) -> None:
    answer = give(specialist, plan, office, lead="")
    assert "/tasks/" in str(answer.location)
    assert "Chưa giao đơn vị" in specialist.page(plan)


def test_a_refused_task_keeps_what_was_typed(
    specialist: Browser, plan: str, office: Office
) -> None:
    answer = give(specialist, plan, office, due_on="25/2/2026")
    assert answer.status_code == 422
    assert "Xây dựng kế hoạch triển khai" in answer.text
    assert give(specialist, plan, office, lead="999").status_code == 422


def test_a_unit_meets_a_document_by_its_own_tasks_alone(
    specialist: Browser, an: Browser, chi: Browser, plan: str, session: Session, office: Office
) -> None:
    give(specialist, plan, office)
    directive = session.exec(select(Directive)).one()
    a_task(session, office.issuer, lead=office.health, text="Việc riêng", directive_id=directive.id)
    session.commit()
    page = an.page(plan)
    assert "Xây dựng kế hoạch triển khai" in page
    assert "Việc riêng" not in page
    assert "Đơn vị chưa xong" not in page
    assert chi.get(plan).status_code == 404
    assert "18-KH/ĐU" not in chi.page("/directives")


def test_only_the_office_enters_and_edits(
    an: Browser, leader: Browser, specialist: Browser, plan: str, office: Office
) -> None:
    give(specialist, plan, office)
    for browser in (an, leader):
        assert browser.get("/directives/new").status_code == 403
        assert browser.send("/directives/new", **PLAN).status_code == 403
        assert browser.get(f"{plan}/edit").status_code == 403
        assert browser.send(f"{plan}/edit", version="1", **PLAN).status_code == 403
        assert give(browser, plan, office).status_code == 403


def test_a_share_of_a_divided_task_is_counted_and_not_listed(
    specialist: Browser, plan: str, session: Session, office: Office, look: Look
) -> None:
    give(specialist, plan, office, lead="")
    whole = session.exec(select(Task)).one()
    whole.is_divided = True
    for unit in (office.finance, office.health):
        facts: dict[str, Any] = {"lead": unit, "text": f"Phần của {unit.name}"}
        a_task(session, office.issuer, parent_id=whole.id, directive_id=whole.directive_id, **facts)
    session.commit()
    page = specialist.page(plan)
    assert "Chia cho 2 đơn vị" in page
    assert "Phần của" not in page
    assert len(look(select(Task).where(col(Task.parent_id) == whole.id))) == 2


def test_the_document_itself_lies_beside_its_entry(
    specialist: Browser, an: Browser, chi: Browser, plan: str, office: Office, look: Look
) -> None:
    give(specialist, plan, office)
    file = (BytesIO("Kế hoạch".encode()), "ke-hoach-18.txt")
    assert specialist.send(f"{plan}/files", files=file).status_code == 303
    stored = look(select(Attachment))[0]
    assert "ke-hoach-18.txt" in an.page(plan)
    assert an.get(f"/files/{stored.id}").status_code == 200
    assert chi.get(f"/files/{stored.id}").status_code == 404
    assert an.send(f"{plan}/files").status_code == 403
    assert specialist.send(f"{plan}/files").status_code == 422


def test_a_task_is_divided_among_a_saved_group_at_once(
    specialist: Browser, plan: str, session: Session, office: Office, look: Look
) -> None:
    group = a_group(session, office.issuer, "Các sở", office.finance, office.health)
    session.commit()
    assert give(specialist, plan, office, lead="", group=str(group.id)).status_code == 303
    assert "0/2 = 0%" in specialist.page(plan)
    directives = look(select(Task.directive_id).where(col(Task.parent_id).is_not(None)))
    assert directives == [1, 1]


def test_a_task_that_was_not_saved_is_not_listed(
    specialist: Browser, plan: str, session: Session, office: Office, look: Look
) -> None:
    office.health.is_active = False
    group = a_group(session, office.issuer, "Các sở", office.finance, office.health)
    session.commit()
    answer = give(specialist, plan, office, lead="", group=str(group.id))
    assert answer.status_code == 422
    assert "Chưa có nhiệm vụ nào" in answer.text
    assert "/tasks/1" not in answer.text
    assert answer.text.count("Xây dựng kế hoạch triển khai") == 1
    assert look(select(Task)) == []


def test_the_bulletin_s_plan_stands_in_the_register_with_its_task(
    specialist: Browser, session: Session, office: Office
) -> None:
    clerk = office.reader(session, office.specialist)
    session.add(Alias.written("Đảng ủy UBND tỉnh Bắc Ninh", office.issuer.id))
    paper = BULLETIN.read_bytes()
    made, _ = review.propose(session, read(session, paper), paper, by=clerk, at=AT)
    apply.accept(session, made, only_clear=False, by=clerk, at=AT)
    session.commit()
    page = specialist.page("/directives?q=18-kh/du")
    assert "Kế hoạch số 18-KH/ĐU" in page
    assert "0/1 = 0%" in page
    assert "29/5/2026" in specialist.page("/directives/1")
