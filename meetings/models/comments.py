import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from council_portal.access.standing import standing_of
from council_portal.access.visibility import NOTHING, editable_q
from council_portal.notices.matters import matter
from council_portal.persian import fields as persian
from council_portal.records import Record, acting_user

from .agenda import AgendaItem
from .frozen import frozen_when, kept_when
from .minutes import Minutes

ALWAYS = pgtrigger.Q(old__id__isnull=False)

ON_CIRCULATED_MINUTES = pgtrigger.Trigger(
    name="on_circulated_minutes",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
        IF NOT EXISTS (SELECT FROM meetings_minutes WHERE id = NEW.minutes_id AND status = 'circulated') THEN
            RAISE EXCEPTION 'only circulated minutes are commented on' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.agenda_item_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM meetings_agendaitem AS item JOIN meetings_minutes AS minutes USING (meeting_id)
            WHERE item.id = NEW.agenda_item_id AND minutes.id = NEW.minutes_id
        ) THEN
            RAISE EXCEPTION 'the item is one of another meeting' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the body's members, and those who may edit its minutes; never public, and none on a closed item."""
        bodies = standing_of(user).body_ids
        members = Q(minutes__meeting__body__in=bodies) if bodies else NOTHING
        readable_item = Q(agenda_item__isnull=True) | Q(agenda_item__in=AgendaItem.objects.visible_to(user))
        return self.filter(
            members | editable_q(user, body="minutes__meeting__body"),
            readable_item,
            minutes__in=Minutes.objects.visible_to(user),
        )

    def open(self):
        """What is neither answered nor taken up."""
        return self.filter(status=Comment.Status.OPEN)

    def in_order(self):
        """As the minutes are read, those on the whole of them first; of one item the oldest first."""
        place = models.functions.Coalesce("agenda_item__parent__position", "agenda_item__position")
        part = models.Case(models.When(agenda_item__parent__isnull=False, then="agenda_item__position"), default=0)
        return self.order_by(models.OrderBy(place, nulls_first=True), part, "pk")


@matter
@pghistory.track()
class Comment(Record):
    """What a member of the body says to its circulated minutes, and what came of it. The words stay as they were."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        TAKEN_UP = "taken_up", _("Taken up")

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="comments", verbose_name=_("minutes"))
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("agenda item")
    )
    text = persian.TextField(_("comment"))
    written_at = persian.DateTimeField(_("written at"), editable=False)
    written_by = acting_user(_("written by"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    answer = persian.TextField(_("answer"), blank=True)
    settled_at = persian.DateTimeField(_("settled at"), null=True, blank=True, editable=False)
    settled_by = acting_user(_("settled by"))

    objects = CommentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("comment on minutes")
        verbose_name_plural = _("comments on minutes")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(status="open", settled_at__isnull=True, answer="")
                | ~Q(status="open") & Q(settled_at__isnull=False),
                name="comment_settled_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | ~Q(answer=""),
                name="comment_answered_has_answer",
                violation_error_message=_("Write the answer."),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            ON_CIRCULATED_MINUTES,
            frozen_when(ALWAYS, "minutes", "text", "written_at", "written_by"),
            kept_when(ALWAYS),
        ]

    def __str__(self):
        return self.text[:60]

    def get_absolute_url(self):
        return f"{self.minutes.meeting.get_absolute_url()}#comment-{self.pk}"
