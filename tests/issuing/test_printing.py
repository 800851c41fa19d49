from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import RequestFactory

from council_portal.access.visibility import Visibility
from council_portal.files.models import Damage
from council_portal.issuing import making
from council_portal.issuing.models import PrintJob, PrintRequest
from council_portal.issuing.papers import Paper
from council_portal.issuing.printing import estimated_pages, respond_or_queue
from council_portal.notices.models import Notice
from meetings.models import Meeting
from tests import factories as make
from tests.conftest import ACCOUNTS
from tests.jobs import do_jobs, waiting_jobs
from tests.roles import user_of

pytestmark = pytest.mark.django_db
TITLE = "گزارش نمونه"


def paper(pages: int = 3, words: str = "متن", **values) -> Paper:
    """A paper of so many pages."""
    values = {"template": "tests/sheets.html", "title": TITLE, "name": "گزارش", **values}
    return Paper(context={"sheets": [words] * pages}, **values)


def asked(user=None, asked_paper: Paper | None = None, about=None):
    request = RequestFactory().get("/report.pdf?all=1")
    request.user = user or AnonymousUser()
    return respond_or_queue(request, asked_paper or paper(), about=about)


def page_of(answer) -> str:
    assert answer.status_code == 302
    return answer.url


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def client_as(client, user):
    client.force_login(user, backend=ACCOUNTS)
    return client


