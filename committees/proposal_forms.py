"""What is typed of a proposal on the desk."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from council_portal.access.visibility import Visibility
from council_portal.administration.forms import RecordForm
from meetings.choices import MeetingChoiceField
from meetings.models import Meeting
from members.models import Body

from .models import Committee, Proposal


def committees_of(user):
    """The committees for which this person may draft: an officer's own, for the secretariat all."""
    standing = user.standing
    rows = Committee.objects.order_by("position", "pk")
    return rows if standing.is_secretariat else rows.filter(pk__in=standing.officer_of)


class ProposalForm(RecordForm):
    """A draft, new or as it stands."""

    class Meta:
        model = Proposal
        fields = ["committee", "addressee", "title", "text", "prepared_in", "visibility"]
        field_classes = {"prepared_in": MeetingChoiceField}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        committees = committees_of(user)
        self.fields["committee"].queryset = committees
        self.fields["committee"].empty_label = None
        if self.instance.pk or len(committees) == 1:
            del self.fields["committee"]
            self.instance.committee_id = self.instance.committee_id or committees[0].pk
        self.fields["addressee"].queryset = Body.objects.exclude(kind=Body.Kind.COMMITTEE)
        self.fields["addressee"].empty_label = None
        self.fields["prepared_in"].queryset = self._sessions(user, committees)
        self.fields["prepared_in"].empty_label = _("In no session")
        self._offer_visibilities(user)

    def _sessions(self, user, committees):
        bodies = [self.instance.committee_id] if self.instance.committee_id else committees.values("pk")
        sessions = Meeting.objects.visible_to(user).filter(body__in=bodies)
        return sessions.exclude(status=Meeting.Status.CANCELLED).select_related("body").newest_first()

    def _offer_visibilities(self, user):
        """What one hides from oneself one could not finish."""
        field = self.fields["visibility"]
        field.choices = [
            (value, _("Members of the committee") if value == Visibility.BODY else label)
            for value, label in Visibility.choices
            if user.standing.is_secretariat or value != Visibility.SECRETARIAT
        ]
        field.help_text = _(
            "From its submission on. Whoever deals with it reads its title on the agenda in any case; "
            "of one for the members of the committee no more than that."
        )

    def clean(self):
        cleaned = super().clean()
        committee = cleaned.get("committee")
        session = cleaned.get("prepared_in")
        owner = committee.pk if committee else self.instance.committee_id
        if session and owner and session.body_id != owner:
            self.add_error("prepared_in", ValidationError(_("This session is of another committee."), "other"))
        return cleaned
