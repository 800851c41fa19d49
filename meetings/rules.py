import rules

from council_portal.access.rules import grant, is_secretariat

grant(
    "meetings",
    *("meeting", "hostturn", "agendaitem", "attendance", "invitation", "minutes", "corrigendum"),
    *("decision", "decisionlink", "assignment", "followup", "material"),
    to=is_secretariat,
)
rules.add_perm("meetings", is_secretariat)
