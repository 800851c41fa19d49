"""The cookie of a session, as it comes from anywhere."""

import re

from django.conf import settings

SESSION_KEY = re.compile(r"[a-z0-9]{32}")


class WellFormedSessionMiddleware:
    """Takes a cookie that can be no session's key for none at all, before anything asks the database for it.

    PostgreSQL refuses to look for a text with a null byte, and a page would answer 500.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not SESSION_KEY.fullmatch(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)
