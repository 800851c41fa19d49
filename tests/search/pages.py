"""The page of a search and its suggestions, as tests ask for them."""

import re

from django.test import Client
from django.utils.html import strip_tags

from council_portal.access.visibility import Visibility
from tests import factories as make

ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC = {"visibility": Visibility.PUBLIC}
HELD = {"held": True, **PUBLIC}


def page(client: Client, q: str = "", **asked) -> str:
    response = client.get("/search/", {"q": q, **asked})
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(strip_tags(html.partition("<main")[2]).split())


def decision(text="خرید سامانه اتوماسیون اداری", **values):
    return make.DecisionFactory(**{"published": True, "text": text, **PUBLIC, **values})


def choice(html: str, label: str) -> str:
    """The count beside a choice."""
    after = html.partition(f"<span>{label}</span>")[2]
    return strip_tags(after.partition("</a>")[0]).strip()


def suggested(client: Client, q: str) -> list[str]:
    return [one["title"] for one in client.get("/search/suggest/", {"q": q}).json()["suggestions"]]


def named_in(html: str) -> list[str]:
    """The addresses of what the question names."""
    return re.findall(r'result__title"><a href="([^"#]*)', html.partition("search-exact")[2].partition("</section>")[0])


def first(html: str) -> str:
    return html.partition("</h3>")[0]


def in_order(html: str, *records) -> bool:
    places = [html.find(f'href="{record.get_absolute_url()}"') for record in records]
    return -1 not in places and places == sorted(places)
