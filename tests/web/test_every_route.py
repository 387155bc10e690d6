"""What holds for every page there is, and for every page that will be."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, SQLModel
from werkzeug.routing import Rule

from tests.builders import (
    AT,
    Office,
    a_file,
    a_filing,
    a_group,
    a_meeting,
    a_person,
    a_programme,
    a_task,
)
from tests.web.conftest import Browser
from tracker import db
from tracker.domain import (
    Deputy,
    Directive,
    Import,
    ImportSource,
    Message,
    Procedure,
    ProcedureStep,
    ProgrammeVersion,
    ProgressNote,
    Proposal,
    Reminder,
    SavedFilter,
    SlowReading,
)
from tracker.domain.filing import FilingKind
from tracker.domain.person import Role
from tracker.domain.reminder import About, MessageState
from tracker.domain.reminder import Rule as Reason
from tracker.domain.task import Kind
from tracker.storage import Storage
from tracker.web.sign_in import PUBLIC

SECRET = "Nội dung riêng của Sở Tài chính"
# Everybody who signs in may look at the units, the calendar, and their own affairs.
FOR_EVERYBODY = {
    "home.index", "lists.index", "lists.export", "filters.index",
    "meetings.index", "programmes.index", "reminders.index",
    "units.index", "units.show", "calendar.index", "calendar.show", "people.me",
    "filings.index", "directives.index",
}  # fmt: skip
# What a stranger may send: it changes nothing but their own sign-in.
OWN_AFFAIRS = {
    "sign_in.enter", "sign_in.leave", "sign_in.language", "people.change_mine", "filters.keep",
    "deputies.name_mine", "deputies.stop",
}  # fmt: skip


def routes(app: Flask, method: str) -> Iterator[Rule]:
    pages = (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")
    yield from (rule for rule in pages if rule.methods and method in rule.methods)


@pytest.fixture
def things(session: Session, office: Office, tmp_path: Path) -> dict[str, Any]:
    """One of each thing, all of them none of Chi's business, by the name routes call it."""
    issuer = office.issuer
    programme = a_programme(session, issuer, title=SECRET)
    meeting = a_meeting(session, issuer, title=SECRET, programme_id=programme.id)
    links: dict[str, Any] = {"programme": programme, "meeting": meeting, "lead": office.finance}
    task = a_task(session, issuer, text=SECRET, due_on=date(2026, 2, 25), **links)
    made, item = a_document(session, issuer.id)
    kept: dict[str, Any] = {"number": 1, "title": SECRET, "at": AT, "import_id": made.id}
    session.add(ProgrammeVersion(programme_id=programme.id, **kept))
    letter = a_letter(session, office, task.id)
    note = ProgressNote(task_id=task.id, author_id=office.an.id, at=AT, text=SECRET)
    session.add(note)
    slow = SlowReading(by_id=office.specialist.id, at=AT, seen_at=AT, file_name=SECRET)
    session.add(slow)
    file = a_file(session, task, office.an, sha256=put_down(tmp_path), name=SECRET)
    group = a_group(session, issuer, SECRET, office.finance)
    filing = a_filing(session, task, office.an, FilingKind.REFUSAL, text=SECRET)
    kept_list = SavedFilter(person_id=office.an.id, name=SECRET, query="", at=AT)
    session.add(kept_list)
    papers = a_directive(session, office) | {"deputy_id": a_deputy(session, office)}
    session.commit()
    return papers | {
        "filter_id": kept_list.id,
        "group_id": group.id,
        "filing_id": filing.id,
        "file_id": file.id,
        "programme_id": programme.id, "meeting_id": meeting.id, "task_id": task.id,
        "import_id": made.id, "item_id": item.id, "message_id": letter.id,
        "unit_id": office.finance.id, "person_id": office.an.id, "post_id": 1, "alias_id": 1,
        "text": "2026-01-02", "chosen": "en", "what": "drop", "key": "none", "part": "page",
        "note_id": note.id, "reading_id": slow.id, "number": 1, "place": 0,
    }  # fmt: skip


