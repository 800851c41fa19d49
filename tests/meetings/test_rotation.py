"""Who hosts next: each rule of meetings/rotation.py on plain data, and the loader on records."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council_portal.persian.partial_date import PartialDate
from meetings import rotation
from meetings.rotation import Hosting, Member, Passed, suggest
from tests import factories as make

DAY = date(2026, 12, 1)


def member(key: int, branch: str = "executive", joined_on: date | None = None) -> Member:
    return Member(key, f"دستگاه {key}", branch, joined_on, sort_key=f"{key:03}")


def order(members, hostings, count=3, **kwargs) -> list[int]:
    return [one.member.id for one in suggest(members, hostings, [DAY] * count, **kwargs)]


def test_whoever_has_waited_longest_comes_first():
    hostings = [Hosting(1, 2), Hosting(2, 3), Hosting(3, 1), Hosting(4, 2)]

    assert order([member(1), member(2), member(3)], hostings) == [3, 1, 2]


def test_whoever_never_hosted_comes_before_those_who_did():
    assert order([member(1), member(2)], [Hosting(1, 1)]) == [2, 1]


def test_equals_follow_the_day_of_joining_and_then_the_alphabet():
    early = member(3, joined_on=date(2009, 1, 1))
    late = member(1, joined_on=date(2010, 1, 1))

    assert order([late, member(4), early, member(2)], [], count=4) == [2, 4, 3, 1]


def test_a_newcomer_enters_at_the_middle_and_moves_up_from_there():
    members = [member(key) for key in range(1, 5)]
    hostings = [Hosting(key, key, date(2026, key, 1)) for key in range(1, 5)]
    newcomer = member(9, joined_on=date(2026, 5, 1))

    assert order([*members, newcomer], hostings, count=5) == [1, 2, 9, 3, 4]
    later = [*hostings, Hosting(5, 1, date(2026, 6, 1)), Hosting(6, 2, date(2026, 7, 1))]
    assert order([*members, newcomer], later, count=5) == [9, 3, 4, 1, 2]


def test_a_newcomer_is_told_so():
    hostings = [Hosting(1, 1, date(2026, 3, 1)), Hosting(2, 2, date(2026, 4, 1))]
    newcomer = member(9, joined_on=date(2026, 10, 1))

    found = suggest([newcomer], hostings + [Hosting(3, 9, None)][:0], [DAY])

    assert "از میانه صف" not in found[0].reason  # alone, there was no queue to enter
    found = suggest([member(1), member(2), newcomer], hostings, [DAY] * 3)
    assert "از میانه" in next(one.reason for one in found if one.member == newcomer)


@pytest.mark.parametrize(
    ("until", "first"),
    [(None, 2), (DAY + timedelta(days=1), 2), (DAY, 1), (DAY - timedelta(days=1), 1)],
    ids=["until further notice", "until later", "from that day", "over"],
)
def test_whoever_passed_is_left_out_until_the_day_that_was_named(until, first):
    passed = [Passed(1, "تعمیر سالن", until)]

    assert order([member(1), member(2)], [], count=1, passed=passed) == [first]


def test_it_is_said_how_many_before_it_passed():
    found = suggest([member(1), member(2)], [], [DAY], passed=[Passed(1, "تعمیر سالن")])

    assert [one.id for one, __ in found[0].before] == [1]
    assert "۱ دستگاه" in found[0].reason


def test_branches_take_turns_while_another_one_waits():
    members = [member(1), member(2), member(3), member(4, "judiciary")]

    found = suggest(members, [], [DAY] * 4)

    assert [one.member.id for one in found] == [1, 4, 2, 3]
    assert found[1].over_branch == "executive"
    assert found[3].over_branch == ""


def test_the_branch_of_the_last_host_counts_and_of_the_last_turn_ahead():
    members = [member(1), member(2, "judiciary"), member(3)]

    assert order(members, [Hosting(1, 3)], count=1) == [2]
    assert order(members, [Hosting(1, 3)], count=1, ahead=[members[1]]) == [1]


def test_a_small_branch_does_not_host_every_second_meeting():
    members = [*(member(key) for key in range(1, 10)), member(10, "judiciary")]
    hostings = [Hosting(number, number) for number in range(1, 11)]

    found = order(members, hostings, count=10)

    assert found.count(10) == 1
    assert order(members, [*hostings, Hosting(11, 1)], count=1) == [2]


def test_whoever_has_a_turn_ahead_is_not_suggested_again():
    members = [member(1), member(2)]

    assert order(members, [], ahead=[members[0]]) == [2]


def test_of_nobody_nobody_is_suggested():
    assert suggest([], [], [DAY]) == []


BRANCHES = st.sampled_from(["executive", "legislative", "judiciary", "other"])


@st.composite
def councils(draw):
    branches = draw(st.lists(BRANCHES, min_size=1, max_size=12))
    members = [member(key, branch) for key, branch in enumerate(branches, start=1)]
    hosts = draw(st.lists(st.sampled_from([None, *(one.id for one in members)]), max_size=15))
    passed = draw(st.lists(st.sampled_from(members), unique=True, max_size=4))
    hostings = [Hosting(number, host) for number, host in enumerate(hosts, start=1)]
    return members, hostings, [Passed(one.id, "دلیل نمونه") for one in passed]


@given(councils(), st.randoms())
def test_the_same_council_has_the_same_order_however_it_is_listed(council, chance: random.Random):
    members, hostings, passed = council
    shuffled = chance.sample(members, len(members))

    assert order(members, hostings, 6, passed=passed) == order(shuffled, hostings[::-1], 6, passed=passed)


@given(councils())
def test_nobody_is_suggested_twice_nor_after_passing_and_all_others_come_in_time(council):
    members, hostings, passed = council

    found = order(members, hostings, len(members), passed=passed)

    assert sorted(found) == sorted({one.id for one in members} - {one.host for one in passed})


@given(councils())
def test_within_a_branch_nobody_overtakes(council):
    members, hostings, passed = council
    last = {one.host: one.number for one in hostings}

    found = [one.member for one in suggest(members, hostings, [DAY] * len(members))]

    for branch in {one.branch for one in members}:
        waits = [last.get(one.id, 0) for one in found if one.branch == branch]
        assert waits == sorted(waits)


@given(councils())
def test_each_suggestion_is_explained_in_persian_without_latin_digits(council):
    members, hostings, passed = council

    for one in suggest(members, hostings, [DAY] * 4, passed=passed):
        assert one.reason.endswith(".")
        assert not any(letter.isascii() and letter.isalnum() for letter in one.reason.replace(one.over_branch, ""))


@pytest.fixture
def assembly(db):
    return make.BodyFactory(assembly=True)


def hosted(assembly, number, host):
    return make.MeetingFactory(body=assembly, held=True, number=number, host=host)


def names(on=DAY, count=5) -> list:
    return [one.member.id for one in rotation.suggestions([DAY] * count, on=on)]


def test_from_the_records(assembly):
    first, second, third = (make.OrganizationFactory(joined_on=PartialDate.year(1387)) for __ in range(3))
    hosted(assembly, 1, second)
    make.HostTurnFactory(organization=third)

    assert names() == [first.pk, second.pk]


@pytest.mark.parametrize(
    ("fields", "is_member"),
    [
        ({"joined_on": PartialDate.year(1390)}, True),
        ({"joined_on": PartialDate.year(1410)}, False),
        ({"joined_on": PartialDate.year(1390), "left_on": PartialDate.year(1400)}, False),
        ({"joined_on": PartialDate.year(1390), "left_on": PartialDate.year(1410)}, True),
        ({}, False),
    ],
    ids=["member", "later", "former", "still", "only on record"],
)
def test_only_members_of_the_council_today(assembly, fields, is_member):
    organization = make.OrganizationFactory(**fields)

    assert names() == ([organization.pk] if is_member else [])


def test_a_member_whose_day_of_joining_is_not_on_record(assembly):
    host, represented = make.OrganizationFactory(), make.OrganizationFactory()
    hosted(assembly, 1, host)
    make.MembershipFactory(body=assembly, organization=represented)

    assert names() == [represented.pk, host.pk]


def test_the_latest_answer_of_an_organisation_counts(assembly):
    organization = make.OrganizationFactory(joined_on=PartialDate.year(1390))
    answered = {"organization": organization, "reason": "تعمیر سالن"}
    make.HostTurnFactory(**answered, status="declined", answered_at="2025-01-01T00:00:00Z")
    later = make.HostTurnFactory(
        **answered,
        status="deferred",
        answered_at="2026-01-01T00:00:00Z",
        not_before=PartialDate.month(1405, 7),
    )

    assert names() == [organization.pk]
    type(later).objects.filter(pk=later.pk).update(not_before=PartialDate.month(1406, 1))
    assert names() == []


def test_the_loader_asks_as_often_for_many_as_for_few(assembly, django_assert_num_queries):
    for __ in range(5):
        make.HostTurnFactory(organization__joined_on=PartialDate.year(1390))
        make.OrganizationFactory(joined_on=PartialDate.year(1390))

    with django_assert_num_queries(4):
        rotation.suggestions([DAY] * 3, on=DAY)
