"""Meetings and decisions as machines read them: schema.org's Event and Legislation, and the sitemap."""

from collections.abc import Callable, Iterable

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from council_portal.metadata import RecordSitemap, iso_date, iso_day
from members.metadata import holder

from .letters import summary_of
from .models import Decision, Material, Meeting, MeetingMove, Minutes
from .record import file_url


def _meetings():
    """Those that were announced, renewed by their minutes."""
    minutes = Minutes.objects.visible_to(None).published().filter(meeting=OuterRef("pk")).values("published_at")
    meetings = Meeting.objects.visible_to(None).made_known().select_related("body")
    return meetings.annotate(renewed_at=Subquery(minutes[:1])).order_by("pk")


SITEMAPS = {
    "meetings": RecordSitemap(_meetings),
    "decisions": RecordSitemap(
        lambda: Decision.objects.visible_to(None).published().select_related("meeting__body").order_by("pk")
    ),
    "materials": RecordSitemap(lambda: Material.objects.visible_to(None).not_withdrawn().order_by("pk")),
}


def event(meeting: Meeting, absolute: Callable[[str], str], *, host: str, moves: Iterable[MeetingMove]) -> dict:
    """A meeting, and the `moves` that the reader may know of, the latest first.

    `host` is empty where the reader may not know it, `absolute` makes an address of a path.
    """
    start = iso_date(meeting.held_on, meeting.starts_at)
    earlier = _earlier_starts(meeting, moves, start)
    return {
        "@type": "Event",
        "name": summary_of(meeting),
        "url": absolute(meeting.get_absolute_url()),
        "startDate": start,
        "previousStartDate": earlier,
        "endDate": iso_date(meeting.held_on, meeting.ends_at) if meeting.ends_at else "",
        "eventStatus": f"https://schema.org/{_status(meeting, start, earlier)}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": "fa",
        "location": {
            "@type": "Place",
            "name": meeting.venue or host,
            "address": {"@type": "PostalAddress", "addressCountry": "IR"},
        }
        if meeting.venue or host
        else {},
        "organizer": holder(meeting.body, absolute),
        "contributor": {"@type": "Organization", "name": host} if host else {},
    }


def _earlier_starts(meeting: Meeting, moves: Iterable[MeetingMove], start: str) -> list[str]:
    """For when a meeting that is ahead was announced before, the latest first; of those whose day was known."""
    if meeting.status != Meeting.Status.ANNOUNCED:
        return []
    announced = dict.fromkeys(iso_date(move.from_on, move.from_start) for move in moves if not move.was_plan)
    return [one for one in announced if one not in ("", start)]


def _status(meeting: Meeting, start: str, earlier: list[str]) -> str:
    if meeting.status == Meeting.Status.CANCELLED:
        return "EventCancelled"
    if earlier:
        return "EventRescheduled" if start else "EventPostponed"
    return "EventScheduled"


def legislation(decision: Decision, absolute: Callable[[str], str]) -> dict:
    """A decision with a number; of one loaded with its meeting and body."""
    return {
        "@type": "Legislation",
        "name": decision.title or _("Decision %(reference)s") % {"reference": decision.label},
        "url": absolute(decision.get_absolute_url()),
        "legislationIdentifier": decision.label,
        "legislationDate": iso_date(decision.meeting.held_on),
        "legislationPassedBy": holder(decision.meeting.body, absolute),
        "datePublished": iso_day(decision.published_at),
        "text": decision.text,
        "inLanguage": "fa",
    }


def document(material: Material, absolute: Callable[[str], str], *, speaker: str) -> dict:
    """A material, loaded with its meeting and body, and its file; `speaker` is empty where the reader may not know."""
    is_picture = material.kind == Material.Kind.PICTURE
    return {
        "@type": "ImageObject" if is_picture else "DigitalDocument",
        "name": material.title,
        "url": absolute(material.get_absolute_url()),
        "description": material.alt_text,
        "author": {"@type": "Person", "name": speaker} if speaker else {},
        "dateCreated": iso_date(material.meeting.held_on),
        "encodingFormat": material.file.media_type if material.file else "",
        "contentUrl": absolute(file_url(material)) if material.file else "",
        "isPartOf": {
            "@type": "Event",
            "name": str(material.meeting),
            "url": absolute(material.meeting.get_absolute_url()),
            "startDate": iso_date(material.meeting.held_on),
        },
        "inLanguage": "fa",
    }
