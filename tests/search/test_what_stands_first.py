"""What a question leads to: the meetings of a date, a decision by its reference, a thing by its name."""

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.search.asking import telling
from tests import factories as make

from .pages import PUBLIC, decision, page

pytestmark = pytest.mark.django_db


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

    for typed in ("۱۷ آذر ۱۴۰۵", "سه‌شنبه ۱۷ آذر ۱۴۰۵", "سه شنبه، هفدهم آذر ۱۴۰۵", "روز سه‌شنبه ۱۴۰۵/۹/۱۷"):
        assert (meeting.get_absolute_url() in page(client_of(role), typed)) == is_found


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
