"""What is said about a task, as the clerk, the supporting unit and the office write and read it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.builders import Office, a_task
from tests.web.conftest import Browser
from tracker.domain import Mention, ProgressNote, Task
from tracker.domain.note import NoteKind

Look = Callable[[Any], list[Any]]


@pytest.fixture
def task(session: Session, office: Office) -> Task:
    """An leads it, Bình supports it, Chi has nothing to do with it."""
    made = a_task(session, office.issuer, lead=office.finance, supports=(office.health,))
    session.commit()
    return made


@pytest.fixture
def say(task: Task) -> Callable[..., int]:
    def said(browser: Browser, text: str, **typed: Any) -> int:
        return browser.send(f"/tasks/{task.id}/notes", text=text, **typed).status_code

    return said


Say = Callable[..., int]


def page(browser: Browser, task: Task, query: str = "") -> str:
    return " ".join(browser.page(f"/tasks/{task.id}{query}").split())


def last(look: Look) -> ProgressNote:
    note: ProgressNote = look(select(ProgressNote).order_by(col(ProgressNote.id).desc()))[0]
    return note


def test_one_touch_says_how_far_the_work_is(an: Browser, say: Say, task: Task, look: Look) -> None:
    # The field of the form stands before the buttons: both arrive.
    assert say(an, "", percent=["40", "75"]) == 303
    assert (last(look).percent, look(select(Task.percent))) == (75, [75])
    assert "Ghi tiến độ · 75%" in page(an, task)


def test_a_supporting_unit_speaks_of_its_part(binh: Browser, say: Say, task: Task) -> None:
    assert "Phần của đơn vị đã xong" in page(binh, task)
    assert say(binh, "Góp ý xong", percent="100") == 303
    assert "Binh, Sở Y tế · Ghi tiến độ · phần của đơn vị: 100%" in page(binh, task)


@pytest.mark.parametrize("percent", [["40", "101"], ["nhiều"]])
def test_a_percentage_that_cannot_be_is_refused(an: Browser, say: Say, percent: Any) -> None:
    assert say(an, "Xong", percent=percent) == 422


def test_a_note_too_long_is_refused_with_its_limit_and_kept(an: Browser, task: Task) -> None:
    answer = an.send(f"/tasks/{task.id}/notes", text="a" * 4001)
    assert answer.status_code == 422
    assert "tối đa 4000 ký tự" in answer.text
    assert "a" * 4001 in answer.text


def test_a_question_waits_is_answered_and_stands_in_a_thread(
    an: Browser, specialist: Browser, say: Say, task: Task, look: Look
) -> None:
    assert say(an, "Dùng mẫu nào?", kind="question") == 303
    asked = last(look)
    assert "Câu hỏi chưa trả lời" in page(specialist, task)
    assert "chưa trả lời</span>" in page(an, task)
    assert say(specialist, "Mẫu số 2.", kind="answer", reply_to=str(asked.id)) == 303
    read = page(an, task)
    assert "hưa trả lời" not in read
    assert read.index("Dùng mẫu nào?") < read.index('class="thread"') < read.index("Mẫu số 2.")


def test_an_answer_that_is_refused_is_shown_in_its_own_form(
    specialist: Browser, an: Browser, say: Say, task: Task, look: Look
) -> None:
    say(an, "Dùng mẫu nào?", kind="question")
    typed: dict[str, Any] = {"kind": "answer", "reply_to": str(last(look).id)}
    long = "b" * 4001
    answer = specialist.send(f"/tasks/{task.id}/notes", text=long, **typed)
    assert answer.status_code == 422
    assert f"{long}</textarea>" in answer.text
    assert answer.text.count(long) == 1


def test_an_answer_to_nothing_is_not_found(an: Browser, say: Say) -> None:
    assert say(an, "Mẫu số 2.", kind="answer", reply_to="999") == 404
    assert say(an, "Mẫu số 2.", kind="answer") == 404


def test_one_chooses_whom_to_mention_among_those_who_see_the_task(
    an: Browser, office: Office, say: Say, task: Task, look: Look
) -> None:
    read = page(an, task)
    assert all(f'value="{one.id}"' in read for one in (office.binh, office.specialist))
    assert f'name="mentions" value="{office.chi.id}"' not in read
    assert say(an, "Nhờ xem giúp", mentions=[str(office.binh.id)]) == 303
    assert look(select(Mention.person_id)) == [office.binh.id]
    assert "Nhắc đến: Binh" in page(an, task)


def test_mentioning_a_stranger_is_refused_and_the_choice_stays(
    an: Browser, office: Office, task: Task
) -> None:
    chosen = [str(office.chi.id), str(office.binh.id)]
    answer = an.send(f"/tasks/{task.id}/notes", text="Nhờ", mentions=chosen)
    assert answer.status_code == 422
    assert "không xem được nhiệm vụ này" in answer.text
    assert f'value="{office.binh.id}" checked' in answer.text


def test_a_leader_reads_what_is_said_and_writes_nothing(
    leader: Browser, an: Browser, say: Say, task: Task
) -> None:
    say(an, "Dùng mẫu nào?", kind="question")
    read = page(leader, task)
    assert "Dùng mẫu nào?" in read
    assert "/notes" not in read
    assert say(leader, "Mẫu số 2.") == 403


def test_the_author_corrects_and_everybody_reads_both(
    an: Browser, binh: Browser, say: Say, task: Task, look: Look
) -> None:
    say(an, "Đã trình ký", percent="90")
    address = f"/notes/{last(look).id}/correct"
    assert address in page(an, task)
    assert "Đã trình ký</textarea>" in an.page(address)
    answer = an.send(address, text="Đang soạn", percent="60")
    assert (answer.status_code, answer.headers["Location"][-7:]) == (303, "#note-1")
    read = page(binh, task)
    assert "đã đính chính 07:30 26/02/2026" in read
    assert all(words in read for words in ("xem bản trước", "Đã trình ký", "Đang soạn"))
    assert address not in read


def test_a_correction_that_corrects_nothing_is_shown_again(
    an: Browser, say: Say, look: Look
) -> None:
    say(an, "Đã trình ký")
    answer = an.send(f"/notes/{last(look).id}/correct", text="Đã trình ký")
    assert answer.status_code == 422
    assert "chưa có gì khác bản trước" in answer.text


def test_nobody_corrects_for_others(
    an: Browser, specialist: Browser, chi: Browser, say: Say, look: Look
) -> None:
    say(an, "Đã trình ký")
    address = f"/notes/{last(look).id}/correct"
    assert specialist.get(address).status_code == 403
    assert specialist.send(address, text="x").status_code == 403
    assert chi.get(address).status_code == 404
    assert look(select(ProgressNote.text)) == ["Đã trình ký"]


def test_a_question_has_no_percentage_to_correct(an: Browser, say: Say, look: Look) -> None:
    say(an, "Dùng mẫu nào?", kind="question", percent="50")
    note = last(look)
    assert (note.kind, note.percent) == (NoteKind.QUESTION, None)
    assert 'name="percent"' not in an.page(f"/notes/{note.id}/correct")


def test_the_history_shows_the_conversation_alone_when_asked(
    specialist: Browser, an: Browser, say: Say, task: Task
) -> None:
    typed: dict[str, Any] = {
        "version": str(task.version),
        "due_on": "2026-03-31",
        "reason": "Chờ số liệu",
    }
    specialist.send(f"/tasks/{task.id}/deadline", **typed)
    say(an, "Đang soạn")
    assert "Chờ số liệu" in page(an, task)
    assert "Đang soạn" in page(an, task, "?show=talk")
    assert "Chờ số liệu" not in page(an, task, "?show=talk")


def test_words_are_escaped_wherever_they_stand(
    an: Browser, say: Say, task: Task, look: Look
) -> None:
    say(an, "<script>alert(1)</script>", kind="question")
    an.send(f"/notes/{last(look).id}/correct", text="<b>khác</b>")
    read = an.page(f"/tasks/{task.id}")
    assert "<script>alert" not in read
    assert "<b>khác" not in read
