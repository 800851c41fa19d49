"""Who is told of what, once; and that nobody is told of what they may not read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from council_portal.access.visibility import Visibility
from council_portal.notices.models import Notice
from meetings import holding
from meetings import minutes as rules
from publications import publishing
from tests import factories as make
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db
SERVING = {"member", "body_member", "officer", "follow_up_officer"}
OF_BODY = {"body_member", "officer"}


def announce(body, visibility):
    return holding.announce(make.MeetingFactory(body=body, visibility=visibility), by=None)


def circulate(body, visibility):
    return rules.circulate(make.MinutesFactory(meeting__body=body, visibility=visibility), by=None)


def publish(body, visibility):
    return rules.publish(make.MinutesFactory(meeting__body=body, visibility=visibility, approved=True), by=None)


def correct(body, visibility):
    minutes = make.MinutesFactory(meeting__body=body, visibility=visibility, published=True)
    return rules.correct(minutes, by=None, text="درست", reason="خطا")


def announcement(body, visibility):
    return publishing.announce(make.AnnouncementFactory(visibility=visibility), by=None)


def edition(body, visibility):
    edition = make.ArticleFactory(edition__document__visibility=visibility).edition
    return publishing.publish(edition, by=None)


def told() -> set:
    return set(Notice.objects.values_list("recipient", flat=True))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["committee", "assembly"])
@pytest.mark.parametrize("step", [announce, circulate, publish, correct])
@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.BODY, Visibility.SECRETARIAT])
def test_members_of_the_body_are_told_of_what_they_may_read(role, kind, step, visibility):
    body = make.BodyFactory(assembly=True) if kind == "assembly" else make.BodyFactory()
    user = user_of(role, body)

    step(body, visibility)

    reaches_all = kind == "assembly" and visibility == Visibility.MEMBERS and step is not circulate
    expected = (SERVING if reaches_all else OF_BODY) if visibility != Visibility.SECRETARIAT else set()
    assert (user is not None and user.pk in told()) == (role in expected)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", [announcement, edition])
@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.MEMBERS, Visibility.SECRETARIAT])
def test_every_member_is_told_of_publications(role, step, visibility):
    body = make.BodyFactory()
    user = user_of(role, body)

    step(body, visibility)

    expected = SERVING if visibility != Visibility.SECRETARIAT else set()
    assert (user is not None and user.pk in told()) == (role in expected)


@pytest.mark.parametrize(
    ("visibility", "is_told"), [(Visibility.MEMBERS, True), (Visibility.BODY, True), (Visibility.SECRETARIAT, False)]
)
def test_an_organisation_with_a_part_in_a_committees_decision_is_told_once_if_it_may_read_it(visibility, is_told):
    service, minutes = make.MembershipFactory(), make.MinutesFactory(visibility=visibility)
    elsewhere = make.UserFactory(person=service.person)
    settled, due = (make.DecisionFactory(meeting=minutes.meeting, numbered=True, visibility=visibility) for _ in "ab")
    make.AssignmentFactory(decision=due, organization=service.organization)
    make.AssignmentFactory(decision=settled, organization=service.organization, status="done")
    type(minutes).objects.update(status="approved", approved_at=timezone.now())

    for _ in range(2):
        rules.publish(minutes, by=None)

    notices = list(Notice.objects.filter(recipient=elsewhere))
    assert len(notices) == is_told
    assert all(one.title.startswith("برای اجرا") and "تا ۱۱ مرداد ۱۴۰۳" in one.text for one in notices)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (announce, holding.announce),
        (circulate, rules.circulate),
        (publish, rules.publish),
        (announcement, publishing.announce),
        (edition, publishing.publish),
    ],
)
def test_a_step_taken_twice_tells_nobody_twice(first, again):
    body = make.BodyFactory()
    user_of("body_member", body)
    record = first(body, Visibility.MEMBERS)

    again(record, by=None)

    assert Notice.objects.count() == 1


def test_closed_accounts_and_those_of_former_members_are_not_told():
    body = make.BodyFactory()
    user_of("former_member", body)
    closed = user_of("body_member", body)
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)

    publish(body, Visibility.MEMBERS)

    assert not Notice.objects.exists()


def test_what_is_told_speaks_persian_whatever_the_language_of_who_publishes():
    from django.utils import translation

    body = make.BodyFactory()
    user_of("body_member", body)

    with translation.override("en"):
        publish(body, Visibility.MEMBERS)

    assert Notice.objects.get().title.startswith("منتشر شد: صورت‌جلسه")


def test_telling_asks_as_often_for_many_as_for_one(django_assert_num_queries):
    body = make.BodyFactory()
    user_of("body_member", body)
    with CaptureQueriesContext(connection) as for_one:
        publish(body, Visibility.MEMBERS)
    for _ in range(10):
        user_of("body_member", body)

    with django_assert_num_queries(len(for_one)):
        publish(body, Visibility.MEMBERS)


def test_who_serves_for_the_organisations_charged_is_asked_once_for_all():
    minutes = make.MinutesFactory()
    services = make.MembershipFactory.create_batch(3)
    for service in services:
        make.UserFactory(person=service.person)
        decision = make.DecisionFactory(meeting=minutes.meeting, numbered=True)
        make.AssignmentFactory(decision=decision, organization=service.organization)
    type(minutes).objects.update(status="approved", approved_at=timezone.now())

    with CaptureQueriesContext(connection) as queries:
        rules.publish(minutes, by=None)

    asked = [one["sql"] for one in queries if 'FROM "members_user"' in one["sql"] and "organization_id" in one["sql"]]
    assert len(asked) == 1
    assert Notice.objects.filter(key__startswith="assigned-").count() == len(services)
