"""Follow the links of the portal's pages, as somebody, and keep what each address answered."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

# The parts of an address that name a kind of page; the others are numbers and slugs, of which there are thousands.
FIXED = {"hosts", "sessions", "editions", "articles", "decisions"}
LEFT_OUT = re.compile(r"^/(static|files|admin|accounts/logout|language)/")


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "a" and attributes.get("href"):
            self.found.append(attributes["href"])


def crawl(client: Client, *, start: list[str], per_kind: int = 3, at_most: int = 150) -> dict:
    """Return {address: response} for what can be reached from `start`, `per_kind` addresses of each kind at most.

    A response knows by its `linked_from` which page led to it.
    """
    waiting, seen, kinds, answers = list(start), dict.fromkeys(start), {}, {}
    while waiting and len(answers) < at_most:
        address = waiting.pop(0)
        response = answers[address] = client.get(address)
        response.linked_from = seen[address]
        for link in _links(address, response):
            kind = _kind(link)
            if link not in seen and kinds.get(kind, 0) < per_kind:
                seen[link] = address
                kinds[kind] = kinds.get(kind, 0) + 1
                waiting.append(link)
    return answers


def is_html(response) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def _links(address, response):
    if not is_html(response) or response.streaming:
        return []
    parser = Links()
    parser.feed(response.content.decode())
    targets = (urldefrag(urljoin(address, link)).url for link in parser.found)
    return [target for target in targets if target.startswith("/") and not LEFT_OUT.match(target)]


def _kind(address: str) -> str:
    """Addresses that differ in their numbers, slugs or the values of their filters only are of one kind."""
    parts = urlsplit(address)
    first, *rest = parts.path.strip("/").split("/")
    filters = sorted(pair.split("=")[0] for pair in parts.query.split("&"))
    return f"{first}{['*' if part not in FIXED else part for part in rest]}{filters}"
