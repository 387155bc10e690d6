"""What is said about a task: progress, questions and answers, and the correction of a note."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import ProgressNote, Task
from tracker.domain.note import NoteKind, may_correct
from tracker.errors import NotAllowed, Refused
from tracker.queries.notes import note_of
from tracker.services import notes as acts
from tracker.web import task_page, typed
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import now, reader, session

pages = Blueprint("notes", __name__)

MOST_PERCENT = 100


@pages.post("/tasks/<int(max=2147483647):task_id>/notes")
def say(task_id: int) -> AnyResponse:
    """Write down the progress, ask, or answer; what others do meanwhile is no hindrance."""
    kind = typed.word_in(request.form.get("kind", ""), NoteKind) or NoteKind.PROGRESS
    doing = {NoteKind.PROGRESS: "note", NoteKind.QUESTION: "question"}.get(kind)
    doing = doing or f"answer-{request.form.get('reply_to', '')[:10]}"
    return task_page.acted(task_id, _SAYS[kind], doing=doing, checks_version=False)


def _note(task: Task) -> None:
    text, percent = typed.text("text"), _percent()
    acts.note(session(), task, text, percent=percent, by=reader(), at=now(), mentions=_named())


def _ask(task: Task) -> None:
    acts.ask(session(), task, typed.text("text"), by=reader(), at=now(), mentions=_named())


def _answer(task: Task) -> None:
    question, text = typed.whole("reply_to") or 0, typed.text("text")
    acts.answer(session(), task, question, text, by=reader(), at=now(), mentions=_named())


_SAYS = {NoteKind.PROGRESS: _note, NoteKind.QUESTION: _ask, NoteKind.ANSWER: _answer}


def _named() -> set[int]:
    return set(typed.numbers("mentions"))


def _percent() -> int | None:
    """How much is done: what was typed, or the button of one touch that stands after it."""
    given = [words.strip() for words in request.form.getlist("percent")]
    words = given[-1] if given else ""
    if not words:
        return None
    percent = typed.number_in(words)
    if percent is None or percent > MOST_PERCENT:
        raise Refused("form.no-number", said=words[:40])
    return percent


@pages.get("/notes/<int(max=2147483647):note_id>/correct")
def form(note_id: int) -> Response:
    """The form in which somebody puts their own note right."""
    note, task = note_of(session(), reader(), note_id)
    if not may_correct(note.author_id, note.for_id, reader()):
        raise NotAllowed("note.not-yours")
    return _form(note, task)


def _form(note: ProgressNote, task: Task, *, problem: str = "", status: int = 200) -> Response:
    return render(
        "notes/correct.html",
        status=status,
        note=note,
        task=task,
        text=request.form.get("text", note.text),
        percent=request.form.get("percent", note.percent),
        problem=problem,
    )


@pages.post("/notes/<int(max=2147483647):note_id>/correct")
def correct(note_id: int) -> AnyResponse:
    """Put one's own note right; the text before stays to be read."""
    note, task = note_of(session(), reader(), note_id)
    try:
        text, percent = typed.text("text"), _percent()
        acts.correct(session(), task, note, text, percent=percent, by=reader(), at=now())
    except Refused as refusal:
        return _form(note, task, problem=said(refusal), status=422)
    return redirect(url_for("tasks.show", task_id=task.id, _anchor=f"note-{note_id}"), 303)
