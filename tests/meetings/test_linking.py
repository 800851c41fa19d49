"""How decisions are linked to earlier ones."""

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings.holding import Refused
from meetings.linking import Contradiction, link, unlink
from meetings.models import DecisionLink
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return make.UserFactory(secretariat=True)


def decided_on(*day: int):
    held_on = PartialDate(tuple([*day, None, None][:3])) if day else None
    return make.DecisionFactory(published=True, meeting=make.MeetingFactory(held=True, held_on=held_on))


def test_linking_twice_is_linking_once(by):
    decision, other = decided_on(1403, 2, 2), decided_on(1402, 2, 2)

    first = link(decision, kind="amends", other=other, by=by)

    assert link(decision, kind="amends", other=other, by=by) == first
    assert DecisionLink.objects.count() == 1


def test_a_decision_is_not_linked_to_itself(by):
    decision = decided_on(1403, 2, 2)

    with pytest.raises(Refused):
        link(decision, kind="amends", other=decision, by=by)


def test_two_decisions_do_not_replace_each_other(by):
    one, two = decided_on(1403, 2, 2), decided_on(1403, 2, 2)
    link(one, kind="replaces", other=two, by=by)

    with pytest.raises(Contradiction):
        link(two, kind="replaces", other=one, by=by)
    assert link(two, kind="carries_out", other=one, by=by)


@pytest.mark.parametrize(
    ("day", "other", "is_refused"),
    [
        ((1403, 2, 2), (1403, 2, 3), True),
        ((1403, 2, 2), (1403, 2, 2), False),
        ((1403, 2, 2), (1403,), False),  # it may have been earlier
        ((1403,), (1404,), True),
        ((1403, 2, 2), (), False),
        ((), (1403, 2, 2), False),
    ],
)
def test_a_link_leads_to_what_was_decided_earlier(by, day, other, is_refused):
    decision, later = decided_on(*day), decided_on(*other)

    if is_refused:
        with pytest.raises(Refused):
            link(decision, kind="amends", other=later, by=by)
    else:
        assert link(decision, kind="amends", other=later, by=by)


def test_nobody_links_to_what_they_may_not_read():
    decision, hidden = decided_on(1403, 2, 2), decided_on(1402, 2, 2)
    type(hidden).objects.filter(pk=hidden.pk).update(visibility=Visibility.SECRETARIAT)
    officer = make.UserFactory(person=make.MembershipFactory(body=decision.meeting.body, role="chair").person)

    with pytest.raises(Refused):
        link(decision, kind="amends", other=hidden, by=officer)


def test_only_ones_own_link_is_taken_back_and_twice_is_once(by):
    decision, other = decided_on(1403, 2, 2), decided_on(1402, 2, 2)
    row = link(decision, kind="amends", other=other, by=by)

    unlink(other, row.pk, by=by)
    assert DecisionLink.objects.exists()
    unlink(decision, row.pk, by=by)
    unlink(decision, row.pk, by=by)
    assert not DecisionLink.objects.exists()
