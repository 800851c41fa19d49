"""What a question asks for that is «درباره» something or «مربوط به» somebody."""

from datetime import date

import pytest

from council_portal.persian.partial_date import PartialDate
from tests import factories as make

from .pages import HELD, PUBLIC, decision, first, named_in, page, words

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("about", ["مربوط به", "مرتبط با"])
@pytest.mark.parametrize(
    "typed",
    [
        *("{} وزارت کار", "{} وزارت تعاون", "{} وزارت کار در سال ۱۴۰۴", "سال ۱۴۰۴ {} وزارت کار"),
        *("{} وزارت کار معوق", "معوق {} وزارت کار در ۱۴۰۴", "{} وزارت کار (معوق)", "معوق،وزارت کار"),
        *("معوق ({} وزارت کار)", "معوق،{} وزارت کار", "  {}   وزارت  کار"),
        *("{} وزارت کار در کمیته آموزش", "کمیته آموزش {} وزارت کار", "{} کمیته آموزش"),
        *("وزارت کار در کمیته پژوهش و آموزش", "کمیته آموزش {} ایمیدرو"),
    ],
)
def test_what_is_related_to_somebody_is_theirs(client, training, about, typed):
    labour = make.OrganizationFactory(name="وزارت تعاون، کار و رفاه اجتماعی")
    labour.other_names.create(name="ایمیدرو")
    training.other_names.create(name="کمیته پژوهش و آموزش")
    meeting = make.MeetingFactory(body=training, held_on=PartialDate.day(1404, 2, 3), **HELD)
    ours = decision("متن", meeting=meeting)
    make.AssignmentFactory(decision=ours, organization=labour, due_on=date(2025, 6, 1))
    spoken = "وزارت کار، وزارت تعاون، کمیته آموزش، ایمیدرو، سال ۱۴۰۴، معوق"
    other = decision(spoken, meeting__held_on=PartialDate.day(1404, 2, 4))
    make.AssignmentFactory(decision=other, organization__name="سازمان کارکنان وزارت")

    assert named_in(page(client, f"مصوبات {typed.format(about)}")) == [ours.get_absolute_url()]


def test_what_is_related_to_some_days_is_of_these(client):
    ours, other = (decision(meeting__held_on=PartialDate.day(year, 7, 20)) for year in (1403, 1404))
    make.AssignmentFactory(decision=ours, due_on=date(2025, 6, 1))
    decision("سال ۱۴۰۳، مهر ۱۴۰۳", meeting=other.meeting)

    for typed in ("مربوط به سال ۱۴۰۳", "مرتبط با مهر ۱۴۰۳", "معوق مربوط به سال ۱۴۰۳", "درباره سال ۱۴۰۳"):
        assert named_in(page(client, f"مصوبات {typed}")) == [ours.get_absolute_url()]


@pytest.mark.parametrize("about", ["مربوط به", "درباره"])
@pytest.mark.parametrize(
    "names",
    [
        *("وزارت نیرو و وزارت کشور", "وزارت نیرو یا وزارت کشور", "وزارت کار و وزارت نیرو", "وزارت کار و بایگانی"),
        *("بایگانی وزارت نیرو", "بایگانی وزارت کار", "بایگانی در کمیته آموزش", "بایگانی در وزارت نیرو و وزارت کشور"),
        *("وزارت نیرو و وزارت کشور و وزارت کار", "آموزش وزارت نیرو و بایگانی"),
    ],
)
def test_a_name_within_what_is_asked_about_is_no_loose_words(client, training, about, names):
    for name in ("وزارت نیرو", "وزارت کشور", "وزارت تعاون، کار و رفاه"):
        make.OrganizationFactory(name=name)
    phrase = decision(f"{names}، بایگانی")
    decision("نیرو، آموزش، کشور، کار، وزارت‌ها، بایگانی، کمیته")

    assert named_in(page(client, f"مصوبات {about} {names}")) == [phrase.get_absolute_url()]


@pytest.mark.parametrize("days", ["۱۴۰۳ و ۱۴۰۴", "۱۴۰۳ یا ۱۴۰۴", "سال‌های ۱۴۰۳ و ۱۴۰۴", "شهریور و مهر ۱۴۰۳"])
@pytest.mark.parametrize("whose", ["", "وزارت نیرو "])
def test_several_years_or_months_are_not_one_of_them(client, days, whose):
    one = decision("سال ۱۴۰۳، ۱۴۰۴، شهریور، مهر", meeting__held_on=PartialDate.day(1403, 7, 20))
    make.AssignmentFactory(decision=one, organization__name="وزارت نیرو")
    make.MaterialFactory(meeting=one.meeting, title="سال ۱۴۰۳، ۱۴۰۴، شهریور، مهر", **PUBLIC)

    for typed in (f"مصوبات {whose}مربوط به {days}", f"مصوبات {whose}درباره {days}", f"مطالب مربوط به {days}"):
        assert named_in(page(client, typed)) == []


