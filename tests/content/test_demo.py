"""What `load_demo` promises: a council of the real one's shape, whole, alive today, and marked as fictional."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Count

from council_portal.content.demo.load import is_loaded, load_demo
from council_portal.content.demo.people import ACCOUNTS, PASSWORD
from council_portal.persian.calendar import today
from meetings.holding import hold
from meetings.models import AgendaItem, Assignment, Decision, FollowUp, Meeting, Minutes
from members.models import Body, Membership, Organization
from members.roster import roster
from tests.factories import PersonFactory, UserFactory

ASSEMBLY = "assembly"


def test_the_real_record_stays_as_it_is(demo):
    real = Meeting.objects.filter(body__slug=ASSEMBLY, number__lte=13)

    assert real.count() == 13
    assert real.get(number=4).host.name == "وزارت نیرو"
    assert not AgendaItem.objects.filter(meeting__in=real).exists()


def test_a_hundred_and_twenty_members_of_ninety_organisations(demo):
    members = roster(Body.objects.assembly().get(), on=today())

    assert members.count() == 120
    assert members.values("organization").distinct().count() == 90
    assert Membership.objects.filter(end_on__isnull=False, body__slug=ASSEMBLY).exists()


def test_fourteen_assemblies_and_a_hundred_committee_sessions(demo):
    held = Meeting.objects.held().filter(number__isnull=False, closed_at__isnull=False)

    assert list(held.filter(body__slug=ASSEMBLY).order_by("number").values_list("number", flat=True)) == [
        *range(14, 28)
    ]
    assert held.filter(body__kind=Body.Kind.COMMITTEE).count() == 100
    assert Meeting.objects.filter(status=Meeting.Status.CANCELLED).exists()


@pytest.mark.parametrize("slug", ["assembly", "board", "training", "expertise", "ict", "follow-up"])
def test_each_body_has_its_next_meeting(demo, slug):
    upcoming = Meeting.objects.filter(body__slug=slug).upcoming(on=today()).soonest_first()

    assert [meeting.status for meeting in upcoming] == [Meeting.Status.ANNOUNCED, Meeting.Status.PLANNED]
    assert upcoming[0].agenda_items.exists()


@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Assignment, "status", Assignment.Status),
        (AgendaItem, "outcome", AgendaItem.Outcome),
        (FollowUp, "kind", FollowUp.Kind),
        (FollowUp, "review", FollowUp.Review),
        (Minutes, "status", Minutes.Status),
        (Meeting, "status", Meeting.Status),
    ],
)
def test_every_status_is_there(demo, model, field, choices):
    assert set(choices.values) <= set(model.objects.values_list(field, flat=True))


def test_the_ministry_of_energy_owes_decisions_of_the_assembly(demo):
    owed = Assignment.objects.open().filter(organization__slug="energy", decision__meeting__body__slug=ASSEMBLY)

    assert owed.filter(decision__published_at__isnull=False).exists()


def test_something_is_overdue_and_somebody_silent(demo):
    overdue = Assignment.objects.overdue(on=today())

    assert overdue.filter(follow_ups__kind=FollowUp.Kind.REPORT).exists()
    assert overdue.exclude(follow_ups__kind=FollowUp.Kind.REPORT).exists()


def test_no_two_neighbours_say_the_same(demo):
    discussions = list(
        AgendaItem.objects.filter(kind=AgendaItem.Kind.REGULAR, parent=None, presenter__isnull=False)
        .exclude(discussion="")
        .order_by("meeting", "position")
        .values_list("discussion", flat=True)
    )
    repeated = Decision.objects.values("text").annotate(count=Count("pk")).filter(count__gt=1)

    assert len(discussions) > 400
    assert len(set(discussions)) == len(discussions)
    assert not repeated.filter(count__gt=2).exists()


def test_numbers_go_on_where_the_demo_stops(demo):
    secretariat = UserFactory(secretariat=True)
    meeting = Meeting.objects.get(body__slug=ASSEMBLY, status=Meeting.Status.ANNOUNCED)
    meeting.agenda_items.update(outcome=AgendaItem.Outcome.NOTED)
    last = Decision.objects.filter(meeting__body__slug=ASSEMBLY).order_by("number").last()
    decision = Decision.objects.create(meeting=meeting, agenda_item=meeting.agenda_items.first(), text="مصوبه تازه")

    held = hold(meeting, by=secretariat)

    decision.refresh_from_db()
    assert held.number == 28
    assert decision.number == last.number + 1
    assert decision.reference == f"assembly-{decision.number}"


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_its_accounts_can_sign_in(demo, account):
    user = authenticate(None, username=account.username, password=PASSWORD)

    assert user.username == account.username
    standing = user.standing
    assert standing.is_secretariat == (account.username == "secretariat")
    assert standing.is_administrator == (account.username == "admin")
    assert standing.is_follow_up_officer == (account.username == "followup")
    assert bool(standing.officer_of) == bool(account.rank)


def test_the_member_is_of_the_ministry_of_energy(demo):
    user = authenticate(None, username="member", password=PASSWORD)

    assert user.standing.organization_ids == {Organization.objects.get(slug="energy").pk}


def test_again_only_says_how_to_sign_in(demo, capsys):
    before = Meeting.objects.count(), FollowUp.objects.count()

    call_command("load_demo")

    assert (Meeting.objects.count(), FollowUp.objects.count()) == before
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    assert all(account.username in printed for account in ACCOUNTS)


@pytest.mark.parametrize("factory", [PersonFactory, UserFactory])
@pytest.mark.django_db
def test_a_database_in_use_is_refused(factory):
    factory()

    with pytest.raises(CommandError, match="in use"):
        call_command("load_demo")

    assert not is_loaded()
    assert not Meeting.objects.exists()


def test_it_says_that_it_is_a_demo(demo):
    assert is_loaded()
    assert load_demo() is False
