"""What the queue does for issuing. Each of these can be done again without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# Each half a minute, then more slowly, for a quarter of an hour; after that once an hour, by `issue_what_waits`.
SOON = RetryStrategy(max_attempts=8, wait=30, exponential_wait=2)


@app.task(retry=SOON)
def issue_document(kind: str, subject_id: int) -> None:
    """Issue what was asked for of one row and is not on record yet."""
    from .waiting import issue_waiting

    issue_waiting(kind, subject_id)


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="issue_what_waits")
def issue_what_waits(timestamp: int) -> None:
    """Try again what could not be issued, and what lost its job."""
    from .waiting import try_again

    try_again()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="tell_of_late_documents")
def tell_of_late_documents(timestamp: int) -> None:
    """Tell the secretariat of what waits too long to be issued."""
    from .waiting import tell_of_late

    tell_of_late()


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget_attempts")
def forget_attempts(timestamp: int) -> None:
    """Forget who asked about codes a while ago."""
    from .limits import forget

    forget()


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="inspect_register", retry=SOON)
def inspect_register(timestamp: int) -> None:
    """Prove the register of issued documents, and tell the secretariat what is broken."""
    from .inspecting import inspect

    inspect()


@app.task
def make_paper(job_id: int) -> None:
    """Make a long document."""
    from .making import make

    make(job_id)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="sweep_papers")
def sweep_papers(timestamp: int) -> None:
    """Throw away the long documents of days ago, which can be made again."""
    from .making import sweep

    sweep()
