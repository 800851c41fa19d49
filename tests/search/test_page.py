"""The page of a search, its suggestions and its feed: what is found, and by whom."""

import json
import re
from itertools import product
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from django.utils.timezone import now

from council_portal.access.audiences import Group
from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.search import finding
from council_portal.search.asking import telling
from council_portal.search.models import Paragraph
from council_portal.search.terms import refresh_terms
from meetings.models import Decision
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC = {"visibility": Visibility.PUBLIC}


def page(client: Client, q: str = "", **asked) -> str:
    response = client.get("/search/", {"q": q, **asked})
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(strip_tags(html.partition("<main")[2]).split())


def decision(text="خرید سامانه اتوماسیون اداری", **values):
    return make.DecisionFactory(**{"published": True, "text": text, **PUBLIC, **values})


def test_without_words_it_says_what_can_be_found(client):
    assert "چه چیزهایی یافت می‌شود" in page(client)


@pytest.mark.parametrize(
    "typed", ["اتوماسيون اداري", "«سامانه اتوماسیون»", '"سامانه اتوماسیون"', "سامانه‌های اتوماسیون"]
)
def test_a_decision_is_found_however_its_words_are_typed(client, typed):
    found = decision()

    html = page(client, typed)

    assert f'href="{found.get_absolute_url()}"' in html
    assert "<mark>" in html


def test_a_phrase_is_found_as_it_stands(client):
    decision()

    assert "۱ نتیجه" in page(client, "«سامانه اتوماسیون»")
    assert "نتیجه" not in words(page(client, "«اتوماسیون سامانه»")).replace("نتیجه‌ای", "")


ABOUT = ["درباره", "در مورد", "در خصوص", "راجع به", "پیرامون"]


@pytest.mark.parametrize("about", ABOUT)
def test_the_words_may_be_of_what_a_decision_belongs_to(client, about):
    found = decision()
    make.AssignmentFactory(decision=found, organization__name="وزارت نیرو")

    assert found.get_absolute_url() in page(client, f"مصوبات وزارت نيرو {about} اتوماسيون")


def test_what_is_typed_is_shown_as_text(client):
    decision()

    html = page(client, '<script>alert("x")</script> اتوماسیون')

    assert "<script>alert" not in html


def test_a_passage_is_the_original_text(client):
    decision("متن <b>پررنگ</b> درباره کتابخانه‌ها و بایگانی")

    html = page(client, "کتابخانه")

    assert "&lt;b&gt;پررنگ&lt;/b&gt;" in html
    assert "<mark>کتابخانه‌ها</mark>" in html


@pytest.mark.parametrize(
    "asked",
    [{"q": "۱"}, {"q": "و در به"}, {"q": "\x00'\\:*&|!<->"}, {"q": "نی\x00رو"}, {"q": "ا" * 5000}, {"q": "«"}],
)
@pytest.mark.parametrize("more", [{}, {"year": "abc"}, {"meeting": "9" * 30}, {"kind": "x"}, {"status": "'"}])
def test_whatever_is_asked_is_answered(client, asked, more):
    assert client.get("/search/", asked | more).status_code == 200
    assert client.get("/search/suggest/", asked | more).status_code == 200
    assert client.get("/search/feed/", asked | more).status_code == 200


@pytest.mark.parametrize("number", ["0", "x", "99", "9" * 30])
def test_a_page_that_there_is_not(client, number):
    decision()

    assert client.get("/search/", {"q": "اتوماسیون", "page": number}).status_code == 404


def test_a_search_is_only_asked_for(client):
    assert client.post("/search/").status_code == 405


def test_nothing_found_is_said(client):
    html = page(client, "ناموجود")

    assert "در هیچ متنی که برای شما خواندنی باشد «ناموجود» نیست." in words(html)


def test_where_nothing_is_found_what_is_found_without_one_word_is_said(client):
    decision()
    decision("بایگانی اداری")

    html = page(client, "اتوماسیون بایگانی ناموجود")
    other = page(client, "اتوماسیون بایگانی")

    assert "بدون" not in words(html)
    assert "بدون «بایگانی» (۱ نتیجه)" in words(other)
    assert "بدون «اتوماسیون» (۱ نتیجه)" in words(other)


