"""The pack of a meeting: what lies before its body, who may have it, and the attached pages with their stamps."""

from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.utils.timezone import now

from council_portal.access.visibility import Visibility
from council_portal.files.storing import store
from council_portal.issuing.papers import html_of, pdf_of
from council_portal.persian.calendar import today
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.wording import weekday_date
from meetings import moving
from meetings.models import Escalation, Meeting
from meetings.packs import MOST_TO_APPROVE, meeting_pack
from tests import factories as make
from tests.files.samples import upload
from tests.issuing.pdf_files import (
    broken_pdf,
    contents_of,
    forms_on,
    locked_pdf,
    opened,
    outline_of,
    pdf,
    scanned_pdf,
    words_of,
)

pytestmark = pytest.mark.django_db

EVERYBODY = {"visitor", "former_member", "member", "body_member", "officer", "follow_up_officer", "secretariat"}
EVERYBODY |= {"administrator"}
OF_THE_BODY = {"body_member", "officer", "secretariat"}


@pytest.fixture
def meeting():
    """The assembly's next meeting, announced: two items, behind the second a text and a file of two pages."""
    held_on = PartialDate.from_date(today() + timedelta(days=5))
    meeting = make.MeetingFactory(body=make.BodyFactory(assembly=True), announced=True, held_on=held_on)
    make.AgendaItemFactory(meeting=meeting, position=1, title="بررسی مصوبات")
    item = make.AgendaItemFactory(meeting=meeting, position=2, title="شیوه‌نامه ثبت")
    make.MaterialFactory(meeting=meeting, agenda_item=item, kind="article", title="گزارش کارشناسی", text="متن گزارش")
    with_file(meeting, pdf((595, 842), (842, 595)), title="جدول مقایسه")
    return meeting


def html(meeting, user=None) -> str:
    return html_of(meeting_pack(meeting, user=user or secretariat()))


def secretariat():
    return make.UserFactory(secretariat=True)


def address(meeting) -> str:
    return f"{meeting.get_absolute_url()}pack.pdf"


def let_in_to(client_of, meeting) -> set[str]:
    return {role for role in EVERYBODY if client_of(role, meeting.body).get(address(meeting)).status_code == 200}


# Who may have it


def test_it_is_for_those_whose_meeting_it_is(client_of, meeting):
    assert let_in_to(client_of, meeting) == OF_THE_BODY


@pytest.mark.parametrize(
    ("values", "let_in"),
    [({"status": "planned", "announced_at": None}, {"officer", "secretariat"}), ({"status": "cancelled"}, set())],
)
def test_before_the_announcement_it_is_a_draft_of_its_writers_and_of_a_cancelled_meeting_there_is_none(
    client_of, meeting, values, let_in
):
    Meeting.objects.filter(pk=meeting.pk).update(**values, cancelled_because="نمونه")

    assert let_in_to(client_of, meeting) == let_in


def test_a_meeting_without_an_agenda_has_none(client_of):
    meeting = make.MeetingFactory(announced=True)

    assert client_of("secretariat").get(address(meeting)).status_code == 404


@pytest.mark.parametrize(("role", "is_shown"), [("body_member", True), ("visitor", False), ("member", False)])
def test_the_page_of_the_meeting_leads_to_it_for_whoever_may_have_it(client_of, meeting, role, is_shown):
    page = client_of(role, meeting.body).get(meeting.get_absolute_url()).text

    assert (address(meeting) in page) == is_shown


# What stands in it


def test_it_holds_invitation_agenda_and_what_lies_behind_the_items(meeting):
    said = words_of(html(meeting))

    for words in ("اعضای محترم", "بررسی مصوبات", "بند ۲: شیوه‌نامه ثبت", "متن گزارش", "جدول مقایسه"):
        assert words in said
    assert "بند ۱:" not in said


def test_its_letter_says_that_the_meeting_moved_since_it_was_announced_and_why(meeting):
    was, day = meeting.held_on, today() + timedelta(days=20)
    values = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "venue": meeting.venue}
    moved = moving.move(meeting, by=secretariat(), day=day, because="تعطیلی تازه", **values)
    said = words_of(html(moved))

    for words in ("تاریخ پیشین:", weekday_date(was), weekday_date(day), "تعطیلی تازه"):
        assert words in said
    assert f"موضوع: تغییر تاریخ به {weekday_date(day)}" in said


def test_its_letter_tells_nothing_of_what_was_moved_before_the_announcement():
    values = {"starts_at": None, "ends_at": None, "venue": "", "because": "فکر پیشین"}
    plan = make.MeetingFactory(body=make.BodyFactory(assembly=True), held_on=PartialDate.from_date(today()))
    moving.move(plan, by=secretariat(), day=today() + timedelta(days=20), **values)
    Meeting.objects.filter(pk=plan.pk).update(status="announced", announced_at=now())
    plan.refresh_from_db()

    assert "فکر پیشین" not in html(plan)


