from django import forms
from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from council_portal.persian import forms as persian
from council_portal.persian.calendar import today
from council_portal.persian.sorting import PersianKey

from .directory import word_keys
from .models import Body, Membership, Organization, OrganizationName, Person, User

ALL = _("All")


class Filter(forms.Form):
    """A question about a list. A field that was not understood says so and narrows nothing."""

    @property
    def asked(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_set(self) -> bool:
        """Whether anything was asked, understood or not."""
        return bool(self.asked or self.errors)


class PeopleFilter(Filter):
    """Which people: by words of their name or organisation, by the body they serve on, by the branch of state."""

    text = persian.CharField(label=_("Name or organisation"), max_length=100, required=False)
    body = forms.ModelChoiceField(
        Body.objects.order_by("position", "pk"), label=_("Body"), to_field_name="slug", required=False, empty_label=ALL
    )
    branch = forms.ChoiceField(
        label=_("Branch of state"), choices=[("", ALL), *Organization.Branch.choices], required=False
    )
    service = forms.ChoiceField(
        label=_("Service"), choices=[("", _("Serving now")), ("any", _("Everybody on record"))], required=False
    )

    def apply(self, people, *, user):
        """Narrow a queryset of Person, by services and organisations that `user` may see."""
        asked = self.asked
        services = Membership.objects.filter(person=OuterRef("pk"))
        if asked.get("service") != "any":
            services = services.in_service(on=today())
        if body := asked.get("body"):
            services = services.filter(body=body)
        of_known = services.filter(organization__in=Organization.objects.visible_to(user))
        if branch := asked.get("branch"):
            services = of_known.filter(organization__branch=branch)
        if text := asked.get("text"):
            people = _named(people, text, of_known)
        if asked.keys() <= {"service", "text"} and asked.get("service") == "any":
            return people
        return people.filter(Exists(services))


def _named(people, text, services):
    """People each of whose words of `text` stands in their name or in the name of an organisation of `services`."""
    people = people.alias(
        full_name=PersianKey(Concat("given_name", Value(" "), "family_name", output_field=TextField()))
    )
    services = services.alias(organization_name=PersianKey("organization__name"))
    for word in word_keys(text):
        people = people.filter(
            Q(full_name__contains=word) | Q(Exists(services.filter(organization_name__contains=word)))
        )
    return people


class OrganizationFilter(Filter):
    """Which organisations: by words of their present or an earlier name, by branch of state and kind."""

    text = persian.CharField(label=_("Name"), max_length=100, required=False)
    branch = forms.ChoiceField(
        label=_("Branch of state"), choices=[("", ALL), *Organization.Branch.choices], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ALL), *Organization.Kind.choices], required=False)

    def apply(self, organizations):
        asked = self.asked
        organizations = organizations.filter(**{name: asked[name] for name in ("branch", "kind") if name in asked})
        return organizations.filter(_called(asked["text"])) if "text" in asked else organizations


def _called(text: str) -> Q:
    """Organisations that bear, or once bore, a name in which each word of `text` stands."""
    now, once = (_in_all_words(model, text) for model in (Organization, OrganizationName))
    return Q(pk__in=now.values("pk")) | Q(pk__in=once.values("organization"))


def _in_all_words(model, text: str):
    rows = model.objects.alias(key=PersianKey("name"))
    for word in word_keys(text):
        rows = rows.filter(key__contains=word)
    return rows


# Read from left to right on a Persian page too: the groups of a telephone number would change places.
LEFT_TO_RIGHT = {"dir": "ltr"}


class MailForm(forms.ModelForm):
    """How the signed-in person wants to be told by e-mail of what stands in their inbox."""

    class Meta:
        model = User
        fields = ["mail_choice"]
        labels = {"mail_choice": _("When letters come")}
        widgets = {"mail_choice": forms.RadioSelect}
        help_texts = {"mail_choice": _("Everything stands in your inbox on the site, whatever you choose here.")}


class ContactForm(forms.ModelForm):
    """How to reach the signed-in person: on their record for the members, and on their account."""

    class Meta:
        model = Person
        fields = ["email", "phone"]
        widgets = {"email": forms.EmailInput(LEFT_TO_RIGHT), "phone": forms.TextInput(LEFT_TO_RIGHT)}
        help_texts = {
            "email": _("Shown to members; a forgotten password is also renewed through it."),
            "phone": _("Shown to members."),
        }

    def __init__(self, *args, account: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.account = account

    def save(self, commit=True):
        self.account.email = self.cleaned_data["email"]
        self.account.save(update_fields=["email"])
        return super().save(commit)


class AccountForm(forms.ModelForm):
    """The e-mail of an account that belongs to nobody on record."""

    class Meta:
        model = User
        fields = ["email"]
        widgets = {"email": forms.EmailInput(LEFT_TO_RIGHT)}
        help_texts = {"email": _("A forgotten password is renewed through it.")}