def test_what_is_left_out_is_shown_as_it_was_typed(client):
    decision("بایگانی کتاب‌های اداری")
    decision("خرید ۸۷ دستگاه")

    html = page(client, "کتاب‌هاي 87")

    assert "بدون «۸۷» (۱ نتیجه)" in words(html)
    assert "بدون «کتاب‌های» (۱ نتیجه)" in words(html)


def test_quotation_marks_are_not_doubled(client):
    assert "«بایگانی ۸۷» نیست" in words(page(client, "«بایگانی 87»"))


@pytest.mark.parametrize("more", [{"year": "abc"}, {"kind": "zzz"}, {"status": "zzz"}])
def test_what_there_is_not_is_no_words_of_a_filter(client, more):
    html = page(client, "اتوماسیون", **more)

    assert "نامعلوم" in words(html)
    assert not {"abc", "zzz"}.intersection(words(html).split())


def test_one_thing_found_by_its_name_is_counted(client):
    found = decision("متن")

    html = page(client, found.label)

    assert "۱ نتیجه" in words(html)
    assert html.count('class="result"') == 1
    assert "/search/feed/?q=" in html.partition("<main")[2]
    assert "order=date" in html


@pytest.mark.parametrize(
    "typed", ["ماده ۵ اساسنامه", "ماده 5 اساسنامه", "ماده پنج اساسنامه", "ماده پنجم اساسنامه شورا"]
)
def test_an_article_by_its_name_is_that_of_the_edition_in_force(client, typed):
    document = make.DocumentFactory(kind="bylaws", title="اساسنامه شورا", **PUBLIC)
    days = {1: PartialDate.year(1390), 2: PartialDate.year(1395), 3: PartialDate.year(1500)}
    for number, day in days.items():
        edition = make.EditionFactory(document=document, number=number, in_force_from=day)
        make.ArticleFactory(edition=edition, number=5, text="<p>عضویت</p><p>شرایط</p>")
        make.ArticleNoteFactory(article__edition=edition, article__number=6, text="<p>ماده ۵ اساسنامه</p>")
        edition.published_at = now()
        edition.save()

    first = page(client, typed).partition("</h3>")[0]

    assert f"/publications/{document.slug}/editions/2/#article-5" in first


def test_words_that_stand_everywhere_are_not_looked_for(client):
    decision("و در به از")

    assert "واژه‌ای بیفزایید" in words(page(client, "و در به"))


def test_results_are_counted_as_things_and_come_in_pages(client):
    for _ in range(12):
        decision()

    first, second = page(client, "اتوماسیون"), page(client, "اتوماسیون", page=2)

    assert "۱۲ نتیجه" in first
    assert (first.count('class="result"'), second.count('class="result"')) == (10, 2)
    assert page(client, "اتوماسیون", page="۲").count('class="result"') == 2


def test_of_a_very_common_word_the_newest_are_ranked(client, monkeypatch):
    monkeypatch.setattr(finding, "COMMON", 0)
    monkeypatch.setattr(finding, "NEWEST", 4)
    for year in range(1390, 1402):
        decision(meeting__held_on=PartialDate.day(year, 1, 20))

    html = page(client, "اتوماسیون", kind="decision")

    assert "تازه‌ترین‌ها از میان بیش از" in html
    assert "۱۴۰۱" in html
    assert "۱۳۹۰" not in html
    assert "۱۳۹۰" in page(client, "اتوماسیون", year="1390")


def test_of_a_common_word_older_matches_are_found_where_the_newest_rows_have_too_few(client, monkeypatch):
    monkeypatch.setattr(finding, "COMMON", 0)
    monkeypatch.setattr(finding, "VERY_COMMON", 0)
    monkeypatch.setattr(finding, "NEWEST", 2)
    monkeypatch.setattr(finding, "SPARE", 0.1)
    for year in range(1380, 1402):
        decision("بایگانی" if year < 1384 else "اتوماسیون", title="نام", meeting__held_on=PartialDate.day(year, 1, 20))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE search_paragraph ALTER day SET STATISTICS 5")
        cursor.execute("ANALYZE search_paragraph")

    html = page(client, "بایگانی", kind="decision")

    assert ("۱۳۸۳" in html, "۱۳۸۲" in html, "۱۳۸۱" in html) == (True, True, False)