def a_deputy(session: Session, office: Office) -> int:
    """Somebody of the office stands in for An on these days."""
    days: dict[str, Any] = {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 3, 31)}
    facts: dict[str, Any] = {"deputy_id": office.specialist.id, "created_at": AT, "reason": SECRET}
    made = Deputy(person_id=office.an.id, **facts, **days)
    session.add(made)
    session.flush()
    return made.id


def put_down(instance: Path) -> str:
    """A file's content where the application keeps such; its checksum."""
    storage = Storage(instance / "files")
    arrival = storage.receive(BytesIO(SECRET.encode()), megabytes=1)
    storage.keep(arrival)
    return arrival.sha256


def a_directive(session: Session, office: Office) -> dict[str, Any]:
    """A document and a procedure of the office, by the names that routes call them."""
    facts: dict[str, Any] = {"issuer_id": office.issuer.id, "title": SECRET, "created_at": AT}
    directive = Directive(number="18-KH/ĐU", **facts)
    procedure = Procedure(issuer_id=office.issuer.id, name=SECRET)
    session.add_all([directive, procedure])
    session.flush()
    step = ProcedureStep(procedure_id=procedure.id, position=1, text=SECRET)
    session.add(step)
    session.flush()
    ids = {"procedure_id": procedure.id, "step_id": step.id, "way": "up"}
    return ids | {"directive_id": directive.id}


def a_document(session: Session, issuer: Any) -> tuple[Import, Proposal]:
    file: dict[str, Any] = {"file_name": SECRET, "media_type": "text/markdown", "sha256": "0"}
    made = Import(issuer_id=issuer, at=AT, programme={"title": SECRET}, **file)
    session.add(made)
    session.flush()
    session.add(ImportSource(import_id=made.id, content=b"x"))
    facts: dict[str, Any] = {"ref": "1", "kind": Kind.TASK, "text": SECRET, "source_text": SECRET}
    item = Proposal(import_id=made.id, position=1, **facts)
    session.add(item)
    session.flush()
    return made, item


def a_letter(session: Session, office: Office, task: int | None) -> Message:
    to: dict[str, Any] = {
        "recipient": f"unit:{office.finance.id}",
        "name": "Sở Tài chính",
        "address": "a@b.vn",
    }
    words: dict[str, Any] = {
        "subject": SECRET,
        "text": SECRET,
        "html": SECRET,
        "message_id": "<1@x>",
    }
    when: dict[str, Any] = {"planned_for": date(2026, 2, 26), "created_at": AT, "next_try_at": AT}
    letter = Message(unit_id=office.finance.id, state=MessageState.SENT, **to, **words, **when)
    session.add(letter)
    session.flush()
    about: dict[str, Any] = {"about": About.TASK, "about_id": task, "recipient": letter.recipient}
    step: dict[str, Any] = {"due_version": 1, "due_on": date(2026, 2, 25), "step": 1}
    session.add(Reminder(rule=Reason.TASK_OVERDUE, message_id=letter.id, **about, **step))
    session.flush()
    return letter


def address(rule: Rule, things: dict[str, Any]) -> str:
    """The address of a route about the things; a new kind of thing must be made above."""
    missing = rule.arguments - set(things)
    assert not missing, f"{rule.endpoint}: say in `things` what {missing} is"
    _, path = rule.build({name: things[name] for name in rule.arguments}) or ("", "")
    return path


def everything(engine: sa.Engine) -> list[Any]:
    """Every row of every table."""
    with db.reading(engine) as session:
        tables = SQLModel.metadata.sorted_tables
        return [session.execute(sa.select(table)).all() for table in tables]


def test_every_page_asks_who_is_there_unless_it_is_listed_public(
    app: Flask, visitor: Browser, things: dict[str, Any]
) -> None:
    for rule in routes(app, "GET"):
        if rule.endpoint not in PUBLIC:
            answer = visitor.get(address(rule, things))
            assert (answer.status_code, answer.headers["Location"][:6]) == (303, "/login"), rule


