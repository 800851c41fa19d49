"""The revisions of minutes: every save is kept, read, compared, and before the approval restored."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.persian.wording import digits
from meetings import duties
from meetings import revisions as rules
from meetings.duties import Duty
from meetings.holding import Refused
from meetings.models import AgendaItem, Decision, Minutes
from tests import factories as make
from tests.roles import ROLES, user_of

# Each save has a transaction of its own, by whose moment the database tells saves apart.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def minutes():
    """Minutes of one item with one decision; begun, then changed twice: three revisions."""
    item = make.AgendaItemFactory(discussion="<p>متن نخست بند</p>", outcome="decided")
    minutes = make.MinutesFactory(meeting=item.meeting, opening="<p>آغاز نخست</p>")
    make.DecisionFactory(meeting=item.meeting, agenda_item=item, text="مصوبه نخست")
    item.discussion = "<p>متن دوم بند</p>"
    item.save()
    return minutes


def page(minutes, name="revisions", *args) -> str:
    return reverse(f"meetings:work_{name}", args=[minutes.meeting_id, *args])


def test_each_save_of_a_text_is_a_revision_and_nothing_else_is(minutes):
    AgendaItem.objects.update(minutes_planned=5)
    make.AttendanceFactory(meeting=minutes.meeting)

    revisions = rules.revisions_of(minutes)

    assert [revision.number for revision in revisions] == [1, 2, 3]
    assert [list(revision.changed) for revision in revisions] == [[Minutes], [Decision], [AgendaItem]]


def test_a_revision_shows_the_texts_as_they_stood(minutes, client_of):
    client = client_of("secretariat")

    first, third = (client.get(page(minutes, "revision", number)).text for number in (1, 3))

    assert "متن نخست بند" in first
    assert "مصوبه نخست" not in first
    assert "<p>متن <del>نخست</del> <ins>دوم</ins> بند</p>" in third


def test_any_two_revisions_are_compared(minutes, client_of):
    changes = client_of("secretariat").get(page(minutes, "revision", 1), {"with": "3"}).text

    assert "<p>متن <del>دوم</del> <ins>نخست</ins> بند</p>" in changes
    assert "<del>مصوبه نخست</del>" in changes


def test_items_and_decisions_are_called_by_their_names_not_by_keys(minutes, client_of):
    decision = Decision.objects.get()
    Decision.objects.update(text="یک دو سه چهار پنج شش هفت هشت نه ده")
    AgendaItem.objects.update(title="موضوع روشن")

    changes = client_of("secretariat").get(page(minutes, "revision", 5), {"with": "1"}).text

    assert "مصوبه «یک دو سه چهار پنج شش هفت هشت…» – متن" in changes
    assert "، «موضوع روشن» – عنوان" in changes
    assert f"مصوبه {digits(decision.pk)}" not in changes


@pytest.mark.parametrize("asked", ["99", "-1", "x", "۲", "9" * 30])
def test_a_revision_that_there_is_not_is_not_found_and_nonsense_is_none(minutes, client_of, asked):
    client = client_of("secretariat")

    status = client.get(page(minutes, "revision", 3), {"with": asked}).status_code

    assert status == (404 if asked.startswith("9") else 200)
    assert client.get(page(minutes, "revision", 9)).status_code == 404


def test_restoring_is_one_more_revision_and_loses_nothing(minutes, client_of):
    later = make.AgendaItemFactory(meeting=minutes.meeting, title="بند تازه")
    client = client_of("officer", minutes.meeting.body)

    client.post(page(minutes, "restore", 2))

    assert AgendaItem.objects.exclude(pk=later.pk).get().discussion == "<p>متن نخست بند</p>"
    assert AgendaItem.objects.filter(pk=later.pk).exists()
    assert len(rules.revisions_of(minutes)) == 5
    listed = client.get(page(minutes)).text
    assert "بازگردانده‌شده از بازنگری ۲" in listed
    assert "بازگرداندن یک بازنگری صورت‌جلسه" in client.get(page(minutes, "history")).text


def test_restoring_twice_changes_nothing_more(minutes):
    by = user_of("secretariat")

    for _ in range(2):
        rules.restore(minutes, by=by, number=2)

    assert len(rules.revisions_of(minutes)) == 4


def test_what_was_deleted_comes_back(minutes):
    Decision.objects.all().delete()
    AgendaItem.objects.all().delete()

    rules.restore(minutes, by=user_of("secretariat"), number=3)

    decision = Decision.objects.get()
    assert (decision.text, decision.agenda_item.discussion) == ("مصوبه نخست", "<p>متن دوم بند</p>")


def test_what_came_back_does_not_come_back_twice(minutes):
    Decision.objects.all().delete()
    AgendaItem.objects.all().delete()

    for _ in range(2):
        rules.restore(minutes, by=user_of("secretariat"), number=3)

    assert (Decision.objects.count(), AgendaItem.objects.count()) == (1, 1)


def test_a_decision_comes_back_with_the_organisations_that_it_had_last(minutes):
    decision, (taken_off, lead, support) = Decision.objects.get(), make.OrganizationFactory.create_batch(3)
    first, last = date(2026, 1, 1), date(2026, 2, 1)
    duties.assign(decision, [Duty(taken_off, "lead", first)])
    duties.assign(decision, [Duty(lead, "lead", last), Duty(support, "support", None)])
    with transaction.atomic():
        duties.assign(decision, [])
        decision.delete()

    rules.restore(minutes, by=user_of("secretariat"), number=3)

    assert set(Decision.objects.get().assignments.values_list("organization", "role", "due_on", "original_due_on")) == {
        (lead.pk, "lead", last, last),
        (support.pk, "support", None, None),
    }


def test_an_outcome_is_not_taken_away(minutes):
    AgendaItem.objects.update(outcome="")
    AgendaItem.objects.update(outcome="noted")

    rules.restore(minutes, by=user_of("secretariat"), number=4)

    assert AgendaItem.objects.get().outcome == "noted"


@pytest.mark.parametrize("situation", ["approved", "published"])
def test_approved_minutes_are_not_restored_but_read(minutes, client_of, situation):
    moment = minutes.meeting.announced_at or make.timezone.now()
    Minutes.objects.update(status="approved", approved_at=moment)
    if situation == "published":
        Minutes.objects.update(status="published", published_at=moment)
    client = client_of("secretariat")

    with pytest.raises(Refused):
        rules.restore(minutes, by=user_of("secretariat"), number=1)
    assert "/restore/" not in client.get(page(minutes, "revision", 1)).text


@pytest.mark.parametrize("role", ROLES)
def test_revisions_are_for_those_who_write_the_minutes(minutes, client_of, role):
    status = {"visitor": 302, "officer": 200, "secretariat": 200}.get(role, 404)
    client = client_of(role, minutes.meeting.body)

    assert [client.get(url).status_code for url in (page(minutes), page(minutes, "revision", 2))] == [status, status]
    assert client.post(page(minutes, "restore", 1)).status_code == (302 if status == 200 else status)


@pytest.mark.parametrize("role", ["officer", "secretariat"])
@pytest.mark.parametrize("deleted", [True, False])
def test_a_closed_item_stays_closed_in_revisions_and_history(minutes, client_of, role, deleted):
    make.AgendaItemFactory(meeting=minutes.meeting, title="بند محرمانه", visibility=Visibility.SECRETARIAT)
    number = len(rules.revisions_of(minutes))
    if deleted:
        AgendaItem.objects.filter(title="بند محرمانه").delete()
    client = client_of(role, minutes.meeting.body)

    pages = [client.get(page(minutes, "revision", number)).text, client.get(page(minutes, "history")).text]

    assert ["بند محرمانه" in text for text in pages] == [role == "secretariat"] * 2


def test_changes_of_a_closed_item_are_not_counted_for_whom_it_is_closed_to(minutes):
    make.AgendaItemFactory(meeting=minutes.meeting, visibility=Visibility.SECRETARIAT)

    officers, all_of_them = (
        rules.revisions_of(minutes, user=user_of(role, minutes.meeting.body)) for role in ("officer", "secretariat")
    )

    assert [one.number for one in officers] == [one.number for one in all_of_them]
    assert (officers[-1].summary, all_of_them[-1].summary) == ("آنچه برای شما باز نیست", "بند دستور جلسه")
    assert officers[0].summary == all_of_them[0].summary


def test_an_officer_restores_nothing_of_a_closed_item(minutes):
    AgendaItem.objects.update(visibility=Visibility.SECRETARIAT)

    rules.restore(minutes, by=user_of("officer", minutes.meeting.body), number=2)

    assert AgendaItem.objects.get().discussion == "<p>متن دوم بند</p>"


def test_without_minutes_the_tab_says_so(client_of):
    meeting = make.MeetingFactory()
    url = reverse("meetings:work_revisions", args=[meeting.pk])

    assert "هنوز آغاز نشده" in client_of("secretariat").get(url).text
    assert client_of("secretariat").get(f"{url}1/").status_code == 404


def test_the_pages_ask_as_often_for_many_as_for_few(minutes, client_of, django_assert_num_queries):
    client = client_of("secretariat")
    urls = [page(minutes), page(minutes, "revision", 3)]
    counts = []
    for url in urls:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    for number in range(5):
        item = make.AgendaItemFactory(meeting=minutes.meeting)
        make.DecisionFactory(meeting=minutes.meeting, agenda_item=item)
        Minutes.objects.update(closing=f"<p>پایان {number}</p>")

    for url, count in zip(urls, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(url)


def test_restoring_leaves_the_titles_of_an_announced_agenda(minutes, client_of):
    AgendaItem.objects.update(title="عنوان تازه")
    make.Meeting.objects.update(status="announced", announced_at=make.timezone.now())

    response = client_of("secretariat").post(page(minutes, "restore", 2))

    assert response.status_code == 302
    item = AgendaItem.objects.get()
    assert (item.title, item.discussion) == ("عنوان تازه", "<p>متن نخست بند</p>")
