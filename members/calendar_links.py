"""The secret links to a personal calendar and to the feeds of one's searches, which programs open that cannot sign in.

The token in the address is a random key and its signature by SECRET_KEY: it can be shown again on the profile page,
while neither the database nor a copy of it alone opens anything. Each is signed for what it opens, and opens nothing
else.
"""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction

from .models import CalendarLink, User

CALENDAR, SEARCHES = "members.calendar", "members.searches"


@transaction.atomic
def renew(account: User) -> None:
    """Give the account new links; those that it had open nothing any more."""
    revoke(account)
    CalendarLink.objects.create(account=account)


def revoke(account: User) -> None:
    """Take the account's links out of use; without any nothing changes."""
    CalendarLink.objects.filter(account=account).delete()


def token_of(account: User, *, to: str = CALENDAR) -> str:
    """The token of the account's link to its calendar or its searches, "" where it has none."""
    link = CalendarLink.objects.filter(account=account).first()
    return _signer(to).sign(link.key.hex) if link else ""


def account_of(token: str, *, to: str = CALENDAR) -> User | None:
    """The account whose link this is; None for one that was revoked or not made here, and for a closed account."""
    try:
        key = UUID(_signer(to).unsign(token))
    except (BadSignature, ValueError):
        return None
    link = CalendarLink.objects.filter(key=key, account__is_active=True).select_related("account__person").first()
    return link and link.account


def _signer(to: str) -> Signer:
    # The full stop, unlike the usual colon, stays as it is in an address.
    return Signer(salt=to, sep=".")
