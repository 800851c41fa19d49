"""Run inside the portal (`python -m tests.bench.inside`): prints what bench needs to know of it, as JSON.

{"pages": {name: address}, "cookie": …, "rendered": {"name reader": {"ms": …, "queries": …, "bytes": …}}}: `rendered` is
a page made anew, without the one that is kept.
"""

import json
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

TIMES = 15
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
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address, **HOST)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return {"ms": statistics.median(milliseconds), "queries": len(queries), "bytes": len(response.content)}


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
            }
        )
    )


if __name__ == "__main__":
    main()
