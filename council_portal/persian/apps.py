from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersianConfig(AppConfig):
    name = "council_portal.persian"
    verbose_name = _("Persian")

    def ready(self):
        from . import django_formats

        django_formats.install()
