"""Every state, everybody, every act: allowed, or refused with its code, as the office wants it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from tests.builders import AT, Office, a_filing, a_person, a_task
from tracker.domain import Filing, Task
from tracker.domain.filing import Answer, FilingKind, FilingState, why_not
from tracker.domain.person import Role
from tracker.domain.reader import Reader
from tracker.domain.task import Status
from tracker.errors import TrackerError
from tracker.services import filing_answers, filings, tasks
from tracker.services.filings import Paper

DUE, ASKED, OFFERED, OTHER = (date(2026, 3, day) for day in (5, 20, 25, 27))
SIGNED: dict[str, Any] = {"at": AT, "on": date(2026, 2, 26)}

CODES = {
    "yes": "yes",
    "yours": "task.not-yours",
    "office": "task.office-only",
    "unit": "filing.unit-only",
    "head": "filing.head-only",
    "own": "task.own-work",
    "move": "task.no-such-move",
    "time": "filing.no-such-time",
    "now": "filing.not-now",
    "keeps": "task.done-keeps-units",
    "still": "filing.task-stands-still",
}
# Who stands on which side; the last four neither lead nor serve the office.
UNIT, OFFICE = ("clerk", "head"), ("specialist", "office leader")
OTHERS = ("leader", "support", "stranger", "administrator")
SIDES = {"unit": UNIT, "office": OFFICE, "others": OTHERS}

ON_A_TASK = """
to do                who     not_started in_progress submitted done  paused withdrawn
move to not_started  unit    move        move        move      move  move   move
move to not_started  office  move        move        move      move  move   yes
move to in_progress  unit    yes         move        yes       move  move   move
move to in_progress  office  yes         move        yes       yes   yes    move
move to submitted    unit    move        move        move      move  move   move
move to submitted    office  move        move        move      move  move   move
move to done         unit    move        move        move      move  move   move
move to done         office  move        move        yes       move  move   move
move to paused       unit    move        move        move      move  move   move
move to paused       office  yes         yes         move      move  move   move
move to withdrawn    unit    move        move        move      move  move   move
move to withdrawn    office  yes         yes         yes       move  yes    move
move to in_progress  others  yours       yours       yours     yours yours  yours
move to submitted    others  yours       yours       yours     yours yours  yours
move to done         others  yours       yours       yours     yours yours  yours
move to paused       others  yours       yours       yours     yours yours  yours
move to withdrawn    others  yours       yours       yours     yours yours  yours
move to not_started  others  yours       yours       yours     yours yours  yours
file a report        unit    yes         yes         time      time  time   time
file a report        office  yes         yes         time      time  time   time
file a report        others  yours       yours       yours     yours yours  yours
file an extension    unit    yes         yes         time      time  time   time
file an extension    office  unit        unit        unit      unit  unit   unit
file an extension    others  yours       yours       yours     yours yours  yours
file a refusal       unit    yes         yes         time      time  time   time
file a refusal       office  unit        unit        unit      unit  unit   unit
file a refusal       others  yours       yours       yours     yours yours  yours
say it is received   unit    yes         yes         yes       time  yes    time
say it is received   office  unit        unit        unit      unit  unit   unit
say it is received   others  unit        unit        unit      unit  unit   unit
assign another lead  unit    office      office      office    office office office
assign another lead  office  yes         yes         yes       keeps yes    yes
assign another lead  others  office      office      office    office office office
set the deadline     unit    office      office      office    office office office
set the deadline     office  yes         yes         yes       yes   yes    yes
set the deadline     others  office      office      office    office office office
tick a step off      unit    yes         yes         yes       yes   move   move
tick a step off      office  yes         yes         yes       yes   move   move
tick a step off      others  yours       yours       yours     yours yours  yours
take the tick away   unit    yes         yes         yes       yes   move   move
take the tick away   office  yes         yes         yes       yes   move   move
take the tick away   others  yours       yours       yours     yours yours  yours
"""

# A paper may be one's own: written by oneself, or by somebody else in one's place or the other
# way round; the office's own is also what was written in the unit of whoever stands in for it.
# Where the office may act only upon an extension it stands "ext", for its own "ext-own".
ON_A_FILING = """
state       to do       clerk   head    office  others  own-clerk own-head own-office
with-head   let-go      head    yes     head    yours   head      own      head
with-head   send-back   head    yes     head    yours   head      yes      head
with-head   take-back   yes     yes     unit    yours   yes       yes      unit
with-head   accept      office  office  now     yours   office    office   now
with-head   return      office  office  now     yours   office    office   now
with-head   offer       office  office  now     yours   office    office   now
with-head   take-offer  now     now     unit    yours   now       now      unit
waiting     let-go      head    now     head    yours   head      now      head
waiting     send-back   head    now     head    yours   head      now      head
waiting     take-back   yes     yes     unit    yours   yes       yes      unit
waiting     accept      office  office  yes     yours   office    office   own
waiting     return      office  office  yes     yours   office    office   yes
waiting     offer       office  office  ext     yours   office    office   ext-own
waiting     take-offer  now     now     unit    yours   now       now      unit
countered   let-go      head    now     head    yours   head      now      head
countered   send-back   head    now     head    yours   head      now      head
countered   take-back   yes     yes     unit    yours   yes       yes      unit
countered   accept      office  office  now     yours   office    office   now
countered   return      office  office  yes     yours   office    office   yes
countered   offer       office  office  now     yours   office    office   now
countered   take-offer  yes     yes     unit    yours   yes       yes      unit
accepted    let-go      head    now     head    yours   head      now      head
accepted    send-back   head    now     head    yours   head      now      head
accepted    take-back   now     now     unit    yours   now       now      unit
accepted    accept      office  office  now     yours   office    office   now
accepted    return      office  office  now     yours   office    office   now
accepted    offer       office  office  now     yours   office    office   now
accepted    take-offer  now     now     unit    yours   now       now      unit
"""
# What was answered is answered, however.
LIKE_ACCEPTED = ("returned", "taken-back", "lapsed")
# While a task is paused, done or withdrawn nothing is granted; saying no remains possible.
GRANTS = ("let-go", "accept", "offer", "take-offer")
RUNNING = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.SUBMITTED)
COLUMNS = ("clerk", "head", "office", "others", "own-clerk", "own-head", "own-office")

Cast = Mapping[str, Reader]


@pytest.fixture
def cast(session: Session, office: Office) -> Cast:
    """Everybody by the name that the tables call them."""
    people = {
        "clerk": office.an,
        "head": a_person(session, "Hạnh", Role.UNIT_HEAD, office.finance, email="h@o.example"),
        "specialist": office.specialist,
        "office leader": a_person(
            session, "Lý", Role.OFFICE_LEADER, office.issuer, email="ly@o.example"
        ),
        "leader": office.leader,
        "support": office.binh,
        "stranger": office.chi,
        "administrator": office.admin,
    }
    return {name: office.reader(session, person) for name, person in people.items()}


def cells(line: str, first: int) -> tuple[str, list[str]]:
    """What a line of words is about, and the words behind it."""
    return line[:first].strip(), line[first:].split()


def outcome(session: Session, act: Callable[[], object]) -> str:
    """What comes of an act, which is undone at once."""
    place = session.begin_nested()
    try:
        act()
    except TrackerError as refused:
        return refused.code
    finally:
        place.rollback()
    return "yes"


def a_task_that_is(session: Session, office: Office, status: Status, **facts: Any) -> Task:
    facts |= {"status": status, "lead": office.finance, "supports": (office.health,)}
    if status in (Status.SUBMITTED, Status.DONE):
        facts["submitted_on"] = DUE
    if status is Status.DONE:
        facts["done_on"] = DUE
    return a_task(session, office.issuer, due_on=DUE, **facts)


def acts_on(session: Session, task: Task, what: str, other: int) -> Callable[[Reader], object]:
    """The act that a line of the first table names."""
    if what.startswith("move to "):
        to = Status(what.removeprefix("move to "))
        return lambda by: tasks.move(session, task, to, by=by, reason="Theo quyết định", **SIGNED)
    paper = Paper("Vì chờ số liệu")
    file: dict[str, Callable[[Reader], object]] = {
        "file a report": lambda by: filings.report(session, task, paper, by=by, **SIGNED),
        "file an extension": lambda by: filings.ask_extension(
            session, task, paper, until=ASKED, limit=2, by=by, **SIGNED
        ),
        "file a refusal": lambda by: filings.refuse_task(session, task, paper, by=by, **SIGNED),
        "say it is received": lambda by: tasks.receive(session, task, by=by, at=AT),
        "assign another lead": lambda by: tasks.assign(
            session, task, other, supports=set(), by=by, at=AT
        ),
        "set the deadline": lambda by: tasks.set_deadline(
            session, task, OTHER, reason="Lùi", by=by, at=AT
        ),
        "tick a step off": lambda by: tasks.tick(session, task, is_done=True, by=by, **SIGNED),
        "take the tick away": lambda by: tasks.tick(session, task, is_done=False, by=by, **SIGNED),
    }
    return file[what]


@pytest.mark.parametrize("line", ON_A_TASK.strip().splitlines()[1:])
def test_who_may_do_what_with_a_task(
    session: Session, office: Office, cast: Cast, line: str
) -> None:
    what, said = cells(line, 21)
    side, expected = said[0], [CODES[word] for word in said[1:]]
    facts = {"is_step": True} if "tick" in what else {}
    for status, code in zip(Status, expected, strict=True):
        task = a_task_that_is(session, office, status, **facts)
        act = acts_on(session, task, what, office.culture.id)
        found = {who: outcome(session, partial(act, cast[who])) for who in SIDES[side]}
        assert found == dict.fromkeys(SIDES[side], code), status


def test_the_tables_leave_nothing_out() -> None:
    told = {tuple(line.split()[:2]) for line in ON_A_FILING.strip().splitlines()[1:]}
    states = {state.value for state in FilingState} - set(LIKE_ACCEPTED)
    assert told == {(state, act.value) for state in states for act in Answer}
    acts = {cells(line, 21)[0] for line in ON_A_TASK.strip().splitlines()[1:]}
    assert {f"move to {status.value}" for status in Status} < acts
    for act in acts:
        assert [ON_A_TASK.count(f"\n{act:21}{side}") for side in SIDES] == [1, 1, 1]


def readers(cast: Cast, column: str) -> list[tuple[Reader, int]]:
    """Who is meant by a column of the second table, each with the author of the paper."""
    clerk = cast["clerk"].person_id
    names = {"office": OFFICE, "others": OTHERS}.get(column, (column,))
    if not column.startswith("own-"):
        author = {"clerk": cast["head"].person_id}.get(column, clerk)
        return [(cast[name], author) for name in names]
    me = cast[{"own-office": "specialist"}.get(column, column.removeprefix("own-"))]
    deputy = replace(me, person_id=cast["stranger"].person_id, acting_for=me.person_id)
    written = [(me, me.person_id), (deputy, me.person_id), (deputy, deputy.person_id)]
    if column != "own-office":
        return written
    return [*written, (lent_to(cast["clerk"], me), cast["head"].person_id)]


def lent_to(deputy: Reader, principal: Reader) -> Reader:
    """The principal's rights in the hands of somebody whose own units lead the task."""
    return replace(
        principal,
        person_id=deputy.person_id,
        acting_for=principal.person_id,
        own_side_units=deputy.own_side_units,
    )


