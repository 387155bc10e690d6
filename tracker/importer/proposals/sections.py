"""The headings of one programme, each made when its first item needs it."""

from sqlmodel import Session, col, select

from tracker.domain import Section
from tracker.importer.proposals.snapshots import Before


class Sections:
    """The headings that are there, found by the one above and their words."""

    def __init__(self, session: Session, programme_id: int, before: Before) -> None:
        self._session, self._programme_id, self._before = session, programme_id, before
        known = session.exec(select(Section).where(col(Section.programme_id) == programme_id))
        self._by_place = {(section.parent_id, section.text): section for section in known}
        self._next = 1 + max((one.position for one in self._by_place.values()), default=-1)

    def at(self, path: list[str]) -> int | None:
        """The section under which an item stands; None when it stands under no heading."""
        parent: int | None = None
        for text in path:
            parent = self._one(parent, text).id
        return parent

    def _one(self, parent_id: int | None, text: str) -> Section:
        section = self._by_place.get((parent_id, text))
        if section is None:
            section = Section(
                programme_id=self._programme_id,
                parent_id=parent_id,
                position=self._next,
                text=text,
            )
            self._next += 1
            self._session.add(section)
            self._session.flush()
            self._before.made(section)
            self._by_place[parent_id, text] = section
        return section
