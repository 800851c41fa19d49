"""The addresses of the papers hand out the issued files."""

import pytest

from council_portal.issuing import register
from meetings import minutes as rules
from meetings.issuing import EXCERPT, MINUTES, REPORT
from members.models import Organization
from tests.jobs import do_jobs

from .samples import bytes_of, file_at, issued, papers_of

pytestmark = pytest.mark.django_db


def test_the_addresses_of_the_papers_hand_out_the_issued_files(client, published):
    minutes, excerpt = papers_of(published)

    assert file_at(client, minutes) == bytes_of(issued(MINUTES))
    assert file_at(client, excerpt) == bytes_of(issued(EXCERPT))
    tag = client.get(minutes)["ETag"]
    assert client.get(minutes, headers={"if-none-match": tag}).status_code == 304


def test_a_paper_is_made_anew_until_its_corrigendum_is_issued(client, published, secretariat):
    minutes, _excerpt = papers_of(published)
    first = bytes_of(issued(MINUTES))

    rules.correct(published, by=secretariat, text="متن درست", reason="اشتباه")
    between = file_at(client, minutes)
    do_jobs()

    assert between not in (first, bytes_of(issued(MINUTES)))
    assert file_at(client, minutes) == bytes_of(issued(MINUTES))


def test_the_address_of_a_withdrawn_paper_leads_to_the_page_that_says_so(client, published, secretariat):
    register.withdraw(issued(MINUTES), by=secretariat, because="اشتباه در متن")

    answer = client.get(papers_of(published)[0])

    assert (answer.status_code, answer.url) == (302, issued(MINUTES).get_absolute_url())


def test_what_was_withdrawn_is_not_printed_anew_either(client, published, secretariat):
    minutes, excerpt = papers_of(published)
    sheet = excerpt.replace("excerpt.pdf", "excerpt/")
    assert [client.get(address).status_code for address in (f"{minutes}?closed=1", sheet)] == [200, 200]
    for kind in (MINUTES, EXCERPT):
        register.withdraw(issued(kind), by=secretariat, because="اشتباه در متن")

    assert client.get(f"{minutes}?closed=1").url == issued(MINUTES).get_absolute_url()
    assert client.get(sheet).url == issued(EXCERPT).get_absolute_url()
    Organization.objects.update(visibility="members")
    assert client.get(excerpt).url == issued(EXCERPT).get_absolute_url()


def test_a_corrigendum_of_the_minutes_does_not_make_a_withdrawn_report_hold_again(client, published, secretariat):
    register.issue(published.meeting, REPORT, by=secretariat)
    register.withdraw(issued(REPORT), by=secretariat, because="اشتباه در متن")
    report = papers_of(published)[0].replace("minutes.pdf", "report.pdf")
    rules.correct(published, by=secretariat, text="متن درست", reason="اشتباه")
    do_jobs()

    assert client.get(report).url == client.get(f"{report}?closed=1").url == issued(REPORT).get_absolute_url()


def test_withdrawn_minutes_are_not_printed_within_a_report_either(client, published, secretariat):
    report = papers_of(published)[0].replace("minutes.pdf", "report.pdf")
    assert client.get(report).status_code == 200
    register.withdraw(issued(MINUTES), by=secretariat, because="اشتباه در متن")

    assert client.get(report).url == issued(MINUTES).get_absolute_url()


def test_whoever_may_not_read_the_issued_file_has_what_they_may_see(client, published):
    Organization.objects.update(visibility="members")

    shown = file_at(client, papers_of(published)[0])

    assert shown.startswith(b"%PDF")
    assert shown != bytes_of(issued(MINUTES))
