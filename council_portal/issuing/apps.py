from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class IssuingConfig(AppConfig):
    name = "council_portal.issuing"
    verbose_name = _("Issuing")

    def ready(self):
        from . import checks  # noqa: F401

        autodiscover_modules("issuing")
