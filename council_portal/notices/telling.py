"""Telling people on the site: an entry in each one's inbox, once for each occasion."""

from collections.abc import Iterable

from .models import Notice


def tell(users: Iterable, *, key: str, title: str, text: str = "", address: str = "") -> None:
    """Put a notice into the inbox of each of `users` (accounts), in the transaction that is under way.

    `key` names the occasion, such as "invitation-12-0": whoever was told of it already is not told again.
    `address` is the path of the page that the notice is about. The caller sees to it that they may open it.
    """
    notices = [Notice(recipient=user, key=key, title=title, text=text, address=address) for user in users]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