def test_newest_first(client):
    old = decision(meeting__held_on=PartialDate.day(1390, 1, 20))
    new = decision("اتوماسیون", meeting__held_on=PartialDate.day(1402, 1, 20), title="نام")

    html = page(client, "اتوماسیون", order="date")

    assert html.index(new.get_absolute_url()) < html.index(old.get_absolute_url())


def test_newest_first_goes_by_the_date_that_is_shown(client):
    old = decision(meeting__held_on=PartialDate.day(1390, 1, 20))
    new = decision(meeting__held_on=PartialDate.day(1402, 1, 20))
    make.FollowUpFactory(assignment__decision=old, text="اتوماسیون")

    html = page(client, "اتوماسیون", order="date")

    assert html.index(new.get_absolute_url()) < html.index(old.get_absolute_url())


def test_facets_narrow_by_each_choice_and_count_what_it_leaves(client):
    one = decision(meeting__held_on=PartialDate.day(1402, 1, 20))
    decision(meeting=one.meeting)
    decision(meeting__held_on=PartialDate.day(1390, 1, 20))
    make.MaterialFactory(title="اتوماسیون", meeting=one.meeting, **PUBLIC)

    html = page(client, "اتوماسیون", kind="decision")

    assert "۳ نتیجه" in html
    assert choice(html, "۱۴۰۲") == "۲"
    assert choice(html, "۱۳۹۰") == "۱"
    assert choice(html, "مطالب") == "۱"
    assert "۲ نتیجه" in page(client, "اتوماسیون", kind="decision", year="1402")
    assert "۲ نتیجه" in page(client, "اتوماسیون", kind="decision", year="۱۴۰۲")
    assert "۳ نتیجه" in page(client, "اتوماسیون", body=one.meeting.body.slug)


def choice(html: str, label: str) -> str:
    """The count beside a choice."""
    after = html.partition(f"<span>{label}</span>")[2]
    return strip_tags(after.partition("</a>")[0]).strip()


def test_organisation_and_status(client):
    assignment = make.AssignmentFactory(decision=decision(), status="done")
    make.AssignmentFactory(decision=decision())
    slug = assignment.organization.slug

    html = page(client, "اتوماسیون", organization=slug, status="done")

    assert "۱ نتیجه" in html
    assert assignment.decision.get_absolute_url() in html
    assert "هیچ" in words(page(client, "اتوماسیون", organization=slug, status="stopped"))


def test_a_status_is_that_of_the_chosen_organisations_part(client):
    done, late = decision(), decision()
    ours = make.OrganizationFactory(name="وزارت نیرو", slug="energy")
    other = make.OrganizationFactory(name="وزارت نفت", slug="petroleum")
    for one, our_status, other_status in ((done, "done", "stopped"), (late, "stopped", "done")):
        make.AssignmentFactory(decision=one, organization=ours, status=our_status)
        make.AssignmentFactory(decision=one, organization=other, role="support", status=other_status)

    html = page(client, "اتوماسیون", organization="energy", status="done")

    assert done.get_absolute_url() in html
    assert late.get_absolute_url() not in html
    assert [choice(html, name) for name in ("وزارت نیرو", "وزارت نفت", "انجام‌شده", "متوقف‌شده")] == ["۱"] * 4
    assert choice(page(client, "اتوماسیون", status="done"), "وزارت نفت") == "۱"
    assert choice(page(client, "اتوماسیون", organization="energy"), "متوقف‌شده") == "۱"
    assert choice(page(client, "اتوماسیون"), "متوقف‌شده") == "۲"


def test_inside_one_meeting(client):
    here, elsewhere = decision(), decision()

    html = page(client, "اتوماسیون", meeting=here.meeting_id)

    assert here.get_absolute_url() in html
    assert elsewhere.get_absolute_url() not in html
    assert str(here.meeting) in html


