"""Jobs for the queue that come, or do not come, with the change that they belong to."""

from collections.abc import Mapping

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager


def defer(task: JobDeferrer, *calls: Mapping) -> None:
    """Enter a job for each of `calls`, the task's arguments, in the transaction that is under way.

    `task` is `some_task.configure()`, or `app.configure_task("its.name")`. The task's own `defer` does the same in a
    request; in a worker it would use the worker's connection, and another job could begin before ours is committed.
    """
    task.job_manager = JobManager(DjangoConnector(alias="default"))
    task.batch_defer(*calls)
