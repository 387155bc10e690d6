"""Pages of a list: in order, never twice, and walked along an index."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite
from sqlmodel import Session

from tests.builders import Office, a_task
from tracker.domain.task import Status, Timeliness
from tracker.queries import tasks
from tracker.queries.tasks import page_of
from tracker.queries.wanted import Days, Order, Part, Wanted

TODAY = date(2026, 2, 26)
DAYS = Days(TODAY, date(2026, 3, 9))


@pytest.fixture
def many(session: Session, office: Office) -> int:
    """120 tasks of several units and statuses, some of nobody."""
    leads = (office.finance, office.health, office.culture, None)
    for n in range(120):
        status = list(Status)[n % 6]
        done = {"done_on": TODAY} if status is Status.DONE else {}
        lead = leads[n % 4]
        facts: dict[str, Any] = {"lead_id": lead.id if lead else None, "status": status, **done}
        a_task(session, office.issuer, due_on=TODAY + timedelta(days=n - 60), **facts)
    return 120


@pytest.mark.parametrize("order", list(Order))
def test_the_pages_of_a_list_hold_every_task_once(
    session: Session, office: Office, many: int, order: Order
) -> None:
    reader = office.reader(session, office.specialist)
    pages = [
        page_of(session, reader, Wanted(order=order, page=page), days=DAYS) for page in (1, 2, 3, 4)
    ]
    found = [line.task.id for page in pages for line in page.lines]
    assert len(found) == len(set(found)) == many
    assert [page.has_more for page in pages] == [True, True, False, False]
    assert {page.total for page in pages} == {many}


@pytest.mark.parametrize("timeliness", list(Timeliness))
def test_the_list_agrees_with_the_rule_about_every_task(
    session: Session, office: Office, many: int, timeliness: Timeliness
) -> None:
    reader = office.reader(session, office.specialist)
    every = [
        line
        for page in (1, 2, 3)
        for line in page_of(session, reader, Wanted(page=page), days=DAYS).lines
    ]
    expected = {line.task.id for line in every if line.timeliness is timeliness}
    found = page_of(session, reader, Wanted(timeliness=timeliness), days=DAYS)
    assert found.total == len(expected)
    assert {line.task.id for line in found.lines} <= expected


def test_units_stand_in_vietnamese_order_and_work_of_nobody_at_the_end(
    session: Session, office: Office, many: int
) -> None:
    reader = office.reader(session, office.specialist)
    found = [
        line.task.lead
        for page in (1, 2, 3)
        for line in page_of(session, reader, Wanted(order=Order.UNIT, page=page), days=DAYS).lines
    ]
    assert list(dict.fromkeys(found)) == [
        "Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", None,
    ]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), [("ho", ["Hồ sơ"]), ("hoac", ["Kế hoạch"])])
def test_whole_words_are_found_first_and_beginnings_when_there_are_none(
    session: Session, office: Office, words: str, expected: list[str]
) -> None:
    for text in ("Hồ sơ", "Kế hoạch"):
        a_task(session, office.issuer, text=text)
    found = page_of(
        session, office.reader(session, office.specialist), Wanted(words=words), days=DAYS
    )
    assert [line.task.text for line in found.lines] == expected


def test_a_long_list_is_counted_only_so_far(
    session: Session, office: Office, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "COUNTED_TO", 100)
    found = page_of(session, office.reader(session, office.admin), Wanted(), days=DAYS)
    assert (found.total, found.is_capped) == (101, True)


@pytest.mark.parametrize(
    ("who", "wanted", "index"),
    [
        ("specialist", Wanted(), "ix_task_issuer_id_is_closed_due_on"),
        ("admin", Wanted(), "ix_task_is_closed_due_on"),
        ("specialist", Wanted(status=Status.PAUSED), "ix_task_issuer_id_status_due_on"),
        ("specialist", Wanted(order=Order.CHANGED), "ix_task_updated_at"),
        ("specialist", Wanted(programme=1), "ix_task_programme_id_position"),
        ("specialist", Wanted(units=frozenset({4}), part=Part.LEAD), "ix_task_lead_id_is_closed"),
        ("an", Wanted(timeliness=Timeliness.OVERDUE), "MULTI-INDEX OR"),
        ("specialist", Wanted(words="ke hoach"), "INTEGER PRIMARY KEY"),
    ],
)
def test_sqlite_walks_the_index_made_for_the_list(
    session: Session, office: Office, who: str, wanted: Wanted, index: str
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the plan of SQLite; PostgreSQL decides by its statistics")
    asked = tasks.asked_of(office.reader(session, getattr(office, who)), wanted, DAYS)[0]
    options = {"render_postcompile": True}
    said = asked.limit(51).compile(
        dialect=sqlite.dialect(paramstyle="named"), compile_kwargs=options
    )
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", _plain(said.params))
    assert index in "\n".join(row.detail for row in plan)


def _plain(params: dict[str, object]) -> dict[str, object]:
    # The driver knows no dates and no enums; the plan does not depend on them.
    return {name: str(value) for name, value in params.items()}