@pytest.mark.parametrize("typed", ["۱۳۸۷/۱۱", "1387/11", "بهمن ۱۳۸۷", "بهمن ۸۷", "بهمن‌ماه 87"])
def test_a_typed_date_leads_to_its_meetings(client, typed):
    meeting = make.MeetingFactory(held=True, held_on=PartialDate.month(1387, 11))
    make.MeetingFactory(held=True, held_on=PartialDate.month(1387, 12))

    html = page(client, typed)

    assert html.index("result__title") < html.index(meeting.get_absolute_url())


@pytest.mark.parametrize(
    ("role", "status", "is_found"),
    [
        ("visitor", "announced", True),
        ("visitor", "planned", False),
        ("member", "planned", False),
        ("secretariat", "planned", True),
    ],
)
def test_a_day_that_a_meeting_left_leads_to_it_as_in_the_calendar(client_of, role, status, is_found):
    meeting = make.MeetingFactory(status=status, held_on=PartialDate.day(1405, 9, 17))
    meeting.held_on = PartialDate.day(1405, 10, 2)
    meeting.save()
    meeting.status = "announced"
    meeting.save()

    assert (meeting.get_absolute_url() in page(client_of(role), "۱۷ آذر ۱۴۰۵")) == is_found


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۴/۶/۱۸",
        "1404-06-18",
        "۱۸ شهریور ۱۴۰۴",
        "مورخ ۱۴۰۴/۶/۱۸",
        "در تاریخ ۱۸ شهریور ۱۴۰۴",
        "مورخه سه‌شنبه ۱۸ شهریور ۱۴۰۴",
    ],
)
def test_a_typed_day_leads_to_its_meeting_first(client, typed):
    month = make.MeetingFactory(held=True, held_on=PartialDate.month(1404, 6))
    meeting = make.MeetingFactory(held=True, held_on=PartialDate.day(1404, 6, 18))
    make.MaterialFactory(meeting=meeting, title="۱۴۰۴/۶/۱۸، ۱۸ شهریور ۱۴۰۴", **PUBLIC)

    html = page(client, typed)

    assert meeting.get_absolute_url() in html.partition("</h3>")[0]
    assert month.get_absolute_url() in html.partition("</h3>")[2].partition("</h3>")[0]


@pytest.mark.parametrize("typed", ["اجلاس شماره ۱۳", "صورت‌جلسه شماره 13", "صورتجلسه اجلاس شمارهٔ ۱۳", "اجلاس درباره ۱۳"])
def test_number_before_a_number_says_nothing(client, typed):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), number=13)
    make.MaterialFactory(meeting=meeting, title="شماره صورت‌جلسه اجلاس ۱۳", **PUBLIC)

    assert f'href="{meeting.get_absolute_url()}"' in page(client, typed).partition("</h3>")[0]


def test_who_asks_for_what_stands_on_a_meetings_page_is_led_to_the_meeting(client):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), number=4)
    make.MaterialFactory(meeting=make.MeetingFactory(held=True), title="میزبان اجلاس چهارم", **PUBLIC)

    for typed in ("میزبان اجلاس چهارم", "دستور جلسه اجلاس ۴"):
        assert meeting.get_absolute_url() in page(client, typed).partition("</h3>")[0]


@pytest.mark.parametrize("typed", ["مصوبات اجلاس بیست و ششم", "مصوبات بیست‌وششمین اجلاس", "مصوبات اجلاس شماره ۲۶"])
def test_a_kind_before_the_name_of_a_meeting_means_that_kind(client, typed):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), number=26, **PUBLIC)
    shown, hidden = [decision(meeting=meeting, visibility=one) for one in (Visibility.PUBLIC, Visibility.MEMBERS)]
    make.MaterialFactory(meeting=meeting, title="مصوبات اجلاس ۲۶، مصوبات بیست و ششمین اجلاس", **PUBLIC)

    html = page(client, typed)

    assert shown.get_absolute_url() in html.partition("</h3>")[0]
    assert hidden.get_absolute_url() not in html


