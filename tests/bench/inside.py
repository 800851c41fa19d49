"""Run inside the portal (`python -m tests.bench.inside`): prints what bench needs to know of it, as JSON.

{"pages": {name: address}, "cookie": …, "rendered": {"name reader": {"ms": …, "queries": …, "bytes": …}}, "plans": …}:
`rendered` is a page made anew, without the one that is kept; `plans` has the indexes that a list's own query reads.
"""

import json
import re
import statistics
import time

import django

django.setup()

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council_portal.content.demo.people import PASSWORD
from meetings.models import Meeting
from members.models import User
from tests.explain import Plan

TIMES = 15
LISTS = ("archive", "register")
HOST = {"headers": {"Host": "127.0.0.1"}}


def pages() -> dict[str, str]:
    meeting = Meeting.objects.of_assembly().held().order_by("-number")[1]
    person = User.objects.get(username="member").person
    return {
        "home": "/",
        "archive": "/meetings/",
        "meeting": meeting.get_absolute_url(),
        "register": "/decisions/",
        "person": person.get_absolute_url(),
    }


def signed_in() -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "member", "password": PASSWORD}, **HOST)
    client.get("/", **HOST)
    client.cookies.pop("messages", None)
    return client


def rendered(client: Client, address: str) -> dict:
    milliseconds = []
    for _ in range(TIMES):
        caches["pages"].clear()
        start = time.perf_counter()
        response = client.get(address, **HOST)
        milliseconds.append((time.perf_counter() - start) * 1000)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    queries = queries_of(client, address)
    return {"ms": statistics.median(milliseconds), "queries": len(queries), "bytes": len(response.content)}


def queries_of(client: Client, address: str) -> list[str]:
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        client.get(address, **HOST)
    return [query["sql"] for query in captured]


def indexes_of_list(client: Client, address: str) -> list[str]:
    """Return the indexes that the page's query for one screenful of meetings or decisions reads."""
    rows = [sql for sql in queries_of(client, address) if re.search(r' FROM "meetings_.* LIMIT \d', sql, re.DOTALL)]
    return sorted(set().union(*(Plan.of_sql(sql).indexes for sql in rows)))


def main():
    reader, found = signed_in(), pages()
    readers = {"visitor": Client(), "member": reader}
    cookie = reader.cookies["sessionid"].value
    print(
        json.dumps(
            {
                "pages": found,
                "cookie": cookie,
                "rendered": {
                    f"{name} {who}": rendered(client, address)
                    for who, client in readers.items()
                    for name, address in found.items()
                },
                "plans": {
                    f"{name} {who}": indexes_of_list(client, found[name])
                    for who, client in readers.items()
                    for name in LISTS
                },
            }
        )
    )


if __name__ == "__main__":
    main()
