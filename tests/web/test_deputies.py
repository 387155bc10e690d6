"""The bar, the switch and the forms of whoever stands in for somebody."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import Office, a_filing, a_person, a_task
from tests.web.conftest import Browser, SignIn
from tracker.app import create_app
from tracker.domain import Deputy, Person
from tracker.domain.filing import FilingState
from tracker.domain.person import Role
from tracker.wiring import Wiring

DAYS: dict[str, Any] = {"from": "2026-02-26", "to": "2026-03-05", "reason": "đi công tác"}
BAR = "Anh/chị được giao làm thay An đến hết ngày 05/3/2026"
WORDS = "Nhiệm vụ riêng của Sở Tài chính"


@pytest.fixture
def mai(session: Session, office: Office) -> Person:
    found = a_person(session, "Mai", Role.OFFICE_SPECIALIST, office.issuer)
    a_task(session, office.issuer, lead=office.finance, text=WORDS)
    session.commit()
    return found


@pytest.fixture
def deputy(sign_in: SignIn, admin: Browser, office: Office) -> Browser:
    """Chi, whom the administrator named for An."""
    a_named = admin.send(f"/people/{office.an.id}/deputies", deputy_id=office.chi.id, **DAYS)
    assert a_named.status_code == 303
    return sign_in(office.chi)


def test_one_names_a_deputy_on_one_s_own_page(
    an: Browser, session: Session, office: Office
) -> None:
    lan = a_person(session, "Lan", Role.UNIT_CLERK, office.finance)
    session.commit()
    assert an.send("/people/me/deputies", deputy_id=lan.id, **DAYS).status_code == 303
    page = an.page("/people/me")
    assert "từ 26/02/2026 đến hết 05/3/2026" in page
    deputy = session.exec(select(Deputy)).one()
    session.commit()
    assert an.send(f"/deputies/{deputy.id}/end").status_code == 303
    assert "đến hết 05/3/2026" not in an.page("/people/me")


def test_a_refused_deputy_keeps_what_was_typed(admin: Browser, office: Office) -> None:
    answer = admin.send(f"/people/{office.an.id}/deputies", deputy_id="", **DAYS)
    assert answer.status_code == 422
    assert "Hãy chọn người làm thay" in answer.text
    assert 'value="đi công tác"' in answer.text


def test_the_bar_leads_into_the_other_s_work_and_back(
    deputy: Browser, mai: Person, office: Office
) -> None:
    assert BAR in deputy.page("/")
    assert WORDS not in deputy.page("/tasks")
    assert deputy.send(f"/acting/{office.an.id}").status_code == 303
    page = deputy.page("/tasks")
    assert WORDS in page
    assert "Đang làm thay An." in page
    assert deputy.send("/acting/stop").status_code == 303
    assert WORDS not in deputy.page("/tasks")


def test_the_rights_end_with_the_day_without_a_word(
    deputy: Browser, mai: Person, office: Office, wired: Wiring
) -> None:
    deputy.send(f"/acting/{office.an.id}")
    later = create_app(wired.at(wired.clock.now() + timedelta(days=8)))
    deputy.application = later
    page = deputy.page("/tasks")
    assert WORDS not in page
    assert "được giao làm thay" not in page
    assert "Đang làm thay" not in page
    assert deputy.send(f"/acting/{office.an.id}").status_code == 404


def test_a_deputy_is_told_why_they_do_not_let_their_own_paper_go(
    session: Session, office: Office, admin: Browser, an: Browser
) -> None:
    head = a_person(session, "Hạnh", Role.UNIT_HEAD, office.finance, email="h@office.example")
    task = a_task(session, office.issuer, lead=office.finance)
    a_filing(session, task, office.an, state=FilingState.WITH_HEAD, sent_at=None)
    session.commit()
    admin.send(f"/people/{head.id}/deputies", deputy_id=office.an.id, **DAYS)
    an.send(f"/acting/{head.id}")
    assert "chờ anh/chị duyệt gửi văn phòng" not in an.page("/")
    page = an.page(f"/tasks/{task.id}")
    assert "Duyệt, gửi văn phòng" not in page
    assert "Anh/chị là người soạn nên không tự duyệt; thủ trưởng đơn vị" in page


def test_the_form_says_whom_one_may_choose(admin: Browser, an: Browser, office: Office) -> None:
    assert "kể cả vai trò của văn phòng" in admin.page(f"/people/{office.an.id}")
    assert "ở gần mọi vai trò của anh/chị" in an.page("/people/me")


def test_nobody_acts_for_somebody_who_did_not_ask_them(chi: Browser, office: Office) -> None:
    assert chi.send(f"/acting/{office.an.id}").status_code == 404
    with chi.session_transaction() as cookie:
        cookie["acting"] = office.an.id
    assert "Đang làm thay" not in chi.page("/")


def test_only_the_administrator_names_a_deputy_for_another(
    binh: Browser, office: Office, deputy: Browser
) -> None:
    address = f"/people/{office.an.id}/deputies"
    assert binh.send(address, deputy_id=office.binh.id, **DAYS).status_code == 403
    assert binh.send("/deputies/1/end").status_code == 403


def test_a_refusal_is_told_to_the_administrator_on_the_person_s_page(
    admin: Browser, office: Office, deputy: Browser
) -> None:
    address = f"/people/{office.an.id}/deputies"
    answer = admin.send(address, deputy_id=office.binh.id, **DAYS)
    assert answer.status_code == 422
    assert "Chi đã được giao làm thay đến 05/3/2026" in answer.text


def test_a_deputy_who_is_an_administrator_is_none_while_acting(
    admin: Browser, office: Office
) -> None:
    admin.send(f"/people/{office.an.id}/deputies", deputy_id=office.admin.id, **DAYS)
    admin.send(f"/acting/{office.an.id}")
    assert admin.get("/people").status_code == 403
