"""Who sees what, over all models: the one table of DESIGN.md §4."""

import pytest

from committees.models import Proposal
from council_portal.access.visibility import Visibility
from meetings.models import AgendaItem, Assignment, Decision, FollowUp, Material, Meeting, Minutes
from members.models import Membership, Organization, Person
from publications.models import Announcement, Document, Edition
from tests import factories as make
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db

READERS = {
    Visibility.PUBLIC: set(ROLES),
    Visibility.MEMBERS: {"member", "body_member", "officer", "follow_up_officer", "secretariat"},
    Visibility.BODY: {"body_member", "officer", "secretariat"},
    Visibility.SECRETARIAT: {"secretariat"},
}
EDITORS = {"officer", "secretariat"}
EVERYBODY = pytest.mark.parametrize("role", ROLES)
EVERY_VISIBILITY = pytest.mark.parametrize("visibility", Visibility.values)


@pytest.fixture
def body():
    return make.BodyFactory()


def sees(role, body, model, row) -> bool:
    return model.objects.visible_to(user_of(role, body)).filter(pk=row.pk).exists()


def test_no_user_at_all_is_a_visitor():
    make.OrganizationFactory(visibility=Visibility.MEMBERS)

    assert not Organization.objects.visible_to(None).exists()


@EVERYBODY
@EVERY_VISIBILITY
@pytest.mark.parametrize(("model", "factory"), [(Organization, make.OrganizationFactory), (Person, make.PersonFactory)])
def test_records_without_a_body(role, visibility, model, factory, body):
    row = factory(visibility=visibility)

    # Nobody is of "the body" where there is none: such a record is the secretariat's.
    readers = READERS[visibility] if visibility != Visibility.BODY else {"secretariat"}
    assert sees(role, body, model, row) == (role in readers)


@EVERYBODY
@EVERY_VISIBILITY
def test_a_persons_services_are_seen_with_the_person(role, visibility, body):
    service = make.MembershipFactory(body=body, person__visibility=visibility)

    readers = READERS[visibility] if visibility != Visibility.BODY else {"secretariat"}
    assert sees(role, body, Membership, service) == (role in readers)


@EVERYBODY
@EVERY_VISIBILITY
@pytest.mark.parametrize("situation", ["announced", "held"])
def test_meetings_once_announced(role, visibility, situation, body):
    meeting = make.MeetingFactory(body=body, visibility=visibility, **{situation: True})

    assert sees(role, body, Meeting, meeting) == (role in READERS[visibility])


@EVERYBODY
@EVERY_VISIBILITY
@pytest.mark.parametrize("cancelled", [{}, {"status": "cancelled", "cancelled_because": "تعطیلی"}])
def test_meetings_not_announced_are_drafts(role, visibility, cancelled, body):
    meeting = make.MeetingFactory(body=body, visibility=visibility, **cancelled)

    assert sees(role, body, Meeting, meeting) == (role in READERS[visibility] & EDITORS)


@EVERYBODY
@EVERY_VISIBILITY
def test_agenda_items(role, visibility, body):
    item = make.AgendaItemFactory(meeting__body=body, visibility=visibility)

    assert sees(role, body, AgendaItem, item) == (role in READERS[visibility])


@EVERYBODY
@EVERY_VISIBILITY
@pytest.mark.parametrize("closed", ["meeting", "item", "decision", "parent"])
def test_a_decision_and_all_of_it_is_as_closed_as_the_most_closed_around_it(role, visibility, closed, body):
    closed_by = {"visibility": visibility}
    meeting = make.MeetingFactory(body=body, held=True, **(closed_by if closed == "meeting" else {}))
    parent = make.AgendaItemFactory(meeting=meeting, **(closed_by if closed == "parent" else {}))
    item = make.AgendaItemFactory(meeting=meeting, parent=parent, **(closed_by if closed == "item" else {}))
    decision = make.DecisionFactory(
        published=True,
        meeting=meeting,
        agenda_item=item,
        visibility=visibility if closed == "decision" else Visibility.PUBLIC,
    )
    assignment = make.AssignmentFactory(decision=decision)
    follow_up = make.FollowUpFactory(assignment=assignment)
    user, expected = user_of(role, body), role in READERS[visibility]

    assert Decision.objects.visible_to(user).exists() == expected
    assert Assignment.objects.visible_to(user).filter(pk=assignment.pk).exists() == expected
    assert FollowUp.objects.visible_to(user).filter(pk=follow_up.pk).exists() == expected


