"""Telling people on the site: an entry in each one's inbox, once for each occasion."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils.translation import gettext as _

from council_portal.jobs import defer
from council_portal.persian.wording import digits

from .choices import MailChoice
from .models import Notice
from .tasks import write_letters

MOST_LISTED = 10


@transaction.atomic
def tell(
    users: Iterable,
    *,
    key: str,
    title: str,
    text: str = "",
    address: str = "",
    about: models.Model | None = None,
    by_mail: bool = False,
) -> None:
    """Put a notice into the inbox of each of `users` (accounts), in the transaction that is under way.

    `key` names the occasion, such as "invitation-12-0": whoever was told of it already is not told again.
    `address` is the path of the page that the notice is about. The caller sees to it that they may open it.
    `about` is the record (see `matters`) that one must be allowed to read to see the notice, also later.
    `by_mail` tells also by e-mail, as each of them has chosen; leave it where a letter of its own is posted.
    """
    users = list(users)
    about = {"matter": about._meta.concrete_model._meta.label_lower, "matter_id": about.pk} if about else {}
    notices = [
        Notice(recipient=user, key=key, title=title, text=text, address=address, by_mail=by_mail, **about)
        for user in users
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if by_mail and any(user.mail_choice == MailChoice.AT_ONCE for user in users):
        defer(write_letters.configure(), {})


def tell_secretariat(*, key: str, title: str, text: str, address: str, about: models.Model | None = None) -> None:
    """Tell every account of the secretariat, also by e-mail, of what goes wrong and waits for somebody; see `tell`."""
    accounts = get_user_model().objects.filter(is_secretariat=True, is_active=True)
    tell(accounts, key=key, title=title, text=text, address=address, about=about, by_mail=True)


def listed(lines: list[str]) -> str:
    """The first ten of many lines for the text of a notice, and how many more there are."""
    shown = lines[:MOST_LISTED]
    if more := len(lines) - len(shown):
        shown.append(_("And %(count)s more.") % {"count": digits(more)})
    return "\n".join(shown)