def test_each_attached_page_bears_the_number_of_its_item(meeting):
    text = html(meeting)

    assert words_of(text).count("بند ۲ جدول مقایسه ارائه · صفحه") == 2
    assert "صفحه ۲ از ۲" in text


def test_the_parts_of_an_item_are_stamped_with_both_numbers(meeting):
    part = make.AgendaItemFactory(meeting=meeting, parent=meeting.agenda_items.get(position=2), position=1)
    make.MaterialFactory(meeting=meeting, agenda_item=part, kind="article")

    assert "بند ۲-۱" in html(meeting)


def test_the_proposal_behind_an_item_is_printed_for_whoever_may_read_it(meeting):
    values = {"agenda_item": meeting.agenda_items.get(position=1), "addressee": meeting.body, "status": "on_agenda"}
    make.ProposalFactory(title="پیشنهاد یک", text="<p>دلیل یک</p>", submitted_at=now(), **values)
    closed = {"visibility": Visibility.SECRETARIAT, "submitted_at": now()}
    make.ProposalFactory(title="پیشنهاد دو", text="<p>دلیل دو</p>", **closed, **values)
    member = make.UserFactory(person=make.MembershipFactory(body=meeting.body).person)

    assert "دلیل یک" in html(meeting, member)
    assert "دلیل دو" not in html(meeting, member)


def test_what_is_closed_to_the_reader_is_not_in_it(meeting):
    closed = make.AgendaItemFactory(
        meeting=meeting, position=3, title="موضوع محرمانه", visibility=Visibility.SECRETARIAT
    )
    make.MaterialFactory(meeting=meeting, agenda_item=closed, title="سند محرمانه")
    member = make.UserFactory(person=make.MembershipFactory(body=meeting.body).person)

    assert "محرمانه" not in html(meeting, member)
    assert "بند غیرعلنی" in html(meeting, member)


def test_the_minutes_before_it_stand_in_it_as_a_draft_until_they_are_approved(meeting):
    earlier = make.MinutesFactory(meeting=make.MeetingFactory(body=meeting.body, held=True), circulated=True)
    text = html(meeting)

    assert f"برای تصویب: {earlier}" in text
    assert "sheet--draft" in text
    assert "با یاد خدا" in text
    assert not meeting_pack(meeting, user=secretariat()).is_draft


def owed(body, **values):
    return make.AssignmentFactory(decision=make.DecisionFactory(meeting__body=body, published=True, **values)).decision


def test_what_is_owed_stands_in_it_and_what_came_so_far_first(meeting):
    own = owed(meeting.body, meeting__held=True, title="تعهد همین رکن")
    other = owed(make.BodyFactory(), meeting__held=True, title="دیرکرد رکن دیگر")
    duty = other.assignments.get()
    Escalation.objects.create(assignment=duty, step="board", due_on=duty.due_on, at=now())
    text = html(meeting)

    assert text.index(other.label) < text.index(own.title)
    assert text.count(own.title) == 1


def test_what_one_organisation_owes_so_long_is_one_row(meeting):
    organization = make.OrganizationFactory(name="وزارت نمونه")
    for _ in range(3):
        decision = make.DecisionFactory(meeting__held=True, published=True)
        duty = make.AssignmentFactory(decision=decision, organization=organization)
        Escalation.objects.create(assignment=duty, step="board", due_on=duty.due_on, at=now())

    assert html(meeting).count("وزارت نمونه") == 1


def test_of_many_minutes_to_approve_the_latest_are_printed_and_the_others_named(meeting, django_assert_max_num_queries):
    earlier = [
        make.MinutesFactory(meeting=make.MeetingFactory(body=meeting.body, held=True), circulated=True)
        for _ in range(MOST_TO_APPROVE + 3)
    ]
    user = secretariat()

    with django_assert_max_num_queries(24 + 14 * MOST_TO_APPROVE):
        text = html(meeting, user)

    printed = [str(one) for one in earlier if f"برای تصویب: {one}" in text]
    assert printed == [str(one) for one in earlier[-MOST_TO_APPROVE:]]
    assert all(str(one) in text for one in earlier)


