# Read by gunicorn wherever it is started in this folder.
worker_class = "council_portal.web_worker.Worker"
# A search with all that narrows it, six bytes for each Persian letter; gunicorn's is half of it.
limit_request_line = 8190


def when_ready(server):
    """Read the words of Persian once for all workers: whoever searched first waited a tenth of a second for them."""
    from council_portal.search.lexicon import lexicon

    lexicon()
