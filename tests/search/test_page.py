"""The page of a search: what is found, how it is shown, and by whom."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from django.utils.timezone import now

from council_portal.access.audiences import Group
from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.search import finding
from council_portal.search.models import Paragraph
from council_portal.search.terms import refresh_terms
from tests import factories as make
from tests.roles import ROLES

from .pages import PUBLIC, decision, page, words

pytestmark = pytest.mark.django_db


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
    [
        {"q": "۱"},
        {"q": "و در به"},
        {"q": "\x00'\\:*&|!<->"},
        {"q": "نی\x00رو"},
        {"q": "ا" * 5000},
        {"q": "«"},
        {"q": "ماده ۵ ء"},
    ],
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
    "typed",
    [
        "ماده ۵ اساسنامه",
        "ماده 5 اساسنامه",
        "ماده پنج اساسنامه",
        "ماده پنجم اساسنامه شورا",
        "اساسنامه، ماده ۵",
        "اساسنامه شورا ماده پنجم",
    ],
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


@pytest.mark.parametrize("typed", ["؟", "«»", "-", "😀"])
def test_signs_alone_are_said_to_be_no_word(client, typed):
    assert "در این واژه‌ای نیست" in words(page(client, typed))


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


def test_a_mistyped_word_is_guessed_and_can_be_asked_for_exactly(client):
    for _ in range(2):
        make.PersonFactory(family_name="گلستانیان")
    refresh_terms()

    html = page(client, "گلستنیان")

    assert "گلستانیان" in words(html)
    assert "exact=1" in html
    assert "result__title" not in page(client, "گلستنیان", exact="1")


@pytest.mark.parametrize("typed", ["گزراش‌ها", "گزراشات", "گزراش های", "گزراشی", "گزراشهایشان"])
def test_a_mistyped_word_with_an_ending_is_guessed_by_its_stem(client, typed):
    found, _other = decision("گزارش عملکرد"), decision("گزارش")
    refresh_terms()

    assert found.get_absolute_url() in page(client, typed)


def test_the_opposite_is_no_guess(client):
    for _ in range(2):
        decision("کاری که آغازشده است")
    refresh_terms()

    assert "نیز جست‌وجو شد" not in page(client, "آغازنشده")
    assert "«آغازشده» نیز جست‌وجو شد" in words(page(client, "آغازسده"))


def test_an_indefinite_is_no_mistake(client):
    found = decision("تمام تماس‌ها")
    decision("تماس‌ها")
    refresh_terms()

    html = page(client, "تمامی")

    assert "نیز جست‌وجو شد" not in html
    assert found.get_absolute_url() in html


@pytest.mark.parametrize("typed", ["ها", "های", "ترین"])
def test_an_ending_alone_is_no_mistake(client, typed):
    for _ in range(2):
        decision("هما رها جا تریم")
    refresh_terms()

    assert "نیز جست‌وجو شد" not in page(client, typed)


def test_among_several_words_the_one_that_stands_nowhere_is_doubted(client):
    for _ in range(2):
        decision("مصوبات وزارت نیرو")
    refresh_terms()

    html = page(client, "مصبات وزارت نیرو")

    assert "آیا منظورتان" in html
    assert f'href="/search/?{urlencode({"q": "مصوبات وزارت نیرو"})}"' in html
    assert "آیا منظورتان" not in page(client, "مصبات وزارت نیرو", exact="1")


def test_only_a_day_is_a_date_for_machines(client):
    make.MeetingFactory(held=True, held_on=PartialDate.month(1387, 11), title="بهمن", **PUBLIC)
    assert "<time" not in page(client, "بهمن")

    make.MeetingFactory(held=True, held_on=PartialDate.day(1387, 11, 5), title="بهمن", **PUBLIC)
    assert 'datetime="1387' not in page(client, "بهمن")
    assert 'datetime="2009-01-24"' in page(client, "بهمن")


def test_a_guess_is_told_as_a_word_of_its_own_not_as_part_of_a_longer_one(client):
    decision("آموزش صورت‌جلسه‌نویسی")
    refresh_terms()
    assert "«صورت‌جلسه‌نویسی» نیز جست‌وجو شد" in words(page(client, "صورتجسله"))

    decision("متن صورت‌جلسه")

    assert "«صورت‌جلسه» نیز جست‌وجو شد" in words(page(client, "صورتجسله"))


def test_a_mistyped_word_that_may_be_another_with_an_ending_is_guessed_unless_it_stands_somewhere(client):
    for _ in range(2):
        decision("گزارش عملکرد")
    decision("دوره گذار")
    refresh_terms()
    assert "گزارش عملکرد" in words(page(client, "گذارش عملکرد"))

    decision("گذارش به سامانه نو")

    assert "عملکرد" not in words(page(client, "گذارش"))


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
