"""/desk/hosts/: the order of the hosts, worked by buttons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.persian.partial_date import PartialDate
from meetings.models import HostTurn, Meeting
from tests import factories as make
from tests.roles import ROLES

pytestmark = pytest.mark.django_db
PAGE = "/desk/hosts/"
REASON = "سالن در دست تعمیر است"


@pytest.fixture(autouse=True)
def _today(set_clock):
    set_clock(1405, 9, 3)


@pytest.fixture
def assembly():
    return make.BodyFactory(assembly=True)


@pytest.fixture
def secretariat(client_of):
    return client_of("secretariat")


def organization(**kwargs):
    return make.OrganizationFactory(joined_on=PartialDate.year(1390), **kwargs)


def step_of(turn, name) -> str:
    return reverse("meetings:work_host_step", args=[turn.pk, name])


def answer_of(organization, name) -> str:
    return reverse("meetings:work_host_answer", args=[organization.pk, name])


@pytest.mark.parametrize("role", ROLES)
def test_the_order_is_set_by_the_secretariat_alone(client_of, assembly, role):
    turn = make.HostTurnFactory()
    client = client_of(role, assembly)
    expected = {"secretariat": 200, "visitor": 302}.get(role, 403)

    pages = [PAGE, step_of(turn, "decline"), answer_of(turn.organization, "defer")]

    assert {client.get(page).status_code for page in pages} == {expected}
    answer = client.post(step_of(turn, "accept"))
    assert answer.status_code == (302 if role in ("secretariat", "visitor") else 403)
    assert (HostTurn.objects.get().status == "accepted") == (role == "secretariat")


def test_the_empty_page_says_what_belongs_there(secretariat):
    page = secretariat.get(PAGE).text

    assert page.count('class="empty"') == 3


def test_the_page_shows_turns_suggestions_and_who_passed(secretariat, assembly):
    ahead = make.HostTurnFactory(reason="نوبت نخست")
    passed = make.HostTurnFactory(status="deferred", reason=REASON, not_before=PartialDate.month(1406, 3))
    make.HostTurnFactory(status="declined", reason="گذشته", not_before=PartialDate.month(1404, 3))
    suggested = organization()

    page = secretariat.get(PAGE).text

    for words in (ahead.organization.name, "نوبت نخست", suggested.name, "تاکنون میزبان نبوده", REASON, "خرداد ۱۴۰۶"):
        assert words in page
    assert passed.organization.name in page
    assert "گذشته</p>" not in page


def test_a_suggestion_gets_its_turn_with_its_reason_and_the_meeting(secretariat, assembly):
    meeting = make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 10, 1))
    host = organization()
    values = {"organization": host.pk, "meeting": meeting.pk}
    address = reverse("meetings:work_host_propose")

    for __ in range(2):
        assert secretariat.post(address, values).url == PAGE

    turn = HostTurn.objects.get()
    assert (turn.organization, turn.meeting, turn.status) == (host, meeting, "proposed")
    assert "تاکنون میزبان نبوده" in turn.reason
    assert Meeting.objects.get().host == host
    assert turn.reason in secretariat.get("/meetings/hosts/").text


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999", "1\x00"])
def test_nobody_gets_a_turn_by_a_wrong_key(secretariat, key):
    assert secretariat.post(reverse("meetings:work_host_propose"), {"organization": key}).status_code == 404


def test_a_refusal_is_said(secretariat, assembly):
    turn = make.HostTurnFactory(meeting=make.MeetingFactory(body=assembly))
    other = make.MeetingFactory(body=assembly)

    values = {"organization": turn.organization_id, "meeting": other.pk}
    page = secretariat.post(reverse("meetings:work_host_propose"), values, follow=True).text

    assert "برای نشست دیگری نوبت دارد" in page


@pytest.mark.parametrize(("name", "status"), [("decline", "declined"), ("defer", "deferred")])
def test_an_answer_is_kept_with_its_reason(secretariat, name, status):
    turn = make.HostTurnFactory()

    secretariat.post(step_of(turn, name), {"reason": REASON, "not_before": "1406/3"})

    kept = HostTurn.objects.get()
    assert (kept.status, kept.reason, kept.not_before) == (status, REASON, PartialDate.month(1406, 3))
    assert kept.answered_by.is_secretariat


@pytest.mark.parametrize(("name", "status"), [("decline", "declined"), ("defer", "deferred")])
def test_an_organisation_may_pass_before_it_has_a_turn(secretariat, name, status):
    host = organization()

    secretariat.post(answer_of(host, name), {"reason": REASON, "not_before": "۱۴۰۶/۳"})

    assert HostTurn.objects.get(organization=host).status == status


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"reason": ""}, "این فیلد لازم است"),
        ({"not_before": ""}, "این فیلد لازم است"),
        ({"not_before": "2027"}, "میلادی"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_what_was_typed_stays(secretariat, typed, message):
    turn = make.HostTurnFactory()
    values = {"reason": REASON, "not_before": "۱۴۰۶/۳"} | typed

    page = secretariat.post(step_of(turn, "defer"), values).text

    assert message in page
    assert all(value in page for value in values.values())
    assert HostTurn.objects.get().status == HostTurn.Status.PROPOSED


def test_two_turns_are_swapped(secretariat):
    one, two = make.HostTurnFactory(position=1), make.HostTurnFactory(position=2)
    form = secretariat.get(step_of(one, "swap")).text

    secretariat.post(step_of(one, "swap"), {"with_turn": two.pk})

    assert f'value="{one.pk}"' not in form
    assert list(HostTurn.objects.ahead()) == [two, one]


def test_whoever_passed_is_ready_again(secretariat):
    host = organization()
    turn = make.HostTurnFactory(organization=host, status="declined", reason=REASON)

    assert "تاکنون میزبان نبوده" not in secretariat.get(PAGE).text
    secretariat.post(step_of(turn, "ready"))

    assert "تاکنون میزبان نبوده" in secretariat.get(PAGE).text


def test_an_answer_given_already_leads_back_and_changes_nothing(secretariat):
    turn = make.HostTurnFactory(status="declined", reason=REASON)

    assert secretariat.post(step_of(turn, "accept")).url == PAGE
    assert HostTurn.objects.get().status == HostTurn.Status.DECLINED


def test_there_is_no_such_step(secretariat):
    turn = make.HostTurnFactory()

    assert secretariat.get(step_of(turn, "no-such")).status_code == 404
    assert secretariat.get(answer_of(turn.organization, "accept")).status_code == 404


def test_the_public_page_leads_there_whoever_may(client_of):
    assert PAGE in client_of("secretariat").get("/meetings/hosts/").text
    assert PAGE not in client_of("member").get("/meetings/hosts/").text


def test_queries_do_not_grow_with_the_turns(secretariat, assembly):
    def fill():
        make.HostTurnFactory(meeting=make.MeetingFactory(body=assembly))
        make.HostTurnFactory(status="declined", reason=REASON)
        make.MeetingFactory(body=assembly, held_on=PartialDate.day(1405, 10, 1))
        organization()

    fill()
    with CaptureQueriesContext(connection) as few:
        secretariat.get(PAGE)
    for __ in range(5):
        fill()
    with CaptureQueriesContext(connection) as many:
        secretariat.get(PAGE)

    assert len(many) == len(few)
