"""Which language a page speaks: Persian, unless the reader chose another."""

from django.conf import settings
from django.utils import translation


class ChosenLanguageMiddleware:
    """Speak the language that the reader chose at the foot of a page, else the portal's own.

    Django's LocaleMiddleware asks the browser as well. An office PC with an English system would then open a
    Persian archive in English.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def chosen_language(request) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
