"""Two addresses for machines: is the process alive, and can it serve."""

from flask import Blueprint, Response, jsonify

from tracker import db
from tracker.clock import real_now
from tracker.queries.jobs import late_jobs
from tracker.web.request import session, wiring

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> Response:
    """Alive, whatever the database does."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
def readyz() -> Response:
    """Ready when the database answers and stands at the newest migration.

    Jobs of the worker that are late are named, but the pages can serve without them.
    """
    engine = wiring().engine
    reachable = db.is_reachable(engine)
    current = reachable and db.is_current(engine)
    late = late_jobs(session(), at=real_now()) if current else []
    answer = jsonify(ready=current, database=reachable, migrations=current, late_jobs=late)
    answer.status_code = 200 if current else 503
    return answer
