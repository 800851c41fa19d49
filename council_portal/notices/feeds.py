"""Atom feeds (RFC 4287): what every feed of the portal has in common. The apps above say what stands in theirs."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

ENTRIES = 25
SINCE = 2026  # the year since which MAIL_DOMAIN names the portal's entries (RFC 4151)


def lasting_id(name: str) -> str:
    """The id of a feed or an entry, which stays though its address changes."""
    return f"tag:{settings.MAIL_DOMAIN},{SINCE}:{name}"


class LastingAtom(Atom1Feed):
    """Atom whose feed without entries does not change: Django would say that it was updated now."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(SINCE, 1, 1, tzinfo=UTC)


class AtomFeed(Feed):
    """A feed of what a visitor may read, in Persian, whoever asks. `name` stands in its address and in its ids.

    `rows()` gives the records, the newest first; `told_at(record)` the moment of each that a reader should notice.
    """

    feed_type = LastingAtom
    language = settings.LANGUAGE_CODE
    author_name = _("Assembly of Secretariat Managers of the Three Branches")
    name = ""

    def __call__(self, request, *args, **kwargs):
        with translation.override(self.language):
            return super().__call__(request, *args, **kwargs)

    def items(self, about):
        return list(self.rows(about)[:ENTRIES])

    def rows(self, about):
        raise NotImplementedError

    def told_at(self, record):
        raise NotImplementedError

    def feed_guid(self, about) -> str:
        return lasting_id(f"feeds/{about.pk}/{self.name}" if about else f"feeds/{self.name}")

    def item_guid(self, record) -> str:
        return lasting_id(f"{self.name}/{record.pk}")

    def item_pubdate(self, record):
        return self.told_at(record)

    def item_updateddate(self, record):
        return self.told_at(record)
