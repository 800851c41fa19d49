"""The invitation as the person invited has it: its page, its letter, and the links of the mail."""

import re

import pytest
from django.urls import reverse

from council_portal.notices.models import Mail
from meetings import answer_links, holding, invitations
from meetings.models import Invitation, Meeting
from tests import factories as make
from tests.meetings.invited import coming, in_days
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    meeting = coming(title="موضوع نمونه نشست")
    invitations.invite(meeting, by=user_of("secretariat"))
    return Invitation.objects.select_related("meeting__body", "person").get()


@pytest.fixture
def invited(client, invitation):
    """The browser of the person invited."""
    user = make.UserFactory(person=invitation.person)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def own_page(invitation) -> str:
    return reverse("meetings:invitation", args=[invitation.meeting_id])


def link(invitation, answer="attend") -> str:
    return answer_links.address_of(invitation, answer)


def kept() -> tuple:
    given = Invitation.objects.get()
    return given.answer, given.reason, given.substitute_name, given.substitute_post


# Who


@pytest.mark.parametrize("page", ["invitation", "invitation_letter"])
@pytest.mark.parametrize("role", ROLES)
def test_an_invitation_is_its_own_persons_alone(client_of, invitation, role, page):
    client, address = (
        client_of(role, invitation.meeting.body),
        reverse(f"meetings:{page}", args=[invitation.meeting_id]),
    )

    assert client.get(address).status_code == (302 if role == "visitor" else 404)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_answers_for_another(client_of, invitation, role):
    client_of(role, invitation.meeting.body).post(own_page(invitation), {"answer": "attend"})

    assert kept()[0] == ""


def test_a_guest_without_membership_answers_by_their_account(client):
    meeting = coming()
    user = make.UserFactory(person=make.PersonFactory())
    make.InvitationFactory(meeting=meeting, person=user.person, is_guest=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    client.post(reverse("meetings:invitation", args=[meeting.pk]), {"answer": "attend"})

    assert kept()[0] == "attend"


def test_an_invitation_that_is_not_sent_yet_is_not_found(invited, invitation):
    Invitation.objects.update(sent_at=None)

    assert invited.get(own_page(invitation)).status_code == 404


# On the site


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"answer": "attend"}, ("attend", "", "", "")),
        ({"answer": "apologise", "reason": "مأموریت اداری"}, ("apologise", "مأموریت اداری", "", "")),
        (
            {"answer": "substitute", "substitute_name": "جانشین نمونه", "substitute_post": "کارشناس"},
            ("substitute", "", "جانشین نمونه", "کارشناس"),
        ),
    ],
)
def test_one_click_answers_from_the_meetings_page(invited, invitation, posted, expected):
    page = invited.get(invitation.meeting.get_absolute_url()).content.decode()

    response = invited.post(own_page(invitation), posted | {"next": invitation.meeting.get_absolute_url()})

    assert f'action="{own_page(invitation)}"' in page
    assert response.url == invitation.meeting.get_absolute_url()
    assert kept() == expected
    assert Invitation.objects.get().answered_by.person == invitation.person


def test_an_answer_given_at_the_desk_leads_back_to_it(invited, invitation):
    assert f'action="{own_page(invitation)}"' in invited.get("/desk/").content.decode()

    assert invited.post(own_page(invitation), {"answer": "attend", "next": "/desk/"}).url == "/desk/"
    assert f'action="{own_page(invitation)}"' not in invited.get("/desk/").content.decode()


def test_an_answer_leads_to_no_other_site(invited, invitation):
    response = invited.post(own_page(invitation), {"answer": "attend", "next": "https://elsewhere.example.org/"})

    assert response.url == own_page(invitation)


def test_a_reason_is_asked_for_beside_its_field_and_what_was_typed_stays(invited, invitation):
    apology = invited.post(own_page(invitation), {"answer": "apologise", "reason": " "}).content.decode()
    substitute = invited.post(own_page(invitation), {"answer": "substitute", "substitute_post": "کارشناس"})

    assert "دلیل معذور بودن" in apology
    assert 'value="کارشناس"' in substitute.content.decode()
    assert kept()[0] == ""


