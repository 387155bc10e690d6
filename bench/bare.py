"""The baseline: the same rows by SQLAlchemy Core into the smallest page, on the same server."""

import os
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Flask, redirect, render_template, request
from flask_wtf.csrf import generate_csrf
from jinja2 import DictLoader
from werkzeug.wrappers import Response

from tracker import db
from tracker.domain import Task, Unit
from tracker.domain.folding import fold

DATABASE, TODAY = "BENCH_DATABASE", "BENCH_TODAY"
PAGE = 50
TASK = Task.metadata.tables["task"]
UNIT = Unit.metadata.tables["unit"]
COLUMNS = (
    TASK.c.id, TASK.c.ref, TASK.c.text, TASK.c.kind, TASK.c.status, TASK.c.due_on, UNIT.c.name,
)  # fmt: skip
# As the real list stands, so that both walk the same index.
IN_ORDER = (TASK.c.is_closed, TASK.c.due_on, TASK.c.id)
FOUND = sa.text("task.id IN (SELECT rowid FROM task_search WHERE task_search MATCH :words)")

PAGES = {
    "list.html": """<!doctype html><title>Tasks</title>
<h1>Tasks{% if total %} ({{ total }}){% endif %}</h1>
<table>{% for row in rows %}<tr><td><a href="/tasks/{{ row.id }}">{{ row.ref }}</a>
<td>{{ row.text }}<td>{{ row.name }}<td>{{ row.status }}<td>{{ row.due_on }}{% endfor %}</table>""",
    "one.html": """<!doctype html><title>Task</title><h1>{{ row.ref }} {{ row.text }}</h1>
<p>{{ row.name }} · {{ row.kind }} · {{ row.status }} · {{ row.due_on }}
<form method="post" action="/tasks/{{ row.id }}/status"><input name="status">
<button>Save</button></form>""",
    "login.html": """<!doctype html><title>Sign in</title><form method="post">
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}"><input name="email">
<input type="password" name="password"><button>Sign in</button></form>""",
}

app = Flask(__name__)
app.jinja_loader = DictLoader(PAGES)
app.secret_key = "of a server that holds no secret"  # noqa: S105
app.jinja_env.globals["csrf_token"] = generate_csrf


def make() -> Flask:
    """What each worker process serves."""
    app.extensions["engine"] = db.make_engine(os.environ[DATABASE])
    return app


def engine(*, writes: bool = False) -> sa.Engine:
    """The engine, with the manners of the real one."""
    made: sa.Engine = app.extensions["engine"]
    return made.execution_options(writes=True) if writes else made


@app.get("/login")
def login() -> str:
    """A form with the token that a sign-in form cannot do without."""
    return render_template("login.html")


@app.get("/tasks")
def tasks() -> str:
    """The first page of what was asked for, with its total unless `total=no`."""
    asked = sa.select(*COLUMNS).select_from(TASK.outerjoin(UNIT, TASK.c.lead_id == UNIT.c.id))
    conditions = _conditions()
    ordered = asked.where(*conditions).order_by(*IN_ORDER).limit(PAGE)
    counted = sa.select(sa.func.count()).select_from(TASK).where(*conditions)
    with engine().connect() as connection:
        rows = connection.execute(ordered).all()
        total = None if request.args.get("total") == "no" else connection.scalar(counted)
    return render_template("list.html", rows=rows, total=total)


def _conditions() -> list[Any]:
    conditions: list[Any] = [TASK.c.issuer_id == 1]
    if unit := request.args.get("unit"):
        conditions = [TASK.c.lead_id == int(unit)]
    if request.args.get("late"):
        conditions += [
            TASK.c.is_closed.is_(False),
            TASK.c.due_on < date.fromisoformat(os.environ[TODAY]),
        ]
    if text := request.args.get("q"):
        # Beside another condition SQLite would walk its index and look each row up in the find.
        conditions = [FOUND.bindparams(words=fold(text))]
    return conditions


@app.get("/tasks/<int:key>")
def task(key: int) -> str:
    """One task."""
    asked = sa.select(*COLUMNS).select_from(TASK.outerjoin(UNIT, TASK.c.lead_id == UNIT.c.id))
    with engine().connect() as connection:
        return render_template(
            "one.html", row=connection.execute(asked.where(TASK.c.id == key)).one()
        )


@app.post("/tasks/<int:key>/status")
def status(key: int) -> Response:
    """One UPDATE."""
    with engine(writes=True).begin() as connection:
        moved = sa.update(TASK).where(TASK.c.id == key).values(status=request.form["status"])
        connection.execute(moved)
    return redirect(f"/tasks/{key}", 303)
