from .agenda import AgendaItem
from .attendance import Attendance
from .decisions import Assignment, Decision, DecisionLink, FollowUp
from .hosting import HostTurn
from .invitations import Invitation
from .materials import Material
from .meetings import Meeting
from .minutes import Corrigendum, Minutes
from .uploads import Upload

__all__ = [
    "AgendaItem",
    "Assignment",
    "Attendance",
    "Corrigendum",
    "Decision",
    "DecisionLink",
    "FollowUp",
    "HostTurn",
    "Invitation",
    "Material",
    "Meeting",
    "Minutes",
    "Upload",
]
