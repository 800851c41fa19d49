"""The queue in a test: the jobs that wait, and doing them now."""

from functools import partial

from django.db import connection
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


def put_off(job) -> None:
    """Plan a waiting job for tomorrow, as after an attempt that has failed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 day' WHERE id = %s", [job.pk])


def taken_next() -> int | None:
    """The key of the job that a worker takes now, which it does; None if it may take none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)")
        [key] = cursor.fetchone()
    return key
