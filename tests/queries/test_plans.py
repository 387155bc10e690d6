"""How the databases walk through many tasks: along an index, for every filter, order and search."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

from tests.builders import AT, Office
from tracker.domain import Filing, Support, Task
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.finding import searchable
from tracker.domain.reader import Reader
from tracker.domain.task import Kind, Status, Timeliness
from tracker.queries.tasks import page_of
from tracker.queries.wanted import Days, Filed, Order, Part, Receipt, Wanted

TODAY = date(2026, 2, 26)
DAYS = Days(TODAY, date(2026, 3, 9))
TASKS = 2000
MOST_QUERIES = 16
SUBJECTS = ("xúc tiến thương mại", "bảo vệ môi trường", "bàn giao tài sản", "bán đấu giá đất")
READERS = ("specialist", "admin", "binh")
FILTERS = [
    Wanted(),
    Wanted(children=True),
    *(Wanted(status=word) for word in Status),
    *(Wanted(timeliness=word) for word in Timeliness),
    *(Wanted(filed=word) for word in Filed),
    *(Wanted(receipt=word) for word in Receipt),
    Wanted(kind=Kind.AGENDA),
    Wanted(unassigned=True),
    Wanted(programme=1),
    Wanted(meeting=1),
    Wanted(directive=1),
    Wanted(procedure=1),
    Wanted(words="bàn giao"),
    Wanted(words="ban"),
    Wanted(words="khong co gi"),
]
# A table that is read from end to end: SQLite says SCAN without an index, PostgreSQL Seq Scan.
WHOLE = re.compile(r"SCAN (task|filing|support)\b(?!.* USING)|Seq Scan on (task|filing|support)\b")

SEARCHES = re.compile("task_search|to_tsvector")


def a_row(n: int, office: Office) -> dict[str, Any]:
    """One of many: spread over units, statuses, days; every tenth a share of the one before."""
    status = list(Status)[n % 6]
    text = f"Việc {n}: {SUBJECTS[n % 4]}"
    leads = (office.finance.id, office.health.id, office.culture.id, None)
    due = TODAY + timedelta(days=n % 200 - 100)
    return {
        "id": n, "issuer_id": office.issuer.id, "kind": list(Kind)[n % 4], "text": text,
        "search_text": searchable(text), "lead_id": leads[n % 4], "status": status,
        "done_on": TODAY if status is Status.DONE else None, "due_on": due,
        "original_due_on": due, "parent_id": n - 1 if n % 10 == 0 else None,
        "is_divided": n % 10 == 9, "created_at": AT, "updated_at": AT + timedelta(minutes=n),
    }  # fmt: skip


def fill(session: Session, office: Office) -> None:
    session.bulk_insert_mappings(sa.inspect(Task), [a_row(n, office) for n in range(1, TASKS)])
    helps = [{"task_id": n, "unit_id": office.health.id} for n in range(1, TASKS, 5)]
    session.bulk_insert_mappings(sa.inspect(Support), helps)
    by: dict[str, Any] = {"author_id": office.an.id, "unit_id": office.finance.id, "at": AT}
    papers = [
        {"task_id": n, "state": list(FilingState)[n % 6], "kind": FilingKind.REPORT, **by}
        for n in range(1, TASKS, 10)
    ]
    session.bulk_insert_mappings(sa.inspect(Filing), papers)


@pytest.fixture
def plans(session: Session, office: Office) -> Iterator[list[tuple[str, str]]]:
    """Every statement that reads tasks, with the way the database says it will take."""
    fill(session, office)
    connection = session.connection()
    connection.exec_driver_sql("ANALYZE")
    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:
        # A few thousand rows are read whole sooner; what matters is that there is an index.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    seen: list[tuple[str, str]] = []

    def keep(conn: Any, cursor: Any, statement: str, facts: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            explained = ("EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN ") + statement
            rows = conn.connection.cursor().execute(explained, facts).fetchall()
            seen.append((statement, "\n".join(str(row[-1]) for row in rows)))

    event.listen(session.get_bind(), "before_cursor_execute", keep)
    yield seen
    event.remove(session.get_bind(), "before_cursor_execute", keep)


def wanted(reader: Reader, office: Office) -> Iterator[Wanted]:
    """Every filter in every order, and those of one unit in each of its parts."""
    own = frozenset({office.finance.id})
    of_units = [Wanted(units=own, part=part) for part in Part]
    for asked, order in itertools.product([*FILTERS, *of_units], Order):
        yield replace(asked, order=order)
        if asked.is_narrow and reader.units:
            yield replace(asked, order=order, units=reader.units)


@pytest.mark.parametrize("who", READERS)
def test_no_list_reads_a_table_from_end_to_end(
    session: Session, office: Office, plans: list[tuple[str, str]], who: str
) -> None:
    reader = office.reader(session, getattr(office, who))
    for asked in wanted(reader, office):
        plans.clear()
        page_of(session, reader, asked, days=DAYS, with_documents=True)
        assert [plan for _, plan in plans if WHOLE.search(plan)] == [], asked
        assert len(plans) <= MOST_QUERIES, asked


@pytest.mark.parametrize("who", ["specialist", "admin", "an"])
def test_the_plain_list_and_those_by_deadline_sort_nothing(
    session: Session, office: Office, plans: list[tuple[str, str]], who: str
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the plan of SQLite; PostgreSQL decides by its statistics")
    reader = office.reader(session, getattr(office, who))
    plain = [Wanted(), Wanted(children=True), Wanted(status=Status.PAUSED)]
    for asked in plain if who != "an" else [Wanted(units=reader.units, part=Part.LEAD)]:
        plans.clear()
        page_of(session, reader, asked, days=DAYS)
        assert "TEMP B-TREE" not in plans[0][1], asked


def test_exact_words_come_first_and_both_portions_use_the_index_of_words(
    session: Session, office: Office, plans: list[tuple[str, str]]
) -> None:
    reader = office.reader(session, office.specialist)
    found = page_of(session, reader, Wanted(words="bàn"), days=DAYS, with_documents=False)
    searches = [plan for statement, plan in plans if SEARCHES.search(statement)]
    assert len(searches) == 2
    # PostgreSQL may find so few rows by another index sooner; it must only not read them all.
    assert [plan for plan in searches if WHOLE.search(plan)] == []
    assert all("bàn giao" in line.task.text for line in found.lines)
    assert found.total > len(found.lines)
