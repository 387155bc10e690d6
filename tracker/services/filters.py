"""What happens to saved filters: they are kept, shared, renamed, thrown away by whose they are."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from tracker.domain import SavedFilter
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.filters import sharing_units

MOST = 50
_LONGEST_NAME, _LONGEST_QUERY = 120, 2000


def keep(
    session: Session,
    name: str,
    query: str,
    *,
    unit_id: int | None,
    by: Reader,
    at: datetime,
) -> SavedFilter:
    """Keep what an address asks for under a name; with a unit, everybody there sees it."""
    name = " ".join(name.split())
    _refuse_name(session, name, by=by, but=None)
    if unit_id is not None and unit_id not in sharing_units(by):
        raise NotAllowed("filter.not-your-unit")
    if len(query) > _LONGEST_QUERY:
        raise Refused("filter.too-much")
    mine = select(func.count()).where(col(SavedFilter.person_id) == by.person_id)
    if session.exec(mine).one() >= MOST:
        raise Refused("filter.too-many", most=MOST)
    kept = SavedFilter(person_id=by.person_id, unit_id=unit_id, name=name, query=query, at=at)
    session.add(kept)
    session.flush()
    return kept


def rename(session: Session, kept: SavedFilter, name: str, *, by: Reader) -> SavedFilter:
    """Give a filter another name; its owner alone may."""
    _owner_only(kept, by)
    name = " ".join(name.split())
    _refuse_name(session, name, by=by, but=kept.id)
    kept.name = name
    session.add(kept)
    session.flush()
    return kept


def remove(session: Session, kept: SavedFilter, *, by: Reader) -> None:
    """Throw a filter away; its owner alone may."""
    _owner_only(kept, by)
    session.delete(kept)
    session.flush()


def _owner_only(kept: SavedFilter, by: Reader) -> None:
    if kept.person_id != by.person_id:
        raise NotAllowed("filter.not-yours")


def _refuse_name(session: Session, name: str, *, by: Reader, but: int | None) -> None:
    if not name:
        raise Refused("filter.name-empty")
    if len(name) > _LONGEST_NAME:
        raise Refused("form.too-long", longest=_LONGEST_NAME)
    same = select(SavedFilter.id).where(
        col(SavedFilter.person_id) == by.person_id, col(SavedFilter.name) == name
    )
    if session.exec(same).first() not in {None, but}:
        raise Refused("filter.name-taken", name=name)
