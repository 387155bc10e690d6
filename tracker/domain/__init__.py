"""What the office talks about: its tables and its pure rules."""

from tracker.domain.calendar_day import CalendarDay
from tracker.domain.change import Change
from tracker.domain.job import Job
from tracker.domain.meeting import Meeting
from tracker.domain.person import Person, Post
from tracker.domain.programme import Programme, ProgrammeVersion, Recipient, Section
from tracker.domain.proposal import Import, ImportSource, Proposal, ProposedMeeting
from tracker.domain.reminder import Message, Reminder
from tracker.domain.slow_reading import SlowReading
from tracker.domain.task import ProgressNote, Support, Task
from tracker.domain.unit import Alias, Unit

__all__ = [
    "Alias",
    "CalendarDay",
    "Change",
    "Import",
    "ImportSource",
    "Job",
    "Meeting",
    "Message",
    "Person",
    "Post",
    "Programme",
    "ProgrammeVersion",
    "ProgressNote",
    "Proposal",
    "ProposedMeeting",
    "Recipient",
    "Reminder",
    "Section",
    "SlowReading",
    "Support",
    "Task",
    "Unit",
]
