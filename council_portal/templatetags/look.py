"""What the components need to know: which icon and tone a status wears, the parts of a date, the main navigation."""

from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString, mark_safe

from council_portal import metadata
from council_portal.navigation import SECTIONS, Section, current_section
from council_portal.persian.calendar import month_name
from council_portal.persian.wording import as_partial, digits

register = template.Library()


@dataclass(frozen=True, slots=True)
class StatusLook:
    """`tone` is a class of status.css: plain, good, attention, bad, or quiet; `icon` a name in icons.svg."""

    tone: str
    icon: str


UNKNOWN_STATUS = StatusLook("quiet", "circle")
STATUS_LOOKS = {
    # meetings
    "planned": StatusLook("quiet", "planned"),
    "announced": StatusLook("plain", "announced"),
    "held": StatusLook("good", "done"),
    "cancelled": StatusLook("bad", "cancelled"),
    # minutes
    "draft": StatusLook("quiet", "draft"),
    "circulated": StatusLook("plain", "circulated"),
    "approved": StatusLook("plain", "approved"),
    "published": StatusLook("good", "published"),
    # agenda items
    "decided": StatusLook("good", "decision"),
    "noted": StatusLook("plain", "noted"),
    "postponed": StatusLook("attention", "postponed"),
    "withdrawn": StatusLook("quiet", "withdrawn"),
    # assignments
    "not_begun": StatusLook("quiet", "circle"),
    "in_progress": StatusLook("plain", "progress"),
    "done": StatusLook("good", "done"),
    "done_late": StatusLook("good", "clock"),
    "stopped": StatusLook("bad", "cancelled"),
    "referred": StatusLook("plain", "arrow-forward"),
    "overdue": StatusLook("attention", "attention"),
    # reports on assignments
    "submitted": StatusLook("plain", "inbox"),
    "accepted": StatusLook("good", "done"),
    "returned": StatusLook("attention", "withdrawn"),
    "escalated": StatusLook("attention", "flag"),
    "silent": StatusLook("attention", "clock"),
    # articles from one edition to the next
    "added": StatusLook("good", "article"),
    "removed": StatusLook("bad", "withdrawn"),
    "changed": StatusLook("attention", "draft"),
    "renumbered": StatusLook("plain", "rotation"),
    "same": StatusLook("quiet", "check"),
    # comments
    "open": StatusLook("attention", "clock"),
    "answered": StatusLook("plain", "done"),
    "taken_up": StatusLook("good", "approved"),
    # host turns and proposals
    "proposed": StatusLook("quiet", "clock"),
    "declined": StatusLook("bad", "cancelled"),
    "deferred": StatusLook("attention", "postponed"),
    "on_agenda": StatusLook("plain", "programme"),
    "adopted": StatusLook("good", "approved"),
    # attendance
    "present": StatusLook("good", "check"),
    "excused": StatusLook("plain", "mail"),
    "absent": StatusLook("quiet", "close"),
    "represented": StatusLook("plain", "person"),
    # invitations and their letters
    "attend": StatusLook("good", "check"),
    "apologise": StatusLook("plain", "mail"),
    "substitute": StatusLook("plain", "person"),
    "unanswered": StatusLook("attention", "clock"),
    "waiting": StatusLook("quiet", "clock"),
    "sending": StatusLook("quiet", "progress"),
    "sent": StatusLook("good", "done"),
    "failed": StatusLook("bad", "cancelled"),
    "in_doubt": StatusLook("attention", "attention"),
    "unmarked": StatusLook("quiet", "circle"),
    # texts and accounts
    "in_force": StatusLook("good", "done"),
    "replaced": StatusLook("quiet", "postponed"),
    "coming": StatusLook("plain", "clock"),
    "closed": StatusLook("quiet", "closed"),
    # stored files; one that has changed is above
    "lost": StatusLook("bad", "cancelled"),
    "whole": StatusLook("good", "done"),
    # issued documents
    "valid": StatusLook("good", "done"),
    "superseded": StatusLook("quiet", "postponed"),
}


@register.filter
def status_look(status: str) -> StatusLook:
    """Return how a status looks; a status that is not known looks quiet."""
    return STATUS_LOOKS.get(str(status), UNKNOWN_STATUS)


@register.simple_tag(takes_context=True)
def navigation(context) -> list[tuple[Section, bool]]:
    """Return the sections of the main navigation, each with whether the reader is in it."""
    request = context.get("request")
    here = current_section(request.path) if request else None
    return [(section, section is here) for section in SECTIONS]


@register.simple_tag(takes_context=True)
def canonical_url(context) -> str:
    """Return the one address of what a page shows, "" for a page without a request."""
    request = context.get("request")
    return metadata.canonical_url(request, context.get("canonical_path", "")) if request else ""


@register.simple_block_tag(takes_context=True)
def open_graph(context, content: str) -> SafeString:
    """The title and the description of a page, and both once more for whoever shows a link to it (ogp.me)."""
    path = context.get("canonical_path", "")
    graph = metadata.open_graph(content, context.get("request"), is_record="about" in context, path=path)
    return mark_safe(content + graph)


register.filter("json_ld", metadata.json_ld)

MESSAGE_ICONS = {"success": "done", "warning": "attention", "error": "attention"}


@register.filter
def message_icon(level_tag: str) -> str:
    return MESSAGE_ICONS.get(level_tag, "info")


@dataclass(frozen=True, slots=True)
class DateParts:
    """What a date block shows: words ready for the page, empty where nothing is known."""

    precision: str
    day: str = ""
    month: str = ""
    year: str = ""


@register.filter
def date_parts(value) -> DateParts:
    """Return the parts of a PartialDate, a date or a datetime; precision is "day", "month", "year" or "unknown"."""
    known = as_partial(value)
    if known is None:
        return DateParts("unknown")
    return DateParts(
        known.precision,
        day=digits(known.day) if known.day else "",
        month=month_name(known.month) if known.month else "",
        year=digits(known.year),
    )
