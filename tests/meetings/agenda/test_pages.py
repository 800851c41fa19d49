"""The pages on which an agenda is made, and the same rules in the admin."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.urls import reverse

from council_portal.access.visibility import Visibility
from meetings import agenda, holding
from meetings.models import AgendaItem
from tests import factories as make
from tests.admin.forms import new_row, open_form
from tests.meetings.work.pages import OTHERS, WORKERS, page_of

from .items import items_of, proposal_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "status"), [*WORKERS.items(), *OTHERS.items(), ("visitor", 302)])
@pytest.mark.parametrize("name", ["agenda", "agenda_item"])
def test_the_agenda_is_made_by_those_who_work_on_the_meeting(client_of, meeting, name, role, status):
    (item,) = items_of(meeting, 1)
    address = page_of(meeting, name, *([item.pk] if name == "agenda_item" else []))

    assert client_of(role, meeting.body).get(address).status_code == status


@pytest.mark.parametrize("role", [*OTHERS, "visitor"])
def test_nobody_else_changes_it(client_of, meeting, role):
    first, *_others = items_of(meeting)
    client, proposal = client_of(role, meeting.body), proposal_for(meeting)

    client.post(page_of(meeting, "agenda"), {"title": "بند", "visibility": "public"})
    client.post(page_of(meeting, "agenda_move", first.pk), {"way": "down"})
    client.post(page_of(meeting, "agenda_remove", first.pk), {"seen": 1})
    client.post(page_of(meeting, "agenda_withdraw", first.pk))
    client.post(page_of(meeting, "agenda_accept", "organizations", proposal.pk))

    assert list(meeting.agenda_items.values_list("position", "outcome").order_by("position")) == [
        (n, "") for n in (1, 2, 3)
    ]


def test_an_empty_agenda_says_what_to_do(secretariat, meeting):
    page = secretariat.get(page_of(meeting, "agenda")).text

    assert "هنوز بندی در دستور جلسه نیست" in page
    assert "اکنون پیشنهادی در انتظار نیست" in page


def test_the_agenda_tells_how_much_of_the_time_is_planned(secretariat, meeting):
    items_of(meeting, 2, minutes_planned=50)

    page = secretariat.get(page_of(meeting, "agenda")).text

    assert "۱۰۰ دقیقه از ۹۰ دقیقهٔ نشست" in page
    assert "بیش از مدت نشست" in page


def test_an_item_is_added_with_all_that_belongs_to_it(secretariat, meeting):
    (item,) = items_of(meeting, 1)
    presenter = make.MembershipFactory(body=meeting.body).person
    values = {"title": "بخش تازه", "parent": item.pk, "presenter": presenter.pk, "minutes_planned": "۲۰"}

    secretariat.post(page_of(meeting, "agenda"), values | {"visibility": "members"})

    part = item.parts.get()
    assert (part.title, part.presenter, part.minutes_planned, part.visibility) == ("بخش تازه", presenter, 20, "members")


def test_a_refused_item_keeps_what_was_typed(secretariat, meeting):
    response = secretariat.post(
        page_of(meeting, "agenda"), {"title": "عنوان نگه‌داشتنی", "minutes_planned": "دو ساعت", "visibility": "public"}
    )

    assert "عنوان نگه‌داشتنی" in response.text
    assert "دو ساعت" in response.text
    assert not meeting.agenda_items.exists()


def test_an_item_is_moved_without_script(secretariat, meeting):
    first, second, _third = items_of(meeting)

    response = secretariat.post(page_of(meeting, "agenda_move", second.pk), {"way": "up"})

    assert response.url.endswith(f"#item-{second.pk}")
    assert list(meeting.agenda_items.in_order())[:2] == [second, first]


def test_an_item_is_moved_by_its_number(secretariat, meeting):
    first, second, third = items_of(meeting)
    address = page_of(meeting, "agenda_item", third.pk)
    values = {"title": third.title, "visibility": "public", "opened_version": third.version}

    assert secretariat.get(address).context["form"]["place"].value() == 3
    secretariat.post(address, values | {"place": "۱"})

    assert list(meeting.agenda_items.in_order()) == [third, first, second]


def test_a_number_among_announced_items_is_refused_and_nothing_of_the_form_is_saved(secretariat, meeting):
    first, _second = items_of(meeting, 2)
    holding.announce(meeting, by=make.UserFactory())
    later = agenda.add(AgendaItem(meeting=meeting, title="پس از اعلام"))
    address = page_of(meeting, "agenda_item", later.pk)

    refused = secretariat.post(
        address, {"title": "عنوان دیگر", "visibility": "public", "opened_version": later.version, "place": "۱"}
    )

    assert "بندها در جای خود می‌مانند" in refused.text
    assert "عنوان دیگر" in refused.text
    assert list(meeting.agenda_items.in_order().values_list("title", flat=True))[-1] == "پس از اعلام"
    assert "place" not in secretariat.get(page_of(meeting, "agenda_item", first.pk)).context["form"].fields


def test_a_script_orders_the_whole_and_gets_the_list(secretariat, meeting):
    first, second, third = items_of(meeting)
    seen = f"{first.pk},{second.pk},{third.pk}"
    wanted = f"{third.pk},{first.pk}.{third.pk},{second.pk}"
    address = page_of(meeting, "agenda_order")

    done = secretariat.post(address, {"seen": seen, "wanted": wanted}, headers={"X-Part": "list"})
    refused = secretariat.post(address, {"seen": seen, "wanted": seen}, headers={"X-Part": "list"})

    assert (done.status_code, refused.status_code) == (200, 409)
    assert f'data-order="{wanted}"' in done.text
    assert "در این میان کسی دستور جلسه را تغییر داده است" in refused.text
    assert list(meeting.agenda_items.in_order()) == [third, first, second]


@pytest.mark.parametrize("wanted", ["x", "1.2.x", "9999999"])
def test_an_order_that_is_none_changes_nothing(secretariat, meeting, wanted):
    first, *_others = items_of(meeting, 1)

    response = secretariat.post(page_of(meeting, "agenda_order"), {"seen": str(first.pk), "wanted": wanted})

    assert response.status_code in (404, 302)
    assert meeting.agenda_items.get().position == 1


def test_the_second_of_two_editors_is_shown_both_texts(client_of, meeting):
    (item,) = items_of(meeting, 1)
    address = page_of(meeting, "agenda_item", item.pk)
    ours, theirs = client_of("secretariat"), client_of("secretariat")
    values = {"visibility": "public", "opened_version": item.version}
    theirs.post(address, values | {"title": "عنوان آنان"})

    response = ours.post(address, values | {"title": "عنوان ما"})

    assert "عنوان آنان" in response.text
    assert "عنوان ما" in response.text
    assert AgendaItem.objects.get().title == "عنوان آنان"
    ours.post(address, values | {"title": "عنوان ما", "opened_version": item.version + 1})
    assert AgendaItem.objects.get().title == "عنوان ما"


@pytest.mark.django_db(transaction=True)
def test_an_item_is_saved_while_somebody_orders_the_agenda(client_of):
    meeting = make.MeetingFactory()
    first, _second, third = items_of(meeting, 3)
    secretariat, has_begun, failures = client_of("secretariat"), threading.Event(), []

    def order():
        try:
            with transaction.atomic():
                agenda.move(first, "down")
                has_begun.set()
                time.sleep(0.3)
                agenda.move(third, "up")
        except Exception as error:  # whatever it is, the test is to say so
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=order)
    thread.start()
    has_begun.wait(timeout=20)
    values = {"title": "عنوان تازه", "visibility": "public", "opened_version": third.version}
    answer = secretariat.post(page_of(meeting, "agenda_item", third.pk), values)
    thread.join()

    assert failures == []
    assert answer.status_code == 200  # the item has moved meanwhile, and is shown as it stands now


def test_after_the_announcement_titles_stay_and_the_rest_may_change(secretariat, meeting):
    (item,) = items_of(meeting, 1)
    holding.announce(meeting, by=make.UserFactory())
    address = page_of(meeting, "agenda_item", item.pk)
    values = {"visibility": "public", "opened_version": item.version, "minutes_planned": "۳۰"}

    refused = secretariat.post(address, values | {"title": "دیگر"})
    secretariat.post(address, values | {"title": item.title})

    assert "عنوان بندها تغییر نمی‌کند" in refused.text
    assert "دیگر" in refused.text
    assert AgendaItem.objects.get().minutes_planned == 30


def test_an_announced_item_offers_to_be_withdrawn_and_a_removal_is_refused(secretariat, meeting):
    (item,) = items_of(meeting, 1)
    holding.announce(meeting, by=make.UserFactory())

    assert "خارج کردن بند از دستور" in secretariat.get(page_of(meeting, "agenda_item", item.pk)).text
    refused = secretariat.post(page_of(meeting, "agenda_remove", item.pk), {"seen": item.version}, follow=True)
    assert "به جای حذف" in refused.text
    secretariat.post(page_of(meeting, "agenda_withdraw", item.pk))
    assert AgendaItem.objects.get().outcome == "withdrawn"


def test_what_came_later_says_so_to_readers(client_of):
    meeting = make.MeetingFactory(announced=True)
    client_of("secretariat").post(page_of(meeting, "agenda"), {"title": "بند دیررس", "visibility": "public"})

    page = client_of("visitor").get(meeting.get_absolute_url()).text

    assert "بند دیررس" in page
    assert "افزوده‌شده پس از اعلام" in page


def test_what_is_closed_to_an_officer_shows_its_number_alone(client_of, meeting):
    (item,) = items_of(meeting, 1, title="پوشیده", visibility=Visibility.SECRETARIAT)
    officer = client_of("officer", meeting.body)

    assert "پوشیده" not in officer.get(page_of(meeting, "agenda")).text
    assert officer.get(page_of(meeting, "agenda_item", item.pk)).status_code == 404


def test_what_is_open_is_brought_in_once(secretariat, meeting):
    make.AssignmentFactory(decision__meeting=make.MeetingFactory(body=meeting.body, held=True))

    for _ in range(2):
        secretariat.post(page_of(meeting, "agenda_prepare"))

    assert meeting.agenda_items.get().kind == "review"
    assert "مصوبات باز این رکن" in secretariat.get(page_of(meeting, "agenda")).text


def test_the_agenda_asks_as_often_for_many_as_for_few(secretariat, meeting, django_assert_max_num_queries):
    def fill(number):
        for _ in range(number):
            item = make.AgendaItemFactory(
                meeting=meeting,
                position=meeting.agenda_items.filter(parent=None).count() + 1,
                presenter=make.PersonFactory(),
                proposed_by=make.OrganizationFactory(),
                continues=make.AgendaItemFactory(),
            )
            make.AgendaItemFactory(meeting=meeting, parent=item, position=1)
            make.ItemProposalFactory(body=meeting.body)
            make.ProposalFactory(addressee=meeting.body, submitted=True)
            make.AssignmentFactory(decision__meeting=make.MeetingFactory(body=meeting.body, held=True))

    fill(1)
    with django_assert_max_num_queries(40) as few:
        secretariat.get(page_of(meeting, "agenda"))
    fill(8)

    with django_assert_max_num_queries(len(few)):
        secretariat.get(page_of(meeting, "agenda"))


# The same rules in the admin


def admin_of(meeting) -> str:
    return reverse("admin:committees_session_change", args=[meeting.pk])


def test_the_admin_keeps_an_announced_agenda_too(secretariat, meeting):
    (item,) = items_of(meeting, 1)
    holding.announce(meeting, by=make.UserFactory())
    values = open_form(secretariat, admin_of(meeting))

    retitled = secretariat.post(admin_of(meeting), values | {"agenda_items-0-title": "عنوان تازه"})
    removed = secretariat.post(admin_of(meeting), values | {"agenda_items-0-DELETE": "on"})
    secretariat.post(admin_of(meeting), values | {"agenda_items-0-outcome": "noted"})

    assert "این مورد همان‌گونه می‌ماند" in retitled.text
    assert "عنوان تازه" in retitled.text
    assert "حذف نمی‌شود" in removed.text
    item.refresh_from_db()
    assert item.outcome == "noted"


def test_an_item_added_in_the_admin_after_the_announcement_says_so(secretariat, meeting):

    holding.announce(meeting, by=make.UserFactory())
    values = open_form(secretariat, admin_of(meeting))
    new_row(values, "agenda_items", title="دیررس", position="۱", visibility="public", kind="regular")

    secretariat.post(admin_of(meeting), values)

    assert meeting.agenda_items.get().is_added_later
