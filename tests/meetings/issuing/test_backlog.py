"""What was published before there was a register."""

import pytest
from django.core.management import CommandError, call_command

from council_portal.issuing import register
from council_portal.issuing.models import Entry
from meetings.issuing import MINUTES
from tests import factories as make
from tests.jobs import do_jobs, waiting_jobs

pytestmark = pytest.mark.django_db


def test_the_command_issues_what_was_published_before_and_once(capsys):
    decision = make.DecisionFactory(published=True)
    minutes = make.MinutesFactory(meeting=decision.meeting, published=True)
    make.MinutesFactory(approved=True)

    for _ in range(2):
        call_command("issue_published")

    assert [(entry.kind, entry.subject_id) for entry in Entry.objects.order_by("number")] == [
        ("minutes", minutes.pk),
        ("excerpt", decision.pk),
    ]
    assert "1/2" in capsys.readouterr().out


def test_the_command_goes_on_where_it_was_stopped(monkeypatch):
    minutes = [make.MinutesFactory(published=True) for _ in range(2)]
    register.issue(minutes[0], MINUTES, by=None)

    call_command("issue_published", kind=["minutes"], verbosity=0)

    assert list(Entry.objects.values_list("subject_id", flat=True)) == [one.pk for one in minutes]


def test_the_command_leaves_what_was_withdrawn_and_issues_what_was_corrected_since():
    withdrawn, corrected = (make.MinutesFactory(published=True) for _ in range(2))
    register.withdraw(register.issue(withdrawn, MINUTES, by=None), by=None, because="اشتباه")
    register.issue(corrected, MINUTES, by=None)
    make.CorrigendumFactory(minutes=corrected, number=1)

    call_command("issue_published", verbosity=0)

    assert [(entry.subject_id, entry.occasion) for entry in Entry.objects.filter(number__gt=3)] == [
        (corrected.pk, "corrigendum-1")
    ]


def test_the_command_can_leave_it_to_the_queue_or_only_count(capsys):
    make.MinutesFactory(published=True)

    call_command("issue_published", dry_run=True)
    assert waiting_jobs() == []
    call_command("issue_published", later=True)
    do_jobs()

    assert Entry.objects.count() == 1


def test_without_a_certificate_the_command_says_so(settings):
    settings.SIGNING_CERTIFICATE = ""
    make.MinutesFactory(published=True)

    with pytest.raises(CommandError, match="گواهی"):
        call_command("issue_published", verbosity=0)
