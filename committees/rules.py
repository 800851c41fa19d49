import rules

from council_portal.access.rules import grant, is_secretariat

grant("committees", "committee", "session", "proposal", to=is_secretariat)
rules.add_perm("committees", is_secretariat)
