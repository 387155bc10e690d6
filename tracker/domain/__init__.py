"""What the office talks about: its tables and its pure rules."""

from tracker.domain.attachment import Attachment
from tracker.domain.calendar_day import CalendarDay
from tracker.domain.change import Change
from tracker.domain.deputy import Deputy
from tracker.domain.directive import Directive
from tracker.domain.filing import Filing
from tracker.domain.group import GroupMember, UnitGroup
from tracker.domain.job import Job
from tracker.domain.meeting import Meeting
from tracker.domain.note import Mention, ProgressNote
from tracker.domain.person import Person, Post
from tracker.domain.procedure import Procedure, ProcedureStep
from tracker.domain.programme import Programme, ProgrammeVersion, Recipient, Section
from tracker.domain.proposal import Import, ImportSource, Proposal, ProposedMeeting
from tracker.domain.reminder import Message, Reminder
from tracker.domain.saved_filter import SavedFilter
from tracker.domain.slow_reading import SlowReading
from tracker.domain.task import Support, Task
from tracker.domain.unit import Alias, Succession, Unit, UnitName

__all__ = [
    "Alias",
    "Attachment",
    "CalendarDay",
    "Change",
    "Deputy",
    "Directive",
    "Filing",
    "GroupMember",
    "Import",
    "ImportSource",
    "Job",
    "Meeting",
    "Mention",
    "Message",
    "Person",
    "Post",
    "Procedure",
    "ProcedureStep",
    "Programme",
    "ProgrammeVersion",
    "ProgressNote",
    "Proposal",
    "ProposedMeeting",
    "Recipient",
    "Reminder",
    "SavedFilter",
    "Section",
    "SlowReading",
    "Succession",
    "Support",
    "Task",
    "Unit",
    "UnitGroup",
    "UnitName",
]
