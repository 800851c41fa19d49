import pghistory
import pgtrigger
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from council_portal.access.visibility import editable_q
from council_portal.notices.models import Mail
from council_portal.persian import fields as persian
from council_portal.persian.sorting import PersianKey
from council_portal.records import Record, acting_user

from .meetings import Meeting

LETTER_TROUBLE = [Mail.Status.FAILED, Mail.Status.IN_DOUBT]

# An answer is for the day on which the meeting then stands, whoever enters it and by whatever way. When the meeting
# goes to another day, the answer stays as it was given, and is not taken for one to the new day.
NOTE_DAY_OF_ANSWER = pgtrigger.Trigger(
    name="note_day_of_answer",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("answered_at"),
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__answered_at__isnull=False),
    func="""
        NEW.answered_for = (SELECT held_on FROM meetings_meeting WHERE id = NEW.meeting_id);
        RETURN NEW;
    """,
)


def _is_answered() -> Q:
    """Answered for the day on which the meeting stands now, or while it had none, as it has none now."""
    without_day = Q(answered_for__isnull=True, meeting__held_on__isnull=True)
    return ~Q(answer="") & (Q(answered_for=F("meeting__held_on")) | without_day)


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own invitations once they are sent, and all of them for those who run the meeting."""
        own = Q(person__user=user.pk, sent_at__isnull=False) if getattr(user, "pk", None) else Q(pk__in=[])
        return self.filter(own | editable_q(user, body="meeting__body"))

    def awaiting(self, person, *, on):
        """What a person still has to answer, for announced meetings that are not over on the day `on`."""
        return self.filter(person=person).unanswered().open(on=on)

    def open(self, *, on):
        """Those to meetings that are announced and not surely over on the day `on`."""
        return self.filter(meeting__in=Meeting.objects.announced().upcoming(on=on))

    def sent(self):
        return self.filter(sent_at__isnull=False)

    def to_be_sent(self):
        """Guests who stand on the list and have not been invited yet."""
        return self.filter(sent_at__isnull=True)

    def answered(self):
        """Those whose answer counts: it was given for the day on which the meeting stands."""
        return self.filter(_is_answered())

    def unanswered(self):
        """Sent, and without an answer for the day on which the meeting stands."""
        return self.sent().exclude(_is_answered())

    def answered_for_another_day(self):
        """Those among the unanswered who answered before the meeting went to another day."""
        return self.unanswered().exclude(answer="")

    def outdated(self):
        """Sent, and what their meeting's calendar entry says has changed since they were told."""
        return self.sent().filter(told_sequence__lt=F("meeting__calendar_sequence"))

    def of_telling_meetings(self):
        """Those to meetings whose changes are told: announced ones, and those that are cancelled."""
        return self.filter(meeting__status__in=[Meeting.Status.ANNOUNCED, Meeting.Status.CANCELLED])

    def with_letter_trouble(self):
        """Whose latest letter did not arrive, or may not have."""
        return self.filter(letter__status__in=LETTER_TROUBLE)

    def by_paper(self):
        """Sent to people without an e-mail address, who need the printed letter."""
        return self.sent().filter(letter__isnull=True)

    def counts(self) -> dict[str, int]:
        """How many were invited, gave each answer and gave none for the meeting's day; whose letter is in trouble, who
        needs one on paper."""
        answers = {answer: Count("pk", filter=Q(answer=answer) & _is_answered()) for answer in Invitation.Answer.values}
        return (
            self.sent()
            .order_by()
            .aggregate(
                invited=Count("pk"),
                **answers,
                unanswered=Count("pk", filter=~_is_answered()),
                other_day=Count("pk", filter=~_is_answered() & ~Q(answer="")),
                trouble=Count("pk", filter=Q(letter__status__in=LETTER_TROUBLE)),
                paper=Count("pk", filter=Q(letter__isnull=True)),
            )
        )

    def for_the_list(self):
        """With all that a list of them shows, by the alphabet."""
        return self.select_related("person", "letter", "answered_by__person").alphabetical()

    def alphabetical(self):
        """Members and guests in one list, by the Persian alphabet."""
        return self.order_by(
            PersianKey(Coalesce("person__family_name", "guest_name")),
            PersianKey(Coalesce("person__given_name", "guest_name")),
            "pk",
        )


