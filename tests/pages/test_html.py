"""Every kind of page that somebody can reach works, and is valid HTML."""

import json
import subprocess
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings

from council_portal.issuing.models import PrintJob
from council_portal.issuing.tasks import make_paper
from tests.jobs import do_jobs
from tests.pages.addresses import PAGES, address_of
from tests.pages.crawler import crawl, is_html
from tests.pages.people import PEOPLE, account_of

VALIDATOR = Path(__file__).resolve().parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"
LOGIN = "allauth.account.auth_backends.AuthenticationBackend"
PERSONAL = ("/desk/", "/meetings/invitations/", "/meetings/propose/", "/proposals/")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(scope="module")
def crawled(demo) -> tuple[dict, list]:
    """What each of the roles reaches, and the papers among it: the queue makes each once for all who may read it."""
    with override_settings(PAPER_PAGES_AT_ONCE=0), transaction.atomic():
        answers = {(who, address): answer for who in PEOPLE for address, answer in crawl_as(who).items()}
        do_jobs(make_paper)
        papers = list(PrintJob.objects.all())
        transaction.set_rollback(True)
    return answers, papers


@pytest.fixture(scope="module")
def answers(crawled) -> dict:
    """{(who, address): response} of every page that each of the roles reaches."""
    return crawled[0]


def crawl_as(who: str) -> dict:
    client, account = Client(), account_of(who)
    if account:
        client.force_login(account, backend=LOGIN)
    return crawl(client, start=[address for address in map(address_of, PAGES) if address])


def validate(folder: Path) -> list[dict]:
    """The validator's complaints about the HTML files in a folder, from one run of it."""
    command = ["java", "-Xss8m", "-jar", VALIDATOR, "--format", "json", "--exit-zero-always", "--skip-non-html", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return [message for message in json.loads(done.stderr)["messages"] if not is_advice(message)]


def is_advice(message: dict) -> bool:
    """Its "info" is about style, such as a trailing slash; its warnings count."""
    return message["type"] == "info" and message.get("subType") != "warning"


def test_every_link_leads_somewhere(answers):
    broken = {
        f"{address} from {answer.linked_from} ({who}): {answer.status_code}"
        for (who, address), answer in answers.items()
        # Where the crawl began it may have been at a page that is not for everybody.
        if answer.status_code >= 400 and (answer.linked_from or not address.startswith(PERSONAL))
    }

    meant = address_of("not found")
    assert [entry for entry in sorted(broken) if not entry.startswith(meant)] == []


def test_every_paper_that_is_linked_to_can_be_made(crawled):
    _answers, papers = crawled

    assert papers
    assert {paper.status for paper in papers} == {PrintJob.Status.DONE}


def test_every_page_says_that_the_council_is_fictional(answers):
    silent = {
        page
        for page, answer in answers.items()
        if is_html(answer) and answer.content and "داده نمایشی" not in answer.text
    }

    assert silent == set()


def test_html_is_valid(answers, tmp_path):
    pages = {}
    for n, (page, answer) in enumerate(answers.items()):
        if is_html(answer) and answer.content:
            (tmp_path / f"{n}.html").write_bytes(answer.content)
            pages[f"{n}.html"] = page

    complaints = validate(tmp_path)

    assert pages
    # One example of each is enough to find it.
    examples = {c["message"]: f"{pages[Path(c['url']).name]}: {c.get('extract')}" for c in complaints}
    assert not examples, "\n".join(f"{message}\n    {example}" for message, example in examples.items())


def test_validator_finds_a_mistake(tmp_path):
    (tmp_path / "wrong.html").write_text("<!DOCTYPE html><html lang=fa dir=rtl><title>ص</title><p><div></p></div>")

    assert validate(tmp_path)