@pytest.fixture(autouse=True)
def _sheets(settings, tmp_path):
    """A template with a sheet for each of `sheets`; more than two are many."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/sheets.html").write_text(
        '{% extends "paper/base.html" %}{% block sheets %}'
        '{% for sheet in sheets %}<article class="sheet">{{ sheet }}</article>{% endfor %}{% endblock %}'
    )
    engine = settings.TEMPLATES[0]
    settings.PAPER_PAGES_AT_ONCE = 2
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]


# What is long


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        ("", 0),
        ('<article class="sheet">کوتاه</article>' * 3, 3),
        ('<article class="sheet sheet--letter">' + "ح" * 9000 + "</article>", 8),
        ("<tr><td>ن</td></tr>" * 240, 10),
        (f"<tr><td>{'ن' * 60}</td></tr>" * 240, 15),
        ('<img src="paper:1">' * 9, 3),
        ('<article class="sheet">پیوست</article><img alt="" class="insert" src="data:">' + "<p>" * 900, 2),
    ],
)
def test_the_pages_of_a_paper_are_guessed_by_what_fills_them(body, pages):
    assert estimated_pages(f"<html><head><title>{'س' * 5000}</title></head><body>{body}</body></html>") == pages


def test_a_short_paper_is_made_at_once():
    answer = asked(asked_paper=paper(2))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert content_of(answer).startswith(b"%PDF-")
    assert not PrintJob.objects.exists()


# The queue


def test_a_long_paper_is_made_by_the_queue_and_then_handed_out_where_it_was_asked_for(client):
    user = user_of("member")
    page = page_of(asked(user))
    do_jobs()

    answer = asked(user)

    assert 'href="/report.pdf?all=1"' in client_as(client, user).get(page).content.decode()
    assert content_of(answer).startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert "filename*=utf-8''%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4.pdf" in answer["Content-Disposition"]


def test_a_paper_is_made_once_for_all_who_ask_while_it_is_the_same():
    first, second = user_of("member"), user_of("member")

    asked(first), asked(first), asked(second)

    assert PrintJob.objects.count() == len(waiting_jobs()) == 1
    assert PrintRequest.objects.count() == 2


def test_a_paper_that_reads_otherwise_is_another():
    asked(asked_paper=paper())
    asked(asked_paper=paper(words="متن دیگر"))
    asked(asked_paper=paper(is_draft=True))

    assert PrintJob.objects.count() == 3


def test_making_twice_changes_nothing():
    asked()
    do_jobs()
    job = PrintJob.objects.get()
    making.make(job.pk)

    assert PrintJob.objects.get().ended_at == job.ended_at
    assert (job.html, job.files, job.inserts) == ("", {}, [])


def test_it_says_how_far_it_has_come():
    said = []
    with making.pages_counted(said.append):
        asked(asked_paper=paper(2))

    assert said[:1] == [1]


def test_the_page_says_how_far_it_has_come_and_comes_again_without_script(client):
    page = page_of(asked())
    PrintJob.objects.update(status="making", pages_done=2)

    text, state = client.get(page).content.decode(), client.get(f"{page}state/").json()

    assert "صفحهٔ ۲ از حدود ۳" in text
    assert '<meta http-equiv="refresh" content="3">' in text
    assert state == {"is_over": False, "percent": 66, "words": "صفحهٔ ۲ از حدود ۳ چیده شده است"}


# What is told


def test_whoever_asked_is_told_once_it_is_there():
    user = user_of("member")
    page = page_of(asked(user))
    do_jobs()

    notice = Notice.objects.get()

    assert (notice.recipient, notice.address) == (user, page)
    assert notice.title == "آمادهٔ بازکردن: گزارش نمونه"


def test_what_could_not_be_made_is_said_and_can_be_tried_again(client):
    user = user_of("member")
    page = page_of(asked(user))
    PrintJob.objects.update(html='<link rel="stylesheet" href="/static/none.css">')
    do_jobs()
    client_as(client, user)

    text = client.get(page).content.decode()
    again = client.post(f"{page}again/")

    assert "این سند ساخته نشد" in text
    assert Notice.objects.get().title == "ساخته نشد: گزارش نمونه"
    assert again.url == page
    assert PrintJob.objects.get().status == "waiting"
    assert len(waiting_jobs()) == 2


def test_one_whose_worker_is_killed_each_time_is_given_up():
    asked()
    PrintJob.objects.update(status="making", attempts=making.MOST_ATTEMPTS)
    do_jobs()

    assert PrintJob.objects.get().status == "failed"


# Who may see it


@pytest.mark.parametrize("ending", ["", "state/"])
def test_nobody_but_who_asked_sees_it(client_of, client, ending):
    user = user_of("member")
    address = page_of(asked(user)) + ending

    assert {client_of(role, make.BodyFactory()).get(address).status_code for role in ("visitor", "secretariat")} == {
        404
    }
    assert client_as(client, user).get(address).status_code == 200


def test_who_may_not_read_what_it_is_about_any_more_sees_it_and_its_notice_no_more(client):
    user = user_of("member")
    meeting = make.MeetingFactory(announced=True, visibility=Visibility.MEMBERS)
    page = page_of(asked(user, about=meeting))
    do_jobs()
    client_as(client, user)
    assert client.get(page).status_code == 200

    Meeting.objects.update(visibility=Visibility.SECRETARIAT)

    assert client.get(page).status_code == 404
    assert TITLE not in client.get("/inbox/").content.decode()


def test_a_visitors_request_is_for_visitors(client):
    assert client.get(page_of(asked())).status_code == 200


# What is thrown away


def test_what_was_made_a_week_ago_is_thrown_away():
    asked(), asked(asked_paper=paper(words="دیگر"))
    do_jobs()
    old = PrintJob.objects.first()
    PrintJob.objects.filter(pk=old.pk).update(ended_at=old.ended_at - making.KEPT_FOR - timedelta(minutes=1))

    assert making.sweep() == 1
    assert not old.made.storage.exists(old.made.name)
    assert PrintJob.objects.get().made.storage.exists(PrintJob.objects.get().made.name)


# What was made is proved before it is handed out, as stored files are; it is made again if it is not what it was


@pytest.mark.parametrize("what", ["lost", "changed"])
def test_what_was_made_and_is_damaged_is_made_again(what):
    user = user_of("member")
    page = page_of(asked(user))
    do_jobs()
    made = PrintJob.objects.get().made
    made.storage.delete(made.name)
    if what == "changed":
        made.storage.save(made.name, ContentFile(b"%PDF-1.7 another"))

    assert page_of(asked(user)) == page
    assert page_of(asked(user)) == page
    assert [PrintJob.objects.get().status, PrintRequest.objects.count(), len(waiting_jobs())] == ["waiting", 1, 2]
    do_jobs()

    assert content_of(asked(user)).startswith(b"%PDF-")
    assert not Damage.objects.exists()
