"""Register, organisation pages and the lists of the desk count the same, whoever looks, over the whole demo."""

from collections import Counter

import pytest
from django.contrib.auth.models import AnonymousUser

from council_portal import desk
from council_portal.persian.calendar import today
from meetings import duty_lists, register
from meetings.models import Assignment, Decision
from meetings.narrowing import Question, counts_of, narrow
from members.duties import duties_of
from members.models import Organization, User

ACCOUNTS = ["", "member", "chair", "followup", "secretariat", "admin"]
QUESTIONS = {
    "open": Question(status="open"),
    "overdue": Question(overdue=True),
    "settled": Question(status="settled"),
}


def reader(name: str):
    return User.objects.get(username=name) if name else AnonymousUser()


def in_register(user) -> dict[str, dict[str, int]]:
    """By the name of a list: how many decisions the register has under it for each organisation."""
    decisions, known = Decision.objects.visible_to(user), register.known_duties(user)
    return {
        name: counts_of(decisions, question, assignments=known, on=today()).organization
        for name, question in QUESTIONS.items()
    }


def on_desk(user) -> dict[str, dict[str, int]]:
    seen = Assignment.objects.visible_to(user)
    lists = {one.name: one.rows(seen, on=today()) for one in (duty_lists.OPEN, duty_lists.OVERDUE, duty_lists.SETTLED)}
    return {name: dict(Counter(row.organization.slug for row in rows)) for name, rows in lists.items()}


def on_organizations_pages(user) -> dict[str, dict[str, int]]:
    found = {name: {} for name in QUESTIONS}
    for organization in Organization.objects.visible_to(user):
        duties = duties_of(organization, user=user, on=today())
        numbers = {"open": len(duties.owed), "overdue": duties.overdue_count, "settled": duties.settled_count}
        for name, number in numbers.items():
            found[name] |= {organization.slug: number} if number else {}
    return found


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_count_of_every_organisation_is_the_same_everywhere(demo, account):
    user = reader(account)

    register_counts = in_register(user)

    assert register_counts == on_organizations_pages(user) == on_desk(user)
    assert account in ("", "admin") or all(register_counts.values())


@pytest.mark.parametrize("account", ["member", "chair", "followup", "secretariat"])
def test_a_persons_desk_counts_what_the_register_finds_for_their_organisation(demo, account):
    user = reader(account)
    waiting = desk.awaiting(user, on=today())

    def found(question: Question) -> int:
        asked = narrow(Decision.objects.visible_to(user), question, assignments=register.known_duties(user), on=today())
        return asked.count()

    (own,) = Organization.objects.filter(pk__in=user.standing.organization_ids)
    assert waiting.duty_count == found(Question(organization=own.slug, status="open"))
    assert waiting.overdue_count == found(Question(organization=own.slug, overdue=True))


def test_what_the_secretariat_sees_by_body_adds_up_to_the_lists(demo):
    user = reader("secretariat")
    follow_up, bodies = desk.follow_up_of(user, on=today()), desk.work_of_bodies(user, on=today())

    by_list = Counter()
    for work in bodies:
        by_list.update({one.name: number for one, number in work.follow_up})

    assert by_list == Counter({one.name: number for one, number in follow_up.tiles if number})
    assert by_list["overdue"]
