"""The queue in a test: the jobs that wait, and doing them now."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def waiting_jobs() -> list:
    """The jobs that wait, oldest first."""
    return list(ProcrastinateJob.objects.filter(status="todo").order_by("pk"))


def do_jobs() -> None:
    """Do the waiting jobs, and those that they call for, by their own functions in the transaction of the test."""
    done = set()
    while jobs := [job for job in waiting_jobs() if job.pk not in done]:
        for job in jobs:
            done.add(job.pk)
            app.tasks[job.task_name].func(**job.args)
