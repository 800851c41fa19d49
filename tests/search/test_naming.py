"""What a question names stands first: by a reference, a date among words, rules, offices."""

from datetime import timedelta

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from council_portal.search.analysis import folded_name
from members.models import Person
from tests import factories as make

from .pages import HELD, PUBLIC, decision, first, named_in, page, suggested, words

pytestmark = pytest.mark.django_db


# References


@pytest.mark.parametrize(
    "typed",
    [
        *("آموزش/{}", "آموزش-{}", "آموزش_{}", "آموزش\\{}", "آموزش {}", "آموزش / {}", "آموزش،{}"),
        *("training-{}", "TRAINING {}", "training/{}"),
        *("مصوبه آموزش/{}", "متن مصوبهٔ آموزش/{}", "مصوبه {} آموزش", "مصوبه شماره {} آموزش", "«آموزش/{}»"),
        *("مصوبه شماره آموزش/{} درباره خرید", "متن کامل آموزش-{} کجاست"),
    ],
)
@pytest.mark.parametrize("digits", ["4", "۴", "٤"])
def test_a_decision_by_its_reference_however_it_is_typed(client, training, typed, digits):
    meeting = make.MeetingFactory(body=training, **HELD)
    found = decision("متن", meeting=meeting, number=4, label=f"{training.short_name}/۴")
    decision("آموزش ۴ آموزش/۴ متن مصوبه آموزش شماره ۴", title="متن کامل آموزش ۴ مصوبه")

    assert f'href="{found.get_absolute_url()}"' in first(page(client, typed.format(digits)))


def test_a_reference_of_several_words_within_others(client):
    body = make.BodyFactory(name="کمیته فناوری اطلاعات", short_name="فناوری اطلاعات")
    found = decision("متن", meeting__body=body, number=4, label="فناوری اطلاعات/۴")

    assert found.get_absolute_url() in first(page(client, "مصوبه شماره فناوري اطلاعات - 4 درباره خرید"))


# Sessions in words


@pytest.mark.parametrize(
    "typed",
    [
        *("جلسه بيست و سوم كميته آموزش", "بیست و سومین جلسه کمیته آموزش", "جلسه بیست‌وسوم کمیته آموزش"),
        *("صورت‌جلسه جلسه ۲۳ کمیته آموزش", "صورتجلسه بیست و سومین جلسه کمیته آموزش", "صورت جلسه ۲۳ کمیته آموزش"),
    ],
)
def test_a_session_in_words_stands_before_what_speaks_of_it(client, training, typed):
    session = make.MeetingFactory(body=training, number=23, **HELD)
    make.MaterialFactory(meeting=session, title="صورت‌جلسه جلسه بیست و سوم کمیته آموزش، ۲۳", **PUBLIC)

    assert f'href="{session.get_absolute_url()}"' in first(page(client, typed))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        *(("نشست ۱۳", "assembly"), ("نشست سیزدهم", "assembly"), ("سیزدهمین نشست", "assembly")),
        *(("نشست ۱۳ کمیته آموزش", "training"), ("سیزدهمین نشست کمیته آموزش", "training")),
        *((typed, "assembly") for typed in ("اجلاس ۱۳؟", "اجلاس ۱۳م", "نشست ۱۳ ام", "صورت جلسه ی اجلاس سیزدهم.")),
        *(
            (typed, "training")
            for typed in ("کمیته آموزش جلسه ۱۳", "کمیته آموزش جلسه سیزدهم", "صورت‌جلسه کمیته آموزش ۱۳")
        ),
        ("مصوبات نشست ۱۳ کمیته آموزش", "decision"),
    ],
)
def test_what_the_portal_calls_a_meeting_names_those_of_the_assembly_and_of_bodies(client, training, typed, kind):
    named = {
        "assembly": make.MeetingFactory(body=make.BodyFactory(assembly=True), number=13, **HELD),
        "training": make.MeetingFactory(body=training, number=13, **HELD),
    }
    named["decision"] = decision("متن", meeting=named["training"])
    make.MaterialFactory(meeting=named["assembly"], title="نشست سیزدهم، نشست ۱۳ کمیته آموزش", **PUBLIC)

    assert f'href="{named[kind].get_absolute_url()}"' in first(page(client, typed))


def test_a_meeting_that_is_named_so_is_suggested(client, training):
    make.MeetingFactory(body=training, number=13, **HELD)

    assert suggested(client, "نشست ۱۳ کمیته آموزش") == ["جلسه ۱۳ کمیته آموزش"]


