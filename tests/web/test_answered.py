"""What a unit reads of the answers to its papers, also when the task is no longer its own."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import AT, Office, a_filing, a_task
from tests.web.conftest import Browser
from tracker.domain import Filing, Task
from tracker.domain.filing import FilingKind, FilingState


@pytest.fixture
def freed(session: Session, office: Office) -> Task:
    """A task that An's unit refused, the office agreed, and Sở Y tế has now."""
    task = a_task(session, office.issuer, text="Việc giao nhầm", lead=office.finance)
    an_answer(session, office, task, state=FilingState.ACCEPTED, answer="Giao Sở Y tế")
    task.lead_id = office.health.id
    session.commit()
    return task


def an_answer(session: Session, office: Office, task: Task, **facts: Any) -> Filing:
    said = {"text": "Không thuộc chức năng", "decided_at": AT}
    return a_filing(session, task, office.an, FilingKind.REFUSAL, **(said | facts))


def test_a_unit_reads_its_refusal_and_the_answer_without_the_task(an: Browser, freed: Task) -> None:
    page = an.page("/filings")
    for words in ("Việc giao nhầm", "Không thuộc chức năng", "Trả lời: Giao Sở Y tế"):
        assert words in page
    assert f"/tasks/{freed.id}" not in page
    assert an.get(f"/tasks/{freed.id}").status_code == 404


def test_nobody_else_reads_it_there(binh: Browser, chi: Browser, freed: Task) -> None:
    for browser in (binh, chi):
        assert "Không thuộc chức năng" not in browser.page("/filings")


def test_a_task_that_is_still_the_unit_s_own_opens(
    an: Browser, session: Session, office: Office
) -> None:
    task = a_task(session, office.issuer, text="Việc giữ lại", lead=office.finance)
    an_answer(session, office, task, state=FilingState.RETURNED, answer="Đúng việc của sở")
    session.commit()
    page = an.page("/filings")
    assert "Đúng việc của sở" in page
    assert f'href="/tasks/{task.id}"' in page


def test_old_answers_and_papers_that_wait_are_not_among_them(
    an: Browser, session: Session, office: Office
) -> None:
    task = a_task(session, office.issuer, lead=office.finance)
    old: dict[str, Any] = {"decided_at": AT - timedelta(days=10), "text": "Từ lâu"}
    an_answer(session, office, task, state=FilingState.RETURNED, **old)
    an_answer(session, office, task, state=FilingState.WAITING, decided_at=None, text="Còn chờ")
    session.commit()
    assert 'id="answered"' not in an.page("/filings")
