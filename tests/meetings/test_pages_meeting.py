"""The page of one meeting: what is there, for whom, and what never is."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from council_portal.access.visibility import Visibility
from council_portal.files.storing import store
from council_portal.persian.partial_date import PartialDate
from meetings.models import Assignment, Attendance, Material, Meeting, Minutes
from tests import factories as make
from tests.files import samples
from tests.roles import ROLES

pytestmark = pytest.mark.django_db

SECRET = "متن محرمانه‌ای که نباید دیده شود"


@pytest.fixture
def assembly():
    return make.BodyFactory(assembly=True, quorum=2)


def page(client, meeting, status=200) -> str:
    response = client.get(meeting.get_absolute_url())
    assert response.status_code == status
    return response.content.decode()


def publish(meeting, **values) -> Minutes:
    """Minutes are frozen once published, so everything else of the meeting must be there before."""
    return make.MinutesFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC, **values)


def full_meeting(assembly, rows=1, number=1):
    meeting = make.MeetingFactory(
        body=assembly, held=True, number=number, host=make.OrganizationFactory(), venue="تالار نمونه"
    )
    picture = store(samples.upload(samples.picture(), "عکس.png"), by=None)
    for n in range(rows):
        item = make.AgendaItemFactory(
            meeting=meeting,
            position=n + 1,
            title=f"بند {n}",
            discussion=f"<p>گفت‌وگوی {n}</p>",
            outcome="decided",
            presenter=make.PersonFactory(),
            proposed_by=make.OrganizationFactory(),
        )
        make.AgendaItemFactory(meeting=meeting, parent=item, position=1, title=f"زیربند {n}", outcome="noted")
        decision = make.DecisionFactory(
            meeting=meeting, agenda_item=item, published=True, visibility=Visibility.PUBLIC, text=f"مصوبه {n}"
        )
        make.AssignmentFactory(decision=decision, role=Assignment.Role.LEAD)
        make.AssignmentFactory(decision=decision, role=Assignment.Role.SUPPORT)
        make.AttendanceFactory(meeting=meeting, organization=make.OrganizationFactory())
        public = {"meeting": meeting, "visibility": Visibility.PUBLIC}
        make.MaterialFactory(**public, speaker=make.PersonFactory(), title=f"سخنرانی {n}")
        make.MaterialFactory(
            **public, kind=Material.Kind.PICTURE, file=picture, alt_text="نمای تالار", title=f"تصویر {n}"
        )
        make.MaterialFactory(**public, kind=Material.Kind.SCAN, file=picture, title=f"روگرفت {n}")
    minutes = publish(meeting, closing="<p>پایان</p>")
    for n in range(rows):
        make.CorrigendumFactory(minutes=minutes, agenda_item=item, text=f"درست {n}")
        document = make.DocumentFactory(meeting=meeting, title=f"گزارش {n}")
        make.EditionFactory(document=document, published=True)
    return meeting


def test_a_full_meeting_shows_everything_of_it(client, assembly):
    meeting = full_meeting(assembly)

    html = page(client, meeting)

    parts = ["تالار نمونه", str(meeting.host), "بند 0", "زیربند 0", "گفت‌وگوی 0", "مصوبه 0", "سخنرانی 0", "تصویر 0"]
    for part in [*parts, "نمای تالار", "روگرفت 0", "درست 0", "گزارش 0", "پایان", "جلسه نمونه با یاد خدا آغاز شد"]:
        assert part in html
    assert "missing__title" not in html


@pytest.mark.parametrize("role", ["visitor", "secretariat"])
def test_a_page_asks_as_often_for_many_rows_as_for_one(
    client_of, assembly, role, django_assert_num_queries, django_assert_max_num_queries
):
    one, many = full_meeting(assembly), full_meeting(assembly, rows=5, number=2)
    client = client_of(role)
    page(client, one)

    with django_assert_max_num_queries(45) as queries:
        page(client, one)
    with django_assert_num_queries(len(queries)):
        page(client, many)


def test_a_sparse_meeting_says_once_what_is_not_recorded(client, assembly):
    meeting = make.MeetingFactory(body=assembly, held=True, held_on=None, host=make.OrganizationFactory())

    html = page(client, meeting)

    assert str(meeting.host) in html
    assert html.count("missing__title") == 1
    assert "tiles" not in html
    assert 'id="minutes"' not in html


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("situation", "readers"),
    [
        ({"held": True}, set(ROLES)),
        ({"announced": True}, set(ROLES)),
        ({}, {"officer", "secretariat"}),
        ({"held": True, "visibility": "members"}, set(ROLES) - {"visitor", "former_member", "administrator"}),
        ({"held": True, "visibility": "body"}, {"body_member", "officer", "secretariat"}),
        ({"held": True, "visibility": "secretariat"}, {"secretariat"}),
        ({"status": "cancelled", "cancelled_because": "تعطیلی", "announced_at": timezone.now()}, set(ROLES)),
        ({"status": "cancelled", "cancelled_because": "تعطیلی"}, {"officer", "secretariat"}),
    ],
    ids=["held", "announced", "planned", "members", "body", "secretariat", "cancelled", "cancelled-plan"],
)
def test_who_may_open_a_meeting(client_of, assembly, role, situation, readers):
    meeting = make.MeetingFactory(body=assembly, **situation)

    page(client_of(role, assembly), meeting, 200 if role in readers else 404)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("situation", "readers"),
    [
        ({}, {"officer", "secretariat"}),
        ({"circulated": True}, {"body_member", "officer", "secretariat"}),
        ({"approved": True}, {"body_member", "officer", "secretariat"}),
        ({"published": True, "visibility": "public"}, set(ROLES)),
        ({"published": True, "visibility": "members"}, set(ROLES) - {"visitor", "former_member", "administrator"}),
        ({"published": True, "visibility": "secretariat"}, {"secretariat"}),
    ],
    ids=["draft", "circulated", "approved", "public", "members", "secretariat"],
)
def test_discussions_are_read_by_those_who_may_read_the_minutes(client_of, assembly, role, situation, readers):
    item = make.AgendaItemFactory(
        meeting=make.MeetingFactory(body=assembly, held=True), discussion=f"<p>{SECRET}</p>", outcome="decided"
    )
    make.MinutesFactory(meeting=item.meeting, opening="<p>آغاز</p>", **situation)

    html = page(client_of(role, assembly), item.meeting)

    assert (SECRET in html) == (role in readers)
    assert ('id="minutes"' in html) == (role in readers)
    assert item.title in html


@pytest.mark.parametrize("role", ROLES)
def test_a_closed_item_shows_its_number_and_nothing_else(client_of, assembly, role):
    meeting = make.MeetingFactory(body=assembly, held=True)
    closed = make.AgendaItemFactory(
        meeting=meeting,
        position=7,
        closed=True,
        title=SECRET,
        discussion=f"<p>{SECRET}</p>",
        presenter_name=SECRET,
        outcome="noted",
    )
    part = make.AgendaItemFactory(meeting=meeting, parent=closed, position=1, title=SECRET, outcome="noted")
    public = {"meeting": meeting, "visibility": Visibility.PUBLIC, "text": SECRET}
    make.DecisionFactory(**public, agenda_item=closed, published=True)
    make.DecisionFactory(**public, agenda_item=part, published=True)
    make.MaterialFactory(**public, agenda_item=closed, title=SECRET)
    make.CorrigendumFactory(minutes=publish(meeting), agenda_item=closed, text=SECRET)

    html = page(client_of(role, assembly), meeting)

    assert (SECRET in html) == (role == "secretariat")
    assert '<span class="record__number">۷</span>' in html
    assert ("record__closed" in html) == (role != "secretariat")


@pytest.mark.parametrize("role", ROLES)
def test_names_are_seen_by_the_body_and_counts_by_everybody(client_of, assembly, role):
    row = make.AttendanceFactory(
        meeting=make.MeetingFactory(body=assembly, held=True), person=make.PersonFactory(family_name="یگانه‌نام")
    )

    html = page(client_of(role, assembly), row.meeting)

    assert ("یگانه‌نام" in html) == (role in {"body_member", "officer", "secretariat"})
    assert 'id="attendance"' in html


@pytest.mark.parametrize("role", ROLES)
def test_the_list_of_a_meeting_that_is_not_held_yet_is_a_draft(client_of, assembly, role):
    row = make.AttendanceFactory(
        meeting=make.MeetingFactory(body=assembly, announced=True), person=make.PersonFactory(family_name="یگانه‌نام")
    )

    html = page(client_of(role, assembly), row.meeting)

    assert ("یگانه‌نام" in html) == (role in {"officer", "secretariat"})
    assert ('id="attendance"' in html) == (role in {"officer", "secretariat"})


def test_attendance_is_counted_as_it_was(client, assembly):
    meeting = make.MeetingFactory(body=assembly, held=True)
    make.AttendanceFactory(meeting=meeting)
    make.AttendanceFactory(meeting=meeting, status=Attendance.Status.EXCUSED)
    make.AttendanceFactory(meeting=meeting, status=Attendance.Status.REPRESENTED, substitute_name="جانشین")
    make.AttendanceFactory(meeting=meeting, person=None, is_guest=True, guest_name="مهمان")

    response = client.get(meeting.get_absolute_url())

    assert [count for count, _ in response.context["counts"]] == [3, 1, 1, 0, 1, 1]
    assert response.context["record"].has_quorum
    assert "مهمان نمونه" not in response.content.decode()


@pytest.mark.parametrize(("visibility", "is_seen"), [("public", True), ("members", False), ("secretariat", False)])
def test_a_visitor_reads_public_decisions_without_minutes(client, assembly, visibility, is_seen):
    meeting = make.MeetingFactory(body=assembly, held=True)
    make.DecisionFactory(meeting=meeting, published=True, visibility=visibility, text="متن یگانه مصوبه")

    assert ("متن یگانه مصوبه" in page(client, meeting)) == is_seen


def test_materials_that_were_withdrawn_are_not_listed(client, assembly):
    material = make.MaterialFactory(
        meeting=make.MeetingFactory(body=assembly, held=True),
        visibility=Visibility.PUBLIC,
        title="پس‌گرفته",
        withdrawn_at=timezone.now(),
        withdrawn_because="خطا",
    )

    assert "پس‌گرفته" not in page(client, material.meeting)


def test_a_cancelled_meeting_says_why(client, assembly):
    meeting = make.MeetingFactory(
        body=assembly, status="cancelled", cancelled_because="تعطیلی رسمی", announced_at=timezone.now()
    )

    assert "تعطیلی رسمی" in page(client, meeting)


def test_hosts_and_speakers_that_are_not_public_are_not_named(client, assembly):
    hidden = {"visibility": Visibility.SECRETARIAT}
    meeting = make.MeetingFactory(body=assembly, held=True, host=make.OrganizationFactory(name=SECRET, **hidden))
    person = make.PersonFactory(family_name=SECRET, **hidden)
    make.MaterialFactory(meeting=meeting, visibility=Visibility.PUBLIC, speaker=person)
    make.AgendaItemFactory(meeting=meeting, presenter=person, proposed_by=meeting.host)
    decision = make.DecisionFactory(meeting=meeting, published=True, visibility=Visibility.PUBLIC)
    make.AssignmentFactory(decision=decision, organization=meeting.host)

    assert SECRET not in page(client, meeting)


def test_neighbours_are_those_that_the_reader_may_see(client, client_of, assembly):
    first, closed, third = (make.MeetingFactory(body=assembly, held=True, number=n) for n in (1, 2, 3))
    Meeting.objects.filter(pk=closed.pk).update(visibility=Visibility.SECRETARIAT)

    assert f'href="{third.get_absolute_url()}" rel="next"' in " ".join(page(client, first).split()).replace(
        'class="neighbours__next" ', ""
    )
    assert closed.get_absolute_url() in page(client_of("secretariat"), first)


def test_the_next_meeting_stands_after_the_latest_that_was_held(client, client_of, assembly):
    held = make.MeetingFactory(body=assembly, held=True, number=1)
    planned = make.MeetingFactory(body=assembly, held_on=PartialDate.month(1490, 1))
    announced = make.MeetingFactory(body=assembly, held_on=PartialDate.month(1490, 2), announced=True)

    def beside(client, meeting):
        context = client.get(meeting.get_absolute_url()).context
        return context["previous"][0], context["next"][0]

    assert beside(client, held) == ("", announced.get_absolute_url())
    assert beside(client, announced) == (held.get_absolute_url(), "")
    assert beside(client_of("secretariat"), held) == ("", planned.get_absolute_url())


@pytest.mark.parametrize(
    ("language", "names"), [("fa", ["دوازدهمین اجلاس", "جلسه ۳ "]), ("en", ["12th", "Session 3 of"])]
)
def test_a_meeting_is_named_in_the_language_of_the_page(assembly, language, names):
    meetings = [make.MeetingFactory(body=assembly, held=True, number=12), make.MeetingFactory(held=True, number=3)]

    with translation.override(language):
        assert all(str(meeting).startswith(name) for meeting, name in zip(meetings, names, strict=True))


def test_meetings_without_a_number_are_told_apart_by_their_days(client, assembly):
    days = [PartialDate.day(1405, 10, 2), PartialDate.day(1405, 11, 7)]
    ahead = [make.MeetingFactory(body=assembly, held_on=day, announced=True) for day in days]

    titles = [client.get(meeting.get_absolute_url()).text.partition("</title>")[0] for meeting in ahead]

    assert ["– ۲ دی ۱۴۰۵ ·" in titles[0], "– ۷ بهمن ۱۴۰۵ ·" in titles[1]] == [True, True]


def test_a_meeting_without_a_host_is_described_without_one(client, assembly):
    html = page(client, make.MeetingFactory(body=assembly, held=True))

    assert "—" not in html.partition('<meta name="description"')[2].partition(">")[0]


def test_a_meeting_keeps_its_first_address_when_it_gets_its_number(client, assembly):
    meeting = make.MeetingFactory(body=assembly, announced=True)
    address = meeting.get_absolute_url()
    Meeting.objects.filter(pk=meeting.pk).update(status="held", number=5)

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (301, "/meetings/5/")


@pytest.mark.parametrize(("answer", "words"), [("", "You have not answered"), ("attend", "Your answer")])
def test_an_invited_person_sees_their_own_answer(client, assembly, answer, words, settings):
    service = make.MembershipFactory(body=assembly)
    meeting = make.MeetingFactory(body=assembly, announced=True)
    answered_at = timezone.now() if answer else None
    make.InvitationFactory(meeting=meeting, person=service.person, answer=answer, answered_at=answered_at)
    make.InvitationFactory(meeting=meeting, answer="apologise", reason=SECRET, answered_at=timezone.now())
    user = make.UserFactory(person=service.person)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    html = client.get(meeting.get_absolute_url(), headers={"accept-language": "en"}, follow=True).content.decode()

    assert 'class="callout__title"' in html
    assert SECRET not in html


@pytest.mark.parametrize("address", ["/meetings/0/", "/meetings/99999999999999999999/", "/meetings/planned/0/"])
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (PartialDate.day(1387, 11, 2), "نام پیشین"),
        (PartialDate.year(1400), "اجلاس نمونه"),
        (None, ""),
        (PartialDate.year(1389), ""),
    ],
)
def test_the_name_is_that_of_the_day(assembly, day, name):
    from meetings.record import name_on
    from members.models import BodyName

    BodyName.objects.create(body=assembly, name="نام پیشین", end_on=PartialDate.month(1389, 5))

    assert name_on(assembly, day) == name


def test_the_page_links_what_belongs_to_it(client, assembly):
    meeting = full_meeting(assembly)

    html = page(client, meeting)

    for material in meeting.materials.all():
        address = "meetings:material_thumbnail" if material.kind == "picture" else "meetings:material"
        assert reverse(address, args=[material.pk]) in html
