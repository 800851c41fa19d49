"""Rows are gathered first and entered together: bulk loading, with the database's triggers and constraints at work."""

import pgtrigger
from django.db import connection, models

from committees.models import Proposal
from council_portal.notices.models import Mail
from meetings import models as meetings
from members import models as members
from publications import models as publications

# Each model after those that it points to; minutes after what they freeze.
ORDER = (
    members.Organization,
    members.OrganizationName,
    members.Person,
    members.Membership,
    members.User,
    meetings.Holiday,
    meetings.Meeting,
    meetings.MeetingMove,
    meetings.HostTurn,
    meetings.AgendaItem,
    meetings.Attendance,
    Mail,
    meetings.Invitation,
    meetings.Decision,
    meetings.DecisionLink,
    meetings.Assignment,
    meetings.FollowUp,
    meetings.Escalation,
    meetings.Minutes,
    meetings.Comment,
    meetings.Corrigendum,
    meetings.Material,
    Proposal,
    publications.Document,
    publications.Edition,
    publications.Article,
    publications.ArticleNote,
    publications.Announcement,
    publications.Recipient,
    publications.Dispatch,
    publications.Disc,
)
BATCH_SIZE = 2000


class Rows:
    """Unsaved rows by model, which may point to each other before they have keys."""

    def __init__(self):
        self._rows = {model: [] for model in ORDER}
        self._changed: list[models.Model] = []

    def add(self, row: models.Model):
        """Keep `row` for later and return it."""
        self._rows[type(row)].append(row)
        return row

    def change(self, row: models.Model) -> None:
        """Keep a row that is on record already, and was changed, to be saved before the others are entered."""
        self._changed.append(row)

    def of(self, model) -> list:
        return self._rows[model]

    def enter(self) -> None:
        for row in self._changed:
            row.save()
        # Their meetings were announced after these items were on the agenda, though they are entered before them.
        with pgtrigger.ignore("meetings.AgendaItem:added_later"):
            for model in ORDER:
                _enter(model, self._rows[model])


def _enter(model, rows: list) -> None:
    """Enter rows of one model, those first to which others of them point."""
    own = [field.name for field in model._meta.fields if field.related_model is model]
    waiting = rows
    while waiting:
        ready = [row for row in waiting if all(_is_saved(getattr(row, name)) for name in own)]
        for start in range(0, len(ready), BATCH_SIZE):
            model.objects.bulk_create(ready[start : start + BATCH_SIZE])
            _check_what_was_deferred()
        waiting = [row for row in waiting if row.pk is None]


def _check_what_was_deferred() -> None:
    """Let deferred triggers and constraints run now: the history's triggers grow slower with each that still waits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _is_saved(row) -> bool:
    return row is None or row.pk is not None
