import pghistory
import pgtrigger
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council_portal.access.visibility import Visibility, editable_q, visibility_field, visibility_q
from council_portal.notices.matters import matter
from council_portal.persian import fields as persian
from council_portal.persian.wording import digits, ordinal_before
from council_portal.records import NOTE_FOR_SEARCH, Record, acting_user, last_change_of
from members.models import Body

# A meeting that goes elsewhere leaves a row of MeetingMove, whoever moves it and by whatever way. What was open before
# (no hour, no venue, a month instead of a day) can be filled in without being a move; of a plan the day alone counts,
# as hours and place are still being arranged.
LEAVE_TRACE = pgtrigger.Trigger(
    name="leave_trace",
    operation=pgtrigger.Update,
    when=pgtrigger.After,
    condition=pgtrigger.Q(
        old__status__in=["planned", "announced"], new__status__in=["planned", "announced"], new__number__isnull=True
    ),
    func="""
        IF NOT coalesce(NEW.held_on <@ OLD.held_on, OLD.held_on IS NULL)
            OR OLD.status <> 'planned' AND (
                OLD.starts_at IS NOT NULL AND NEW.starts_at IS DISTINCT FROM OLD.starts_at
                OR OLD.ends_at IS NOT NULL AND NEW.ends_at IS DISTINCT FROM OLD.ends_at
                OR OLD.venue <> '' AND NEW.venue <> OLD.venue
            )
        THEN
            INSERT INTO meetings_meetingmove (version, meeting_id, was_plan, from_on, from_start, from_end, from_venue,
                to_on, to_start, to_end, to_venue, reason, sequence, moved_at, moved_by_id)
            VALUES (1, NEW.id, OLD.status = 'planned', OLD.held_on, OLD.starts_at, OLD.ends_at, OLD.venue,
                NEW.held_on, NEW.starts_at, NEW.ends_at, NEW.venue, '', NEW.calendar_sequence, now(), (
                    SELECT id FROM members_user WHERE id::text =
                        nullif(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'user'
                ));
        END IF;
        RETURN NULL;
    """,
)

# What stands in the calendars of those who are invited, whoever changes it and by whatever way.
COUNT_CALENDAR_CHANGES = pgtrigger.Trigger(
    name="count_calendar_changes",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.AnyChange("held_on", "starts_at", "ends_at", "venue", "host", "title", "status"),
    func="""
        IF (OLD.held_on, OLD.starts_at, OLD.ends_at, OLD.venue, OLD.host_id, OLD.title, OLD.status = 'cancelled')
            IS DISTINCT FROM (
                NEW.held_on, NEW.starts_at, NEW.ends_at, NEW.venue, NEW.host_id, NEW.title, NEW.status = 'cancelled'
            ) THEN
            NEW.calendar_sequence = OLD.calendar_sequence + 1;
        END IF;
        RETURN NEW;
    """,
)


