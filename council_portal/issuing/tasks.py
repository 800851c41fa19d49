from procrastinate.contrib.django import app


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