def test_every_form_asks_who_is_there_unless_it_is_listed_public(
    app: Flask, visitor: Browser, things: dict[str, Any], engine: sa.Engine
) -> None:
    before = everything(engine)
    for rule in routes(app, "POST"):
        if rule.endpoint not in PUBLIC:
            answer = visitor.send(address(rule, things))
            assert (answer.status_code, answer.headers["Location"][:6]) == (303, "/login"), rule
    assert everything(engine) == before


def test_a_stranger_never_sees_the_words_of_others(
    app: Flask, chi: Browser, things: dict[str, Any]
) -> None:
    for rule in routes(app, "GET"):
        answer = chi.get(address(rule, things))
        assert SECRET not in answer.text, rule
        open_to_all = PUBLIC | FOR_EVERYBODY
        assert answer.status_code in ({200} if rule.endpoint in open_to_all else {403, 404}), rule


def test_a_stranger_s_forms_are_refused_and_change_nothing(
    app: Flask, chi: Browser, things: dict[str, Any], engine: sa.Engine
) -> None:
    before, task = everything(engine), str(things["task_id"])
    typed: dict[str, Any] = {"version": "1", "to": "done", "reason": "x", "text": "x"}
    typed |= {"act": "receive", "tasks": task, "shown": f"{task}.1"}
    for rule in routes(app, "POST"):
        if rule.endpoint not in OWN_AFFAIRS:
            answer = chi.send(address(rule, things), **typed)
            assert answer.status_code in {403, 404}, (rule, answer.status_code)
    assert everything(engine) == before


def test_a_form_without_its_token_is_refused(
    app: Flask, specialist: Browser, things: dict[str, Any], engine: sa.Engine
) -> None:
    before = everything(engine)
    for rule in routes(app, "POST"):
        assert specialist.post(address(rule, things)).status_code == 400, rule
    assert everything(engine) == before


@pytest.mark.parametrize("who", ["an", "specialist", "leader", "admin"])
def test_every_page_opens_for_those_it_is_for(
    request: pytest.FixtureRequest, app: Flask, things: dict[str, Any], who: str
) -> None:
    browser = request.getfixturevalue(who)
    for rule in routes(app, "GET"):
        assert browser.get(address(rule, things)).status_code in {200, 403, 404}, rule


def fill(session: Session, office: Office, numbers: range) -> None:
    """Tasks, meetings, programmes and people of these numbers, spread over the units."""
    units = [office.finance, office.health, office.culture]
    for n in numbers:
        programme = a_programme(session, office.issuer, title=f"Chương trình {n}")
        meeting = a_meeting(session, office.issuer, title=f"Hội nghị {n}")
        links = {"programme": programme, "meeting": meeting, "lead": units[n % 3]}
        a_task(session, office.issuer, due_on=date(2026, 2, 25), supports=(units[1],), **links)
        a_person(session, f"Người {n}", Role.UNIT_CLERK, units[n % 3])
    session.commit()


MOST_QUERIES = 20
Count = Callable[[], dict[str, int]]


@pytest.fixture
def count(app: Flask, specialist: Browser, an: Browser, statements: list[str]) -> Count:
    """Opens every list as the office and as a unit, and counts what each asks the database."""

    lists = [r for r in routes(app, "GET") if not r.arguments and r.endpoint not in PUBLIC]

    def counted() -> dict[str, int]:
        return {f"office {r.rule}": asked(specialist, r) for r in lists} | {
            f"unit {r.rule}": asked(an, r) for r in lists
        }

    def asked(browser: Browser, rule: Rule) -> int:
        statements.clear()
        browser.get(rule.rule)
        return len(statements)

    return counted


def test_no_list_asks_more_of_the_database_when_it_grows(
    session: Session, office: Office, count: Count
) -> None:
    fill(session, office, range(5))
    few = count()
    fill(session, office, range(5, 60))
    many = count()
    assert {page: asked for page, asked in many.items() if asked > few[page]} == {}
    assert max(many.values()) <= MOST_QUERIES
