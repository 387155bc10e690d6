"""The history of a task: what was done and said, in whose name, under the names of its time."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import AT, Office, a_task
from tracker.domain import Change, Filing, ProgressNote, Task, UnitName
from tracker.domain.change import Act, Thing
from tracker.domain.filing import FilingKind, FilingState
from tracker.domain.note import NoteKind
from tracker.domain.reader import Reader
from tracker.queries.history import Step, changes_since, history_of, story_of
from tracker.queries.unit_names import Called
from tracker.services import filing_answers, filings, notes
from tracker.services.filings import Paper

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    return a_task(session, office.issuer, lead=office.finance, supports=(office.health,))


@pytest.fixture
def admin(session: Session, office: Office) -> Reader:
    return office.reader(session, office.admin)


def a_change(session: Session, task: Task, hours: int = 0, **facts: Any) -> Change:
    what: dict[str, Any] = {"act": Act.EDITED, "details": {}}
    change = Change(thing=Thing.TASK, thing_id=task.id, at=AT + hours * HOUR, **(what | facts))
    session.add(change)
    session.flush()
    return change


def a_note(session: Session, task: Task, office: Office, hours: int, **facts: Any) -> ProgressNote:
    who: dict[str, Any] = {"author_id": office.an.id, "unit_id": office.finance.id, "text": "n"}
    note = ProgressNote(task_id=task.id, at=AT + hours * HOUR, **(who | facts))
    session.add(note)
    session.flush()
    return note


def test_acts_and_words_stand_in_one_stream(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    a_change(session, task, 1)
    a_note(session, task, office, 2)
    a_change(session, task, 3, act=Act.DEADLINE)
    told = story_of(session, admin, task.id).entries
    assert [entry.act for entry in told] == [Act.DEADLINE, Act.NOTED, Act.EDITED]
    assert [entry.act for entry in story_of(session, admin, task.id, talk=True).entries] == [
        Act.NOTED
    ]


def test_answers_stand_under_their_question_which_rises_with_them(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    asked = a_note(session, task, office, 1, kind=NoteKind.QUESTION)
    a_note(session, task, office, 2)
    for hours in (3, 4):
        reply: dict[str, Any] = {"kind": NoteKind.ANSWER, "reply_to_id": asked.id}
        a_note(session, task, office, hours, text=f"{hours}", **reply)
    first, second = story_of(session, admin, task.id).entries
    assert [first.act, second.act] == [Act.ASKED, Act.NOTED]
    assert [answer.note.row.text for answer in first.answers if answer.note] == ["3", "4"]


def test_a_story_says_when_it_began_earlier(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    for hours in range(4):
        a_note(session, task, office, hours)
    assert story_of(session, admin, task.id, most=3).has_more
    assert not story_of(session, admin, task.id, most=4).has_more


def test_both_names_stand_where_a_deputy_acted(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    a_change(session, task, by_id=office.binh.id, for_id=office.an.id)
    a_note(session, task, office, 1, author_id=office.binh.id, for_id=office.an.id)
    names = [(entry.who, entry.for_whom) for entry in story_of(session, admin, task.id).entries]
    assert names == [("Binh", "An")] * 2


def test_an_entry_says_what_a_unit_was_called_at_its_time(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    unit = office.finance.id
    for name, hours in (("Sở Kế hoạch", 2), ("Sở Kế hoạch và Đầu tư", 4)):
        session.add(UnitName(unit_id=unit, name=name, until=AT + hours * HOUR))
    for hours in (1, 3, 5):
        a_change(session, task, hours, act=Act.ASSIGNED, details={"lead": [None, unit]})
    a_note(session, task, office, 0)
    told = story_of(session, admin, task.id).entries
    assert [entry.steps[0].new for entry in told[:3]] == [
        (Called("Sở Tài chính"),),
        (Called("Sở Kế hoạch và Đầu tư", "Sở Tài chính"),),
        (Called("Sở Kế hoạch", "Sở Tài chính"),),
    ]
    assert told[3].unit == Called("Sở Kế hoạch", "Sở Tài chính")


def test_an_act_says_which_unit_it_was_about(session: Session, office: Office, task: Task) -> None:
    details = {"_unit": [None, office.health.id]}
    a_change(session, task, act=Act.CONTRIBUTED, details=details)
    (entry,) = history_of(session, Thing.TASK, task.id)
    assert (entry.unit, entry.steps) == (Called("Sở Y tế"), ())


def test_each_text_before_a_correction_is_kept(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    an = office.reader(session, office.an)
    said = notes.note(session, task, "Một", percent=10, by=an, at=AT)
    notes.correct(session, task, said, "Hai", percent=10, by=an, at=AT + HOUR)
    notes.correct(session, task, said, "Hai", percent=20, by=an, at=AT + 2 * HOUR)
    (entry,) = story_of(session, admin, task.id, talk=True).entries
    assert entry.note is not None
    kept = [(earlier.text, earlier.percent) for earlier in entry.note.earlier]
    assert kept == [("Hai", 10), ("Một", 10)]


def test_what_was_done_since_leaves_out_what_was_said_and_seen(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    seen = a_change(session, task)
    a_change(session, task, 1, act=Act.NOTED)
    a_change(session, task, 2, act=Act.STATUS, details={"status": ["not_started", "paused"]})
    a_change(session, task, 3, act=Act.DEADLINE)
    since = changes_since(session, admin, (Thing.TASK, task.id), seen=seen.id)
    assert [entry.act for entry in since] == [Act.STATUS, Act.DEADLINE]


def a_paper(session: Session, task: Task, office: Office, **facts: Any) -> Filing:
    who: dict[str, Any] = {"author_id": office.an.id, "unit_id": office.finance.id, "at": AT}
    what: dict[str, Any] = {"kind": FilingKind.EXTENSION, "state": FilingState.WAITING}
    paper = Filing(task_id=task.id, **(who | what | facts))
    session.add(paper)
    session.flush()
    return paper


def test_an_answer_says_what_paper_it_answers(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    paper = a_paper(session, task, office, sent_at=AT)
    for act in (Act.REQUESTED, Act.GRANTED):
        a_change(session, task, act=act, details={"_filing": [None, paper.id]})
    told = {entry.act: entry.paper for entry in story_of(session, admin, task.id).entries}
    assert told == {Act.REQUESTED: None, Act.GRANTED: FilingKind.EXTENSION}


def test_what_has_not_left_a_unit_is_told_to_nobody_else(
    session: Session, office: Office, task: Task
) -> None:
    seen = a_change(session, task)
    paper = a_paper(session, task, office, state=FilingState.WITH_HEAD)
    a_change(session, task, act=Act.REQUESTED, details={"_filing": [None, paper.id]})
    for person, lines in ((office.an, 2), (office.binh, 1), (office.specialist, 1)):
        reader = office.reader(session, person)
        assert len(story_of(session, reader, task.id).entries) == lines
        since = changes_since(session, reader, (Thing.TASK, task.id), seen=seen.id)
        assert len(since) == lines - 1


def test_a_unit_s_answer_to_the_office_s_own_date_names_that_date(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    an = office.reader(session, office.an)
    signed: dict[str, Any] = {"by": an, "at": AT, "on": AT.date()}
    for takes_it in (False, True):
        offer: dict[str, Any] = {"offered_on": AT.date() + 9 * DAY, "sent_at": AT}
        task.due_on = AT.date()
        paper = a_paper(session, task, office, state=FilingState.COUNTERED, **offer)
        filing_answers.answer_offer(session, paper, takes_it=takes_it, **signed)
    told = story_of(session, admin, task.id).entries
    answers = [(entry.act, entry.offered_on) for entry in told if entry.paper]
    assert answers == [(act, date(2026, 2, 11)) for act in (Act.GRANTED, Act.TAKEN_BACK)]


def test_what_the_office_writes_down_says_for_which_unit(
    session: Session, office: Office, task: Task, admin: Reader
) -> None:
    for person in (office.specialist, office.an):
        by, place = office.reader(session, person), session.begin_nested()
        filings.report(session, task, Paper("Xong"), by=by, at=AT, on=AT.date())
        told = story_of(session, admin, task.id).entries
        place.rollback()
        found = [entry.written_for for entry in told if entry.act is Act.REPORTED]
        assert found == [Called("Sở Tài chính") if person is office.specialist else None]


def test_what_was_empty_and_stays_empty_is_no_change(
    session: Session, office: Office, task: Task
) -> None:
    details = {"result": [None, ""], "supports": [[], [office.health.id]], "file": ["anh.png", ""]}
    a_change(session, task, details=details)
    (entry,) = history_of(session, Thing.TASK, task.id)
    assert entry.steps == (
        Step("supports", None, (Called("Sở Y tế"),)),
        Step("file", "anh.png", None),
    )
