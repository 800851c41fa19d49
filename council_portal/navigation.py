"""The main navigation: what stands in it, in which order, and where the reader is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the main navigation. Addresses are those of DESIGN.md §5, which last."""

    url: str
    name: str | Promise


SECTIONS = (
    Section("/about/", _("About")),
    Section("/meetings/", _("Meetings")),
    Section("/meetings/hosts/", _("Hosts")),
    Section("/committees/", _("Board and committees")),
    Section("/decisions/", _("Decisions")),
    Section("/publications/", _("Publications")),
    Section("/members/", _("Members")),
    Section("/organizations/", _("Organisations")),
    Section("/calendar/", _("Calendar")),
)


def current_section(path: str) -> Section | None:
    """Return the section that an address belongs to: the longest one that it begins with."""
    ours = [section for section in SECTIONS if path.startswith(section.url)]
    return max(ours, key=lambda section: len(section.url), default=None)
