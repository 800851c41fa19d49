"""The register of decisions (دفتر مصوبات): what stands in a row, and what a decision's page gathers."""

from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from council_portal.access.standing import standing_of

from . import following
from .models import Assignment, Decision, DecisionLink
from .models.assignments import AssignmentQuerySet
from .models.decisions import DecisionQuerySet

AMENDS, REPLACES, CARRIES_OUT = DecisionLink.Kind
LINK_WORDS = {
    AMENDS: (_("Amends"), _("Amended by")),
    REPLACES: (_("Replaces"), _("Replaced by")),
    CARRIES_OUT: (_("Carries out"), _("Carried out by")),
}


def duties_for(user, *, on: date) -> AssignmentQuerySet:
    """Assignments to organisations that `user` may know of or serves for, lead first, each with `is_late` on the day
    `on` and with `referred_to`.

    Whether their decisions are readable is asked of the decisions.
    """
    return known_duties(user).select_related("organization").with_is_late(on=on).with_referral().lead_first()


def desk_pages_of(assignment: Assignment, *, user) -> list[tuple[str, str]]:
    """Where `user` goes on with an assignment: the words and the address of each page of the desk."""
    pages = []
    if following.may_follow_up(user):
        pages.append((_("Follow it up"), reverse("meetings:followed_duty", args=[assignment.pk])))
    if assignment.is_open and assignment.organization_id in standing_of(user).organization_ids:
        pages.append((_("Report on it"), reverse("meetings:duty", args=[assignment.pk])))
    return pages


def known_duties(user) -> AssignmentQuerySet:
    """The same, plain: to be counted, and asked about."""
    return Assignment.objects.of_known_organizations(user)


def with_rows(decisions: DecisionQuerySet, *, duties: AssignmentQuerySet) -> DecisionQuerySet:
    """Decisions with their meeting, body and `duties`, in three queries however many they are."""
    return decisions.select_related("meeting__body").prefetch_related(Prefetch("assignments", duties, to_attr="duties"))


def neighbours_of(decision: Decision, *, user) -> tuple[Decision | None, Decision | None]:
    """The decisions before and after this one in its body's numbering, among those that `user` may read."""
    same_body = Decision.objects.visible_to(user).filter(meeting__body=decision.meeting.body_id)
    return (
        same_body.filter(number__lt=decision.number).order_by("-number").first(),
        same_body.filter(number__gt=decision.number).order_by("number").first(),
    )


def links_of(decision: Decision, *, user) -> list[tuple[str, list[Decision]]]:
    """The other decisions that this one stands to, in both directions, among those that `user` may read.

    Each pair is how (a word such as «Amended by») and which ones.
    """
    readable = Decision.objects.visible_to(user)
    found: dict[str, list[Decision]] = {}
    for link in decision.links.filter(other__in=readable).select_related("other__meeting__body").order_by("pk"):
        found.setdefault(LINK_WORDS[link.kind][0], []).append(link.other)
    back = decision.backlinks.filter(decision__in=readable).select_related("decision__meeting__body").order_by("pk")
    for link in back:
        found.setdefault(LINK_WORDS[link.kind][1], []).append(link.decision)
    return list(found.items())
