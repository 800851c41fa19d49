import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.visibility import Visibility, visibility_field, visibility_q
from council_portal.persian import fields as persian
from council_portal.persian.sorting import PersianKey
from council_portal.records import NOTE_NAME_FOR_SEARCH, Record


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(visibility_q(user))

    def alphabetical(self):
        return self.order_by(PersianKey("family_name"), PersianKey("given_name"), "pk")


@pghistory.track()
class Person(Record):
    """Somebody who serves or served the council, or spoke to it. Contact details are for members only."""

    given_name = persian.CharField(_("given name"), max_length=100)
    family_name = persian.CharField(_("family name"), max_length=100)
    honorific_prefix = persian.CharField(
        pgettext_lazy("of a person", "title"), max_length=50, blank=True, help_text=_("For example «Dr».")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = persian.CharField(_("telephone"), max_length=50, blank=True)
    biography = persian.TextField(_("biography"), blank=True)
    visibility = visibility_field(Visibility.PUBLIC)

    objects = PersonQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(PersianKey("family_name"), PersianKey("given_name"), name="person_alphabetical"),
        ]
        triggers = [*Record.Meta.triggers, NOTE_NAME_FOR_SEARCH]

    def __str__(self):
        return " ".join(filter(None, [self.honorific_prefix, self.given_name, self.family_name]))

    def get_absolute_url(self):
        return reverse("members:person", args=[self.pk])
