"""init, upgrade, doctor, sample: an installation is made, renewed, examined, filled for trials."""

import json
from pathlib import Path

import click

from tracker import db, labels, schema
from tracker.cli.speaking import opened, settings, wired
from tracker.clock import today
from tracker.db import transaction
from tracker.demo import office
from tracker.errors import Refused
from tracker.sample import fill
from tracker.services.found import found_office
from tracker.services.procedures import install_shipped
from tracker.settings import load_settings, new_secret

_DEFAULTS = {
    "base_url": "http://127.0.0.1:8000",
    "smtp_url": "smtp://127.0.0.1:25",
    "mail_from": "Đôn đốc <don-doc@localhost>",
}
_ASKED = {
    "base_url": "Địa chỉ mà các đơn vị mở trang · public address",
    "smtp_url": "Máy chủ thư · mail server (smtp://user:pass@host:port)",
    "mail_from": "Người gửi thư · sender of the mails",
}


@click.command()
@click.option("--yes", is_flag=True, help="Không hỏi, dùng giá trị mặc định · take the defaults")
@click.option("--admin", metavar="EMAIL", help="Địa chỉ của quản trị · the administrator")
@click.option("--issuer", default="UBND tỉnh Bắc Ninh", show_default=True)
@click.option("--with-sample", is_flag=True, help="Thêm dữ liệu mẫu · add the sample")
def init(yes: bool, admin: str | None, issuer: str, with_sample: bool) -> None:
    """Tạo một nơi làm việc mới · make a new instance: settings, secret, database, people."""
    file = settings().instance / "tracker.toml"
    if file.exists():
        raise Refused("init.exists", path=file)
    facts = {name: _DEFAULTS[name] if yes else _ask(name) for name in _ASKED}
    if admin is None and not yes:
        admin = click.prompt("Địa chỉ thư của quản trị · the administrator's e-mail")
    # Password hashes and mails will stand in the folder: it is the owner's alone.
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = {"secret_key": new_secret()} | facts
    made = opened(load_settings(**lines))
    schema.upgrade(made.engine)
    at = made.clock.now()
    with transaction(made.engine) as session:
        install_shipped(session)
        if with_sample:
            _say_people(office.open_demo(session, made.settings, at=at))
        if admin is not None:
            password = found_office(session, issuer, admin=admin, at=at)
            click.echo(labels.sentence("init.admin", admin=admin, password=password))
    # Last of all, so that what was cut short can be done again.
    _write(file, lines)
    click.echo(labels.sentence("init.done", path=file))


def _ask(name: str) -> str:
    return str(click.prompt(_ASKED[name], default=_DEFAULTS[name]))


def _write(file: Path, lines: dict[str, str]) -> None:
    # TOML and JSON write plain strings alike.
    text = "".join(f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in lines.items())
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")


def _say_people(opened: office.Opened) -> None:
    click.echo(labels.sentence("demo.people", password=opened.password))
    for address, role in opened.people:
        click.echo(f"  {address:40} {role}")


@click.command()
def upgrade() -> None:
    """Nâng cấp cơ sở dữ liệu · bring the database to the newest version."""
    made = opened()
    if not db.is_reachable(made.engine):
        raise Refused("database.unreachable")
    schema.upgrade(made.engine)
    with transaction(made.engine) as session:
        install_shipped(session)
    click.echo(labels.sentence("upgrade.done"))


@click.command()
@click.option("--tasks", default=1000, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--units", default=20, show_default=True, type=click.IntRange(1, 500))
@click.option("--seed", default=1, show_default=True)
def sample(tasks: int, units: int, seed: int) -> None:
    """Đổ dữ liệu thử vào cơ sở dữ liệu rỗng · fill an empty database for trials."""
    made = wired()
    day, at = today(made.clock), made.clock.now()
    with transaction(made.engine) as session:
        filled = fill(session, tasks=tasks, units=units, seed=seed, today=day, at=at)
    click.echo(labels.sentence("sample.done", **vars(filled)))
