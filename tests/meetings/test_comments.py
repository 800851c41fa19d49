"""Comments of the body's members on circulated minutes, and what becomes of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.notices.models import Notice
from council_portal.persian.calendar import today
from meetings import comments
from meetings import minutes as minutes_rules
from meetings.holding import Refused
from meetings.models import Comment
from tests import factories as make
from tests.roles import ROLES, user_of

pytestmark = pytest.mark.django_db
EDITORS = {"officer", "secretariat"}


@pytest.fixture
def minutes():
    return make.MinutesFactory(circulated=True, comments_due_on=today() + timedelta(days=3))


def comment_url(minutes) -> str:
    return reverse("meetings:comment", args=[minutes.pk])


def settle_url(comment) -> str:
    return reverse("meetings:work_settle", args=[comment.minutes.meeting_id, comment.pk])


def comments_url(minutes) -> str:
    return reverse("meetings:work_comments", args=[minutes.meeting_id])


# Writing one


@pytest.mark.parametrize("role", ROLES)
def test_members_of_the_body_comment(client_of, minutes, role):
    status = {"visitor": 302, "body_member": 302, "officer": 302, "secretariat": 403}.get(role, 404)

    response = client_of(role, minutes.meeting.body).post(comment_url(minutes), {"text": "نظر من"})

    assert response.status_code == status
    assert Comment.objects.exists() == (role in {"body_member", "officer"})


def test_a_member_comments_on_an_item_on_the_meetings_page(client_of, minutes):
    item = make.AgendaItemFactory(meeting=minutes.meeting)
    client = client_of("body_member", minutes.meeting.body)
    assert f'name="agenda_item" value="{item.pk}"' in client.get(minutes.meeting.get_absolute_url()).text

    response = client.post(comment_url(minutes), {"text": "نظر من", "agenda_item": item.pk}, follow=True)

    assert Comment.objects.get().agenda_item == item
    assert "نظر من" in response.text


def test_a_comment_without_words_is_refused_beside_the_field(client_of, minutes):
    item = make.AgendaItemFactory(meeting=minutes.meeting)

    page = client_of("body_member", minutes.meeting.body).post(
        comment_url(minutes), {"text": " ", "agenda_item": item.pk}
    )

    assert "این فیلد لازم است" in page.text
    assert page.text.count('comment-form no-print" open') == 1


def test_the_same_comment_again_changes_nothing(minutes):
    member = user_of("body_member", minutes.meeting.body)

    first, again = (comments.comment(minutes, by=member, text="نظر من") for _ in range(2))

    assert first == again


def test_after_the_due_day_comments_are_closed_with_a_sentence(client_of, minutes, set_clock):
    make.Minutes.objects.update(comments_due_on=today() - timedelta(days=1))
    client = client_of("body_member", minutes.meeting.body)

    page = client.get(minutes.meeting.get_absolute_url()).text
    returned = client.post(comment_url(minutes), {"text": "نظر دیرآمده"})

    assert "اکنون بسته است" in page
    assert "comment-form" not in page
    assert not Comment.objects.exists()
    assert returned.status_code == 200


@pytest.mark.parametrize("situation", [{}, {"approved": True}, {"published": True}])
def test_only_circulated_minutes_are_commented_on(situation):
    minutes = make.MinutesFactory(**situation)

    with pytest.raises(Refused):
        comments.comment(minutes, by=user_of("body_member", minutes.meeting.body), text="نظر")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.CommentFactory(minutes=minutes)


def test_an_item_of_another_meeting_or_a_closed_one_is_not_commented_on(minutes):
    member = user_of("body_member", minutes.meeting.body)
    closed = make.AgendaItemFactory(meeting=minutes.meeting, closed=True)

    for item in (closed, make.AgendaItemFactory()):
        with pytest.raises(Refused):
            comments.comment(minutes, by=member, text="نظر", agenda_item=item)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.CommentFactory(minutes=minutes, agenda_item=make.AgendaItemFactory())


def test_those_who_work_on_the_minutes_are_told_of_a_comment(minutes):
    officer, staff = user_of("officer", minutes.meeting.body), user_of("secretariat")
    member = user_of("body_member", minutes.meeting.body)

    comments.comment(minutes, by=member, text="نظر من")

    assert set(Notice.objects.values_list("recipient", flat=True)) == {officer.pk, staff.pk}


# Who sees them


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("published", [True, False])
def test_comments_and_answers_are_for_the_body_and_never_public(role, published):
    comment = make.CommentFactory(answered=True, minutes__visibility=Visibility.PUBLIC, minutes__circulated=True)
    if published:
        make.Minutes.objects.update(status="approved", approved_at=comment.written_at)
        make.Minutes.objects.update(status="published", published_at=comment.written_at)

    seen = Comment.objects.visible_to(user_of(role, comment.minutes.meeting.body)).exists()

    assert seen == (role in {"body_member", *EDITORS})


@pytest.mark.parametrize("role", ROLES)
def test_a_comment_on_a_closed_item_is_closed_with_it(role):
    minutes = make.MinutesFactory(circulated=True)
    make.CommentFactory(minutes=minutes, agenda_item=make.AgendaItemFactory(meeting=minutes.meeting, closed=True))

    assert Comment.objects.visible_to(user_of(role, minutes.meeting.body)).exists() == (role == "secretariat")


@pytest.mark.parametrize("role", ["visitor", "member", "body_member"])
def test_the_page_of_published_minutes_shows_comments_to_the_body_alone(client_of, role):
    comment = make.CommentFactory(answered=True, text="سخن درونی", minutes__visibility=Visibility.PUBLIC)
    make.Minutes.objects.update(status="approved", approved_at=comment.written_at)
    make.Minutes.objects.update(status="published", published_at=comment.written_at)
    meeting = comment.minutes.meeting

    page = client_of(role, meeting.body).get(meeting.get_absolute_url()).text

    assert ("سخن درونی" in page) == (role == "body_member")


# Answering one


@pytest.mark.parametrize(
    ("role", "status"), [("officer", 302), ("secretariat", 302), ("body_member", 404), ("member", 404)]
)
def test_those_who_work_on_the_minutes_answer(client_of, role, status):
    comment = make.CommentFactory()
    client = client_of(role, comment.minutes.meeting.body)

    response = client.post(settle_url(comment), {"status": "answered", "answer": "پاسخ ما", "version": 1})

    comment.refresh_from_db()
    assert response.status_code == status
    assert (comment.answer == "پاسخ ما") == (status == 302)


def test_the_author_is_told_once_what_became_of_it():
    comment = make.CommentFactory()
    comment.written_by = user_of("body_member", comment.minutes.meeting.body)
    author = user_of("body_member", comment.minutes.meeting.body)
    comment = make.CommentFactory(minutes=comment.minutes, written_by=author)
    by = user_of("secretariat")

    for _ in range(2):
        comments.settle(comment, by=by, status="taken_up")

    assert Notice.objects.get(recipient=author).title.startswith("نظر شما: اعمال شد")


def test_the_author_is_told_of_each_answer_that_takes_the_place_of_another():
    comment = make.CommentFactory()
    author = user_of("body_member", comment.minutes.meeting.body)
    comment = make.CommentFactory(minutes=comment.minutes, written_by=author)

    for answer in ("پاسخ نخست", "پاسخ دیگر", "پاسخ دیگر"):
        comments.settle(comment, by=user_of("secretariat"), status="answered", answer=answer)

    assert Notice.objects.filter(recipient=author).count() == 2


def test_an_answer_without_words_is_refused_beside_the_field(client_of):
    comment = make.CommentFactory()

    page = client_of("secretariat").post(settle_url(comment), {"status": "answered", "answer": "", "version": 1})

    assert "پاسخ را بنویسید" in page.text
    assert Comment.objects.open().exists()


def test_an_answer_that_somebody_gave_meanwhile_is_shown_and_kept(client_of):
    comment = make.CommentFactory()
    comments.settle(comment, by=user_of("secretariat"), status="answered", answer="پاسخ نخست")

    page = client_of("secretariat").post(
        settle_url(comment), {"status": "answered", "answer": "پاسخ دوم", "version": 1}
    )

    assert Comment.objects.get().answer == "پاسخ نخست"
    assert "در این میان" in page.text
    form = page.context["entries"][0][1]
    assert (form["answer"].value(), form["status"].value(), str(form["version"].value())) == (
        "پاسخ دوم",
        "answered",
        "2",
    )


def test_the_words_of_a_comment_stay():
    comment = make.CommentFactory()

    for change in (lambda: Comment.objects.update(text="دیگر"), Comment.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert Comment.objects.get().text == comment.text


@pytest.mark.parametrize(("role", "status"), [("officer", 200), ("secretariat", 200), ("body_member", 404)])
def test_the_tab_shows_the_comments_in_the_order_of_the_minutes(client_of, role, status):
    minutes = make.MinutesFactory(circulated=True)
    second, first = (make.AgendaItemFactory(meeting=minutes.meeting, position=position) for position in (2, 1))
    for text, item in (("سوم", second), ("دوم", first), ("یکم", None)):
        make.CommentFactory(minutes=minutes, agenda_item=item, text=f"نظر {text}")

    response = client_of(role, minutes.meeting.body).get(comments_url(minutes))

    assert response.status_code == status
    if status == 200:
        places = [response.text.index(f"<p>نظر {text}") for text in ("یکم", "دوم", "سوم")]
        assert places == sorted(places)


@pytest.mark.parametrize("situation", [None, {}, {"circulated": True}, {"approved": True}])
def test_the_tab_without_comments_says_what_belongs_there(client_of, situation):
    meeting = make.MeetingFactory(held=True)
    if situation is not None:
        make.MinutesFactory(meeting=meeting, **situation)

    assert "نظری نیست" in client_of("secretariat").get(reverse("meetings:work_comments", args=[meeting.pk])).text


def test_the_tab_asks_as_often_for_many_as_for_one(client_of, django_assert_num_queries):
    client, minutes = client_of("secretariat"), make.MinutesFactory(circulated=True)
    make.CommentFactory(minutes=minutes, answered=True)
    with CaptureQueriesContext(connection) as for_one:
        client.get(comments_url(minutes))
    for _ in range(5):
        item = make.AgendaItemFactory(meeting=minutes.meeting)
        make.CommentFactory(minutes=minutes, agenda_item=item, written_by=user_of("member"))

    with django_assert_num_queries(len(for_one)):
        client.get(comments_url(minutes))


# Approving


def test_minutes_are_not_approved_while_a_comment_is_open_and_it_is_named():
    minutes = make.MinutesFactory(circulated=True)
    item = make.AgendaItemFactory(meeting=minutes.meeting, title="بند بودجه", outcome="noted")
    comment = make.CommentFactory(minutes=minutes, agenda_item=item)
    by = user_of("secretariat")

    with pytest.raises(minutes_rules.OpenComments, match="بند بودجه"):
        minutes_rules.approve(minutes, by=by)
    comments.settle(comment, by=by, status="taken_up")

    assert minutes_rules.approve(minutes, by=by).is_frozen


def test_after_the_approval_nothing_is_answered():
    comment = make.CommentFactory(answered=True)
    minutes_rules.approve(comment.minutes, by=user_of("secretariat"))

    with pytest.raises(Refused):
        comments.settle(comment, by=user_of("secretariat"), status="taken_up")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("situation", [{}, {"circulated": True}, {"approved": True}])
def test_members_read_the_decisions_of_the_minutes_that_are_before_them(client_of, role, situation):
    meeting = make.MeetingFactory(held=True)
    item = make.AgendaItemFactory(meeting=meeting, outcome="decided")
    closed = make.AgendaItemFactory(meeting=meeting, closed=True, outcome="decided")
    make.DecisionFactory(meeting=meeting, agenda_item=item, text="مصوبه خواندنی")
    for hidden in ({"agenda_item": closed}, {"visibility": Visibility.SECRETARIAT}):
        make.DecisionFactory(meeting=meeting, text="مصوبه محرمانه", **hidden)
    make.MinutesFactory(meeting=meeting, **situation)

    page = client_of(role, meeting.body).get(meeting.get_absolute_url()).text

    assert ("مصوبه خواندنی" in page) == (role in {*EDITORS, *({"body_member"} if situation else ())})
    assert ("مصوبه محرمانه" in page) == (role == "secretariat")


def test_what_was_typed_stays_when_the_comments_are_closed_meanwhile(client_of):
    minutes = make.MinutesFactory(approved=True)

    page = client_of("body_member", minutes.meeting.body).post(comment_url(minutes), {"text": "نظر دیررسیده"})

    assert "نظر دیررسیده" in page.text
    assert "زمان نظر دادن به پایان رسیده" in page.text
