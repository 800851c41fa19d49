"""The queue in a test: the jobs that wait, and doing them now."""

from functools import partial

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.middleware import compose


def waiting_jobs() -> list:
    """The jobs that wait, oldest first."""
    return list(ProcrastinateJob.objects.filter(status="todo").order_by("pk"))


def do_jobs(*tasks) -> None:
    """Do the waiting jobs, and those that they call for, as a worker does, but in the transaction of the test.

    With `tasks` only theirs.
    """
    done, names = set(), {task.name for task in tasks} or app.tasks.keys()
    while jobs := [job for job in waiting_jobs() if job.pk not in done and job.task_name in names]:
        for job in jobs:
            done.add(job.pk)
            run = partial(app.tasks[job.task_name].func, **job.args)
            compose(app.worker_defaults["task_middleware"], run, None, None)()
