"""The events of a schedule become meetings, and agenda items where a unit prepares them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.meeting import Certainty
from tracker.domain.proposal import Zone
from tracker.domain.task import Kind
from tracker.importer.blocks import Where
from tracker.importer.layout.schedule import Event
from tracker.importer.layout.schedule_lines import unmarked
from tracker.importer.meaning.deliverables import authority_of, deliverables_of
from tracker.importer.meaning.events import Told, told
from tracker.importer.meaning.owners import ends_in_owner, owners_of
from tracker.importer.meaning.reading import Doubt, Passage, ReadItem, ReadMeeting
from tracker.importer.meaning.units import UnitBook

_LONGEST_TITLE, _LONGEST_NAME = 500, 200


@dataclass
class Agenda:
    """What a schedule comes to: meetings, the papers for them, doubts, and what is neither."""

    meetings: list[ReadMeeting] = field(default_factory=list)
    items: list[ReadItem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        return [meeting.held_on for meeting in self.meetings if meeting.held_on]


def agenda_of(events: Iterable[Event], *, units: UnitBook) -> Agenda:
    """A meeting for each event, called "T2.1" as the first of Monday; "L.1" without a day."""
    agenda, numbers = Agenda(), Counter[str]()
    for event in events:
        papers, words = _papers_apart(event.text)
        said = told(words, place=event.place, chair=event.chair)
        if said.is_nothing:
            agenda.passages.append(Passage(Zone.PROSE, event.text, event.where))
            continue
        weekday = event.slot.weekday
        numbers[weekday] += 1
        meeting = _meeting(f"{weekday}.{numbers[weekday]}", event, said)
        agenda.meetings.append(meeting)
        agenda.doubts += _doubts(meeting, event)
        for item in _items(meeting, event, said, papers=papers, units=units):
            agenda.items.append(item)
    return agenda


def _papers_apart(text: str) -> tuple[list[str], str]:
    """The lines under an event that name units of their own, and its other lines."""
    first, *more = text.split("\n")
    papers = [line for line in more if unmarked(line)[0] and ends_in_owner(line)]
    return papers, "\n".join([first, *(line for line in more if line not in papers)])


def _meeting(ref: str, event: Event, said: Told) -> ReadMeeting:
    slot = event.slot
    is_planned = said.is_planned or slot.day is None or slot.day.on is None or slot.is_provisional
    return ReadMeeting(
        ref=ref,
        title=_cut(said.title, _LONGEST_TITLE),
        held_on=slot.day.on if slot.day else None,
        time=slot.hour or said.hour,
        place=_cut(said.place, _LONGEST_NAME) if said.place else None,
        certainty=Certainty.PLANNED if is_planned else Certainty.FIXED,
        said=slot.printed,
        chair=_cut(said.chair, _LONGEST_NAME) if said.chair else None,
        invited=event.invited or said.invited,
        where=event.where,
        source_text=event.source_text,
    )


def _cut(words: str, longest: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _doubts(meeting: ReadMeeting, event: Event) -> Iterator[Doubt]:
    day = event.slot.day
    if meeting.held_on is None:
        said = day.said if day else meeting.title
        yield Doubt("meeting-day-unclear", meeting.ref, {"text": said}, event.where)
    elif day and day.contradicts_weekday:
        yield Doubt("weekday-mismatch", meeting.ref, {"text": day.said}, event.where)


def _items(
    meeting: ReadMeeting, event: Event, said: Told, *, papers: list[str], units: UnitBook
) -> Iterator[ReadItem]:
    """One item for each paper listed under the event, else one for the event itself."""
    prepared = [event.prepared] if event.prepared else said.prepared
    texts = [unmarked(line)[1] for line in papers]
    if prepared and not papers:
        texts = [_with_owner(meeting.title, "; ".join(prepared))]
    for number, text in enumerate(texts, start=1):
        yield paper(f"{meeting.ref}.{number}", text, meeting, units=units)


def _with_owner(title: str, owner: str) -> str:
    words = " ".join(owner.split())
    inside = words if ends_in_owner(f"x ({words})") else f"{words} chuẩn bị"
    return f"{title} ({inside})"


def paper(ref: str, text: str, meeting: ReadMeeting, *, units: UnitBook) -> ReadItem:
    """What a unit prepares for a meeting, due on its day."""
    owners = owners_of(text, units=units)
    deliverables = deliverables_of(owners.text)
    return ReadItem(
        ref=ref,
        section=(meeting.said.partition(" · ")[0],) if meeting.said else (),
        kind=Kind.AGENDA,
        text=owners.text.strip(" ;."),
        deliverables=deliverables,
        lead=owners.lead,
        support=owners.support,
        authority=authority_of(owners.text, deliverables=deliverables),
        meeting=meeting.ref,
        due_on=meeting.held_on,
        due_text=meeting.said or None,
        due_inferred=meeting.held_on is not None,
        where=meeting.where or Where(),
        source_text=meeting.source_text,
        doubts=tuple(Doubt(one.code, ref, one.facts) for one in owners.doubts),
    )
