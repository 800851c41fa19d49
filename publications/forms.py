from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.persian.wording import digits

from .models import Article, Edition


def name_of(edition: Edition) -> str:
    return _("Edition %(number)s") % {"number": digits(edition.number)}


class ComparisonForm(forms.Form):
    """Which two editions of a document are compared; they are cleaned to `old` and `new`, in their order."""

    old = forms.TypedChoiceField(label=gettext_lazy("edition"), coerce=int)
    new = forms.TypedChoiceField(label=gettext_lazy("compared with edition"), coerce=int)

    def __init__(self, data=None, *, editions: list[Edition], **kwargs):
        super().__init__(data, **kwargs)
        for field in self.fields.values():
            field.choices = [(edition.number, name_of(edition)) for edition in editions]

    def clean(self):
        values = super().clean()
        if values.get("old") is not None and values.get("old") == values.get("new"):
            raise ValidationError(_("Choose two different editions."))
        if not self.errors:
            values["old"], values["new"] = sorted([values["old"], values["new"]])
        return values


class CitationForm(forms.Form):
    """Which article a decision rests on."""

    article = forms.ModelChoiceField(label=gettext_lazy("article"), queryset=Article.objects.none())

    def __init__(self, data=None, *, editions: list[Edition]):
        """`editions` are those whose articles are offered, loaded `with_articles` and their documents."""
        super().__init__(data)
        field = self.fields["article"]
        field.queryset = Article.objects.filter(edition__in=editions).select_related("edition__document")
        field.error_messages["invalid_choice"] = _("This is no article of a published edition. Choose one of the list.")
        field.choices = [("", _("Choose an article")), *(_group(edition) for edition in editions)]


def _group(edition: Edition) -> tuple[str, list[tuple[int, str]]]:
    articles = edition.articles.all()
    return str(edition), [(one.pk, " · ".join(filter(None, [one.name, one.heading]))) for one in articles]
