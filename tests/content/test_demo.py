"""What `load_demo` promises: a council of the real one's shape, whole, alive today, and marked as fictional."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.utils import timezone

from committees.models import Proposal
from council_portal.access.visibility import Visibility
from council_portal.content.demo.clerk import FIRST_OF_ALL
from council_portal.content.demo.load import gather, load_demo
from council_portal.content.demo.people import ACCOUNTS, MEMBER_OF, PASSWORD
from council_portal.content.demo.rows import ORDER
from council_portal.content.demo.schedule import MONTHS
from council_portal.content.record import load_council
from council_portal.issuing.papers import html_of
from council_portal.models import DemoData
from council_portal.persian.calendar import to_jalali, today
from council_portal.persian.partial_date import PartialDate
from meetings import escalation
from meetings.holding import hold
from meetings.holidays import holidays_of
from meetings.models import (
    AgendaItem,
    Assignment,
    Comment,
    Corrigendum,
    Decision,
    DecisionLink,
    Escalation,
    FollowUp,
    Holiday,
    HostTurn,
    Invitation,
    Material,
    Meeting,
    MeetingMove,
    Minutes,
)
from meetings.packs import meeting_pack
from meetings.reports import meeting_report
from members.by_article import Rule, articles_behind
from members.models import Body, Membership, Organization
from members.roster import roster
from publications.comparing import compare
from publications.models import Announcement, Citation, Disc, Dispatch, Document, Edition
from tests.factories import PersonFactory, UserFactory

ASSEMBLY = "assembly"


def test_the_real_record_stays_as_it_is(demo):
    real = Meeting.objects.filter(body__slug=ASSEMBLY, number__lte=13)

    assert real.count() == 13
    assert real.get(number=4).host.name == "وزارت نیرو"
    assert not AgendaItem.objects.filter(meeting__in=real.filter(number__lte=12)).exists()


def test_what_is_told_of_the_thirteenth_says_that_it_is_made_up_and_fills_a_report(demo):
    meeting = Meeting.objects.get(body__slug=ASSEMBLY, number=13)
    report = html_of(meeting_report(meeting))

    assert meeting.host is None
    assert meeting.note.startswith("داده نمایشی")
    assert meeting.note in report
    parts = ("agenda", "attendance", "minutes", "decisions", "spoken", "shown", "pictures")
    assert [part for part in parts if f'id="{part}"' not in report] == []
    assert not Assignment.objects.open().filter(decision__meeting=meeting).exists()


def test_papers_lie_before_the_next_meeting(demo):
    meeting = Meeting.objects.get(body__slug=ASSEMBLY, status=Meeting.Status.ANNOUNCED)

    assert len(meeting_pack(meeting, user=UserFactory(secretariat=True)).inserts) == 2


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


def test_an_announced_meeting_and_a_plan_were_moved_and_say_why(demo):
    moves = MeetingMove.objects.order_by("was_plan")

    assert [(one.was_plan, one.meeting.status) for one in moves] == [(False, "announced"), (True, "planned")]
    assert all(one.reason and one.from_on != one.to_on == one.meeting.held_on for one in moves)
    assert moves.left().count() == 2
    assert {(one.sequence, one.meeting.calendar_sequence) for one in moves} == {(1, 1)}
    assert not MeetingMove.objects.filter(moved_at__gt=timezone.now()).exists()


def test_the_lunar_holidays_of_this_year_and_the_next_are_on_the_list(demo):
    year = to_jalali(today())[0]

    assert {to_jalali(one.day)[0] for one in Holiday.objects.all()} == {year, year + 1}
    assert "عاشورای حسینی" in holidays_of(year).values()


def test_the_calendar_has_taken_its_steps_and_none_is_due(demo):
    late = Assignment.objects.overdue(on=today()).filter(decision__published_at__isnull=False)

    assert not late.filter(escalations__isnull=True).exists()
    assert set(Escalation.objects.values_list("step", flat=True)) == {step.name for step in escalation.steps()}
    assert not escalation.due_now().exists()
    assert not Escalation.objects.filter(at__gt=timezone.now()).exists()


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
        (Proposal, "status", Proposal.Status),
        (HostTurn, "status", HostTurn.Status),
    ],
)
def test_every_status_is_there(demo, model, field, choices):
    assert set(choices.values) <= set(model.objects.values_list(field, flat=True))


def test_materials_of_every_kind_and_pictures_with_thumbnails(demo):
    assert set(Material.Kind.values) == set(Material.objects.values_list("kind", flat=True))
    for picture in Material.objects.pictures().select_related("file", "thumbnail"):
        assert "نمایشی" in picture.alt_text
        assert picture.thumbnail.size < picture.file.size


def test_a_closed_item_is_named_in_no_open_paper(demo):
    closed = AgendaItem.objects.filter(meeting__body__slug=ASSEMBLY).exclude(visibility=Visibility.PUBLIC)
    assert closed.exists()
    for item in closed.select_related("meeting"):
        papers = [*Material.objects.filter(meeting=item.meeting, kind="programme").values_list("text", flat=True)]
        papers += Edition.objects.filter(document__meeting=item.meeting).values_list("text", flat=True)
        assert not any(item.title in paper for paper in papers)


def test_what_is_postponed_comes_back_at_another_sitting(demo):
    continued = AgendaItem.objects.filter(continues__isnull=False)

    assert continued.exists()
    assert not continued.filter(continues__meeting=F("meeting")).exists()


def test_the_second_edition_of_the_bylaws_has_eleven_articles(demo):
    edition = Edition.objects.get(document__kind=Document.Kind.BYLAWS, number=2)

    assert list(edition.articles.order_by("number").values_list("number", flat=True)) == [*range(1, 12)]
    assert "ماهی یک بار" in edition.articles.get(number=5).text
    assert edition.articles.get(number=5).notes.count() == 2
    assert "نمایشی" in edition.text
    assert Edition.objects.get(document__kind=Document.Kind.BYLAWS, number=1).articles.count() == 0


def test_the_third_edition_of_the_bylaws_says_something_else(demo):
    second, third = Edition.objects.filter(document__kind=Document.Kind.BYLAWS, number__gte=2).with_articles()

    kinds = {change.kind for change in compare(second, third).articles}

    assert kinds == {"same", "changed", "added", "removed", "renumbered"}
    assert third.articles.count() == 11


def test_decisions_rest_on_articles_and_rules_follow_from_them(demo):
    citations = Citation.objects.select_related("article__edition", "decision__meeting")
    begun = {one.article.edition.in_force_from.first <= one.decision.meeting.held_on.last for one in citations}

    assert begun == {True}
    assert Citation.objects.visible_to(None).exists()
    bases = articles_behind(Rule.QUORUM, Rule.HOSTING, Rule.MINUTES, body_kind="assembly", user=None)
    assert [basis.words for basis in bases.values()] == ["ماده ۴ اساسنامه", "ماده ۶ اساسنامه", "ماده ۹ اساسنامه"]


def test_reports_announcements_and_what_was_sent(demo):
    assert Document.objects.filter(kind=Document.Kind.REPORT, meeting__isnull=False).count() == 13
    assert Edition.objects.filter(cover__isnull=False, cover_thumbnail__isnull=False).count() == 10
    assert Announcement.objects.current(on=today()).exists()
    assert Announcement.objects.filter(published_at=None).exists()
    assert Announcement.objects.filter(withdrawn_at__isnull=False).exists()
    assert Dispatch.objects.filter(received_on=None).exists()
    assert Disc.objects.exists()


def test_hosts_ahead_each_with_a_reason(demo):
    ahead = HostTurn.objects.ahead()

    assert len(ahead) == 6
    assert all(turn.reason for turn in ahead)
    assert HostTurn.objects.filter(status=HostTurn.Status.DECLINED).exists()
    assert list(HostTurn.objects.filter(status="held").order_by("position").values_list("position", flat=True)) == [
        *range(1, 13),
        *range(14, 28),
    ]


def test_answers_to_the_next_invitation(demo):
    invitations = Invitation.objects.filter(meeting__body__slug=ASSEMBLY)

    assert invitations.count() == 120
    assert {"", *Invitation.Answer.values} == set(invitations.values_list("answer", flat=True))
    assert invitations.get(person__user__username="member").answer == ""


def test_carried_items_corrigenda_and_links(demo):
    assert AgendaItem.objects.filter(continues__isnull=False, continues__outcome="postponed").exists()
    assert AgendaItem.objects.filter(parent__isnull=False).exists()
    assert AgendaItem.objects.filter(is_added_later=True).exists()
    assert Corrigendum.objects.exists()
    assert DecisionLink.objects.exists()


def test_a_first_due_date_is_remembered(demo):
    extended = Assignment.objects.filter(follow_ups__kind=FollowUp.Kind.EXTENSION)

    assert extended.exists()
    assert all(duty.due_on > duty.original_due_on for duty in extended)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (FollowUp, "recorded_at"),
        (FollowUp, "reviewed_at"),
        (Minutes, "published_at"),
        (Minutes, "circulated_at"),
        (Comment, "written_at"),
        (Comment, "settled_at"),
        (Decision, "published_at"),
        (Meeting, "announced_at"),
        (Meeting, "closed_at"),
        (Invitation, "answered_at"),
        (Edition, "published_at"),
        (Proposal, "submitted_at"),
    ],
)
def test_nothing_happened_in_the_future(demo, model, field):
    assert not model.objects.filter(**{f"{field}__gt": timezone.now()}).exists()


@pytest.mark.django_db
def test_one_day_has_one_demo():
    load_council()

    one, other = (_content(gather(MONTHS)) for __ in range(2))

    assert one == other


def _content(gathered):
    """Everything that is gathered but the keys and what the clock gives."""
    return {
        model.__name__: [
            [
                getattr(row, field.attname)
                for field in model._meta.concrete_fields
                if field.editable and not field.remote_field
            ]
            for row in gathered.world.rows.of(model)
        ]
        for model in ORDER
    }


def test_the_ministry_of_energy_owes_decisions_of_the_assembly(demo):
    owed = Assignment.objects.open().filter(organization__slug="energy", decision__meeting__body__slug=ASSEMBLY)

    assert owed.filter(decision__published_at__isnull=False).exists()


def test_the_ministry_of_energy_has_a_public_decision_about_automation_whatever_the_day(demo):
    [decision] = Decision.objects.visible_to(None).filter(
        title=FIRST_OF_ALL, meeting__body__slug="assembly", assignments__organization__slug=MEMBER_OF
    )[:1]
    assert "اتوماسیون" in decision.text


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
    Meeting.objects.filter(pk=meeting.pk).update(held_on=PartialDate.from_date(today()))
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

    assert not DemoData.is_loaded()
    assert not Meeting.objects.exists()


def test_it_says_that_it_is_a_demo(demo):
    assert DemoData.is_loaded()
    assert load_demo() is False
