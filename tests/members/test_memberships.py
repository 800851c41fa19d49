from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from council_portal.persian.partial_date import PartialDate
from members.models import Membership
from members.roster import roster
from tests import factories as make

pytestmark = pytest.mark.django_db


def service(body, role="member", start=None, end=None, **fields):
    return make.MembershipFactory.build(
        body=body,
        role=role,
        start_on=PartialDate.parse(start) if start else None,
        end_on=PartialDate.parse(end) if end else None,
        person=fields.pop("person", None) or make.PersonFactory(),
        organization=make.OrganizationFactory(),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((None, None), ("1400", None)),
        (("1400", None), ("1401", "1402")),
        (("1400/1/1", "1400/6/31"), ("1400/6/31", None)),
    ],
)
def test_a_body_has_one_chair_at_a_time(body, first, second):
    service(body, "chair", *first).save()
    rival = service(body, "chair", *second)

    with pytest.raises(ValidationError, match="رئیس|chair"):
        rival.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        rival.save()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("1400/1/1", "1400/6/31"), ("1400/7/1", None)),
        (("1399", "1400"), ("1400", "1401")),  # in the year 1400 the one followed the other, on a day not known
        (("1400/7", "1400/7"), ("1400/7", "1400/7")),
    ],
)
def test_a_chair_may_follow_another(body, first, second):
    service(body, "chair", *first).save()

    service(body, "chair", *second).full_clean(exclude=["certain_period"])
    service(body, "chair", *second).save()

    assert Membership.objects.filter(body=body).count() == 2


def test_one_person_is_on_a_body_once_at_a_time(body):
    person = make.PersonFactory()
    service(body, start="1400", person=person).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        service(body, "secretary", start="1401", person=person).save()
    service(make.BodyFactory(), start="1401", person=person).save()


def test_service_cannot_end_before_it_began(body):
    with pytest.raises(IntegrityError), transaction.atomic():
        service(body, start="1401", end="1400").save()


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        (date(2021, 3, 20), []),  # 30 Esfand 1399
        (date(2021, 3, 21), ["chair", "member"]),  # 1 Farvardin 1400
        (date(2021, 9, 22), ["chair", "member"]),  # 31 Shahrivar 1400, the chair's last day
        (date(2021, 9, 23), ["secretary", "member"]),
    ],
)
def test_roster_is_the_body_as_it_stood_on_a_day(body, day, roles):
    service(body, "member", "1400/1/1").save()
    service(body, "chair", "1400/1/1", "1400/6/31").save()
    service(body, "secretary", "1400/7/1").save()

    assert [service.role for service in roster(body, on=day)] == roles


def test_rights_end_with_the_term_at_midnight_in_tehran(body, time_machine):
    chair = service(body, "chair", "1400/1/1", "1400/6/31")
    chair.save()
    user = make.UserFactory(person=chair.person)

    time_machine.move_to("2021-09-22T19:29:59Z", tick=False)
    assert type(user).objects.get(pk=user.pk).standing.officer_of == {body.pk}
    time_machine.move_to("2021-09-22T20:30:00Z", tick=False)
    assert type(user).objects.get(pk=user.pk).standing.officer_of == set()


def test_an_account_that_is_not_active_has_no_rights(body):
    user = make.UserFactory(person=make.MembershipFactory(body=body).person, is_secretariat=True, is_active=False)

    assert not user.standing.is_member
    assert not user.standing.is_secretariat
    assert not user.has_perm("meetings.change_meeting")


def test_an_administrator_is_no_reader_of_the_archive(body):
    user = make.UserFactory(administrator=True)

    assert user.has_perm("members.change_user")
    assert not user.has_perm("meetings.view_meeting")
    assert not user.standing.is_secretariat


def test_a_form_says_that_two_services_overlap_before_anything_is_saved(body):
    first = service(body, "member", "1400")
    first.save()

    with pytest.raises(ValidationError, match="این شخص در آن زمان در این رکن عضویت دارد"):
        service(body, "member", "1401", person=first.person).full_clean(exclude=["certain_period"])


def test_a_date_that_cannot_be_read_is_the_only_complaint(body):
    service(body, "chair", "1400").save()

    service(body, "chair", "1401").validate_constraints(exclude={"start_on", "certain_period"})
