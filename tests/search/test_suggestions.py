"""What is suggested narrows with every letter, and is nothing that its reader may not open."""

import json
from itertools import product

import pytest
from django.test import Client
from django.utils.timezone import now

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.search.indexing import index_all_noted
from council_portal.search.terms import refresh_terms
from meetings.models import Decision
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.roles import ROLES, user_of

from .pages import PUBLIC, decision, suggested

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    document = make.DocumentFactory(kind="bylaws", title="اساسنامه شورا", **PUBLIC)
    edition = make.EditionFactory(document=document, number=1, in_force_from=PartialDate.year(1390))
    article = make.ArticleFactory(edition=edition, number=5, heading="عضویت", text="<p>متن</p>")
    edition.published_at = now()
    edition.save()
    return article


def test_what_has_the_begun_word_is_suggested_and_nothing_else(client):
    for name in ("وزارت نفت", "وزارت کشور", "وزارت دادگستری", "وزارت نیرو"):
        make.OrganizationFactory(name=name)

    assert suggested(client, "وزارت ني") == ["وزارت نیرو"]
    assert set(suggested(client, "وزارت ن")) == {"وزارت نیرو", "وزارت نفت"}


def test_what_has_another_name_is_suggested_by_that(client, assembly):
    make.MeetingFactory(body=assembly, held=True, number=8, title="یک سال پس از اساسنامه", **PUBLIC)
    energy = make.OrganizationFactory(name="وزارت نیرو")
    energy.other_names.create(name="وزارت آب و برق")
    index_all_noted()

    for typed in ("یک سال پس", "یک سال پس از اساسنامه", "پس از اساسنامه"):
        assert suggested(client, typed)[0] == "هشتمین اجلاس"
    assert suggested(client, "وزارت آب")[0] == "وزارت نیرو"


def test_names_with_the_words_as_they_are_typed_come_first(client):
    for name in ("ستاد نیروهای مسلح", "شرکت تولید نیروی برق", "وزارت نیرو"):
        make.OrganizationFactory(name=name)
    body, other = make.BodyFactory(name="کمیته آموزش"), make.BodyFactory(name="کمیته پیگیری")
    make.MeetingFactory(body=other, announced=True, held_on=PartialDate.day(1405, 9, 14), **PUBLIC)
    make.MeetingFactory(body=body, held=True, number=14, held_on=PartialDate.day(1399, 2, 3), **PUBLIC)

    assert suggested(client, "نیرو")[0] == "وزارت نیرو"
    assert suggested(client, "جلسه ۱۴")[0].startswith("جلسه ۱۴ ")


@pytest.mark.parametrize("typed", ["وزا", "وزار", "وزارت"])
def test_a_last_word_is_not_taken_apart_while_it_is_typed(client, typed):
    make.OrganizationFactory(name="وزارت نیرو")
    make.OrganizationFactory(name="موسسه زارع")

    assert suggested(client, typed) == ["وزارت نیرو"]


def test_a_first_letter_may_have_its_madd_or_not(client):
    for name in ("اساسنامه شورا", "آسان‌سازی خدمات"):
        make.OrganizationFactory(name=name)

    assert set(suggested(client, "اسا")) == {"اساسنامه شورا", "آسان‌سازی خدمات"}
    assert suggested(client, "آسا") == ["آسان‌سازی خدمات"]


@pytest.mark.parametrize("typed", ["صورت‌ج", "دبیرخانه‌ه", "سه‌گ", "قلمبه‌وز"])
def test_of_a_word_with_a_half_space_all_is_looked_for(client, typed):
    for name in ("صورت‌جلسه‌نویسی", "دبیرخانه‌های قوا", "دادگاه سه گانه"):
        make.OrganizationFactory(name=name)
    for name in ("وزارت جهاد", "هواپیمایی کشوری", "سه کارخانه و گلستان"):
        make.OrganizationFactory(name=name)

    wanted = {"صورت‌ج": ["صورت‌جلسه‌نویسی"], "دبیرخانه‌ه": ["دبیرخانه‌های قوا"], "سه‌گ": ["دادگاه سه گانه"]}
    assert suggested(client, typed) == wanted.get(typed, [])


