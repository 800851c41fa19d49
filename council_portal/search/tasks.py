from contextlib import suppress

from procrastinate.contrib.django import app

from .indexing import Busy, index_all_noted
from .terms import refresh_terms

PATIENCE = 20  # seconds


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="index_changes")
def index_changes(timestamp: int) -> None:
    """Index what was changed since; what others do not leave time for is left to the next minute."""
    with suppress(Busy):
        index_all_noted(patience=PATIENCE)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="refresh_search_terms")
def refresh_search_terms(timestamp: int) -> None:
    """Learn the words that have come into the index."""
    refresh_terms()
