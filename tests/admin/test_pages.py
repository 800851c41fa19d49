"""Every list and form that is registered, so that one which is added without a rule fails here."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from council_portal.admin.register import KeptAdmin
from council_portal.models import DemoData
from tests import factories as make
from tests.admin import rows
from tests.roles import ROLES

ADMINS = list(admin.site._registry.values())
PAGES = ["changelist", "add", "change", "history"]
SECRETARIATS = [one for one in ADMINS if one.model is not get_user_model()]


def name_of(model_admin):
    return model_admin.opts.label_lower


def url_of(model_admin, page, pk=None):
    name = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_{page}"
    return reverse(name, args=[pk] if page in ("change", "history", "delete") else [])


@pytest.fixture(params=ADMINS, ids=name_of)
def model_admin(request):
    return request.param


def reader_of(model_admin) -> str:
    return "administrator" if model_admin.model is get_user_model() else "secretariat"


def may_add(model_admin) -> bool:
    by_the_portal = ("agendaitem", "mail", "escalationstep", "itemproposal")
    return model_admin.opts.model_name not in by_the_portal and not isinstance(model_admin, KeptAdmin)


def has_history(model_admin) -> bool:
    """The register of issued documents is a history itself, and so is what stands beside it."""
    return not isinstance(model_admin, KeptAdmin)


def queries_of(client, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(queries)


def test_whoever_works_with_it_opens_each_page_in_persian(client_of, model_admin):
    row, client = rows.one(model_admin.model), client_of(reader_of(model_admin))

    responses = {page: client.get(url_of(model_admin, page, row.pk)) for page in PAGES}

    if not may_add(model_admin):
        assert responses.pop("add").status_code == 403
    if not has_history(model_admin):
        assert responses.pop("history").url == url_of(model_admin, "change", row.pk)
    assert {page for page, response in responses.items() if response.status_code != 200} == set()
    assert all('lang="fa" dir="rtl"' in response.text for response in responses.values())


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("secretariat", "administrator")])
def test_nobody_else_opens_any_page(client_of, role):
    client = client_of(role, make.BodyFactory())
    pages = [url_of(model_admin, page, 1) for model_admin in ADMINS for page in PAGES]

    last = {url: client.get(url, follow=True) for url in [reverse("admin:index"), *pages]}

    assert [url for url, response in last.items() if not is_refused(response)] == []


def is_refused(response) -> bool:
    """Whether the admin said no, or led a visitor to the portal's own sign-in."""
    return response.status_code == 403 or response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_the_secretariat_and_the_administrator_keep_to_their_own(client_of, model_admin):
    row = rows.one(model_admin.model)
    other = {"secretariat": "administrator", "administrator": "secretariat"}[reader_of(model_admin)]
    client = client_of(other)

    answers = {client.get(url_of(model_admin, page, row.pk)).status_code for page in PAGES}

    # An administrator chooses the person whose account it is.
    assert answers == {403} or name_of(model_admin) == "members.person"


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_many_rows_cost_no_more_queries_than_two(client_of, model_admin, page):
    first = rows.one(model_admin.model)
    rows.fill(first, 2)
    client = client_of(reader_of(model_admin))
    client.get(reverse("admin:index"))
    few = queries_of(client, url_of(model_admin, page, first.pk))
    rows.fill(first, 4)

    assert queries_of(client, url_of(model_admin, page, first.pk)) <= few


def test_the_small_tables_have_no_list_of_their_own():
    listed = {one.opts.model_name for one in ADMINS}

    assert not listed & {"organizationname", "bodyname", "articlenote", "decisionlink", "attendance", "group", "site"}


def test_every_page_says_that_the_council_is_fictional(client_of, model_admin):
    row, client = rows.one(model_admin.model), client_of(reader_of(model_admin))
    DemoData.objects.create(pk=1, loaded_at=timezone.now())

    pages = [client.get(url_of(model_admin, page, row.pk)).text for page in ("changelist", "change")]

    assert all("داده نمایشی" in page for page in pages)


def test_nothing_on_a_page_is_said_in_pythons_words(client_of, model_admin):
    row, client = rows.one(model_admin.model), client_of(reader_of(model_admin))

    pages = [client.get(url_of(model_admin, page, row.pk)).text for page in ("changelist", "change")]

    assert [re.findall(r'alt="(?:True|False|None)"|<nav class="toplinks">\s*None', page) for page in pages] == [[], []]


def test_no_gregorian_year_stands_on_a_list(client_of, model_admin):
    rows.one(model_admin.model)

    text = client_of(reader_of(model_admin)).get(url_of(model_admin, "changelist")).text

    assert not re.search(r">[^<]*\b20[12]\d\b[^<]*<", text.partition("<main")[2])
