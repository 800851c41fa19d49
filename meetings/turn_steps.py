"""What can be done with a host's turn, as buttons of the desk's page of the hosts and of the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from council_portal.administration.steps import Step
from council_portal.persian import forms as persian

from . import turns
from .models import HostTurn


class DeclineForm(forms.Form):
    reason = persian.CharField(label=_("reason"), max_length=250, help_text=_("Shown on the page of the hosts."))
    not_before = persian.PartialDateField(
        label=_("ask again from"),
        required=False,
        help_text=_("A day, a month or a year. Left empty: not before the organisation says so itself."),
    )


class DeferForm(forms.Form):
    reason = persian.CharField(label=_("reason"), max_length=250, help_text=_("Shown on the page of the hosts."))
    not_before = persian.PartialDateField(label=_("not before"), help_text=_("A day, a month or a year."))


class TurnChoice(forms.ModelChoiceField):
    def label_from_instance(self, turn):
        return str(turn.organization)


class SwapForm(forms.Form):
    with_turn = TurnChoice(
        label=_("with the turn of"), queryset=HostTurn.objects.none(), empty_label=_("Choose an organisation")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = HostTurn.objects.ahead().select_related("organization").exclude(pk=self.initial.get("own"))
        self.fields["with_turn"].queryset = others


def is_ahead(turn):
    return turn.status in HostTurn.AHEAD


def own_turn(turn):
    return {"own": turn.pk}


TURN_STEPS = (
    Step(
        name="accept",
        label=_("Accepted"),
        run=turns.accept,
        possible=lambda turn: turn.status == HostTurn.Status.PROPOSED,
        done=_("It is noted that the organisation will host."),
    ),
    Step(
        name="decline",
        label=_("Declines"),
        run=turns.decline,
        possible=is_ahead,
        done=_("The refusal is noted with its reason; the order moves on."),
        form=DeclineForm,
    ),
    Step(
        name="defer",
        label=_("Asks for a later turn"),
        run=turns.defer,
        possible=is_ahead,
        done=_("It is noted until when the organisation is passed over, and why."),
        form=DeferForm,
    ),
    Step(
        name="swap",
        label=_("Swap with another turn"),
        run=turns.swap,
        possible=is_ahead,
        done=_("The two turns have changed places."),
        form=SwapForm,
        initial=own_turn,
    ),
    Step(
        name="ready",
        label=_("Ready again"),
        run=turns.ready_again,
        possible=lambda turn: turn.status in HostTurn.PASSED,
        done=_("The organisation is in the queue again."),
    ),
)
# What an organisation may answer before a turn is set for it.
ANSWERS = tuple(step for step in TURN_STEPS if step.name in ("decline", "defer"))
