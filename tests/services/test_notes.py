"""What is said about a task: by whom, to whom, and how it is put right."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.builders import AT, Office, a_person, a_task, a_unit
from tracker.domain import Change, Mention, Task
from tracker.domain.change import Act, Thing
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import NotAllowed, NotFound, Refused
from tracker.queries.notes import people_around, unanswered_for
from tracker.services import notes

LATER = AT + timedelta(hours=1)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    return a_task(session, office.issuer, lead=office.finance, supports=(office.health,))


@pytest.fixture
def an(session: Session, office: Office) -> Reader:
    return office.reader(session, office.an)


@pytest.fixture
def binh(session: Session, office: Office) -> Reader:
    return office.reader(session, office.binh)


@pytest.fixture
def specialist(session: Session, office: Office) -> Reader:
    return office.reader(session, office.specialist)


def note(session: Session, task: Task, by: Reader, text: str = "Xong", **facts: Any) -> Any:
    facts = {"percent": None, "at": AT} | facts
    return notes.note(session, task, text, by=by, **facts)


def test_a_finished_task_keeps_its_percentage(
    session: Session, office: Office, specialist: Reader
) -> None:
    done: dict[str, Any] = {"status": Status.DONE, "done_on": date(2026, 2, 26), "percent": 100}
    task = a_task(session, office.issuer, **done)
    note(session, task, specialist, "Bổ sung", percent=50)
    assert task.percent == 100


def test_a_supporting_units_share_does_not_move_the_leads(
    session: Session, task: Task, binh: Reader
) -> None:
    said = note(session, task, binh, "Phần của Sở Y tế", percent=80)
    assert (said.percent, task.percent) == (80, 0)


def test_a_percentage_may_stand_without_words_but_not_nothing(
    session: Session, task: Task, an: Reader
) -> None:
    assert note(session, task, an, "", percent=75).text == ""
    assert task.percent == 75
    with pytest.raises(Refused, match=r"task\.note-empty"):
        note(session, task, an, "  ")


def test_the_first_percentage_of_its_lead_starts_a_task(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    note(session, task, specialist, percent=10)
    note(session, task, an, "Đang chờ số liệu", percent=0)
    assert task.status is Status.NOT_STARTED
    note(session, task, an, percent=40)
    assert (task.status, task.percent) == (Status.IN_PROGRESS, 40)
    line = session.exec(select(Change).where(Change.act == Act.STATUS)).one()
    assert line.details == {"status": ["not_started", "in_progress"]}


def test_a_note_is_no_change_that_stops_whoever_edits_the_task(
    session: Session, task: Task, an: Reader
) -> None:
    before = task.version
    note(session, task, an, percent=40)
    session.flush()
    session.refresh(task)
    assert (task.version, task.percent, task.updated_at) == (before, 40, AT)


def test_a_stranger_says_nothing(session: Session, office: Office, task: Task) -> None:
    chi = office.reader(session, office.chi)
    with pytest.raises(NotAllowed):
        note(session, task, chi)
    with pytest.raises(NotAllowed):
        notes.ask(session, task, "Sao?", by=chi, at=AT)


def test_the_history_knows_which_note_was_said(session: Session, task: Task, an: Reader) -> None:
    said = note(session, task, an)
    asked = notes.ask(session, task, "Mẫu nào?", by=an, at=AT)
    lines = session.exec(select(Change)).all()
    assert [(line.act, line.details) for line in lines] == [
        (Act.NOTED, {"_note": [None, said.id]}),
        (Act.ASKED, {"_note": [None, asked.id]}),
    ]


def test_a_question_waits_until_somebody_of_another_unit_answers(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    asked = notes.ask(session, task, "Dùng mẫu nào?", by=an, at=AT)
    notes.answer(session, task, asked.id, "Mẫu số 3?", by=an, at=LATER)
    assert asked.answered_at is None
    notes.answer(session, task, asked.id, "Mẫu số 2.", by=specialist, at=LATER)
    assert asked.answered_at == LATER


def test_one_answers_a_question_of_that_task(
    session: Session, office: Office, task: Task, an: Reader
) -> None:
    other = a_task(session, office.issuer, lead=office.finance)
    asked = notes.ask(session, other, "Dùng mẫu nào?", by=an, at=AT)
    said = note(session, task, an)
    for key in (asked.id, said.id, 999_999):
        with pytest.raises(NotFound):
            notes.answer(session, task, key, "Mẫu số 2.", by=an, at=AT)


def test_a_question_of_a_unit_waits_for_the_office_alone(
    session: Session, office: Office, task: Task, an: Reader, specialist: Reader
) -> None:
    notes.ask(session, task, "Dùng mẫu nào?", by=an, at=AT)
    (waiting,) = unanswered_for(session, specialist)
    assert (waiting.text, waiting.who, waiting.unit) == ("Dùng mẫu nào?", "An", "Sở Tài chính")
    assert unanswered_for(session, an) == []
    assert unanswered_for(session, office.reader(session, office.chi)) == []


def test_a_question_of_the_office_waits_for_the_lead_and_for_whom_it_names(
    session: Session, task: Task, an: Reader, binh: Reader, specialist: Reader
) -> None:
    notes.ask(session, task, "Đến đâu rồi?", by=specialist, at=AT)
    assert [len(unanswered_for(session, reader)) for reader in (an, binh, specialist)] == [1, 0, 0]
    asked = notes.ask(session, task, "@Binh góp ý chưa?", by=specialist, at=AT)
    assert [one.id for one in unanswered_for(session, binh)] == [asked.id]
    notes.answer(session, task, asked.id, "Rồi.", by=binh, at=LATER)
    assert unanswered_for(session, binh) == []


def test_only_people_who_see_the_task_may_be_mentioned(
    session: Session, office: Office, task: Task, an: Reader
) -> None:
    said = note(session, task, an, "@Binh và @Chi", mentions={office.specialist.id})
    named = session.exec(select(Mention.person_id).where(Mention.note_id == said.id)).all()
    assert set(named) == {office.binh.id, office.specialist.id}
    with pytest.raises(Refused, match=r"note\.cannot-see"):
        note(session, task, an, mentions={office.chi.id})


def test_around_a_task_stand_its_units_those_above_and_its_office(
    session: Session, office: Office
) -> None:
    division = a_unit(session, "Phòng Ngân sách", parent_id=office.finance.id)
    a_person(session, "Dũng", Role.UNIT_CLERK, division)
    a_person(session, "Nghỉ", Role.UNIT_CLERK, division, is_disabled=True)
    task = a_task(session, office.issuer, lead=division)
    found = {person.name for person in people_around(session, task)}
    assert found == {"An", "Dũng", "Chuyên viên", "Lãnh đạo"}


def test_a_correction_keeps_what_stood_there(session: Session, task: Task, an: Reader) -> None:
    said = note(session, task, an, "Đã trình", percent=90)
    notes.correct(session, task, said, "Chưa trình", percent=70, by=an, at=LATER)
    line = session.exec(select(Change).where(Change.thing == Thing.NOTE)).one()
    assert line.details == {"text": ["Đã trình", "Chưa trình"], "percent": [90, 70]}
    assert (said.text, said.corrected_at, task.percent) == ("Chưa trình", LATER, 70)


def test_a_corrected_percentage_counts_only_when_it_was_the_last_word(
    session: Session, task: Task, an: Reader, binh: Reader
) -> None:
    first = note(session, task, an, percent=30)
    last = note(session, task, an, percent=60, at=LATER)
    note(session, task, binh, percent=10, at=LATER)
    notes.correct(session, task, first, "Xong", percent=35, by=an, at=LATER)
    assert task.percent == 60
    notes.correct(session, task, last, "Xong", percent=65, by=an, at=LATER)
    assert task.percent == 65


def test_nobody_corrects_the_words_of_others(
    session: Session, task: Task, an: Reader, specialist: Reader
) -> None:
    said = note(session, task, an)
    with pytest.raises(NotAllowed, match=r"note\.not-yours"):
        notes.correct(session, task, said, "Chưa", percent=None, by=specialist, at=LATER)


def test_a_correction_corrects_something(session: Session, task: Task, an: Reader) -> None:
    said = note(session, task, an)
    with pytest.raises(Refused, match=r"note\.nothing-corrected"):
        notes.correct(session, task, said, " Xong ", percent=None, by=an, at=LATER)


def test_a_deputy_writes_and_corrects_in_the_name_of_both(
    session: Session, office: Office, task: Task, an: Reader
) -> None:
    said = note(session, task, an)
    deputy = replace(an, person_id=office.binh.id, acting_for=office.an.id)
    notes.correct(session, task, said, "Gần xong", percent=None, by=deputy, at=LATER)
    wrote = note(session, task, deputy)
    line = session.exec(select(Change).where(Change.act == Act.CORRECTED)).one()
    assert (line.by_id, line.for_id) == (office.binh.id, office.an.id)
    assert (wrote.author_id, wrote.for_id) == (office.binh.id, office.an.id)


def test_search_finds_what_was_said_and_what_was_corrected(
    session: Session, task: Task, an: Reader
) -> None:
    said = note(session, task, an, "Đã gửi dự thảo")
    assert "du thao" in session.get_one(Task, task.id).search_more
    notes.correct(session, task, said, "Đã trình ký", percent=None, by=an, at=LATER)
    assert "trinh ky" in session.get_one(Task, task.id).search_more
    assert said.unit_id == task.lead_id
