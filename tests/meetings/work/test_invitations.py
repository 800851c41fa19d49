import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.notices.models import Mail
from meetings import invitations
from meetings.models import Invitation, Meeting
from tests import factories as make
from tests.jobs import do_jobs, waiting_jobs
from tests.meetings.invited import coming, member
from tests.roles import user_of

pytestmark = pytest.mark.django_db
WORKERS = {"officer": 200, "secretariat": 200}
OTHERS = {"former_member": 404, "member": 404, "body_member": 404, "follow_up_officer": 404, "administrator": 404}
WHEN = "2026-01-01T00:00Z"
POSTED = ["work_invite", "work_add_guest"]
OF_ONE = ["work_send_again", "work_remove_guest"]


def url(name, meeting, *args) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *args])


@pytest.fixture
def meeting():
    return coming()


@pytest.fixture
def invited(meeting) -> Meeting:
    invitations.invite(meeting, by=user_of("secretariat"))
    return meeting


def page(client, meeting, query="") -> str:
    return client.get(url("work_invitations", meeting) + query).content.decode()


# Who


@pytest.mark.parametrize("name", ["work_invitations", "work_letters", "work_answer"])
@pytest.mark.parametrize(("role", "status"), [*WORKERS.items(), *OTHERS.items(), ("visitor", 302)])
def test_the_pages_are_for_those_who_work_on_the_meeting(client_of, invited, name, role, status):
    args = [Invitation.objects.get().pk] if name == "work_answer" else []

    assert client_of(role, invited.body).get(url(name, invited, *args)).status_code == status


@pytest.mark.parametrize("name", [*POSTED, *OF_ONE, "work_answer"])
@pytest.mark.parametrize(("role", "status"), [*OTHERS.items(), ("visitor", 302)])
def test_nobody_else_does_anything_there(client_of, invited, name, role, status):
    args = [] if name in POSTED else [Invitation.objects.get().pk]

    response = client_of(role, invited.body).post(url(name, invited, *args), {"answer": "attend"})

    assert response.status_code == status
    assert Invitation.objects.get().answer == ""


@pytest.mark.parametrize("name", [*POSTED, *OF_ONE])
def test_what_changes_something_is_not_done_by_looking(client_of, invited, name):
    args = [] if name in POSTED else [Invitation.objects.get().pk]

    assert client_of("secretariat").get(url(name, invited, *args)).status_code == 405


def test_the_invitation_of_another_meeting_is_not_found(client_of, invited):
    other = make.InvitationFactory()

    assert client_of("secretariat").get(url("work_answer", invited, other.pk)).status_code == 404


# Inviting


def test_an_officer_invites_with_one_button(client_of, meeting):
    client = client_of("officer", meeting.body)

    response = client.post(url("work_invite", meeting), follow=True)

    assert Invitation.objects.sent().count() == 2
    assert "از ۲ نفر دعوت شد" in response.content.decode()


def test_the_step_names_itself_in_the_history(client_of, meeting):
    client = client_of("officer", meeting.body)
    client.post(url("work_invite", meeting))

    assert "دعوت از اعضا و مهمانان" in client.get(url("work_history", meeting)).content.decode()


def test_inviting_twice_says_that_nobody_was_written_to_twice(client_of, invited):
    response = client_of("secretariat").post(url("work_invite", invited), follow=True)

    assert "دوباره نامه‌ای فرستاده نشد" in response.content.decode()
    assert Mail.objects.count() == 1


def test_a_held_meeting_is_refused_in_words(client_of, meeting):
    Meeting.objects.update(status="held", number=4)

    response = client_of("secretariat").post(url("work_invite", meeting), follow=True)

    assert "دیگر نمی‌توان کسی را دعوت کرد" in response.content.decode()


def test_what_is_past_offers_nobody_to_invite(client_of):
    meeting = coming(-2, announced=False, status="planned")

    assert url("work_invite", meeting) not in page(client_of("secretariat"), meeting)


def test_the_page_says_who_is_still_to_be_invited(client_of, meeting):
    client = client_of("secretariat")
    assert "هنوز کسی دعوت نشده" in page(client, meeting)
    assert "۱ عضو هنوز دعوت نشده" in page(client, meeting)

    invitations.invite(meeting, by=user_of("secretariat"))

    assert "همهٔ اعضا دعوت شده‌اند" in page(client, meeting)


# Guests


