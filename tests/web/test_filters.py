"""Saved filters: kept, shared with one's unit, opened again, and nobody else's to touch."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_person, a_task
from tests.web.conftest import Browser, SignIn
from tracker.domain import SavedFilter
from tracker.domain.person import Role

Look = Callable[[Any], list[Any]]
LATE = "timeliness=overdue&cols=text&cols=due"


def keep(browser: Browser, name: str, **typed: Any) -> int:
    return browser.send("/filters", name=name, query=LATE, **typed).status_code


@pytest.fixture
def colleague(session: Session, office: Office, sign_in: SignIn) -> Browser:
    """Dung works beside An."""
    dung = a_person(session, "Dung", Role.UNIT_CLERK, office.finance)
    session.commit()
    return sign_in(dung)


def test_a_filter_is_kept_with_its_columns_and_stands_above_the_list(an: Browser) -> None:
    assert keep(an, "Việc quá hạn") == 303
    page = an.page("/tasks")
    assert 'href="/tasks?timeliness=overdue&amp;cols=text&amp;cols=due"' in page
    assert "Việc quá hạn" in page


def test_a_private_filter_is_seen_by_nobody_else(an: Browser, colleague: Browser) -> None:
    keep(an, "Riêng của An")
    assert "Riêng của An" not in colleague.page("/tasks") + colleague.page("/filters")


def test_a_shared_filter_says_whose_it_is_and_strangers_never_see_it(
    an: Browser, colleague: Browser, chi: Browser, specialist: Browser, office: Office
) -> None:
    assert keep(an, "Của cả sở", unit_id=str(office.finance.id)) == 303
    page = " ".join(colleague.page("/tasks").split())
    assert 'Của cả sở <span class="muted">· An</span>' in page
    for other in (chi, specialist):
        assert "Của cả sở" not in other.page("/tasks") + other.page("/filters")


def test_a_filter_is_shared_with_one_s_own_unit_alone(
    an: Browser, office: Office, look: Look
) -> None:
    assert keep(an, "Của sở khác", unit_id=str(office.health.id)) == 403
    assert look(select(SavedFilter)) == []


def test_the_office_shares_among_itself(specialist: Browser, office: Office) -> None:
    assert keep(specialist, "Của văn phòng", unit_id=str(office.issuer.id)) == 303


def test_the_owner_renames_and_removes(an: Browser, look: Look) -> None:
    keep(an, "Cũ")
    (kept,) = look(select(SavedFilter))
    assert an.send(f"/filters/{kept.id}/rename", name="  Mới   hơn ").status_code == 303
    assert look(select(SavedFilter.name)) == ["Mới hơn"]
    assert an.send(f"/filters/{kept.id}/remove").status_code == 303
    assert look(select(SavedFilter)) == []


def test_a_colleague_touches_nobody_else_s(
    an: Browser, colleague: Browser, office: Office, look: Look
) -> None:
    keep(an, "Của cả sở", unit_id=str(office.finance.id))
    (kept,) = look(select(SavedFilter))
    assert colleague.send(f"/filters/{kept.id}/rename", name="x").status_code == 404
    assert colleague.send(f"/filters/{kept.id}/remove").status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "Đã có", "d" * 121])
def test_a_refused_name_keeps_what_was_typed(an: Browser, name: str) -> None:
    keep(an, "Đã có")
    answer = an.send("/filters", name=name, query=LATE)
    assert answer.status_code == 422
    assert f'value="{name}"' in answer.text
    assert 'value="timeliness=overdue&amp;cols=text&amp;cols=due"' in answer.text


def test_what_is_kept_leads_to_the_list_and_nowhere_else(an: Browser, look: Look) -> None:
    query = "status=done&next=https://elsewhere.example&page=3&q="
    assert an.send("/filters", name="Xong", query=query).status_code == 303
    assert look(select(SavedFilter.query)) == ["status=done"]


def test_everybody_keeps_only_so_many(an: Browser, session: Session, office: Office) -> None:
    facts: dict[str, Any] = {"person_id": office.an.id, "query": "", "at": AT}
    session.add_all(SavedFilter(name=f"Bộ lọc {n}", **facts) for n in range(50))
    session.commit()
    assert keep(an, "Thêm nữa") == 422


def test_the_form_says_what_is_being_kept(an: Browser, session: Session, office: Office) -> None:
    a_task(session, office.issuer, lead=office.finance)
    session.commit()
    assert 'href="/filters?status=not_started#keep"' in an.page("/tasks?status=not_started")
    assert 'value="status=not_started"' in an.page("/filters?status=not_started")
