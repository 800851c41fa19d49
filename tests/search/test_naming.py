"""What a question names stands first: by a reference, a date among words, a body or an organisation."""

from datetime import date, timedelta

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from council_portal.search.analysis import folded_name
from members.models import Person
from tests import factories as make

from .pages import PUBLIC, choice, decision, named_in, page, suggested, words

pytestmark = pytest.mark.django_db
HELD = {"held": True, **PUBLIC}


def first(html: str) -> str:
    return html.partition("</h3>")[0]


def in_order(html: str, *records) -> bool:
    places = [html.find(f'href="{record.get_absolute_url()}"') for record in records]
    return -1 not in places and places == sorted(places)


@pytest.fixture
def board():
    return make.BodyFactory(board=True, slug="board", name="هیئت رئیسه", short_name="هیئت رئیسه")


@pytest.fixture
def training():
    return make.BodyFactory(slug="training", name="کمیته آموزش", short_name="آموزش")


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

    assert meeting.get_absolute_url() in page(client, "جلسه ۵ بهمن ۱۳۸۷ هیئت رئیسه")
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


@pytest.mark.parametrize("typed", ["رئیس کمیته آموزش", "رييس كميته اموزش", "رئیس آموزش", "رئیس کمیته آموزش و پژوهش"])
def test_who_holds_an_office_today_by_that(client, typed):
    training = make.BodyFactory(name="کمیته آموزش و پژوهش", short_name="آموزش")
    before, since = (PartialDate.from_date(today() - timedelta(days=days)) for days in (300, 200))
    serving = {"body": training, "role": "chair", "person__visibility": Visibility.PUBLIC}
    former = make.MembershipFactory(end_on=before, **serving)
    chair = make.MembershipFactory(start_on=since, **serving)
    make.MembershipFactory(post="رئیس اداره آموزش، کمیته", person__visibility=Visibility.PUBLIC)

    html = page(client, typed)

    assert named_in(html) == [chair.person.get_absolute_url()]
    assert former.person.get_absolute_url() in html
    Person.objects.update(visibility=Visibility.MEMBERS)
    assert named_in(page(client, typed)) == []


# What a body or an organisation has


@pytest.mark.parametrize("whose", ["وزارت نيرو", "نیرو", "وزارت برق"])
def test_the_decisions_of_an_organisation_the_newest_first(client, whose):
    energy = make.OrganizationFactory(name="وزارت نیرو")
    energy.other_names.create(name="وزارت برق")
    old, new = (decision("متن", meeting__held_on=PartialDate.day(year, 1, 20)) for year in (1390, 1402))
    for one in (old, new):
        make.AssignmentFactory(decision=one, organization=energy)
    spoken = decision("مصوبات وزارت نیرو و مصوبات وزارت برق", title="مصوبات وزارت نیرو")

    html = page(client, f"مصوبات {whose}")

    assert in_order(html, new, old)
    assert f'href="{new.get_absolute_url()}"' in first(html)
    assert spoken.get_absolute_url() not in "".join(named_in(html))


def test_the_decisions_of_an_organisation_about_something(client):
    energy = make.OrganizationFactory(name="وزارت نیرو")
    about, other = decision("خرید سامانه اتوماسیون"), decision("بایگانی")
    for one in (about, other):
        make.AssignmentFactory(decision=one, organization=energy)
    make.MaterialFactory(title="مصوبات وزارت نیرو درباره اتوماسیون", meeting=about.meeting, **PUBLIC)

    html = page(client, "مصوبات وزارت نيرو درباره اتوماسيون")

    assert f'href="{about.get_absolute_url()}"' in first(html)
    assert other.get_absolute_url() not in html


