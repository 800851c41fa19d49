"""The directory of organisations, and an organisation's own page with what it owes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from members.models import Membership, Organization
from tests import factories as make
from tests.roles import ROLES

from .directories import ORGANIZATIONS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "نيرو"}, {"وزارت نیرو"}),
        ({"text": "برق"}, {"وزارت نیرو"}),  # by a name that it once bore
        ({"branch": "judiciary"}, {"قوه قضاییه"}),
        ({"kind": "ministry"}, {"وزارت نیرو"}),
        ({"kind": "ministry", "branch": "judiciary"}, set()),
        ({"kind": "rubbish"}, {"وزارت نیرو", "قوه قضاییه"}),
    ],
)
def test_organisations_are_found_by_name_branch_and_kind(client, query, found):
    energy = make.OrganizationFactory(name="وزارت نیرو", kind=Organization.Kind.MINISTRY)
    energy.other_names.create(name="وزارت آب و برق")
    make.OrganizationFactory(name="قوه قضاییه", branch=Organization.Branch.JUDICIARY)

    page = client.get(ORGANIZATIONS, query).context["directory"].page

    assert {organization.name for organization in page} == found


def test_organisations_are_listed_with_what_the_reader_may_count(client):
    organization = make.OrganizationFactory()
    make.MembershipFactory.create_batch(2, organization=organization)
    make.MembershipFactory(organization=organization, person__visibility=Visibility.SECRETARIAT)
    assembly = make.BodyFactory(assembly=True)
    make.MeetingFactory(body=assembly, held=True, host=organization)
    make.MeetingFactory(body=assembly, held=True, host=organization, visibility=Visibility.SECRETARIAT)
    make.MeetingFactory(body=assembly, host=organization)

    (row,) = client.get(ORGANIZATIONS).context["directory"].page

    assert (row.member_count, row.hosting_count) == (2, 1)


def test_an_organisation_shows_its_names_parts_members_and_hostings(client):
    parent = make.OrganizationFactory(name="وزارت نیرو")
    child = make.OrganizationFactory(name="شرکت آب", parent=parent)
    hidden = make.OrganizationFactory(name="شرکت پنهان", parent=parent, visibility=Visibility.SECRETARIAT)
    parent.other_names.create(name="وزارت آب و برق")
    member = make.MembershipFactory(organization=parent).person
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True, host=parent, venue="تالار نور")

    page = client.get(parent.get_absolute_url()).text

    for text in (child.name, "وزارت آب و برق", str(member), meeting.get_absolute_url(), "تالار نور"):
        assert text in page
    assert hidden.name not in page
    assert parent.get_absolute_url() in client.get(child.get_absolute_url()).text


def test_somebody_who_serves_on_two_bodies_is_one_member_of_their_organisation(client):
    organization = make.OrganizationFactory()
    member = make.MembershipFactory(organization=organization, body=make.BodyFactory(assembly=True)).person
    chair = make.MembershipFactory(organization=organization, person=member, role=Membership.Role.CHAIR)

    response = client.get(organization.get_absolute_url())

    ((person, services),) = response.context["members"]
    assert (person, services[0], len(services)) == (member, chair, 2)
    assert response.text.count(str(member)) == 1


def test_of_an_organisation_whose_members_are_not_on_record_none_are_counted(client, settings):
    settings.LANGUAGE_CODE = "en"
    organization = make.OrganizationFactory()

    assert "0 member" not in client.get(ORGANIZATIONS).text
    assert "members today" not in client.get(organization.get_absolute_url()).text


@pytest.mark.parametrize(("role", "is_told"), [("visitor", True), ("member", False)])
def test_a_visitor_is_told_that_members_see_more_decisions(client_of, role, is_told):
    organization = make.OrganizationFactory()
    public = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC)
    make.AssignmentFactory(organization=organization, decision=public)
    client = client_of(role)

    for address in (organization.get_absolute_url(), reverse("meetings:decisions")):
        with translation.override("fa"):
            words = translation.gettext("Most decisions are for members: sign in to see them.")
        assert (words in client.get(address).text) == is_told


def test_what_an_organisation_owes_comes_with_the_most_overdue_first(client_of):
    organization = make.OrganizationFactory()
    soon = duty(organization, due_on=today() + timedelta(days=3))
    undated = duty(organization, due_on=None)
    late = duty(organization, due_on=today() - timedelta(days=40))
    done = duty(organization, status="done")

    duties = client_of("secretariat").get(organization.get_absolute_url()).context["duties"]

    assert duties.owed == [late, soon, undated]
    assert [each.is_late for each in duties.owed] == [True, False, False]
    assert (duties.overdue_count, duties.settled, duties.settled_count) == (1, [done], 1)


@pytest.mark.parametrize("role", ROLES)
def test_its_numbers_are_those_of_the_register_and_lead_there(client_of, role, body):
    organization, another = make.OrganizationFactory(), make.OrganizationFactory()
    for n, visibility in enumerate(Visibility.values * 3):
        decision = make.DecisionFactory(published=n % 5 > 0, meeting__body=body, visibility=visibility)
        due_on = today() + timedelta(days=n - 5)
        status = ["not_begun", "in_progress", "done", "stopped", "referred"][n % 5]
        duty(organization, decision=decision, status=status, due_on=due_on)
        duty(another, decision=decision, role="support", status="in_progress", due_on=today() - timedelta(days=9))
    client = client_of(role, body)

    response = client.get(organization.get_absolute_url())
    duties = response.context["duties"]
    numbers = {
        "status=open": len(duties.owed),
        "overdue=on": duties.overdue_count,
        "status=settled": duties.settled_count,
    }

    for question, number in numbers.items():
        address = f"{reverse('meetings:decisions')}?organization={organization.slug}&{question}"
        assert client.get(address).context["page"].paginator.count == number
        assert (address.replace("&", "&amp;") in response.text) or question == "status=settled" or not number


def duty(organization, **fields):
    return make.AssignmentFactory(organization=organization, **fields)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", ["in_progress", "done"])
def test_duties_of_closed_decisions_are_neither_listed_nor_counted(client_of, role, status, body):
    organization = make.OrganizationFactory()
    decision = make.DecisionFactory(published=True, meeting__body=body, visibility=Visibility.BODY, title="مصوبه بسته")
    make.AssignmentFactory(decision=decision, organization=organization, status=status)

    response = client_of(role, body).get(organization.get_absolute_url())

    readable = role in {"body_member", "officer", "secretariat"}
    assert ("مصوبه بسته" in response.text) == readable
    assert response.context["duties"].count == readable
