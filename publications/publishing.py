"""Making editions and announcements readable, and taking an announcement back (DESIGN.md §3, rules 3 and 5)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.holding import Refused
from members.models import User

from .announcing import tell_of_announcement, tell_of_edition
from .issuing import issue_published
from .models import Announcement, Document, Edition

ADOPTION_MISSING = gettext_lazy(
    "It is not entered in which meeting this edition was adopted. Enter it, or confirm that it is published without."
)


@transaction.atomic
def publish(edition: Edition, *, by: User, without_adoption: bool = False) -> Edition:
    """Make an edition readable, under its document's visibility, freeze it, have it issued, and tell those concerned.

    Publishing twice changes nothing. Raises Refused for one with nothing in it: no text, no article, no file; for one
    that `lacks_adoption`, unless `without_adoption` says that this is meant so; and NoCertificate where nothing can be
    issued.
    """
    edition = Edition.objects.select_for_update(of=["self"]).select_related("document__body").get(pk=edition.pk)
    if edition.published_at:
        return edition
    _require_contents(edition)
    if lacks_adoption(edition) and not without_adoption:
        raise Refused(ADOPTION_MISSING)
    edition.published_at, edition.published_by = timezone.now(), by
    edition.save()
    issue_published(edition, by=by)
    tell_of_edition(edition)
    return edition


def lacks_adoption(edition: Edition) -> bool:
    """Whether it is an edition of the charter or the bylaws, which meetings adopt, and none is entered."""
    return edition.document.is_charter_or_bylaws and not edition.adopted_in_id


def reminder_of(edition: Edition) -> str:
    """What a directive that is about to be published, and so issued, does not say yet, and should where it is known.

    A report is not adopted; of charter and bylaws the answer is asked (`lacks_adoption`).
    """
    if edition.document.kind != Document.Kind.DIRECTIVE or edition.adopted_in_id:
        return ""
    return _(
        "The meeting that adopted it is not entered, so the issued document will not name it. Enter it first, if it is "
        "on record."
    )


@transaction.atomic
def put_on_record(edition: Edition, *, by: User) -> Edition:
    """Make the text that was found of an old edition readable, and freeze it; doing it twice changes nothing.

    Raises Refused while nothing is entered.
    """
    edition = Edition.objects.select_for_update(of=["self"]).get(pk=edition.pk)
    if edition.is_text_on_record:
        return edition
    _require_contents(edition)
    edition.is_text_on_record = True
    edition.save()
    if edition.published_at:
        issue_published(edition, by=by)
    return edition


def _require_contents(edition: Edition) -> None:
    if not (edition.text or edition.file_id or edition.articles.exists()):
        raise Refused(_("Nothing stands in this edition yet: no text, no article and no file."))


@transaction.atomic
def announce(announcement: Announcement, *, by: User) -> Announcement:
    """Make an announcement readable, under its visibility, and tell the members; doing it twice changes nothing."""
    announcement = _locked(announcement)
    if announcement.published_at:
        return announcement
    announcement.published_at, announcement.published_by = timezone.now(), by
    announcement.save()
    tell_of_announcement(announcement)
    return announcement


@transaction.atomic
def withdraw(announcement: Announcement, *, by: User, because: str) -> Announcement:
    """Take a published announcement back; its address then says so, with the reason. Raises Refused without one."""
    announcement = _locked(announcement)
    if announcement.withdrawn_at:
        return announcement
    if announcement.published_at is None:
        raise Refused(_("What was not published cannot be withdrawn: change it or delete it."))
    if not because.strip():
        raise Refused(_("Say why it is withdrawn."))
    announcement.take_back(by=by, because=because)
    return announcement


def _locked(announcement: Announcement) -> Announcement:
    return Announcement.objects.select_for_update(of=["self"]).get(pk=announcement.pk)
