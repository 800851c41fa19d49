"""The report of a meeting: what stands in it, who may have it, and the file."""

import pytest
from django.utils.timezone import now

from council_portal.access.visibility import Visibility
from council_portal.files.storing import store
from council_portal.issuing import chain
from council_portal.issuing.papers import html_of, pdf_of
from council_portal.issuing.stamps import groups_of
from meetings.reports import meeting_report
from tests import factories as make
from tests.files.samples import picture, upload
from tests.issuing.pdf_files import broken_pdf, contents_of, opened, outline_of, pdf, words_of

pytestmark = pytest.mark.django_db

EVERYBODY = {"visitor", "former_member", "member", "body_member", "officer", "secretariat", "administrator"}
OF_THE_COUNCIL = {"member", "body_member", "officer", "secretariat"}


@pytest.fixture
def held():
    """A meeting with an item and its decision, a speech, a picture, and one who came; its minutes are not written."""
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True, venue="تالار نمونه")
    item = make.AgendaItemFactory(meeting=meeting, position=1, title="گزارش نمونه", discussion="<p>بحث نمونه</p>")
    decision = make.DecisionFactory(meeting=meeting, agenda_item=item, published=True, title="مصوبه نمونه")
    make.AssignmentFactory(decision=decision, organization__name="وزارت نمونه")
    make.AttendanceFactory(meeting=meeting)
    make.MaterialFactory(meeting=meeting, title="سخنرانی نمونه", text="متن سخنرانی")
    with_picture(meeting)
    return meeting


def with_picture(meeting, **values):
    file = store(upload(picture(), "photo.png"), by=None)
    values = {"kind": "picture", "title": "گشایش", "alt_text": "تالار پر از مردم", "file": file, "text": ""} | values
    return make.MaterialFactory(meeting=meeting, **values)


def with_file(meeting, content: bytes, name: str = "slides.pdf"):
    file = store(upload(content, name), by=None)
    return make.MaterialFactory(meeting=meeting, kind="presentation", title="اسلایدهای نمونه", file=file, text="")


def report_of(meeting, user=None):
    """The report of a meeting whose minutes are published by now; what is in them stays as it is from then on."""
    if not hasattr(meeting, "minutes"):
        make.MinutesFactory(meeting=meeting, published=True)
    return meeting_report(meeting, user=user)


def html(meeting, user=None) -> str:
    return html_of(report_of(meeting, user))


def secretariat():
    return make.UserFactory(secretariat=True)


def address(meeting) -> str:
    return f"{meeting.get_absolute_url()}report.pdf"


# Who may have it


@pytest.mark.parametrize(
    ("minutes", "let_in"),
    [
        ({}, set()),
        ({"circulated": True}, set()),
        ({"approved": True}, set()),
        ({"published": True}, OF_THE_COUNCIL),
        ({"published": True, "visibility": Visibility.PUBLIC}, EVERYBODY),
        ({"published": True, "visibility": Visibility.SECRETARIAT}, {"secretariat"}),
    ],
)
def test_who_may_have_the_report(client_of, minutes, let_in):
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), held=True)
    make.MinutesFactory(meeting=meeting, **minutes)

    found = {role for role in EVERYBODY if client_of(role, meeting.body).get(address(meeting)).status_code == 200}

    assert found == let_in


def test_the_page_of_the_meeting_leads_to_it_once_it_is_there(client_of):
    with_report = make.MinutesFactory(published=True, meeting=make.MeetingFactory(held=True)).meeting
    without = make.MinutesFactory(circulated=True, meeting=make.MeetingFactory(held=True)).meeting
    client = client_of("secretariat")

    assert f'href="{address(with_report)}"' in client.get(with_report.get_absolute_url()).text
    assert address(without) not in client.get(without.get_absolute_url()).text


def test_names_are_for_the_body_and_counts_for_everybody(held):
    name = held.attendance.get().person.family_name

    assert name in html(held, secretariat())
    assert name not in html(held)
    assert "<strong>۱</strong><span>حاضر</span>" in html(held)


# What stands in it


def test_it_holds_everything_that_is_on_record_of_the_meeting(held):
    said = words_of(html(held, secretariat()))

    for words in (f"گزارش {held}", "تالار نمونه", "گزارش نمونه", "بحث نمونه", "مصوبه نمونه", "وزارت نمونه"):
        assert words in said
    for words in ("متن سخنرانی", "گشایش", "رئیس", "دبیر"):
        assert words in said
    assert 'alt="تالار پر از مردم"' in html(held, secretariat())


