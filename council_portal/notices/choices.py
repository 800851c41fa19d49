"""How a person wants to be told by e-mail of what stands in their inbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailChoice(models.TextChoices):
    AT_ONCE = "at_once", _("Each notice at once")
    DAILY = "daily", _("One letter a day with everything new")
    WEEKLY = "weekly", _("One letter a week, on Saturday")
    NONE = "none", _("No letters; I read my inbox")
