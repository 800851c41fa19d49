"""What every list of the admin shows."""

import re

import pytest

from council_portal.administration.records import RecordAdmin
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = "/admin/members/organization/"


def test_each_cell_names_its_column_for_those_who_see_a_card(client_of):
    make.OrganizationFactory(name="<b>سازمان</b> نمونه")

    page = client_of("secretariat").get(LIST).text

    heads = re.findall(r'<div class="text">(?:<a[^>]*>|<span>)([^<]+)<', page)
    row = page[page.index("<tbody>") : page.index("</tbody>")]
    assert heads
    assert re.findall(r'<span class="column-name">([^<]+)</span>', row) == heads
    assert "&lt;b&gt;سازمان" in row


def test_the_page_one_is_on_is_told_from_the_others(client_of):
    make.OrganizationFactory.create_batch(RecordAdmin.list_per_page + 1)

    page = client_of("secretariat").get(LIST, {"p": 2}).text

    assert re.findall(r'this-page" aria-current="page">([^<]+)<', page) == ["۲"]
    assert 'href="?p=1"' in page
