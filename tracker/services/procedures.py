"""What happens to procedures: shipped ones are installed, an office copies and edits its own."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from tracker import labels
from tracker.domain import Procedure, ProcedureStep
from tracker.domain.change import Act, Thing
from tracker.domain.procedure import LONGEST_OFFSET, StepFacts, shipped_procedures
from tracker.domain.reader import Reader
from tracker.errors import NotAllowed, Refused
from tracker.queries.procedures import names_of_shipped, steps_of
from tracker.services.history import record

LONGEST_NAME, LONGEST_SOURCE, LONGEST_CALLED = 200, 300, 200
MOST_STEPS = 60


def install_shipped(session: Session) -> int:
    """Put the shipped procedures into the database unless they are there; how many were new."""
    there = names_of_shipped(session)
    new = [one for one in shipped_procedures() if one.name not in there]
    for one in new:
        _write(session, Procedure(name=one.name, source=one.source), one.steps)
    return len(new)


def create(
    session: Session, name: str, *, source: str, issuer_id: int, by: Reader, at: datetime
) -> Procedure:
    """Begin a procedure of one's own, without steps."""
    _office_only(issuer_id, by)
    name, source = _named(name, source)
    procedure = Procedure(issuer_id=issuer_id, name=name, source=source)
    _write(session, procedure, ())
    _note(session, procedure, Act.CREATED, by=by, at=at)
    return procedure


def copy(
    session: Session, procedure: Procedure, *, issuer_id: int, by: Reader, at: datetime
) -> Procedure:
    """Make a procedure the office's own, to change it."""
    _office_only(issuer_id, by)
    if procedure.issuer_id not in (None, issuer_id):
        raise NotAllowed("procedure.office-only")
    kept = Procedure(issuer_id=issuer_id, name=procedure.name, source=procedure.source)
    _write(session, kept, [facts_of(step) for step in steps_of(session, procedure.id)])
    _note(session, kept, Act.CREATED, by=by, at=at, copied=[None, procedure.name])
    return kept


def facts_of(step: ProcedureStep) -> StepFacts:
    """What a step says, apart from its place."""
    return StepFacts(
        step.text, step.phase, step.responsible, step.role, step.offset_days, tuple(step.papers)
    )


def _write(session: Session, procedure: Procedure, steps: Sequence[StepFacts]) -> None:
    session.add(procedure)
    session.flush()
    session.add_all(_step(procedure, place, facts) for place, facts in enumerate(steps, start=1))
    session.flush()


def _step(procedure: Procedure, place: int, facts: StepFacts) -> ProcedureStep:
    written = asdict(facts) | {"papers": list(facts.papers)}
    return ProcedureStep(procedure_id=procedure.id, position=place, **written)


def rename(
    session: Session, procedure: Procedure, name: str, *, source: str, by: Reader, at: datetime
) -> None:
    """Call a procedure otherwise, or name another document as its source."""
    _own_only(procedure, by)
    old = {"name": procedure.name, "source": procedure.source}
    procedure.name, procedure.source = _named(name, source)
    new = {"name": procedure.name, "source": procedure.source}
    changed = {key: [old[key], new[key]] for key in old if old[key] != new[key]}
    if changed:
        _note(session, procedure, Act.EDITED, by=by, at=at, **changed)


def use(session: Session, procedure: Procedure, *, again: bool, by: Reader, at: datetime) -> None:
    """Retire a procedure, or use it again; the tasks that follow it go on."""
    _own_only(procedure, by)
    procedure.is_active = again
    _note(session, procedure, Act.ENABLED if again else Act.DISABLED, by=by, at=at)


def add_step(
    session: Session, procedure: Procedure, facts: StepFacts, *, by: Reader, at: datetime
) -> ProcedureStep:
    """Put a step behind the others."""
    _own_only(procedure, by)
    facts, steps = _tidied(facts), steps_of(session, procedure.id)
    if len(steps) >= MOST_STEPS:
        raise Refused("procedure.too-many-steps", most=MOST_STEPS)
    step = _step(procedure, len(steps) + 1, facts)
    session.add(step)
    _note(session, procedure, Act.EDITED, by=by, at=at, step=[None, facts.text])
    return step


