import rules

from council_portal.access.rules import grant, is_secretariat
from meetings.rules import is_officer_of

grant("committees", "committee", "session", "proposal", to=is_secretariat)
rules.add_perm("committees", is_secretariat)

# What a committee puts to the assembly or the board is drafted by those who run the committee.
rules.add_perm("committees.propose_for", is_secretariat | is_officer_of)
