"""How much is unread in the reader's inbox, for the head of every page."""

from django.utils.functional import SimpleLazyObject

from .models import Notice


def unread(request) -> dict:
    """Context processor: `unread_count`, asked of the database only by a page that is rendered with it."""
    return {"unread_count": SimpleLazyObject(lambda: Notice.objects.visible_to(request.user).unread().count())}
