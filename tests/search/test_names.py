"""A name with one wrong letter leads to whom or what it means, and gives no closed name away."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from council_portal.access.visibility import Visibility
from members.models import Person
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db


def page(client: Client, q: str, **asked) -> str:
    return client.get("/search/", {"q": q, **asked}).content.decode().partition("<main")[2]


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


def found(html: str) -> list[str]:
    """The addresses of the results."""
    return re.findall(r'result__title"><a href="([^"#]*)', html)


def offered(html: str) -> list[str]:
    """The names behind «did you mean», each a link to its search."""
    return re.findall(r"<a[^>]*>([^<]*)</a>", html.partition("آیا منظورتان این بود؟")[2].partition("</p>")[0])


@pytest.mark.parametrize(
    "typed",
    [
        *("وزارت نیزو", "وزارت نرو", "وزارت نییرو", "وزارت ینرو"),  # another letter, one less, one more, two swapped
        *("وظارت نیرو", "زارت نیرو", "وزاررت نیرو", "وزاتر نیرو"),
        *("وزارتنیرو", "وزارت ن یرو", "نیزو"),
    ],
)
def test_an_organisation_with_one_wrong_letter_is_found_first(client, typed):
    organization = make.OrganizationFactory(name="وزارت نیرو")
    make.OrganizationFactory(name="وزارت نفت")
    make.DecisionFactory(published=True, title="نرو", text="نیز و ظارت و وزارت زارت", visibility=Visibility.PUBLIC)

    assert found(page(client, typed))[0] == organization.get_absolute_url()


@pytest.mark.parametrize(
    "typed",
    [
        *("سازمان ثبت احوال", "ثبت احوال", "ثبت احوال کشور", "سازمان ثبت احوال کشور"),
        *("سازمان ثبت احوان", "ثبت اهوال", "ثبت اقوال کشور", "سازمان ثبت اقوال کشور", "سازمان خدمات بهداشت درمان"),
    ],
)
def test_an_organisation_as_it_is_called_in_short_is_found_first(client, typed):
    organization = make.OrganizationFactory(name="سازمان ثبت احوال کشور")
    organization.other_names.create(name="سازمان خدمات بهداشت، درمان")
    make.DecisionFactory(published=True, title="ثبت احوال", text="ثبت احوال کشور", visibility=Visibility.PUBLIC)

    assert found(page(client, typed))[0] == organization.get_absolute_url()


def test_one_word_of_a_name_may_mean_anything(client):
    make.OrganizationFactory(name="وزارت نیرو")
    make.PersonFactory(family_name="آزادی")

    for typed in ("نیرو", "آزادی"):
        assert "search-exact" not in page(client, typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("شیرین گلستانبان", "شیرین گلستانان", "شیرین گلستتانیان", "شیرین گلتسانیان"),
        *("شیزین گلستانیان", "شرین گلستانیان", "شیرینن گلستانیان", "شیریگن لستانیان"),
        *("خانم شیرین گلستانبان", "دکتر شیرین گلستانبان", "گلستانبان", "گلستایان"),
    ],
)
def test_a_person_with_one_wrong_letter_is_found_first(client, typed):
    person = make.PersonFactory(given_name="شیرین", family_name="گلستانیان", honorific_prefix="دکتر")
    make.PersonFactory(given_name="شیرین", family_name="کوهستانی")

    assert found(page(client, typed))[0] == person.get_absolute_url()


@pytest.mark.parametrize(("name", "typed"), [("ژاله رئوفی", "ژاله رئفی"), ("امیر آذرنوش", "امیر ذآرنوش")])
def test_a_letter_of_several_spellings_is_one_letter(client, name, typed):
    given, family = name.split()
    person = make.PersonFactory(given_name=given, family_name=family)

    assert found(page(client, typed))[0] == person.get_absolute_url()


def test_two_wrong_letters_are_no_mistake(client):
    make.OrganizationFactory(name="وزارت نیرو")

    assert found(page(client, "وزارت کبرو")) == []


def test_a_body_with_one_wrong_letter_is_found_first(client):
    body = make.BodyFactory(name="کمیته آموزش", short_name="آموزش")

    assert found(page(client, "کمیته آموزس"))[0] == body.get_absolute_url()


def test_what_stands_nowhere_is_looked_for_as_the_name_and_can_be_asked_for_exactly(client):
    organization = make.OrganizationFactory(name="وزارت کار")
    host = make.MeetingFactory(held=True, host=organization, title="میزبانی وزارت کار")
    other = make.DecisionFactory(published=True, text="کاه، به گفته وزارت", visibility=Visibility.PUBLIC)

    html, exact = page(client, "وزارت کاه"), page(client, "وزارت کاه", exact="1")

    assert re.search("«وزارت کاه» .* «وزارت کار»", words(html))
    assert found(html)[0] == organization.get_absolute_url()
    assert {host.get_absolute_url(), other.get_absolute_url()} <= set(found(html))
    assert found(exact) == [other.get_absolute_url()]


@pytest.mark.parametrize("typed", ["گلستان", "استان گلستان", "امور خارجی"])
def test_what_stands_somewhere_keeps_its_results(client, typed):
    make.PersonFactory(family_name="گلستانی")
    make.OrganizationFactory(name="سازمان استان کلستان")
    make.OrganizationFactory(name="وزارت امور خارجه")
    decision = make.DecisionFactory(
        published=True, title="نام", text="امور خارجی استان گلستان", visibility=Visibility.PUBLIC
    )

    html = page(client, typed)

    assert found(html)[0] == decision.get_absolute_url()
    assert offered(html)


def test_what_is_written_often_is_not_doubted(client):
    make.PersonFactory(family_name="گلستانی")
    meeting = make.MeetingFactory(held=True)
    for _ in range(11):
        make.DecisionFactory(meeting=meeting, published=True, text="گلستان", visibility=Visibility.PUBLIC)

    assert offered(page(client, "گلستان")) == []


def test_what_is_the_name_of_something_is_not_doubted(client):
    make.PersonFactory(given_name="نادر", family_name="گلستانی")
    organization = make.OrganizationFactory(name="بنیاد گلستان")
    make.OrganizationFactory(name="بنیاد گلستانی")

    for typed in ("گلستان", "بنیاد گلستان", "نادر"):
        html = page(client, typed)
        assert offered(html) == []
        assert "exact=1" not in html
    assert found(page(client, "بنیاد گلستان"))[0] == organization.get_absolute_url()


def test_a_phrase_is_looked_for_as_it_stands(client):
    make.OrganizationFactory(name="وزارت نیرو")

    assert found(page(client, "«وزارت نیزو»")) == []


def test_two_names_that_are_equally_near_are_both_found(client):
    people = [make.PersonFactory(given_name="علی", family_name=name) for name in ("نادری", "قادری")]

    assert set(found(page(client, "علی ظادری"))[:2]) == {person.get_absolute_url() for person in people}


def test_what_has_a_row_for_each_audience_is_found_once(client_of):
    parent = make.OrganizationFactory(name="بنیاد نهان", visibility=Visibility.MEMBERS)
    organization = make.OrganizationFactory(name="وزارت نیرو", parent=parent)

    for typed in ("وزارت نیزو", "وزارت نیرو"):
        assert found(page(client_of("member"), typed)) == [organization.get_absolute_url()]


def test_a_name_within_a_question(client):
    decision = make.DecisionFactory(published=True, text="خرید سامانه اتوماسیون", visibility=Visibility.PUBLIC)
    make.AssignmentFactory(decision=decision, organization__name="وزارت کار")
    make.DecisionFactory(published=True, text="کاه", visibility=Visibility.PUBLIC)

    assert decision.get_absolute_url() in found(page(client, "مصوبات وزارت کاه درباره اتوماسيون"))


@pytest.mark.parametrize("typed", ["وزارت نیزو", "شیرین گلستانبان", "گلستانبان"])
def test_names_are_suggested_though_a_letter_is_wrong(client, typed):
    make.OrganizationFactory(name="وزارت نیرو")
    make.PersonFactory(given_name="شیرین", family_name="گلستانیان")

    [one] = client.get("/search/suggest/", {"q": typed}).json()["suggestions"]

    assert one["title"] in {"وزارت نیرو", "شیرین گلستانیان"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("visibility", Visibility.values)
def test_no_closed_name_is_given_away(role, visibility):
    user, client = user_of(role, make.BodyFactory()), Client()
    if user:
        client.force_login(user, ACCOUNTS)
    person = make.PersonFactory(given_name="شیرین", family_name="گلستانیان", visibility=visibility)
    make.DecisionFactory(published=True, text="گلستانبان", visibility=Visibility.PUBLIC)
    may_read = Person.objects.visible_to(user).filter(pk=person.pk).exists()

    answers = [page(client, "شیرین گلستانبان"), page(client, "گلستانبان")]
    answers.append(client.get("/search/suggest/", {"q": "شیرین گلستانبان"}).json()["suggestions"])

    assert ["گلستانیان" in str(answer) for answer in answers] == [may_read] * 3


@pytest.mark.parametrize(
    "typed",
    [
        *("دکتر شیرین گلستانیان", "مهندس شيرين گلستانيان", "حجت‌الاسلام والمسلمین شیرین گلستانیان", "دکتر گلستانیان"),
        *("جناب آقای دکتر شیرین گلستانیان", "سرکار خانم مهندس گلستانیان", "دکتر شیرین گلستانبان", "کدخدا گلستانیان"),
    ],
)
def test_what_is_said_before_a_persons_name_is_not_looked_for(client, typed):
    person = make.PersonFactory(given_name="شیرین", family_name="گلستانیان")
    make.PersonFactory(given_name="نادر", family_name="کوهستانی", honorific_prefix="کدخدا")
    make.DecisionFactory(published=True, text="دکتر کدخدا مهندس", visibility=Visibility.PUBLIC)

    assert found(page(client, typed))[0] == person.get_absolute_url()


def test_it_is_looked_for_where_no_name_follows(client):
    make.PersonFactory(given_name="شیرین", family_name="گلستانیان")
    decision = make.DecisionFactory(published=True, text="مهندس ناظر", visibility=Visibility.PUBLIC)
    make.DecisionFactory(published=True, text="ناظر", visibility=Visibility.PUBLIC)

    assert found(page(client, "مهندس ناظر")) == [decision.get_absolute_url()]
    assert found(page(client, "دکتر")) == []
    assert found(page(client, "کدخدا گلستانیان")) == []