def test_a_name_is_suggested_by_its_own_words_not_by_those_of_what_it_belongs_to(client, assembly):
    meeting = make.MeetingFactory(held=True, body=assembly, number=21, held_on=PartialDate.day(1404, 5, 25))
    make.AgendaItemFactory(meeting=meeting, title="بررسی ۲۵ پیشنهاد")
    make.AgendaItemFactory(meeting=meeting, title="بررسی مصوبات")

    assert suggested(client, "بررسی ۲") == ["بررسی ۲۵ پیشنهاد"]


@pytest.mark.parametrize("typed", ["صورتجلسه ۲۵", "صورت جلسه ۲۵", "صورت‌جلسه ۲۵", "صورتجلسه 25", "صورتجلسه اج"])
def test_a_meeting_is_suggested_to_who_asks_for_its_minutes(client, assembly, typed):
    make.MeetingFactory(held=True, body=assembly, number=25, held_on=PartialDate.day(1404, 7, 20))
    make.MaterialFactory(title="راهنمای صورت‌جلسه‌نویسی", **PUBLIC)

    assert suggested(client, typed)[0] == "بیست و پنجمین اجلاس"


@pytest.mark.parametrize("typed", ["۱۴۰۵/۹", "1405-09", "آذر ۱۴۰۵", "۱۷ آذر ۱۴۰۵"])
def test_a_date_suggests_its_meetings(client, assembly, typed):
    make.MeetingFactory(held=True, body=assembly, number=2, held_on=PartialDate.day(1405, 9, 17))
    make.MeetingFactory(held=True, body=assembly, number=1, held_on=PartialDate.day(1405, 8, 17))

    assert suggested(client, typed) == ["دومین اجلاس"]


@pytest.mark.parametrize("typed", ["ماده ۵", "ماده 5", "ماده پنج", "ماده ۵ اسا", "ماده ۵ اساسنامه"])
def test_an_article_is_suggested_by_its_number(client, article, typed):
    assert suggested(client, typed) == [f"{article.name} – عضویت"]
    assert suggested(client, "ماده ۵ منش") == []


@pytest.mark.parametrize("typed", ["نامه هاي", "نامه‌های", "نامه‌هاي وار", "نامه ها"])
def test_letters_and_half_spaces_may_be_typed_in_any_way(client, typed):
    make.AgendaItemFactory(title="ثبت نامه‌های وارده", meeting__held=True)

    assert suggested(client, typed)[0] == "ثبت نامه‌های وارده"


def test_a_title_is_suggested_once(client):
    meeting = make.MeetingFactory(held=True, **PUBLIC)
    make.AgendaItemFactory(meeting=meeting, title="خرید رایانه", discussion="<p>متن</p>")
    make.MinutesFactory(meeting=meeting, published=True, **PUBLIC)
    make.MaterialFactory(meeting=meeting, title="خرید رایانه", **PUBLIC)

    assert suggested(client, "خرید را").count("خرید رایانه") == 1


def test_what_an_organisation_has_is_suggested_while_its_name_is_typed(client):
    owed = decision("متن", title="خرید سامانه")
    make.AssignmentFactory(decision=owed, organization__name="وزارت نیرو")

    assert suggested(client, "مصوبات وزارت نی") == [f"مصوبه {owed.label}: خرید سامانه"]
    assert suggested(client, "مصوبات وزارت نف") == []


def test_nothing_closed_is_suggested_by_its_date_its_number_or_whose_it_is(client, client_of, assembly):
    closed = make.MeetingFactory(
        held=True, body=assembly, number=25, held_on=PartialDate.day(1404, 7, 20), visibility=Visibility.MEMBERS
    )
    owed = decision("متن", visibility=Visibility.MEMBERS)
    make.AssignmentFactory(decision=owed, organization__name="وزارت نیرو")
    typed = ("صورتجلسه ۲۵", "صورتجلسه اج", "مهر ۱۴۰۴", "مصوبات وزارت نی", "مصوبات وزارت نیرو", owed.label)

    assert [text for text in typed if {str(closed), f"مصوبه {owed.label}"} & {*suggested(client, text)}] == []
    assert [text for text in typed if not suggested(client_of("member"), text)] == []


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
