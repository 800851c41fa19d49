"""How things stand on the day on which it is asked: «مصوبات معوق وزارت نیرو»."""

from datetime import timedelta

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from tests import factories as make

from .pages import decision, named_in, page, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((f"مصوبات {overdue} وزارت نیرو", ["ours"]) for overdue in ("معوق", "معوقه", "عقب‌افتاده", "عقب افتاده")),
        *(("معوقات", ["ours", "theirs"]), ("مصوبات دارای مسئولیت معوق", ["ours", "theirs"])),
        *(("مصوبات معوق وزرات نیرو", ["ours"]), ("مصوبات معوق ۱۴۰۳", ["ours", "theirs"])),
        *(("مصوبات معوق", ["ours", "theirs"]), ("معوق", ["ours", "theirs"])),
        *(
            ("معوقات وزارت نیرو", ["ours"]),
            ("مصوبات سررسید گذشته وزارت نیرو", ["ours"]),
            *((f"وزارت نیرو{kind} معوق", ["ours"]) for kind in ("", " مصوبات", "، مصوبه‌های")),
            ("معوقات وزرات نیرو", ["ours"]),
        ),
        *((f"{lists} معوقات", ["ours", "theirs"]) for lists in ("فهرست", "همه", "تمامی")),
        *(("معوقات ۱۴۰۳", ["ours", "theirs"]), ("معوقات ۱۴۰۲", []), ("معوق‌ها", ["ours", "theirs"])),
        *((f"مصوبات معوق{rest}", ["ours", "theirs"]) for rest in (" در سال ۱۴۰۳", " ۱۴۰۳", " شده")),
        *(
            (f"مصوبات معوق {rest}", ["ours"])
            for rest in ("در وزارت نیرو", "وزارت نیرو در سال ۱۴۰۳", "مربوط به وزارت نیرو")
        ),
        *(("مصوبات معوق وزارت نیرو در سال ۱۴۰۲", []), ("کدام مصوبات معوق است؟", ["ours", "theirs"])),
        *(("مصوبات معوق، وزارت نیرو", ["ours"]), ("وزارت نیرو: مصوبات معوق", ["ours"])),
        *(("مصوبات معوق مربوط به وزارت نیروو", ["ours"]), ("معوقات – وزارت نیرو", ["ours"])),
        *(("معوق خیال", []), ("خیال معوق وزارت نیرو", []), ("وزارت نیرو معوق خیال", [])),
        *(("مصوبات معوق وزارت نفت سال ۱۴۰۳", ["theirs"]), ("مصوبات معوق وزارت نفت سال ۱۴۰۲", [])),
    ],
)
def test_decisions_that_are_overdue_on_the_day_on_which_it_is_asked(client, typed, found):
    energy, oil = make.OrganizationFactory(name="وزارت نیرو"), make.OrganizationFactory(name="وزارت نفت")
    day = {"meeting__held_on": PartialDate.day(1403, 2, 20)}
    decisions = {name: decision("متن", **day) for name in ("ours", "theirs", "in time", "done")}
    late, ahead = today() - timedelta(days=1), today()
    make.AssignmentFactory(decision=decisions["ours"], organization=energy, due_on=late)
    make.AssignmentFactory(decision=decisions["theirs"], organization=oil, due_on=late)
    make.AssignmentFactory(decision=decisions["theirs"], organization=energy, role="support", due_on=ahead)
    make.AssignmentFactory(decision=decisions["in time"], organization=energy, due_on=ahead)
    make.AssignmentFactory(decision=decisions["done"], organization=energy, due_on=late, status="done")

    assert set(named_in(page(client, typed))) == {decisions[name].get_absolute_url() for name in found}


def test_how_decisions_stand_is_told_of_the_organisation_that_is_chosen(client):
    energy, oil = (
        make.OrganizationFactory(name=name, slug=slug) for name, slug in (("نیرو", "energy"), ("نفت", "oil"))
    )
    ours, theirs = decision("متن"), decision("متن")
    late = {"due_on": today() - timedelta(days=1)}
    make.AssignmentFactory(decision=ours, organization=energy, **late)
    make.AssignmentFactory(decision=theirs, organization=oil, **late)
    make.AssignmentFactory(decision=theirs, organization=energy, role="support", status="done")

    assert named_in(page(client, "مصوبات معوق", organization="energy")) == [ours.get_absolute_url()]
    assert named_in(page(client, "مصوبات انجام‌شده", organization="energy")) == [theirs.get_absolute_url()]
    assert named_in(page(client, "مصوبات انجام‌شده", organization="oil")) == []