def test_an_answer_that_there_is_not_is_refused(invited, invitation):
    assert invited.post(own_page(invitation), {"answer": "perhaps"}).status_code == 400


def test_a_meeting_that_is_over_shows_the_answer_and_takes_none(invited, invitation):
    Meeting.objects.update(held_on=in_days(0))
    holding.hold(invitation.meeting, by=user_of("secretariat"))

    page = invited.get(own_page(invitation))
    invited.post(own_page(invitation), {"answer": "attend"})

    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main")[0]
    assert kept()[0] == ""


# By the links of the letter


def test_the_letter_has_a_link_for_each_answer(client, invitation):
    paths = re.findall(r"https?://[^/\s]+(/invitations/\S+)", Mail.objects.get().text)

    assert [path.split("/")[-2] for path in paths] == Invitation.Answer.values
    assert {client.get(path).status_code for path in paths} == {200}


def test_opening_a_link_changes_nothing_and_its_button_does(client, invitation):
    page = client.get(link(invitation, "apologise"))
    assert kept()[0] == ""

    client.post(link(invitation, "apologise"), {"answer": "apologise", "reason": "سفر"})

    assert "answers__choice--asked" in page.content.decode()
    assert kept()[:2] == ("apologise", "سفر")
    assert Invitation.objects.get().answered_by is None


def test_a_link_needs_the_token_of_the_form(invitation):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(link(invitation), {"answer": "attend"}).status_code == 403


def test_a_link_tells_the_facts_of_the_meeting_and_nothing_else(client, invitation):
    make.AgendaItemFactory(meeting=invitation.meeting, title="عنوان بند", visibility="body")
    make.InvitationFactory(meeting=invitation.meeting, person__family_name="دیگری")

    page = client.get(link(invitation)).content.decode()

    assert "تالار نمونه" in page
    assert "عنوان بند" not in page
    assert "دیگری" not in page


def test_whoever_else_is_signed_in_is_not_put_on_record(client_of, invitation):
    client_of("secretariat").post(link(invitation), {"answer": "attend"})

    assert Invitation.objects.get().answered_by is None


@pytest.mark.parametrize(("old", "new"), [("attend", "perhaps"), (".", ".x"), (".", "-")])
def test_a_link_that_was_not_made_here_is_not_found(client, invitation, old, new):
    assert client.get(link(invitation).replace(old, new)).status_code == 404


def test_a_link_of_another_invitation_cannot_be_guessed(client, invitation):
    other = make.InvitationFactory(meeting=invitation.meeting)
    signature = link(invitation).split(".")[1]

    assert client.get(f"/invitations/{other.pk}.{signature}").status_code == 404


@pytest.mark.parametrize("end", ["held", "cancelled"])
def test_a_link_is_over_with_the_meeting(client, invitation, end):
    clerk = user_of("secretariat")
    if end == "held":
        Meeting.objects.update(held_on=in_days(0))
        holding.hold(invitation.meeting, by=clerk)
    else:
        holding.cancel(invitation.meeting, by=clerk, because="تعطیلی")

    page = client.get(link(invitation))
    client.post(link(invitation), {"answer": "attend"})

    assert page.status_code == 410
    assert "تالار نمونه" not in page.content.decode()
    assert kept()[0] == ""


def test_a_page_of_a_link_is_kept_by_nobody(client, invitation):
    assert "no-store" in client.get(link(invitation))["Cache-Control"]


# On paper


def test_the_letter_to_print_has_the_form_of_a_letter(invited, invitation):
    make.AgendaItemFactory(meeting=invitation.meeting, title="گزارش دبیرخانه")

    page = invited.get(reverse("meetings:invitation_letter", args=[invitation.meeting_id])).content.decode()

    assert page.count('<article class="sheet sheet--letter letter"') == 1
    for words in ("بسمه", str(invitation.person), "گزارش دبیرخانه", "تالار نمونه", "با سلام و احترام"):
        assert words in page
