"""What the queue does for issuing. Each of these can be done again without harm."""

from django.contrib.auth import get_user_model
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# A minute, two, four … for a day: a certificate that was forgotten can be set up meanwhile.
LATER = RetryStrategy(max_attempts=12, wait=30, exponential_wait=2)


@app.task(retry=LATER)
def issue_document(kind: str, subject_id: int, by: int | None, occasion: str, reason: str) -> None:
    """Issue the document of one row, unless it has been for this occasion."""
    from .kinds import kind_named
    from .register import issue

    found = kind_named(kind)
    subject = found and found.model.objects.filter(pk=subject_id).first()
    if subject is not None:
        author = get_user_model().objects.filter(pk=by).first()
        issue(subject, found, by=author, occasion=occasion, reason=reason)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget_attempts")
def forget_attempts(timestamp: int) -> None:
    """Forget who asked about codes a while ago."""
    from .limits import forget

    forget()


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
