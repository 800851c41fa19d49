"""Letters about what stands in the inbox: at once, or as a digest of the day or the week, as each account has chosen.

A notice is bound to its letter in the transaction that posts the letter, so it is in one letter at most, however
often and by however many programs the letters are written.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council_portal.persian.calendar import TEHRAN
from council_portal.persian.wording import digits

from .choices import MailChoice
from .models import Mail, Notice
from .outbox import post, take_back

MORNING = time(7, 30)
SATURDAY = 5  # Python's weekday()
# What could not be told for so long is old news, which the inbox keeps.
KEPT_WAITING = timedelta(days=14)


def write_due_letters(*, now: datetime | None = None) -> None:
    """Write the letters whose time has come; again, it writes none. A letter holds only what its reader may read now,
    and what they have not read on the site meanwhile.
    """
    now = now or timezone.now()
    for account_id in _accounts_waiting(now):
        _write_letter(account_id, now)


def _due_q(now: datetime) -> Q:
    """Notices whose letter is due: told before the last moment at which letters of that choice go out."""
    morning = datetime.combine(now.astimezone(TEHRAN), MORNING, tzinfo=TEHRAN)
    if morning > now:
        morning -= timedelta(days=1)
    saturday = morning - timedelta(days=(morning.weekday() - SATURDAY) % 7)
    return (
        Q(recipient__mail_choice=MailChoice.AT_ONCE)
        | Q(recipient__mail_choice=MailChoice.DAILY, created_at__lt=morning)
        | Q(recipient__mail_choice=MailChoice.WEEKLY, created_at__lt=saturday)
    )


def _waiting(now: datetime):
    return Notice.objects.unread().filter(
        _due_q(now), by_mail=True, letter__isnull=True, created_at__gt=now - KEPT_WAITING, recipient__is_active=True
    )


def _accounts_waiting(now: datetime) -> Iterator[int]:
    yield from _waiting(now).order_by("recipient").values_list("recipient", flat=True).distinct()


@transaction.atomic
def _write_letter(account_id: int, now: datetime) -> None:
    """Post one letter with what waits for an account, unless somebody else is just doing so."""
    account = get_user_model().objects.select_related("person").get(pk=account_id)
    readable = Notice.objects.for_letters_to(account).filter(pk__in=_waiting(now).values("pk"))
    notices = list(readable.select_for_update(of=["self"], skip_locked=True).order_by("created_at", "pk"))
    if not (notices and account.mail_address):
        return
    with translation.override(settings.LANGUAGE_CODE):
        letters = post([letter_of(account, notices)])
    for letter in letters:
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(letter=letter)


@transaction.atomic
def write_anew_if_closed(mail_id: int) -> bool:
    """Take a waiting letter back that tells of something which was closed to its reader or withdrawn meanwhile, and
    write one of the rest; return whether it was such a letter.
    """
    letter = Mail.objects.waiting().select_for_update().filter(pk=mail_id).first()
    told = list(letter.notices.select_related("recipient__person")) if letter else []
    if not told:
        return False
    account = told[0].recipient
    still = Notice.objects.for_letters_to(account).filter(letter=letter).count()
    if account.is_active and still == len(told):
        return False
    take_back([letter])
    if account.is_active:
        _write_letter(account.pk, timezone.now())
    return True


def letter_of(account, notices: list[Notice]) -> Mail:
    """An unsaved letter that tells of `notices`."""
    count = ngettext("%(number)s new notice in the portal", "%(number)s new notices in the portal", len(notices))
    greeting = _("Dear %(invited)s,") % {"invited": account}
    parts = [greeting, *(_part(notice) for notice in notices)]
    foot = _("You chose how often such letters come to you, and can change it: %(url)s") % {
        "url": settings.PORTAL_URL + reverse("members:profile")
    }
    return Mail(
        key=f"notices-{account.pk}-{notices[-1].pk}",
        name=str(account),
        address=account.mail_address,
        subject=notices[0].title if len(notices) == 1 else count % {"number": digits(len(notices))},
        text="\n\n".join([*parts, foot]),
    )


def _part(notice: Notice) -> str:
    url = settings.PORTAL_URL + notice.address if notice.address else ""
    return "\n".join(filter(None, [notice.title, notice.text, url]))