def test_a_guest_is_put_on_the_list_and_taken_off(client_of, meeting):
    client = client_of("secretariat")
    client.post(url("work_add_guest", meeting), {"name": "میهمان نمونه", "email": "guest@example.org"})
    guest = Invitation.objects.to_be_sent().get()
    assert "میهمان نمونه" in page(client, meeting)

    client.post(url("work_remove_guest", meeting, guest.pk))

    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({}, "نام مهمان را"),
        ({"name": "میهمان نمونه", "email": "no address"}, "رایانامه"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_what_was_typed_stays(client_of, meeting, typed, complaint):
    response = client_of("secretariat").post(url("work_add_guest", meeting), {"post": "مدیر کل نمونه", **typed})

    text = response.content.decode()
    assert complaint in text
    assert "مدیر کل نمونه" in text
    assert "invalid-feedback" in text
    assert not Invitation.objects.exists()


def test_a_guest_on_the_list_already_is_refused(client_of, meeting):
    client = client_of("secretariat")
    client.post(url("work_add_guest", meeting), {"name": "میهمان نمونه"})

    text = client.post(url("work_add_guest", meeting), {"name": "میهمان نمونه"}).content.decode()

    assert "پیش‌تر در فهرست" in text
    assert Invitation.objects.count() == 1


def test_members_are_not_offered_as_guests(client_of, meeting):
    outsider = make.PersonFactory(family_name="بیرونی")

    options = client_of("secretariat").get(url("work_invitations", meeting)).context["guest_form"].fields["person"]

    assert list(options.queryset) == [outsider]


def test_somebody_who_was_invited_cannot_be_taken_off_the_list(client_of, invited):
    client_of("secretariat").post(url("work_remove_guest", invited, Invitation.objects.get().pk))

    assert Invitation.objects.exists()


# Answers


@pytest.fixture
def answered(meeting):
    make.InvitationFactory(meeting=meeting, person__family_name="حاضر", answer="attend", answered_at=WHEN)
    make.InvitationFactory(
        meeting=meeting,
        person__family_name="غایب",
        answer="apologise",
        reason="مأموریت",
        answered_at=WHEN,
    )
    make.InvitationFactory(
        meeting=meeting,
        person__family_name="فرستنده",
        answer="substitute",
        substitute_name="جانشین نمونه",
        answered_at=WHEN,
    )
    make.InvitationFactory(meeting=meeting, person__family_name="خاموش")
    return meeting


def test_the_counts_and_the_reasons_are_shown(client_of, answered):
    text = page(client_of("officer", answered.body), answered)

    counts = Invitation.objects.counts()
    assert (counts["invited"], counts["attend"], counts["apologise"], counts["substitute"]) == (4, 1, 1, 1)
    assert counts["unanswered"] == 1
    assert "مأموریت" in text
    assert "جانشین نمونه" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?show=unanswered", {"خاموش"}),
        ("?show=attend", {"حاضر"}),
        ("?show=apologise", {"غایب"}),
        ("?show=substitute", {"فرستنده"}),
        ("?show=trouble", set()),
        ("?show=no-such", {"حاضر", "غایب", "فرستنده", "خاموش"}),
    ],
)
def test_the_list_is_narrowed(client_of, answered, query, shown):
    response = client_of("secretariat").get(url("work_invitations", answered) + query)

    assert {row.person.family_name for row in response.context["rows"]} == shown


def test_an_answer_given_by_telephone_is_entered_under_the_clerks_name(client_of, invited):
    client = client_of("secretariat")

    client.post(url("work_answer", invited, Invitation.objects.get().pk), {"answer": "apologise", "reason": "سفر"})

    answer = Invitation.objects.get()
    assert (answer.answer, answer.reason, answer.answered_by.is_secretariat) == ("apologise", "سفر", True)
    assert "ثبت از سوی" in page(client, invited)


def test_an_answer_by_telephone_needs_its_reason_too(client_of, invited):
    address = url("work_answer", invited, Invitation.objects.get().pk)

    response = client_of("secretariat").post(address, {"answer": "apologise"})

    assert "دلیل معذور بودن" in response.content.decode()
    assert Invitation.objects.get().answer == ""


# Letters


def fail_letters(status="failed", error="550 no such user"):
    Mail.objects.update(status=status, error=error)


@pytest.mark.parametrize("status", ["failed", "in_doubt"])
def test_a_letter_in_trouble_is_shown_with_the_servers_words_and_sent_again(client_of, invited, status):
    do_jobs()
    Mail.objects.update(status=status, error="550 no such user", sent_at=None)
    client = client_of("secretariat")
    assert "550 no such user" in page(client, invited, "?show=trouble")

    client.post(url("work_send_again", invited, Invitation.objects.get().pk))

    assert Mail.objects.get().status == Mail.Status.WAITING
    assert waiting_jobs()


def test_a_guests_address_is_corrected_on_the_page(client_of, meeting):
    guest = invitations.add_guest(meeting, name="میهمان", email="wrong@example.org")
    invitations.invite(meeting, by=user_of("secretariat"))
    Mail.objects.update(status="failed", error="550")

    client_of("secretariat").post(url("work_answer", meeting, guest.pk), {"guest_email": "right@example.org"})

    assert Mail.objects.filter(address="right@example.org", status="waiting").exists()


def test_a_letter_for_each_or_for_those_without_mail(client_of, meeting):
    member(meeting, email="")
    invitations.invite(meeting, by=user_of("secretariat"))
    client = client_of("secretariat")

    everybody = client.get(url("work_letters", meeting)).content.decode()
    on_paper = client.get(url("work_letters", meeting) + "?only=paper").content.decode()

    assert everybody.count('<article class="sheet sheet--letter letter"') == 2
    assert on_paper.count('<article class="sheet sheet--letter letter"') == 1


def test_letters_before_anybody_is_invited(client_of, meeting):
    assert "نامه‌ای برای چاپ نیست" in client_of("secretariat").get(url("work_letters", meeting)).content.decode()


@pytest.mark.parametrize("name", ["work_invitations", "work_letters"])
def test_many_cost_no_more_queries_than_one(client_of, meeting, name, django_assert_num_queries):
    client, clerk = client_of("secretariat"), user_of("secretariat")
    invitations.add_guest(meeting, name="میهمان")
    invitations.invite(meeting, by=clerk)
    with CaptureQueriesContext(connection) as for_few:
        client.get(url(name, meeting))
    for n in range(10):
        person = member(meeting, email=f"member-{n}@example.org")
        make.UserFactory(person=person)
    invitations.invite(meeting, by=clerk)
    Invitation.objects.update(answer="attend", answered_at=WHEN, answered_by=clerk)

    with django_assert_num_queries(len(for_few)):
        client.get(url(name, meeting))


def test_letters_are_persian_in_whichever_language_they_are_printed(client_of, meeting):
    invitations.invite(meeting, by=user_of("secretariat"))
    client = client_of("secretariat")
    client.post("/language/", {"language": "en"})

    letters = client.get(url("work_letters", meeting)).content.decode()

    assert '<html lang="fa" dir="rtl">' in letters
    assert "Dear" not in letters
