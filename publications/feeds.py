"""The feeds of announcements, and of what is published; each also for one body alone."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from meetings.feeds import BodyFeed

from .models import Announcement, Edition


class AnnouncementFeed(BodyFeed):
    """Announcements as they are published; one that was taken back is no longer there."""

    name, heading, page = "announcements", _("Announcements"), "publications:announcements"

    def readable(self):
        return Announcement.objects.visible_to(None).not_withdrawn().newest_first()

    def told_at(self, announcement) -> datetime:
        return announcement.published_at

    def item_title(self, announcement) -> str:
        return announcement.title

    def item_description(self, announcement) -> str:
        return announcement.text


class EditionFeed(BodyFeed):
    """Editions of documents as they are published: charter and bylaws, directives and reports."""

    name, heading, page = "editions", _("Publications"), "publications:publications"
    of_body, needed = "document__body", ["document"]

    def readable(self):
        return Edition.objects.visible_to(None).published().order_by("-published_at", "-pk")

    def told_at(self, edition) -> datetime:
        return edition.published_at

    def item_title(self, edition) -> str:
        return edition.document.title if edition.document.kind == edition.document.Kind.REPORT else str(edition)

    def item_description(self, edition) -> str:
        return edition.document.summary
