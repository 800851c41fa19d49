import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.visibility import Visibility, visibility_field, visibility_q
from council_portal.persian import fields as persian
from council_portal.records import NOTE_FOR_SEARCH, Record
from council_portal.rich_text import RichTextField

from .frozen import (
    frozen_with_announcement,
    frozen_with_minutes,
    kept_with_announcement,
    marked_as_added_later,
)
from .meetings import Meeting

TWO_LEVELS = pgtrigger.Trigger(
    name="two_levels",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "meeting_id"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__parent__isnull=False),
    func=pgtrigger.Func("""
        IF EXISTS (
            SELECT FROM {meta.db_table} AS parent
            WHERE parent.id = NEW.parent_id AND (parent.parent_id IS NOT NULL OR parent.meeting_id <> NEW.meeting_id)
        ) OR EXISTS (SELECT FROM {meta.db_table} AS child WHERE child.parent_id = NEW.id) THEN
            RAISE EXCEPTION 'agenda items have two levels, within one meeting' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """),
)

# What belongs to an item is found through its meeting: an item that moved would leave it behind.
STAYS_IN_ITS_MEETING = pgtrigger.Protect(
    name="stays_in_its_meeting",
    operation=pgtrigger.UpdateOf("meeting_id"),
    condition=pgtrigger.Q(old__meeting__df=pgtrigger.F("new__meeting")),
)
ITEM_OF_ITS_MEETING = pgtrigger.Trigger(
    name="item_of_its_meeting",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("agenda_item_id", "meeting_id"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__agenda_item__isnull=False),
    func="""
        IF EXISTS (
            SELECT FROM meetings_agendaitem WHERE id = NEW.agenda_item_id AND meeting_id <> NEW.meeting_id
        ) THEN
            RAISE EXCEPTION 'the agenda item is of another meeting' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


def readable_item_q(user, *, of: str = "") -> Q:
    """Agenda items that are open to `user`, neither closed themselves nor part of a closed one.

    `of` is the lookup path to the item ("" for items themselves); rows without an item pass.
    """
    parent = f"{of}__parent" if of else "parent"
    own = visibility_q(user, of=of, body="meeting__body")
    if of:
        own |= Q(**{f"{of}__isnull": True})
    return own & (Q(**{f"{parent}__isnull": True}) | visibility_q(user, of=parent, body="meeting__body"))


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Items whose content this user may read; of the others a meeting's page shows the number alone."""
        return self.filter(readable_item_q(user), meeting__in=Meeting.objects.visible_to(user))

    def open(self):
        return self.filter(outcome="")

    def not_withdrawn(self):
        """What is to be dealt with: neither withdrawn itself nor part of what is."""
        withdrawn = AgendaItem.Outcome.WITHDRAWN
        return self.exclude(outcome=withdrawn).exclude(parent__outcome=withdrawn)

    def postponed_and_not_continued(self):
        """What was put off and stands on no later agenda; one that was cancelled does not count."""
        later = AgendaItem.objects.filter(continues=models.OuterRef("pk")).exclude(
            meeting__status=Meeting.Status.CANCELLED
        )
        return self.filter(~models.Exists(later), outcome=AgendaItem.Outcome.POSTPONED)

    def in_order(self):
        """As they are read: each item followed by its parts."""
        return self.order_by(
            models.functions.Coalesce("parent__position", "position"),
            models.F("parent").asc(nulls_first=True),
            "position",
        )


@pghistory.track()
class AgendaItem(Record):
    """One item of a meeting's agenda, later of its minutes: one row carries what was planned and what came of it."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular item")
        REVIEW = "review", _("Review of open decisions")

    class Outcome(models.TextChoices):
        DECIDED = "decided", _("Decided")
        NOTED = "noted", _("Noted")
        POSTPONED = "postponed", _("Postponed")
        WITHDRAWN = "withdrawn", pgettext_lazy("of an agenda item", "Withdrawn")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_items", verbose_name=_("meeting"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="parts", verbose_name=_("part of item")
    )
    position = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REGULAR)
    title = persian.CharField(_("title"), max_length=300)
    presenter = models.ForeignKey(
        "members.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="presented_items",
        verbose_name=_("presenter"),
    )
    presenter_name = persian.CharField(
        _("presenter who is not on record"),
        max_length=200,
        blank=True,
        help_text=_("Where the presenter has no entry."),
    )
    proposed_by = models.ForeignKey(
        "members.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed_items",
        verbose_name=_("proposed by"),
    )
    minutes_planned = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by", verbose_name=_("postponed from")
    )
    is_added_later = models.BooleanField(_("added after the announcement"), default=False, editable=False)
    visibility = visibility_field(Visibility.PUBLIC)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    discussion = RichTextField(_("discussion"), blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "parent", "position"],
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
                name="agendaitem_position_once",
            ),
            models.CheckConstraint(
                condition=Q(position__gt=0),
                name="agendaitem_position_from_one",
                violation_error_message=_("Numbers begin with one."),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            NOTE_FOR_SEARCH,
            TWO_LEVELS,
            STAYS_IN_ITS_MEETING,
            frozen_with_minutes("meeting_id"),
            marked_as_added_later(),
            frozen_with_announcement("title", "position", "parent", "meeting", "is_added_later"),
            kept_with_announcement(),
        ]

    def __str__(self):
        return self.title
