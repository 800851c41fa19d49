"""The documents of a meeting on paper: what stands in them, who may have them, and that the file is as it should be."""

import io
from urllib.parse import quote

import pikepdf
import pytest
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.issuing.papers import html_of, pdf_of
from council_portal.persian.partial_date import PartialDate
from meetings import papers
from meetings.models import Invitation
from meetings.seats import seats_of
from tests import factories as make

pytestmark = pytest.mark.django_db

EVERYBODY = {"visitor", "former_member", "member", "body_member", "officer", "secretariat", "administrator"}
OF_THE_COUNCIL = {"member", "body_member", "officer", "secretariat"}
OF_THE_BODY = {"body_member", "officer", "secretariat"}
WRITERS = {"officer", "secretariat"}


@pytest.fixture
def held():
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True, venue="تالار نمونه")
    make.AgendaItemFactory(meeting=meeting, position=1, title="گزارش نمونه", discussion="<p>بحث نمونه</p>")
    return meeting


def minutes_html(minutes, user=None) -> str:
    return html_of(papers.minutes_paper(minutes, user=user))


# Who may have them


def address(meeting, kind: str) -> str:
    return f"{meeting.get_absolute_url()}{kind}.pdf"


@pytest.mark.parametrize(
    ("kind", "minutes", "let_in"),
    [
        ("agenda", {}, EVERYBODY),
        ("attendance", {}, OF_THE_BODY),
        ("minutes", {}, WRITERS),
        ("minutes", {"circulated": True}, OF_THE_BODY),
        ("minutes", {"published": True}, OF_THE_COUNCIL),
        ("minutes", {"published": True, "visibility": Visibility.SECRETARIAT}, {"secretariat"}),
    ],
)
def test_who_may_have_a_paper_of_a_meeting(client_of, held, kind, minutes, let_in):
    make.AttendanceFactory(meeting=held)
    make.MinutesFactory(meeting=held, **minutes)

    found = {role for role in EVERYBODY if client_of(role, held.body).get(address(held, kind)).status_code == 200}

    assert found == let_in


@pytest.mark.parametrize("name", ["sign_in", "name_cards", "tent_cards", "letters"])
def test_what_lies_on_the_table_is_for_those_who_run_the_meeting(client_of, name):
    meeting = make.InvitationFactory().meeting

    found = {
        role
        for role in EVERYBODY
        if client_of(role, meeting.body).get(reverse(f"meetings:{name}_file", args=[meeting.pk])).status_code == 200
    }

    assert found == WRITERS


def test_a_paper_of_which_there_is_nothing_is_not_there(client_of):
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True)
    client = client_of("secretariat")

    assert {client.get(address(meeting, kind)).status_code for kind in ("agenda", "minutes", "attendance")} == {404}


def test_a_paper_of_a_planned_meeting_moves_to_its_number(client, held):
    answer = client.get(reverse("meetings:planned_agenda_file", args=[held.pk]))

    assert (answer.status_code, answer.url) == (301, address(held, "agenda"))


def test_a_session_has_its_papers_beside_its_page(client):
    session = make.MeetingFactory(held=True)
    make.AgendaItemFactory(meeting=session)
    planned = make.MeetingFactory(body=session.body, announced=True)
    make.AgendaItemFactory(meeting=planned)

    assert client.get(address(session, "agenda")).status_code == 200
    assert client.get(address(planned, "agenda")).status_code == 200


@pytest.mark.parametrize("kind", ["agenda", "minutes", "attendance"])
def test_the_page_leads_to_its_papers(client_of, held, kind):
    make.AttendanceFactory(meeting=held)
    make.MinutesFactory(meeting=held, published=True)

    page = client_of("secretariat").get(held.get_absolute_url()).text

    assert f'href="{address(held, kind)}"' in page


def test_the_work_on_a_meeting_leads_to_what_is_printed_for_it(client_of):
    meeting = make.InvitationFactory().meeting

    page = client_of("secretariat").get(reverse("meetings:work_overview", args=[meeting.pk])).text

    for name in ("letters", "sign_in", "name_cards", "tent_cards"):
        assert f'href="{reverse(f"meetings:{name}_file", args=[meeting.pk])}"' in page


# What stands in them


def test_minutes_hold_items_discussion_decisions_and_who_owes_what(held):
    item = held.agenda_items.get()
    decision = make.DecisionFactory(meeting=held, agenda_item=item, published=True)
    lead = make.AssignmentFactory(decision=decision)
    html = minutes_html(make.MinutesFactory(meeting=held, published=True, closing="<p>پایان نمونه</p>"))

    for words in ("بسمه", "گزارش نمونه", "بحث نمونه", decision.label, decision.text, lead.organization.name):
        assert words in html
    for words in ("۱۴۰۳/۰۵/۱۱", "تالار نمونه", "با یاد خدا", "پایان نمونه", "رئیس", "دبیر"):
        assert words in html


def test_minutes_count_who_attended_and_name_nobody(held):
    row = make.AttendanceFactory(meeting=held)
    html = minutes_html(make.MinutesFactory(meeting=held, published=True))

    assert "<strong>۱</strong><span>حاضر</span>" in html
    assert row.person.family_name not in html


