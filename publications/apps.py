from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = _("Publications")

    def ready(self):
        from meetings import resting_on
        from members import by_article

        from . import citing, rules_by_article

        resting_on.FINDERS.append(citing.grounds_of)
        by_article.FINDERS.append(rules_by_article.bases_of)
