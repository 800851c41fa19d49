"""What awaits the signed-in person, on the home page in short and on their desk in full."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch, Q

from committees.models import Proposal
from council_portal.access.standing import standing_of
from meetings import answering, duty_lists, following
from meetings.models import Assignment, Comment, Decision, Invitation, ItemProposal, Meeting, Minutes
from meetings.planning import bodies_of
from members.models import Body

DUTIES_SHOWN = 5
MEETINGS_SHOWN = 6
AHEAD_SHOWN = 2
MINUTES_SHOWN = 5


Tile = tuple[duty_lists.DutyList, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """`tiles` are lists of what the organisation has to do, with their counts; `duties` the first of those open."""

    invitations: list[Invitation]
    duties: list[Assignment]
    tiles: list[Tile]

    @property
    def duty_count(self) -> int:
        return self._count_of(duty_lists.OPEN)

    @property
    def overdue_count(self) -> int:
        return self._count_of(duty_lists.OVERDUE)

    def _count_of(self, wanted: duty_lists.DutyList) -> int:
        return next(number for one, number in self.tiles if one is wanted)

    @property
    def count(self) -> int:
        return len(self.invitations) + self.duty_count


@dataclass(frozen=True, slots=True)
class FollowUpWork:
    """`tiles` are lists with their counts; `urgent` the first of the one that `shown` names.

    Those of the board read alone; `may_enter` is for those who enter what they hear.
    """

    may_enter: bool
    tiles: list[Tile]
    shown: duty_lists.DutyList
    urgent: list[Assignment]


@dataclass(slots=True)
class BodyWork:
    """What the officers of a body have to see to.

    `to_close` are meetings whose day has come and that are not closed, `ahead` the next of `ahead_count`; `minutes`
    the first of `minutes_count` meetings whose minutes are on their way, the oldest first, each with `unposted` (its
    decisions that are not published) and `open_comments`; `put_to` is how many proposals wait for a place on its
    agenda, `drafts` are those that the body itself has not put to anybody yet. `follow_up` is for the secretariat: what
    is owed for the body's decisions, as those of the lists of the follow-up that have something.
    """

    body: Body
    to_close: list[Meeting] = field(default_factory=list)
    ahead: list[Meeting] = field(default_factory=list)
    ahead_count: int = 0
    minutes: list[Meeting] = field(default_factory=list)
    minutes_count: int = 0
    put_to: int = 0
    drafts: list[Proposal] = field(default_factory=list)
    follow_up: list[Tile] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be done now; what is only ahead does not count."""
        return not (self.to_close or self.minutes or self.put_to or self.drafts)


def awaiting(user, *, on: date) -> Waiting | None:
    """What awaits `user` on the Gregorian day `on`; None for somebody who has no part in the council's work."""
    standing = standing_of(user)
    if not standing.is_member:
        return None
    invitations = Invitation.objects.visible_to(user).awaiting(user.person_id, on=on)
    duties = duty_lists.duties_of(user)
    return Waiting(
        invitations=[*invitations.select_related("meeting__body").order_by("meeting__sort_on", "pk")],
        duties=[*duty_lists.OPEN.rows(duties, on=on)[:DUTIES_SHOWN]],
        tiles=duty_lists.tiles_of(duty_lists.TO_DO, duties, on=on),
    )


def answers_to(invitations: list[Invitation]) -> list[tuple[Invitation, list[answering.Choice]]]:
    """Each invitation with the answers that can be given to it."""
    return [(one, answering.choices(one)) for one in invitations]


def next_meetings(user, *, on: date) -> list[Meeting]:
    """The next announced meetings of the bodies that `user` serves on, each with `own`: at most one invitation."""
    own = Invitation.objects.sent().filter(person=user.person_id)
    meetings = Meeting.objects.visible_to(user).announced().upcoming(on=on).filter(body__in=user.standing.body_ids)
    meetings = meetings.select_related("body").prefetch_related(Prefetch("invitations", own, to_attr="own"))
    return list(meetings.soonest_first()[:MEETINGS_SHOWN])


