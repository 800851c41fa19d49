"""Nothing is in the index for a reader that its own rule does not show them: every role, every kind.

tests/pages/test_found.py says the same of the whole demo.
"""

import pytest

from council_portal.access.visibility import Visibility
from council_portal.search.models import Paragraph
from council_portal.search.sources import all_sources
from members.models import Organization
from tests import factories as make
from tests.roles import ROLES, user_of

EVERY_VISIBILITY = pytest.mark.parametrize("visibility", Visibility.values)


OF_MEETINGS = {source.name for source in all_sources() if source.name.startswith("meetings.")}


def in_index(user) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for source, key in Paragraph.objects.visible_to(user).values_list("source", "object_id"):
        found.setdefault(source, set()).add(key)
    return found


def readable(user) -> dict[str, set[int]]:
    return {source.name: set(source.readable(user).values_list("pk", flat=True)) for source in all_sources()}


def beyond(user) -> dict[str, set[int]]:
    """What `user` finds and may not read."""
    allowed = readable(user)
    return {source: keys - allowed[source] for source, keys in in_index(user).items() if keys - allowed[source]}


@pytest.mark.django_db
@EVERY_VISIBILITY
@pytest.mark.parametrize("closed", ["meeting", "parent", "item", "minutes", "decision", "organization", "person"])
def test_one_closed_record_closes_all_that_rests_on_it(visibility, closed):
    body = make.BodyFactory()

    def of(name: str) -> dict:
        return {"visibility": visibility if name == closed else Visibility.PUBLIC}

    organization, person = make.OrganizationFactory(**of("organization")), make.PersonFactory(**of("person"))
    make.MembershipFactory(body=body, person=person, organization=organization)
    meeting = make.MeetingFactory(body=body, held=True, host=organization, **of("meeting"))
    parent = make.AgendaItemFactory(meeting=meeting, discussion="<p>گفتگو</p>", **of("parent"))
    item = make.AgendaItemFactory(
        meeting=meeting,
        parent=parent,
        presenter=person,
        proposed_by=organization,
        discussion="<p>سخن</p>",
        **of("item"),
    )
    decision = make.DecisionFactory(meeting=meeting, agenda_item=item, published=True, **of("decision"))
    assignment = make.AssignmentFactory(decision=decision, organization=organization)
    make.FollowUpFactory(assignment=assignment)
    make.MaterialFactory(meeting=meeting, agenda_item=item, speaker=person, visibility=Visibility.PUBLIC)
    make.MaterialFactory(meeting=meeting, kind="scan", is_authoritative=True, visibility=Visibility.PUBLIC)
    minutes = make.MinutesFactory(meeting=meeting, published=True, **of("minutes"))
    make.CorrigendumFactory(minutes=minutes, agenda_item=item)

    for role in ROLES:
        user = user_of(role, body)
        assert (role, beyond(user), beyond_in_columns(user)) == (role, {}, set())
        if visibility == Visibility.PUBLIC:
            assert not OF_MEETINGS - {*in_index(user)}


def beyond_in_columns(user) -> set[int]:
    """Organisations that stand in what `user` finds, and of which they may not know."""
    named = {key for row in Paragraph.objects.visible_to(user) for key in row.organizations}
    return named - set(Organization.objects.visible_to(user).values_list("pk", flat=True))


@pytest.mark.django_db
def test_drafts_are_in_nobodys_index():
    body = make.BodyFactory()
    planned = make.MeetingFactory(body=body, title="طرح")
    make.AgendaItemFactory(meeting=planned)
    held = make.MeetingFactory(body=body, held=True)
    make.AgendaItemFactory(meeting=held, discussion="<p>پیش‌نویس</p>", title="موضوع")
    make.MinutesFactory(meeting=held, opening="<p>پیش‌نویس</p>")
    make.DecisionFactory(meeting=held)
    make.ProposalFactory(committee=body)
    make.EditionFactory()
    make.AnnouncementFactory()

    drafts = {"meetings.discussion", "meetings.minutes", "meetings.decision", "committees.proposal"}
    for user in [user_of(role, body) for role in ROLES]:
        found = in_index(user)
        assert not drafts & {*found}
        assert not {source for source in found if source.startswith("publications.")}
        assert planned.pk not in found.get("meetings.meeting", set())
        assert beyond(user) == {}


@pytest.mark.django_db
def test_circulated_minutes_are_found_by_the_body_alone():
    minutes = make.MinutesFactory(circulated=True, visibility=Visibility.PUBLIC)
    body = minutes.meeting.body

    readers = {role for role in ROLES if "meetings.minutes" in in_index(user_of(role, body))}

    assert readers == {"body_member", "officer", "secretariat"}