class DayAfter(Func):
    """The day after the first of a partial date's days: its end if, and only if, the day is known."""

    template = "lower(%(expressions)s) + 1"
    output_field = models.DateField()


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Meetings that this user may read; a planned one is a draft, as is one cancelled before it was announced."""
        return self.filter(visibility_q(user, body="body") & (_is_made_known() | editable_q(user, body="body")))

    def editable_by(self, user):
        return self.filter(editable_q(user, body="body"))

    def of_assembly(self):
        return self.filter(body__kind=Body.Kind.ASSEMBLY)

    def of_other_bodies(self):
        """Sessions of the board and the committees."""
        return self.exclude(body__kind=Body.Kind.ASSEMBLY)

    def held(self):
        return self.filter(status=Meeting.Status.HELD)

    def announced(self):
        return self.filter(status=Meeting.Status.ANNOUNCED)

    def planned(self):
        return self.filter(status=Meeting.Status.PLANNED)

    def made_known(self):
        """No drafts: those that were announced or held, and those cancelled after they had been announced."""
        return self.filter(_is_made_known())

    def of_known_day(self):
        return self.filter(held_on__endswith=DayAfter(F("held_on")))

    def with_last_change(self):
        """With `changed_at`, when a row was entered or last changed, as its history has it."""
        return self.annotate(changed_at=last_change_of(Meeting))

    def upcoming(self, *, on):
        """Announced or planned, and not surely over on the day `on`."""
        return self.filter(
            Q(held_on__isnull=True) | Q(held_on__endswith__gt=on),
            status__in=[Meeting.Status.ANNOUNCED, Meeting.Status.PLANNED],
        )

    def newest_first(self):
        """By day, the undated last; within a day and for the undated, by number and age."""
        return self.order_by(F("sort_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk")

    def latest_number_first(self):
        """For the meetings of one body: numbers are given in the order of holding, also where no day is on record."""
        return self.order_by(F("number").desc(nulls_last=True), "-pk")

    def unfinished(self):
        """Those ahead, or past and not closed, and those whose minutes are on their way."""
        return self.filter(_is_unfinished())

    def unfinished_first(self):
        """Those ahead and those whose minutes are on their way, the soonest first; then the others, latest first."""
        is_unfinished = _is_unfinished()
        return self.order_by(
            models.Case(models.When(is_unfinished, then=0), default=1),
            models.OrderBy(models.Case(models.When(is_unfinished, then="sort_on")), nulls_last=True),
            F("sort_on").desc(nulls_last=True),
            "-pk",
        )

    def soonest_first(self):
        return self.order_by(F("sort_on").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "pk")


def _is_made_known() -> Q:
    cancelled = Q(status=Meeting.Status.CANCELLED, announced_at__isnull=False)
    return Q(status__in=[Meeting.Status.ANNOUNCED, Meeting.Status.HELD]) | cancelled


def _is_unfinished() -> Q:
    ahead = Q(status__in=[Meeting.Status.PLANNED, Meeting.Status.ANNOUNCED])
    return ahead | Q(status=Meeting.Status.HELD, minutes__isnull=False) & ~Q(minutes__status="published")


@matter
@pghistory.track(exclude=["sort_on", "calendar_uid", "calendar_sequence"])
class Meeting(Record):
    """One sitting of one body, planned or held: an assembly meeting (اجلاس), a session (جلسه) of board or committee."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ANNOUNCED = "announced", _("Announced")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, editable=False, help_text=_("Given when the meeting is held.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    title = persian.CharField(_("subject"), max_length=250, blank=True)
    host = models.ForeignKey(
        "members.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        verbose_name=_("host"),
    )
    venue = persian.CharField(_("venue"), max_length=250, blank=True)
    held_on = persian.PartialDateField(_("date"), null=True, blank=True)
    starts_at = persian.TimeField(_("starts at"), null=True, blank=True)
    ends_at = persian.TimeField(_("ends at"), null=True, blank=True)
    visibility = visibility_field(Visibility.PUBLIC)
    note = persian.TextField(_("note"), blank=True, help_text=_("Shown on the meeting's page."))
    announced_at = persian.DateTimeField(_("announced at"), null=True, blank=True, editable=False)
    announced_by = acting_user(_("announced by"))
    closed_at = persian.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = acting_user(_("closed by"))
    cancelled_because = persian.CharField(_("cancelled because"), max_length=250, blank=True)
    sort_on = models.GeneratedField(
        expression=Func(F("held_on"), function="lower", output_field=models.DateField()),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    calendar_uid = models.UUIDField(_("number in calendars"), db_default=RandomUUID(), unique=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(
        _("changes of day, hour, place or cancellation"), default=0, db_default=0, editable=False
    )

    objects = MeetingQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"],
                name="meeting_number_once_per_body",
                violation_error_message=_("This body already has a meeting with this number."),
            ),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(number__isnull=False),
                name="meeting_held_has_number",
                violation_error_message=_("A meeting that was held has a number."),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gt=0),
                name="meeting_number_from_one",
                violation_error_message=_("Numbers begin with one."),
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancelled_because=""),
                name="meeting_cancelled_has_reason",
                violation_error_message=_("Say why the meeting was cancelled."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(held_on__isnull=False, held_on__endswith=DayAfter(F("held_on"))),
                name="meeting_hour_needs_day",
                violation_error_message=_("The hour can be given only when the day is known."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message=_("The meeting ends before it begins."),
            ),
        ]
        indexes = [
            models.Index(
                F("sort_on").desc(nulls_last=True),
                F("number").desc(nulls_last=True),
                F("id").desc(),
                name="meeting_newest_first",
            ),
            models.Index(
                "body",
                F("sort_on").desc(nulls_last=True),
                F("number").desc(nulls_last=True),
                F("id").desc(),
                name="meeting_newest_first_of_body",
            ),
            GistIndex(fields=["held_on"], name="meeting_days"),
        ]
        triggers = [*Record.Meta.triggers, NOTE_FOR_SEARCH, COUNT_CALENDAR_CHANGES, LEAVE_TRACE]

    def __str__(self):
        is_cancelled = self.status == self.Status.CANCELLED
        if self.body.kind == Body.Kind.ASSEMBLY:
            if self.number is None:
                return str(_("Cancelled assembly") if is_cancelled else _("Assembly (no number yet)"))
            return str(_("%(number)s assembly") % {"number": ordinal_before(self.number)})
        if self.number is None:
            name = _("Cancelled session of %(body)s") if is_cancelled else _("Session of %(body)s (no number yet)")
            return str(name % {"body": self.body})
        return str(_("Session %(number)s of %(body)s") % {"number": digits(self.number), "body": self.body})

    def get_absolute_url(self):
        if self.body.kind == Body.Kind.ASSEMBLY:
            if self.number:
                return reverse("meetings:meeting", args=[self.number])
            return reverse("meetings:planned", args=[self.pk])
        if self.number:
            return reverse("committees:session", args=[self.body.slug, self.number])
        return reverse("committees:planned", args=[self.body.slug, self.pk])
