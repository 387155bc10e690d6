"""The installation's own directory of units, as reading needs it."""

from sqlmodel import Session, col, select

from tracker.domain import Alias, Unit
from tracker.importer.meaning.units import FormerName, UnitBook, UnitName, published_former_names


def registered_units(session: Session) -> UnitBook:
    """Every active unit with its aliases; names before a merger lead to the unit of today.

    A former name that the installation does not know itself follows the shipped table.
    """
    aliases: dict[int, list[str]] = {}
    former: list[FormerName] = []
    named = select(Unit.id, Unit.name).where(col(Unit.is_active))
    names = dict(session.exec(named).all())
    for alias in session.exec(select(Alias).where(col(Alias.unit_id).in_(names))):
        if alias.is_former:
            former.append(FormerName(alias.text, names[alias.unit_id], certain=True))
        else:
            aliases.setdefault(alias.unit_id, []).append(alias.text)
    units = [UnitName(name, tuple(aliases.get(key, ()))) for key, name in names.items()]
    known = {old.name for old in former}
    shipped = [old for old in published_former_names() if old.name not in known]
    return UnitBook.of(units, former=[*former, *shipped])