def test_of_a_meeting_that_was_held_only_agenda_and_papers_are_left(meeting):
    owed(meeting.body, meeting__held=True, title="تعهد همین رکن")
    assert "دیگر در آن نیست" not in html(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(status="held", number=99)
    meeting.refresh_from_db()

    assert "تعهد همین رکن" not in html(meeting)
    assert "دیگر در آن نیست" in html(meeting)
    assert "متن گزارش" in html(meeting)


# The file


def test_its_contents_and_its_bookmarks_name_the_same_and_all_that_is_in_it(meeting):
    item = meeting.agenda_items.get(position=1)
    make.ProposalFactory(
        title="طرح یک",
        text="<p>دلیل</p>",
        addressee=meeting.body,
        agenda_item=item,
        status="on_agenda",
        submitted_at=now(),
    )
    make.MaterialFactory(meeting=meeting, title="برنامه روز", kind="programme")
    earlier = make.MeetingFactory(body=meeting.body, held=True)
    make.AgendaItemFactory(meeting=earlier, position=1, title="بند پیشین")
    minutes = make.MinutesFactory(meeting=earlier, circulated=True)
    owed(meeting.body, meeting__held=True)
    paper = meeting_pack(meeting, user=secretariat())

    contents = contents_of(html_of(paper))

    assert contents == outline_of(pdf_of(paper))
    assert contents == [
        *("دعوت‌نامه", "دستور جلسه", f"برای تصویب: {minutes}", "  بند ۱: بند پیشین"),
        *("مصوبات باز", "  مصوبات باز این رکن", "بند ۱: بررسی مصوبات", "  پیشنهاد: طرح یک"),
        *("بند ۲: شیوه‌نامه ثبت", "  گزارش کارشناسی", "  جدول مقایسه", "سایر اسناد نشست", "  برنامه روز"),
    ]


def test_the_file_has_the_attached_pages_in_their_shape_and_is_the_same_each_time(meeting):
    content = pdf_of(meeting_pack(meeting, user=secretariat()))

    with opened(content) as document:
        shapes = [is_wide(page) for page in document.pages if forms_on(page)]
    assert shapes == [False, True]
    assert content == pdf_of(meeting_pack(meeting, user=secretariat()))


MM = 72 / 25.4
TOP, SIDE, FOOT = 30 * MM, 24 * MM, 26 * MM  # the margins of every page


SIZES = [(595, 842), (842, 595), (1191, 842), (200, 2400), (200, 120)]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_attached_pages_are_drawn_whole_within_the_margins_of_all_pages(meeting, rotate):
    with_file(meeting, pdf(*SIZES, rotate=rotate), title="پیوستی با نامی بلند که در یک سطر جا نمی‌گیرد" * 3)

    with opened(pdf_of(meeting_pack(meeting, user=secretariat()))) as document:
        pages = [page for page in document.pages if forms_on(page)][-len(SIZES) :]
        drawn = [(is_wide(page), page.mediabox, *forms_on(page)) for page in pages]

    for size, (is_turned, sheet, (left, bottom, right, top)) in zip(SIZES, drawn, strict=True):
        width, height = size if rotate in (0, 180) else size[::-1]
        assert is_turned == (width > height)
        assert SIDE - 1 <= left < right <= float(sheet[2]) - SIDE + 1
        assert FOOT - 1 <= bottom < top <= float(sheet[3]) - TOP + 1
        assert (right - left) / (top - bottom) == pytest.approx(width / height, rel=0.05)


def test_what_cannot_be_shown_says_so_and_where_it_is(meeting):
    for number, content in enumerate((locked_pdf(), broken_pdf(), pdf(pages=0))):
        with_file(meeting, content, title=f"سند {number}")
    text = html(meeting)

    for words, times in (("این فایل با گذرواژه بسته شده است", 1), ("صفحه‌های این فایل خوانده نشد", 2)):
        assert text.count(words) == times


def test_an_attached_file_that_is_locked_with_nothing_is_shown(meeting):
    with_file(meeting, pdf(encryption=pikepdf.Encryption(owner="secret", user="")), title="سند بی‌گذرواژه")

    assert "سند بی‌گذرواژه، صفحه ۱ از ۱" in html(meeting)


def test_a_draft_says_so_over_attached_pages_that_have_a_ground_of_their_own():
    planned = make.MeetingFactory(body=make.BodyFactory(assembly=True))
    make.AgendaItemFactory(meeting=planned, position=2)
    with_file(planned, scanned_pdf((200, 220, 240)), title="پویش")

    content = pdf_of(meeting_pack(planned, user=secretariat()))

    pictures = [page.render().to_pil() for page in pypdfium2.PdfDocument(content)]
    colours = [{colour for _, colour in picture.getcolors(picture.width * picture.height)} for picture in pictures]
    [scan] = [of_page for of_page in colours if (200, 220, 240) in of_page]
    assert (192, 203, 209) in scan


def with_file(meeting, content: bytes, **values):
    file = store(upload(content, "attached.pdf"), by=None)
    item = meeting.agenda_items.get(position=2)
    values = {"kind": "presentation", "text": "", "file": file} | values
    return make.MaterialFactory(meeting=meeting, agenda_item=item, **values)


def is_wide(page) -> bool:
    return page.mediabox[2] > page.mediabox[3]


def test_it_asks_as_much_of_the_database_however_much_there_is(meeting, django_assert_max_num_queries):
    for number in range(3, 8):
        item = make.AgendaItemFactory(meeting=meeting, position=number)
        make.MaterialFactory(meeting=meeting, agenda_item=item, kind="article")
        owed(meeting.body, meeting__held=True)
    user = secretariat()

    with django_assert_max_num_queries(24):
        html(meeting, user)
