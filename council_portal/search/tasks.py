from procrastinate.contrib.django import app

from .indexing import index_noted
from .terms import refresh_terms


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="index_changes")
def index_changes(timestamp: int) -> None:
    """Index what was changed since."""
    while index_noted():
        pass


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="refresh_search_terms")
def refresh_search_terms(timestamp: int) -> None:
    """Learn the words that have come into the index."""
    refresh_terms()
