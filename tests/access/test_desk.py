"""The whole desk by its addresses: who may not work there acts nowhere, whatever is asked or posted."""

import pytest
from django.urls import get_resolver

from council_portal.access.visibility import Visibility
from tests import factories as make

pytestmark = pytest.mark.django_db
OTHERS = ["former_member", "member", "body_member", "follow_up_officer", "administrator", "officer_elsewhere"]
OF_A_MEETING = "desk/meetings/<int:pk>/"
# Pages of no single meeting: what those are answered who have no work there. An officer has some: see the exceptions.
OF_NO_MEETING = {
    "desk/hosts/": 403,
    "desk/hosts/propose/": 403,
    "desk/hosts/<int:pk>/<slug:name>/": 403,
    "desk/hosts/of/<int:pk>/<slug:name>/": 403,
    "desk/plan/": 403,
    "desk/meetings/": 403,
    "desk/meetings/new/": 403,
    "desk/proposals/": 403,
    "desk/proposals/new/": 403,
    "desk/proposals/<int:pk>/": 404,
    "desk/proposals/<int:pk>/withdraw/": 404,
    "desk/proposals/<int:pk>/discard/": 404,
    # Of a decision that there is not, or that is another body's: tests/meetings/work/test_decisions.py tries the rest.
    "desk/decisions/<int:pk>/": 404,
    "desk/decisions/<int:pk>/links/": 404,
    "desk/decisions/<int:pk>/articles/": 404,
    "desk/decisions/<int:pk>/articles/<int:key>/remove/": 404,
    "desk/decisions/<int:pk>/links/<int:key>/remove/": 404,
    "desk/files/": 403,
    "desk/duties/": 403,
    "desk/duties/<int:pk>/": 404,
    "desk/follow-up/": 403,
    "desk/follow-up/<int:pk>/": 403,
    "desk/follow-up/<int:pk>/<slug:name>/": 403,
    "desk/words.js": 200,  # the words of the editor's script
}
FOR_EVERY_OFFICER = {"desk/plan/", "desk/meetings/", "desk/meetings/new/", "desk/proposals/", "desk/proposals/new/"}
OFFICERS = {"follow_up_officer", "officer_elsewhere"}
# What some of them are answered otherwise: whoever serves has an organisation, whoever follows up has work there.
WITH_AN_ORGANIZATION = {"member", "body_member", *OFFICERS}
FOR_FOLLOW_UP = {"desk/follow-up/": 200, "desk/follow-up/<int:pk>/": 404, "desk/follow-up/<int:pk>/<slug:name>/": 404}


def routes() -> list[str]:
    """The addresses of the desk as the URL configuration writes them."""
    return sorted(
        str(pattern.pattern)
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", [])
        if str(pattern.pattern).startswith("desk/")
    )


def address(route: str, pk: int, key: int = 1) -> str:
    """The address of a route, for the meeting `pk` and something of it, or not of it, with the id `key`."""
    words = {"<int:pk>": pk, "<slug:source>": "organizations", "<slug:name>": "cancel"}
    for part, value in words.items():
        route = route.replace(part, str(value))
    for part in ("key", "item", "invitation", "material_pk", "comment", "number"):
        route = route.replace(f"<int:{part}>", str(key))
    assert "<" not in route, "say what stands for this part of an address"
    return f"/{route}"


def client_for(client_of, role, body):
    return client_of("officer", make.BodyFactory()) if role == "officer_elsewhere" else client_of(role, body)


def test_every_page_of_the_desk_has_its_rule():
    assert {route for route in routes() if not route.startswith(OF_A_MEETING)} == set(OF_NO_MEETING)


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_work_on_a_meeting_finds_none_of_its_pages(client_of, role):
    item = make.AgendaItemFactory(meeting=make.MeetingFactory(announced=True))
    client = client_for(client_of, role, item.meeting.body)
    addresses = [address(route, item.meeting_id, item.pk) for route in routes() if route.startswith(OF_A_MEETING)]

    answers = {(one, ask): getattr(client, ask)(one).status_code for one in addresses for ask in ("get", "post")}

    # 405: an address that is only posted to says so before it looks who asks.
    assert {key: status for key, status in answers.items() if status not in (404, 405)} == {}
    assert not any(answers[one, "post"] == 405 and answers[one, "get"] == 405 for one in addresses)


@pytest.mark.parametrize("role", OTHERS)
def test_the_other_pages_are_refused_to_who_has_no_work_there(client_of, role):
    client = client_for(client_of, role, make.BodyFactory())

    for route, status in OF_NO_MEETING.items():
        wanted = 200 if role in OFFICERS and route in FOR_EVERY_OFFICER else status
        if role in WITH_AN_ORGANIZATION and route == "desk/duties/":
            wanted = 200
        if role == "follow_up_officer":
            wanted = FOR_FOLLOW_UP.get(route, wanted)
        assert {client.get(address(route, 1)).status_code, client.post(address(route, 1)).status_code} <= {wanted, 405}


def test_a_visitor_is_asked_to_sign_in(client_of):
    client = client_of("visitor")

    for route in set(routes()) - {"desk/words.js"}:
        for ask in (client.get, client.post):
            answer = ask(address(route, 1))
            assert answer.status_code in (401, 405) or answer.url.startswith("/accounts/login/"), route


def test_an_officer_works_on_no_meeting_that_is_the_secretariats_alone(client_of):
    meeting = make.MeetingFactory(announced=True, visibility=Visibility.SECRETARIAT, title="نشست بسته")
    officer = client_of("officer", meeting.body)

    assert officer.get(f"/desk/meetings/{meeting.pk}/").status_code == 404
    assert "نشست بسته" not in officer.get("/desk/meetings/").content.decode()
    assert client_of("secretariat").get(f"/desk/meetings/{meeting.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("part", "factory"),
    [
        ("agenda/<int:key>/", make.AgendaItemFactory),
        ("minutes/items/<int:item>/", make.AgendaItemFactory),
        ("materials/<int:material_pk>/", make.MaterialFactory),
        ("invitations/<int:invitation>/", make.InvitationFactory),
        ("attendance/<int:key>/", make.AttendanceFactory),
        ("comments/<int:comment>/", make.CommentFactory),
        ("agenda/<slug:source>/<int:key>/", make.ItemProposalFactory),
    ],
)
def test_what_is_of_another_meeting_is_not_reached_through_ones_own(client_of, part, factory):
    other, own = factory(), make.MeetingFactory(announced=True)
    before = type(other).objects.filter(pk=other.pk).values().get()
    officer = client_of("officer", own.body)
    posted = {"answer": "apologise", "reason": "نفوذ", "title": "نفوذ", "because": "نفوذ", "status": "present"}
    posted |= {"seen": before["version"], "way": "up", "outcome": "noted", "opened_version": before["version"]}

    for route in routes():
        if route.startswith(OF_A_MEETING + part):
            officer.get(address(route, own.pk, other.pk))
            officer.post(address(route, own.pk, other.pk), posted)

    assert type(other).objects.filter(pk=other.pk).values().get() == before