def expected_code(word: str, kind: FilingKind) -> str:
    if word.startswith("ext"):
        word = {"ext": "yes", "ext-own": "own"}[word] if kind is FilingKind.EXTENSION else "now"
    return CODES[word]


def lines_for(state: str) -> list[str]:
    told = "accepted" if state in LIKE_ACCEPTED else state
    return [line for line in ON_A_FILING.strip().splitlines() if line.startswith(f"{told} ")]


def acts_upon(session: Session, filing: Filing, act: str) -> Callable[[Reader], object]:
    """The act that a line of the second table names."""
    do = filing_answers
    on: dict[str, Callable[[Reader], object]] = {
        "let-go": lambda by: do.let_go(session, filing, by=by, **SIGNED),
        "send-back": lambda by: do.send_back(session, filing, reason="Sửa", by=by, at=AT),
        "take-back": lambda by: do.take_back(session, filing, by=by, **SIGNED),
        "accept": lambda by: do.accept(session, filing, by=by, **SIGNED),
        "return": lambda by: do.give_back(session, filing, reason="Thiếu", by=by, **SIGNED),
        "offer": lambda by: do.counter_offer(session, filing, OTHER, by=by, **SIGNED),
        "take-offer": lambda by: do.answer_offer(session, filing, takes_it=True, by=by, **SIGNED),
    }
    return on[act]


