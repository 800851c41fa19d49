"""Every page says while the database holds the fictional council."""

from django.utils.functional import SimpleLazyObject

from council_portal.models import DemoData


def demo_mark(request) -> dict:
    """Context processor: `is_demo`, asked of the database only by a page that is rendered with it."""
    return {"is_demo": SimpleLazyObject(DemoData.is_loaded)}
