"""Reports, requests for more time, refusals of a task, and the answers to them."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Filing, Task
from tracker.domain.extension import Consequences, consequences
from tracker.domain.filing import FilingKind, FilingState, Who, standing
from tracker.errors import NotFound, Refused
from tracker.queries import filings as there
from tracker.queries.answered import answered_since
from tracker.queries.calendar import working_days
from tracker.queries.tasks import Whole, task_of, unit_choices, whole_task
from tracker.reminders.policy import DOSSIER_DAYS
from tracker.services import filing_answers as answers
from tracker.services import filings as acts
from tracker.services import tasks
from tracker.web import confirming, refusals, task_page, typed
from tracker.web.files import examine_first, take_files
from tracker.web.render import render
from tracker.web.request import let_go, now, reader, same_version, session, today, wiring

pages = Blueprint("filings", __name__)

_TASK = "/tasks/<int(max=2147483647):task_id>"
# A unit reads the answers to its papers for so long, also of tasks that it no longer has.
ANSWERS_SHOWN = timedelta(days=30)


@pages.get("/filings")
def index() -> Response:
    """What waits for an answer of the reader, pile by pile; what their units were answered."""
    found = there.waiting_for(session(), reader())
    piles = {pile: [one for one in found if one.pile is pile] for pile in there.Pile}
    return render(
        "filings/index.html",
        piles={pile: rows for pile, rows in piles.items() if rows},
        answered=answered_since(session(), reader(), now() - ANSWERS_SHOWN),
        days=ANSWERS_SHOWN.days,
    )


@pages.post(f"{_TASK}/received")
def receive(task_id: int) -> AnyResponse:
    """The unit says that the task has reached it."""
    return task_page.acted(
        task_id,
        lambda task: tasks.receive(session(), task, by=reader(), at=now()),
        checks_version=False,
    )


@pages.get(f"{_TASK}/report")
def report_form(task_id: int) -> Response:
    """The form of a report."""
    return _opened(task_id, FilingKind.REPORT)


@pages.post(f"{_TASK}/report")
def report(task_id: int) -> AnyResponse:
    """Report that the work is done, with files if there are any."""

    def file(task: Task) -> Filing:
        return acts.report(session(), task, paper(), **_signed())

    return _filed(task_id, FilingKind.REPORT, file)


def paper() -> acts.Paper:
    """What was typed about the result and its document."""
    return acts.Paper(
        text=typed.text("text"),
        document_number=typed.text("document_number", longest=80),
        document_on=typed.day("document_on"),
        has_files=any(file.filename for file in request.files.getlist("files")),
    )


def _filed(task_id: int, kind: FilingKind, file: Callable[[Task], Filing]) -> AnyResponse:
    return task_page.acted(task_id, _with_files(kind, file), again=_form(kind))


def _with_files(kind: FilingKind, file: Callable[[Task], Filing]) -> Callable[[Task], None]:
    """File a paper with the files that came with it, or nothing of it."""

    def act(task: Task) -> None:
        # Nothing of whoever may not file is looked at or put down.
        _refuse(task, kind)
        with task_page.while_unchanged(task):
            examine_first()
        filing = file(task)
        if filing.state is FilingState.WITH_HEAD:
            confirming.say("told.with-head")
        try:
            take_files(task, filing=filing)
        except Refused:
            # The paper is written already; without its files it is not what was meant.
            let_go()
            raise

    return act


@pages.get(f"{_TASK}/extension")
def extension_form(task_id: int) -> Response:
    """The form of a request for more time; with a date also what that date breaks."""
    return _opened(task_id, FilingKind.EXTENSION)


@pages.post(f"{_TASK}/extension")
def ask_extension(task_id: int) -> AnyResponse:
    """Ask for more time; or only look at what the date would break."""
    if "preview" in request.form:
        return extension_form(task_id)

    def file(task: Task) -> Filing:
        until, limit = _day("asked_on"), wiring().settings.extension_limit
        return acts.ask_extension(session(), task, paper(), until=until, limit=limit, **_signed())

    return _filed(task_id, FilingKind.EXTENSION, file)


@pages.get(f"{_TASK}/refusal")
def refusal_form(task_id: int) -> Response:
    """The form to say that the task is another unit's."""
    return _opened(task_id, FilingKind.REFUSAL)


@pages.post(f"{_TASK}/refusal")
def refuse(task_id: int) -> AnyResponse:
    """Say that the task is another unit's."""

    def file(task: Task) -> Filing:
        return acts.refuse_task(session(), task, paper(), **_signed())

    return _filed(task_id, FilingKind.REFUSAL, file)


