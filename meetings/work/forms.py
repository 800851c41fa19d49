"""What is typed on the pages of the work on a meeting: items of the agenda, and what organisations propose."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.administration.forms import RecordForm
from council_portal.persian import forms as persian
from council_portal.persian.calendar import today
from members.models import Body, Organization, Person

from .. import agenda
from ..models import AgendaItem, ItemProposal, Meeting


def presenters(user):
    """Who can be chosen to present: whoever serves the council today."""
    serving = Person.objects.filter(memberships__in=_services_today()).values("pk")
    return Person.objects.visible_to(user).filter(pk__in=serving).alphabetical()


def _services_today():
    from members.models import Membership

    return Membership.objects.in_service(on=today())


class ItemForm(RecordForm):
    """An item of the agenda; the title of one that was announced is shown and stays."""

    minutes_planned = persian.IntegerField(
        label=gettext_lazy("minutes planned"), required=False, min_value=1, max_value=600
    )

    place = persian.IntegerField(
        label=gettext_lazy("number"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=gettext_lazy("Its place on the agenda, or within its item; the others make room."),
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "presenter", "presenter_name", "minutes_planned", "proposed_by", "visibility"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not agenda.is_announced(self.instance):
            self.fields["place"].initial = self.instance.position
        else:
            del self.fields["place"]
        people = presenters(user)
        if self.instance.presenter_id:
            people = people | Person.objects.filter(pk=self.instance.presenter_id)
        self.fields["presenter"].queryset = people
        self.fields["proposed_by"].queryset = Organization.objects.visible_to(user).alphabetical()
        if self.instance.pk and agenda.is_announced(self.instance):
            self.fields["title"].widget.attrs["readonly"] = True
            self.fields["title"].help_text = _("The agenda is announced: the titles of its items stay.")

    def clean_title(self):
        title = self.cleaned_data["title"]
        if self.stored and agenda.is_announced(self.instance) and title != self.stored.title:
            raise ValidationError(_("The agenda is announced: the titles of its items stay. Add an item instead."))
        return title


class NewItemForm(ItemForm):
    """An item that is added, on either level."""

    class Meta(ItemForm.Meta):
        fields = ["title", "parent", "presenter", "presenter_name", "minutes_planned", "proposed_by", "visibility"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = (
            AgendaItem.objects.filter(meeting=self.instance.meeting_id, parent=None)
            .visible_to(kwargs["user"])
            .in_order()
        )


class DeclineForm(forms.Form):
    because = persian.CharField(label=gettext_lazy("reason"), max_length=250)


class ProposeForm(forms.ModelForm):
    """What an organisation would have on an agenda; `user` speaks for one of their own."""

    class Meta:
        model = ItemProposal
        fields = ["body", "organization", "title", "text", "presenter", "presenter_name", "wished_meeting"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = Organization.objects.filter(pk__in=user.standing.organization_ids).alphabetical()
        self.fields["organization"].queryset = own
        self.fields["body"].queryset = Body.objects.visible_to(user)
        self.fields["presenter"].queryset = presenters(user)
        ahead = Meeting.objects.visible_to(user).upcoming(on=today()).select_related("body").soonest_first()
        self.fields["wished_meeting"].queryset = ahead
        self.fields["wished_meeting"].empty_label = _("The next one")
        for name in ("organization", "body"):
            self.fields[name].initial = self.fields[name].queryset.first()
            self.fields[name].empty_label = None

    def clean(self):
        cleaned = super().clean()
        meeting = cleaned.get("wished_meeting")
        if meeting and cleaned.get("body") and meeting.body_id != cleaned["body"].pk:
            self.add_error("wished_meeting", _("This meeting is of another body."))
        return cleaned

    def validate_constraints(self):
        """Proposing the same thing twice is no mistake: see proposals.propose."""
