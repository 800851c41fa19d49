from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = _("Committees")

    def ready(self):
        from meetings.proposals import SOURCES

        from . import accepting

        SOURCES[accepting.NAME] = accepting.Committees()
