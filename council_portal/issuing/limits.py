"""How often somebody may ask for a document that is not there: seldom enough that guessing leads nowhere.

Counted in the database, so that all web processes count together. Who asks is kept as a keyed hash of the network
address, for an hour.
"""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from .models import Attempts

WINDOW = timedelta(minutes=10)
# Of misses, and of files that have to be looked into, in a window: a whole ministry may stand behind one address, and
# of a code's 67 bits a hundred guesses are as good as none.
MOST = 100
_COUNT = """
    INSERT INTO issuing_attempts AS kept (asker, since, count) VALUES (%(asker)s, %(now)s, 1)
    ON CONFLICT (asker) DO UPDATE SET
        count = CASE WHEN kept.since < %(begin)s THEN 1 ELSE kept.count + 1 END,
        since = CASE WHEN kept.since < %(begin)s THEN %(now)s ELSE kept.since END
"""


def is_exhausted(request: HttpRequest) -> bool:
    """Whether whoever sends this request has missed too often lately to be answered."""
    begin = timezone.now() - WINDOW
    return Attempts.objects.filter(asker=_asker(request), since__gte=begin, count__gte=MOST).exists()


def count(request: HttpRequest) -> None:
    """Remember one more miss."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"asker": _asker(request), "now": now, "begin": now - WINDOW})


def forget() -> None:
    """Drop what no longer counts."""
    Attempts.objects.filter(since__lt=timezone.now() - WINDOW).delete()


def _asker(request: HttpRequest) -> str:
    """A network of those that one asker may use at will: an address of IPv4, 64 bits of IPv6."""
    address = ip_address(get_adapter().get_client_ip(request))
    network = ip_network(f"{address}/64", strict=False) if address.version == 6 else address
    return hmac.new(settings.SECRET_KEY.encode(), f"issuing {network}".encode(), hashlib.sha256).hexdigest()
