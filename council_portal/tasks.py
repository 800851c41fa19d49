"""Background work that belongs to no app. The queue itself is procrastinate's, in the portal's own database."""

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_interrupted", pass_context=True)
async def resume_interrupted(context: JobContext, timestamp: int) -> None:
    """Put back into the queue what a worker had begun when it was killed; every task can be run again."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
