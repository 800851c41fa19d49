"""Run inside the portal (`python -m tests.bench.papers`): prints how long each kind of document on paper takes, from
the request to the answer in a process that is warm, as JSON: {name: {"pages": …, "seconds": …, "cpu": …}}, the
last without what others do. What the queue makes, and what was issued before, is left out.
"""

import gc
import io
import json
import statistics
import time

import django

django.setup()

import pikepdf
from django.test import Client

from council_portal.content.demo.people import PASSWORD
from tests.pages.addresses import PAPERS

TIMES = 3
HOST = {"headers": {"Host": "127.0.0.1"}}


def measured(client: Client, address: str) -> dict | None:
    """None for a document that is not made at the request."""
    seconds, cpu = [], []
    for _ in range(TIMES + 1):
        begin, cpu_begin = time.perf_counter(), time.process_time()
        response = client.get(address, **HOST)
        if response.status_code != 200 or response.streaming:
            return None
        seconds.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - cpu_begin)
    with pikepdf.open(io.BytesIO(response.content)) as document:
        pages = len(document.pages)
    return {"pages": pages, "seconds": statistics.median(seconds[1:]), "cpu": statistics.median(cpu[1:])}


def main():
    client = Client()
    client.post("/accounts/login/", {"login": "secretariat", "password": PASSWORD}, **HOST)
    gc.freeze()  # as wsgi.py does
    found = {name: measured(client, address()) for name, address in PAPERS.items()}
    print(json.dumps({name: measure for name, measure in found.items() if measure}))


if __name__ == "__main__":
    main()
