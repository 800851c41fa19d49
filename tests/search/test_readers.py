"""What is in the index for a reader is what its own rule shows them, all of it and no more: every role, every kind.

tests/pages/test_found.py says the same of the whole demo.
"""

import pytest

from council_portal.access.standing import standing_of
from council_portal.access.visibility import Visibility
from council_portal.search.models import Paragraph
from council_portal.search.sources import all_sources
from meetings.models import Assignment
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
    return _difference(in_index(user), readable(user))


def missing(user) -> dict[str, set[int]]:
    """What `user` may read and does not find."""
    return _difference(readable(user), in_index(user))


def _difference(first: dict[str, set[int]], second: dict[str, set[int]]) -> dict[str, set[int]]:
    difference = {source: keys - second.get(source, set()) for source, keys in first.items()}
    return {source: keys for source, keys in difference.items() if keys}


def wrong_for(user) -> tuple:
    return missing(user), beyond(user), beyond_in_columns(user)


def beyond_in_columns(user) -> set[int]:
    """Organisations that stand in what `user` finds, and of which they may not know."""
    named = {key for row in Paragraph.objects.visible_to(user) for key in row.organizations}
    known = set(Organization.objects.visible_to(user).values_list("pk", flat=True))
    return named - known - standing_of(user).organization_ids


NOTHING_WRONG = ({}, {}, set())


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
        assert (role, *wrong_for(user)) == (role, *NOTHING_WRONG)
        if visibility == Visibility.PUBLIC:
            assert not OF_MEETINGS - {*in_index(user)}


@pytest.mark.django_db
@EVERY_VISIBILITY
def test_who_may_know_more_finds_it_by_that(visibility):
    body = make.BodyFactory()
    closed = make.OrganizationFactory(name="سازمان گلستان", visibility=visibility)
    own = user_of("body_member", body)
    make.MembershipFactory(person=own.person, organization=closed)
    decision = make.DecisionFactory(published=True, meeting__body=body, visibility=Visibility.PUBLIC)
    make.AssignmentFactory(decision=decision, organization=closed)

    for user in [own, *(user_of(role, body) for role in ROLES)]:
        found = Paragraph.objects.visible_to(user).matching("'گلستان'")
        may_know = Assignment.objects.visible_to(user).exists()
        assert found.filter(source="meetings.decision").exists() == may_know
        assert wrong_for(user) == NOTHING_WRONG


@pytest.mark.django_db
def test_what_an_organisation_is_charged_with_is_found_by_those_who_serve_for_it():
    own = user_of("member")
    decision = make.DecisionFactory(published=True, visibility=Visibility.BODY)
    charged = [make.MembershipFactory(person=own.person).organization, make.OrganizationFactory()]
    for organization, part in zip(charged, ["lead", "support"], strict=True):
        assignment = make.AssignmentFactory(decision=decision, organization=organization, role=part)
        make.FollowUpFactory(assignment=assignment)
    other = user_of("member")

    assert in_index(own)["meetings.decision"] == {decision.pk}
    assert len(in_index(own)["meetings.follow_up"]) == len(charged)
    assert not {"meetings.decision", "meetings.follow_up"} & {*in_index(other)}
    assert (wrong_for(own), wrong_for(other)) == (NOTHING_WRONG, NOTHING_WRONG)


@pytest.mark.django_db
@EVERY_VISIBILITY
def test_drafts_are_found_by_those_who_write_them_alone(visibility):
    body, of = make.BodyFactory(), {"visibility": visibility}
    planned = make.MeetingFactory(body=body, title="طرح", **of)
    make.AgendaItemFactory(meeting=planned, **of)
    held = make.MeetingFactory(body=body, held=True)
    make.AgendaItemFactory(meeting=held, discussion="<p>پیش‌نویس</p>", title="موضوع", **of)
    make.MinutesFactory(meeting=held, opening="<p>پیش‌نویس</p>", **of)
    make.DecisionFactory(meeting=held, **of)
    make.ProposalFactory(committee=body, **of)
    make.EditionFactory(document__visibility=visibility)
    make.AnnouncementFactory(**of)

    of_the_body = {"meetings.minutes", "meetings.decision", "committees.proposal"}
    of_the_council = {"publications.edition", "publications.announcement"}
    writers = {"secretariat"} if visibility == Visibility.SECRETARIAT else {"officer", "secretariat"}
    for role in ROLES:
        user = user_of(role, body)
        found = in_index(user)
        assert of_the_body & {*found} == (of_the_body if role in writers else set())
        assert of_the_council & {*found} == (of_the_council if role == "secretariat" else set())
        assert (planned.pk in found.get("meetings.meeting", set())) == (role in writers)
        assert wrong_for(user) == NOTHING_WRONG


@pytest.mark.django_db
def test_circulated_minutes_are_found_by_the_body_alone():
    minutes = make.MinutesFactory(circulated=True, visibility=Visibility.PUBLIC)
    body = minutes.meeting.body

    readers = {role for role in ROLES if "meetings.minutes" in in_index(user_of(role, body))}

    assert readers == {"body_member", "officer", "secretariat"}
