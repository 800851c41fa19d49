import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from council_portal.access.visibility import editable_q
from council_portal.persian import fields as persian
from council_portal.records import Record, acting_user, note_for_search

from .meetings import Meeting


class MeetingMoveQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The trace of a meeting is for those who may know of the meeting; that of a plan for those who plan it."""
        announced = models.Q(was_plan=False)
        return self.filter(
            announced | editable_q(user, body="meeting__body"), meeting__in=Meeting.objects.visible_to(user)
        )

    def left(self):
        """Those that left a day on which the meeting does not stand now: one for each meeting and day."""
        return (
            self.exclude(from_on=models.F("to_on"))
            .exclude(from_on=models.F("meeting__held_on"))
            .order_by("meeting", "from_on", "-moved_at")
            .distinct("meeting", "from_on")
        )


@pghistory.track()
class MeetingMove(Record):
    """That a meeting was moved: where it stood before, where it went, why.

    The database writes the row itself (`leave_trace` of the meeting), whichever way the meeting was changed. That of
    a plan is a draft as the plan was, and stays one: announcing the meeting does not tell which days were thought of.
    A date that is only made more precise, or corrected after the meeting was held, is no move.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="moves", verbose_name=_("meeting"))
    was_plan = models.BooleanField(_("before it was announced"), default=False, editable=False)
    from_on = persian.PartialDateField(_("from the day"), null=True, editable=False)
    from_start = persian.TimeField(_("from the hour"), null=True, editable=False)
    from_end = persian.TimeField(_("until the hour"), null=True, editable=False)
    from_venue = persian.CharField(_("from the venue"), max_length=250, blank=True, editable=False)
    to_on = persian.PartialDateField(_("to the day"), null=True, editable=False)
    to_start = persian.TimeField(_("to the hour"), null=True, editable=False)
    to_end = persian.TimeField(_("now until the hour"), null=True, editable=False)
    to_venue = persian.CharField(_("to the venue"), max_length=250, blank=True, editable=False)
    reason = persian.CharField(_("reason"), max_length=250, blank=True)
    moved_at = persian.DateTimeField(_("moved at"), editable=False)
    moved_by = acting_user(_("moved by"))
    # The state of the meeting's calendar entry that the move made: who was told of an earlier one does not know of it.
    sequence = models.PositiveIntegerField(_("change in calendars"), default=0, db_default=0, editable=False)

    objects = MeetingMoveQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("move of a meeting")
        verbose_name_plural = _("moves of meetings")
        ordering = ["moved_at", "pk"]
        triggers = [*Record.Meta.triggers, note_for_search(of="meeting")]

    def __str__(self):
        return f"{self.meeting} ({self.from_on})"

    @property
    def is_of_day(self) -> bool:
        return self.from_on != self.to_on

    @property
    def is_of_hours(self) -> bool:
        return (self.from_start, self.from_end) != (self.to_start, self.to_end)

    @property
    def is_of_venue(self) -> bool:
        return self.from_venue != self.to_venue
