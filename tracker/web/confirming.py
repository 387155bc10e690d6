"""What the next page says of an act that went well: one short sentence, shown once."""

from flask import Flask, Response, g, request
from flask import session as cookie

from tracker import labels
from tracker.labels.confirming import TOLD
from tracker.web.render import is_htmx, locale

_CODE = "told"
# Whoever signs in or out, and acts whose next page tells the outcome by itself.
_SILENT = frozenset({
    "sign_in.enter", "sign_in.leave", "sign_in.language", "deputies.act", "deputies.stop",
    "directory_import.take_units", "directory_import.take_people", "uploads.upload",
    "uploads.stop", "imports.accept", "amendments.take", "programmes.take_back", "bulk.apply",
    "people.change_mine",
})  # fmt: skip
# By the name of the act; where one address does several, also by which of them.
_CODES = {
    "filings.receive": "told.received",
    "filings.report": "told.reported",
    "filings.ask_extension": "told.asked",
    "filings.refuse": "told.refused",
    "filings.answer let-go": "told.let-go",
    "filings.answer send-back": "told.sent-back",
    "filings.answer return": "told.sent-back",
    "filings.answer take-back": "told.taken-back",
    "filings.answer accept": "told.accepted",
    "filings.answer offer": "told.offered",
    "filings.answer answer": "told.answered",
    "tasks.move submitted": "told.reported",
    "tasks.move in_progress": "told.in-progress",
    "tasks.move done": "told.done",
    "tasks.move paused": "told.paused",
    "tasks.move withdrawn": "told.withdrawn",
    "tasks.move not_started": "told.back",
    "tasks.set_deadline": "told.deadline",
    "tasks.assign": "told.assigned",
    "shares.divide": "told.divided",
    "shares.urge": "told.urged",
    "notes.say": "told.noted",
    "directives.give": "told.given",
    "procedures.start": "told.given",
    "steps.apply": "told.steps",
    "files.remove": "told.removed",
    "groups.remove": "told.removed",
    "filters.remove": "told.removed",
    "imports.drop": "told.removed",
}


def confirm(app: Flask) -> None:
    """Let every act that went well be confirmed on the page that follows it."""
    app.after_request(_keep)
    app.context_processor(lambda: {"confirmed": confirmed})


def say(code: str) -> None:
    """Confirm the act of this request in other words than its kind is confirmed with."""
    g.told = code


def confirmed() -> str:
    """What was done just before this page; nothing when asked a second time."""
    code = cookie.pop(_CODE, "")
    return labels.sentence(code, locale()) if code in TOLD else ""


def _keep(response: Response) -> Response:
    went_well = request.method == "POST" and response.status_code == 303
    if went_well and request.endpoint not in _SILENT and not is_htmx():
        cookie[_CODE] = _code()
    return response


def _code() -> str:
    way = (request.view_args or {}).get("what") or request.form.get("to", "")
    of_way = _CODES.get(f"{request.endpoint} {way}")
    code: str = g.get("told") or of_way or _CODES.get(request.endpoint or "", "told.saved")
    return code
