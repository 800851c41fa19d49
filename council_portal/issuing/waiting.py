"""What waits to be issued: doing it, trying again what failed, and telling the secretariat of what waits too long."""

import errno
import logging

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob

from council_portal.files.reading import Unavailable
from council_portal.notices.telling import listed, tell_secretariat
from council_portal.persian.wording import digits
from council_portal.refusing import Refused

from . import register
from .kinds import kind_named
from .orders import Order
from .papers import Unfetchable

logger = logging.getLogger(__name__)


class NotIssued(Exception):
    """A document could not be issued; its order says why, and stays."""


def issue_waiting(kind: str, subject_id: int) -> None:
    """Issue what was asked for of one row, in the order in which it was asked for. What is gone is not issued.

    Raises NotIssued at the first that fails: a later one would be out of turn.
    """
    for order in Order.objects.filter(kind=kind, subject_id=subject_id).select_related("asked_by").in_turn():
        try:
            _fulfil(order)
        except (Exception, Unfetchable) as error:  # which is no Exception, so that WeasyPrint passes it on
            problem = _why(error)
            Order.objects.filter(pk=order.pk).update(failed_at=timezone.now(), problem=problem[:250])
            raise NotIssued(problem) from error


def _fulfil(order: Order) -> None:
    kind = kind_named(order.kind)
    subject = kind and kind.model.objects.filter(pk=order.subject_id).first()
    if subject is None:
        order.delete()
    else:
        register.issue(subject, kind, by=order.asked_by, occasion=order.occasion, reason=order.reason)


def _why(error: BaseException) -> str:
    """Why a document was not issued, in the portal's language, for the secretariat and whoever helps it."""
    with translation.override(settings.LANGUAGE_CODE):
        match error:
            case Refused():
                return str(error)
            case Unavailable():
                return error.in_words
            case OSError(errno=errno.ENOSPC | errno.EDQUOT):
                return _("There is no room left where the files are kept.")
            case OSError():
                return _("A file could not be read or written: %(error)s") % {"error": error}
            case _other:
                return _("An error that nobody foresaw: %(error)s") % {"error": repr(error)}


def issue_now(order: Order, *, by) -> None:
    """Have the queue try at once what waits of the row of this order."""
    register.issue_in_queue([(order.kind, order.subject_id)], at_once=True)


@transaction.atomic
def try_again() -> None:
    """Have the queue issue what waits and no job of it sees to: the job was lost, or has failed for good."""
    from .tasks import issue_document

    jobs = ProcrastinateJob.objects.filter(task_name=issue_document.name, status__in=["todo", "doing"])
    cared_for = {(job.args["kind"], job.args["subject_id"]) for job in jobs.only("args")}
    waiting = dict.fromkeys(Order.objects.in_turn().values_list("kind", "subject_id"))
    register.issue_in_queue([subject for subject in waiting if subject not in cared_for])


@transaction.atomic
def tell_of_late() -> None:
    """Tell the secretariat, once, of what waits longer than it ever takes, and why."""
    late = list(Order.objects.late().filter(told_at=None).select_for_update(skip_locked=True).in_turn())
    if not late:
        return
    with translation.override(settings.LANGUAGE_CODE):
        title = ngettext(
            "%(count)s document waits for more than an hour to be issued",
            "%(count)s documents wait for more than an hour to be issued",
            len(late),
        ) % {"count": digits(len(late))}
        text = listed([f"{order.kind_in_words} – {order}: {order.problem_in_words}" for order in late])
    tell_secretariat(
        key=f"issuing-late-{late[0].pk}",
        title=title,
        text=text,
        address=reverse("admin:issuing_order_changelist"),
    )
    Order.objects.filter(pk__in=[order.pk for order in late]).update(told_at=timezone.now())
