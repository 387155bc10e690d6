"""What happens to people: they sign in, are added, given posts, disabled, given a password."""

import secrets
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlmodel import Session, col, select

from tracker import labels
from tracker.domain import Person, Post, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.person import LOCKED_FOR, TRIES_BEFORE_LOCK, Role
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.people import by_email
from tracker.services.history import Doer, record

# ASVS 5.0 6.2.1 asks for eight at least and recommends fifteen.
SHORTEST_PASSWORD = 12
PASSWORDS_AT_ONCE = 100
# Read aloud and copied by hand: no letter that looks like a digit or another letter.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
_HASHER = PasswordHasher()
# Checked when nobody has that address, so that the answer takes as long either way.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$"
    "QvZm1lNvsmGnrYf0uDlhEpXcXJ5C2r6bUVRyeR1g4hA"
)


class NameAndAddress(NamedTuple):
    """All that the office needs to know about a person."""

    name: str
    email: str


def sign_in(session: Session, email: str, password: str, *, at: datetime) -> Person | None:
    """The person when address and password fit; None otherwise, without saying which failed.

    Five wrong passwords lock the person out for a quarter of an hour; a stranger cannot tell
    that either, so that guessing addresses teaches nothing.
    """
    person = by_email(session, email)
    if person is None or person.is_disabled or person.is_locked(at):
        # As slow as a real check: the time it takes must say nothing.
        _fits(_NOBODY, password)
        return None
    if not _fits(person.password_hash, password):
        _count_failure(session, person, at)
        return None
    person.failed_sign_ins, person.locked_until = 0, None
    person.last_sign_in_at = at
    record(session, (Act.SIGNED_IN, Thing.PERSON, _id(person)), by=person.id, at=at)
    session.flush()
    return person


def _count_failure(session: Session, person: Person, at: datetime) -> None:
    person.failed_sign_ins += 1
    if person.failed_sign_ins >= TRIES_BEFORE_LOCK:
        person.failed_sign_ins, person.locked_until = 0, at + LOCKED_FOR
    session.flush()


