"""Run inside the portal (`python -m tests.bench.register`): prints in how many seconds one changed byte is found in a
register of ENTRIES entries, without the hashing of files, as JSON. The register is made in a transaction that is
taken back; an empty one is expected, or one whose entries it follows.
"""

import json
import time

import django

django.setup()

from django.db import transaction

from council_portal.issuing import chain
from council_portal.issuing.models import Entry
from tests.issuing.samples import by_force, entered

ENTRIES = 10_000


@transaction.atomic
def measure() -> dict:
    last = Entry.objects.order_by("-number").first()
    first = last.number + 1 if last else 1
    changed = first + ENTRIES // 2
    with by_force() as cursor:
        entered(ENTRIES, first=first)
        cursor.execute("UPDATE issuing_entry SET title = title || '.' WHERE number = %s", [changed])
    begin = time.perf_counter()
    found = [fault.number for fault in chain.faults_of_chain()]
    seconds = time.perf_counter() - begin
    transaction.set_rollback(True)
    return {"seconds": seconds, "is_found": found == [changed]}


if __name__ == "__main__":
    print(json.dumps(measure()))
