"""The last version taken back, as if the document had never been taken in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker import labels
from tracker.domain import (
    Change,
    Import,
    Programme,
    ProgrammeVersion,
    Proposal,
    ProposedMeeting,
    Recipient,
    Reminder,
    Section,
    Support,
    Task,
)
from tracker.domain.change import Act, Thing
from tracker.domain.proposal import Decision, ImportState
from tracker.domain.reader import Reader
from tracker.domain.reminder import About, ReminderState
from tracker.errors import NotAllowed, Refused
from tracker.importer.proposals.snapshots import THINGS, restore
from tracker.importer.proposals.versions import Entry, MeetingNames, details_of
from tracker.queries.amendments import last_hand, latest_number, noted_since, reminded_of
from tracker.queries.diffs import is_renumbered
from tracker.services.history import record

_IN_ORDER = {"task": 0, "meeting": 1, "section": 2, "programme": 3}


def undo(session: Session, version: ProgrammeVersion, *, by: Reader, at: datetime) -> Import:
    """Take a version back while nothing has been done on it; gives its document, open again.

    Raises Refused with what has been done, and by whom: a task or meeting worked on since, or a
    reminder about a new task that a unit has received. The mail that told of the version itself
    is no obstacle: its readers are told that it was taken back.
    """
    things = _Touched(session, version)
    _refuse(session, version, things, by=by)
    made = session.get_one(Import, version.import_id)
    reason = labels.sentence("amendment.undone", number=version.number, title=version.title)
    _open_again(session, made)
    _put_back(session, things, by=by, at=at, reason=reason)
    _remove(session, things)
    version.undone_at = at
    if things.is_whole_programme:
        _forget_programme(session, version)
    session.flush()
    made.amends_number = latest_number(session, made.amends_id) if made.amends_id else 0
    details = {"version": [version.number, None]}
    what = (Act.UNDONE, Thing.IMPORT, made.id)
    record(session, what, by=by, at=at, details=details, reason=reason)
    session.flush()
    return made


@dataclass
class _Touched:
    """What the version touched, with the things as they are now."""

    session: Session
    version: ProgrammeVersion
    found: dict[tuple[str, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, kind in THINGS.items():
            ids = [entry["id"] for entry in self.version.touched if entry["thing"] == name]
            key: Any = kind.id  # type: ignore[attr-defined]
            for thing in self.session.exec(select(kind).where(col(key).in_(ids))):
                self.found[name, thing.id] = thing  # type: ignore[attr-defined]

    def thing(self, entry: Entry) -> Any:
        """The thing itself; None when it has gone."""
        return self.found.get((entry["thing"], entry["id"]))

    @property
    def made(self) -> list[Entry]:
        """What was not there before: tasks first, and whatever hangs on another before that."""
        new = [entry for entry in self.version.touched if entry["was"] is None]
        return sorted(new, key=lambda entry: (_IN_ORDER[entry["thing"]], -entry["id"]))

    @property
    def changed(self) -> list[Entry]:
        """What was there and became another."""
        return [entry for entry in self.version.touched if entry["was"] is not None]

    @property
    def is_whole_programme(self) -> bool:
        """Whether the programme itself was made by this version."""
        return any(entry["thing"] == "programme" for entry in self.made)

    @property
    def worked_on(self) -> list[int]:
        """The tasks that it made or changed; those that it only renumbered are not among them."""
        entries = (entry for entry in self.version.touched if entry["thing"] == "task")
        return [entry["id"] for entry in entries if not is_renumbered(entry)]

    def made_ids(self, name: str) -> list[int]:
        """The new things of one kind."""
        return [entry["id"] for entry in self.made if entry["thing"] == name]


def _refuse(session: Session, version: ProgrammeVersion, things: _Touched, *, by: Reader) -> None:
    programme = session.get_one(Programme, version.programme_id)
    if not by.serves(programme.issuer_id):
        raise NotAllowed("import.office-only")
    if version.undone_at is not None:
        raise Refused("amendment.undone-already")
    latest = latest_number(session, programme.id)
    if latest != version.number:
        raise Refused("amendment.not-last", number=latest)
    if not version.touched:
        raise Refused("amendment.too-old")
    for entry in version.touched:
        _refuse_worked_on(session, entry, things.thing(entry))
    noted = noted_since(session, things.worked_on, version.at)
    if noted is not None:
        raise Refused("amendment.worked-on", thing=_called("task", noted[0]), who=noted[1])
    told = reminded_of(session, things.made_ids("task"))
    if told is not None:
        raise Refused("amendment.reminded", thing=_called("task", told[0]), who=told[1])


def _refuse_worked_on(session: Session, entry: Entry, thing: Any) -> None:
    if entry["version"] is None or (thing is not None and thing.version == entry["version"]):
        return
    who = last_hand(session, Thing(entry["thing"]), entry["id"])
    name = _called(entry["thing"], entry["now"].get("ref") or entry["now"].get("title"))
    raise Refused(
        "amendment.worked-on", who=who or labels.sentence("amendment.somebody"), thing=name
    )


def _called(thing: str, name: str | None) -> str:
    facts = {"ref": name or "…", "title": name or "…"}
    return labels.sentence(f"amendment.{thing}", **facts)


def _open_again(session: Session, made: Import) -> None:
    mine = sa.and_(col(Proposal.import_id) == made.id, col(Proposal.decision) == Decision.ACCEPTED)
    for proposal in session.exec(select(Proposal).where(mine)):
        proposal.decision, proposal.task_id = Decision.OPEN, None
    announced = select(ProposedMeeting).where(col(ProposedMeeting.import_id) == made.id)
    for meeting in session.exec(announced):
        meeting.meeting_id = None
    made.state, made.programme_id = ImportState.OPEN, None
    session.flush()


def _put_back(session: Session, things: _Touched, *, by: Reader, at: datetime, reason: str) -> None:
    names = MeetingNames(session)
    for entry in things.changed:
        thing, back = things.thing(entry), entry | {"was": entry["now"], "now": entry["was"]}
        if is_renumbered(entry):
            _renumber(session, entry)
            session.expire(thing)
            continue
        told = details_of(back, names)
        restore(thing, entry["was"])
        if entry["thing"] == "task":
            _help_again(session, entry)
            thing.updated_at = at
        if told:
            what = (Act.UNDONE, Thing(entry["thing"]), entry["id"])
            record(session, what, by=by, at=at, details=told, reason=reason)
    session.flush()


def _renumber(session: Session, entry: Entry) -> None:
    table = Task.__table__  # type: ignore[attr-defined]
    back = sa.update(table).where(table.c.id == entry["id"]).values(entry["was"])
    session.connection().execute(back)


def _help_again(session: Session, entry: Entry) -> None:
    if entry["was"]["supports"] == entry["now"]["supports"]:
        return
    session.execute(sa.delete(Support).where(col(Support.task_id) == entry["id"]))
    session.add_all(Support(task_id=entry["id"], unit_id=unit) for unit in entry["was"]["supports"])


def _remove(session: Session, things: _Touched) -> None:
    """Delete what was made, with what hangs on it; numbers may be given anew by the database."""
    tasks, meetings = things.made_ids("task"), things.made_ids("meeting")
    _delete(session, Support, col(Support.task_id).in_(tasks))
    _delete(session, Change, col(Change.thing) == Thing.TASK, col(Change.thing_id).in_(tasks))
    _delete(session, Change, col(Change.thing) == Thing.MEETING, col(Change.thing_id).in_(meetings))
    for about, ids in ((About.TASK, tasks), (About.MEETING, meetings)):
        is_planned = col(Reminder.state) == ReminderState.PLANNED
        _delete(
            session,
            Reminder,
            is_planned,
            col(Reminder.about) == about,
            col(Reminder.about_id).in_(ids),
        )
    pairs = (
        (Proposal, col(Proposal.matched_id), tasks),
        (ProposedMeeting, col(ProposedMeeting.matched_id), meetings),
    )
    for table, column, ids in pairs:
        session.execute(sa.update(table).where(column.in_(ids)).values(matched_id=None))
    for entry in things.made:
        if entry["thing"] != "programme":
            session.delete(things.thing(entry))
            session.flush()


def _delete(session: Session, table: type[SQLModel], *which: sa.ColumnElement[bool]) -> None:
    session.execute(sa.delete(table).where(*which))


def _forget_programme(session: Session, version: ProgrammeVersion) -> None:
    """The version that made a programme takes it away: its period is free for the right paper."""
    programme_id = version.programme_id
    for column in (Import.programme_id, Import.amends_id):
        mine = sa.update(Import).where(col(column) == programme_id)
        session.execute(mine.values({column: None}))
    its_versions = sa.select(col(ProgrammeVersion.id)).where(
        col(ProgrammeVersion.programme_id) == programme_id
    )
    of_them = col(Reminder.about) == About.VERSION, col(Reminder.about_id).in_(its_versions)
    _delete(session, Reminder, *of_them)
    session.delete(version)
    session.flush()
    undone = col(ProgrammeVersion.programme_id) == programme_id
    _delete(session, ProgrammeVersion, undone)
    _delete(session, Recipient, col(Recipient.programme_id) == programme_id)
    _delete(session, Section, col(Section.programme_id) == programme_id)
    _delete(
        session, Change, col(Change.thing) == Thing.PROGRAMME, col(Change.thing_id) == programme_id
    )
    session.delete(session.get_one(Programme, programme_id))
    session.flush()