def test_what_leads_up_to_a_name_or_number_says_nothing(client):
    person = make.PersonFactory(given_name="شیرین", family_name="گلستانیان")
    found = decision()
    number = found.label.rpartition("/")[2]

    for typed in ("خانم گلستانیان", "سرکار خانم شیرین گلستانیان", "آقای گلستانیان", "جناب آقای گلستانیان"):
        assert person.get_absolute_url() in page(client, typed).partition("</h3>")[0]
    assert found.get_absolute_url() in page(client, f"مصوبه شماره {number}").partition("</h3>")[0]
    assert "result__title" not in page(client, "«آقای گلستانیان»")


@pytest.mark.parametrize("typed", ["شماره", "مورخ", "آقای", "خانم ها", "تاریخ شورا", "شماره نامه"])
def test_words_that_lead_up_to_nothing_are_looked_for(typed):
    assert telling(typed) == typed


def test_a_decisions_reference_leads_to_it(client):
    found, other = decision("متن"), decision("متنی که از اولی یاد می‌کند")
    other.text = f"متن {found.label}"

    for typed in (found.reference, found.label, found.label.replace("/", " / ")):
        html = page(client, typed)
        assert found.get_absolute_url() in html.partition("</h3>")[0]


@pytest.mark.parametrize(
    "typed",
    ["بیست و یکمین اجلاس", "اجلاس بيست و يكم", "اجلاس 21", "صورتجلسه اجلاس بیست‌ویکم", "صورت جلسه بیست و یکمین اجلاس"],
)
def test_a_meeting_by_its_name_stands_before_what_speaks_of_it(client, typed):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), number=21)
    make.EditionFactory(published=True, document__title="گزارش بیست و یکمین اجلاس؛ صورت‌جلسه بیست و یکمین اجلاس")
    make.MaterialFactory(meeting=meeting, title="صورت‌جلسه بیست و یکمین اجلاس (اجلاس ۲۱)", **PUBLIC)

    first = page(client, typed).partition("</h3>")[0]

    assert f'href="{meeting.get_absolute_url()}"' in first


def test_a_person_and_an_organisation_by_their_name_stand_first(client):
    organization = make.OrganizationFactory(name="وزارت نیرو")
    person = make.PersonFactory(given_name="شیرین", family_name="گلستانیان")
    for number in range(3):
        make.MeetingFactory(held=True, host=organization, title=f"شیرین گلستانیان در وزارت نیرو {number}")

    assert organization.get_absolute_url() in page(client, "وزارت نيرو").partition("</h3>")[0]
    assert person.get_absolute_url() in page(client, "شيرين گلستانيان").partition("</h3>")[0]


def test_a_mistyped_word_is_guessed_and_can_be_asked_for_exactly(client):
    for _ in range(2):
        make.PersonFactory(family_name="گلستانیان")
    refresh_terms()

    html = page(client, "گلستنیان")

    assert "گلستانیان" in words(html)
    assert "exact=1" in html
    assert "result__title" not in page(client, "گلستنیان", exact="1")


def test_for_a_word_of_the_language_that_stands_nowhere_others_are_offered_as_links(client):
    for _ in range(2):
        decision("نصیری")
        decision("نصیرا", visibility=Visibility.MEMBERS)
    refresh_terms()

    html = page(client, "نصیر")

    assert "result__title" not in html
    assert re.findall(r'<li><a href="[^"]*">(نصیر\w)</a>', html) == ["نصیری"]


@pytest.mark.parametrize("asked", [{"kind": "person"}, {"year": "1380"}])
def test_a_word_that_stands_somewhere_is_not_doubted_where_a_part_is_searched(client, asked):
    make.PersonFactory(family_name="گلستانیان", given_name="گلستان")
    for _ in range(2):
        decision("نصیری")
        decision("نصیر")
        decision("گلستانیانی")
    refresh_terms()

    for typed in ("نصیر", "گلستانیانی"):
        assert "آیا منظورتان" not in page(client, typed, **asked)


