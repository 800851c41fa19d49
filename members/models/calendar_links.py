import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from council_portal.records import RAISE_REVISION

from .users import User


class CalendarLink(models.Model):
    """The secret key of an account to its calendar and the feeds of its searches; see `members.calendar_links`.

    Without a history: what opens a calendar is not to lie in a second place.
    """

    account = models.OneToOneField(User, models.CASCADE, related_name="calendar_link", verbose_name=_("account"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("link to a personal calendar")
        verbose_name_plural = _("links to personal calendars")
        triggers = [RAISE_REVISION]

    def __str__(self):
        return str(self.account)
