"""demo, serve, worker, remind: what runs, and for how long."""

import sys
from datetime import datetime

import click
from granian import Granian
from granian.constants import Interfaces

from tracker import demo as demonstration
from tracker import worker as scheduler
from tracker.cli.speaking import say_json, settings, wired
from tracker.reminders.run import run_once
from tracker.serve import log_as_json

_HOST = click.option("--host", default="127.0.0.1", show_default=True)
_PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.command()
@_HOST
@_PORT
@click.option("--at", type=_MOMENT, default="2026-02-26T07:30", show_default=True)
def demo(host: str, port: int, at: datetime) -> None:
    """Chạy thử trên chương trình mẫu · try it with the shipped programme; Ctrl-C ends it."""
    sys.exit(demonstration.run(host=host, port=port, at=at, say=click.echo))


@click.command()
@_HOST
@_PORT
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Chạy máy chủ trang web · serve the pages."""
    settings().refuse_unsafe(host=host)
    wired()
    Granian(
        "tracker.serve:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=8,
        factory=True,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


@click.command()
def worker() -> None:
    """Chạy bộ nhắc việc · run the scheduler that plans and sends reminders."""
    settings().refuse_unsafe()
    log_as_json()
    scheduler.run(wired())


@click.command()
@click.option("--at", type=_MOMENT, help="Thời điểm, giờ của văn phòng · the office's time")
@click.option("--dry-run", is_flag=True, help="Chỉ tính, không gửi · plan only, send nothing")
@click.option("--json", "as_json", is_flag=True, help="In cho máy đọc · for programs")
def remind(at: datetime | None, dry_run: bool, as_json: bool) -> None:
    """Lập và gửi nhắc việc một lần · plan and send once; exit 1 when a mail failed."""
    settings().refuse_unsafe()
    made = wired()
    if at is not None:
        made = made.at(at.replace(tzinfo=made.settings.zone))
    report = run_once(made, dry_run=dry_run)
    if as_json:
        say_json(report.as_json())
    else:
        click.echo(" · ".join(f"{name}: {count}" for name, count in report.as_json().items()))
    sys.exit(1 if report.failed else 0)