def test_what_an_organisation_owes_is_as_closed_as_the_organisation_but_not_to_itself(body):
    owed = make.AssignmentFactory(organization__visibility=Visibility.SECRETARIAT)
    own = make.UserFactory(person=make.MembershipFactory(organization=owed.organization).person)

    seen = {role: sees(role, body, Assignment, owed) for role in ("member", "follow_up_officer", "secretariat")}

    assert seen == {"member": False, "follow_up_officer": False, "secretariat": True}
    assert Assignment.objects.visible_to(own).get() == owed


@EVERYBODY
@EVERY_VISIBILITY
def test_decisions_not_published_are_drafts(role, visibility, body):
    decision = make.DecisionFactory(meeting__body=body, visibility=visibility)

    assert sees(role, body, Decision, decision) == (role in READERS[visibility] & EDITORS)


@EVERYBODY
@EVERY_VISIBILITY
@pytest.mark.parametrize(
    ("situation", "readers"),
    [
        ({}, EDITORS),
        ({"circulated": True}, {"body_member", *EDITORS}),
        ({"approved": True}, {"body_member", *EDITORS}),
        ({"published": True}, set(ROLES)),
    ],
    ids=["draft", "circulated", "approved", "published"],
)
def test_minutes(role, visibility, situation, readers, body):
    minutes = make.MinutesFactory(meeting__body=body, visibility=visibility, **situation)

    assert sees(role, body, Minutes, minutes) == (role in READERS[visibility] & readers)


@EVERYBODY
@EVERY_VISIBILITY
@pytest.mark.parametrize("closed", ["meeting", "item", "material"])
def test_materials(role, visibility, closed, body):
    closed_by = {"visibility": visibility}
    meeting = make.MeetingFactory(body=body, held=True, **(closed_by if closed == "meeting" else {}))
    item = make.AgendaItemFactory(meeting=meeting, **(closed_by if closed == "item" else {}))
    material = make.MaterialFactory(
        meeting=meeting, agenda_item=item, visibility=visibility if closed == "material" else Visibility.PUBLIC
    )

    assert sees(role, body, Material, material) == (role in READERS[visibility])


@EVERYBODY
def test_attendance_names_are_for_the_body(role, body):
    attendance = make.AttendanceFactory(meeting__body=body)

    assert sees(role, body, type(attendance), attendance) == (role in {"body_member", *EDITORS})


@EVERYBODY
def test_invitations_are_for_those_who_run_the_meeting(role, body):
    invitation = make.InvitationFactory(meeting__body=body)

    assert sees(role, body, type(invitation), invitation) == (role in EDITORS)


def test_ones_own_invitation(body):
    user = user_of("member")
    invitation = make.InvitationFactory(meeting__body=body, person=user.person)

    assert type(invitation).objects.visible_to(user).get() == invitation


@EVERYBODY
@EVERY_VISIBILITY
@pytest.mark.parametrize("situation", ["draft", "submitted"])
def test_proposals(role, visibility, situation, body):
    proposal = make.ProposalFactory(
        committee=body, visibility=visibility, **({"submitted": True} if situation == "submitted" else {})
    )

    readers = READERS[visibility] & (set(ROLES) if situation == "submitted" else EDITORS)
    assert sees(role, body, Proposal, proposal) == (role in readers)


@EVERYBODY
@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.MEMBERS, Visibility.SECRETARIAT])
@pytest.mark.parametrize("published", [True, False])
def test_publications(role, visibility, published, body):
    situation = {"published": True} if published else {}
    edition = make.EditionFactory(document__visibility=visibility, **situation)
    announcement = make.AnnouncementFactory(visibility=visibility, **situation)
    user, expected = user_of(role, body), role in (READERS[visibility] if published else {"secretariat"})

    assert Edition.objects.visible_to(user).filter(pk=edition.pk).exists() == expected
    assert Document.objects.visible_to(user).filter(pk=edition.document.pk).exists() == expected
    assert Announcement.objects.visible_to(user).filter(pk=announcement.pk).exists() == expected


@EVERYBODY
@EVERY_VISIBILITY
def test_an_announcement_of_one_body(role, visibility, body):
    announcement = make.AnnouncementFactory(published=True, visibility=visibility, body=body)

    assert sees(role, body, Announcement, announcement) == (role in READERS[visibility])
