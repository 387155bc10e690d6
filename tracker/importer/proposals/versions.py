"""Each document that made or amended a programme is kept as a version, with what it touched."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker import labels
from tracker.domain import Import, Meeting, ProgrammeVersion
from tracker.domain.amendment import Effect, effects
from tracker.domain.change import Act, Thing
from tracker.domain.reader import Reader
from tracker.importer.proposals.snapshots import Before
from tracker.queries.amendments import facts_in, supports_of
from tracker.queries.diffs import PLACE, counts_alone, is_renumbered
from tracker.services.history import record, signed

Entry = dict[str, Any]
# What a task's history tells, under the names that it knows.
_TOLD = {
    "ref": "ref", "text": "text", "kind": "kind", "lead_id": "lead", "supports": "supports",
    "due_on": "due_on", "authority": "authority", "status": "status",
}  # fmt: skip
_TOLD_OF_MEETINGS = ("title", "held_on", "starts_at", "place", "certainty", "chair", "invited")


def keep_version(
    session: Session, made: Import, before: Before, *, by: Reader | None, at: datetime
) -> ProgrammeVersion | None:
    """Write down what a document has touched, and a line in the history of each thing.

    None when it has touched nothing. A document that is taken in step by step is one version.
    """
    touched = before.touched(supports_of(session, made.programme_id or 0))
    entries = [_without_version(entry) if is_renumbered(entry) else entry for entry in touched]
    if not entries:
        return None
    version = _version_of(session, made, entries, by=by, at=at)
    version.touched = _merged(version.touched, entries)
    version.counts = _counts(version.touched)
    made.amends_number = version.number
    session.add(version)
    session.flush()
    _tell(session, version, entries, by=by, at=at)
    return version


def _without_version(entry: Entry) -> Entry:
    was = {name: entry["was"][name] for name in PLACE}
    return entry | {
        "was": was,
        "now": {name: entry["now"][name] for name in PLACE},
        "version": None,
    }


def _version_of(
    session: Session, made: Import, entries: Iterable[Entry], *, by: Reader | None, at: datetime
) -> ProgrammeVersion:
    asked = select(ProgrammeVersion).where(
        col(ProgrammeVersion.programme_id) == made.programme_id,
    )
    known = list(session.exec(asked))
    mine = [one for one in known if one.import_id == made.id and one.undone_at is None]
    if mine:
        return mine[0]
    is_first = any(entry["thing"] == "programme" and entry["was"] is None for entry in entries)
    # A programme from before there were versions has a first one that nobody wrote down.
    number = 1 if is_first else 1 + max((one.number for one in known), default=1)
    title = made.programme.get("title") or made.file_name
    facts: dict[str, Any] = {
        "programme_id": made.programme_id,
        "import_id": made.id,
        "by_id": signed(by),
        "at": at,
    }
    return ProgrammeVersion(number=number, title=title[:500], **facts)


def _merged(known: list[Entry], new: Iterable[Entry]) -> list[Entry]:
    """What was touched twice became, in the end, what it is now."""
    merged = {(entry["thing"], entry["id"]): entry for entry in known}
    for entry in new:
        key = entry["thing"], entry["id"]
        merged[key] = _joined(merged[key], entry) if key in merged else entry
    return list(merged.values())


def _joined(first: Entry, then: Entry) -> Entry:
    was = None if first["was"] is None else (then["was"] or {}) | first["was"]
    version = then["version"] or first["version"]
    return then | {"was": was, "now": first["now"] | then["now"], "version": version}


def _counts(entries: Iterable[Entry]) -> dict[str, int]:
    done = (
        effect for entry in entries if counts_alone(entry) for effect in effects(*_pair_of(entry))
    )
    return dict(Counter(effect.value for effect in done if effect is not Effect.UNCHANGED))


def _pair_of(entry: Entry) -> tuple[Any, Any]:
    return facts_in(entry["was"]), facts_in(entry["now"])


def _tell(
    session: Session,
    version: ProgrammeVersion,
    entries: Iterable[Entry],
    *,
    by: Reader | None,
    at: datetime,
) -> None:
    reason = labels.sentence("amendment.reason", number=version.number, title=version.title)
    meetings = MeetingNames(session)
    for entry in entries:
        details = details_of(entry, meetings)
        if details:
            act = Act.AMENDED if entry["thing"] == "task" else _act(details)
            what = (act, Thing(entry["thing"]), entry["id"])
            record(session, what, by=by, at=at, details=details, reason=reason)
    session.flush()


def _act(details: Mapping[str, object]) -> Act:
    return Act.MOVED if "held_on" in details else Act.EDITED


class MeetingNames:
    """Meetings by their names, each read once."""

    def __init__(self, session: Session) -> None:
        self._session, self._names = session, dict[int, str]()

    def name(self, meeting_id: int | None) -> str | None:
        """The title and the day."""
        if meeting_id is None:
            return None
        if meeting_id not in self._names:
            meeting = self._session.get(Meeting, meeting_id)
            day = labels.day(meeting.held_on) if meeting else ""
            title = meeting.title if meeting else "…"
            self._names[meeting_id] = f"{title}, {day}" if day else title
        return self._names[meeting_id]


def details_of(entry: Entry, meetings: MeetingNames) -> dict[str, list[object]]:
    """The old and the new of what changed, as the history tells it."""
    was, now = entry["was"], entry["now"]
    if was is None:
        return {}
    if entry["thing"] == "meeting":
        return {
            name: [was[name], now[name]] for name in _TOLD_OF_MEETINGS if was[name] != now[name]
        }
    if entry["thing"] != "task":
        return {}
    told = {
        name: [was[column], now[column]]
        for column, name in _TOLD.items()
        if column in was and was[column] != now[column]
    }
    if was.get("meeting_id") != now.get("meeting_id"):
        told["meeting"] = [meetings.name(was["meeting_id"]), meetings.name(now["meeting_id"])]
    return told
