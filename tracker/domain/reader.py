"""The reader: a signed-in person with everything that decides what they may see and do."""

from dataclasses import dataclass

from tracker.domain.person import Role
from tracker.domain.task import Side

_OFFICE = frozenset({Role.OFFICE_SPECIALIST, Role.OFFICE_LEADER})


@dataclass(frozen=True)
class Reader:
    """Who is asking; made once per request from the person and their posts.

    `units` are the units of a clerk or head with everything below them; `issuers` are the
    issuing units whose whole programme the person works on (office) or follows (leader).
    """

    person_id: int
    name: str
    email: str
    locale: str = "vi"
    session_stamp: str = ""
    roles: frozenset[Role] = frozenset()
    units: frozenset[int] = frozenset()
    own_units: frozenset[int] = frozenset()
    # `units` again, but the person's own even while they stand in for somebody: what these do
    # they never confirm, in nobody's place.
    own_side_units: frozenset[int] = frozenset()
    # The units whose head the person is: what must go through the head is theirs to let go.
    heads: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()
    issuers: frozenset[int] = frozenset()
    # Whom the person stands in for just now: every right is that person's, and both names are
    # written down.
    acting_for: int | None = None
    acting_name: str = ""

    # The four members that Flask-Login asks of a user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the session cookie keeps; a new stamp ends the session."""
        return f"{self.person_id}.{self.session_stamp}"

    @property
    def people(self) -> frozenset[int]:
        """Whose own work this is: the person's, and that of whom they stand in for.

        Nobody confirms their own work, nor their deputy's for them.
        """
        return frozenset({self.person_id, self.acting_for or self.person_id})

    def owns_work_of(self, unit_id: int | None) -> bool:
        """Whether the work of that unit is the person's own, or that of whom they stand in for."""
        return unit_id in self.units or unit_id in self.own_side_units

    @property
    def is_administrator(self) -> bool:
        """Whether the person looks after units, people and the calendar."""
        return Role.ADMINISTRATOR in self.roles

    @property
    def is_office(self) -> bool:
        """Whether the person works for an office that issues programmes."""
        return bool(self.roles & _OFFICE)

    @property
    def reads_all(self) -> bool:
        """Whether nothing is hidden: the administrator sees what he administers."""
        return self.is_administrator

    def serves(self, issuer_id: int) -> bool:
        """Whether the person may act for the office of that issuing unit."""
        return issuer_id in self.offices

    def sides(self, issuer_id: int, lead_id: int | None) -> frozenset[Side]:
        """On which sides of a task the person stands: its office, its lead, both or neither."""
        sides = {Side.OFFICE} if self.serves(issuer_id) else set()
        if lead_id in self.units:
            sides.add(Side.LEAD)
        return frozenset(sides)