def test_of_a_closed_item_minutes_say_the_number_and_that_it_is_closed(held):
    closed = make.AgendaItemFactory(meeting=held, position=2, closed=True, title="موضوع محرمانه", discussion="راز")
    make.DecisionFactory(meeting=held, agenda_item=closed, published=True, text="مصوبه محرمانه")
    minutes = make.MinutesFactory(meeting=held, published=True)

    as_issued, as_kept = minutes_html(minutes), minutes_html(minutes, user=make.UserFactory(secretariat=True))

    assert "محرمانه" not in as_issued
    assert "راز" not in as_issued
    assert '<span class="items__number">۲</span>' in as_issued
    assert "موضوع محرمانه" in as_kept


@pytest.mark.parametrize("status", [{}, {"circulated": True}])
def test_minutes_are_marked_as_a_draft_until_they_are_approved(held, status):
    assert papers.minutes_paper(make.MinutesFactory(meeting=held, **status)).is_draft


@pytest.mark.parametrize("status", [{"approved": True}, {"published": True}])
def test_approved_minutes_are_no_draft(held, status):
    assert not papers.minutes_paper(make.MinutesFactory(meeting=held, **status)).is_draft


def test_a_corrigendum_stands_below_what_it_corrects(held):
    corrigendum = make.CorrigendumFactory(minutes=make.MinutesFactory(meeting=held, published=True))

    html = minutes_html(corrigendum.minutes)

    assert html.index("بحث نمونه") < html.index(corrigendum.text)


def test_minutes_name_who_chaired_as_far_as_the_reader_may_know(held):
    chair = make.MembershipFactory(body=held.body, role="chair", person__visibility=Visibility.PUBLIC)
    secretary = make.MembershipFactory(body=held.body, role="secretary", person__visibility=Visibility.SECRETARIAT)

    html = minutes_html(make.MinutesFactory(meeting=held, published=True))

    assert str(chair.person) in html
    assert str(secretary.person) not in html


def test_minutes_of_the_assembly_name_the_board_that_leads_it(held):
    board = make.BodyFactory(kind="board")
    chair = make.MembershipFactory(body=board, role="chair", person__visibility=Visibility.PUBLIC)
    make.MembershipFactory(body=make.BodyFactory(), role="secretary", person__visibility=Visibility.PUBLIC)

    assert papers.signatories(held, user=None) == [("رئیس", str(chair.person)), ("دبیر", "")]


def test_a_planned_agenda_is_a_draft(held):
    planned = make.AgendaItemFactory(meeting=make.MeetingFactory(), minutes_planned=20).meeting

    assert papers.agenda_paper(planned).is_draft
    assert not papers.agenda_paper(held).is_draft
    assert "۲۰ دقیقه" in html_of(papers.agenda_paper(planned, user=make.UserFactory(secretariat=True)))


def test_attendance_names_those_who_came_and_who_stood_for_them(held):
    row = make.AttendanceFactory(meeting=held, status="represented", substitute_name="جانشین نمونه")

    html = html_of(papers.attendance_paper(held, user=make.UserFactory(secretariat=True)))

    assert str(row.person) in html
    assert "جانشین نمونه" in html


@pytest.fixture
def meeting():
    """One that is announced: three members of whom one sends a substitute, and a guest."""
    meeting = make.MeetingFactory(announced=True)
    services = make.MembershipFactory.create_batch(3, body=meeting.body, post="مدیر دبیرخانه")
    sends = {"answer": "substitute", "substitute_name": "جانشین نمونه", "answered_at": meeting.announced_at}
    make.InvitationFactory(meeting=meeting, person=services[0].person, **sends)
    make.InvitationFactory(meeting=meeting, guest=True)
    return meeting


def test_seats_are_the_members_their_substitutes_and_the_guests(meeting):
    seats = seats_of(meeting)

    assert [seat.is_guest for seat in seats] == [False, False, False, True]
    assert [(seat.name, bool(seat.stands_for)) for seat in seats if seat.stands_for] == [("جانشین نمونه", True)]


def test_the_sheet_at_the_door_has_a_row_for_each_and_some_more(meeting):
    html = html_of(papers.sign_in_paper(meeting))

    assert html.count("<tr>") == 1 + 4 + papers.BLANK_ROWS
    assert "به جای" in html


@pytest.mark.parametrize(
    ("paper", "part"), [("name_cards_paper", "card-to-cut__name"), ("tent_cards_paper", "tent__name")]
)
def test_there_is_a_card_for_each(meeting, paper, part):
    html = html_of(getattr(papers, paper)(meeting))

    faces = 1 if paper == "name_cards_paper" else 2
    assert html.count(f'class="{part}"') == faces * 4
    assert html.count("مهمان نمونه") == faces


def test_each_letter_begins_a_page_of_its_own(meeting):
    invitations = Invitation.objects.filter(meeting=meeting).select_related("meeting__body", "person")

    pdf = pikepdf.open(io.BytesIO(pdf_of(papers.letters_paper(invitations))))

    assert len(pdf.pages) == 2


