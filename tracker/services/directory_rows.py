"""Units and people from a list: each line is tried, and what is wrong with it is told."""

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process
from sqlmodel import Session

from tracker import labels
from tracker.domain import Alias, Person, Unit
from tracker.domain.folding import fold
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.errors import Refused
from tracker.queries.people import by_email
from tracker.queries.units import (
    aliases_of,
    lineage,
    named_units,
    seats_of,
    unit_called,
    unit_of,
    unit_with_alias,
)
from tracker.services import people
from tracker.services.units import UnitFacts, add_alias, add_unit, edit_unit

# A line as the file has it: its number, and its cells by column.
Row = tuple[int, Mapping[str, str]]
_ALIKE = 92.0
_YES = {"x", "co", "yes", "true", "1"}
_NO = {"khong", "no", "false", "0"}
_COLUMNS = {
    "unit.name-empty": "name",
    "unit.address-invalid": "email",
    "unit.cycle": "parent",
    "unit.alias-taken": "aliases",
    "person.name-empty": "name",
    "person.address-invalid": "email",
    "person.role-needs-issuer": "role",
}


class Verdict(enum.StrEnum):
    """What a line does to the directory."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass
class Judged:
    """A line and what came of it; `says` are sentences by code, `column` is where it is wrong."""

    number: int
    title: str
    verdict: Verdict
    column: str = ""
    says: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """Who brings the list in, and when."""

    session: Session
    by: Reader | None
    at: datetime


Try = Callable[[Desk, Mapping[str, str]], tuple[Verdict, list[str]]]


def take_units(
    session: Session, rows: Sequence[Row], *, by: Reader | None, at: datetime
) -> list[Judged]:
    """Add and change units line by line; a wrong line changes nothing and the others go on.

    An empty cell leaves the fact as it is. A line may stand before the unit it belongs to.
    """
    people.administrator_only(by)
    desk, names = Desk(session, by, at), [unit.name for unit in named_units(session)]
    waiting, judged = list(rows), _doubles(rows, "name")
    waiting = [row for row in rows if row[0] not in judged]
    while waiting:
        ready = [row for row in waiting if _is_known(session, row[1].get("parent", ""))]
        # What still waits for nobody is tried as well, to be told what it lacks.
        for row in ready or waiting:
            judged[row[0]] = _judge(desk, row, _try_unit)
            _warn(judged[row[0]], names)
        waiting = [row for row in waiting if row[0] not in judged]
    return [judged[number] for number in sorted(judged)]


def take_people(
    session: Session, rows: Sequence[Row], *, by: Reader | None, at: datetime
) -> list[Judged]:
    """Add and change people line by line, by their address; nobody loses a post by it.

    They get no password: one is made for each when the administrator asks for them.
    """
    people.administrator_only(by)
    desk, judged = Desk(session, by, at), _doubles(rows, "email", "role", "unit")
    for row in rows:
        if row[0] not in judged:
            judged[row[0]] = _judge(desk, row, _try_person)
    return [judged[number] for number in sorted(judged)]


def _doubles(rows: Sequence[Row], *names: str) -> dict[int, Judged]:
    """The lines that say again what a line before has said."""
    first: dict[tuple[str, ...], int] = {}
    doubles = {}
    for number, cells in rows:
        key = tuple(" ".join(cells.get(name, "").lower().split()) for name in names)
        line = first.setdefault(key, number)
        if line != number and any(key):
            says: list[tuple[str, dict[str, Any]]] = [("directory.twice", {"line": line})]
            doubles[number] = Judged(number, _title(cells), Verdict.WRONG, names[0], says)
    return doubles


def _title(cells: Mapping[str, str]) -> str:
    return cells.get("name") or cells.get("email") or "–"


def _judge(desk: Desk, row: Row, attempt: Try) -> Judged:
    number, cells = row
    judged = Judged(number, _title(cells), Verdict.WRONG)
    try:
        with desk.session.begin_nested():
            judged.verdict, judged.changes = attempt(desk, cells)
    except Refused as refusal:
        judged.column = str(refusal.facts.get("column") or _COLUMNS.get(refusal.code, "name"))
        judged.says = [(refusal.code, refusal.facts)]
    return judged


def _warn(judged: Judged, names: list[str]) -> None:
    """Tell of a unit there is already under nearly the same name."""
    if judged.verdict is not Verdict.NEW:
        return
    near = process.extractOne(
        judged.title, names, scorer=fuzz.ratio, processor=fold, score_cutoff=_ALIKE
    )
    if near is not None:
        judged.says = [("directory.alike", {"name": near[0]})]
    names.append(judged.title)


def _is_known(session: Session, name: str) -> bool:
    return not name or _unit_called(session, name) is not None


def _unit_called(session: Session, name: str) -> Unit | None:
    """The unit of that name or alias; whoever took over from one that was merged away."""
    found = unit_called(session, name) or unit_with_alias(session, name)
    if found is None or found.is_active:
        return found
    heir = lineage(session).get(found.id)
    return unit_of(session, heir) if heir else found


def _unit_named(session: Session, name: str, column: str) -> Unit:
    found = _unit_called(session, name)
    if found is None:
        raise Refused("directory.no-unit", name=name, column=column)
    return found


def _try_unit(desk: Desk, cells: Mapping[str, str]) -> tuple[Verdict, list[str]]:
    session = desk.session
    name = cells.get("name", "")
    unit = unit_called(session, name) or (unit_with_alias(session, name) if name else None)
    facts = _facts(session, unit, cells)
    if unit is None:
        unit = add_unit(session, facts, by=desk.by, at=desk.at)
        _call(desk, unit, cells)
        return Verdict.NEW, []
    changes = _unit_changes(session, unit, facts)
    edit_unit(session, unit, facts, by=desk.by, at=desk.at)
    changes += _call(desk, unit, cells)
    return (Verdict.CHANGED if changes else Verdict.UNCHANGED), changes


def _facts(session: Session, unit: Unit | None, cells: Mapping[str, str]) -> UnitFacts:
    above, email = cells.get("parent", ""), cells.get("email", "")
    told = _unit_named(session, above, "parent").id if above else None
    return UnitFacts(
        name=unit.name if unit else cells.get("name", "")[:200],
        parent_id=told or (unit.parent_id if unit else None),
        email=email or (unit.email if unit else None),
        issues=_yes_or_no(cells.get("issues", ""), kept=bool(unit and unit.issues)),
    ).tidied()


def _yes_or_no(word: str, *, kept: bool) -> bool:
    said = fold(word)
    if said in _YES or said in _NO:
        return said in _YES
    if said:
        raise Refused("directory.yes-or-no", said=word[:40], column="issues")
    return kept


def _unit_changes(session: Session, unit: Unit, facts: UnitFacts) -> list[str]:
    changes = []
    if facts.parent_id != unit.parent_id and facts.parent_id:
        changes.append(unit_of(session, facts.parent_id).name)
    if facts.email != unit.email and facts.email:
        changes.append(facts.email)
    if facts.issues != unit.issues:
        changes.append(
            labels.sentence("directory.issues" if facts.issues else "directory.no-issues")
        )
    return changes


def _call(desk: Desk, unit: Unit, cells: Mapping[str, str]) -> list[str]:
    known = {alias.folded for alias in aliases_of(desk.session, unit)}
    told = (text.strip() for text in cells.get("aliases", "").replace(";", "|").split("|"))
    new = [text for text in told if text and fold(text) not in known]
    for text in new:
        add_alias(desk.session, Alias.written(text[:200], unit.id), by=desk.by, at=desk.at)
    return new


def _try_person(desk: Desk, cells: Mapping[str, str]) -> tuple[Verdict, list[str]]:
    session, name = desk.session, cells.get("name", "")[:120]
    role, unit = _role_in(cells), _unit_named(session, cells.get("unit", ""), "unit")
    person = by_email(session, cells.get("email", ""))
    held = (
        {(seat.post.role, seat.unit.id) for seat in seats_of(session, person)} if person else set()
    )
    if role is Role.ADMINISTRATOR and (role, unit.id) not in held:
        raise Refused("directory.no-administrator", column="role")
    if person is None:
        email = cells.get("email", "")[:254]
        person = people.add(session, name, email, password=None, by=desk.by, at=desk.at)
        people.give_post(session, person, role, unit, by=desk.by, at=desk.at)
        return Verdict.NEW, []
    if person.is_disabled:
        raise Refused("directory.disabled", name=person.name, column="email")
    changes = _rename(desk, person, name)
    if (role, unit.id) not in held:
        people.give_post(session, person, role, unit, by=desk.by, at=desk.at)
        changes.append(f"{labels.label(role)} — {unit.name}")
    return (Verdict.CHANGED if changes else Verdict.UNCHANGED), changes


def _rename(desk: Desk, person: Person, name: str) -> list[str]:
    if not name or name == person.name:
        return []
    facts = people.NameAndAddress(name, person.email)
    people.edit(desk.session, person, facts, by=desk.by, at=desk.at)
    return [name]


def _role_in(cells: Mapping[str, str]) -> Role:
    """The role by its code or by its name in either language; the administration by none."""
    said = fold(cells.get("role", ""))
    words = {fold(labels.label(role, each)): role for role in Role for each in labels.LOCALES}
    role = words.get(said) or next((role for role in Role if role.value == said), None)
    if role is None:
        roles = ", ".join(labels.label(one) for one in Role if one is not Role.ADMINISTRATOR)
        raise Refused(
            "directory.no-role", said=cells.get("role", "")[:40], roles=roles, column="role"
        )
    return role
