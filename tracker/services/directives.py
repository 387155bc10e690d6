"""What happens to the register of directives: documents are entered, edited, and give tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker import labels
from tracker.domain import Directive, Support, Task, Unit
from tracker.domain.change import Act, Thing
from tracker.domain.directive import LONGEST_NUMBER, LONGEST_TITLE, Cited
from tracker.domain.finding import searchable
from tracker.domain.folding import fold
from tracker.domain.reader import Reader
from tracker.domain.task import Kind
from tracker.errors import NotAllowed, Refused
from tracker.queries.directives import namesakes
from tracker.services.history import record

LONGEST_KIND, LONGEST_BODY = 60, 200


def enter(session: Session, said: Cited, *, issuer_id: int, by: Reader, at: datetime) -> Directive:
    """Enter a document into the register; Refused when it stands there already."""
    if not by.serves(issuer_id):
        raise NotAllowed("directive.office-only")
    said = said.tidied()
    _refuse(session, said, issuer_id, None)
    return _entered(session, said, issuer_id, by=by, at=at)


def _entered(
    session: Session, said: Cited, issuer_id: int, *, by: Reader | None, at: datetime
) -> Directive:
    directive = Directive(
        issuer_id=issuer_id,
        number=said.number,
        title=said.title,
        created_at=at,
        created_by_id=by.person_id if by else None,
    )
    _write(directive, said)
    session.add(directive)
    session.flush()
    record(session, (Act.CREATED, Thing.DIRECTIVE, directive.id), by=by, at=at)
    session.flush()
    return directive


def edit(
    session: Session, directive: Directive, said: Cited, *, by: Reader, at: datetime
) -> Directive:
    """Change what the register says of a document."""
    if not by.serves(directive.issuer_id):
        raise NotAllowed("directive.office-only")
    said = said.tidied()
    _refuse(session, said, directive.issuer_id, directive)
    before = _told(directive)
    _write(directive, said)
    changed = {
        name: [old, new]
        for (name, old), new in zip(before.items(), _told(directive).values(), strict=True)
        if old != new
    }
    session.add(directive)
    session.flush()
    if changed:
        what = (Act.EDITED, Thing.DIRECTIVE, directive.id)
        record(session, what, by=by, at=at, details=changed)
        session.flush()
    return directive


def _write(directive: Directive, said: Cited) -> None:
    directive.kind, directive.number, directive.title = said.kind, said.number, said.title
    directive.issued_on, directive.issued_by = said.issued_on, said.issued_by
    directive.note, directive.search_text = said.note, said.search_text


def _told(directive: Directive) -> dict[str, str]:
    return {
        "kind_of_paper": directive.kind,
        "number": directive.number,
        "title": directive.title,
        "issued_on": labels.day(directive.issued_on),
        "issued_by": directive.issued_by,
        "note": directive.note,
    }


def _refuse(session: Session, said: Cited, issuer_id: int, itself: Directive | None) -> None:
    if not said.number or not said.title:
        raise Refused("directive.facts-missing")
    longest = (
        (said.kind, LONGEST_KIND), (said.number, LONGEST_NUMBER),
        (said.title, LONGEST_TITLE), (said.issued_by, LONGEST_BODY),
    )  # fmt: skip
    for words, most in longest:
        if len(words) > most:
            raise Refused("form.too-long", longest=most)
    known = known_as(session, said, issuer_id)
    is_kept = itself is not None and _is_named_so(itself, said)
    if known is not None and known is not itself and not is_kept:
        raise Refused("directive.known", name=known.name)


def _is_named_so(one: Directive, said: Cited) -> bool:
    """Whether the entry itself goes by this number, body and day: two of a kind may stand there."""
    ours = one.number, one.issued_by, one.issued_on
    return ours == (said.number, said.issued_by, said.issued_on)


def known_as(session: Session, said: Cited, issuer_id: int) -> Directive | None:
    """The document that stands in the register: same number, same body, same year.

    Numbers begin anew each year; what is not said is no difference.
    """
    return next(iter(_known(session, said, issuer_id)), None)


def _known(session: Session, said: Cited, issuer_id: int) -> list[Directive]:
    """The entries that may be this document, the one of this very day first."""
    same = [one for one in namesakes(session, issuer_id, said.number) if _is_same(one, said)]
    return sorted(same, key=lambda one: one.issued_on != said.issued_on)


def _is_same(one: Directive, said: Cited) -> bool:
    ours, theirs = fold(one.issued_by), fold(said.issued_by)
    same_body = not ours or not theirs or ours.startswith(theirs) or theirs.startswith(ours)
    both = one.issued_on is not None and said.issued_on is not None
    same_year = not both or one.issued_on.year == said.issued_on.year  # type: ignore[union-attr]
    return same_body and same_year


def of_another_day(session: Session, said: Cited, *, issuer_id: int) -> Directive | None:
    """An entry of this number, body and year under another day, when none is of this day.

    One of the two papers has misprinted its date, or they are two documents: nobody but a person
    can say.
    """
    said = said.tidied()
    known = _known(session, said, issuer_id)
    return known[0] if known and not any(_may_be(one, said) for one in known) else None


def _may_be(one: Directive, said: Cited) -> bool:
    return None in (one.issued_on, said.issued_on) or one.issued_on == said.issued_on


def found_or_entered(
    session: Session, said: Cited, *, issuer_id: int, by: Reader | None, at: datetime
) -> Directive:
    """The document that an accepted item comes from: the one in the register, or a new entry.

    One of the same number under another day is not taken for it.
    """
    said = said.tidied()
    known = (one for one in _known(session, said, issuer_id) if _may_be(one, said))
    return next(known, None) or _entered(session, said, issuer_id, by=by, at=at)


@dataclass(frozen=True)
class Given:
    """A task as the office writes it from a document."""

    text: str
    lead_id: int | None
    supports: frozenset[int] = frozenset()
    due_on: date | None = None


def give(session: Session, directive: Directive, said: Given, *, by: Reader, at: datetime) -> Task:
    """Make a task of what a document says; without a lead it waits to be assigned or divided."""
    if not by.serves(directive.issuer_id):
        raise NotAllowed("directive.office-only")
    if not said.text.strip():
        raise Refused("directive.text-empty")
    task = Task(
        issuer_id=directive.issuer_id,
        directive_id=directive.id,
        kind=Kind.TASK,
        text=said.text.strip(),
        search_text=searchable(said.text),
        lead_id=said.lead_id,
        due_on=said.due_on,
        original_due_on=said.due_on,
        created_at=at,
        updated_at=at,
    )
    session.add(task)
    session.flush()
    helping = sorted(said.supports - {said.lead_id or 0})
    session.add_all(Support(task_id=task.id, unit_id=unit) for unit in helping)
    details: dict[str, object] = {"directive": [None, directive.name]}
    record(session, (Act.CREATED, Thing.TASK, task.id), by=by, at=at, details=details)
    if said.lead_id is not None or helping:
        assigned = {"lead": [None, said.lead_id], "supports": [[], helping]}
        record(session, (Act.ASSIGNED, Thing.TASK, task.id), by=by, at=at, details=assigned)
    session.flush()
    return task


def full_body(session: Session, said: Cited, issuer_id: int, printed: str | None) -> Cited:
    """The body by its full name, when the paper's issuer or our own is meant: "Đảng ủy"."""
    ours = session.get_one(Unit, issuer_id).name
    meant = (one for one in (printed or "", ours) if said.issued_by and _begins(one, said))
    return Cited(
        said.number, said.title, said.kind, said.issued_on, next(meant, said.issued_by), said.note
    )


def _begins(name: str, said: Cited) -> bool:
    return fold(name).startswith(fold(said.issued_by))