def test_decisions_about_something_stand_before_what_has_them_all(client):
    about, other = decision("خرید سامانه اتوماسیون"), decision("بایگانی")
    make.MaterialFactory(title="مصوبات درباره اتوماسیون", meeting=about.meeting, **PUBLIC)

    html = page(client, "مصوبات درباره اتوماسيون")

    assert html.count(f'href="{about.get_absolute_url()}"') == 1
    assert words(first(html)).count(about.label) == 1

    assert f'href="{about.get_absolute_url()}"' in first(html)
    assert other.get_absolute_url() not in html


def test_decisions_and_sessions_of_a_body(client, training):
    session = make.MeetingFactory(body=training, held_on=PartialDate.day(1402, 1, 20), **HELD)
    later = make.MeetingFactory(body=training, held_on=PartialDate.day(1402, 2, 20), **HELD)
    found = decision("متن", meeting=session)
    decision("مصوبات کمیته آموزش، جلسات کمیته آموزش", title="مصوبات کمیته آموزش")

    for whose in ("کمیته آموزش", "كميته اموزش", "آموزش"):
        assert f'href="{found.get_absolute_url()}"' in first(page(client, f"مصوبات {whose}"))
        assert in_order(page(client, f"جلسات {whose}"), later, session)


def test_the_decisions_of_a_meeting_are_no_decision_that_is_counted_so(client, assembly):
    meeting = make.MeetingFactory(body=assembly, number=21, **HELD)
    counted = decision("متن", number=21, label="اجلاس/۲۱", meeting=make.MeetingFactory(body=assembly, **HELD))
    of_it = decision("متن", meeting=meeting)

    assert named_in(page(client, "مصوبات اجلاس ۲۱")) == [of_it.get_absolute_url()]
    for typed in ("مصوبه اجلاس ۲۱", "مصوبات اجلاس/۲۱"):
        assert named_in(page(client, typed)) == [counted.get_absolute_url()]
    counted = decision("متن", number=22, label="اجلاس/۲۲", meeting=meeting)
    assert named_in(page(client, "مصوبات اجلاس ۲۲")) == [counted.get_absolute_url()]


@pytest.mark.parametrize(
    "typed",
    [
        *(f"مصوبات {names}" for names in ("کمیته آموزش مربوط به وزارت کشور", "وزارت کشور در کمیته آموزش")),
        *(f"مصوبات باز {names}" for names in ("کمیته آموزش وزارت کشور", "وزارت کشور، کمیته آموزش")),
        "مصوبات جلسه ۴ کمیته آموزش درباره وزارت کشور",
        "مصوبات کمیته آموزش مربوط به وزارت کشورر",
        "وزارت کشور مصوبات کمیته آموزش",
    ],
)
def test_the_decisions_of_two_that_are_named(client, training, typed):
    interior, health = (make.OrganizationFactory(name=name) for name in ("وزارت کشور", "وزارت بهداشت کشور"))
    meeting = make.MeetingFactory(body=training, number=4, **HELD)
    ours, theirs, elsewhere = decision("متن", meeting=meeting), decision("متن", meeting=meeting), decision("متن")
    for one, organization in ((ours, interior), (theirs, health), (elsewhere, interior)):
        make.AssignmentFactory(decision=one, organization=organization)

    assert named_in(page(client, typed)) == [ours.get_absolute_url()]


def test_that_two_who_are_named_have_nothing_in_common_is_said(client, training):
    make.OrganizationFactory(name="وزارت کشور")

    for typed in ("مصوبات کمیته آموزش وزارت کشور", "مصوبات کمیته آموزش مربوط به وزارت کشور"):
        assert "از آنچه این واژه‌ها نام می‌برند" in page(client, typed)


def test_what_a_decision_is_about_is_no_body_that_is_called_so_in_short(client, training):
    theirs = decision("متن", meeting=make.MeetingFactory(body=training, **HELD))
    about = decision("دوره آموزش کارکنان")

    assert about.get_absolute_url() in named_in(page(client, "مصوبات درباره آموزش"))
    assert named_in(page(client, "مصوبات درباره کمیته آموزش")) == [theirs.get_absolute_url()]
    make.BodyFactory(name="کمیته پژوهش")
    of_it = decision("پیشنهاد کمیته پژوهش")
    assert named_in(page(client, "مصوبات درباره کمیته پژوهش")) == [of_it.get_absolute_url()]
    assert named_in(page(client, "پیگیری مصوبات آموزش")) == []