def test_a_deputy_does_not_confirm_what_their_own_unit_handed_in(
    session: Session, office: Office, cast: Cast
) -> None:
    task = a_task_that_is(session, office, Status.SUBMITTED)
    act = acts_on(session, task, "move to done", office.culture.id)
    lent = {name: lent_to(cast[name], cast["specialist"]) for name in ("clerk", "stranger")}
    found = {name: outcome(session, partial(act, by)) for name, by in lent.items()}
    assert found == {"clerk": CODES["own"], "stranger": "yes"}


@pytest.mark.parametrize("kind", FilingKind)
@pytest.mark.parametrize("state", FilingState)
def test_who_may_do_what_with_a_filing(
    session: Session, office: Office, cast: Cast, kind: FilingKind, state: FilingState
) -> None:
    is_out = kind is FilingKind.REPORT and state is FilingState.WAITING
    task = a_task_that_is(session, office, Status.SUBMITTED if is_out else Status.IN_PROGRESS)
    days = {"asked_on": ASKED, "offered_on": OFFERED} if kind is FilingKind.EXTENSION else {}
    filing = a_filing(session, task, office.an, kind, state=state, **days)
    for act, column, word in expected(state):
        for by, author in readers(cast, column):
            filing.author_id = author
            session.flush()
            found = outcome(session, partial(acts_upon(session, filing, act), by))
            assert found == expected_code(word, kind), (act, column)


def expected(state: str) -> Iterator[tuple[str, str, str]]:
    """Each cell of the second table about papers in that state: act, column, word."""
    for line in lines_for(state):
        _, act, *words = line.split()
        yield from ((act, column, word) for column, word in zip(COLUMNS, words, strict=True))


@pytest.mark.parametrize("kind", FilingKind)
@pytest.mark.parametrize("state", FilingState)
@pytest.mark.parametrize("status", Status)
def test_the_status_of_the_task_stops_what_is_granted_and_nothing_else(
    office: Office, cast: Cast, status: Status, kind: FilingKind, state: FilingState
) -> None:
    task = Task(issuer_id=office.issuer.id, lead_id=office.finance.id, status=status)  # type: ignore[call-arg]
    for act, column, word in expected(state):
        code = expected_code(word, kind)
        stops = status not in RUNNING and act in GRANTS and code == "yes"
        for by, author in readers(cast, column):
            filing = Filing(task_id=1, kind=kind, state=state, author_id=author, at=AT)
            found = why_not(filing, task, Answer(act), by)
            assert (found[1] if found else "yes") == (CODES["still"] if stops else code)
