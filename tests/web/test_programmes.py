"""Programmes as printed, and as much of them as a unit may see."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import Office, a_meeting, a_programme, a_task
from tests.web.conftest import Browser
from tracker.domain import Programme, Recipient, Section
from tracker.domain.task import Status


@pytest.fixture
def programme(session: Session, office: Office) -> Programme:
    """Section A with a task of nobody, B, I with one of Sở Tài chính; a meeting, a recipient."""
    made = a_programme(session, office.issuer, symbol="CTr-UBND", signer="Vũ Huy Phương")
    sections = [Section(programme_id=made.id, position=n, text=t) for n, t in enumerate("AB")]
    session.add_all(sections)
    session.flush()
    below = Section(programme_id=made.id, position=2, text="I. Hội nghị", parent_id=sections[1].id)
    session.add_all(
        [below, Recipient(programme_id=made.id, position=0, text="Văn phòng Chính phủ;")]
    )
    session.flush()
    facts: dict[str, Any] = {"programme": made, "due_on": date(2026, 2, 27)}
    a_task(session, office.issuer, text="Việc hai", section_id=below.id, position=2,
           lead=office.finance, **facts)  # fmt: skip
    a_task(session, office.issuer, text="Việc một", section_id=sections[0].id, position=1, **facts)
    a_meeting(session, office.issuer, programme_id=made.id, title="Hội nghị tháng 02")
    session.commit()
    return made


def of(programme: Programme) -> str:
    return f"/programmes/{programme.id}"


def test_the_office_reads_it_in_printed_order(specialist: Browser, programme: Programme) -> None:
    page = specialist.page(of(programme))
    order = (
        "Vũ Huy Phương",
        "Hội nghị tháng 02",
        "Việc một",
        "I. Hội nghị",
        "Việc hai",
        "Chính phủ;",
    )
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_numbers_by_status_lead_to_the_list(
    specialist: Browser, session: Session, office: Office, programme: Programme
) -> None:
    done: dict[str, Any] = {"status": Status.DONE, "done_on": date(2026, 2, 20)}
    a_task(session, office.issuer, text="Xong", programme=programme, **done)
    session.commit()
    address = f"/tasks?programme={programme.id}&amp;status=not_started"
    assert f'"{address}"><strong>2</strong>' in specialist.page(of(programme))


def test_a_unit_sees_only_its_own_tasks_inside_and_is_told_so(
    an: Browser, programme: Programme
) -> None:
    page = an.page(of(programme))
    assert "Việc hai" in page
    assert "Việc một" not in page
    assert "Chỉ hiện các nhiệm vụ" in page
    assert "<strong>1</strong>" in page


def test_a_stranger_does_not_learn_of_it(chi: Browser, programme: Programme) -> None:
    assert chi.get(of(programme)).status_code == 404
    assert programme.title not in chi.page("/programmes")
    assert "Chưa có chương trình nào" in chi.page("/programmes")


def test_the_latest_stands_first_and_more_follow_on_the_next_page(
    specialist: Browser, session: Session, office: Office
) -> None:
    for n in range(31):
        a_programme(session, office.issuer, title=f"Kỳ {n:02}.", starts_on=date(2026, 1, 1 + n))
    session.commit()
    page = specialist.page("/programmes")
    assert page.index("Kỳ 30.") < page.index("Kỳ 01.")
    assert "Kỳ 00." in specialist.page("/programmes?page=2")