def test_a_topic_that_ends_in_the_word_of_the_assembly_is_one(client, assembly):
    assembly.other_names.create(name="اجلاس")
    about, other = decision("تارنمای اجلاس"), decision("متن", meeting__body=assembly)

    assert named_in(page(client, "مصوبات مربوط به تارنمای اجلاس")) == [about.get_absolute_url()]
    assert other.get_absolute_url() in named_in(page(client, "مصوبات مربوط به اجلاس"))


def test_material_about_something(client):
    about, other = (make.MaterialFactory(title=title, **PUBLIC) for title in ("امضای الکترونیکی", "بایگانی"))

    for typed in ("مطالب درباره امضای الکترونیکی", "مطالب مربوط به امضاي الكترونيكي"):
        assert named_in(page(client, typed)) == [about.get_absolute_url()]
    assert other.get_absolute_url() not in page(client, "مطالب امضای الکترونیکی")
    assert about.get_absolute_url() in page(client, "مطالب امضای الکترونیکی")


@pytest.mark.parametrize("typed", ["مصوبات مربوط به %", "مصوبات درباره «»", "مصوبات مربوط به"])
def test_signs_are_nothing_that_is_asked_about(client, typed):
    decision("متن")

    assert named_in(page(client, typed)) == []


@pytest.mark.parametrize("typed", ["مصوبات مربوط به وزارت کشور", "مصوبات باز کمیته آموزش مربوط به وزارت کشور"])
def test_where_nothing_is_related_to_somebody_no_loose_words_stand_for_it(client, training, typed):
    make.OrganizationFactory(name="وزارت کشور")
    loose = decision("وزارت‌های کشور", meeting=make.MeetingFactory(body=training, **HELD))
    make.AssignmentFactory(decision=loose)

    html = page(client, typed)

    assert named_in(html) == []
    assert "از آنچه این واژه‌ها نام می‌برند چیزی در دسترس شما نیست." in html


def test_what_is_about_somebody_is_theirs_or_speaks_of_them(client, assembly, training):
    interior = make.OrganizationFactory(name="وزارت کشور")
    meeting = make.MeetingFactory(body=assembly, **HELD)
    spoken, loose = decision("وزارت کشور", meeting=meeting), decision("وزارت‌ها در کشور", meeting=meeting)

    for typed in ("مصوبات درباره وزارت کشور", "مصوبات مجمع عمومی درباره وزارت کشور"):
        assert loose.get_absolute_url() not in first(page(client, typed))
        assert named_in(page(client, typed)) == [spoken.get_absolute_url()]
    make.AssignmentFactory(decision=loose, organization=interior)
    assert named_in(page(client, "مصوبات درباره وزارت کشور")) == [loose.get_absolute_url()]
    assert set(named_in(page(client, "مصوبات درباره مجمع عمومی"))) == {
        one.get_absolute_url() for one in (spoken, loose)
    }
    of_training = decision("کمیته آموزش", meeting=meeting)
    assert named_in(page(client, "مصوبات مجمع عمومی درباره کمیته آموزش")) == [of_training.get_absolute_url()]


def test_the_days_of_what_is_asked_about_are_no_words_of_it(client):
    early, late = (decision(meeting__held_on=PartialDate.day(year, 1, 20)) for year in (1403, 1404))
    decision("اتوماسیون سال ۱۴۰۳", meeting__held_on=PartialDate.day(1404, 1, 21))

    for days in ("در سال ۱۴۰۳", "در ۱۴۰۳", "در فروردین ۱۴۰۳", "طی سال ۱۴۰۳"):
        assert named_in(page(client, f"مصوبات درباره اتوماسیون {days}")) == [early.get_absolute_url()]
    assert late.get_absolute_url() in named_in(page(client, "مصوبات درباره اتوماسیون"))


def test_what_a_decision_is_about_is_no_body_that_is_called_so_in_short(client, training):
    theirs = decision("متن", meeting=make.MeetingFactory(body=training, **HELD))
    about = decision("دوره آموزش کارکنان")

    assert about.get_absolute_url() in named_in(page(client, "مصوبات درباره آموزش"))
    assert named_in(page(client, "مصوبات درباره کمیته آموزش")) == [theirs.get_absolute_url()]
    make.BodyFactory(name="کمیته پژوهش")
    of_it = decision("پیشنهاد کمیته پژوهش")
    assert named_in(page(client, "مصوبات درباره کمیته پژوهش")) == [of_it.get_absolute_url()]
    assert named_in(page(client, "پیگیری مصوبات آموزش")) == []
