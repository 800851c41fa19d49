"""Who should host next, and why: the order of the hosts as a rule that anybody can follow (DESIGN.md §4, issue 3).

1. Whoever has waited longest since its last hosting comes first; of equals the earlier member, then the alphabet.
2. Who never hosted has waited since the council's first meeting; a newcomer enters at the middle of the queue as it
   stood on the day of joining, and moves up with it from there.
3. Who declined, or asked for a later turn, is passed over until the day that was named.
4. No branch of state hosts twice in a row while an organisation of another one waits: one that never hosted, or whose
   last hosting lies half a round back. Without that limit a small branch would host every second meeting.

The rule is a function of plain data; `suggestions` below gathers them from the records.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council_portal.persian.partial_date import PartialDate
from council_portal.persian.sorting import PersianKey
from council_portal.persian.wording import digits, month_and_year, ordinal
from members.models import Body, Membership, Organization
from members.models.organizations import OrganizationQuerySet

from .models import HostTurn, Meeting

HALF = 2


@dataclass(frozen=True)
class Member:
    """An organisation of the council: its branch of state, the word for that, and its key in the alphabet."""

    id: int
    name: str
    branch: str
    joined_on: date | None = None
    branch_name: str = ""
    sort_key: str = ""


@dataclass(frozen=True)
class Hosting:
    """That an organisation hosted the meeting of this number; the day where it is on record."""

    number: int
    host: int | None
    day: date | None = None


@dataclass(frozen=True)
class Passed:
    """That an organisation passed on its turn; `until` the first day of its readiness, None: until further notice."""

    host: int
    reason: str
    until: date | None = None
    is_declined: bool = False


@dataclass(frozen=True)
class Place:
    """A member's place in the queue. It counts as if it had last hosted the meeting `since`, 0: before the first."""

    member: Member
    since: int
    last_hosted: int | None = None
    is_newcomer: bool = False

    @property
    def key(self) -> tuple:
        """What the queue is sorted by: no two members have the same."""
        return (
            self.since,
            self.last_hosted is None,
            self.member.joined_on or date.min,
            self.member.sort_key or self.member.name,
            self.member.id,
        )


@dataclass(frozen=True)
class Suggestion:
    """The host for one of the next meetings. `waited` meetings lie between; `before` passed on their turn;
    `over_branch` is the branch of the turn before, where it moved this one forward."""

    place: Place
    waited: int
    over_branch: str = ""
    before: tuple[tuple[Member, Passed], ...] = ()

    @property
    def member(self) -> Member:
        return self.place.member

    @property
    def reason(self) -> str:
        """Why, in words; what is said here is shown to everybody once the turn is set."""
        parts = [_history_in_words(self)]
        if self.over_branch:
            parts.append(
                _("The turn before is of the branch «%(branch)s», so the first of another branch that waits follows.")
                % {"branch": self.over_branch}
            )
        if self.before:
            count = len(self.before)
            text = ngettext(
                "%(count)s organisation before it passed on its turn.",
                "%(count)s organisations before it passed on their turn.",
                count,
            )
            parts.append(text % {"count": digits(count)})
        return " ".join(parts)


def suggest(
    members: Iterable[Member],
    hostings: Sequence[Hosting],
    days: Sequence[date],
    *,
    ahead: Sequence[Member] = (),
    passed: Iterable[Passed] = (),
) -> list[Suggestion]:
    """Return the hosts of the meetings on `days`, which follow those of the turns `ahead`: one each, while there are.

    `hostings` are all meetings that were held; `ahead` the members whose turns are set already, in their order;
    `passed` at most one answer for each member. The same data always give the same order.
    """
    members = list(members)
    taken = {member.id for member in ahead}
    queue = sorted((place for place in places(members, hostings) if place.member.id not in taken), key=lambda p: p.key)
    answers = {answer.host: answer for answer in passed}
    last = ahead[-1] if ahead else _last_host(members, hostings)
    number = max((hosting.number for hosting in hostings), default=0) + len(ahead)
    half_a_round = len(members) / HALF
    found = []
    for day in days:
        number += 1
        ready = [place for place in queue if not _passes(answers.get(place.member.id), day)]
        if not ready:
            continue
        place = _balanced(ready, last, lambda one, n=number: one.since == 0 or n - one.since >= half_a_round)
        skipped = [one.member for one in queue[: queue.index(place)] if one not in ready]
        found.append(
            Suggestion(
                place,
                waited=number - place.since - 1,
                over_branch="" if place is ready[0] else (last.branch_name or last.branch),
                before=tuple((member, answers[member.id]) for member in skipped),
            )
        )
        queue.remove(place)
        last = place.member
    return found


def places(members: Iterable[Member], hostings: Sequence[Hosting]) -> list[Place]:
    """Return each member's place in the queue, in no order."""
    members = list(members)
    last_hosted = _last_hosted(hostings)
    found = []
    for member in members:
        if member.id in last_hosted:
            found.append(Place(member, last_hosted[member.id], last_hosted[member.id]))
        else:
            since = _entered_at(member, members, hostings)
            found.append(Place(member, since, is_newcomer=since > 0))
    return found


