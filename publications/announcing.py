"""What the members are told of a publication, in the transaction that publishes it."""

from django.utils.translation import gettext as _

from members.concerned import accounts_concerned, tell_readers

from .models import Announcement, Edition


def tell_of_announcement(announcement: Announcement) -> None:
    """Of an announcement of one body its members are told, of any other all members."""
    tell_readers(
        announcement,
        accounts_concerned(announcement.body),
        key=f"announcement-{announcement.pk}",
        words=lambda: _("Announcement: %(title)s") % {"title": announcement.title},
    )


def tell_of_edition(edition: Edition) -> None:
    """Of a document of one body its members are told, of any other all members."""
    tell_readers(
        edition,
        accounts_concerned(edition.document.body),
        key=f"edition-{edition.pk}",
        words=lambda: _("Published: %(edition)s") % {"edition": edition},
    )
