"""The page of one task: its cards, the acts upon it, and what becomes of a refused act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Task
from tracker.domain.change import Thing
from tracker.domain.task import NEEDS_REASON, Side, moves_for
from tracker.errors import Refused
from tracker.queries import history, reminders
from tracker.queries.tasks import Whole, days, stands, task_of, whole_task
from tracker.web import meanwhile, typed
from tracker.web.cards import cards_of
from tracker.web.refusals import said
from tracker.web.render import render
from tracker.web.request import StaleDataError, reader, same_version, session, today

Again = Callable[[Whole, str, int], Response]


def show(whole: Whole, *, problem: str = "", status: int = 200, doing: str = "") -> Response:
    """The page with everything that the reader may do; after a refusal with what was typed.

    A form shows `typed` when `doing` names it, and carries `versioned(task)`.
    """
    task, office = whole.task, days(session(), today())
    sides = reader().sides(task.issuer_id, task.lead_id)
    return render(
        "tasks/show.html",
        status=status,
        whole=whole,
        task=task,
        timeliness=stands(task, office),
        moves=[(to, (task.status, to) in NEEDS_REASON) for to in moves_for(task.status, sides)],
        is_office=Side.OFFICE in sides,
        story=_story(task.id),
        cards=cards_of(whole),
        reminders=reminders.of_task(session(), reader(), task.id),
        problem=problem,
        doing=doing,
        typed=request.form,
        asked=request.args,
    )


def _story(task_id: int) -> history.Story:
    most = history.EVERYTHING if request.args.get("history") == "all" else history.NEWEST
    talk = request.args.get("show") == "talk"
    return history.story_of(session(), reader(), task_id, most=most, talk=talk)


def acted(
    task_id: int,
    act: Callable[[Task], object],
    *,
    doing: str = "",
    checks_version: bool = True,
    again: Again | None = None,
) -> AnyResponse:
    """Act and go back to the task, or show its page again with what was typed and why not.

    `again` shows the form of an act that has a page of its own; it takes the task, the sentence
    of the refusal, and the status of the answer.
    """
    task = task_of(session(), reader(), task_id)
    try:
        if checks_version:
            same_version(typed.whole("version") or 0, task.version)
        act(task)
        session().flush()
    except Refused as refusal:
        is_second = refusal.code == meanwhile.CHANGED
        problem = meanwhile.told(Thing.TASK, task_id) if is_second else said(refusal)
        return _refused(task_id, problem, 409 if is_second else 422, doing=doing, again=again)
    except StaleDataError:
        # Both saved at the very same moment: what the other wrote is there to be read now.
        session().rollback()
        return _refused(task_id, meanwhile.told(Thing.TASK, task_id), 409, doing=doing, again=again)
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@contextmanager
def while_unchanged(task: Task) -> Iterator[None]:
    """Do something that lets go of the database; Refused when the task was changed meanwhile.

    `acted` looked at the version before that, and what it saw is no longer so.
    """
    before = _stand(task)
    yield
    if _stand(task) != before:
        raise Refused(meanwhile.CHANGED)


def _stand(task: Task) -> tuple[int, int]:
    return task.version, history.newest(session(), Thing.TASK, task.id)


def _refused(
    task_id: int, problem: str, status: int, *, doing: str, again: Again | None
) -> Response:
    whole = whole_task(session(), reader(), task_id)
    if again is not None:
        return again(whole, problem, status)
    return show(whole, problem=problem, status=status, doing=doing)
