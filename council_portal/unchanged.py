"""What has not changed is not made again: entity tags and kept pages for the whole portal (DESIGN.md §7).

One number, the archive's revision, stands for the state of all content and rights; triggers raise it in the
transaction of every change (see `records`). An entity tag is made of it and of everything else that a page depends on:
its address, the language, the day in Tehran, the release of the program, and who is asking. So one and the same tag
says that a browser's copy is still good, and finds the page that was kept for the same reader.
"""

from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from council_portal.language import chosen_language
from council_portal.persian.calendar import today
from council_portal.release import RELEASE

# A visitor costs one look at a single row. A reader who is signed in costs one at four rows by their keys, and a count
# of what is unread in their inbox, which every page shows: the session must still be there, and `version` grows when
# the account changes, its password included.
REVISION = "SELECT coalesce((SELECT number FROM council_portal_revision), 0)"
REVISION_AND_READER = """
    SELECT coalesce((SELECT number FROM council_portal_revision), 0), account.version,
        (SELECT count(*) FROM notices_notice WHERE recipient_id = account.id AND read_at IS NULL)
    FROM django_session AS session
    JOIN usersessions_usersession AS signed_in USING (session_key)
    JOIN members_user AS account ON account.id = signed_in.user_id
    WHERE session.session_key = %s AND session.expire_date > now() AND account.is_active
"""


class UnchangedPagesMiddleware:
    """Answers 304, or with the page kept under its tag, before anything is rendered.

    A page is kept for those who share its tag: visitors with each other, somebody who is signed in with nobody.
    A response that sets a cookie, such as one with a form's token, and one that a view marks with Cache-Control of its
    own is neither tagged nor kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        tag = tag_of(request)
        if tag is None:
            return self.get_response(request)
        if tag in _asked_about(request):
            return _marked(HttpResponseNotModified(), tag)
        return self._kept(tag) or self._rendered(request, tag)

    def _kept(self, tag: str) -> HttpResponse | None:
        kept = caches["pages"].get(tag)
        if kept is None:
            return None
        content, headers = kept
        return HttpResponse(content, headers=headers)

    def _rendered(self, request, tag: str) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 200 and not response.streaming and not _is_for_this_once(response):
            _marked(response, tag)
            caches["pages"].set(tag, (response.content, dict(response.items())))
        return response


def tag_of(request) -> str | None:
    """Return the entity tag that a page at this address has for this reader now, None where pages are never tagged."""
    if (
        request.method not in ("GET", "HEAD")
        or request.path.startswith(settings.ALWAYS_RENDERED)
        or _has_message(request)
    ):
        return None
    state = _state(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    if state is None:
        return None
    parts = (RELEASE, today(), chosen_language(request), request.scheme, request.get_host(), request.get_full_path())
    digest = blake2b(repr((*parts, *state)).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16)
    return f'"{digest.hexdigest()}"'


def _asked_about(request) -> set[str]:
    """The tags of the copies that a browser has; a proxy that compresses what it passes on has marked them as weak."""
    return {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}


def _state(session_key: str | None) -> tuple | None:
    """Return the revision and who is asking, None for a session that is over."""
    with connection.cursor() as cursor:
        if session_key is None:
            cursor.execute(REVISION)
            return cursor.fetchone()
        cursor.execute(REVISION_AND_READER, [session_key])
        row = cursor.fetchone()
        return row and (*row, session_key)


def _has_message(request) -> bool:
    """Whether something waits to be said on the next page, once."""
    return bool(request.COOKIES.get("messages"))


def _is_for_this_once(response) -> bool:
    return (
        response.has_header("Cache-Control")
        or bool(response.cookies)
        or "nonce-" in response.headers.get("Content-Security-Policy", "")
    )


def _marked(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    # Kept by the reader's own browser alone, and asked about each time.
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response
