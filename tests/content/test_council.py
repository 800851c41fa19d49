"""`load_council` enters what is known, nothing else, and never touches what somebody has changed."""

import pytest
from django.core.management import call_command

from council_portal.content import council
from council_portal.content.record import load_council
from council_portal.models import Revision
from council_portal.persian.partial_date import PartialDate
from meetings.models import Decision, HostTurn, Meeting
from members.by_article import Rule, articles_behind
from members.models import Body, BodyName, Organization, Person
from publications.models import Article, Document, Edition

HOSTS = [
    (1, "نهاد ریاست جمهوری"),
    (2, "وزارت نفت"),
    (3, "وزارت جهاد کشاورزی"),
    (4, "وزارت نیرو"),
    (5, "معاونت برنامه‌ریزی و نظارت راهبردی رئیس‌جمهور"),
    (6, "هواپیمایی جمهوری اسلامی ایران (هما)"),
    (7, "سازمان انرژی اتمی ایران"),
    (8, "گمرک جمهوری اسلامی ایران"),
    (9, "سازمان راهداری و حمل و نقل جاده‌ای"),
    (10, "سازمان اسناد و کتابخانه ملی جمهوری اسلامی ایران"),
    (11, "وزارت بهداشت، درمان و آموزش پزشکی"),
    (12, "سازمان تربیت بدنی"),
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(db):
    load_council()


def test_no_article_of_the_real_bylaws_is_claimed(record):
    assert not Article.objects.exists()
    assert articles_behind(*Rule, body_kind="assembly", user=None) == dict.fromkeys(Rule.values)


@pytest.mark.parametrize(("number", "name"), HOSTS)
def test_hosts_in_their_order(record, number, name):
    meeting = Meeting.objects.get(number=number)

    assert meeting.status == Meeting.Status.HELD
    assert (meeting.host.name, meeting.host.branch) == (name, Organization.Branch.EXECUTIVE)
    assert HostTurn.objects.get(meeting=meeting).organization == meeting.host


def test_what_is_not_known_is_left_empty(record):
    meetings = Meeting.objects.order_by("number")

    assert [meeting.number for meeting in meetings] == list(range(1, 14))
    assert [meeting.held_on for meeting in meetings] == [PartialDate.month(1387, 11)] + [None] * 12
    assert meetings.get(number=13).host is None
    assert not Person.objects.exists()
    assert not Decision.objects.exists()
    assert not Article.objects.exists()


def test_the_council_was_renamed_at_its_third_meeting(record):
    assembly = Body.objects.assembly().get()

    assert assembly.name == "اجلاس مدیران دبیرخانه‌های قوای سه‌گانه"
    assert assembly.motto == "به سوی دبیرخانه الکترونیک"
    first = BodyName.objects.get(body=assembly)
    assert first.name == "شورای هماهنگی مسئولان دبیرخانه وزارتخانه‌ها، نهادها و سازمان‌ها"
    assert (first.start_on, first.end_on) == (None, None)
    assert first.name in Meeting.objects.get(number=3).note


def test_the_four_committees_and_the_board(record):
    committees = Body.objects.committees()

    assert [body.slug for body in committees] == ["training", "expertise", "ict", "follow-up"]
    assert {body.meetings_per_month for body in committees} == {2}
    assert all(body.purpose for body in committees)
    assert Body.objects.get(follows_up=True).slug == "follow-up"
    assert Body.objects.filter(slug="board", kind=Body.Kind.BOARD).exists()


def test_the_bylaws_have_eleven_articles_whose_text_is_not_known(record):
    edition = Edition.objects.get(document__slug="bylaws")

    assert (edition.adopted_in.number, edition.articles_stated, edition.text) == (3, 11, "")
    assert Edition.objects.get(document__slug="charter").adopted_in is None


def test_the_next_meeting_will_be_the_fourteenth(record):
    assembly = Body.objects.assembly().get()

    assert (assembly.last_meeting_number, assembly.member_count_stated, assembly.meetings_per_month) == (13, 120, 1)


def test_the_command_says_what_it_did(db, capsys):
    call_command("load_council")
    call_command("load_council")

    assert "rows entered" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_twice_changes_nothing():
    load_council()
    before = _state()

    assert load_council() == 0

    assert _state() == before
    assert Revision.objects.get().number >= 1


def _state():
    tables = (Body, BodyName, Organization, Meeting, HostTurn, Document, Edition)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in tables}
    history = {model.__name__: model.pgh_event_model.objects.count() for model in tables}
    return rows, history, Revision.objects.get().number


@pytest.mark.parametrize(
    ("model", "key", "changes"),
    [
        (Organization, {"slug": "energy"}, {"name": "وزارت نیرو و آب"}),
        (Organization, {"slug": "energy"}, {"slug": "ministry-of-energy", "name": "وزارت نیرو و آب"}),
        (Body, {"slug": "training"}, {"name": "کمیته آموزش و پژوهش", "purpose": ""}),
        (Body, {"slug": "training"}, {"name": "کمیته آموزش و پژوهش", "slug": "education"}),
        (Body, {"slug": "assembly"}, {"motto": "", "slug": "general-assembly"}),
        (BodyName, {"position": 1}, {"name": "نامی دیگر"}),
        (Meeting, {"number": 7}, {"held_on": PartialDate.year(1388), "host": None}),
        (Meeting, {"number": 13}, {"venue": "تالار"}),
        (Document, {"slug": "bylaws"}, {"slug": "statute", "title": "اساسنامه"}),
        (Edition, {"document__kind": "charter"}, {"adopted_on": PartialDate.year(1388)}),
    ],
)
def test_an_edit_is_kept(record, model, key, changes):
    row = model.objects.get(**key)
    for field, value in changes.items():
        setattr(row, field, value)
    row.save()
    counts = {table: table.objects.count() for table in (Organization, Body, BodyName, Meeting, Document, Edition)}

    assert load_council() == 0

    row.refresh_from_db()
    assert {field: getattr(row, field) for field in changes} == changes
    assert {table: table.objects.count() for table in counts} == counts


def test_only_what_is_missing_is_entered(record):
    BodyName.objects.all().delete()

    assert load_council() == 1


def test_words_are_persian_letters_only():
    text = repr((council.BODIES, council.ORGANIZATIONS, council.NOTES, council.DOCUMENTS, council.FIRST_NAME))

    assert not set(text) & set("يىكة")


def test_the_site_on_the_governments_network_is_named(record):
    assert "ocms.dolat.ir در شبکه پیام دولت" in Body.objects.assembly().get().purpose