def test_an_ordinal_in_a_name_is_its_number():
    assert folded_name("اجلاس سيزدهم") == folded_name("اجلاس ۱۳")
    assert folded_name("بیست‌ویکمین جلسه کمیته") == folded_name("21 جلسه كميته")
    assert folded_name("اجلاس ۲۱ام") == folded_name("اجلاس ۲۱ اُم") == folded_name("اجلاس ۲۱")
    assert folded_name("جلسه ۲۳") != folded_name("۲۳ جلسه")


# Dates among words


@pytest.mark.parametrize(
    "typed",
    [
        *("جلسه ۵ بهمن ۱۳۸۷ هیئت رئیسه", "هیئت رئیسه ۱۳۸۷/۱۱/۵", "صورت‌جلسه هیئت رئیسه مورخ ۵ بهمن ۱۳۸۷"),
        *("جلسه هیئت رئیسه بهمن ۸۷", "جلسه پنجم بهمن ۱۳۸۷ هیأت رئیسه", "هیئت رئیسه در تاریخ شنبه 1387-11-05"),
        *("جلسات هیئت رئیسه در سال ۱۳۸۷", "نشست‌های سال ۱۳۸۷ هیئت رئیسه", "جلسه هیئت رئیسه در اصفهان، بهمن ۱۳۸۷"),
    ],
)
def test_a_date_among_words_leads_to_the_meeting_that_has_both(client, board, training, typed):
    host = make.OrganizationFactory(name="دانشگاه اصفهان")
    meeting = make.MeetingFactory(body=board, held_on=PartialDate.day(1387, 11, 5), host=host, **HELD)
    make.MeetingFactory(body=training, held_on=PartialDate.day(1387, 11, 5), **HELD)
    make.MeetingFactory(body=board, held_on=PartialDate.day(1388, 11, 5), **HELD)
    make.MaterialFactory(meeting=meeting, title="هیئت رئیسه، ۵ بهمن ۱۳۸۷", **PUBLIC)

    assert f'href="{meeting.get_absolute_url()}"' in first(page(client, typed))


@pytest.mark.parametrize("typed", ["۵ بهمن ۸۷", "پنجم بهمن ۱۳۸۷", "1387-11-05", "۱۳۸۷/۱۱", "سال ۱۳۸۷", "سال 1387"])
def test_a_day_a_month_or_a_year_alone(client, board, typed):
    meeting = make.MeetingFactory(body=board, held_on=PartialDate.day(1387, 11, 5), **HELD)
    make.MaterialFactory(meeting=make.MeetingFactory(**HELD), title="سال ۱۳۸۷، ۵ بهمن ۱۳۸۷ و بهمن ۸۷", **PUBLIC)

    assert f'href="{meeting.get_absolute_url()}"' in first(page(client, typed))


def test_who_asks_for_a_meeting_of_a_day_is_shown_the_one_that_there_was(client, board, training):
    meeting = make.MeetingFactory(body=training, held_on=PartialDate.day(1387, 11, 5), **HELD)

    for typed in ("جلسه ۵ بهمن ۱۳۸۷ هیئت رئیسه", "صورت‌جلسه ۵ بهمن ۱۳۸۷", "صورت‌جلسه مربوط به ۵ بهمن ۱۳۸۷"):
        assert named_in(page(client, typed)) == [meeting.get_absolute_url()]
    assert meeting.get_absolute_url() not in page(client, "بخشنامه ۵ بهمن ۱۳۸۷")
    for typed in ("جلسه بهمن ۱۳۸۷ هیئت رئیسه", "جلسه ۵ بهمن ۱۳۸۷ درباره بودجه"):
        assert "search-exact" not in page(client, typed)


def test_a_date_that_there_is_not_is_no_date(client, board):
    make.MeetingFactory(body=board, held_on=PartialDate.month(1387, 12), **HELD)

    assert "search-exact" not in page(client, "جلسه ۳۱ اسفند ۱۳۸۷")


def test_decisions_of_a_month_or_a_year(client, board):
    old, new = (
        decision(meeting=make.MeetingFactory(body=board, held_on=PartialDate.day(year, 11, 5), **HELD))
        for year in (1387, 1388)
    )
    make.MaterialFactory(meeting=old.meeting, title="مصوبات سال ۱۳۸۷ و بهمن ۱۳۸۷", **PUBLIC)

    for typed in (
        "مصوبات سال ۱۳۸۷",
        "مصوبات ۱۳۸۷",
        "مصوبات بهمن ۸۷",
        "مصوبات جلسه ۵ بهمن ۱۳۸۷",
        "مصوبات بهمن ۱۳۸۷ درباره اتوماسیون",
    ):
        html = page(client, typed)
        assert f'href="{old.get_absolute_url()}"' in first(html)
        assert new.get_absolute_url() not in "".join(named_in(html))


