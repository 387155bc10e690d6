"""What happens to units: they are added, edited, closed, reopened, and called by other names."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain import Alias, Unit, UnitName
from tracker.domain.change import Act, Thing
from tracker.domain.folding import fold, sort_key
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.units import has_active_head, unit_called, unit_of, unit_with_alias
from tracker.services.history import record
from tracker.services.people import administrator_only, is_address


@dataclass(frozen=True)
class UnitFacts:
    """What the administrator writes about a unit."""

    name: str
    parent_id: int | None = None
    email: str | None = None
    issues: bool = False

    def tidied(self) -> "UnitFacts":
        """The facts with single spaces in the name and the address in lower case, or none."""
        email = (self.email or "").strip().lower() or None
        return UnitFacts(" ".join(self.name.split()), self.parent_id, email, self.issues)


def add_unit(session: Session, facts: UnitFacts, *, by: Reader | None, at: datetime) -> Unit:
    """Add a unit; Refused when the name is taken or empty, or the mailbox is no address."""
    administrator_only(by)
    facts = facts.tidied()
    _refuse(session, facts, None)
    unit = Unit.named(**asdict(facts))
    session.add(unit)
    session.flush()
    _record(session, (Act.CREATED, unit), by, at)
    return unit


def edit_unit(
    session: Session, unit: Unit, facts: UnitFacts, *, by: Reader | None, at: datetime
) -> Unit:
    """Change a unit's facts; Refused as in `add_unit`, and when the tree would bite its tail.

    A name that it gives up is kept: papers still write it, and the history was written under it.
    """
    administrator_only(by)
    facts = facts.tidied()
    _refuse(session, facts, unit)
    details = _differences(session, unit, facts)
    renamed = details.pop("name", None)
    if renamed:
        _keep_name(session, unit, facts.name, at)
    for name, value in asdict(facts).items():
        setattr(unit, name, value)
    unit.sort_key = sort_key(unit.name)
    if renamed:
        _record(session, (Act.RENAMED, unit), by, at, name=renamed)
    if details:
        _record(session, (Act.EDITED, unit), by, at, **details)
    return unit


def _keep_name(session: Session, unit: Unit, new: str, at: datetime) -> None:
    session.add(UnitName(unit_id=unit.id, name=unit.name, until=at))
    is_free = unit_with_alias(session, unit.name) is None
    if is_free and fold(unit.name) != fold(new):
        session.add(Alias.written(unit.name, unit.id, is_former=True))


def _refuse(session: Session, facts: UnitFacts, unit: Unit | None) -> None:
    if not facts.name:
        raise Refused("unit.name-empty")
    namesake = unit_called(session, facts.name)
    if namesake is not None and namesake is not unit:
        raise Refused("unit.name-taken", name=facts.name)
    if facts.email is not None and not is_address(facts.email):
        raise Refused("unit.address-invalid", email=facts.email)
    above = _path_up(session, facts.parent_id)
    if unit is not None and unit.id in above:
        raise Refused("unit.cycle", unit=unit.name)


def _path_up(session: Session, unit_id: int | None) -> list[int]:
    path = []
    while unit_id is not None:
        path.append(unit_id)
        unit_id = unit_of(session, unit_id).parent_id
    return path


def _differences(session: Session, unit: Unit, facts: UnitFacts) -> dict[str, list[object]]:
    old = UnitFacts(unit.name, unit.parent_id, unit.email, unit.issues)
    pairs = zip(_shown(session, old).items(), _shown(session, facts).values(), strict=True)
    return {name: [before, after] for (name, before), after in pairs if before != after}


def _shown(session: Session, facts: UnitFacts) -> dict[str, object]:
    # The history names the parent: a number would say nothing years later.
    parent = unit_of(session, facts.parent_id).name if facts.parent_id else None
    return {"name": facts.name, "parent": parent, "email": facts.email, "issues": facts.issues}


def set_head_approves(
    session: Session, unit: Unit, *, wanted: bool, by: Reader, at: datetime
) -> Unit:
    """Let what clerks file go through the unit's head first, or no longer.

    The head or the administrator may; Refused while nobody heads the unit.
    """
    if unit.id not in by.heads and not by.is_administrator:
        raise NotAllowed("unit.head-only")
    if wanted and not has_active_head(session, unit):
        raise Refused("unit.no-head", unit=unit.name)
    old, unit.head_approves = unit.head_approves, wanted
    if old != wanted:
        _record(session, (Act.EDITED, unit), by, at, head_approves=[old, wanted])
    return unit


def close_unit(session: Session, unit: Unit, *, by: Reader | None, at: datetime) -> Unit:
    """Close a unit: it gets no new work and no mail; what it still leads waits for the office."""
    administrator_only(by)
    unit.is_active = False
    _record(session, (Act.DISABLED, unit), by, at)
    return unit


def reopen_unit(session: Session, unit: Unit, *, by: Reader | None, at: datetime) -> Unit:
    """Let a closed unit work again."""
    administrator_only(by)
    unit.is_active = True
    _record(session, (Act.ENABLED, unit), by, at)
    return unit


def add_alias(session: Session, alias: Alias, *, by: Reader | None, at: datetime) -> Alias:
    """Let documents call a unit by another name (`Alias.written`); Refused when it is not free."""
    administrator_only(by)
    if not alias.folded:
        raise Refused("unit.alias-empty")
    holder = unit_with_alias(session, alias.text) or _namesake(session, alias)
    if holder is not None:
        raise Refused("unit.alias-taken", alias=alias.text, unit=holder.name)
    session.add(alias)
    _record(
        session, (Act.EDITED, unit_of(session, alias.unit_id)), by, at, alias=[None, alias.text]
    )
    return alias


def _namesake(session: Session, alias: Alias) -> Unit | None:
    # A list of aliases may hold the unit's own name in other capitals; that leads nobody astray.
    found = unit_called(session, alias.text)
    return found if found is not None and found.id != alias.unit_id else None


def remove_alias(session: Session, alias: Alias, *, by: Reader | None, at: datetime) -> None:
    """Forget another name of a unit."""
    administrator_only(by)
    session.delete(alias)
    _record(
        session, (Act.EDITED, unit_of(session, alias.unit_id)), by, at, alias=[alias.text, None]
    )


def _record(
    session: Session, what: tuple[Act, Unit], by: Reader | None, at: datetime, **details: object
) -> None:
    act, unit = what
    session.add(unit)
    session.flush()
    record(session, (act, Thing.UNIT, unit.id), by=by, at=at, details=details)
    session.flush()
