"""The feeds of meetings, minutes and decisions; each also for one body alone."""

from datetime import datetime

from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import Greatest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from council_portal.notices.feeds import AtomFeed
from council_portal.persian.wording import long_date
from members.models import Body

from .letters import Occasion, Words, name_in_a_list
from .models import Decision, Meeting, MeetingMove, Minutes


class BodyFeed(AtomFeed):
    """A feed of every body, or of the one that the address names. `of_body` is the path to it from a row.

    `heading` is what it tells of, `page` the name of the address where all of that stands.
    """

    heading = page = ""
    of_body, needed = "body", ["body"]

    def get_object(self, request, slug: str | None = None) -> Body | None:
        return get_object_or_404(Body, slug=slug) if slug else None

    def title(self, body) -> str:
        return _("%(what)s – %(body)s") % {"what": self.heading, "body": body} if body else str(self.heading)

    def link(self, body) -> str:
        return body.get_absolute_url() if body else reverse(self.page)

    def rows(self, body):
        rows = self.readable().select_related(*self.needed)
        return rows.filter(**{self.of_body: body}) if body else rows

    def readable(self):
        raise NotImplementedError


class MeetingFeed(BodyFeed):
    """Meetings as they are announced, moved, cancelled and held."""

    name, heading, page = "meetings", pgettext_lazy("of any body", "Meetings"), "meetings:meetings"

    def readable(self):
        meetings = Meeting.objects.visible_to(None).made_known().with_last_change()
        moved = MeetingMove.objects.filter(meeting=OuterRef("pk")).order_by("-moved_at").values("moved_at")[:1]
        # PostgreSQL's greatest passes over what is empty. What is cancelled is not changed any more.
        cancelled = Case(When(status=Meeting.Status.CANCELLED, then="changed_at"))
        told = Greatest("announced_at", "closed_at", Subquery(moved), cancelled)
        return (
            meetings.annotate(told=told).filter(told__isnull=False).prefetch_related("moves").order_by("-told", "-pk")
        )

    def told_at(self, meeting) -> datetime:
        return meeting.told

    def item_pubdate(self, meeting) -> datetime:
        """When it was first told of: that stays while it is moved and cancelled (RFC 4287, 4.2.9)."""
        return meeting.announced_at or meeting.closed_at or meeting.told

    def item_title(self, meeting) -> str:
        if before := (words := Words(meeting)).before_it_moved():
            return words.occasion_of(Occasion.CHANGED, before).subject(words, before)
        name = name_in_a_list(meeting)
        if meeting.status == Meeting.Status.CANCELLED and meeting.number is None:
            return name  # which says it
        return _("%(meeting)s: %(status)s") % {"meeting": name, "status": meeting.get_status_display()}

    def item_description(self, meeting) -> str:
        day = long_date(meeting.held_on) if meeting.held_on else ""
        parts = [day, meeting.title, *Words(meeting).of_the_move(), meeting.cancelled_because]
        return linebreaks("\n\n".join(filter(None, parts)), autoescape=True)


class MinutesFeed(BodyFeed):
    """Minutes as they are published."""

    name, heading, page = "minutes", gettext_lazy("Minutes"), "meetings:meetings"
    of_body, needed = "meeting__body", ["meeting__body"]

    def readable(self):
        return Minutes.objects.visible_to(None).published().latest_first()

    def told_at(self, minutes) -> datetime:
        return minutes.published_at

    def item_title(self, minutes) -> str:
        return str(minutes)

    def item_description(self, minutes) -> str:
        held_on = minutes.meeting.held_on
        return linebreaks(_("Held on %(date)s") % {"date": long_date(held_on)}) if held_on else ""


class DecisionFeed(BodyFeed):
    """Decisions as they are published."""

    name, heading, page = "decisions", gettext_lazy("Decisions"), "meetings:decisions"
    of_body, needed = "meeting__body", ["meeting__body"]

    def readable(self):
        return Decision.objects.visible_to(None).published().order_by(F("published_at").desc(), "-pk")

    def told_at(self, decision) -> datetime:
        return decision.published_at

    def item_title(self, decision) -> str:
        return f"{decision.label} – {decision.title}" if decision.title else decision.label

    def item_description(self, decision) -> str:
        return linebreaks(decision.text, autoescape=True)