@pytest.mark.parametrize(
    "typed",
    [
        "سه‌شنبه هجدهم شهریور ماه سال ۱۴۰۴",
        "۱۸ شهریور ۰۴",
        "۰۴/۰۶/۱۸",
        "۱۸/۶/۰۴",
        "جلسه ۱۸ شهریور سال ۱۴۰۴",
        "۱۴۰۴ شهریور ۱۸",
        "۱۴۰۴۰۶۱۸",
        "۱۴۰۴/۶/۱۸.",
    ],
)
def test_a_day_with_its_year_in_any_form_is_that_day(client, board, typed):
    day = make.MeetingFactory(body=board, held_on=PartialDate.day(1404, 6, 18), **HELD)
    make.MeetingFactory(body=board, held_on=PartialDate.day(1404, 6, 19), **HELD)

    assert named_in(page(client, typed)) == [day.get_absolute_url()]


def test_the_minutes_of_a_meeting_are_asked_for_by_themselves(client, assembly):
    held = {"body": assembly, "number": 13, **HELD}
    minutes = make.MinutesFactory(
        meeting=make.MeetingFactory(**held), published=True, opening="<p>آغاز نشست</p>", **PUBLIC
    )
    without = make.MeetingFactory(**held | {"number": 14})

    for typed in ("صورتجلسه اجلاس سيزدهم", "صورت‌جلسه ۱۳", "صورت جلسهٔ سیزدهمین اجلاس"):
        html = page(client, typed)
        assert f'href="{minutes.get_absolute_url()}"' in first(html)
        assert "صورت‌جلسه سیزدهمین اجلاس" in words(first(html))
        assert len(named_in(html)) == 1
    assert f'href="{without.get_absolute_url()}"' in first(page(client, "صورتجلسه اجلاس چهاردهم"))
    assert named_in(page(client, "صورت‌جلسه مجمع عمومی")) == [minutes.meeting.get_absolute_url()]
    assert f'href="{minutes.meeting.get_absolute_url()}"' in first(page(client, "اجلاس سيزدهم"))


# Rules and offices


def test_rules_by_their_title_or_what_they_are(client):
    bylaws, report = (
        make.EditionFactory(document__kind=kind, document__title=title, published=True).document
        for kind, title in (("bylaws", "اساسنامه اجلاس"), ("report", "گزارش سال"))
    )
    make.AnnouncementFactory(title="اساسنامه منتشر شد", text="اساسنامه گزارش سال", published=True, **PUBLIC)

    for typed in ("اساسنامه", "اساس‌نامه اجلاس", "اساسنامهٔ اجلاس"):
        assert named_in(page(client, typed)) == [bylaws.get_absolute_url()]
    assert named_in(page(client, "گزارش سال")) == [report.get_absolute_url()]
    assert named_in(page(client, "گزارش")) == []


@pytest.mark.parametrize("typed", ["رئیس کمیته آموزش", "رييس كميته اموزش", "رئیس اموزش", "رئیس کمیته آموزش و پژوهس"])
def test_who_holds_an_office_today_by_that(client, typed):
    training = make.BodyFactory(name="کمیته آموزش و پژوهش", short_name="آموزش")
    before, since = (PartialDate.from_date(today() - timedelta(days=days)) for days in (300, 200))
    serving = {"body": training, "role": "chair", "person__visibility": Visibility.PUBLIC}
    former = make.MembershipFactory(end_on=before, **serving)
    chair = make.MembershipFactory(start_on=since, **serving)
    make.MembershipFactory(post="رئیس اداره آموزش، کمیته", person__visibility=Visibility.PUBLIC)

    html = page(client, f"{typed} کیست؟")

    assert named_in(html) == named_in(page(client, typed)) == [chair.person.get_absolute_url()]
    assert former.person.get_absolute_url() in html
    Person.objects.update(visibility=Visibility.MEMBERS)
    assert named_in(page(client, typed)) == []


@pytest.mark.parametrize("typed", ["نایب‌رئیس", "نایب رئیس", "نایب رییس", "نائب رئیس"])
def test_an_office_of_two_words_however_they_are_joined(client, training, typed):
    serving = {"body": training, "person__visibility": Visibility.PUBLIC}
    deputy = make.MembershipFactory(role="vice_chair", **serving)
    make.MembershipFactory(role="chair", **serving)

    for whose in ("کمیته آموزش", "اموزش"):
        assert named_in(page(client, f"{typed} {whose}")) == [deputy.person.get_absolute_url()]
