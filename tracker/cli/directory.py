"""user, unit, calendar: the directory and the working calendar from the server's own keyboard."""

import csv
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import click
from sqlmodel import Session

from tracker import labels
from tracker.cli.speaking import readable, wired
from tracker.db import reading, transaction
from tracker.domain import CalendarDay, Person, Unit
from tracker.domain.person import Role
from tracker.domain.working_days import DayKind
from tracker.errors import Refused
from tracker.importer import directory as lists
from tracker.queries import calendar as days
from tracker.queries import people as persons
from tracker.queries import units as bodies
from tracker.services import calendar as calendar_services
from tracker.services import directory_rows, people, units
from tracker.services.directory_rows import Judged, Verdict

_DAY = click.DateTime(["%Y-%m-%d"])
_EXPORT = click.option("--out", type=click.Path(path_type=Path), help="Ghi ra tệp · write a file")


@click.group()
def user() -> None:
    """Người dùng · people who sign in."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--unit", "unit_name", required=True, help="Tên đơn vị · name of the unit")
def add_user(email: str, name: str, role: str, unit_name: str) -> None:
    """Thêm một người; mật khẩu được in ra một lần · add somebody, print the password once."""
    made, password = wired(), people.new_password()
    at = made.clock.now()
    with transaction(made.engine) as session:
        unit = _unit(session, unit_name)
        person = people.add(session, name, email, password=password, by=None, at=at)
        people.give_post(session, person, Role(role), unit, by=None, at=at)
    click.echo(f"{email}\t{password}")


@user.command("list")
def list_users() -> None:
    """Danh sách người dùng · list people."""
    with reading(wired().engine) as session:
        for person in persons.named_people(session):
            click.echo(f"{person.email}\t{person.name}\t{'-' if person.is_disabled else '+'}")


@user.command("disable")
@click.argument("email")
def disable_user(email: str) -> None:
    """Không cho đăng nhập nữa · let somebody no longer sign in."""
    made = wired()
    with transaction(made.engine) as session:
        person = _person(session, email)
        people.set_disabled(session, person, disabled=True, by=None, at=made.clock.now())


@user.command("password")
@click.argument("email")
def new_password(email: str) -> None:
    """Cấp mật khẩu mới, in ra một lần · give a new password, printed once."""
    made, password = wired(), people.new_password()
    with transaction(made.engine) as session:
        person = _person(session, email)
        people.set_password(session, person, password, by=None, at=made.clock.now())
    click.echo(f"{email}\t{password}")


@user.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_users(file: Path) -> None:
    """Nhập .xlsx, .csv: họ tên, thư điện tử, vai trò, đơn vị · all rows or none, no passwords."""
    count = _take(file, lists.PEOPLE, directory_rows.take_people)
    click.echo(labels.sentence("person.imported", count=count))


@user.command("export")
@_EXPORT
def export_users(out: Path | None) -> None:
    """Xuất CSV, nhập lại được, không có mật khẩu · export as CSV, without any secret."""
    with reading(wired().engine) as session:
        seats = [seat for held in bodies.seats(session).values() for seat in held]
        rows = [
            [seat.person.name, seat.person.email, seat.post.role, seat.unit.name]
            for seat in sorted(seats, key=lambda seat: persons.by_given_name(seat.person))
            if not seat.person.is_disabled
        ]
    _write_csv(out, ["name", "email", "role", "unit"], rows)


@click.group()
def unit() -> None:
    """Đơn vị · units."""


@unit.command("add")
@click.argument("name")
@click.option("--parent", help="Đơn vị cấp trên · the unit above")
@click.option("--email", help="Hộp thư chung · the shared mailbox")
@click.option("--issues", is_flag=True, help="Ban hành chương trình · issues programmes")
def add_unit(name: str, parent: str | None, email: str | None, issues: bool) -> None:
    """Thêm một đơn vị · add a unit."""
    made = wired()
    with transaction(made.engine) as session:
        parent_id = _unit(session, parent).id if parent else None
        facts = units.UnitFacts(name, parent_id, email, issues)
        units.add_unit(session, facts, by=None, at=made.clock.now())


@unit.command("list")
def list_units() -> None:
    """Danh sách đơn vị · list units."""
    with reading(wired().engine) as session:
        for body in bodies.named_units(session):
            click.echo(f"{body.name}\t{body.email or ''}\t{'+' if body.is_active else '-'}")


@unit.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_units(file: Path) -> None:
    """Nhập .xlsx, .csv: tên, thuộc, thư, tên gọi khác, ban hành · all rows or none."""
    count = _take(file, lists.UNITS, directory_rows.take_units)
    click.echo(labels.sentence("unit.imported", count=count))


def _take(file: Path, columns: lists.Columns, take: Callable[..., list[Judged]]) -> int:
    """Bring in a list, all its lines or none; Refused tells the first that is wrong."""
    made = wired()
    found = lists.lines_of(file.name, readable(file).read_bytes(), columns)
    with transaction(made.engine) as session:
        judged = take(session, found, by=None, at=made.clock.now())
        wrong = next((one for one in judged if one.verdict is Verdict.WRONG), None)
        if wrong is not None:
            code, facts = wrong.says[0]
            why = labels.sentence(code, **facts)
            raise Refused("directory.row-wrong", line=wrong.number, why=why)
    return len(judged)


@unit.command("export")
@_EXPORT
def export_units(out: Path | None) -> None:
    """Xuất CSV, nhập lại được · export as CSV that can be imported again."""
    with reading(wired().engine) as session:
        branches = bodies.tree(session)
    names: dict[int | None, str] = {branch.unit.id: branch.unit.name for branch in branches}
    rows = [
        [
            branch.unit.name,
            names.get(branch.unit.parent_id, ""),
            branch.unit.email or "",
            "|".join(branch.aliases),
            "x" if branch.unit.issues else "",
        ]
        for branch in branches
    ]
    _write_csv(out, ["name", "parent", "email", "aliases", "issues"], rows)


@click.group()
def calendar() -> None:
    """Lịch làm việc · the working calendar."""


@calendar.command("add")
@click.argument("day", type=_DAY)
@click.argument("kind", type=click.Choice([kind.value for kind in DayKind]))
@click.option("--name", required=True, help="Tên ngày · what the day is called")
@click.option("--reference", default="", help="Văn bản quy định · the paper that says so")
def add_day(day: datetime, kind: str, name: str, reference: str) -> None:
    """Đặt một ngày là nghỉ (off) hay làm việc (work) · declare a day off or worked."""
    made = wired()
    row = CalendarDay(day=day.date(), kind=DayKind(kind), name=name, reference=reference)
    with transaction(made.engine) as session:
        calendar_services.set_day(session, row, by=None, at=made.clock.now())


@calendar.command("list")
@_EXPORT
def list_days(out: Path | None) -> None:
    """Các ngày do quản trị đặt · the administrator's own rows, as CSV."""
    with reading(wired().engine) as session:
        rows = [[row.day, row.kind, row.name, row.reference] for row in days.own_days(session)]
    _write_csv(out, ["day", "kind", "name", "reference"], rows)


def _write_csv(out: Path | None, head: list[str], rows: Iterable[Iterable[object]]) -> None:
    if out is None:
        csv.writer(sys.stdout).writerows([head, *rows])
        return
    with out.open("w", encoding="utf-8-sig", newline="") as table:
        csv.writer(table).writerows([head, *rows])


def _unit(session: Session, name: str) -> Unit:
    found = bodies.unit_called(session, name)
    if found is None:
        raise Refused("import.unit-unknown", name=name)
    return found


def _person(session: Session, email: str) -> Person:
    found = persons.by_email(session, email)
    if found is None:
        raise Refused("person.unknown", email=email)
    return found