def edit_step(
    session: Session, step: ProcedureStep, facts: StepFacts, *, by: Reader, at: datetime
) -> None:
    """Change what a step says; tasks that were begun before keep theirs."""
    procedure = _procedure_of(session, step, by)
    before, facts = facts_of(step), _tidied(facts)
    for name, value in (asdict(facts) | {"papers": list(facts.papers)}).items():
        setattr(step, name, value)
    if before != facts:
        told = _told(before, facts)
        _note(session, procedure, Act.EDITED, by=by, at=at, order=[None, step.position], **told)


def _told(old: StepFacts, new: StepFacts) -> dict[str, list[object]]:
    shown: dict[str, Callable[[StepFacts], object]] = {
        "step": lambda one: one.text,
        "phase": lambda one: one.phase,
        "responsible": lambda one: one.responsible,
        "role": lambda one: labels.label(one.role),
        "offset": lambda one: one.offset_days,
        "papers": lambda one: "; ".join(one.papers),
    }
    pairs = {name: [said(old), said(new)] for name, said in shown.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def move_step(session: Session, step: ProcedureStep, *, up: bool, by: Reader, at: datetime) -> None:
    """Change places with the step above or below; at the end of the list nothing happens."""
    procedure = _procedure_of(session, step, by)
    place = step.position - 1 if up else step.position + 1
    other = next((one for one in steps_of(session, procedure.id) if one.position == place), None)
    if other is None:
        return
    old, step.position = step.position, 0
    session.flush()
    other.position = old
    session.flush()
    step.position = place
    _note(session, procedure, Act.EDITED, by=by, at=at, order=[old, place])


def remove_step(session: Session, step: ProcedureStep, *, by: Reader, at: datetime) -> None:
    """Take a step out; those behind it move up."""
    procedure = _procedure_of(session, step, by)
    behind = [one for one in steps_of(session, procedure.id) if one.position > step.position]
    session.delete(step)
    session.flush()
    for one in behind:
        one.position -= 1
        session.flush()
    _note(session, procedure, Act.EDITED, by=by, at=at, step=[step.text, None])


def _procedure_of(session: Session, step: ProcedureStep, by: Reader) -> Procedure:
    procedure = session.get_one(Procedure, step.procedure_id)
    _own_only(procedure, by)
    return procedure


def _own_only(procedure: Procedure, by: Reader) -> None:
    if procedure.issuer_id is None:
        raise (Refused if by.is_office else NotAllowed)("procedure.shipped")
    _office_only(procedure.issuer_id, by)


def _office_only(issuer_id: int, by: Reader) -> None:
    if not by.serves(issuer_id):
        raise NotAllowed("procedure.office-only")


def _named(name: str, source: str) -> tuple[str, str]:
    name = " ".join(name.split())
    if not name:
        raise Refused("procedure.name-empty")
    return name[:LONGEST_NAME], source.strip()[:LONGEST_SOURCE]


def _tidied(facts: StepFacts) -> StepFacts:
    if not facts.text.strip():
        raise Refused("procedure.step-empty")
    if not 0 <= facts.offset_days <= LONGEST_OFFSET:
        raise Refused("procedure.offset-wrong", most=LONGEST_OFFSET)
    return StepFacts(
        text=facts.text.strip(),
        phase=facts.phase.strip()[:LONGEST_CALLED],
        responsible=facts.responsible.strip()[:LONGEST_CALLED],
        role=facts.role,
        offset_days=facts.offset_days,
        papers=tuple(paper.strip() for paper in facts.papers if paper.strip()),
    )


def _note(
    session: Session, procedure: Procedure, act: Act, *, by: Reader, at: datetime, **told: object
) -> None:
    session.add(procedure)
    session.flush()
    record(session, (act, Thing.PROCEDURE, procedure.id), by=by, at=at, details=told)
    session.flush()