def _fits(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def add(
    session: Session,
    name: str,
    email: str,
    *,
    password: str | None,
    by: Reader | None,
    at: datetime,
) -> Person:
    """Add somebody who may sign in; without a password they cannot until one is set.

    Raises Refused when the address is taken or is none, or the password is too short.
    """
    administrator_only(by)
    _refuse_name(name)
    _refuse_address(session, email)
    person = Person(name=" ".join(name.split()), email=email.strip().lower())
    person.session_stamp = secrets.token_urlsafe(12)
    session.add(person)
    session.flush()
    if password is not None:
        set_password(session, person, password, by=by, at=at)
    record(session, (Act.CREATED, Thing.PERSON, _id(person)), by=by, at=at)
    return person


def edit(
    session: Session, person: Person, facts: NameAndAddress, *, by: Reader | None, at: datetime
) -> Person:
    """Change a person's name or address; the history keeps that they changed, not what they were.

    Raises Refused as `add` does.
    """
    administrator_only(by)
    new = NameAndAddress(" ".join(facts.name.split()), facts.email.strip().lower())
    _refuse_name(new.name)
    if new.email != person.email:
        _refuse_address(session, new.email)
    fields = new._asdict().items()
    changed = {field: None for field, value in fields if getattr(person, field) != value}
    person.name, person.email = new
    what = (Act.EDITED, Thing.PERSON, _id(person))
    record(session, what, by=by, at=at, details=changed)
    session.flush()
    return person


def is_address(email: str) -> bool:
    """Whether that looks like an e-mail address; only a letter that arrives can prove it."""
    before, _, after = email.strip().rpartition("@")
    return bool(before) and "." in after and not set(email.strip()) & set(" ,;<>")


def _refuse_name(name: str) -> None:
    if not name.strip():
        raise Refused("person.name-empty")


def _refuse_address(session: Session, email: str) -> None:
    if not is_address(email):
        raise Refused("person.address-invalid", email=email)
    if by_email(session, email) is not None:
        raise Refused("person.address-taken", email=email)


def set_password(
    session: Session, person: Person, password: str, *, by: Reader | None, at: datetime
) -> None:
    """Give a person a password and end all their sessions; only they or an administrator may."""
    if by is not None and by.person_id != person.id:
        administrator_only(by)
    _refuse_short(password)
    _store_password(session, person, password, by=by, at=at)


def first_passwords(
    session: Session, *, by: Reader | None, at: datetime
) -> list[tuple[Person, str]]:
    """Make a password for people who never had one, some at a time, to be handed over once."""
    administrator_only(by)
    waiting = (col(Person.password_hash) == "") & ~col(Person.is_disabled)
    # Hashing is slow on purpose: nobody waits for hundreds at once.
    asked = select(Person).where(waiting).order_by(col(Person.id)).limit(PASSWORDS_AT_ONCE)
    made = [(person, new_password()) for person in session.exec(asked)]
    for person, password in made:
        _store_password(session, person, password, by=by, at=at)
    return made


def _refuse_short(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("person.password-short", shortest=SHORTEST_PASSWORD)


def _store_password(
    session: Session, person: Person, password: str, *, by: Doer, at: datetime
) -> None:
    person.password_hash = _HASHER.hash(password)
    person.session_stamp = secrets.token_urlsafe(12)
    person.failed_sign_ins, person.locked_until = 0, None
    record(session, (Act.PASSWORD, Thing.PERSON, _id(person)), by=by, at=at)
    session.flush()


def change_password(session: Session, person: Person, *, old: str, new: str, at: datetime) -> None:
    """Let a person replace their own password; the old one is asked, and guessing locks as usual.

    Raises Refused when the old one is wrong or the new one is too short.
    """
    if person.is_locked(at):
        raise Refused("sign-in.locked")
    if not _fits(person.password_hash, old):
        _count_failure(session, person, at)
        raise Refused("person.old-password-wrong")
    _refuse_short(new)
    _store_password(session, person, new, by=person.id, at=at)


def share_password(session: Session, password: str) -> None:
    """Give everybody the same password, for demonstrations and trials; hashed once, being slow."""
    hashed = _HASHER.hash(password)
    session.flush()
    session.execute(sa.update(Person).values(password_hash=hashed))


def new_password() -> str:
    """A password to hand over once: four groups of four, 79 bits."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(4))


def set_disabled(
    session: Session, person: Person, *, disabled: bool, by: Reader | None, at: datetime
) -> None:
    """Let a person no longer sign in, or again; a disabling ends their sessions at once."""
    administrator_only(by)
    if by is not None and person.id == by.person_id:
        raise Refused("person.not-yourself")
    if disabled and _administrators(session) == {person.id}:
        raise Refused("person.last-administrator")
    person.is_disabled = disabled
    person.session_stamp = secrets.token_urlsafe(12)
    act = Act.DISABLED if disabled else Act.ENABLED
    record(session, (act, Thing.PERSON, _id(person)), by=by, at=at)
    session.flush()


def _administrators(session: Session) -> set[int]:
    """Who may look after the installation."""
    active = select(Post.person_id).join(Person).where(~col(Person.is_disabled))
    return set(session.exec(active.where(col(Post.role) == Role.ADMINISTRATOR)))


def give_post(
    session: Session, person: Person, role: Role, unit: Unit, *, by: Reader | None, at: datetime
) -> Post:
    """Let a person hold a role in a unit; office roles and leaders belong to an issuing unit."""
    administrator_only(by)
    if role not in {Role.UNIT_CLERK, Role.UNIT_HEAD} and not unit.issues:
        raise Refused("person.role-needs-issuer", role=role, unit=unit.name)
    if _held(session, person, role, unit) is not None:
        raise Refused("person.post-held", role=role, unit=unit.name)
    post = Post(person_id=_id(person), unit_id=unit.id, role=role)
    session.add(post)
    details = {"post": [None, _named(role, unit)]}
    what = (Act.ASSIGNED, Thing.PERSON, _id(person))
    record(session, what, by=by, at=at, details=details)
    session.flush()
    return post


def _held(session: Session, person: Person, role: Role, unit: Unit) -> Post | None:
    same = (col(Post.person_id) == person.id) & (col(Post.unit_id) == unit.id)
    return session.exec(select(Post).where(same, col(Post.role) == role)).first()


def take_post(session: Session, post: Post, *, by: Reader, at: datetime) -> None:
    """Let a person no longer hold a post; nobody takes the administration from themselves."""
    administrator_only(by)
    if post.role is Role.ADMINISTRATOR and post.person_id == by.person_id:
        raise Refused("person.own-administration")
    unit = session.get_one(Unit, post.unit_id)
    session.delete(post)
    what = (Act.ASSIGNED, Thing.PERSON, post.person_id)
    details = {"post": [_named(post.role, unit), None]}
    record(session, what, by=by, at=at, details=details)
    session.flush()


def _named(role: Role, unit: Unit) -> str:
    return f"{labels.label(role)} — {unit.name}"


def set_locale(session: Session, locale: str, *, by: Reader) -> None:
    """Remember the language a person reads; nothing that history needs to know."""
    session.execute(sa.update(Person).where(col(Person.id) == by.person_id).values(locale=locale))


def administrator_only(by: Reader | None) -> None:
    """Raise NotAllowed unless an administrator asks, or the command line on the server itself."""
    if by is not None and not by.is_administrator:
        raise NotAllowed("administrator-only")


def _id(person: Person) -> int:
    return person.id