def minutes_to_comment(user, *, on: date) -> list[Minutes]:
    """Circulated minutes of the bodies that `user` serves on, open to comments, the nearest first."""
    open_to_comments = Q(comments_due_on__isnull=True) | Q(comments_due_on__gte=on)
    minutes = Minutes.objects.visible_to(user).filter(
        open_to_comments, status=Minutes.Status.CIRCULATED, meeting__body__in=user.standing.body_ids
    )
    return list(minutes.select_related("meeting__body").order_by("comments_due_on", "pk"))


def follow_up_of(user, *, on: date) -> FollowUpWork | None:
    """What those who follow up have to see to, and the board's officers what has come to them; None for others."""
    lists = duty_lists.lists_for(user)
    if not lists:
        return None
    duties = Assignment.objects.visible_to(user)
    shown = next(one for one in lists if one.is_urgent)
    return FollowUpWork(
        may_enter=following.may_follow_up(user),
        tiles=duty_lists.tiles_of(lists, duties, on=on),
        shown=shown,
        urgent=[*shown.rows(duties, on=on)[:DUTIES_SHOWN]],
    )


def work_of_bodies(user, *, on: date) -> list[BodyWork]:
    """What is to be done for each body that `user` works for, in as many queries whatever there is."""
    work = {body.pk: BodyWork(body) for body in bodies_of(user)}
    if not work:
        return []
    unfinished = Meeting.objects.visible_to(user).editable_by(user).unfinished()
    for meeting in unfinished.select_related("body", "minutes").soonest_first():
        _sort_in(work[meeting.body_id], meeting, on=on)
    _count_of_minutes([meeting for one in work.values() for meeting in one.minutes], user=user)
    for body, number in _put_to(work, user=user).items():
        work[body].put_to = number
    for draft in Proposal.objects.visible_to(user).filter(committee__in=work, status=Proposal.Status.DRAFT):
        work[draft.committee_id].drafts.append(draft)
    for body, tiles in _followed_up(user, on=on).items():
        work[body].follow_up = tiles
    return list(work.values())


def _followed_up(user, *, on: date) -> dict[int, list[Tile]]:
    """What is owed for the decisions of each body, where `user` sees to all of them."""
    if not standing_of(user).is_secretariat:
        return {}
    return duty_lists.tiles_by_body(duty_lists.OF_FOLLOW_UP, Assignment.objects.visible_to(user), on=on)


def _sort_in(work: BodyWork, meeting: Meeting, *, on: date) -> None:
    if meeting.status == Meeting.Status.HELD:
        work.minutes_count += 1
        work.minutes.extend([meeting] if len(work.minutes) < MINUTES_SHOWN else [])
    elif meeting.held_on and meeting.held_on.first <= on:
        work.to_close.append(meeting)
    else:
        work.ahead_count += 1
        work.ahead.extend([meeting] if len(work.ahead) < AHEAD_SHOWN else [])


def _count_of_minutes(meetings: list[Meeting], *, user) -> None:
    decisions = Decision.objects.visible_to(user).filter(meeting__in=meetings, published_at__isnull=True)
    comments = Comment.objects.visible_to(user).open().filter(minutes__meeting__in=meetings)
    unposted = dict(decisions.order_by().values_list("meeting").annotate(Count("pk")))
    to_answer = dict(comments.order_by().values_list("minutes__meeting").annotate(Count("pk")))
    for meeting in meetings:
        meeting.unposted, meeting.open_comments = unposted.get(meeting.pk, 0), to_answer.get(meeting.pk, 0)


def _put_to(bodies, *, user) -> dict[int, int]:
    """How many proposals, of organisations and of committees, wait for each of these bodies."""
    waiting: dict[int, int] = defaultdict(int)
    of_organizations = ItemProposal.objects.visible_to(user).waiting().filter(body__in=bodies)
    of_committees = Proposal.objects.visible_to(user).filter(addressee__in=bodies, status=Proposal.Status.SUBMITTED)
    for found, body in ((of_organizations, "body"), (of_committees, "addressee")):
        for pk, number in found.order_by().values_list(body).annotate(Count("pk")):
            waiting[pk] += number
    return waiting
