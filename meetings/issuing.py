"""What of meetings is issued: minutes and the excerpts of their decisions, when they are published; and the report of a
meeting, when the secretariat publishes it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council_portal.issuing import register
from council_portal.issuing.kinds import FIRST, Standing, kind
from council_portal.issuing.models import Entry
from council_portal.persian.wording import digits
from council_portal.refusing import Refused
from members.models import Organization, Person

from .excerpts import KIND as EXCERPT_KIND
from .excerpts import audience_of_decision
from .models import AgendaItem, Attendance, Corrigendum, Decision, DecisionLink, Material, Meeting, Minutes
from .papers import audience_of_minutes, excerpt_paper, minutes_paper, signing
from .record import MeetingRecord
from .reports import meeting_report
from .reviewing import reviewed_in


def _occasion_of_minutes(minutes: Minutes) -> str:
    """Minutes are issued for their publication, and anew for each corrigendum."""
    last = max((corrigendum.number for corrigendum in minutes.corrigenda.all()), default=None)
    return f"corrigendum-{last}" if last else FIRST


def _shown_in_minutes(minutes: Minutes) -> list:
    """All that the sheet may name. Items and decisions of other meetings are those that were continued or reviewed."""
    meeting = minutes.meeting
    items = AgendaItem.objects.filter(meeting=meeting)
    reviewed = reviewed_in(meeting).values("assignment__decision")
    decisions = Decision.objects.filter(Q(meeting=meeting) | Q(pk__in=reviewed))
    organizations = Q(pk=meeting.host_id) | Q(pk__in=items.values("proposed_by"))
    services = signing(meeting)
    return [
        AgendaItem.objects.filter(Q(meeting=meeting) | Q(pk__in=items.values("continues"))),
        decisions,
        Corrigendum.objects.filter(minutes=minutes),
        Organization.objects.filter(organizations | Q(pk__in=decisions.values("assignments__organization"))),
        Person.objects.filter(Q(pk__in=items.values("presenter")) | Q(pk__in=services.order_by().values("person"))),
        Meeting.objects.filter(pk=minutes.approved_in_id),
    ]


def _shown_in_report(meeting: Meeting) -> list:
    speakers = Person.objects.filter(pk__in=meeting.materials.values("speaker"))
    return [
        *_shown_in_minutes(meeting.minutes),
        Minutes.objects.filter(meeting=meeting),
        Material.objects.filter(meeting=meeting).not_withdrawn(),
        Attendance.objects.filter(meeting=meeting),
        speakers,
    ]


def _shown_in_excerpt(decision: Decision) -> list:
    return [
        Decision.objects.filter(Q(backlinks__decision=decision) | Q(links__other=decision)).distinct(),
        Organization.objects.filter(assignments__decision=decision).distinct(),
    ]


def _standing_of_minutes(minutes: Minutes, issued_at: datetime | None) -> Standing:
    """What was corrected since they were issued is to be read beside them, until they are issued anew."""
    if issued_at is None:
        return Standing()
    later = minutes.corrigenda.filter(published_at__gt=issued_at).select_related("minutes__meeting__body")
    return Standing(amended_by=tuple(later))


def _standing_of_report(meeting: Meeting, issued_at: datetime | None) -> Standing:
    return _standing_of_minutes(meeting.minutes, issued_at)


def _standing_of_decision(decision: Decision, _issued_at) -> Standing:
    """As the published decisions after it say; those that carry it out leave it as it is."""
    links = DecisionLink.objects.filter(other=decision, decision__published_at__isnull=False).order_by("pk")
    after = [(link.kind, link.decision) for link in links.select_related("decision__meeting__body")]
    return Standing(
        replaced_by=tuple(later for kind, later in after if kind == DecisionLink.Kind.REPLACES),
        amended_by=tuple(later for kind, later in after if kind == DecisionLink.Kind.AMENDS),
    )


def _body_of(record: Minutes | Decision) -> int:
    return record.meeting.body_id


MINUTES = kind(
    "minutes",
    gettext_lazy("Minutes"),
    model=Minutes,
    paper=minutes_paper,
    visibility=audience_of_minutes,
    body=_body_of,
    shows=_shown_in_minutes,
    occasion=_occasion_of_minutes,
    standing=_standing_of_minutes,
    published=lambda: Minutes.objects.published().order_by("published_at", "pk").prefetch_related("corrigenda"),
)
EXCERPT = kind(
    EXCERPT_KIND,
    gettext_lazy("Excerpt of a decision"),
    model=Decision,
    paper=excerpt_paper,
    visibility=audience_of_decision,
    body=_body_of,
    shows=_shown_in_excerpt,
    standing=_standing_of_decision,
    published=lambda: Decision.objects.published().order_by("published_at", "pk"),
)


REPORT = kind(
    "report",
    gettext_lazy("Report of a meeting"),
    model=Meeting,
    paper=meeting_report,
    visibility=lambda meeting: audience_of_minutes(meeting.minutes),
    body=lambda meeting: meeting.body_id,
    shows=_shown_in_report,
    occasion=lambda meeting: _occasion_of_minutes(meeting.minutes),
    standing=_standing_of_report,
)


def issue_published(minutes: Minutes, decisions: Iterable[Decision], *, by) -> None:
    """Have minutes that are being published issued, and an excerpt of each of these decisions. Raises NoCertificate."""
    register.issue_later(minutes, MINUTES, by=by)
    for decision in decisions:
        register.issue_later(decision, EXCERPT, by=by)


def issue_corrected(corrigendum: Corrigendum, *, by) -> None:
    """Have published minutes issued anew, with a corrigendum; what has not been issued yet will hold it anyway.

    The register says which corrigendum, and not why: that may be of an item that is closed to the minutes' readers.
    Raises NoCertificate.
    """
    minutes = corrigendum.minutes
    if minutes.status != Minutes.Status.PUBLISHED:
        return
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Corrigendum %(number)s") % {"number": digits(corrigendum.number)}
    register.issue_later(minutes, MINUTES, by=by, reason=reason)


def sees_more(record: MeetingRecord, document: Entry | None) -> bool:
    """Whether the reader of `record` may read items or decisions that its issued minutes, made for others too, leave
    out; False where nothing was issued."""
    if document is None:
        return False
    entries = [each for entry in record.agenda for each in (entry, *entry.parts)]
    read = {
        AgendaItem: {entry.item.pk for entry in entries if entry.item},
        Decision: {decision.pk for decision in record.decisions},
    }
    return any(keys - set(document.shows.get(model._meta.label_lower, ())) for model, keys in read.items())


def was_reported(meeting: Meeting) -> bool:
    """Whether a report of this meeting has been published."""
    return Entry.objects.of(meeting, REPORT.name).exists()


def publish_report(meeting: Meeting, *, by, because: str = "") -> None:
    """Have the report of a meeting whose minutes are published issued; again, in the place of the one before.

    Asked for twice before the queue has issued it, it is issued once. Raises Refused for a meeting without published
    minutes, and without a reason to take the place of another; NoCertificate where nothing can be issued.
    """
    minutes = Minutes.objects.published().filter(meeting=meeting).first()
    if minutes is None:
        raise Refused(_("A report is published once the minutes are."))
    earlier = Entry.objects.of(meeting, REPORT.name)
    if earlier and not because.strip():
        raise Refused(_("Say why the report takes the place of the one before."))
    occasion = REPORT.occasion(meeting)
    if earlier.filter(occasion=occasion).exists():
        occasion = f"{occasion}-again-{earlier.count()}"
    register.issue_later(meeting, REPORT, by=by, occasion=occasion, reason=because)