def test_the_assembly_is_meant_by_its_own_word_and_by_what_it_is(client, assembly, training):
    day = {"held_on": PartialDate.day(1404, 2, 3), **HELD}
    meeting = make.MeetingFactory(body=assembly, **day)
    make.MeetingFactory(body=training, **day)
    found = decision("متن", meeting=meeting)
    decision("مجمع عمومی", title="مصوبات مجمع عمومی")

    for typed in ("اجلاس‌های سال ۱۴۰۴", "اجلاسهای سال ۱۴۰۴", "اجلاس اردیبهشت ۱۴۰۴", "اجلاس ۳ اردیبهشت ۱۴۰۴"):
        assert named_in(page(client, typed)) == [meeting.get_absolute_url()]
    assert len(named_in(page(client, "جلسات سال ۱۴۰۴"))) == 2
    assert named_in(page(client, "مصوبات مجمع عمومی")) == [found.get_absolute_url()]
    assert named_in(page(client, "مجمع عمومی")) == [assembly.get_absolute_url()]
    assert named_in(page(client, "کمیته")) == []


def test_nothing_is_named_to_who_may_not_read_it(client, client_of, training):
    reader = client_of("body_member", training)
    meeting = make.MeetingFactory(
        body=training, number=23, held=True, held_on=PartialDate.day(1387, 11, 5), visibility=Visibility.BODY
    )
    hidden = decision("متن", meeting=meeting, number=7, visibility=Visibility.BODY, label="آموزش/۷")
    typed = ("جلسه بیست و سوم کمیته آموزش", "جلسه ۵ بهمن ۱۳۸۷", "مصوبات کمیته آموزش", "مصوبات بهمن ۱۳۸۷", "آموزش/۷")

    assert [text for text in typed if "search-exact" in page(client, text)] == []
    assert [text for text in typed if "search-exact" not in page(reader, text)] == []
    assert hidden.get_absolute_url() in page(reader, "آموزش/۷")


def test_all_that_a_question_names_can_be_reached(client, training):
    meeting = make.MeetingFactory(body=training, held_on=PartialDate.day(1404, 2, 20), **HELD)
    for _ in range(12):
        decision("متن", meeting=meeting)
    decision("متن", meeting=meeting, visibility=Visibility.MEMBERS)
    spoken = make.MaterialFactory(meeting=meeting, title="مصوبات سال ۱۴۰۴", **PUBLIC)

    first, second, third = (client.get("/search/", {"q": "مصوبات سال ۱۴۰۴", "page": number}) for number in (1, 2, 3))

    shown = [named_in(one.content.decode()) for one in (first, second)]
    assert [*map(len, shown)] == [10, 2]
    assert len({*shown[0], *shown[1]}) == 12
    assert "آنچه خواسته‌اید (۱۲)" in words(second.content.decode())
    assert spoken.get_absolute_url() not in first.content.decode()
    assert f'href="{spoken.get_absolute_url()}"' in second.content.decode().partition("</section>")[2]
    assert third.status_code == 404