def test_the_letter_is_one_template_on_the_screen_and_on_paper(client_of, meeting):
    page = client_of("secretariat").get(reverse("meetings:work_letters", args=[meeting.pk])).text
    invitations = Invitation.objects.sent().filter(meeting=meeting).select_related("meeting__body", "person__user")

    sheets = html_of(papers.letters_paper(invitations.alphabetical()))

    letter = sheets[sheets.index("<article") : sheets.index("</article>")]
    for on_paper, below_the_bar in (("h2", "h3"), ("h1", "h2")):
        letter = letter.replace(f"<{on_paper} ", f"<{below_the_bar} ").replace(f"</{on_paper}>", f"</{below_the_bar}>")
    assert letter in page


def test_a_name_too_long_for_its_card_is_set_smaller(meeting):
    make.MembershipFactory(body=meeting.body, person__family_name="طباطبایی‌نژاد حسینی‌فرد اصفهانی‌زاده مقدم")

    assert html_of(papers.tent_cards_paper(meeting)).count("tent__name--long") == 2
    assert html_of(papers.name_cards_paper(meeting)).count("card-to-cut__name--long") == 1


def test_one_letter_and_the_readers_own(client, client_of, meeting):
    guest = meeting.invitations.get(person=None)
    invited = meeting.invitations.get(is_guest=False)
    user = make.UserFactory(person=invited.person)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    one = client_of("secretariat").get(reverse("meetings:letter_file", args=[meeting.pk, guest.pk]))
    own = client.get(reverse("meetings:invitation_letter_file", args=[meeting.pk]))

    assert (one.status_code, own.status_code) == (200, 200)
    assert client.get(reverse("meetings:letter_file", args=[meeting.pk, guest.pk])).status_code == 404


def test_an_excerpt_says_what_was_decided_and_where_it_stands(client, settings):
    decision = make.DecisionFactory(published=True, visibility=Visibility.PUBLIC)
    make.AssignmentFactory(decision=decision, organization__name="وزارت نمونه")

    html = html_of(papers.excerpt_paper(decision))
    answer = client.get(reverse("meetings:decision_excerpt_file", args=[decision.reference]))

    for words in (decision.text, decision.label, "وزارت نمونه", settings.PORTAL_URL + decision.get_absolute_url()):
        assert words in html
    assert answer.status_code == 200
    assert quote(f"{decision.label.replace('/', '-')}.pdf") in answer["Content-Disposition"]


# The file


def test_the_file_of_minutes_is_archival_tagged_persian_and_has_its_fonts(held, client_of):
    minutes = make.MinutesFactory(meeting=held, published=True)

    answer = client_of("secretariat").get(address(held, "minutes"))
    pdf = pikepdf.open(io.BytesIO(answer.content))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert (str(pdf.Root.Lang), str(pdf.docinfo.Title)) == ("fa", f"صورت‌جلسه {held}")
    assert pdf.Root.MarkInfo.Marked
    assert len(pdf.pages) == 1
    assert "/OutputIntents" in pdf.Root
    assert list(pdf.attachments) == ["source.html"]
    assert all(is_embedded(font) for page in pdf.pages for font in page.Resources.Font.values())
    assert pdf_of(papers.minutes_paper(minutes)) == pdf_of(papers.minutes_paper(minutes))


def is_embedded(font) -> bool:
    return (
        "/FontFile2" in font.DescendantFonts[0].FontDescriptor or "/FontFile3" in font.DescendantFonts[0].FontDescriptor
    )


def test_a_long_table_has_its_head_again_on_each_page(meeting):
    make.MembershipFactory.create_batch(30, body=meeting.body)

    pdf = pikepdf.open(io.BytesIO(pdf_of(papers.sign_in_paper(meeting))))

    heads = [element for element in pdf.objects if is_element(element, "/THead")]
    assert len(pdf.pages) > 1
    assert len(heads) == len(pdf.pages)


def test_the_heads_of_a_table_say_of_which_cells_they_are(meeting):
    pdf = pikepdf.open(io.BytesIO(pdf_of(papers.sign_in_paper(meeting))))

    heads = [element.A.Scope for element in pdf.objects if is_element(element, "/TH")]
    assert heads.count("/Column") == 5
    assert heads.count("/Row") == len(seats_of(meeting))


def is_element(found, kind: str) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == kind


def test_papers_ask_the_same_of_the_database_however_many_stand_in_them(held, django_assert_max_num_queries):
    for number in range(2, 8):
        item = make.AgendaItemFactory(meeting=held, position=number)
        make.AssignmentFactory(decision=make.DecisionFactory(meeting=held, agenda_item=item, published=True))
    minutes = make.MinutesFactory(meeting=held, published=True)

    with django_assert_max_num_queries(25):
        minutes_html(minutes, user=make.UserFactory(secretariat=True))


def test_the_day_of_a_meeting_that_is_not_recorded_is_not_invented():
    minutes = make.MinutesFactory(meeting=make.MeetingFactory(held=True, held_on=None), published=True)

    assert "ثبت نشده" in minutes_html(minutes)
    assert PartialDate.day(1403, 2, 12) != minutes.meeting.held_on
