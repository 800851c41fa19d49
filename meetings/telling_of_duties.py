"""Who is told of what happens to an assignment, in the transaction of the step that it tells of."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from council_portal.access.standing import Reader, Standing
from council_portal.persian.calendar import today
from council_portal.persian.wording import long_date
from members.concerned import (
    accounts_by_organization,
    accounts_of_officers,
    accounts_of_organizations,
    accounts_of_secretariat,
    readers_of,
    tell_readers,
)
from members.models import Body, Membership, User

from .models import Assignment, Decision, FollowUp


def duty_address(assignment: Assignment) -> str:
    """Where the organisation answers for it."""
    return reverse("meetings:duty", args=[assignment.pk])


def follow_up_address(assignment: Assignment) -> str:
    """Where the follow-up committee works on it."""
    return reverse("meetings:followed_duty", args=[assignment.pk])


def words_of(assignment: Assignment) -> dict[str, str]:
    """What a notice names it by."""
    decision = assignment.decision
    name = f"{decision.label} – {decision.title or decision.text}" if decision.label else str(decision)
    return {"decision": name[:160], "organization": str(assignment.organization)}


def follow_up_officers() -> list[User]:
    return accounts_of_officers(Body.objects.filter(follows_up=True))


def or_secretariat(assignment: Assignment, accounts: list[User]) -> list[User]:
    """Those of the accounts that may know of it; the secretariat where there are none, so that nothing rests."""
    return who_may_know(assignment, accounts) or accounts_of_secretariat()


def who_may_know(assignment: Assignment, accounts: list[User]) -> list[User]:
    """Those of the accounts that may read the decision, and know of the organisation or serve for it."""
    readers = readers_of(assignment.decision, accounts)
    knowing = {one.pk for one in readers_of(assignment.organization, readers)}
    return [one for one in readers if one.pk in knowing or assignment.organization_id in one.standing.organization_ids]


def is_closed_to_its_organization(assignment: Assignment) -> bool:
    """Whether somebody serves for the organisation, but its services let nobody read the decision and report on it."""
    services = Membership.objects.in_service(on=today()).filter(organization=assignment.organization_id)
    bodies = frozenset(services.values_list("body", flat=True))
    anybody = Reader(Standing(body_ids=bodies, organization_ids=frozenset({assignment.organization_id})))
    return bool(bodies) and not Decision.objects.visible_to(anybody).filter(pk=assignment.decision_id).exists()


def tell_reviewers(report: FollowUp, *, by: User) -> None:
    """Tell the follow-up committee's officers that a report waits for them."""
    assignment = report.assignment
    tell_readers(
        assignment.decision,
        [one for one in or_secretariat(assignment, follow_up_officers()) if one.pk != by.pk],
        key=f"report-{report.pk}",
        words=lambda: _("Report of %(organization)s: %(decision)s") % words_of(assignment),
        text=report.text[:300],
        address=follow_up_address(assignment),
    )


def tell_organization(
    entry: FollowUp, *, words: Callable[[dict[str, str]], str], by: User, text: str = "", key: str = "entered"
) -> None:
    """Tell the organisation's people, and who reported for it, of an entry. `words` makes a title of `words_of`."""
    assignment = entry.assignment
    accounts = accounts_of_organizations([assignment.organization_id])
    tell_readers(
        assignment.decision,
        [one for one in accounts if one.pk != by.pk],
        key=f"follow-up-{entry.pk}-{key}",
        words=lambda: words(words_of(assignment)),
        text=text[:300],
        address=duty_address(assignment),
    )


def tell_of_new_duties(decisions: QuerySet[Decision]) -> None:
    """Tell the people of each organisation that has a part in one of these published decisions what it is to do."""
    rows = (
        Assignment.objects.open()
        .filter(decision__in=decisions)
        .select_related("organization", "decision__meeting__body", "decision__agenda_item")
    )
    duties = list(rows.order_by("pk"))
    serving = accounts_by_organization({duty.organization_id for duty in duties})
    for assignment in duties:
        tell_readers(
            assignment.decision,
            serving[assignment.organization_id],
            key=f"assigned-{assignment.pk}",
            words=lambda one=assignment: _("To be carried out by %(organization)s: %(decision)s") % words_of(one),
            text=lambda one=assignment: (
                _("Until %(date)s") % {"date": long_date(one.due_on)} if one.due_on else _("No due date is set.")
            ),
            address=duty_address(assignment),
        )
