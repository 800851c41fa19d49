"""Answering an invitation on a page: one small form for each answer, the same wherever they stand."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from council_portal.persian import forms as persian

from . import invitations
from .answer_links import LABELS
from .holding import Refused
from .models import Invitation

Answer = Invitation.Answer


class ApologiseForm(forms.Form):
    reason = persian.CharField(
        label=_("Reason"), max_length=250, error_messages={"required": _("Give the reason for the apology.")}
    )


class SubstituteForm(forms.Form):
    substitute_name = persian.CharField(
        label=_("Name of the substitute"), max_length=200, error_messages={"required": _("Name the substitute.")}
    )
    substitute_post = persian.CharField(label=_("Post of the substitute"), max_length=200, required=False)


FORMS = {Answer.ATTEND: forms.Form, Answer.APOLOGISE: ApologiseForm, Answer.SUBSTITUTE: SubstituteForm}
ICONS = {Answer.ATTEND: "check", Answer.APOLOGISE: "mail", Answer.SUBSTITUTE: "person"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be given. `is_asked` opens its form, `is_given` is the answer on record, `was_given` that for
    the day on which the meeting stood before. `day` is what the answer is for, as `invitations.day_key` has it."""

    value: str
    label: str
    icon: str
    form: forms.Form
    is_asked: bool
    is_given: bool
    was_given: bool
    day: str


def choices(invitation: Invitation | None, *, asked: str = "", bound: forms.Form | None = None) -> list[Choice]:
    """The answers to an invitation, none while it takes none; `bound` is the form of `asked` as it was refused.

    What was answered before the meeting went to another day stands open as it was, so that one press confirms it.
    """
    if invitation is None or not invitations.is_open(invitation.meeting):
        return []
    asked = asked or (invitation.answer if invitation.is_answered_for_another_day else "")
    given = {name: getattr(invitation, name) for name in ("reason", "substitute_name", "substitute_post")}
    return [
        Choice(
            value,
            label,
            ICONS[value],
            bound if bound is not None and value == asked else _form(invitation, value, initial=given),
            is_asked=value == asked,
            is_given=invitation.is_answered and value == invitation.answer,
            was_given=invitation.is_answered_for_another_day and value == invitation.answer,
            day=invitations.day_key(invitation.meeting),
        )
        for value, label in LABELS.items()
    ]


def give(invitation: Invitation, data, *, by) -> list[Choice]:
    """Record the answer that was posted; returns nothing, or the choices with what is wrong beside the field."""
    asked = data.get("answer", "")
    if asked not in FORMS:
        raise BadRequest("no such answer")
    form = _form(invitation, asked, data=data)
    if form.is_valid():
        try:
            invitations.answer(invitation, by=by, answer=asked, day=data.get("day"), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return [] if form.is_valid() else choices(invitation, asked=asked, bound=form)


def _form(invitation: Invitation, answer: str, **kwargs) -> forms.Form:
    # Several invitations may stand on one page, so the fields are told apart by the invitation.
    return FORMS[answer](auto_id=f"{answer}_{invitation.pk}_%s", **kwargs)
