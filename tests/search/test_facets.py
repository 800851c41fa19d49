"""The choices beside the results of a search: what each narrows to, and what it leaves."""

import pytest

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.search.models import Kind
from tests import factories as make

from .pages import PUBLIC, choice, decision, page, words

pytestmark = pytest.mark.django_db


def test_facets_narrow_by_each_choice_and_count_what_it_leaves(client):
    one = decision(meeting__held_on=PartialDate.day(1402, 1, 20))
    decision(meeting=one.meeting)
    decision(meeting__held_on=PartialDate.day(1390, 1, 20))
    make.MaterialFactory(title="اتوماسیون", meeting=one.meeting, **PUBLIC)

    html = page(client, "اتوماسیون", kind="decision")

    assert "۳ نتیجه" in html
    assert choice(html, "۱۴۰۲") == "۲"
    assert choice(html, "۱۳۹۰") == "۱"
    assert choice(html, "مطالب") == "۱"
    assert "۲ نتیجه" in page(client, "اتوماسیون", kind="decision", year="1402")
    assert "۲ نتیجه" in page(client, "اتوماسیون", kind="decision", year="۱۴۰۲")
    assert "۳ نتیجه" in page(client, "اتوماسیون", body=one.meeting.body.slug)


def test_organisation_and_status(client):
    assignment = make.AssignmentFactory(decision=decision(), status="done")
    make.AssignmentFactory(decision=decision())
    slug = assignment.organization.slug

    html = page(client, "اتوماسیون", organization=slug, status="done")

    assert "۱ نتیجه" in html
    assert assignment.decision.get_absolute_url() in html
    assert "هیچ" in words(page(client, "اتوماسیون", organization=slug, status="stopped"))


def test_a_status_is_that_of_the_chosen_organisations_part(client):
    done, late = decision(), decision()
    ours = make.OrganizationFactory(name="وزارت نیرو", slug="energy")
    other = make.OrganizationFactory(name="وزارت نفت", slug="petroleum")
    for one, our_status, other_status in ((done, "done", "stopped"), (late, "stopped", "done")):
        make.AssignmentFactory(decision=one, organization=ours, status=our_status)
        make.AssignmentFactory(decision=one, organization=other, role="support", status=other_status)

    html = page(client, "اتوماسیون", organization="energy", status="done")

    assert done.get_absolute_url() in html
    assert late.get_absolute_url() not in html
    assert [choice(html, name) for name in ("وزارت نیرو", "وزارت نفت", "انجام‌شده", "متوقف‌شده")] == ["۱"] * 4
    assert choice(page(client, "اتوماسیون", status="done"), "وزارت نفت") == "۱"
    assert choice(page(client, "اتوماسیون", organization="energy"), "متوقف‌شده") == "۱"
    assert choice(page(client, "اتوماسیون"), "متوقف‌شده") == "۲"


def test_inside_one_meeting(client):
    here, elsewhere = decision(), decision()

    html = page(client, "اتوماسیون", meeting=here.meeting_id)

    assert here.get_absolute_url() in html
    assert elsewhere.get_absolute_url() not in html
    assert str(here.meeting) in html


def test_without_words_everything_is_listed_that_the_choices_leave(client, client_of):
    earlier = decision("نخست", meeting__held_on=PartialDate.day(1402, 1, 20))
    later = decision("سپس", meeting__held_on=PartialDate.day(1402, 2, 20))
    closed = decision("بسته", meeting__held_on=PartialDate.day(1402, 3, 20), visibility=Visibility.MEMBERS)
    decision("پیش از آن", meeting__held_on=PartialDate.day(1390, 1, 20))
    asked = {"kind": "decision", "year": "1402"}

    html = page(client, **asked)

    assert "۲ نتیجه" in html
    assert html.find(later.get_absolute_url()) < html.find(earlier.get_absolute_url())
    assert closed.get_absolute_url() not in html
    assert choice(html, "۱۳۹۰") == "۱"
    assert "تازه‌ترین" not in words(html)
    assert "۳ نتیجه" in page(client_of("member"), **asked)
    assert later.get_absolute_url() in client.get("/search/feed/", asked).text
    assert "/search/feed/?kind=decision&amp;year=1402" in html


def test_without_words_a_later_report_does_not_make_a_decision_newer(client):
    body = make.BodyFactory()
    earlier = decision("نخست", meeting__body=body, meeting__held_on=PartialDate.day(1402, 1, 20))
    later = decision("سپس", meeting__body=body, meeting__held_on=PartialDate.day(1402, 2, 20))
    make.FollowUpFactory(assignment__decision=earlier)

    html = page(client, body=body.slug)

    assert html.find(later.get_absolute_url()) < html.find(earlier.get_absolute_url())


def test_without_words_an_empty_part_says_so(client):
    html = page(client, kind="decision", year="1350")

    assert "در این بخش چیزی که برای شما خواندنی باشد نیست." in words(html)
    assert "چه چیزهایی یافت می‌شود" not in words(html)


def test_without_anything_each_kind_can_be_looked_through(client):
    html = page(client)

    assert all(f'href="/search/?kind={kind}"' in html for kind in Kind.values)