def test_a_guess_gives_no_closed_word_away(client):
    for _ in range(2):
        make.PersonFactory(family_name="گلستانیان", visibility=Visibility.MEMBERS)
    refresh_terms()

    assert "گلستانیان" not in page(client, "گلستنیان")


@pytest.mark.parametrize("role", ROLES)
def test_nobody_learns_of_what_is_closed_to_them(client_of, role):
    closed = make.OrganizationFactory(name="سازمان نهان", **{"visibility": Visibility.MEMBERS})
    shown = decision()
    make.AssignmentFactory(decision=shown, organization=closed, status="stopped")
    hidden = decision("اتوماسیون محرمانه", visibility=Visibility.MEMBERS, title="نام نهان")
    may_read = role in {"member", "body_member", "officer", "follow_up_officer", "secretariat"}
    client = client_of(role, make.BodyFactory())

    html = page(client, "اتوماسیون")
    suggested = client.get("/search/suggest/", {"q": "نام نهان"}).content.decode()

    assert shown.get_absolute_url() in html
    assert (hidden.get_absolute_url() in html) == may_read
    assert ("۲ نتیجه" in html) == may_read
    assert "سازمان نهان" not in html
    assert (shown.get_absolute_url() in page(client, "سازمان نهان")) == may_read
    assert (hidden.get_absolute_url() in suggested) == may_read


def test_what_not_everybody_may_read_says_so(client_of):
    body = make.BodyFactory()
    meeting = make.MeetingFactory(body=body, held=True)
    make.AgendaItemFactory(meeting=meeting, title="خرید بسته", visibility=Visibility.SECRETARIAT)
    make.AgendaItemFactory(meeting=meeting, title="خرید باز")
    make.DecisionFactory(meeting=meeting, title="خرید پیش‌نویس", **PUBLIC)

    def seen_by(role: str) -> str:
        html = page(client_of(role, body), "خرید")
        return " ".join(strip_tags(html.partition('<ol class="results">')[2].partition("</ol>")[0]).split())

    assert f"خرید بسته {Group.SECRETARIAT.label}" in seen_by("secretariat")
    assert f"خرید باز {Group.SECRETARIAT.label}" not in seen_by("secretariat")
    assert f"{Group.OFFICERS.label} مصوبه" in seen_by("officer")
    assert "خرید بسته" not in seen_by("officer")
    assert [str(Group.OFFICERS.label) in seen_by(role) for role in ("body_member", "visitor")] == [False, False]


def test_what_the_index_shows_by_mistake_is_shown_to_nobody(client):
    hidden = decision(visibility=Visibility.MEMBERS)
    Paragraph.objects.update(readers="public")

    assert hidden.get_absolute_url() not in page(client, "اتوماسیون")


def test_names_are_suggested(client):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), number=13)

    answer = client.get("/search/suggest/", {"q": "سیزدهمین اج"})

    suggested = json.loads(answer.content)["suggestions"]
    assert suggested[0] == {
        "title": "سیزدهمین اجلاس",
        "kind": "نشست",
        "url": meeting.get_absolute_url(),
    }
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(client.get("/search/suggest/", {"q": "س"}).content)["suggestions"] == []


def test_a_part_is_suggested_by_its_own_name_and_alike_ones_once(client):
    years = {number: PartialDate.year(1400 + number) for number in (1, 2, 3)}
    meetings = [make.MeetingFactory(held=True, number=number, held_on=year) for number, year in years.items()]
    for meeting in meetings:
        make.AgendaItemFactory(meeting=meeting, title="بررسی مصوبه‌های باز")

    [one] = client.get("/search/suggest/", {"q": "بررسی مصو"}).json()["suggestions"]

    assert (one["title"], one["kind"]) == ("بررسی مصوبه‌های باز", f"بند دستور جلسه · {meetings[-1]}")


def suggested(client: Client, q: str) -> list[str]:
    return [one["title"] for one in client.get("/search/suggest/", {"q": q}).json()["suggestions"]]