def _entered_at(newcomer: Member, members: list[Member], hostings: Sequence[Hosting]) -> int:
    """The middle of the queue as it stood when the newcomer joined; 0 for a member since the beginning."""
    if newcomer.joined_on is None:
        return 0
    until = max((one.number for one in hostings if one.day and one.day < newcomer.joined_on), default=0)
    if not until:
        return 0
    last_hosted = _last_hosted([one for one in hostings if one.number <= until])
    others = [one for one in members if one.id != newcomer.id]
    then = [last_hosted.get(one.id, 0) for one in others if one.joined_on is None or one.joined_on < newcomer.joined_on]
    return median_low(then) if then else 0


def _last_hosted(hostings: Iterable[Hosting]) -> dict[int, int]:
    """The number of the latest meeting that each host had."""
    return {one.host: one.number for one in sorted(hostings, key=lambda one: one.number) if one.host is not None}


def _last_host(members: list[Member], hostings: Sequence[Hosting]) -> Member | None:
    latest = max(hostings, key=lambda one: one.number, default=None)
    return next((member for member in members if latest and member.id == latest.host), None)


def _passes(answer: Passed | None, day: date) -> bool:
    return answer is not None and (answer.until is None or day < answer.until)


def _balanced(ready: list[Place], last: Member | None, waits: Callable[[Place], bool]) -> Place:
    """The first of those who are ready; after a host of its own branch the first of another branch that waits."""
    if last is None or ready[0].member.branch != last.branch:
        return ready[0]
    return next((place for place in ready if place.member.branch != last.branch and waits(place)), ready[0])


def _history_in_words(suggestion: Suggestion) -> str:
    place = suggestion.place
    waited = digits(suggestion.waited)
    if place.last_hosted is not None:
        text = ngettext(
            "It was last the host of the %(number)s meeting; %(count)s meeting lies between.",
            "It was last the host of the %(number)s meeting; %(count)s meetings lie between.",
            suggestion.waited,
        )
        return text % {"number": ordinal(place.last_hosted), "count": waited}
    if place.is_newcomer:
        month = month_and_year(PartialDate.from_date(place.member.joined_on))
        return _("A member since %(month)s, it entered the queue at its middle.") % {"month": month}
    return str(_("It has not been the host so far, and is among those who have waited longest."))


# From the records


def suggestions(days: Sequence[date], *, on: date) -> list[Suggestion]:
    """Return the suggested hosts of assembly meetings on `days`, with the order as it stands on the day `on`."""
    held = Meeting.objects.of_assembly().held().filter(number__isnull=False)
    hostings = [Hosting(number, host, day) for number, host, day in held.values_list("number", "host", "sort_on")]
    members = [as_member(organization) for organization in members_on(on)]
    ahead = HostTurn.objects.ahead().select_related("organization")
    return suggest(
        members,
        hostings,
        days,
        ahead=[as_member(turn.organization) for turn in ahead],
        passed=[as_passed(turn) for turn in answers_that_count()],
    )


def members_on(on: date) -> OrganizationQuerySet:
    """The organisations that are members of the council on the day `on`, by the alphabet, each with its `sort_key`.

    Where the day of joining is not on record, those are members that have hosted or that somebody represents.
    """
    serving = Membership.objects.in_service(on=on).filter(body__kind=Body.Kind.ASSEMBLY, organization__isnull=False)
    hosted = Meeting.objects.of_assembly().held().filter(host__isnull=False)
    is_known = Q(pk__in=serving.values("organization")) | Q(pk__in=hosted.values("host"))
    has_joined = Q(joined_on__startswith__lte=on) | Q(joined_on__isnull=True) & is_known
    has_not_left = Q(left_on__isnull=True) | Q(left_on__startswith__gte=on)
    return Organization.objects.filter(has_joined & has_not_left).annotate(sort_key=PersianKey("name")).alphabetical()


def answers_that_count() -> list[HostTurn]:
    """Of each organisation the latest turn, where that was declined or put off."""
    latest = HostTurn.objects.latest_of_each().select_related("organization")
    return [turn for turn in latest if turn.status in HostTurn.PASSED]


def as_member(organization: Organization) -> Member:
    joined = organization.joined_on
    return Member(
        id=organization.pk,
        name=organization.name,
        branch=organization.branch,
        joined_on=joined.first if joined else None,
        branch_name=str(organization.get_branch_display()),
        sort_key=getattr(organization, "sort_key", organization.name),
    )


def as_passed(turn: HostTurn) -> Passed:
    until = turn.not_before
    return Passed(
        host=turn.organization_id,
        reason=turn.reason,
        until=until.first if until else None,
        is_declined=turn.status == HostTurn.Status.DECLINED,
    )
