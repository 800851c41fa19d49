"""The feeds of announcements, and of what is published."""

from datetime import datetime

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from council_portal.notices.feeds import AtomFeed

from .models import Announcement, Edition


class AnnouncementFeed(AtomFeed):
    """Announcements as they are published; one that was taken back is no longer there."""

    name = "announcements"
    title = _("Announcements")
    link = reverse_lazy("publications:announcements")

    def get_object(self, request) -> None:
        return None

    def rows(self, about):
        return Announcement.objects.visible_to(None).not_withdrawn().newest_first()

    def told_at(self, announcement) -> datetime:
        return announcement.published_at

    def item_title(self, announcement) -> str:
        return announcement.title

    def item_description(self, announcement) -> str:
        return announcement.text


class EditionFeed(AtomFeed):
    """Editions of documents as they are published: charter and bylaws, directives and reports."""

    name = "editions"
    title = _("Publications")
    link = reverse_lazy("publications:publications")

    def get_object(self, request) -> None:
        return None

    def rows(self, about):
        published = Edition.objects.visible_to(None).published().select_related("document")
        return published.order_by("-published_at", "-pk")

    def told_at(self, edition) -> datetime:
        return edition.published_at

    def item_title(self, edition) -> str:
        return edition.document.title if edition.document.kind == edition.document.Kind.REPORT else str(edition)

    def item_description(self, edition) -> str:
        return edition.document.summary
