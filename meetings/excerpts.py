"""What the excerpt of a decision says, for whom, and that an issued one is not left saying what no longer holds."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from council_portal.access.visibility import closest, reader_under
from council_portal.issuing import register
from council_portal.issuing.kinds import kind_named
from council_portal.issuing.models import Entry
from council_portal.issuing.signing import NoCertificate

from .models import Assignment, Decision, DecisionLink

KIND = "excerpt"


@dataclass(frozen=True, slots=True)
class Said:
    """What an excerpt says besides the decision's own text, which is frozen; see papers.excerpt_paper."""

    duties: frozenset[tuple]
    links: frozenset[tuple]


def audience_of_decision(decision: Decision) -> str:
    """The visibility under which a decision is issued: the closest of its own and of all that it stands in."""
    item = decision.agenda_item
    around = [item, item.parent] if item else []
    return closest(decision.visibility, decision.meeting.visibility, *(each.visibility for each in around if each))


def said_of(decision: Decision) -> Said:
    """What the excerpt of a decision says as it stands, to those for whom it is issued."""
    reader = reader_under(audience_of_decision(decision), body=decision.meeting.body_id)
    duties = Assignment.objects.of_known_organizations(reader).filter(decision=decision).with_referral()
    readable = Decision.objects.visible_to(reader).values("pk")
    links = DecisionLink.objects.filter(decision=decision, other__in=readable)
    backlinks = DecisionLink.objects.filter(other=decision, decision__in=readable)
    return Said(
        frozenset(
            (one.organization_id, one.role, one.due_on, one.status if one.is_taken_back else "", one.referred_to)
            for one in duties
        ),
        frozenset((*links.values_list("kind", "other"), *backlinks.values_list("kind", "decision"))),
    )


@contextmanager
def excerpts_kept_true(decisions: Iterable[Decision], *, by) -> Iterator[None]:
    """Within one transaction, have the issued excerpts of these decisions issued anew that say something else after it.

    One that was withdrawn stays so, until the secretariat issues it anew; where there is no certificate nothing is
    issued, and what has changed goes on all the same.
    """
    with transaction.atomic():
        decisions = [decision for decision in decisions if decision.published_at]
        before = [said_of(decision) for decision in decisions]
        yield
        for decision, said in zip(decisions, before, strict=True):
            if reason := _what_changed(said, said_of(decision)):
                _issue_anew(decision, by=by, reason=reason)


def _what_changed(before: Said, after: Said) -> str:
    """In the words of the register, which say nothing of whom: that may be closed to others later."""
    with translation.override(settings.LANGUAGE_CODE):
        if before.duties != after.duties:
            return _("Who carries it out, or by when, has changed")
        return _("How it stands to other decisions has changed") if before.links != after.links else ""


def _issue_anew(decision: Decision, *, by, reason: str) -> None:
    latest = Entry.objects.of(decision, KIND).newest_first().with_fate().first()
    if latest is None or latest.withdrawal:
        return
    occasion = f"change-{timezone.now():%Y%m%d-%H%M%S-%f}"  # each change is one, however soon another follows
    with suppress(NoCertificate):
        register.issue_later(decision, kind_named(KIND), by=by, occasion=occasion, reason=reason)