def test_what_is_named_is_counted_with_all_else(client):
    late = {"due_on": date(2025, 1, 1), "organization": make.OrganizationFactory(slug="energy", **PUBLIC)}
    for year in (1402, 1403, 1403):
        assignment = make.AssignmentFactory(decision=decision(meeting__held_on=PartialDate.day(year, 1, 20)), **late)
    make.AssignmentFactory(decision=assignment.decision, role="support")
    decision("مصوبات معوق", title="مصوبات معوق", meeting__held_on=PartialDate.day(1403, 1, 20))

    html = page(client, "مصوبات معوق")

    assert (len(named_in(html)), choice(html, "۱۴۰۲"), choice(html, "۱۴۰۳")) == (3, "۱", "۳")
    narrowed = page(client, "مصوبات معوق", year="1403")
    assert (len(named_in(narrowed)), choice(narrowed, "۱۴۰۲")) == (2, "۱")
    assert "۳ نتیجه" in words(narrowed)
    assert choice(html, assignment.organization.name) == ""  # pressed, it asks what is overdue of its own part


def test_words_that_only_sound_like_a_standing_leave_every_choice(client):
    organizations = [make.AssignmentFactory(decision=decision("داده باز")).organization for _ in range(2)]

    html = page(client, "داده باز")

    assert [choice(html, one.name) for one in organizations] == ["۱", "۱"]


def test_what_is_named_of_a_year_comes_the_newest_first(client, training):
    early, late = (
        make.MeetingFactory(body=training, held_on=PartialDate.day(1387, month, 5), **HELD) for month in (2, 11)
    )

    assert in_order(page(client, "جلسات سال ۱۳۸۷"), late, early)


@pytest.mark.parametrize("typed", ["آذر ۱۴۰۵", "جلسات سال ۱۴۰۵"])
def test_what_is_named_is_narrowed_with_everything_else(client, board, training, typed):
    here, elsewhere = (
        make.MeetingFactory(body=body, held_on=PartialDate.day(1405, 9, 10), **HELD) for body in (training, board)
    )
    make.MaterialFactory(meeting=here, title=f"{typed} آذر ۱۴۰۵ جلسات", **PUBLIC)

    html = page(client, typed, body="training")

    assert named_in(html) == [here.get_absolute_url()]
    assert elsewhere.get_absolute_url() not in html
    assert named_in(page(client, typed, kind="person")) == []
    assert named_in(page(client, typed, meeting=elsewhere.pk)) == [elsewhere.get_absolute_url()]


def test_the_decisions_of_an_organisation_in_a_year_are_its_own(client):
    energy = make.OrganizationFactory(name="وزارت نیرو")
    forces = make.OrganizationFactory(name="وزارت دفاع و پشتیبانی نیروهای مسلح")
    ours, theirs, earlier = (
        decision("متن", meeting__held_on=PartialDate.day(year, 2, 20)) for year in (1405, 1405, 1404)
    )
    for one, organization in ((ours, energy), (theirs, forces), (earlier, energy)):
        make.AssignmentFactory(decision=one, organization=organization)

    for typed in (
        "سال ۱۴۰۵ وزارت نیرو",
        "وزارت نیرو سال ۱۴۰۵",
        "وزارت نیرو ۱۴۰۵",
        "۱۴۰۵ وزارت نیرو",
        "وزارت نیرو در سال ۱۴۰۵",
    ):
        assert named_in(page(client, f"مصوبات {typed}")) == [ours.get_absolute_url()]
    decision("وزارت نیرو", meeting__held_on=PartialDate.day(1403, 2, 20))
    assert named_in(page(client, "مصوبات وزارت نیرو سال ۱۴۰۳")) == []
    assert named_in(page(client, "مصوبات مربوط به وزارت نیرو")) == [ours.get_absolute_url(), earlier.get_absolute_url()]
    assert named_in(page(client, "مصوبات در سال ۱۴۰۴")) == [earlier.get_absolute_url()]


def test_who_is_called_so_now_is_meant_before_who_was(client):
    former, now = make.OrganizationFactory(name="وزارت نیرو و آب"), make.OrganizationFactory(name="وزارت نیرو")
    former.other_names.create(name="وزارت نیرو")
    theirs, ours = decision("متن"), decision("متن")
    make.AssignmentFactory(decision=theirs, organization=former)
    make.AssignmentFactory(decision=ours, organization=now)

    assert named_in(page(client, "مصوبات وزارت نیرو")) == [ours.get_absolute_url()]


