"""The part of a supporting unit: it is given, accepted, or returned, on the page of the task."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from tracker.domain import Support, Task
from tracker.services import contributions as acts
from tracker.web import files, task_page, typed
from tracker.web.request import now, reader, session

Act = Callable[[Support, Task], object]

pages = Blueprint("contributions", __name__, url_prefix="/tasks")
_OF_A_UNIT = "/<int(max=2147483647):task_id>/contributions/<int(max=2147483647):unit_id>"


def _answered(
    task_id: int, unit_id: int, what: str, act: Callable[[Support, Task], object]
) -> AnyResponse:
    def on_task(task: Task) -> None:
        act(acts.support_of(session(), task, unit_id), task)

    doing = f"{what}-{unit_id}"
    return task_page.acted(task_id, on_task, doing=doing, checks_version=False)


@pages.post(_OF_A_UNIT)
def give(task_id: int, unit_id: int) -> AnyResponse:
    """Give the part of one's unit: words, files, or both."""

    def act(support: Support, task: Task) -> None:
        acts.refuse_giving(support, task, by=reader())
        text, papers = typed.text("text"), files.examine_first()
        sent = acts.Given(text, has_files=bool(papers))
        acts.give(session(), support, task, sent, by=reader(), at=now())
        files.take_files(task, unit_id=unit_id)

    return _answered(task_id, unit_id, "give", act)


@pages.post(f"{_OF_A_UNIT}/accept")
def accept(task_id: int, unit_id: int) -> AnyResponse:
    """Take the part over."""

    def act(support: Support, task: Task) -> None:
        acts.accept(session(), support, task, seen=_seen(), by=reader(), at=now())

    return _answered(task_id, unit_id, "accept", act)


@pages.post(f"{_OF_A_UNIT}/return")
def send_back(task_id: int, unit_id: int) -> AnyResponse:
    """Return the part with what is missing."""

    def act(support: Support, task: Task) -> None:
        reason = typed.text("reason")
        acts.send_back(session(), support, task, reason=reason, seen=_seen(), by=reader(), at=now())

    return _answered(task_id, unit_id, "return", act)


def _seen() -> datetime | None:
    """When the part that the form was shown with was given."""
    try:
        return datetime.fromisoformat(request.form.get("given_at", ""))
    except ValueError:
        return None
