"""The pages on which a meeting is worked on, and who opens them."""

from django.urls import reverse

from meetings.models import AgendaItem
from tests.admin.forms import fields_of

WORKERS = {"officer": 200, "secretariat": 200}
OTHERS = {"former_member": 404, "member": 404, "body_member": 404, "follow_up_officer": 404, "administrator": 404}
FORM = "minutes-part"


def page_of(meeting, name="overview", *args) -> str:
    return reverse(f"meetings:work_{name}", args=[meeting.pk, *args])


def editor_of(item: AgendaItem) -> str:
    """Where the minutes of an item are written."""
    return page_of(item.meeting, "minutes_item", item.pk)


def opened(client, item: AgendaItem, **typed) -> dict[str, str]:
    """What the item's form would send, with what was typed."""
    return fields_of(client.get(editor_of(item)), FORM) | typed
