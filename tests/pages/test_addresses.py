"""The list of page types is complete: an address stands in tests/pages/addresses.py, or here with why not."""

import pytest
from django.urls import URLPattern, get_resolver, resolve
from django.urls.resolvers import URLResolver

from council_portal.navigation import SECTIONS
from tests.pages.addresses import PAGES, address_of

# What is no page: files, and addresses that forms post to.
FILES = {"files:form", "healthz", "meetings:work_attendance_marks", "papers:state", "search:suggest"}
# There while a long document is being made, for whoever asked for it: tests/issuing/test_printing.py tries it.
FILES |= {"papers:paper"}
FORMS = {
    *("set_language", "notices:open", "notices:read_all", "members:mail_choice"),
    *("members:renew_calendar_link", "members:revoke_calendar_link"),
    *("meetings:comment", "meetings:work_settle", "meetings:work_restore"),
    *("meetings:work_host_propose", "meetings:work_bring", "meetings:work_minutes_begin"),
    *("meetings:work_add_link", "meetings:work_remove_link"),
    "meetings:followed_duty_step",
    "publications:uncite",
    *("meetings:work_invite", "meetings:work_add_guest", "meetings:work_remove_guest", "meetings:work_send_again"),
    *("committees:desk_proposal_withdraw", "committees:desk_proposal_discard"),
    *("papers:again", "issuing:issue"),
}
# What the pages of an agenda and of an attendance post to.
FORMS |= {f"meetings:work_agenda_{name}" for name in ("prepare", "order", "move", "remove", "withdraw", "accept")}
FORMS |= {f"meetings:work_attendance_{name}" for name in ("list", "settle", "guests", "mark", "remove")}
FILE_ENDINGS = ("_file", "_thumbnail", "_cover", "_draft", "_feed", "_feed_of_body")
# Made by others, and tried by tests/admin and tests/members.
OTHERS = ("admin:", "account_", "mfa_", "usersessions_")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def names_of(patterns, namespace: str = ""):
    """The names of all addresses, with their namespaces."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name


def is_page(name: str) -> bool:
    return name not in FILES | FORMS and not name.endswith(FILE_ENDINGS) and not name.startswith(OTHERS)


def test_every_page_type_is_tried():
    addresses = [address for page in PAGES if page != "not found" and (address := address_of(page))]
    listed = {resolve(address.partition("?")[0]).view_name for address in addresses}
    pages = {name for name in names_of(get_resolver().url_patterns) if is_page(name)}

    assert pages - listed == set()


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.url)
def test_every_section_of_the_navigation_is_there(client, section):
    assert client.get(section.url).status_code == 200