def test_persian_words_of_how_decisions_stand_mean_it_on_english_pages_too(client, settings):
    late = decision("متن")
    make.AssignmentFactory(decision=late, due_on=today() - timedelta(days=1))

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    for typed in ("معوق", "مصوبات معوق", "overdue", "Overdue decisions"):
        html = page(client, typed)
        assert 'lang="en"' in html
        assert named_in(html) == [late.get_absolute_url()]


def test_what_a_closed_organisation_owes_is_overdue_for_nobody_else(client, client_of):
    closed = make.OrganizationFactory(name="سازمان نهان", visibility=Visibility.MEMBERS)
    late = decision("متن")
    make.AssignmentFactory(decision=late, organization=closed, due_on=today() - timedelta(days=1))

    assert named_in(page(client, "مصوبات معوق")) == []
    assert named_in(page(client_of("member"), "مصوبات معوق")) == [late.get_absolute_url()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((f"مصوبات {words}", ["begun", "not begun"]) for words in ("باز", "انجام نشده", "اجرانشده")),
        *((f"مصوبات {words}", ["done"]) for words in ("مختومه", "انجام‌شده‌ی", "انجام شده ی", "اجرا شده")),
        *((f"مصوبات {words}", ["not begun"]) for words in ("آغازنشده", "آغاز‌نشده", "آغاز نشده", "شروع نشده")),
        *((f"مصوبات {words}", ["begun"]) for words in ("در دست اجرا", "در دست اجرای", "در حال انجام", "در دست اقدام")),
    ],
)
def test_how_people_say_how_decisions_stand(client, typed, found):
    energy = make.OrganizationFactory(name="وزارت نیرو")
    standing = {"begun": "in_progress", "not begun": "not_begun", "done": "done"}
    decisions = {name: decision("متن") for name in standing}
    for name, status in standing.items():
        make.AssignmentFactory(decision=decisions[name], organization=energy, status=status)
        make.AssignmentFactory(decision=decisions[name], role="support", status="stopped")

    html = page(client, f"{typed} وزارت نیرو؟")

    assert set(named_in(html)) == {decisions[name].get_absolute_url() for name in found}
    assert "نیز جست‌وجو شد" not in html


@pytest.mark.parametrize("typed", ["معوق", "مصوبات معوق", "مصوبات معوق وزارت نیرو", "مصوبات معوق وزرات نیرو"])
def test_that_nothing_stands_so_is_said(client, typed):
    make.AssignmentFactory(decision=decision("متن"), organization__name="وزارت نیرو", due_on=today())
    none = "از آنچه این واژه‌ها نام می‌برند چیزی در دسترس شما نیست."

    assert none in words(page(client, typed))
    assert "واژه‌های کمتر" not in words(page(client, typed))
    assert none not in words(page(client, typed, kind="decision"))
    assert none not in words(page(client, f"{typed} درباره آب"))
    decision("آنچه در مصوبات معوق وزارت نیرو بود")
    assert f"{none} آنچه این واژه‌ها در آن آمده است، در پی می‌آید." in words(page(client, typed))


def test_of_a_stranger_nothing_is_said_to_stand(client):
    assert "نام می‌برند" not in page(client, "مصوبات معوق وزارت خیال")


@pytest.mark.parametrize("typed", ["کارهای باز", "در جریان کار", "معوق کار"])
def test_an_ordinary_word_beside_a_standing_is_no_organisation(client, typed):
    make.AssignmentFactory(
        decision=decision("متن"), organization__name="وزارت تعاون، کار و رفاه اجتماعی", status="in_progress"
    )

    html = page(client, typed)

    assert "نام می‌برند" not in html
    assert named_in(html) == []
