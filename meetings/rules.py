import rules

from council_portal.access.rules import grant, is_secretariat
from council_portal.access.standing import standing_of

grant(
    "meetings",
    *("meeting", "hostturn", "holiday", "agendaitem", "itemproposal", "attendance", "invitation"),
    *("minutes", "corrigendum", "textmodule"),
    *("decision", "decisionlink", "assignment", "followup", "material"),
    to=is_secretariat,
)
grant("meetings", "reminder", "escalationstep", to=is_secretariat)
rules.add_perm("notices.view_mail", is_secretariat)
rules.add_perm("meetings", is_secretariat)


@rules.predicate
def is_officer_of_its_body(user, meeting):
    return meeting is not None and meeting.body_id in standing_of(user).officer_of


# The whole life of a meeting but what reaches everybody and cannot be taken back (DESIGN.md §4).
rules.add_perm("meetings.work_on_meeting", is_secretariat | is_officer_of_its_body)
rules.add_perm("meetings.publish_minutes", is_secretariat)

# The order of the hosts is set for all; the meetings of a body are planned by those who work on them.
rules.add_perm("meetings.arrange_hosts", is_secretariat)


@rules.predicate
def is_officer_of(user, body):
    return body is not None and body.pk in standing_of(user).officer_of


rules.add_perm("meetings.plan_meetings_of", is_secretariat | is_officer_of)
