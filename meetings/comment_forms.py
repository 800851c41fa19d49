"""The forms of comments on circulated minutes: to write one, and to answer one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from council_portal.persian import forms as persian

from .models import AgendaItem, Comment


class CommentForm(forms.Form):
    """A comment on one item, or on the whole. `item` for a new form; `items` are those that a posted one may name."""

    text = persian.TextField(
        label=gettext_lazy("Your comment"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    agenda_item = forms.ModelChoiceField(AgendaItem.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, item: AgendaItem | None = None, items=None):
        place = item.pk if item else (data or {}).get("agenda_item") or "whole"
        super().__init__(data, initial={"agenda_item": item}, auto_id=f"comment-on-{place}-%s")
        if items is not None:
            self.fields["agenda_item"].queryset = items

    @property
    def item_id(self) -> int | None:
        """The item that a posted form names, None for the whole."""
        item = self.cleaned_data.get("agenda_item") if self.is_bound and hasattr(self, "cleaned_data") else None
        return item.pk if item else None


class SettleForm(forms.Form):
    """What becomes of a comment. It comes with the version that was answered, so that two do not answer at once."""

    status = forms.ChoiceField(
        label=pgettext_lazy("of a comment", "What becomes of it"),
        choices=[(value, label) for value, label in Comment.Status.choices if value != Comment.Status.OPEN],
        widget=forms.RadioSelect,
    )
    answer = persian.TextField(
        label=gettext_lazy("Answer"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Seen by the members of the body. May stay empty where the comment is taken up."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, comment: Comment):
        settled = {} if comment.status == Comment.Status.OPEN else {"status": comment.status}
        initial = {"answer": comment.answer, "version": comment.version, **settled}
        super().__init__(data, initial=initial, auto_id=f"settle-{comment.pk}-%s")
        self.comment = comment

    def clean(self):
        values = super().clean()
        if values.get("status") == Comment.Status.ANSWERED and not values.get("answer"):
            self.add_error("answer", _("Write the answer."))
        if values.get("version") not in (None, self.comment.version):
            said = self.comment.answer or self.comment.get_status_display()
            self.add_error("answer", _("Somebody else has answered meanwhile: «%(answer)s»") % {"answer": said})
            self.data = self.data.copy()
            self.data["version"] = self.comment.version
        return values
