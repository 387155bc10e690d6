"""Who is there: an issuing unit, its departments and communes, and the people of each."""

from dataclasses import dataclass
from random import Random

from tracker.domain.folding import fold, sort_key
from tracker.domain.person import Role
from tracker.sample import words

Row = dict[str, object]

ISSUER = 1
ADMINISTRATOR = 1
SPECIALIST = 2
_DOMAIN = "sample.test"


@dataclass(frozen=True)
class Body:
    """One unit of the sample with its mailbox and the ids of its two people."""

    id: int
    name: str
    mailbox: str

    @property
    def clerk_id(self) -> int:
        """The person who handles the unit's papers."""
        return SPECIALIST + 2 * (self.id - ISSUER) - 1

    @property
    def head_id(self) -> int:
        """The person who answers for the unit."""
        return self.clerk_id + 1

    @property
    def clerk(self) -> str:
        """The clerk's address."""
        return f"vanthu.{self.mailbox}@{_DOMAIN}"

    def row(self) -> Row:
        """The unit as its table keeps it."""
        return _unit(self.id, self.name, email=f"{self.mailbox}@{_DOMAIN}", parent_id=ISSUER)


def bodies(rng: Random, count: int) -> list[Body]:
    """The departments first, then as many communes as are missing."""
    communes = [_commune(rng, place) for place in words.places(rng, count)]
    names = [*words.DEPARTMENTS, *communes][:count]
    return [Body(n, name, _mailbox(name)) for n, name in enumerate(names, start=ISSUER + 1)]


def _commune(rng: Random, place: str) -> str:
    return f"UBND {'phường' if rng.random() < 1 / 3 else 'xã'} {place}"


def _mailbox(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())


def units(below: list[Body]) -> list[Row]:
    """The rows of the unit table, the issuing unit first."""
    return [_unit(ISSUER, "UBND tỉnh", issues=True), *(body.row() for body in below)]


def _unit(key: int, name: str, **facts: object) -> Row:
    unset: Row = {"email": None, "parent_id": None, "issues": False}
    return unset | facts | {"id": key, "name": name, "sort_key": sort_key(name), "is_active": True}


def people(rng: Random, below: list[Body]) -> list[Row]:
    """An administrator, an office specialist, and a clerk and a head of each unit."""
    rows = [_person(rng, ADMINISTRATOR, "quantri"), _person(rng, SPECIALIST, "vanphong")]
    for body in below:
        rows.append(_person(rng, body.clerk_id, f"vanthu.{body.mailbox}"))
        rows.append(_person(rng, body.head_id, f"lanhdao.{body.mailbox}"))
    return rows


def _person(rng: Random, key: int, mailbox: str) -> Row:
    return {
        "id": key,
        "name": words.full_name(rng),
        "email": f"{mailbox}@{_DOMAIN}",
        "password_hash": "",
        "session_stamp": f"sample-{key}",
        "locale": "vi",
        "is_disabled": False,
        "failed_sign_ins": 0,
    }


def posts(below: list[Body]) -> list[Row]:
    """What each of the people is."""
    held = [
        (ADMINISTRATOR, ISSUER, Role.ADMINISTRATOR),
        (SPECIALIST, ISSUER, Role.OFFICE_SPECIALIST),
    ]
    held += [(body.clerk_id, body.id, Role.UNIT_CLERK) for body in below]
    held += [(body.head_id, body.id, Role.UNIT_HEAD) for body in below]
    return [
        {"id": n, "person_id": person, "unit_id": unit, "role": role}
        for n, (person, unit, role) in enumerate(held, start=1)
    ]