def _opened(task_id: int, kind: FilingKind) -> Response:
    """The empty form; the task with a sentence why, where such a paper could only be refused."""
    task = task_of(session(), reader(), task_id)
    try:
        _refuse(task, kind)
    except Refused as refusal:
        whole = whole_task(session(), reader(), task_id)
        return task_page.show(whole, problem=refusals.said(refusal))
    return _form(kind)(whole_task(session(), reader(), task_id), "", 200)


def _refuse(task: Task, kind: FilingKind) -> None:
    limit = wiring().settings.extension_limit
    acts.refuse_filing(session(), task, kind, limit=limit, by=reader())


def _form(kind: FilingKind) -> task_page.Again:
    def shown(whole: Whole, problem: str, status: int) -> Response:
        task = whole.task
        return render(
            f"filings/{kind.value}.html",
            partial="filings/_consequences.html" if kind is FilingKind.EXTENSION else "",
            status=status,
            task=task,
            typed=request.form,
            problem=problem,
            as_office=Who.OFFICE in standing(reader(), task) and not _leads(task),
            **(_about_time(task) if kind is FilingKind.EXTENSION else {}),
        )

    return shown


def _leads(task: Any) -> bool:
    return task.lead_id in reader().units


def _about_time(task: Any) -> dict[str, Any]:
    """What the form of a request says of its date, and how many were granted."""
    asked_on = _day_in(request.values.get("asked_on", ""))
    return {
        "asked_on": asked_on,
        "found": foreseen(task, asked_on) if asked_on else None,
        "granted": there.granted_extensions(session(), task.id),
        "limit": wiring().settings.extension_limit,
    }


def foreseen(task: Any, day: date) -> Consequences:
    """What a new deadline of a task breaks, papers of its meeting included."""
    calendar = working_days(session())
    around = there.around_of(session(), task, days_before=DOSSIER_DAYS, calendar=calendar)
    return consequences(day, around, today=today(), calendar=calendar)


@pages.post("/filings/<int(max=2147483647):filing_id>/<what>")
def answer(filing_id: int, what: str) -> AnyResponse:
    """Answer a filing, or take it back; two who answer at once: the second is told."""
    filing = there.filing_of(session(), reader(), filing_id)
    if what not in _ANSWERS:
        raise NotFound("not-found")

    def act(_: Task) -> None:
        same_version(typed.whole("version") or 0, filing.version)
        _ANSWERS[what](filing)

    doing = f"{what}-{filing_id}"
    return task_page.acted(filing.task_id, act, doing=doing, checks_version=False)


def _let_go(filing: Filing) -> None:
    answers.let_go(session(), filing, **_signed())


def _send_back(filing: Filing) -> None:
    answers.send_back(session(), filing, reason=typed.text("reason"), by=reader(), at=now())


def _take_back(filing: Filing) -> None:
    answers.take_back(session(), filing, reason=typed.text("reason"), **_signed())


def _accept(filing: Filing) -> None:
    lead_id, said = typed.whole("lead"), typed.text("reason")
    if lead_id and lead_id not in {unit for unit, _ in unit_choices(session())}:
        raise Refused("form.no-choice")
    answers.accept(session(), filing, answer=said, lead_id=lead_id, **_signed())


def _return(filing: Filing) -> None:
    answers.give_back(session(), filing, reason=typed.text("reason"), **_signed())


def _offer(filing: Filing) -> None:
    until, said = _day("offered_on"), typed.text("reason")
    answers.counter_offer(session(), filing, until, answer=said, **_signed())


def _answer_offer(filing: Filing) -> None:
    takes_it, said = request.form.get("takes_it") == "yes", typed.text("reason")
    answers.answer_offer(session(), filing, takes_it=takes_it, reason=said, **_signed())


def _signed() -> dict[str, Any]:
    """Who acts, when, and on which day of the office."""
    return {"by": reader(), "at": now(), "on": today()}


_ANSWERS: Mapping[str, Callable[[Filing], None]] = {
    "let-go": _let_go,
    "send-back": _send_back,
    "take-back": _take_back,
    "accept": _accept,
    "return": _return,
    "offer": _offer,
    "answer": _answer_offer,
}


def _day(name: str) -> date:
    found = typed.day(name)
    if found is None:
        raise Refused("form.no-date", said="")
    return found


def _day_in(words: str) -> date | None:
    """The date that was written, or None when it makes no sense."""
    try:
        found = date.fromisoformat(words)
    except ValueError:
        return None
    return found if found.year in typed.YEARS else None
