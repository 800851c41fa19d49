"""What machines that read pages are told of them: the one address of a page, and what it is about (schema.org).

Dates are Gregorian there. A day that is not known is left out: a Jalali month or year is no Gregorian one, so none can
be named without inventing days.
"""

import json
import re
from datetime import datetime, time
from html import unescape

from django.contrib.sitemaps import Sitemap
from django.db.models import DateTimeField, Max
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from council_portal.persian.calendar import TEHRAN, local_date
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.text import to_latin_digits
from council_portal.records import last_change_of

# What would end the element, or begin another one, inside a script's text.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
RECORDS_IN_SITEMAP = 2000
SHARED_PICTURE = "img/shared.png"  # 1200 × 630, beside a link to a page
_TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile('<meta name="description" content="([^"]*)">')


def canonical_url(request: HttpRequest, path: str = "") -> str:
    """The one address of what this request shows.

    The later pages of a whole list are pages of their own; a list that is narrowed stands for none.
    `path` is given by a page that shows what has its own address elsewhere.
    """
    page = to_latin_digits(request.GET.get("page", ""))
    is_later = list(request.GET) == ["page"] and page.isascii() and page.isdecimal() and page != "1"
    query = f"?page={page}" if is_later else ""
    return request.build_absolute_uri(path) if path else f"{request.scheme}://{request.get_host()}{request.path}{query}"


def open_graph(head: str, request: HttpRequest | None, *, is_record: bool, path: str = "") -> SafeString:
    """What the head of a page says, its title and description, as Open Graph has it; nothing without a request."""
    if request is None:
        return SafeString()
    title, _, council = _TITLE.search(head).group(1).strip().rpartition(" · ")
    properties = {
        "type": "article" if is_record else "website",
        "site_name": council,
        "title": title or council,
        "description": _DESCRIPTION.search(head).group(1),
        "url": canonical_url(request, path),
        "image": request.build_absolute_uri(static(SHARED_PICTURE)),
        "locale": "fa_IR" if get_language() == "fa" else "en_US",
    }
    return format_html_join(
        "\n  ",
        '<meta property="og:{}" content="{}">',
        ((name, unescape(value)) for name, value in properties.items()),
    )


def json_ld(data: dict) -> SafeString:
    """The element that says what a page is about; what is not known is left out. A block of data, never executed."""
    known = {"@context": "https://schema.org"} | _known(data)
    text = json.dumps(known, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def _known(data: dict) -> dict:
    found = {name: _known(value) if isinstance(value, dict) else value for name, value in data.items()}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def iso_date(day: PartialDate | None, at: time | None = None) -> str:
    """The Gregorian day, with the hour in Tehran where it is known; "" while the day is not."""
    if day is None or not day.is_day:
        return ""
    if at is None:
        return day.first.isoformat()
    return datetime.combine(day.first, at, TEHRAN).isoformat(timespec="minutes")


def iso_day(moment: datetime | None) -> str:
    """The Gregorian day on which something was done, in Tehran; "" for nothing."""
    return local_date(moment).isoformat() if moment else ""


class RecordSitemap(Sitemap):
    """The pages of the records that `rows()` returns: what a visitor may see, in a lasting order.

    A page was last changed with its record or, where the rows have it, `renewed_at`, whichever came later.
    """

    limit = RECORDS_IN_SITEMAP

    def __init__(self, rows):
        self.rows = rows

    def items(self):
        rows = self.rows()
        changed = last_change_of(rows.model)
        if "renewed_at" in rows.query.annotations:
            # PostgreSQL's passes over what is empty.
            changed = Greatest(changed, "renewed_at", output_field=DateTimeField())
        return rows.annotate(changed_at=changed)

    def lastmod(self, record) -> datetime:
        return record.changed_at

    def get_latest_lastmod(self) -> datetime | None:
        return self.items().order_by().aggregate(latest=Max("changed_at"))["latest"]
