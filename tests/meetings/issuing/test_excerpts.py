"""An issued excerpt is issued anew when it would say something else, and only then."""

from datetime import timedelta

import pytest

from council_portal.issuing import register
from council_portal.issuing.models import Entry
from council_portal.persian.calendar import today
from council_portal.persian.wording import short_date
from meetings import following
from meetings import minutes as rules
from meetings.issuing import EXCERPT
from meetings.linking import link, unlink
from members.models import Organization
from tests import factories as make
from tests.admin.forms import new_row, open_form
from tests.issuing.samples import known
from tests.jobs import do_jobs, waiting_jobs

from .samples import approved_minutes, bytes_of, issue, issued, papers_of, source_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(published):
    return published.meeting.decisions.get()


@pytest.fixture
def duty(decision):
    return decision.assignments.get()


def numbers(decision) -> list[int]:
    """The numbers of the excerpts that were issued of a decision."""
    do_jobs()
    return list(Entry.objects.of(decision, EXCERPT.name).order_by("number").values_list("number", flat=True))


def latest_says(decision) -> str:
    return source_of(bytes_of(Entry.objects.of(decision, EXCERPT.name).newest_first().first()))


def extended(duty, by, days: int = 40):
    day = max(duty.due_on or today(), today()) + timedelta(days=days)
    following.extend(duty, by=by, new_due_on=day, because="زمان بیشتر")
    return day


def test_a_new_due_date_issues_the_excerpt_anew_with_both_days(client, published, decision, duty, secretariat):
    first, first_due = issued(EXCERPT), duty.due_on
    day = extended(duty, secretariat)
    do_jobs()

    second = issued(EXCERPT)
    assert (second.supersedes, second.entered_by, known(first).state) == (first, secretariat, "superseded")
    assert short_date(day) in latest_says(decision)
    assert short_date(first_due) in latest_says(decision)
    assert second.get_absolute_url() in client.get(first.get_absolute_url()).text
    assert b"".join(client.get(papers_of(published)[1]).streaming_content) == bytes_of(second)


def test_the_minutes_say_what_was_decided_and_stay(published, duty, secretariat):
    first_due = duty.due_on
    extended(duty, secretariat)
    rules.correct(published, by=secretariat, text="متن درست", reason="اشتباه در نگارش")
    do_jobs()

    text = source_of(bytes_of(Entry.objects.of(published, "minutes").newest_first().first()))
    assert short_date(first_due) in text
    assert Entry.objects.of(published, "minutes").count() == 2


def test_each_change_is_issued(decision, duty, secretariat):
    extended(duty, secretariat)
    duty.refresh_from_db()
    extended(duty, secretariat)

    assert len(numbers(decision)) == 3


@pytest.mark.parametrize(("end", "word"), [(following.stop, "متوقف"), (following.refer, "ارجاع")])
def test_a_part_that_is_taken_back_is_said(decision, duty, secretariat, end, word):
    assert word not in latest_says(decision)

    end(duty, by=secretariat, because="از دستور کار خارج شد")

    assert len(numbers(decision)) == 2
    assert word in latest_says(decision)


def test_what_is_heard_of_the_carrying_out_changes_nothing(decision, duty, secretariat):
    following.note(duty, by=secretariat, text="پرسیده شد")
    report = following.report(duty, by=secretariat, text="انجام شد", new_status="done")
    following.accept(report, by=secretariat)

    assert len(numbers(decision)) == 1


def test_a_link_issues_both_excerpts_anew_and_so_does_taking_it_back(decision, secretariat):
    issue(approved_minutes(body=decision.meeting.body))
    later = issued(EXCERPT)
    subject = type(decision).objects.get(pk=later.subject_id)

    row = link(subject, kind="amends", other=decision, by=secretariat)
    assert [len(numbers(one)) for one in (decision, subject)] == [2, 2]
    assert subject.label in latest_says(decision)

    unlink(subject, row.pk, by=secretariat)
    assert [len(numbers(one)) for one in (decision, subject)] == [3, 3]
    assert subject.label not in latest_says(decision)


def test_the_publication_of_a_decision_that_amends_it_issues_it_anew(decision, secretariat):
    minutes = approved_minutes(body=decision.meeting.body)
    link(minutes.meeting.decisions.get(), kind="replaces", other=decision, by=secretariat)
    assert len(numbers(decision)) == 1

    issue(minutes)

    assert len(numbers(decision)) == 2
    assert minutes.meeting.decisions.get().label in latest_says(decision)


def test_what_its_readers_do_not_see_issues_nothing(decision, duty, secretariat):
    closed = make.DecisionFactory(published=True, meeting__held=True, visibility="secretariat")
    link(decision, kind="carries_out", other=closed, by=secretariat)
    Organization.objects.filter(pk=duty.organization_id).update(visibility="secretariat")
    extended(duty, secretariat)

    assert len(numbers(decision)) == 1


def test_a_withdrawn_one_stays_withdrawn(decision, duty, secretariat):
    register.withdraw(issued(EXCERPT), by=secretariat, because="اشتباه در متن")

    extended(duty, secretariat)

    assert len(numbers(decision)) == 1


def test_without_a_certificate_the_due_date_is_extended_all_the_same(duty, secretariat, settings):
    settings.SIGNING_CERTIFICATE = ""

    day = extended(duty, secretariat)

    duty.refresh_from_db()
    assert duty.due_on == day
    assert not [job for job in waiting_jobs() if job.args.get("occasion", "").startswith("change")]


def test_an_organisation_that_the_admin_adds_is_in_it(client_of, decision):
    organization = make.OrganizationFactory(name="وزارت افزوده", visibility="public")
    client, url = client_of("secretariat"), f"/admin/meetings/decision/{decision.pk}/change/"
    added = {"organization": organization.pk, "role": "support", "status": "not_begun"}

    client.post(url, new_row(open_form(client, url), "assignments", **added))

    assert len(numbers(decision)) == 2
    assert organization.name in latest_says(decision)
