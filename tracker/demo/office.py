"""The demonstration's office: Bắc Ninh's units, their people, and the sample programme imported."""

import csv
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from tracker import labels, paths
from tracker.domain import Task, Unit
from tracker.domain.folding import fold
from tracker.domain.person import Role
from tracker.domain.unit import Alias
from tracker.importer.meaning.register import registered_units
from tracker.importer.parse import read_programme_file
from tracker.importer.proposals import apply, review
from tracker.queries.calendar import working_days
from tracker.services import people, procedures, units
from tracker.settings import Settings

ISSUER = "UBND tỉnh Bắc Ninh"
PROGRAMME = "programme-2026-02-bac-ninh.md"
DOMAIN = "demo.test"
# Units of every province, of the vertical agencies, and of the Party; not those of some provinces.
_SCOPES = frozenset({"province", "vertical", "party and unions"})
_OFFICE = (
    ("quantri", "Quản trị hệ thống", Role.ADMINISTRATOR),
    ("vanphong", "Chuyên viên Văn phòng", Role.OFFICE_SPECIALIST),
    ("chanhvanphong", "Chánh Văn phòng", Role.OFFICE_LEADER),
    ("lanhdao", "Lãnh đạo UBND tỉnh", Role.LEADER),
)
# "Đầu mối" and "Giám đốc" stand for people: the demonstration names nobody.
_IN_A_UNIT = (("", "Đầu mối", Role.UNIT_CLERK), ("giamdoc.", "Thủ trưởng", Role.UNIT_HEAD))


@dataclass
class Opened:
    """How to sign in to the demonstration: one password for everybody."""

    password: str
    people: list[tuple[str, str]] = field(default_factory=list)
    tasks: int = 0


def open_demo(session: Session, settings: Settings, *, at: datetime) -> Opened:
    """Make the demo people and units in an empty database and take the sample programme in."""
    opened = seat_everybody(session, settings, at=at)
    procedures.install_shipped(session)
    opened.tasks = take_programme(session, at=at)
    opened.people.sort(key=_order(session))
    return opened


def _order(session: Session) -> Callable[[tuple[str, str]], int]:
    """The office's four first, then the units that the programme gives work."""
    led = select(Unit.name).where(col(Unit.id).in_(select(Task.lead_id)))
    names = [ISSUER, *session.exec(led.order_by(col(Unit.sort_key)))]

    def place(seat: tuple[str, str]) -> int:
        unit = seat[1].split(" — ")[1]
        return names.index(unit) if unit in names else len(names)

    return place


def seat_everybody(session: Session, settings: Settings, *, at: datetime) -> Opened:
    """Make the demo people and units in an empty database."""
    opened = Opened(settings.demo_password.get_secret_value() or secrets.token_urlsafe(9))
    issuer = units.add_unit(session, units.UnitFacts(ISSUER, issues=True), by=None, at=at)
    for address, name, role in _OFFICE:
        _seat(session, opened, (address, name, role, issuer), at=at)
    for unit in _units(session, issuer, at=at):
        for prefix, title, role in _IN_A_UNIT:
            seat = (f"{prefix}{_address(unit.name)}", f"{title} {unit.name}", role, unit)
            _seat(session, opened, seat, at=at)
    people.share_password(session, opened.password)
    return opened


def _units(session: Session, issuer: Unit, *, at: datetime) -> Iterator[Unit]:
    with (paths.DATA / "units.csv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["scope"] in _SCOPES]
    for row in rows:
        email = f"{_address(row['name'])}@{DOMAIN}"
        facts = units.UnitFacts(row["name"], issuer.id, email)
        unit = units.add_unit(session, facts, by=None, at=at)
        session.add_all(
            Alias.written(text, unit.id) for text in _distinct(row["aliases"].split("|"))
        )
        yield unit


def _distinct(texts: list[str]) -> list[str]:
    # "Sở Công thương" and "Sở Công Thương" fold to one alias.
    return list({fold(text): text for text in texts if text}.values())


def _address(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))


def _seat(
    session: Session, opened: Opened, seat: tuple[str, str, Role, Unit], *, at: datetime
) -> None:
    address, name, role, unit = seat
    email = f"{address}@{DOMAIN}"
    person = people.add(session, name, email, password=None, by=None, at=at)
    people.give_post(session, person, role, unit, by=None, at=at)
    opened.people.append((email, f"{labels.label(role)} — {unit.name}"))


def take_programme(session: Session, *, at: datetime) -> int:
    """Import the shipped programme and accept what is clear; returns how many tasks it gave."""
    path = paths.DATA / PROGRAMME
    reading = read_programme_file(
        path, units=registered_units(session), working_days=working_days(session)
    )
    kept, _ = review.propose(session, reading, path.read_bytes(), by=None, at=at)
    return apply.accept(session, kept, only_clear=True, by=None, at=at)