def test_its_contents_name_each_part_and_lead_there(held):
    part = make.AgendaItemFactory(meeting=held, parent=held.agenda_items.get(), position=1, title="زیربند نمونه")
    make.MinutesFactory(meeting=held, published=True)
    make.CorrigendumFactory(minutes=held.minutes, agenda_item=part)
    text = html(held, secretariat())
    contents = text[text.index("<nav") : text.index("</nav>")]
    targets = [part.partition('"')[0] for part in contents.split('href="#')[1:]]

    assert contents_of(text) == [
        *("دستور جلسه", "حضور و غیاب", "صورت‌جلسه", "  بند ۱: گزارش نمونه", "    بند ۱-۱: زیربند نمونه", "  اصلاحیه‌ها"),
        *("مصوبات و مسئولان اجرا", "سخنرانی‌ها و مقاله‌ها", "  سخنرانی نمونه", "تصاویر"),
    ]
    assert all(text.count(f'id="{target}"') == 1 for target in targets)


def test_of_a_closed_item_it_says_the_number_and_that_it_is_closed(held):
    secret = {"title": "موضوع محرمانه", "discussion": "راز"}
    closed = make.AgendaItemFactory(meeting=held, position=2, closed=True, **secret)
    make.DecisionFactory(meeting=held, agenda_item=closed, published=True, title="مصوبه محرمانه")
    with_picture(held, agenda_item=closed, title="تصویر محرمانه")

    said = words_of(html(held))

    assert "محرمانه" not in said
    assert "راز" not in said
    assert said.count("بند غیرعلنی") == 2
    assert "محرمانه" in html(held, secretariat())


def test_what_is_closed_by_itself_or_taken_back_is_not_in_it(held):
    make.MaterialFactory(meeting=held, title="سخنرانی بسته", visibility=Visibility.SECRETARIAT)
    make.MaterialFactory(meeting=held, title="سخنرانی پس‌گرفته", withdrawn_at=now(), withdrawn_because="نادرست")
    make.DecisionFactory(meeting=held, title="پیش‌نویس مصوبه")

    said = html(held, secretariat())

    assert "سخنرانی بسته" in said
    assert "سخنرانی بسته" not in html(held)
    assert "سخنرانی پس‌گرفته" not in said
    assert "پیش‌نویس مصوبه" not in said


def test_the_head_of_the_register_is_printed_in_it(held):
    assert " ".join(groups_of(chain.head())) in html(held)


def test_parts_of_which_there_is_nothing_are_left_out():
    meeting = make.MinutesFactory(published=True, meeting=make.MeetingFactory(held=True)).meeting

    assert 'id="minutes"' in html(meeting)
    for part in ("agenda", "attendance", "decisions", "spoken", "pictures"):
        assert f'id="{part}"' not in html(meeting)


# The file


def test_the_pages_of_an_attached_file_stand_in_it(held):
    before = len(opened(pdf_of(report_of(held))).pages)
    with_file(held, pdf((595, 842), (842, 595)))

    after = opened(pdf_of(report_of(held)))

    assert len(after.pages) >= before + 2
    assert any(
        "/Form" in str(one.Subtype) for page in after.pages for one in page.resources.get("/XObject", {}).values()
    )


def test_a_file_that_cannot_be_shown_says_where_it_is(held, settings):
    material = with_file(held, broken_pdf())

    said = html(held)

    assert "خوانده نشد" in said
    assert settings.PORTAL_URL + material.get_absolute_url() in said


def test_the_file_is_accessible_has_bookmarks_and_is_the_same_each_time(held, client_of):
    report_of(held)
    content = client_of("secretariat").get(address(held)).content

    with opened(content) as document:
        assert (str(document.Root.Lang), str(document.docinfo.Title)) == ("fa", f"گزارش {held}")
        assert document.Root.MarkInfo.Marked
    assert outline_of(content) == contents_of(html(held, secretariat()))
    assert pdf_of(report_of(held)) == pdf_of(report_of(held))


def test_it_asks_as_much_of_the_database_however_much_there_is(held, django_assert_max_num_queries):
    for number in range(2, 8):
        item = make.AgendaItemFactory(meeting=held, position=number)
        make.AssignmentFactory(decision=make.DecisionFactory(meeting=held, agenda_item=item, published=True))
        make.MaterialFactory(meeting=held)
    user = secretariat()
    report_of(held)

    with django_assert_max_num_queries(26):
        html(held, user)
