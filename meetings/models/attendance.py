import pghistory
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from council_portal.access.standing import standing_of
from council_portal.access.visibility import NOTHING, editable_q
from council_portal.persian import fields as persian
from council_portal.persian.sorting import PersianKey
from council_portal.records import Record

from .frozen import frozen_with_minutes
from .meetings import Meeting


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Names are for the meeting's own body and the secretariat; everybody else sees counts."""
        standing = standing_of(user)
        if standing.is_secretariat:
            return self.all()
        own = Q(meeting__body__in=standing.body_ids) if standing.body_ids else NOTHING
        return self.known_to(user).filter(own, meeting__in=Meeting.objects.visible_to(user))

    def known_to(self, user):
        """Rows that count for this user: until the meeting is held, the list is a draft of those who write it."""
        return self.filter(Q(meeting__status=Meeting.Status.HELD) | editable_q(user, body="meeting__body"))

    def counts(self) -> dict[str, int]:
        """How many were expected, present, excused, absent, represented, are not marked yet, and were guests.

        Source: DESIGN.md §3, rule 6.
        """
        return self.aggregate(**_COUNTS)

    def counts_by_meeting(self) -> dict[int, dict[str, int]]:
        """The same for each meeting that has such rows, by its key."""
        rows = self.order_by().values("meeting").annotate(**_COUNTS)
        return {row.pop("meeting"): row for row in rows}

    def members(self):
        """Those who were expected, without guests."""
        return self.filter(is_guest=False)

    def marked(self):
        return self.exclude(status=Attendance.Status.UNMARKED)

    def unmarked(self):
        """Expected, and nobody has said yet whether they came."""
        return self.filter(status=Attendance.Status.UNMARKED)

    def alphabetical(self):
        return self.order_by(
            "is_guest",
            PersianKey("person__family_name"),
            PersianKey("person__given_name"),
            PersianKey("guest_name"),
            "pk",
        )


_MEMBER = Q(is_guest=False)
_STATUSES = ("present", "excused", "absent", "represented", "unmarked")
_COUNTS = {
    "expected": Count("pk", filter=_MEMBER),
    **{status: Count("pk", filter=_MEMBER & Q(status=status)) for status in _STATUSES},
    "guests": Count("pk", filter=~_MEMBER),
}


@pghistory.track()
class Attendance(Record):
    """One person at one meeting (حضور و غیاب): a member who was expected, or a guest."""

    class Status(models.TextChoices):
        PRESENT = "present", _("Present")
        EXCUSED = "excused", _("Excused")
        ABSENT = "absent", _("Absent")
        REPRESENTED = "represented", _("Represented by a substitute")
        UNMARKED = "unmarked", _("Not marked yet")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name=_("meeting"))
    person = models.ForeignKey(
        "members.Person", models.PROTECT, null=True, blank=True, related_name="attendance", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        "members.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance",
        verbose_name=_("organisation"),
    )
    is_guest = models.BooleanField(_("guest"), default=False)
    guest_name = persian.CharField(_("guest who is not on record"), max_length=200, blank=True)
    guest_post = persian.CharField(_("guest's post"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PRESENT)
    excuse = persian.CharField(_("excuse"), max_length=250, blank=True)
    substitute_name = persian.CharField(_("substitute"), max_length=200, blank=True)
    substitute_post = persian.CharField(_("substitute's post"), max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta(Record.Meta):
        triggers = [*Record.Meta.triggers, frozen_with_minutes("meeting_id")]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="attendance_once_per_person",
                violation_error_message=_("This person is already on the meeting's list."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest_name="")
                | (Q(person__isnull=True, is_guest=True) & ~Q(guest_name="")),
                name="attendance_person_or_guest_name",
                violation_error_message=_("Choose a person, or give the name of a guest."),
            ),
            models.CheckConstraint(
                condition=Q(status="represented") & ~Q(substitute_name="")
                | ~Q(status="represented") & Q(substitute_name="", substitute_post=""),
                name="attendance_substitute_if_represented",
                violation_error_message=_("Name the substitute, and only for somebody who was represented."),
            ),
            models.CheckConstraint(
                condition=Q(excuse="") | Q(status="excused"),
                name="attendance_excuse_if_excused",
                violation_error_message=_("An excuse belongs to somebody who was excused."),
            ),
            models.CheckConstraint(
                condition=Q(is_guest=False) | Q(status="present"),
                name="attendance_guests_are_present",
                violation_error_message=_("Guests are listed when they were present."),
            ),
        ]

    def __str__(self):
        return self.guest_name or str(self.person)
