"""The assembly's archive: what a row of the list shows, and how a reader narrows it."""

from collections.abc import Iterable

from django import forms
from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.access.standing import standing_of
from council_portal.persian import calendar
from council_portal.persian.wording import digits
from members.models import Organization

from .models import Decision, Meeting, Minutes
from .models.meetings import MeetingQuerySet

UNDATED = "unknown"


def with_rows(meetings: MeetingQuerySet, *, user) -> MeetingQuerySet:
    """Meetings with body and host, `has_minutes` and `decision_count` as far as `user` may read them: two queries."""
    decisions = Decision.objects.visible_to(user).filter(meeting=OuterRef("pk")).order_by().values("meeting")
    return (
        meetings.select_related("body")
        .prefetch_related(Prefetch("host", Organization.objects.visible_to(user)))
        .annotate(
            has_minutes=Exists(Minutes.objects.visible_to(user).filter(meeting=OuterRef("pk"))),
            decision_count=Coalesce(Subquery(decisions.annotate(n=Count("pk")).values("n")), 0),
        )
    )


def years_of_held(meetings: Iterable[Meeting]) -> set[int]:
    """The Jalali years in which some of these meetings were held: of such a year there is a yearbook."""
    return {meeting.held_on.year for meeting in meetings if meeting.status == Meeting.Status.HELD and meeting.held_on}


class MeetingFilter(forms.Form):
    """Narrows the archive by year, host, status and minutes. `meetings` are those that `user` may see."""

    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    host = forms.ChoiceField(label=gettext_lazy("Host"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    minutes = forms.ChoiceField(label=gettext_lazy("Minutes"), required=False)

    def __init__(self, data=None, *, meetings: MeetingQuerySet, user):
        super().__init__(data)
        self.user = user
        hosts = Organization.objects.visible_to(user).filter(pk__in=meetings.order_by().values("host"))
        everything = ("", _("All"))
        self.fields["year"].choices = [everything, *_years(meetings)]
        self.fields["host"].choices = [everything, *hosts.alphabetical().values_list("slug", "name")]
        self.fields["status"].choices = [everything, *_statuses(user)]
        self.fields["minutes"].choices = [everything, ("yes", _("With minutes")), ("no", _("Without minutes"))]

    @property
    def is_set(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def apply(self, meetings: MeetingQuerySet) -> MeetingQuerySet:
        """Meetings that answer the question; none while it has a mistake."""
        if not self.is_bound:
            return meetings
        if not self.is_valid():
            return meetings.none()
        asked = self.cleaned_data
        wanted = Q()
        if asked["year"]:
            wanted &= _in_year(asked["year"])
        if asked["host"]:
            wanted &= Q(host__slug=asked["host"])
        if asked["status"]:
            wanted &= Q(status=asked["status"])
        if asked["minutes"]:
            readable = Exists(Minutes.objects.visible_to(self.user).filter(meeting=OuterRef("pk")))
            wanted &= Q(readable) if asked["minutes"] == "yes" else ~Q(readable)
        return meetings.filter(wanted)


def _years(meetings) -> list[tuple[str, str]]:
    """Every year from the latest to the first, and, where there are such meetings, «date not recorded»."""
    ends = meetings.order_by().aggregate(
        first=Min("sort_on"), last=Max("sort_on"), undated=Count("pk") - Count("sort_on")
    )
    years = []
    if ends["first"]:
        first, last = (calendar.to_jalali(ends[end])[0] for end in ("first", "last"))
        years = [(str(year), digits(year)) for year in range(last, first - 1, -1)]
    return [*years, (UNDATED, _("Date not recorded"))] if ends["undated"] else years


def _statuses(user) -> list[tuple[str, str]]:
    """A plan is seen by those who make it, so nobody else is offered that choice."""
    standing = standing_of(user)
    if standing.is_secretariat or standing.officer_of:
        return Meeting.Status.choices
    return [choice for choice in Meeting.Status.choices if choice[0] != Meeting.Status.PLANNED]


def _in_year(year: str) -> Q:
    if year == UNDATED:
        return Q(sort_on__isnull=True)
    return Q(sort_on__range=calendar.jalali_year(int(year)))