@pghistory.track(exclude=["letter", "sent_sequence", "told_sequence", "last_told"])
class Invitation(Record):
    """One person's invitation to one meeting, and the answer. A guest is on record, or named here."""

    class Answer(models.TextChoices):
        ATTEND = "attend", _("Will attend")
        APOLOGISE = "apologise", _("Sends apologies")
        SUBSTITUTE = "substitute", _("Sends a substitute")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations", verbose_name=_("meeting"))
    person = models.ForeignKey(
        "members.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("person"),
    )
    is_guest = models.BooleanField(_("guest"), default=False)
    guest_name = persian.CharField(_("guest who is not on record"), max_length=200, blank=True)
    guest_post = persian.CharField(_("guest's post"), max_length=200, blank=True)
    guest_email = models.EmailField(_("guest's e-mail"), blank=True)
    sent_at = persian.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    sent_by = acting_user(_("sent by"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = persian.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = acting_user(_("answered by"))
    answered_for = persian.PartialDateField(_("answered for the day"), null=True, blank=True, editable=False)
    reason = persian.CharField(_("reason"), max_length=250, blank=True)
    substitute_name = persian.CharField(_("substitute"), max_length=200, blank=True)
    substitute_post = persian.CharField(_("substitute's post"), max_length=200, blank=True)
    # What this person knows: the latest letter, and which states of the meeting's calendar entry it and the first told.
    letter = models.ForeignKey(
        "notices.Mail",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("latest letter"),
    )
    sent_sequence = models.PositiveIntegerField(
        _("change that the invitation told of"), default=0, db_default=0, editable=False
    )
    told_sequence = models.PositiveIntegerField(_("change that was told"), default=0, db_default=0, editable=False)
    last_told = models.DateTimeField(_("last told"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="invitation_once_per_person",
                violation_error_message=_("This person is already invited."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "guest_name", "guest_post"],
                condition=Q(person__isnull=True),
                name="invitation_once_per_guest",
                violation_error_message=_("This guest is already on the list."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest_name="", guest_post="", guest_email="")
                | (Q(person__isnull=True, is_guest=True) & ~Q(guest_name="")),
                name="invitation_person_or_guest_name",
                violation_error_message=_("Choose a person, or give the name of a guest."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(answer=""),
                name="invitation_answered_after_sending",
                violation_error_message=_("The invitation has not been sent yet."),
            ),
            models.CheckConstraint(
                condition=~Q(answer="apologise") | ~Q(reason=""),
                name="invitation_apology_has_reason",
                violation_error_message=_("Give the reason for the apology."),
            ),
            models.CheckConstraint(
                condition=Q(answer="substitute") & ~Q(substitute_name="")
                | ~Q(answer="substitute") & Q(substitute_name=""),
                name="invitation_substitute_has_name",
                violation_error_message=_("Name the substitute."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="invitation_answer_has_time",
            ),
        ]
        triggers = [*Record.Meta.triggers, NOTE_DAY_OF_ANSWER]

    def __str__(self):
        return f"{self.invited} – {self.meeting}"

    @property
    def invited(self) -> str:
        """Who is invited, by name."""
        return self.guest_name or str(self.person)

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer for the day on which the meeting stands."""
        return bool(self.answer) and self.answered_for == self.meeting.held_on

    @property
    def is_answered_for_another_day(self) -> bool:
        """Whether the answer was given before the meeting went to another day: it is shown, and counts no more."""
        return bool(self.answer) and not self.is_answered

    @property
    def was_answered_by_other(self) -> bool:
        """Whether somebody else entered the answer for the person invited."""
        return self.answered_by is not None and self.answered_by.person_id != self.person_id

    @property
    def email(self) -> str:
        """Where letters go: the person's own address, or that of the account. Empty for a letter on paper."""
        if self.person is None:
            return self.guest_email
        account = getattr(self.person, "user", None)
        return self.person.email or (account.email if account and account.is_active else "")


class ReminderQuerySet(models.QuerySet):
    def farthest_first(self):
        return self.order_by("-days_before")

    def nearest_first(self):
        return self.order_by("days_before")


@pghistory.track()
class Reminder(Record):
    """When those who are invited are reminded of a meeting: so many days before it begins."""

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody who was invited, but those who sent apologies")
        UNANSWERED = "unanswered", _("Only those who have not answered")

    days_before = models.PositiveSmallIntegerField(
        _("days before"),
        unique=True,
        help_text=_("At the meeting's own hour, so many days earlier."),
        error_messages={"unique": _("There is a reminder for this day already.")},
    )
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience, default=Audience.EVERYBODY)

    objects = ReminderQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.CheckConstraint(
                condition=Q(days_before__gt=0, days_before__lte=60),
                name="reminder_days_before",
                violation_error_message=_("Give a number of days from 1 to 60."),
            ),
        ]

    def __str__(self):
        from council_portal.persian.wording import digits

        return str(_("%(days)s days before the meeting")) % {"days": digits(self.days_before)}


class Reminded(models.Model):
    """That somebody was reminded of a meeting: once for each reminder and each day that the meeting was to be held."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="reminded", verbose_name=_("invitation"))
    days_before = models.PositiveSmallIntegerField(_("days before"))
    held_on = models.DateField(_("day of the meeting"))

    class Meta:
        verbose_name = _("reminder that was sent")
        verbose_name_plural = _("reminders that were sent")
        constraints = [
            models.UniqueConstraint(fields=["invitation", "days_before", "held_on"], name="reminded_once"),
        ]

    def __str__(self):
        return f"{self.invitation_id}: {self.days_before}"
