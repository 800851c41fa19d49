import rules

from council_portal.access.rules import grant, is_administrator, is_member, is_secretariat

grant("members", "person", "organization", "organizationname", "body", "bodyname", "membership", to=is_secretariat)
grant("members", "user", to=is_administrator)
# An account is opened for somebody who is on record.
rules.set_perm("members.view_person", is_secretariat | is_administrator)
rules.add_perm("members", is_secretariat | is_administrator)
# How to reach somebody is for those whom the council's work is about, and for nobody who only reads.
rules.add_perm("members.view_contact", is_member | is_secretariat)
