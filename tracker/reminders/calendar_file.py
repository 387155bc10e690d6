"""The meetings of a letter as a calendar file; the letter itself says the same in words."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from tracker.reminders.digest import Gathering, Line

_DAY = timedelta(days=1)


def calendar_file(
    meetings: Iterable[Line], *, domain: str, base_url: str, zone: ZoneInfo, at: datetime
) -> str:
    """The meetings as iCalendar text; a later file with a higher SEQUENCE moves the event."""
    made = Calendar.new(prodid="-//Don doc//tracker//VI", method="PUBLISH")
    for line in meetings:
        made.add_component(_event(line, domain=domain, base_url=base_url, zone=zone, at=at))
    return str(made.to_ical(), "utf-8")


def _event(line: Line, *, domain: str, base_url: str, zone: ZoneInfo, at: datetime) -> Event:
    assert line.meeting is not None
    event = Event()
    event.add("uid", f"{line.key}@{domain}")
    event.add("sequence", line.meeting.moves)
    event.add("dtstamp", at)
    event.add("summary", line.meeting.title)
    event.add("status", "TENTATIVE" if line.meeting.is_provisional else "CONFIRMED")
    event.add("description", "\n".join([*line.items, f"{base_url}{line.path}"]))
    event.add("url", f"{base_url}{line.path}")
    if line.meeting.place:
        event.add("location", line.meeting.place)
    _when(event, line.meeting, zone)
    return event


def _when(event: Event, meeting: Gathering, zone: ZoneInfo) -> None:
    """A meeting without an hour fills its day; how long the others last nobody has said."""
    if meeting.starts_at is None:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + _DAY)
    else:
        # In UTC the file needs no description of the office's zone.
        starts = datetime.combine(meeting.held_on, meeting.starts_at, zone)
        event.add("dtstart", starts.astimezone(UTC))