def test_words_are_completed_as_texts_have_them(client):
    decision("مسئولان مکاتبات اداری")
    decision("مکاتبات محرمانه", visibility=Visibility.MEMBERS)
    refresh_terms()

    assert suggested(client, "مسؤو") == ["مسئولان"]
    assert suggested(client, "مسئولان مکا") == ["مسئولان مکاتبات"]
    assert suggested(client, "محرما") == []
    assert suggested(client, "مکاتبات ادا") == ["مکاتبات اداری"]
    assert suggested(client, "مسئولان محر") == []


@pytest.mark.parametrize("role", ROLES)
def test_no_closed_word_is_completed(client_of, role):
    body = make.BodyFactory()
    user, meeting = user_of(role, body), make.MeetingFactory(body=body, held=True)
    secrets = {}
    for end, (visibility, is_open) in zip("بپتجچخدذ", product(Visibility.values, [True, False]), strict=True):
        decision = make.DecisionFactory(meeting=meeting, published=is_open, text=f"کلام{end}", visibility=visibility)
        secrets[decision] = f"کلام{end}"
    refresh_terms()
    client = Client()
    if user:
        client.force_login(user, ACCOUNTS)

    offered = {word for begun in ("کلام", *secrets.values()) for word in suggested(client, begun)}

    may_read = Decision.objects.visible_to(user)
    assert offered <= {secret for decision, secret in secrets.items() if decision in may_read}
    assert bool(offered) == may_read.exists()


def test_the_feed_of_a_search_holds_what_a_visitor_finds(client_of):
    shown, hidden = decision(), decision(visibility=Visibility.MEMBERS)

    feed = ElementTree.fromstring(client_of("secretariat").get("/search/feed/", {"q": "اتوماسیون"}).content)

    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.iter(f"{ATOM}entry")]
    assert [link.endswith(shown.get_absolute_url()) for link in links] == [True]
    assert not any(link.endswith(hidden.get_absolute_url()) for link in links)
    assert "q=" in feed.find(f"{ATOM}id").text


def test_a_feed_keeps_its_id_when_what_it_asks_for_gets_another_address(client):
    def id_of(body: str, organization: str) -> str:
        asked = {"q": "خرید", "body": body, "organization": organization}
        return ElementTree.fromstring(client.get("/search/feed/", asked).content).find(f"{ATOM}id").text

    body, organization = make.BodyFactory(slug="old"), make.OrganizationFactory(slug="old")
    before = id_of("old", "old")
    for record in (body, organization):
        record.slug = "new"
        record.save()

    assert id_of("new", "new") == before
    assert id_of("new", "") != before


def test_a_feed_is_called_after_all_that_is_asked(client):
    feed = ElementTree.fromstring(
        client.get("/search/feed/", {"q": "خرید 87", "kind": "decision", "year": "1404"}).content
    )

    assert feed.find(f"{ATOM}title").text == "جست‌وجو: خرید ۸۷، مصوبات، سال ۱۴۰۴"


def test_the_number_of_queries_does_not_grow_with_what_is_found(client):
    decision()
    few = queries_for(client)
    for _ in range(8):
        make.AssignmentFactory(decision=decision())

    assert queries_for(client) <= few + 1  # the organisations' names


def queries_for(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, "اتوماسیون")
    return len(queries)


@pytest.mark.parametrize("address", ["/about/", "/admin/"])
def test_every_page_has_the_box(client_of, address):
    html = client_of("secretariat").get(address).content.decode()

    assert '<form class="search-box" role="search" action="/search/" method="get">' in html


def test_a_meeting_a_body_and_a_year_can_be_searched_alone(client):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), **PUBLIC)
    make.AgendaItemFactory(meeting=meeting)
    session = make.MeetingFactory(held=True)
    year = PartialDate.from_date(meeting.held_on.first).year

    assert f'name="meeting" value="{meeting.pk}"' in client.get(meeting.get_absolute_url()).content.decode()
    assert f'name="body" value="{session.body.slug}"' in client.get(session.body.get_absolute_url()).content.decode()
    archive = client.get("/meetings/").content.decode()
    assert 'name="body" value="assembly"' in archive
    assert f'href="/search/?body=assembly&amp;year={year}"' in archive
    assert f'name="year" value="{year}"' in page(client, "", year=year)