@pytest.mark.parametrize("lists", ["فهرست", "لیست", "همه‌ی", "تعداد"])
def test_who_asks_for_a_list_is_shown_it(client, lists):
    assignment = make.AssignmentFactory(decision=decision("متن"), organization__name="وزارت نیرو")

    assert named_in(page(client, f"{lists} مصوبات وزارت نیرو")) == [assignment.decision.get_absolute_url()]


def test_that_an_organisation_has_no_decision_is_said_before_those_of_others(client):
    make.OrganizationFactory(name="وزارت کشور")
    other = decision("وزارت نیرو در کشور", title="مصوبات")
    none = "از آنچه این واژه‌ها نام می‌برند چیزی در دسترس شما نیست."

    html = page(client, "مصوبات وزارت کشور")

    assert html.find(none) < html.find(other.get_absolute_url()) != -1
    assert none in html
    assert none not in page(client, "مصوبات وزارت کشور درباره آب")
    assert none not in page(client, "وزارت کشور")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((f"مصوبات {status} وزارت نیرو", ["ours"]) for status in ("انجام‌شده", "انجام شده", "انجامشده")),
        *(("مصوبات انجام‌شده", ["ours", "theirs"]), ("انجام شده", ["ours", "theirs"])),
        *(("مصوبات متوقف‌شده وزارت نیرو", ["stopped"]), ("مصوبات انجام‌شده وزارت نیرو سال ۱۳۹۹", [])),
    ],
)
def test_decisions_by_how_they_stand(client, typed, found):
    energy, other = make.OrganizationFactory(name="وزارت نیرو"), make.OrganizationFactory(name="وزارت نفت")
    decisions = {name: decision("متن") for name in ("ours", "theirs", "stopped")}
    make.AssignmentFactory(decision=decisions["ours"], organization=energy, status="done")
    make.AssignmentFactory(decision=decisions["theirs"], organization=other, status="done")
    make.AssignmentFactory(decision=decisions["theirs"], organization=energy, role="support")
    make.AssignmentFactory(decision=decisions["stopped"], organization=energy, status="stopped")

    html = page(client, typed)

    assert set(named_in(html)) == {decisions[name].get_absolute_url() for name in found}
    assert "آیا منظورتان" not in html


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


@pytest.mark.parametrize("typed", ["مصوبات وزرات نیرو", "مصوبات نیرو"])
def test_decisions_of_an_organisation_by_a_short_or_mistyped_name(client, typed):
    energy, forces = (make.OrganizationFactory(name=name) for name in ("وزارت نیرو", "ستاد نیروهای مسلح"))
    ours, theirs = decision("وزارت نیرو چیزی بخرد"), decision("ستاد نیرو بفرستد")
    make.AssignmentFactory(decision=ours, organization=energy)
    make.AssignmentFactory(decision=theirs, organization=forces)

    assert named_in(page(client, typed)) == [ours.get_absolute_url()]


@pytest.mark.parametrize("typed", ["مرکز پژوهش‌های مجلس", "پژوهش های مجلس", "پژوهش‌هاي‌مجلس"])
def test_an_organisation_by_a_part_of_its_name(client, typed):
    """Not by one word of it, which may be what is asked about."""
    organization = make.OrganizationFactory(name="مرکز پژوهش‌های مجلس شورای اسلامی")
    make.OrganizationFactory(name="مجلس شورای اسلامی")
    decision("متن", title="مرکز پژوهش‌های مجلس")

    assert named_in(page(client, typed)) == [organization.get_absolute_url()]
    assert named_in(page(client, "شورای اسلامی")) == []
    make.AssignmentFactory(decision=decision("متن"), organization=organization)
    assert len(named_in(page(client, f"مصوبات {typed}"))) == 1
    assert named_in(page(client, "مصوبات پژوهش")) == []
