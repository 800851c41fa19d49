from .agenda import AgendaItem
from .assignments import Assignment, FollowUp
from .attendance import Attendance
from .comments import Comment
from .decisions import Decision, DecisionLink
from .escalations import Escalation, EscalationStep
from .holidays import Holiday
from .hosting import HostTurn
from .invitations import Invitation, Reminded, Reminder
from .materials import Material
from .meetings import Meeting
from .minutes import Corrigendum, Minutes
from .moves import MeetingMove
from .proposals import ItemProposal
from .uploads import Upload
from .writing import MinutesDraft, TextModule

__all__ = [
    "AgendaItem",
    "Assignment",
    "Attendance",
    "Comment",
    "Corrigendum",
    "Decision",
    "DecisionLink",
    "Escalation",
    "EscalationStep",
    "FollowUp",
    "Holiday",
    "HostTurn",
    "Invitation",
    "ItemProposal",
    "Material",
    "Meeting",
    "MeetingMove",
    "Minutes",
    "MinutesDraft",
    "Reminded",
    "Reminder",
    "TextModule",
    "Upload",
]
