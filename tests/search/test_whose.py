"""What a question asks for that a meeting, a body or an organisation has, and how that is listed and counted."""

from datetime import date

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from tests import factories as make

from .pages import HELD, PUBLIC, choice, decision, first, in_order, named_in, page, words

pytestmark = pytest.mark.django_db


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


def test_a_short_name_is_that_of_whose_name_has_its_words_as_they_stand(client):
    industry, crafts = (
        make.OrganizationFactory(name=name) for name in ("وزارت صنعت و معدن", "وزارت گردشگری و صنایع دستی")
    )
    ours, theirs = decision("متن"), decision("متن")
    make.AssignmentFactory(decision=ours, organization=industry)
    make.AssignmentFactory(decision=theirs, organization=crafts)

    for typed in ("مصوبات وزارت صنعت", "مصوبات مربوط به وزارت صنعت", "مصوبات درباره وزارت صنعت"):
        assert named_in(page(client, typed)) == [ours.get_absolute_url()]


@pytest.mark.parametrize("typed", ["هیات‌رئیسه وزارت نیرو", "وزارت نیرو در هیأت‌رئیسه", "هیئت‌رئیسه مربوط به وزارت نیرو"])
def test_a_name_with_a_half_space_beside_another(client, board, typed):
    energy = make.OrganizationFactory(name="وزارت نیرو")
    ours, elsewhere = decision("متن", meeting=make.MeetingFactory(body=board, **HELD)), decision("متن")
    for one in (ours, elsewhere):
        make.AssignmentFactory(decision=one, organization=energy)

    assert named_in(page(client, f"مصوبات {typed}")) == [ours.get_absolute_url()]


def test_one_name_before_what_it_has(client, assembly):
    assembly.other_names.create(name="اجلاس")
    ours = decision("متن", meeting=make.MeetingFactory(body=assembly, **HELD))
    decision("متن")

    for typed in ("اجلاس مصوبات", "اجلاس: مصوبات"):
        assert named_in(page(client, typed)) == [ours.get_absolute_url()]


@pytest.mark.parametrize("typed", ["با مهلت مهر ۱۴۰۴", "تا پایان سال ۱۴۰۴", "سال ۱۴۰۴ و ۱۴۰۵ وزارت نیرو"])
def test_words_beside_the_days_of_decisions_that_name_nobody_name_nothing(client, typed):
    make.OrganizationFactory(name="وزارت نیرو")
    decision("با مهلت تا پایان وزارت نیرو ۱۴۰۵", meeting__held_on=PartialDate.day(1404, 7, 20))

    assert named_in(page(client, f"مصوبات {typed}")) == []


@pytest.mark.parametrize("word", ["پست", "پست‌ها", "پست‌های", "برنامه‌ریزی", "برنامه ریزی"])
def test_one_everyday_word_is_no_organisation_that_has_it_in_its_name(client, word):
    make.AssignmentFactory(decision=decision("متن"), organization__name="شرکت برنامه‌ریزی پست")

    assert named_in(page(client, f"مصوبات {word}")) == []


def test_the_minutes_of_somebody_or_of_some_days_are_those_that_may_be_read(client, client_of, assembly, training):
    held = {"held_on": PartialDate.day(1404, 2, 3), **HELD}
    public, without, closed = (make.MeetingFactory(body=body, **held) for body in (assembly, assembly, training))
    make.MinutesFactory(meeting=public, published=True, **PUBLIC)
    make.MinutesFactory(meeting=closed, published=True, visibility=Visibility.MEMBERS)
    reader = client_of("member")

    for typed in ("صورت‌جلسات سال ۱۴۰۴", "صورتجلسه‌های اردیبهشت ۱۴۰۴"):
        assert named_in(page(client, typed)) == [public.get_absolute_url()]
        assert len(named_in(page(reader, typed))) == 2
    assert named_in(page(reader, "صورتجلسات کمیته آموزش")) == [closed.get_absolute_url()]
    assert named_in(page(client, "صورت جلسات کمیته آموزش")) == []
    assert without.get_absolute_url() in named_in(page(client, "جلسات سال ۱۴۰۴"))


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


@pytest.mark.parametrize("typed", ["مصوبات وزرات نیرو", "مصوبات وارت نیرو", "مصوبات نیرو"])
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
